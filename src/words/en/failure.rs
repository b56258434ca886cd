//! English: what came instead of an answer. In: a failure and its action. Out: what happened and what to do.

use provisioner_core::model::action::Action;
use provisioner_core::model::error_code;
use provisioner_core::model::report::{Failure, Refusal};

use super::super::{Said, Words};
use super::duration;
use super::vendor::advice;

/// Puts the failure of a question outside of a run into words.
pub(in crate::words) fn outside(failure: &Failure, action: Action, place: &str) -> Words {
    let Said { what, quote, todo } = said(failure, action, place);
    Words { what, quote, items: Vec::new(), already: "Nothing was changed: this only asks.".to_owned(), todo }
}

/// Puts a failure into words.
pub(super) fn said(failure: &Failure, action: Action, place: &str) -> Said {
    match failure {
        Failure::Refused(refusal) => refused(refusal, action),
        Failure::Foreign { status, excerpt } => Said {
            what: format!(
                "Something between this page and Alibaba Cloud answered, not Alibaba Cloud (HTTP status {status})."
            ),
            quote: excerpt.clone(),
            todo: match status {
                // A web server that has nothing there, or only files.
                404 | 405 | 501 => "Check the proxy address and the endpoint host: this place does not forward to the cloud.",
                401 | 403 | 407 => {
                    "Check that the proxy allows this endpoint host, and that no firewall or login page stands in between."
                }
                502..=504 => "The proxy could not reach the endpoint. Check that host with whoever runs the proxy.",
                _ => "Check the proxy address, and whether a firewall or login page stands in between.",
            }
            .to_owned(),
        },
        Failure::Broken { detail } => Said {
            what: "The answer was cut off, or lacks what it must hold.".to_owned(),
            quote: detail.clone(),
            todo: "The connection or the proxy dropped part of it: check both.".to_owned(),
        },
        Failure::Unreachable => Said {
            what: [place, " could not be reached, or the browser may not read its answer."].concat(),
            quote: String::new(),
            todo: "Check that this computer is online, that the proxy is running at the address given, and that it allows \
                   this page's origin. With a direct connection the browser itself may block the call (CORS): use a \
                   proxy then. Test the connection, in the form, tells these apart."
                .to_owned(),
        },
        Failure::TimedOut { after_ms } => Said {
            what: [place, " gave no answer within ", &duration(*after_ms), "."].concat(),
            quote: String::new(),
            todo: "The network or the proxy is slow or stuck: check both.".to_owned(),
        },
    }
}

fn refused(refusal: &Refusal, action: Action) -> Said {
    let name = action.name();
    let right = refusal.denied.clone().unwrap_or_else(|| ["iot:", name].concat());
    let (what, todo) = match error_code::meaning(&refusal.code) {
        Some(meaning) => {
            let (what, todo) = advice(meaning, &right, refusal.signed.as_ref());
            (what.to_owned(), todo)
        }
        None => (
            format!("The cloud refused {name} with the code {}.", refusal.code),
            "The vendor's own words stand above. Its support can look the call up by the RequestId.".to_owned(),
        ),
    };
    Said { what, quote: refusal.message.clone(), todo }
}
