//! The sentences of the page's own errors, and the frame of those of the engine, as every language has to provide them.

use crate::page::state::EngineFault;
use crate::words::Words;

/// Errors and warnings.
pub(in crate::page) struct NoticeTexts {
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
