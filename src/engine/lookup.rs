//! What a plan can learn from the cloud outside of a run. In: a question, who asks it, where. Out: what was learnt, and in
//! between how far it has come. Nothing of it is journaled, and no answer's secret goes further than here.

use std::cell::Cell;
use std::rc::Rc;

use gloo_timers::future::TimeoutFuture;
use provisioner_core::cloud::StampSource;
use provisioner_core::lookup::{Lookup, Step};
use provisioner_core::plan::{FormInput, Names, Plan, Target};
use provisioner_core::run::ANSWER_WITHIN_MS;
use provisioner_core::secret::AccessKey;
use wasm_bindgen_futures::spawn_local;

use super::connection;
use super::driver::{Inbox, Message};
use super::effects::demo::Demo;
use super::effects::{clock, port, random};
use super::exchange::Exchange;
use super::telling;
use crate::protocol::{Event, Learnt, Subject};

/// The longest wait before it is looked whether the question is still wanted.
const WAIT_MS_MAX: u32 = 500;

/// The question that was asked last; its task looks here whether it is still wanted.
#[derive(Clone, Default)]
pub(super) struct Asking(Rc<Cell<Option<Asked>>>);

#[derive(Clone, Copy)]
struct Asked {
    number: u32,
    subject: Subject,
    is_stopped: bool,
}

/// Who asks where.
pub(super) struct Asker {
    /// Who signs.
    pub key: AccessKey,
    /// Which cloud.
    pub target: Target,
    /// The demo's.
    pub demo: Demo,
    /// Where the end is told.
    pub inbox: Inbox,
}

impl Asking {
    /// Begins; a question before it is given up.
    pub(super) fn begin(&self, number: u32, subject: Subject, lookup: Lookup, asker: Asker) {
        self.0.set(Some(Asked { number, subject, is_stopped: false }));
        spawn_local(self.clone().ask(number, lookup, asker));
    }

    /// Tries a connection out; a question before it is given up.
    pub(super) fn try_out(&self, number: u32, form: FormInput, key: AccessKey) {
        self.0.set(Some(Asked { number, subject: Subject::Connection, is_stopped: false }));
        let asking = self.clone();
        spawn_local(async move {
            let tried = connection::try_out(&form, key).await;
            if asking.end(number) {
                port::post(&Event::Learnt { number, learnt: Learnt::Connection(tried), failure: None });
            }
        });
    }

    /// Ends the question with what is known so far.
    pub(super) fn stop(&self) {
        self.0.set(self.0.get().map(|asked| Asked { is_stopped: true, ..asked }));
    }

    /// Gives the question up: nothing more of it is told.
    pub(super) fn give_up(&self) {
        self.0.set(None);
    }

    /// The list of names changes: what is on its way would be about another one.
    pub(super) fn give_up_names(&self) {
        self.0.set(self.0.get().filter(|asked| asked.subject != Subject::Names));
    }

    /// Ends a question, if it is the one at hand.
    pub(super) fn end(&self, number: u32) -> bool {
        let is_current = self.0.get().is_some_and(|asked| asked.number == number);
        if is_current {
            self.give_up();
        }
        is_current
    }

    async fn ask(self, number: u32, mut lookup: Lookup, asker: Asker) {
        let mut stamps = StampSource::new(random::seed());
        loop {
            match self.0.get().filter(|asked| asked.number == number) {
                None => return,
                Some(asked) if asked.is_stopped => lookup.stop(),
                Some(_) => {}
            }
            let now = clock::now();
            match lookup.next(now.mono) {
                Step::Done => break,
                // In pieces, since the user may stop it.
                Step::Wait(ms) => TimeoutFuture::new(u32::try_from(ms).unwrap_or(u32::MAX).min(WAIT_MS_MAX)).await,
                Step::Send(call) => {
                    let stamp = stamps.stamp(now.wall);
                    let exchange = Exchange::new(&call, &stamp, Some(&asker.key), &asker.target, &asker.demo);
                    let (outcome, _) = exchange.perform(ANSWER_WITHIN_MS).await;
                    lookup.answered(outcome, clock::now().mono);
                    // The end is told by the session.
                    if let Some(told) = lookup.sought_names().filter(|told| !told.is_over) {
                        port::post(&Event::Learnt { number, learnt: Learnt::Names(told), failure: None });
                    }
                }
            }
        }
        // Only a worker that is being ended has no loop.
        let _ = asker.inbox.unbounded_send(Message::Learnt { number, lookup });
    }
}

/// The question about the plan's product, or about these names.
pub(super) fn of(plan: Plan, names: Option<Names>) -> Lookup {
    // Any number will do for what is drawn from it.
    let seed = clock::now().wall.0;
    match names {
        Some(names) => Lookup::names(plan, names, seed),
        None => Lookup::product(plan, seed),
    }
}

/// What was learnt, for the page.
pub(super) fn told(number: u32, lookup: &Lookup) -> Option<Event> {
    let product = lookup.sought().map(Learnt::Product);
    let learnt = product.or_else(|| lookup.sought_names().map(Learnt::Names))?;
    let told = |failure| Box::new(telling::of_failure(failure, lookup.action(), lookup.target()));
    let failure = lookup.failure().map(told);
    Some(Event::Learnt { number, learnt, failure })
}
