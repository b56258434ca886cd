//! What the engine tells, with the words for it in every language. In: a notice, or the failure of a question. Out: events.

use provisioner_core::model::action::Action;
use provisioner_core::model::report::{Failure, Notice};
use provisioner_core::plan::{Route, Target};
use web_sys::Url;

use super::effects::port;
use crate::protocol::Event;
use crate::words::{self, Told};

/// Tells the page what the user should know of calls to this cloud.
pub(super) fn tell(notice: &Notice, target: &Target) {
    port::post(&Event::Told(Box::new(words::of_notice(notice, &place(target)))));
}

/// The words for a question that this cloud did not answer.
pub(super) fn of_failure(failure: &Failure, action: Action, target: &Target) -> Told {
    words::of_failure(failure, action, &place(target))
}

/// The host that the browser calls: the proxy's, with its port where it has one, or the endpoint itself.
pub(super) fn place(target: &Target) -> String {
    match &target.route {
        Route::Proxy { base } => Url::new(base).map_or_else(|_| base.clone(), |address| address.host()),
        Route::Direct | Route::Demo => target.host.clone(),
    }
}
