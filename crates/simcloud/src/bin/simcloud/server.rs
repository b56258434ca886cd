//! The HTTP server: requests from the network go to the simulated cloud, its answers go back as it says, or never.

use std::convert::Infallible;
use std::fmt;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use http_body_util::combinators::BoxBody;
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CONTENT_TYPE, DATE};
use hyper::http::response::Builder;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use serde_json::json;
use simcloud::{Answer, Cloud, Config, Faults};
use tokio::net::{TcpListener, TcpStream};

use crate::clock::Clock;
use crate::rows::DeviceRows;

/// 10,000 names with nicknames of 64 Chinese characters, percent-encoded, stay below this.
const BODY_BYTES_MAX: usize = 8 * 1024 * 1024;
/// Seen in answers of the gateway (§13).
const PREFLIGHT_SECONDS: &str = "172800";

type Body = BoxBody<Bytes, Infallible>;

/// The cloud and the clock it goes by.
pub struct Simulator {
    /// Unix time.
    pub clock: Clock,
    cloud: Mutex<Cloud>,
}

impl Simulator {
    /// The cloud, for as long as no await comes between.
    pub fn cloud(&self) -> MutexGuard<'_, Cloud> {
        // A call that panicked has been reported already; the others can go on with what there is.
        self.cloud.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The answer must not arrive: as an error it makes the connection end without one.
#[derive(Debug)]
struct Lost;

impl fmt::Display for Lost {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a fault closed the connection")
    }
}

impl std::error::Error for Lost {}

/// Serves until SIGINT or SIGTERM. Prints one line when it listens.
pub fn run(listen: SocketAddr, config: Config) -> std::io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = TcpListener::bind(listen).await?;
        let simulator = Arc::new(Simulator { clock: Clock::start(), cloud: Mutex::new(Cloud::new(config)) });
        let mut stop = std::pin::pin!(stop_signal()?);
        println!("simcloud: listening on http://{}/", listener.local_addr()?);
        loop {
            tokio::select! {
                accepted = listener.accept() => {
                    let (stream, _) = accepted?;
                    tokio::spawn(serve(stream, Arc::clone(&simulator)));
                }
                stopped = &mut stop => return stopped,
            }
        }
    })
}

/// Ends on SIGINT and SIGTERM. They are caught from the call on, not only once the future is awaited: whoever has read
/// the line printed above may send one.
#[cfg(unix)]
fn stop_signal() -> std::io::Result<impl Future<Output = std::io::Result<()>>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => Ok(()),
            _ = terminate.recv() => Ok(()),
        }
    })
}

#[cfg(not(unix))]
fn stop_signal() -> std::io::Result<impl Future<Output = std::io::Result<()>>> {
    Ok(tokio::signal::ctrl_c())
}

async fn serve(stream: TcpStream, simulator: Arc<Simulator>) {
    let service = service_fn(move |request| answer(Arc::clone(&simulator), request));
    let connection = hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service);
    // Clients that go away, and connections that a fault closes, end here; neither is this server's trouble.
    if let Err(error) = connection.await
        && std::error::Error::source(&error).is_none_or(|source| !source.is::<Lost>())
        && !error.is_incomplete_message()
    {
        eprintln!("simcloud: {error}");
    }
}

async fn answer(simulator: Arc<Simulator>, request: Request<Incoming>) -> Result<Response<Body>, Lost> {
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    match (method, path.as_str()) {
        (Method::OPTIONS, _) => Ok(preflight(&simulator)),
        (_, "/") => call(simulator, request).await,
        (Method::GET, "/_sim/state") => Ok(json_response(StatusCode::OK, &state(&simulator))),
        (Method::GET, "/_sim/devices") => Ok(devices(simulator, request.uri().query().unwrap_or_default())),
        (Method::POST, "/_sim/reset") => {
            simulator.cloud().reset();
            Ok(json_response(StatusCode::OK, &json!({})))
        }
        (Method::POST, "/_sim/faults") => Ok(set_faults(&simulator, request).await),
        (_, path) => {
            let error = format!("{path} is none of /, /_sim/state, /_sim/devices, /_sim/reset, /_sim/faults");
            Ok(json_response(StatusCode::NOT_FOUND, &json!({ "error": error })))
        }
    }
}

/// One call of the API.
async fn call(simulator: Arc<Simulator>, request: Request<Incoming>) -> Result<Response<Body>, Lost> {
    let (head, body) = request.into_parts();
    let Some(body) = whole(body).await else {
        return Ok(json_response(StatusCode::PAYLOAD_TOO_LARGE, &json!({ "error": "more than 8 MiB" })));
    };
    let headers: Vec<(String, String)> = head
        .headers
        .iter()
        .map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
        .collect();
    let request = simcloud::Request {
        method: head.method.as_str(),
        query: head.uri.query().unwrap_or_default(),
        headers: &headers,
        body: &body,
    };
    let Answer { status, content_type, body, date, delay_ms, lost, closed } = {
        let now_ms = simulator.clock.now_ms();
        simulator.cloud().handle(&request, now_ms)
    };
    if delay_ms > 0 {
        tokio::time::sleep(Duration::from_millis(delay_ms)).await;
    }
    match (lost, closed) {
        (true, true) => Err(Lost),
        (true, false) => std::future::pending().await,
        (false, _) => {
            let response = response(StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR));
            Ok(finished(response.header(CONTENT_TYPE, content_type).header(DATE, date), body))
        }
    }
}

/// The body, unless it is larger than allowed or breaks off.
async fn whole(body: Incoming) -> Option<Bytes> {
    Limited::new(body, BODY_BYTES_MAX).collect().await.ok().map(|whole| whole.to_bytes())
}

fn state(simulator: &Simulator) -> serde_json::Value {
    let state = simulator.cloud().state(simulator.clock.now_ms());
    json!({
        "devices": state.devices,
        "batches": state.batches,
        "calls": state.calls,
        "accepted": state.accepted,
        "refused": state.refused,
        "peak_qps": state.peak_qps,
    })
}

fn devices(simulator: Arc<Simulator>, query: &str) -> Response<Body> {
    let product_key = query.split('&').find_map(|pair| pair.strip_prefix("product_key="));
    let known =
        simulator.cloud().config().products.iter().any(|product| Some(product.product_key.as_str()) == product_key);
    match product_key {
        Some(product_key) if known => {
            let rows = DeviceRows::new(simulator, product_key.to_owned());
            let response = response(StatusCode::OK).header(CONTENT_TYPE, "application/json");
            response.body(rows.boxed()).expect("the headers are constants")
        }
        _ => json_response(StatusCode::NOT_FOUND, &json!({ "error": "product_key names no product" })),
    }
}

async fn set_faults(simulator: &Simulator, request: Request<Incoming>) -> Response<Body> {
    let body = whole(request.into_body()).await.unwrap_or_default();
    match Faults::from_json(&String::from_utf8_lossy(&body)) {
        Ok(faults) => {
            simulator.cloud().set_faults(faults);
            json_response(StatusCode::OK, &json!({}))
        }
        Err(error) => json_response(StatusCode::BAD_REQUEST, &json!({ "error": error.to_string() })),
    }
}

fn preflight(simulator: &Simulator) -> Response<Body> {
    let allowed = simulator.cloud().config().choices.cors_allow_headers.clone();
    let response = response(StatusCode::OK)
        .header("access-control-allow-methods", "POST, GET, OPTIONS")
        .header("access-control-allow-headers", allowed)
        .header("access-control-max-age", PREFLIGHT_SECONDS);
    finished(response, Vec::new())
}

fn response(status: StatusCode) -> Builder {
    Response::builder().status(status).header(ACCESS_CONTROL_ALLOW_ORIGIN, "*")
}

fn json_response(status: StatusCode, value: &serde_json::Value) -> Response<Body> {
    finished(response(status).header(CONTENT_TYPE, "application/json"), format!("{value}\n").into())
}

fn finished(response: Builder, body: Vec<u8>) -> Response<Body> {
    response.body(Full::from(body).boxed()).unwrap_or_else(|_| {
        // Only a configured header value can be at fault; say so where the client looks.
        let mut response = Response::new(Full::from("a configured header holds a line break").boxed());
        *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
        response
    })
}
