//! What follows a failed call. In: the action, the failure, how often it was tried. Out: one decision. Pure.
//!
//! | failure | a read, or the check | a register call |
//! | --- | --- | --- |
//! | `*Throttling*`, `*RateLimit*`, HTTP 429 | again after the limiter's wait | the same: it was refused before it was carried out |
//! | `SignatureNonceUsed` | again, with a new stamp | unclear: a browser may have sent it twice |
//! | passing faults of the cloud: HTTP 5xx, 408, `InternalError`, `…SystemException`, `…ActionError` | again, later | unclear |
//! | no connection, no answer in time, cut off, not the vendor's answer | again, later | unclear |
//! | `ApplyManyDevicesFailed`, `CreateDeviceFailed` | stop | unclear: part of it may have been carried out |
//! | any other refusal | stop and say so | refused: nothing was made for this batch |
//!
//! A register call is never repeated unless the cloud said that it was not carried out. Which codes are of which kind
//! says [`crate::model::error_code`].

use crate::model::action::Action;
use crate::model::error_code::{self, Retry};
use crate::model::report::Failure;

/// What to do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Decision {
    /// Send it again when the limiter lets it; it was one call too many.
    Throttle,
    /// Send it again after so many milliseconds.
    RetryAfter(u64),
    /// Do not send it again: the user has to put something right first.
    Stop,
    /// A register call that was not carried out.
    Refused,
    /// A register call of which nobody here knows whether it was carried out.
    Unclear,
}

/// Waits before the second, third … try of a read: about a minute and a half in all.
const WAITS_MS: [u64; 7] = [500, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000];

/// The check has a person waiting for it: one more try.
const CHECK_WAITS: usize = 1;

/// Decides. `tries` counts the tries so far, this one included; `jitter` is a random number.
pub(super) fn decide(action: Action, failure: &Failure, tries: usize, jitter: u64) -> Decision {
    match (retry(failure), action.is_repeatable()) {
        (Retry::AfterWait, _) => Decision::Throttle,
        (Retry::ReadsOnly | Retry::NewNonce, true) => {
            let waits = if action == Action::QueryDevice { &WAITS_MS[..CHECK_WAITS] } else { &WAITS_MS[..] };
            match waits.get(tries.saturating_sub(1)) {
                Some(&wait_ms) => Decision::RetryAfter(wait_ms / 2 + jitter % (wait_ms / 2 + 1)),
                None => Decision::Stop,
            }
        }
        (Retry::Unsure | Retry::Never, true) => Decision::Stop,
        (Retry::ReadsOnly | Retry::NewNonce | Retry::Unsure, false) => Decision::Unclear,
        (Retry::Never, false) => Decision::Refused,
    }
}

fn retry(failure: &Failure) -> Retry {
    match failure {
        Failure::Refused(refusal) => error_code::retry(refusal.status, &refusal.code),
        Failure::Foreign { status: 429, .. } => Retry::AfterWait,
        Failure::Foreign { .. } | Failure::Broken { .. } | Failure::Unreachable | Failure::TimedOut { .. } => {
            Retry::ReadsOnly
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::report::Refusal;

    fn refused(status: u16, code: &str) -> Failure {
        Failure::Refused(Refusal { status, code: code.into(), ..Refusal::default() })
    }

    fn register(failure: &Failure) -> Decision {
        decide(Action::BatchRegisterDevice, failure, 1, 0)
    }

    fn page(failure: &Failure, tries: usize) -> Decision {
        decide(Action::QueryPageByApplyId, failure, tries, 0)
    }

    #[test]
    fn a_register_call_is_repeated_only_where_the_cloud_said_that_it_was_not_carried_out() {
        for code in ["Throttling", "Throttling.User", "Throttling.Api"] {
            assert_eq!(register(&refused(400, code)), Decision::Throttle);
        }
        for failure in [
            refused(500, "InternalError"),
            refused(503, "ServiceUnavailable"),
            refused(200, "iot.system.SystemException"),
            refused(200, "iot.device.ApplyManyDevicesFailed"),
            refused(400, "SignatureNonceUsed"),
            Failure::Unreachable,
            Failure::TimedOut { after_ms: 30_000 },
            Failure::Broken { detail: String::new() },
            Failure::Foreign { status: 502, excerpt: String::new() },
            Failure::Foreign { status: 403, excerpt: String::new() },
        ] {
            assert_eq!(register(&failure), Decision::Unclear, "{failure:?}");
        }
        for code in ["iot.prod.NotExistedProduct", "iot.device.DeviceCountExceeded", "Forbidden.RAM", "SomethingNew"] {
            assert_eq!(register(&refused(200, code)), Decision::Refused, "{code}");
        }
    }

    #[test]
    fn reads_are_repeated_with_growing_waits_and_then_stop() {
        let waits: Vec<Decision> = (1..=8).map(|tries| page(&Failure::Unreachable, tries)).collect();
        assert_eq!(waits[..3], [Decision::RetryAfter(250), Decision::RetryAfter(500), Decision::RetryAfter(1_000)]);
        assert_eq!(waits[7], Decision::Stop);
    }

    #[test]
    fn what_a_person_must_put_right_stops_at_once() {
        for code in
            ["Forbidden.RAM", "SignatureDoesNotMatch", "iot.system.InstanceNotFound", "InvalidSecurityToken.Expired"]
        {
            assert_eq!(page(&refused(403, code), 1), Decision::Stop, "{code}");
        }
    }

    #[test]
    fn the_check_gives_up_after_a_second_try() {
        assert_eq!(decide(Action::QueryDevice, &Failure::Unreachable, 1, 0), Decision::RetryAfter(250));
        assert_eq!(decide(Action::QueryDevice, &Failure::Unreachable, 2, 0), Decision::Stop);
    }
}
