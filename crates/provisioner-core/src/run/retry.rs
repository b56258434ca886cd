//! What follows a failed call. In: what kind of call, the failure, how often it was tried. Out: one decision. Pure.
//!
//! | failure | a read | a name check | names registered | random names, first | the same, resent |
//! | --- | --- | --- | --- | --- | --- |
//! | `*Throttling*`, `*RateLimit*`, HTTP 429: not carried out | wait, again | wait, again | wait, again | wait, again | look |
//! | key, token, signature or clock refused: not carried out | pause | pause | pause | pause | look |
//! | `SignatureNonceUsed` | again | again | ask status | look | look |
//! | a passing fault that the cloud told: 5xx, `…SystemException`, `…ActionError` | again | again | ask status | look | look |
//! | nothing readable: no connection, no answer in time, cut off, not the vendor's | again | again | ask status | resend | look |
//! | `ApplyManyDevicesFailed`, `CreateDeviceFailed`, `…TaskIsRunning` | pause | refused | ask status | look | look |
//! | any other refusal | pause | refused | refused; the second time ask status | refused | look |
//!
//! *Again*: with a new stamp, after a jittered wait that doubles, until the budget is used up; then pause. *Resend*: the
//! identical request, once, within [`RESEND_WITHIN_MS`] by either clock: if it succeeds, the first never arrived; if its nonce was used,
//! the first may have been carried out. *Look*: for the devices in the product ([`super::rebuild`]); nothing is sent
//! that registers. *Ask status*: names cannot be registered twice, and their ApplyId is known. Which codes are of which
//! kind says [`crate::model::error_code`].

use crate::model::error_code::{self, Meaning, Retry};
use crate::model::report::Failure;
use crate::time::Now;

/// A lost call is sent again within this long of its first departure, while the cloud surely remembers its nonce and
/// takes its timestamp (15 minutes, document_detail/48054.html).
pub(super) const RESEND_WITHIN_MS: u64 = 60_000;

/// Whether it is too late for the identical request. While a computer sleeps a clock may stand still, and a calendar can
/// be set: the clock that says more counts, and a calendar that went back says nothing.
pub(super) fn is_too_late(departed: Now, now: Now) -> bool {
    let on_the_wall = now.wall.0.checked_sub(departed.wall.0);
    now.mono - departed.mono >= RESEND_WITHIN_MS || on_the_wall.is_none_or(|ms| ms >= RESEND_WITHIN_MS)
}

/// What kind of call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// It changes nothing.
    Read,
    /// The read before anything else; a person waits for it.
    FirstRead,
    /// It changes nothing but an application of its own.
    NameCheck,
    /// It registers names that were checked.
    NameRegister,
    /// It registers random names.
    Departure,
    /// It is such a call's identical repetition.
    Resent,
}

/// What to do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Decision {
    /// Send it again when the limiter lets it; it was one call too many.
    Throttle,
    /// Send it again after so many milliseconds.
    RetryAfter(u64),
    /// Do not send it before the user has put something right; it was not carried out.
    Stop,
    /// It was not carried out and will not be.
    Refused,
    /// Ask for the state of its batch.
    AskStatus,
    /// Send the identical request once more.
    Resend,
    /// Look for its devices in the product.
    Look,
}

/// Waits before the second, third … try: about a minute and a half in all.
const WAITS_MS: [u64; 7] = [500, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000];

/// The first read has a person waiting for it: one more try.
const FIRST_READ_WAITS: usize = 1;

/// Decides. `tries` counts the tries so far, this one included; `jitter` is a random number.
pub(crate) fn decide(kind: Kind, failure: &Failure, tries: usize, jitter: u64) -> Decision {
    let again = |waits: &[u64]| match waits.get(tries.saturating_sub(1)) {
        Some(&wait_ms) => Decision::RetryAfter(wait_ms / 2 + jitter % (wait_ms / 2 + 1)),
        None => Decision::Stop,
    };
    let retry = retry(failure);
    match (kind, retry) {
        (Kind::Resent, _) => Decision::Look,
        (_, Retry::AfterWait) => Decision::Throttle,
        (_, Retry::Never) if is_about_the_key(failure) => Decision::Stop,
        (Kind::FirstRead, Retry::ReadsOnly | Retry::NewNonce) => again(&WAITS_MS[..FIRST_READ_WAITS]),
        (Kind::Read | Kind::NameCheck, Retry::ReadsOnly | Retry::NewNonce) => again(&WAITS_MS),
        (Kind::Read | Kind::FirstRead, Retry::Unsure | Retry::Never) => Decision::Stop,
        (Kind::NameCheck, Retry::Unsure | Retry::Never) => Decision::Refused,
        (Kind::NameRegister, Retry::Never) if tries <= 1 => Decision::Refused,
        (Kind::NameRegister, _) => Decision::AskStatus,
        (Kind::Departure, Retry::Never) => Decision::Refused,
        (Kind::Departure, Retry::ReadsOnly) if !matches!(failure, Failure::Refused(_)) => Decision::Resend,
        (Kind::Departure, _) => Decision::Look,
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

/// Whether the gateway turned the call away at its door, for what the user can put right while the run waits.
fn is_about_the_key(failure: &Failure) -> bool {
    let Failure::Refused(refusal) = failure else { return false };
    matches!(
        error_code::meaning(&refusal.code),
        Some(
            Meaning::TokenExpired
                | Meaning::TokenMalformed
                | Meaning::TokenOfAnotherKey
                | Meaning::TokenMissing
                | Meaning::KeyUnknown
                | Meaning::KeyDisabled
                | Meaning::SignatureMismatch
                | Meaning::SignatureIncomplete
                | Meaning::ClockOff
        )
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::report::Refusal;
    use crate::time::{Millis, WallTime};

    fn refused(status: u16, code: &str) -> Failure {
        Failure::Refused(Box::new(Refusal { status, code: code.into(), ..Refusal::default() }))
    }

    fn unreadable() -> [Failure; 5] {
        [
            Failure::Unreachable,
            Failure::TimedOut { after_ms: 30_000 },
            Failure::Broken { detail: String::new() },
            Failure::Foreign { status: 502, excerpt: String::new() },
            Failure::Foreign { status: 403, excerpt: String::new() },
        ]
    }

    /// The columns of the table.
    const KINDS: [Kind; 5] = [Kind::Read, Kind::NameCheck, Kind::NameRegister, Kind::Departure, Kind::Resent];

    fn row(failure: &Failure) -> [Decision; 5] {
        KINDS.map(|kind| decide(kind, failure, 1, 0))
    }

    #[test]
    fn each_row_of_the_table_holds() {
        use Decision::{AskStatus, Look, Refused, Resend, RetryAfter, Stop, Throttle};
        let again = RetryAfter(250);
        for code in ["Throttling", "Throttling.User", "Throttling.Api"] {
            assert_eq!(row(&refused(400, code)), [Throttle, Throttle, Throttle, Throttle, Look], "{code}");
        }
        for code in ["InvalidSecurityToken.Expired", "SignatureDoesNotMatch", "InvalidTimeStamp.Expired"] {
            assert_eq!(row(&refused(400, code)), [Stop, Stop, Stop, Stop, Look], "{code}");
        }
        assert_eq!(row(&refused(400, "SignatureNonceUsed")), [again, again, AskStatus, Look, Look]);
        for failure in [
            refused(500, "InternalError"),
            refused(503, "ServiceUnavailable"),
            refused(200, "iot.system.SystemException"),
        ] {
            assert_eq!(row(&failure), [again, again, AskStatus, Look, Look], "{failure:?}");
        }
        for failure in unreadable() {
            assert_eq!(row(&failure), [again, again, AskStatus, Resend, Look], "{failure:?}");
        }
        for code in ["iot.device.ApplyManyDevicesFailed", "iot.device.CreateDeviceTaskIsRunning"] {
            assert_eq!(row(&refused(200, code)), [Stop, Refused, AskStatus, Look, Look], "{code}");
        }
        for code in ["iot.prod.NotExistedProduct", "iot.device.DeviceCountExceeded", "Forbidden.RAM", "SomethingNew"] {
            assert_eq!(row(&refused(200, code)), [Stop, Refused, Refused, Refused, Look], "{code}");
        }
    }

    #[test]
    fn it_is_too_late_when_either_clock_says_so_or_the_calendar_went_back() {
        let at = |mono, wall| Now { mono: Millis(mono), wall: WallTime(wall) };
        let departed = at(5_000, 1_000_000);
        for (now, expected) in [
            (at(64_999, 1_059_999), false),
            (at(65_000, 1_059_999), true),
            (at(5_100, 1_060_000), true),
            (at(64_999, 1_000_000), false),
            (at(5_100, 999_999), true),
        ] {
            assert_eq!(is_too_late(departed, now), expected, "{now:?}");
        }
    }

    #[test]
    fn names_whose_registration_was_refused_after_a_lost_answer_may_be_registered() {
        let failure = refused(200, "iot.device.IncorrentDeviceApplyInfo");
        assert_eq!(decide(Kind::NameRegister, &failure, 2, 0), Decision::AskStatus);
    }

    #[test]
    fn reads_are_repeated_with_growing_waits_and_then_stop() {
        let read = |tries| decide(Kind::Read, &Failure::Unreachable, tries, 0);
        let waits: Vec<Decision> = (1..=8).map(read).collect();
        assert_eq!(waits[..3], [Decision::RetryAfter(250), Decision::RetryAfter(500), Decision::RetryAfter(1_000)]);
        assert_eq!(waits[7], Decision::Stop);
    }

    #[test]
    fn the_first_read_gives_up_after_a_second_try() {
        assert_eq!(decide(Kind::FirstRead, &Failure::Unreachable, 1, 0), Decision::RetryAfter(250));
        assert_eq!(decide(Kind::FirstRead, &Failure::Unreachable, 2, 0), Decision::Stop);
    }
}
