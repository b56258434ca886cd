//! English: what trying a connection out has shown. In: what was found, on which way. Out: what it means and what to do.

use provisioner_core::model::action::Action;
use provisioner_core::model::connection::{Finding, Reached};

use super::super::{Way, Words};
use super::failure;

/// Puts it into words.
pub(in crate::words) fn found(finding: &Finding, direct: Option<bool>, way: &Way<'_>) -> Words {
    let Way { place, origin, target } = way;
    let host = &target.host;
    let (what, items, todo): (String, &[&str], String) = match finding {
        Finding::Reached(reached) => return said_of_reached(reached, direct, way),
        Finding::Failed(failure) => return failure::outside(failure, Action::QueryProductList, place),
        Finding::HostNotListed => (
            format!("The proxy {place} works, but {host} is not on its list."),
            &[],
            format!("Have whoever runs the proxy add a line for {host}, or choose another region."),
        ),
        Finding::OriginNotListed => (
            format!("The proxy {place} works, but this page's origin, {origin}, is not on its list."),
            &[],
            format!("Have whoever runs the proxy add {origin}: just so, without a slash at its end."),
        ),
        Finding::Redirected => (
            format!("{place} sends the browser on to another address, a login page for the most part."),
            &[],
            "Log in there in another tab and test again, or have the proxy's path left out of the login.".to_owned(),
        ),
        Finding::Unreadable if way.is_proxied() => (
            format!("{place} answers, but does not let this page read it (CORS). A page is not told why."),
            &[
                "The proxy's list of origins lacks this page's, which stands below.",
                "The address or its path is not the proxy's, but something else's.",
                "A firewall, a gateway or a login page answers in the proxy's place.",
            ],
            format!(
                "Look at these in turn; the network view of the browser's developer tools shows what a page may not \
                 see. This page's origin is {origin}."
            ),
        ),
        Finding::Unreadable => (
            format!("{host} answers, but does not let a browser's page read it (CORS)."),
            &[],
            "The direct way is closed: use a proxy.".to_owned(),
        ),
        Finding::PreflightRefused => (
            format!("{place} lets this page read its answers, but not to calls with the headers of Signature V3."),
            &[],
            if way.is_proxied() {
                "Choose Signature V1; or have the proxy answer OPTIONS, and pass on Authorization and the x-acs- headers."
            } else {
                "Choose Signature V1: it needs no headers."
            }
            .to_owned(),
        ),
        Finding::Forbidden => (
            format!("The policy of this site (Content-Security-Policy) forbids calls to {place}. None has left."),
            &[],
            format!(
                "Use the proxy that the policy allows, or have whoever hosts this page add {place} to the engine's \
                 connect-src."
            ),
        ),
        Finding::Unreachable => (
            format!("Nothing answers at {place}. A page is not told why."),
            &[
                "This computer is offline, or not in the network (VPN) from which it can be reached.",
                "The name or the port is wrong, or the server is not running.",
                "The browser does not trust its certificate: open it in another tab to see.",
                "A firewall or an extension of the browser stops the call.",
            ],
            "Look at these in turn.".to_owned(),
        ),
    };
    Words {
        what,
        quote: String::new(),
        items: items.iter().map(|&item| item.to_owned()).collect(),
        already: "Nothing was changed: this only asks.".to_owned(),
        todo,
    }
}

/// The cloud answered: that, what it says of the key, and whether the proxy is needed at all.
fn said_of_reached(reached: &Reached, direct: Option<bool>, way: &Way<'_>) -> Words {
    let Way { place, target, .. } = way;
    let host = &target.host;
    let what = if way.is_proxied() {
        format!("The cloud answers through {place}, and this page may read it.")
    } else {
        format!("{host} answers, and this page may read it: no proxy is needed.")
    };
    let todo = match reached {
        Reached::KeyWorks => "The AccessKey is in order.",
        Reached::KeyMayNotLook => "The AccessKey is in order. It may not list products, which a run does not need.",
        Reached::WithoutKey => "No key was tried: enter one and test again to try it too.",
        Reached::Refused(_) => "But it finds fault:",
    };
    let already = match direct {
        Some(true) => format!("It works without the proxy too: then only {host} reads the answers."),
        Some(false) => format!("The proxy is needed: without it, this browser gets no answer from {host}."),
        None => String::new(),
    };
    Words { what, already, todo: todo.to_owned(), ..Words::default() }
}
