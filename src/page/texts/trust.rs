//! The sentences about where calls go and who can read the answers, as every language has to provide them.

use provisioner_core::plan::Connection;

/// Where calls go.
pub(in crate::page) struct TrustTexts {
    /// Heading.
    pub heading: &'static str,
    /// The first station: this tab.
    pub tab: &'static str,
    /// What it does.
    pub tab_role: &'static str,
    /// What a proxy can do.
    pub proxy_role: &'static str,
    /// What the cloud does.
    pub cloud_role: &'static str,
    /// The proxy is on another host than this page.
    pub foreign: fn(host: &str) -> String,
    /// The proxy is on this computer, which is called without TLS.
    pub loopback: &'static str,
    /// Button that tries the connection out.
    pub test: &'static str,
    /// What that sends.
    pub test_hint: fn(Connection) -> &'static str,
    /// While it is tried out.
    pub testing: &'static str,
    /// Button that chooses the direct way.
    pub use_direct: &'static str,
}
