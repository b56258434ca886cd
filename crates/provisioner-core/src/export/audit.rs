//! The audit record of a run. In: the run, the files, what happened. Out: a JSON text without secrets, for who has to
//! answer for the devices later.

use serde::Serialize;

use super::manifest::{FileRecord, RunRecord, Tool, beside, moment, pretty};
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
    /// The file's text.
    #[must_use]
    pub fn to_json(&self) -> String {
        pretty(self)
    }
}

/// One thing that happened.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct AuditEvent {
    /// When.
    #[serde(serialize_with = "moment")]
    pub at: WallTime,
    /// What: the action's name, or what the user did.
    pub what: String,
    /// The vendor's code, where it was a refusal.
    pub code: Option<String>,
    /// The vendor's id of the call, where it was one.
    pub request_id: Option<String>,
}

/// An AccessKey ID of which enough is shown to tell it from the account's others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MaskedId(String);

impl MaskedId {
    /// The first and the last four characters of an id of sixteen or more (the vendor's have 16 to 30), else none.
    #[must_use]
    pub fn new(id: &str) -> Self {
        const SHOWN: usize = 4;
        const LENGTH_MIN: usize = 16;
        if id.len() < LENGTH_MIN || !id.is_ascii() {
            return Self("****".into());
        }
        Self([&id[..SHOWN], "****", &id[id.len() - SHOWN..]].concat())
    }
}

/// `NAME_audit.json` for a file.
#[must_use]
pub fn audit_name(file_name: &str) -> String {
    beside(file_name, "audit")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_an_access_key_id_only_both_ends_are_shown() {
        for (id, shown) in
            [("LTAI5tABCDEFGHIJKLMN1234", "LTAI****1234"), ("testid", "****"), ("灯灯灯灯灯灯灯", "****")]
        {
            assert_eq!(MaskedId::new(id), MaskedId(shown.into()));
        }
    }

    #[test]
    fn an_audit_record_names_calls_by_their_request_ids() {
        let record = AuditRecord {
            tool: Tool::THIS,
            written_at: WallTime(1_456_231_586_000),
            access_key_id: MaskedId::new("LTAI5tABCDEFGHIJKLMN1234"),
            temporary: true,
            run: super::super::manifest::tests::run(),
            events: vec![AuditEvent {
                at: WallTime(1_456_231_584_000),
                what: "BatchRegisterDevice".into(),
                code: Some("iot.system.SystemException".into()),
                request_id: Some("R-1".into()),
            }],
            files: Vec::new(),
        };
        let parsed: serde_json::Value = serde_json::from_str(&record.to_json()).unwrap();
        assert_eq!(parsed["AccessKeyId"], "LTAI****1234");
        assert_eq!(parsed["Run"]["Batches"][0]["ApplyId"], "9007199254740993");
        assert_eq!(
            parsed["Events"],
            serde_json::json!([{
                "At": "2016-02-23T12:46:24Z",
                "What": "BatchRegisterDevice",
                "Code": "iot.system.SystemException",
                "RequestId": "R-1",
            }])
        );
        assert_eq!(audit_name("iot-devices_a1_5_x.csv.age"), "iot-devices_a1_5_x_audit.json");
    }
}
