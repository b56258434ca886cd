//! Where a file's task asks the session. In: a question about the run. Out: its answer, once the loop comes to it.

use std::cell::Cell;
use std::rc::Rc;

use futures_channel::oneshot;
use provisioner_core::export::FileFault;
use provisioner_core::export::manifest::FileRecord;

use super::Picked;
use crate::engine::driver::{Inbox, Message};
use crate::engine::session::Active;

/// A question; it carries the way back for its answer.
pub(in crate::engine) type Question = Box<dyn FnOnce(&mut Active)>;

/// The desk of one run. Of a run that has been replaced it answers nothing any more.
#[derive(Clone)]
pub(in crate::engine) struct Desk {
    inbox: Inbox,
    run: u32,
}

impl Desk {
    /// The desk of the run with this number.
    pub(in crate::engine) fn new(inbox: Inbox, run: u32) -> Self {
        Self { inbox, run }
    }

    /// Asks, and waits for the answer.
    ///
    /// # Errors
    /// [`FileFault::Cancelled`] if another run has begun.
    pub(super) async fn ask<T: 'static>(
        &self,
        question: impl FnOnce(&mut Active) -> T + 'static,
    ) -> Result<T, FileFault> {
        let answer = Rc::new(Cell::new(None));
        let place = answer.clone();
        self.answered(Box::new(move |active| place.set(Some(question(active))))).await?;
        answer.take().ok_or(FileFault::Cancelled)
    }

    /// Waits until a question was answered: once for all kinds of answer.
    async fn answered(&self, question: Question) -> Result<(), FileFault> {
        let (back, answered) = oneshot::channel();
        self.put(Box::new(move |active| {
            question(active);
            // Whoever asked may have been given up.
            let _ = back.send(());
        }));
        answered.await.map_err(|_| FileFault::Cancelled)
    }

    /// Notes a file that was saved, with its rows where it holds their secrets: how many rows are in such a file now.
    ///
    /// # Errors
    /// [`FileFault::Cancelled`] if another run has begun.
    pub(super) async fn saved(&self, file: FileRecord, secrets: Option<Picked>) -> Result<u32, FileFault> {
        let noted = self.ask(move |active| {
            active.record.saved(file);
            if let Some(picked) = secrets {
                active.held.add(&picked);
            }
            active.held.count()
        });
        let held = noted.await?;
        // Only a worker that is being ended has no loop.
        let _ = self.inbox.unbounded_send(Message::Saved { run: self.run });
        Ok(held)
    }

    fn put(&self, question: Question) {
        let _ = self.inbox.unbounded_send(Message::Asked { run: self.run, question });
    }
}
