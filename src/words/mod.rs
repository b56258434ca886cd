//! What the engine tells, put into words. In: notices and failures. Out: the words in every language, so that another
//! language asks nobody.
//!
//! They are made in the engine and cross with what they are about: the page, which every first visit loads, carries the
//! words of its own panels only (`page/texts`).

mod digits;
pub(crate) mod en;
mod told;
pub(crate) mod zh;

use provisioner_core::export::FileFault;
use provisioner_core::plan::Target;
use serde::{Deserialize, Serialize};

pub use told::{Asks, Reference, Told, of_failure, of_finding, of_notice, of_refusal};

/// One error or warning, in three parts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
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

/// The words of each language, in the order of the page's languages: English, 简体中文.
pub type Spoken = [Words; 2];

/// Why there is no file: what happened and what to do, in the order of the page's languages.
pub type NoFile = [[String; 2]; 2];

/// Puts it into words.
pub fn of_file(fault: &FileFault) -> NoFile {
    [en::file::fault(fault), zh::file::fault(fault)]
}

/// The words for one failure.
struct Said {
    /// What happened.
    what: String,
    /// The other side's own words.
    quote: String,
    /// What to do.
    todo: String,
}

/// A way to a cloud.
#[derive(Clone, Copy)]
pub struct Way<'a> {
    /// The host that the browser calls: the proxy's, or the endpoint itself.
    pub place: &'a str,
    /// The page's own origin.
    pub origin: &'a str,
    /// Where it leads.
    pub target: &'a Target,
}

impl Way<'_> {
    /// Whether a proxy stands in between.
    fn is_proxied(&self) -> bool {
        self.place != self.target.host
    }
}
