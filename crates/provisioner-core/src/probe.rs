//! Whether a connection works, by a read that changes nothing. Pure: what came of each try goes in, the next try comes out.
//!
//! 1. [`Probe::new`] begins.
//! 2. [`Probe::next`] says what to try: a call, whose outcome goes to [`Probe::answered`], or an address, and what came
//!    of that to [`Probe::knocked`]; again, until there is nothing more to try.
//! 3. [`Probe::finding`] says what was found, and [`Probe::direct`] whether no proxy is needed.
//!
//! The first call is a real one, signed like all of a run's. A browser tells a page nothing of a call that failed, so
//! that another question has to: the same address asked without wanting to read the answer, which CORS does not forbid.
//! Without a key the cloud is asked in the name of nobody, and its refusal is as good an answer as any.

use crate::cloud::{Call, Outcome};
use crate::model::action::Action;
use crate::model::connection::{Finding, Reached};
use crate::model::error_code::{Meaning, meaning};
use crate::model::region;
use crate::model::report::Failure;
use crate::plan::{Route, Signature, Target};
use crate::secret::{AccessKey, Secret};

/// How a proxy of `deploy/` says that a host is not on its list, and that an origin is not.
const HOST_NOT_LISTED: &str = "This is not an address of this proxy's list.";
const ORIGIN_NOT_LISTED: &str = "The page's origin is not on this proxy's list.";

/// Nobody: an AccessKey ID of no form that the vendor's have, and a secret that is none.
#[must_use]
pub fn nobody() -> AccessKey {
    AccessKey { id: "connection-test".to_owned(), secret: Secret::new("none".to_owned()), token: None }
}

/// A connection that is being tried out.
pub struct Probe {
    target: Target,
    instance_id: String,
    has_key: bool,
    stage: Stage,
    finding: Option<Finding>,
    direct: Option<bool>,
}

/// What is tried.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// The call that a run would make.
    Call,
    /// The same address, without reading the answer.
    Knock,
    /// The same call without headers of its own, after one that had some.
    WithoutHeaders,
    /// The cloud itself, in the name of nobody, whether a proxy is needed at all.
    Direct,
    /// Nothing more.
    Over,
}

/// What is to be done.
#[derive(Debug)]
pub enum Step {
    /// Sign this call and send it to this cloud.
    Send {
        /// The call.
        call: Call,
        /// Where to.
        target: Target,
        /// Whether the user's key signs; otherwise [`nobody`] does.
        is_users: bool,
    },
    /// Ask the address of this cloud with a GET that holds nothing, and do not read the answer.
    Knock(Target),
    /// Nothing: it is over.
    Done,
}

/// What came of an address that was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Knocked {
    /// Something answered.
    Answered,
    /// It sent the browser on to another address.
    Redirected,
    /// Nothing answered.
    Nothing,
    /// The site's own policy forbade it.
    Forbidden,
}

impl Probe {
    /// Begins. An empty `instance_id` is none.
    #[must_use]
    pub fn new(target: Target, instance_id: String, has_key: bool) -> Self {
        Self { target, instance_id, has_key, stage: Stage::Call, finding: None, direct: None }
    }

    /// The cloud that is tried.
    #[must_use]
    pub fn target(&self) -> &Target {
        &self.target
    }

    /// What is to be done now.
    #[must_use]
    pub fn next(&self) -> Step {
        let mut target = self.target.clone();
        match self.stage {
            Stage::Call => return Step::Send { call: self.call(), target, is_users: self.has_key },
            Stage::Knock => return Step::Knock(target),
            Stage::WithoutHeaders => target.signature = Signature::V1,
            Stage::Direct => (target.route, target.signature) = (Route::Direct, Signature::V1),
            Stage::Over => return Step::Done,
        }
        Step::Send { call: self.call(), target, is_users: false }
    }

    /// Takes what came of the call.
    pub fn answered(&mut self, outcome: Outcome) {
        match self.stage {
            Stage::Call => match outcome {
                Err(Failure::Unreachable) => self.stage = Stage::Knock,
                outcome => self.conclude(self.read(outcome)),
            },
            Stage::WithoutHeaders => {
                let is_readable = !matches!(outcome, Err(Failure::Unreachable));
                self.conclude(if is_readable { Finding::PreflightRefused } else { Finding::Unreadable });
            }
            Stage::Direct => {
                self.direct = Some(matches!(outcome, Ok(_) | Err(Failure::Refused(_))));
                self.stage = Stage::Over;
            }
            Stage::Knock | Stage::Over => {}
        }
    }

    /// Takes what came of the address.
    pub fn knocked(&mut self, knocked: Knocked) {
        if self.stage != Stage::Knock {
            return;
        }
        match knocked {
            Knocked::Answered if self.target.signature == Signature::V3 => self.stage = Stage::WithoutHeaders,
            Knocked::Answered => self.conclude(Finding::Unreadable),
            Knocked::Redirected => self.conclude(Finding::Redirected),
            Knocked::Nothing => self.conclude(Finding::Unreachable),
            Knocked::Forbidden => self.conclude(Finding::Forbidden),
        }
    }

    /// What was found, once it is over.
    #[must_use]
    pub fn finding(&self) -> Option<&Finding> {
        self.finding.as_ref().filter(|_| self.stage == Stage::Over)
    }

    /// Whether the cloud can be reached without the proxy; none if that was not tried.
    #[must_use]
    pub fn direct(&self) -> Option<bool> {
        self.direct
    }

    /// One product of the account: the smallest answer there is, and no secret in it.
    fn call(&self) -> Call {
        let mut params = vec![("CurrentPage".into(), "1".to_owned()), ("PageSize".into(), "1".to_owned())];
        if !self.instance_id.is_empty() {
            params.push(("IotInstanceId".into(), self.instance_id.clone()));
        }
        Call { action: Action::QueryProductList, params }
    }

    fn read(&self, outcome: Outcome) -> Finding {
        let failure = match outcome {
            Ok(_) => return Finding::Reached(Reached::KeyWorks),
            Err(failure) => failure,
        };
        match failure {
            Failure::Refused(refusal) => Finding::Reached(match meaning(&refusal.code) {
                Some(Meaning::NotAuthorized) if self.has_key => Reached::KeyMayNotLook,
                // Whatever else the cloud says to nobody, the clock's error is worth knowing before there is a key.
                Some(Meaning::ClockOff) => Reached::Refused(refusal),
                _ if !self.has_key => Reached::WithoutKey,
                _ => Reached::Refused(refusal),
            }),
            Failure::Foreign { status: 403, excerpt } if excerpt == HOST_NOT_LISTED => Finding::HostNotListed,
            Failure::Foreign { status: 403, excerpt } if excerpt == ORIGIN_NOT_LISTED => Finding::OriginNotListed,
            failure => Finding::Failed(failure),
        }
    }

    /// Keeps what was found. Where a proxy works for one of the vendor's hosts, that host itself is tried too.
    fn conclude(&mut self, finding: Finding) {
        let is_proxied =
            matches!(self.target.route, Route::Proxy { .. }) && region::by_host(&self.target.host).is_some();
        let is_worth_it = is_proxied && matches!(finding, Finding::Reached(_));
        self.finding = Some(finding);
        self.stage = if is_worth_it { Stage::Direct } else { Stage::Over };
    }
}
