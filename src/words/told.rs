//! What the engine tells, ready to be shown. In: a notice, or the failure of a question; the host that the browser calls.
//! Out: the words in every language, and the little that the page has to know besides.

use provisioner_core::model::action::Action;
use provisioner_core::model::connection::Finding;
use provisioner_core::model::report::{Failure, Notice, NoticeKind, Refusal};
use serde::{Deserialize, Serialize};

use super::{Spoken, Way, en, zh};

/// Something that the user should know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// The words.
    pub words: Spoken,
    /// Whether it is an error; otherwise it is a warning.
    pub is_error: bool,
    /// What it asks the user.
    pub asks: Asks,
    /// Number of the batch whose devices have certificates in place of secrets.
    pub certified: Option<u32>,
    /// What the vendor knows the refusal by, if it is one.
    pub reference: Option<Reference>,
}

/// What the run waits for, paused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Asks {
    /// Nothing: it goes on.
    Nothing,
    /// That the user lets it go on, or ends it.
    Answer,
    /// The same, or that what was found is taken.
    TakeOrAnswer,
    /// The same, with another key pair.
    Key,
}

/// What the vendor knows a refusal by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reference {
    /// The vendor's code.
    pub code: String,
    /// The RequestId; empty for none.
    pub request_id: String,
    /// The vendor's own page about it, `https`.
    pub recommend: Option<String>,
    /// Whether it is about the key pair itself.
    pub is_of_key: bool,
}

/// Puts a notice into words. `place` is the host that the browser calls: the proxy's, or the endpoint itself.
pub fn of_notice(notice: &Notice, place: &str) -> Told {
    let kind = &notice.kind;
    let reference = refusal_of(kind).map(reference);
    let asks = match kind {
        NoticeKind::Stopped(..) if reference.as_ref().is_some_and(|reference| reference.is_of_key) => Asks::Key,
        NoticeKind::BatchNotFound(_, found) if *found > 0 => Asks::TakeOrAnswer,
        NoticeKind::Stopped(..)
        | NoticeKind::BatchNotFound(..)
        | NoticeKind::ProductTooLarge(_)
        | NoticeKind::JournalFailed(_) => Asks::Answer,
        _ => Asks::Nothing,
    };
    Told {
        words: [en::notice::notice(notice, place), zh::notice::notice(notice, place)],
        is_error: is_error(kind),
        asks,
        certified: notice.batch.filter(|_| matches!(kind, NoticeKind::NoSecrets(_))),
        reference,
    }
}

/// Puts the failure of a question outside of a run into words, which changed nothing.
pub fn of_failure(failure: &Failure, action: Action, place: &str) -> Told {
    Told {
        words: [en::failure::outside(failure, action, place), zh::failure::outside(failure, action, place)],
        is_error: true,
        asks: Asks::Nothing,
        certified: None,
        reference: refusal_in(failure).map(reference),
    }
}

/// Puts a refusal of a question outside of a run into words.
pub fn of_refusal(refusal: &Refusal, action: Action) -> Told {
    // Where it came from stands in no refusal's words.
    of_failure(&Failure::Refused(Box::new(refusal.clone())), action, "")
}

/// Puts what trying a connection out has shown into words. `direct` is whether it works without the proxy, if that was tried.
pub fn of_finding(finding: &Finding, direct: Option<bool>, way: &Way<'_>) -> Told {
    Told {
        words: [en::connection::found(finding, direct, way), zh::connection::found(finding, direct, way)],
        is_error: !matches!(finding, Finding::Reached(_)),
        asks: Asks::Nothing,
        certified: None,
        reference: None,
    }
}

fn reference(refusal: &Refusal) -> Reference {
    Reference {
        code: refusal.code.clone(),
        request_id: refusal.request_id.clone(),
        recommend: refusal.recommend.clone(),
        is_of_key: refuses_key(refusal),
    }
}

fn is_error(kind: &NoticeKind) -> bool {
    match kind {
        NoticeKind::CheckFailed(_)
        | NoticeKind::BatchRefused { .. }
        | NoticeKind::BatchUnknown(_)
        | NoticeKind::BatchEmpty(_)
        | NoticeKind::BatchUnclear { .. }
        | NoticeKind::Stopped { .. }
        | NoticeKind::ArchiveUnknown(_)
        | NoticeKind::BatchNotFound { .. }
        | NoticeKind::ProductTooLarge(_)
        | NoticeKind::ProductFull(..)
        | NoticeKind::ProductSurplus(_)
        | NoticeKind::JournalFailed(_)
        | NoticeKind::BatchFailed { .. }
        | NoticeKind::BatchStuck { .. } => true,
        NoticeKind::BatchRebuilt(_)
        | NoticeKind::Offline
        | NoticeKind::NamesAbsent { .. }
        | NoticeKind::NoSecrets(_)
        | NoticeKind::CountDiffers { .. }
        | NoticeKind::RowsUnusable { .. }
        | NoticeKind::RowsMissing { .. }
        | NoticeKind::RowsConflict { .. }
        | NoticeKind::RowsBeyondTotal { .. } => false,
    }
}

/// The vendor's refusal that a notice is about, if it is about one.
fn refusal_of(kind: &NoticeKind) -> Option<&Refusal> {
    match kind {
        NoticeKind::CheckFailed(failure)
        | NoticeKind::BatchRefused(failure)
        | NoticeKind::BatchUnknown(failure)
        | NoticeKind::BatchUnclear(failure)
        | NoticeKind::ArchiveUnknown(failure)
        | NoticeKind::Stopped(_, failure) => refusal_in(failure),
        NoticeKind::BatchFailed { .. }
        | NoticeKind::BatchEmpty(_)
        | NoticeKind::BatchRebuilt(_)
        | NoticeKind::BatchNotFound(..)
        | NoticeKind::ProductTooLarge(_)
        | NoticeKind::ProductSurplus(_)
        | NoticeKind::NamesAbsent(..)
        | NoticeKind::Offline
        | NoticeKind::ProductFull(..)
        | NoticeKind::JournalFailed(_)
        | NoticeKind::CountDiffers { .. }
        | NoticeKind::RowsUnusable { .. }
        | NoticeKind::NoSecrets(_)
        | NoticeKind::RowsMissing { .. }
        | NoticeKind::RowsConflict { .. }
        | NoticeKind::RowsBeyondTotal { .. }
        | NoticeKind::BatchStuck { .. } => None,
    }
}

/// The vendor's refusal, if a failure is one.
fn refusal_in(failure: &Failure) -> Option<&Refusal> {
    match failure {
        Failure::Refused(refusal) => Some(refusal),
        Failure::Foreign { .. } | Failure::Broken { .. } | Failure::Unreachable | Failure::TimedOut { .. } => None,
    }
}

/// Whether a refusal is about the key pair itself.
fn refuses_key(refusal: &Refusal) -> bool {
    ["SignatureDoesNotMatch", "InvalidAccessKeyId", "InvalidSecurityToken"]
        .iter()
        .any(|code| refusal.code.starts_with(code))
}
