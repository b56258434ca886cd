//! Answers that must not arrive whole: what a fault leaves of one goes in, a connection that breaks comes out.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use hyper::body::{Body, Bytes, Frame};

/// The answer, or the rest of it, must not arrive: as an error it makes the connection end.
#[derive(Debug)]
pub struct Lost;

impl fmt::Display for Lost {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a fault closed the connection")
    }
}

impl std::error::Error for Lost {}

/// A body that is sent, and then the connection breaks.
pub enum Broken {
    /// Nothing was sent.
    Whole(Bytes),
    /// All was handed over, and has to leave before the connection breaks.
    Leaving,
    /// It has left.
    Left,
}

impl Body for Broken {
    type Data = Bytes;
    type Error = Lost;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Lost>>> {
        match std::mem::replace(&mut *self, Self::Left) {
            Self::Whole(bytes) => {
                *self = Self::Leaving;
                Poll::Ready(Some(Ok(Frame::data(bytes))))
            }
            Self::Leaving => {
                // What waits in the connection's buffer is written when its body has nothing more to give.
                context.waker().wake_by_ref();
                Poll::Pending
            }
            Self::Left => Poll::Ready(Some(Err(Lost))),
        }
    }
}
