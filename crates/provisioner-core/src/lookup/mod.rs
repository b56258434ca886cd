//! What a plan can learn from the cloud outside of a run, and without a journal: these calls change nothing. Pure:
//! answers and the time go in, calls and waits come out.
//!
//! 1. [`Lookup::product`] or [`Lookup::names`] begins.
//! 2. [`Lookup::next`] says what to do: send a call and give what comes of it to [`Lookup::answered`], or wait; again,
//!    until there is nothing more to do.
//! 3. [`Lookup::sought`], [`Lookup::sought_names`] and [`Lookup::into_existing`] say what was learnt.
//!
//! Calls leave one after the other, within the share of the quota that a run would take. Whether a failure is worth
//! another try decides the run's own table ([`crate::run`]); but a person waits here, so that throttling costs tries too.

mod pace;

use crate::cloud::actions::{batch_query_device_detail, query_product_list};
use crate::cloud::{Answer, Call, Outcome};
use crate::model::action::{Action, NAMES_PER_DETAIL_MAX, PRODUCTS_PER_PAGE_MAX};
use crate::model::error_code::{Meaning, meaning};
use crate::model::lookup::{PRODUCT_PAGES_MAX, SOUGHT_NAMES_MAX, Sought, SoughtNames};
use crate::model::report::Failure;
use crate::plan::{Names, Plan, Target};
use crate::time::Millis;
use pace::Pace;

/// A question, made of calls.
pub struct Lookup {
    plan: Plan,
    question: Question,
    pace: Pace,
    /// Whether there is nothing more to do.
    is_over: bool,
    failure: Option<Failure>,
}

/// What is asked, and what is known of it.
enum Question {
    /// Which product the plan's is.
    Product {
        /// Pages that were read.
        pages: u32,
        sought: Sought,
    },
    /// Which of these names the product has.
    Names {
        names: Names,
        /// How many of them, from the first, the cloud was asked about.
        asked: u32,
        existing: Vec<String>,
    },
}

/// What is to be done.
#[derive(Debug)]
pub enum Step {
    /// Sign this call and send it; [`Lookup::answered`] is to be called with what comes of it.
    Send(Call),
    /// Ask again after so many milliseconds.
    Wait(u64),
    /// Nothing: it is over.
    Done,
}

impl Lookup {
    /// Which cloud is asked.
    #[must_use]
    pub fn target(&self) -> &Target {
        &self.plan.target
    }

    /// Looks for the plan's product among the account's newest. `seed` is any number.
    #[must_use]
    pub fn product(plan: Plan, seed: u64) -> Self {
        let sought = Sought::Absent { seen: 0, total: 0 };
        Self::new(plan, Action::QueryProductList, Question::Product { pages: 0, sought }, seed)
    }

    /// Asks which of the names the plan's product has, the first [`SOUGHT_NAMES_MAX`] at most. `seed` is any number.
    #[must_use]
    pub fn names(plan: Plan, names: Names, seed: u64) -> Self {
        let question = Question::Names { names, asked: 0, existing: Vec::new() };
        Self::new(plan, Action::BatchQueryDeviceDetail, question, seed)
    }

    fn new(plan: Plan, action: Action, question: Question, seed: u64) -> Self {
        let pace = Pace::new(action, plan.share_percent, seed);
        let is_over = matches!(&question, Question::Names { names, .. } if names.is_empty());
        Self { plan, question, pace, is_over, failure: None }
    }

    /// What is to be done now.
    pub fn next(&mut self, now: Millis) -> Step {
        let call = match &self.question {
            _ if self.is_over => return Step::Done,
            Question::Product { pages, .. } => query_product_list::ask(&self.plan, pages + 1),
            Question::Names { names, asked, .. } => {
                let part = *asked..end_of_part(names, *asked);
                batch_query_device_detail::ask(&self.plan, part.map(|place| names.device_name(place)))
            }
        };
        match self.pace.leave(now) {
            Ok(()) => Step::Send(call),
            Err(wait_ms) => Step::Wait(wait_ms),
        }
    }

    /// Takes what came of the call.
    pub fn answered(&mut self, outcome: Outcome, now: Millis) {
        match self.pace.settle(outcome, now) {
            None => {}
            Some(Ok(answer)) => self.take(answer),
            Some(Err(failure)) => {
                self.is_over = true;
                self.failure = Some(failure);
            }
        }
    }

    /// Ends it with what is known.
    pub fn stop(&mut self) {
        self.is_over = true;
    }

    /// What was learnt of the product, once that is over.
    #[must_use]
    pub fn sought(&self) -> Option<Sought> {
        match &self.question {
            Question::Product { sought, .. } if self.is_over => Some(if self.is_denied() {
                Sought::Denied
            } else if self.failure.is_some() {
                Sought::Failed
            } else {
                sought.clone()
            }),
            _ => None,
        }
    }

    /// How far a look for names has come.
    #[must_use]
    pub fn sought_names(&self) -> Option<SoughtNames> {
        let Question::Names { names, asked, existing } = &self.question else { return None };
        let existing = u32::try_from(existing.len()).unwrap_or(u32::MAX);
        Some(SoughtNames { asked: *asked, of: names.len(), existing, is_over: self.is_over })
    }

    /// Why the cloud did not say, if it did not. That a key may not look for a product is no failure.
    #[must_use]
    pub fn failure(&self) -> Option<&Failure> {
        self.failure.as_ref().filter(|_| !self.is_denied())
    }

    /// Which action is asked for.
    #[must_use]
    pub fn action(&self) -> Action {
        match self.question {
            Question::Product { .. } => Action::QueryProductList,
            Question::Names { .. } => Action::BatchQueryDeviceDetail,
        }
    }

    fn is_denied(&self) -> bool {
        let denied = |failure: &Failure| matches!(failure, Failure::Refused(refusal) if meaning(&refusal.code) == Some(Meaning::NotAuthorized));
        matches!(self.question, Question::Product { .. }) && self.failure.as_ref().is_some_and(denied)
    }

    /// The names that the product has, of those that were asked about.
    #[must_use]
    pub fn into_existing(self) -> Vec<String> {
        match self.question {
            Question::Names { existing, .. } => existing,
            Question::Product { .. } => Vec::new(),
        }
    }

    fn take(&mut self, answer: Answer) {
        match (&mut self.question, answer) {
            (Question::Product { pages, sought }, Answer::Products(page)) => {
                *pages += 1;
                let seen = *pages * PRODUCTS_PER_PAGE_MAX;
                let is_last = page.products.is_empty() || u64::from(seen) >= page.total || *pages == PRODUCT_PAGES_MAX;
                let found = page.products.into_iter().find(|product| product.product_key == self.plan.product_key);
                self.is_over = is_last || found.is_some();
                let seen = seen.min(u32::try_from(page.total).unwrap_or(u32::MAX));
                *sought = found.map_or(Sought::Absent { seen, total: page.total }, Sought::Found);
            }
            (Question::Names { names, asked, existing }, Answer::Existing(found)) => {
                let end = end_of_part(names, *asked);
                let part = (*asked..end).map(|place| names.device_name(place));
                // What was not asked about says nothing about the list; upper and lower case are different.
                existing.extend(part.filter(|name| found.iter().any(|found| found == name)).map(str::to_owned));
                *asked = end;
                self.is_over = end == names.len().min(SOUGHT_NAMES_MAX);
            }
            // A reply is read by its call's action, so that there is no other.
            _ => self.is_over = true,
        }
    }
}

/// Behind the names that one call asks about.
fn end_of_part(names: &Names, asked: u32) -> u32 {
    (asked + NAMES_PER_DETAIL_MAX).min(names.len()).min(SOUGHT_NAMES_MAX)
}
