//! What trying a connection out has shown: plain data, no secret of any kind.

use super::report::{Failure, Refusal};

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// The cloud answered, and the page may read it.
    Reached(Reached),
    /// The proxy is one of `deploy/`, and the endpoint's host is not on its list.
    HostNotListed,
    /// The same, and this page's origin is not on its list.
    OriginNotListed,
    /// What answers there sends the browser on to another address: a login page, for the most part.
    Redirected,
    /// Something answers there, and does not let this page read it (CORS).
    Unreadable,
    /// The page may read answers there, but not to calls with headers of their own, as Signature V3 has them.
    PreflightRefused,
    /// The policy that this site was sent with forbids the call: nothing has left the browser.
    Forbidden,
    /// Nothing answers there.
    Unreachable,
    /// Something else than the cloud's answer came.
    Failed(Failure),
}

/// What the cloud's answer says of the key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reached {
    /// It is in order.
    KeyWorks,
    /// It is in order, and may not list products; a run does not need that.
    KeyMayNotLook,
    /// There was none: the cloud was asked in the name of nobody.
    WithoutKey,
    /// The cloud finds fault with the key, the clock or something else.
    Refused(Box<Refusal>),
}
