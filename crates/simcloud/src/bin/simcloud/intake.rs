//! Bodies of requests: what clients send goes in, whole bodies within the limits come out, or why there is none.

use std::sync::Arc;
use std::time::Duration;

use http_body_util::BodyExt;
use hyper::StatusCode;
use hyper::body::Incoming;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// 10,000 names with nicknames of 64 Chinese characters, percent-encoded, stay below this.
const BODY_BYTES_MAX: usize = 8 * 1024 * 1024;
/// Bytes of all bodies that are held at a time.
const ALL_BODIES_BYTES_MAX: usize = 64 * 1024 * 1024;
/// How long a client may take over a body.
const BODY_WITHIN: Duration = Duration::from_secs(30);

/// Where bodies are read: together they take so much memory and no more.
pub struct Intake {
    room: Arc<Semaphore>,
}

impl Default for Intake {
    fn default() -> Self {
        Self { room: Arc::new(Semaphore::new(ALL_BODIES_BYTES_MAX)) }
    }
}

/// A body that was read to its end; its room is free again when it is dropped.
pub struct Whole {
    /// Its bytes.
    pub bytes: Vec<u8>,
    room: OwnedSemaphorePermit,
}

/// Why there is no whole body.
#[derive(Clone, Copy)]
pub enum NotTaken {
    /// It is larger than allowed.
    TooLarge,
    /// Other bodies fill the room.
    NoRoom,
    /// It did not arrive in time.
    TooSlow,
    /// The connection or its transfer coding broke.
    Broken,
}

impl NotTaken {
    /// What the client is told.
    pub fn response(self) -> (StatusCode, &'static str) {
        match self {
            Self::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "a body of more than 8 MiB"),
            Self::NoRoom => (StatusCode::SERVICE_UNAVAILABLE, "64 MiB of bodies are being read"),
            Self::TooSlow => (StatusCode::REQUEST_TIMEOUT, "the body took more than 30 s"),
            Self::Broken => (StatusCode::BAD_REQUEST, "the body is broken"),
        }
    }
}

impl Intake {
    /// Reads a body to its end.
    pub async fn whole(&self, body: Incoming) -> Result<Whole, NotTaken> {
        tokio::time::timeout(BODY_WITHIN, self.read(body)).await.unwrap_or(Err(NotTaken::TooSlow))
    }

    async fn read(&self, mut body: Incoming) -> Result<Whole, NotTaken> {
        let take = |bytes: usize| {
            let bytes = u32::try_from(bytes).map_err(|_| NotTaken::TooLarge)?;
            Arc::clone(&self.room).try_acquire_many_owned(bytes).map_err(|_| NotTaken::NoRoom)
        };
        let mut whole = Whole { bytes: Vec::new(), room: take(0)? };
        while let Some(frame) = body.frame().await {
            let Ok(data) = frame.map_err(|_| NotTaken::Broken)?.into_data() else { continue };
            if whole.bytes.len() + data.len() > BODY_BYTES_MAX {
                return Err(NotTaken::TooLarge);
            }
            whole.room.merge(take(data.len())?);
            whole.bytes.extend_from_slice(&data);
        }
        Ok(whole)
    }
}
