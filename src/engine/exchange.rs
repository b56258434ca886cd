//! One call on its way. In: the call, its stamp, who signs, where it goes. Out: what came of it.

use provisioner_core::cloud::{Answer, Call, HttpRequest, Outcome, Stamp, build_request, read_reply, request_id};
use provisioner_core::model::action::Action;
use provisioner_core::plan::{Route, Target};
use provisioner_core::secret::AccessKey;

use super::effects::demo::Demo;
use super::effects::fetch;
use super::inspector::Inspected;

/// A signed call; the key is not in it.
pub(super) struct Exchange {
    action: Action,
    request: HttpRequest,
    /// The cloud that it goes to, in the demo.
    demo: Option<Demo>,
}

impl Exchange {
    /// Signs a call, in the demo with the demo's own key.
    pub(super) fn new(call: &Call, stamp: &Stamp, key: Option<&AccessKey>, target: &Target, demo: &Demo) -> Self {
        let in_demo = target.route == Route::Demo;
        let demo_key = in_demo.then(Demo::key);
        let key = demo_key.as_ref().or(key).expect("a run outside the demo begins by taking its key");
        let request = build_request(call, stamp, key, target);
        Self { action: call.action, request, demo: in_demo.then(|| demo.clone()) }
    }

    /// Sends it: what came of it, and the RequestId where a batch was accepted.
    pub(super) async fn perform(self, within_ms: u64) -> (Outcome, Option<String>) {
        let Self { action, request, demo } = self;
        let inspected = Inspected::new(action.name(), &request);
        let raw = match demo {
            Some(demo) => demo.send(&request).await,
            None => fetch::send(&request, within_ms).await,
        };
        let (status, outcome, accepted) = match raw {
            Err(failure) => (None, Err(failure), None),
            Ok((status, body)) => {
                let outcome = read_reply(action, status, &body, &request.string_to_sign);
                let accepted = matches!(outcome, Ok(Answer::Accepted { .. })).then(|| request_id(&body));
                (Some(status), outcome, accepted)
            }
        };
        inspected.keep(status, &outcome);
        (outcome, accepted)
    }
}
