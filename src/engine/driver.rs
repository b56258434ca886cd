//! The only loop. In: one message at a time, whatever it comes from. Out: a changed session, its outputs performed.

use futures_channel::mpsc::{UnboundedReceiver, UnboundedSender};
use futures_util::StreamExt as _;
use provisioner_core::cloud::Outcome;
use provisioner_core::lookup::Lookup;
use provisioner_core::run::CallId;

use super::effects::port;
use super::files::Question;
use super::journal::Journal;
use super::names::Reading;
use super::session::Session;
use crate::protocol::{Command, Event};

/// Everything that can happen to the engine.
pub(super) enum Message {
    /// The page wants something.
    Command(Command),
    /// A call's answer, or what came instead.
    Answered {
        /// Which run sent it; answers to an earlier run are dropped.
        run: u32,
        /// The call.
        id: CallId,
        /// What came of it.
        outcome: Outcome,
    },
    /// The run's timer.
    Wake {
        /// Which run set it.
        run: u32,
    },
    /// A file's task asks something of the run.
    Asked {
        /// Which run it makes a file of.
        run: u32,
        /// What it asks.
        question: Question,
    },
    /// A file is saved.
    Saved {
        /// Of which run.
        run: u32,
    },
    /// A list of names was read, or could not be.
    NamesRead {
        /// The page's question.
        number: u32,
        /// What came of it.
        reading: Reading,
    },
    /// A question outside of a run is over.
    Learnt {
        /// The page's question.
        number: u32,
        /// What is known.
        lookup: Lookup,
    },
    /// The report is due.
    Report,
}

/// Where messages go in; closures and calls on their way hold one.
pub(super) type Inbox = UnboundedSender<Message>;

/// Takes messages as long as the worker lives.
pub(super) async fn drive(mut messages: UnboundedReceiver<Message>, inbox: Inbox) {
    port::post(&Event::Ready);
    let mut session = Session::new(inbox, Journal::open().await);
    session.look().await;
    while let Some(message) = messages.next().await {
        session.heed_line().await;
        match message {
            Message::Command(command) => session.command(command).await,
            Message::Answered { run, id, outcome } => session.answered(run, id, outcome).await,
            Message::Wake { run } => session.wake(run).await,
            Message::Asked { run, question } => session.asked(run, question),
            Message::Saved { run } => session.saved(run).await,
            Message::NamesRead { number, reading } => session.names.take(number, reading),
            Message::Learnt { number, lookup } => session.learnt(number, lookup),
            Message::Report => session.report(),
        }
    }
}
