//! The HTTP server: connections from the network, each served until its client or a signal ends it.
//!
//! What it can hold is bounded, whoever is at the other end: connections, the time for a head and for a body, the size
//! of a head, and the bytes of all bodies together (`intake`).

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use simcloud::{Cloud, Config};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};

use crate::broken::Lost;
use crate::clock::Clock;
use crate::intake::Intake;
use crate::routes::answer;

/// Connections at a time; more wait in the kernel's queue. Each takes a file descriptor, of which a process has 1,024
/// unless somebody raised that.
const CONNECTIONS_MAX: u32 = 512;
/// How long a connection may be idle, or its client take over a request's head.
const HEAD_WITHIN: Duration = Duration::from_secs(60);
/// Bytes of a request's head; longer ones get 431. An address of 64 KiB, the longest that hyper takes, fits.
const HEAD_BYTES_MAX: usize = 128 * 1024;
/// How long answers that are on their way get once the server was told to stop.
const STOP_WITHIN: Duration = Duration::from_secs(1);
/// How long to wait before connections are accepted again after the system refused one.
const ACCEPT_AGAIN_AFTER: Duration = Duration::from_millis(100);

/// The cloud and the clock it goes by.
pub struct Simulator {
    /// Unix time.
    pub clock: Clock,
    /// Where bodies are read.
    pub intake: Intake,
    cloud: Mutex<Cloud>,
}

impl Simulator {
    /// The cloud, for as long as no await comes between.
    pub fn cloud(&self) -> MutexGuard<'_, Cloud> {
        // A call that panicked has been reported already; the others can go on with what there is.
        self.cloud.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Serves until SIGINT or SIGTERM. Prints one line when it listens.
pub fn run(listen: SocketAddr, config: Config) -> std::io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = TcpListener::bind(listen).await?;
        let cloud = Mutex::new(Cloud::new(config));
        let simulator = Arc::new(Simulator { clock: Clock::start(), intake: Intake::default(), cloud });
        let mut stop = std::pin::pin!(stop_signal()?);
        println!("simcloud: listening on http://{}/", listener.local_addr()?);
        let places = Arc::new(Semaphore::new(CONNECTIONS_MAX as usize));
        let (stopping, told_to_stop) = watch::channel(());
        let stopped = loop {
            tokio::select! {
                (stream, place) = next_connection(&listener, &places) => {
                    tokio::spawn(serve(stream, place, Arc::clone(&simulator), told_to_stop.clone()));
                }
                stopped = &mut stop => break stopped,
            }
        };
        drop((listener, stopping));
        // All places are free once the last connection has ended; those that a fault holds open end with the process.
        let _ = tokio::time::timeout(STOP_WITHIN, places.acquire_many(CONNECTIONS_MAX)).await;
        stopped
    })
}

/// The next connection, once there is a place for it.
async fn next_connection(listener: &TcpListener, places: &Arc<Semaphore>) -> (TcpStream, OwnedSemaphorePermit) {
    let place = Arc::clone(places).acquire_owned().await.expect("the semaphore is never closed");
    loop {
        match listener.accept().await {
            Ok((stream, _)) => return (stream, place),
            Err(error) => {
                // Out of descriptors, or a client that gave up in the queue: neither is a reason to stop.
                eprintln!("simcloud: {error}");
                tokio::time::sleep(ACCEPT_AGAIN_AFTER).await;
            }
        }
    }
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

async fn serve(
    stream: TcpStream,
    _place: OwnedSemaphorePermit,
    simulator: Arc<Simulator>,
    mut told_to_stop: watch::Receiver<()>,
) {
    let service = service_fn(move |request| answer(Arc::clone(&simulator), request));
    let mut http = hyper::server::conn::http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEAD_WITHIN).max_buf_size(HEAD_BYTES_MAX);
    let mut connection = std::pin::pin!(http.serve_connection(TokioIo::new(stream), service));
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        // The channel closes when the server stops.
        _ = told_to_stop.changed() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    // Clients that go away or fall silent, and connections that a fault closes, end here; none is this server's trouble.
    if let Err(error) = ended
        && std::error::Error::source(&error).is_none_or(|source| !source.is::<Lost>())
        && !error.is_incomplete_message()
        && !error.is_timeout()
    {
        eprintln!("simcloud: {error}");
    }
}
