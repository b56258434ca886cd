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
//! A register call is never repeated unless the cloud said that it was not carried out. Which codes pass by
//! themselves: document_detail/48054.html, doc-detail/87387.htm.

use crate::model::action::Action;
use crate::model::report::{Failure, Refusal};

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
    match (kind(failure), action.is_read()) {
        (Kind::Throttled, _) => Decision::Throttle,
        (Kind::Passing | Kind::NonceUsed, true) => {
            let waits = if action == Action::QueryDevice { &WAITS_MS[..CHECK_WAITS] } else { &WAITS_MS[..] };
            match waits.get(tries.saturating_sub(1)) {
                Some(&wait_ms) => Decision::RetryAfter(wait_ms / 2 + jitter % (wait_ms / 2 + 1)),
                None => Decision::Stop,
            }
        }
        (Kind::Partial | Kind::Final, true) => Decision::Stop,
        (Kind::Passing | Kind::NonceUsed | Kind::Partial, false) => Decision::Unclear,
        (Kind::Final, false) => Decision::Refused,
    }
}

#[derive(Clone, Copy)]
enum Kind {
    Throttled,
    NonceUsed,
    Passing,
    Partial,
    Final,
}

fn kind(failure: &Failure) -> Kind {
    match failure {
        Failure::Refused(refusal) => refusal_kind(refusal),
        Failure::Foreign { status: 429, .. } => Kind::Throttled,
        Failure::Foreign { .. } | Failure::Broken { .. } | Failure::Unreachable | Failure::TimedOut { .. } => {
            Kind::Passing
        }
    }
}

fn refusal_kind(refusal: &Refusal) -> Kind {
    let code = refusal.code.as_str();
    if refusal.status == 429 || code.contains("Throttling") || code.ends_with("RateLimit") {
        Kind::Throttled
    } else if code == "SignatureNonceUsed" {
        Kind::NonceUsed
    } else if matches!(code, "iot.device.ApplyManyDevicesFailed" | "iot.device.CreateDeviceFailed") {
        Kind::Partial
    } else if refusal.status >= 500
        || refusal.status == 408
        || matches!(code, "InternalError" | "UnknownError" | "ServiceUnavailable")
        || code.ends_with("SystemException")
        || code.ends_with("ActionError")
    {
        Kind::Passing
    } else {
        Kind::Final
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(status: u16, code: &str) -> Failure {
        Failure::Refused(Refusal {
            status,
            code: code.into(),
            message: String::new(),
            request_id: String::new(),
            same_string_to_sign: None,
        })
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
