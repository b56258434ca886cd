//! The sentences of errors and warnings, as every language has to provide them.

use provisioner_core::model::report::Notice;

use crate::page::state::EngineFault;

/// Errors and warnings.
pub(in crate::page) struct NoticeTexts {
    /// A notice of the engine. `place` is the host that the browser calls: the proxy's, or the endpoint itself.
    pub notice: fn(&Notice, place: &str) -> Words,
    /// The engine itself is in trouble; with the browser's own words, where it gave any.
    pub engine: fn(EngineFault, detail: &str) -> Words,
    /// A credential stood in the page's address.
    pub address: fn() -> Words,
    /// Heading: what is already true.
    pub already: &'static str,
    /// Heading: what to do.
    pub todo: &'static str,
    /// Name of the code.
    pub code: &'static str,
    /// Name of the RequestId.
    pub request_id: &'static str,
    /// What code and RequestId together are called.
    pub reference: &'static str,
    /// Link to the vendor's own page about the code.
    pub recommend: &'static str,
    /// Read out before an error.
    pub error: &'static str,
    /// Read out before a warning.
    pub warning: &'static str,
    /// More notices than are shown at once.
    pub more: fn(u32) -> String,
}

/// One error or warning, in three parts.
pub(in crate::page) struct Words {
    /// What happened.
    pub what: String,
    /// The vendor's or the browser's own words; empty for none.
    pub quote: String,
    /// Single things that failed, each with its reason.
    pub items: Vec<String>,
    /// What is already true on the server.
    pub already: String,
    /// What to do.
    pub todo: String,
}

/// The words for one failure.
pub(in crate::page) struct Said {
    /// What happened.
    pub what: String,
    /// The other side's own words.
    pub quote: String,
    /// What to do.
    pub todo: String,
}
