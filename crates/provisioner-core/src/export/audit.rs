//! The audit record of a run. In: the facts. Out: a JSON text or a document to be printed, both without secrets, for who
//! has to answer for the devices later.

use serde::Serialize;

use super::audit_page::page;
use super::facts::{Facts, Happening};
use super::manifest::{FileRecord, RunRecord, Tool, moment, pretty};
use crate::model::report::{Failure, Notice, NoticeKind, Refusal};
use crate::secret::MaskedId;
use crate::time::WallTime;

/// Who did what, and what came of it.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct AuditRecord {
    /// What wrote it.
    pub tool: Tool,
    /// When it was written.
    #[serde(serialize_with = "moment")]
    pub written_at: WallTime,
    /// The AccessKey ID that signed, as [`MaskedId`] shows it.
    pub access_key_id: MaskedId,
    /// Whether that was a temporary credential.
    pub temporary: bool,
    /// The run.
    pub run: RunRecord,
    /// What happened, in order.
    pub events: Vec<AuditEvent>,
    /// Files that were saved.
    pub files: Vec<FileRecord>,
}

impl AuditRecord {
    /// The record of these facts.
    #[must_use]
    pub fn new(facts: &Facts) -> Self {
        Self {
            tool: Tool::THIS,
            written_at: facts.told_at,
            access_key_id: facts.access_key_id.clone(),
            temporary: facts.temporary,
            run: RunRecord::new(facts),
            events: facts.events.iter().map(|(at, happening)| AuditEvent::new(*at, happening)).collect(),
            files: facts.files.clone(),
        }
    }

    /// The file's text.
    #[must_use]
    pub fn to_json(&self) -> String {
        pretty(self)
    }

    /// The same as an HTML document without script, to be read or printed.
    #[must_use]
    pub fn to_page(&self) -> String {
        page(self)
    }
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct AuditEvent {
    /// When.
    #[serde(serialize_with = "moment")]
    pub at: WallTime,
    /// What, in one word.
    pub what: &'static str,
    /// Number of the batch that it happened to, from 1; none where it is the whole run.
    pub batch: Option<u32>,
    /// The vendor's code, where it was a refusal.
    pub code: Option<String>,
    /// The vendor's id of the call, where it was one.
    pub request_id: Option<String>,
}

impl AuditEvent {
    fn new(at: WallTime, happening: &Happening) -> Self {
        let plain = |what| Self { at, what, batch: None, code: None, request_id: None };
        match happening {
            Happening::Started => plain("Started"),
            Happening::TakenUp => plain("TakenUp"),
            Happening::Paused => plain("Paused"),
            Happening::Resumed => plain("Resumed"),
            Happening::FoundTaken => plain("FoundTaken"),
            Happening::Cancelled => plain("Cancelled"),
            Happening::Ended => plain("Ended"),
            Happening::Accepted(request_id) => Self { request_id: Some(request_id.clone()), ..plain("Accepted") },
            Happening::Told(notice) => {
                let refusal = refusal(notice);
                let of = |read: fn(&Refusal) -> &String| refusal.map(read).filter(|text| !text.is_empty()).cloned();
                Self {
                    batch: notice.batch,
                    code: of(|refusal| &refusal.code),
                    request_id: of(|refusal| &refusal.request_id),
                    ..plain(name(&notice.kind))
                }
            }
        }
    }
}

fn name(kind: &NoticeKind) -> &'static str {
    match kind {
        NoticeKind::CheckFailed(_) => "CheckFailed",
        NoticeKind::BatchRefused(_) => "BatchRefused",
        NoticeKind::BatchUnknown(_) => "BatchUnknown",
        NoticeKind::BatchEmpty(_) => "BatchEmpty",
        NoticeKind::BatchUnclear(_) => "BatchUnclear",
        NoticeKind::BatchRebuilt(_) => "BatchRebuilt",
        NoticeKind::BatchNotFound(..) => "BatchNotFound",
        NoticeKind::ProductTooLarge(_) => "ProductTooLarge",
        NoticeKind::ProductSurplus(_) => "ProductSurplus",
        NoticeKind::NamesAbsent(..) => "NamesAbsent",
        NoticeKind::Offline => "Offline",
        NoticeKind::ProductFull(..) => "ProductFull",
        NoticeKind::JournalFailed(_) => "JournalFailed",
        NoticeKind::Stopped(..) => "Stopped",
        NoticeKind::BatchFailed(..) => "BatchFailed",
        NoticeKind::CountDiffers(..) => "CountDiffers",
        NoticeKind::RowsUnusable(..) => "RowsUnusable",
        NoticeKind::NoSecrets(_) => "NoSecrets",
        NoticeKind::ArchiveUnknown(_) => "ArchiveUnknown",
        NoticeKind::RowsMissing(_) => "RowsMissing",
        NoticeKind::RowsConflict(..) => "RowsConflict",
        NoticeKind::RowsBeyondTotal(_) => "RowsBeyondTotal",
        NoticeKind::BatchStuck(..) => "BatchStuck",
    }
}

fn refusal(notice: &Notice) -> Option<&Refusal> {
    match &notice.kind {
        NoticeKind::CheckFailed(failure)
        | NoticeKind::BatchRefused(failure)
        | NoticeKind::BatchUnknown(failure)
        | NoticeKind::BatchUnclear(failure)
        | NoticeKind::ArchiveUnknown(failure)
        | NoticeKind::Stopped(_, failure) => match failure {
            Failure::Refused(refusal) => Some(refusal),
            _ => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::facts::tests::facts;
    use super::*;

    #[test]
    fn an_audit_record_names_what_happened_with_codes_and_request_ids() {
        let parsed: serde_json::Value = serde_json::from_str(&AuditRecord::new(&facts()).to_json()).unwrap();
        assert_eq!((&parsed["AccessKeyId"], &parsed["Temporary"]), (&"LTAI****1234".into(), &true.into()));
        assert_eq!(parsed["Run"]["Batches"][0]["ApplyId"], "9007199254740993");
        let event = |at: &str, what: &str, batch: Option<u32>, code: Option<&str>, request_id: Option<&str>| serde_json::json!({ "At": at, "What": what, "Batch": batch, "Code": code, "RequestId": request_id });
        assert_eq!(
            parsed["Events"],
            serde_json::json!([
                event("2016-02-23T12:46:24Z", "Started", None, None, None),
                event("2016-02-23T12:46:24Z", "Accepted", None, None, Some("R-1")),
                event("2016-02-23T12:46:25Z", "BatchRefused", Some(2), Some("iot.system.SystemException"), Some("R-2")),
                event("2016-02-23T12:46:25Z", "Ended", None, None, None),
            ])
        );
    }
}
