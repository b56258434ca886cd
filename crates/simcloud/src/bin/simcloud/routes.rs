//! The addresses: a request goes in, the simulated cloud's answer or that of a page of its own comes out.

use std::sync::Arc;
use std::time::Duration;

use http_body_util::combinators::BoxBody;
use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CONTENT_LENGTH, CONTENT_TYPE, DATE};
use hyper::http::response::Builder;
use hyper::{Method, Request, Response, StatusCode};
use serde_json::json;
use simcloud::{Answer, Choices, Faults, SettingsError};

use crate::broken::{Broken, Lost};
use crate::intake::NotTaken;
use crate::rows::DeviceRows;
use crate::server::Simulator;

/// Seen in answers of the gateway (§13).
const PREFLIGHT_SECONDS: &str = "172800";
/// Parameters that a call may have: 10,000 names with their nicknames take 20,000, and as many again may be dropped.
const PARAMETERS_MAX: usize = 50_000;

type Body = BoxBody<Bytes, Lost>;

/// Answers a request to any address.
pub async fn answer(simulator: Arc<Simulator>, request: Request<Incoming>) -> Result<Response<Body>, Lost> {
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
        (Method::POST, "/_sim/faults") => {
            Ok(set(&simulator, request, |text| Faults::from_json(text).map(|new| simulator.cloud().set_faults(new)))
                .await)
        }
        (Method::POST, "/_sim/choices") => {
            Ok(set(&simulator, request, |text| Choices::from_json(text).map(|new| simulator.cloud().set_choices(new)))
                .await)
        }
        (_, path) => {
            let own = "/_sim/state, /_sim/devices, /_sim/reset, /_sim/faults, /_sim/choices";
            let error = format!("{path} is none of /, {own}");
            Ok(json_response(StatusCode::NOT_FOUND, &json!({ "error": error })))
        }
    }
}

/// One call of the API.
async fn call(simulator: Arc<Simulator>, request: Request<Incoming>) -> Result<Response<Body>, Lost> {
    let (head, body) = request.into_parts();
    let body = match simulator.intake.whole(body).await {
        Ok(body) => body,
        Err(why) => return Ok(not_taken(why)),
    };
    let query = head.uri.query().unwrap_or_default();
    let parameters = query.bytes().chain(body.bytes.iter().copied()).filter(|byte| *byte == b'&').count();
    if parameters > PARAMETERS_MAX {
        let error = format!("more than {PARAMETERS_MAX} parameters");
        return Ok(json_response(StatusCode::PAYLOAD_TOO_LARGE, &json!({ "error": error })));
    }
    let headers: Vec<(String, String)> = head
        .headers
        .iter()
        .map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
        .collect();
    let request = simcloud::Request { method: head.method.as_str(), query, headers: &headers, body: &body.bytes };
    let answer = simulator.cloud().handle(&request, simulator.clock.now_ms());
    // What waits from here on holds nothing but its answer.
    drop((body, headers));
    let Answer { status, content_type, body, date, delay_ms, lost, closed, broken_off } = answer;
    if delay_ms > 0 {
        tokio::time::sleep(Duration::from_millis(delay_ms)).await;
    }
    match (lost, closed) {
        (true, true) => Err(Lost),
        (true, false) => std::future::pending().await,
        (false, _) => {
            let response = response(StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR));
            let response = response.header(CONTENT_TYPE, content_type).header(DATE, date);
            if !broken_off {
                return Ok(finished(response, body));
            }
            let response = response.header(CONTENT_LENGTH, body.len() + 1);
            Ok(response.body(Broken::Whole(body.into()).boxed()).expect("the headers are the cloud's own"))
        }
    }
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
            response.body(rows.map_err(|never| match never {}).boxed()).expect("the headers are constants")
        }
        _ => json_response(StatusCode::NOT_FOUND, &json!({ "error": "product_key names no product" })),
    }
}

/// Sets what the body says, by a function that reads its text.
async fn set(
    simulator: &Simulator,
    request: Request<Incoming>,
    set: impl FnOnce(&str) -> Result<(), SettingsError>,
) -> Response<Body> {
    let body = match simulator.intake.whole(request.into_body()).await {
        Ok(body) => body,
        Err(why) => return not_taken(why),
    };
    match set(&String::from_utf8_lossy(&body.bytes)) {
        Ok(()) => json_response(StatusCode::OK, &json!({})),
        Err(error) => json_response(StatusCode::BAD_REQUEST, &json!({ "error": error.to_string() })),
    }
}

fn not_taken(why: NotTaken) -> Response<Body> {
    let (status, sentence) = why.response();
    json_response(status, &json!({ "error": sentence }))
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
    response.body(full(body)).unwrap_or_else(|_| {
        // Only a configured header value can be at fault; say so where the client looks.
        let mut response = Response::new(full("a configured header holds a line break"));
        *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
        response
    })
}

fn full(body: impl Into<Bytes>) -> Body {
    Full::new(body.into()).map_err(|never| match never {}).boxed()
}
