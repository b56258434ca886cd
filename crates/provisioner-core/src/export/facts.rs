//! What is known of a run, for the papers beside its files. In: the driver's notes and the run's report. Out: plain data
//! that crosses to whoever writes a manifest or an audit record; no secret of any kind.

use serde::{Deserialize, Serialize};

use super::manifest::FileRecord;
use crate::model::report::{Notice, RunReport};
use crate::secret::MaskedId;
use crate::time::WallTime;

/// Where a run's devices are.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Place {
    /// ProductKey.
    pub product_key: String,
    /// IotInstanceId, where the product has one.
    pub iot_instance_id: Option<String>,
    /// RegionId.
    pub region_id: String,
    /// The host that the calls were meant for.
    pub endpoint_host: String,
}

/// Everything that is told of a run.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Facts {
    /// Where its devices are.
    pub place: Place,
    /// The AccessKey ID that signed.
    pub access_key_id: MaskedId,
    /// Whether that was a temporary credential.
    pub temporary: bool,
    /// When it was begun.
    pub started_at: WallTime,
    /// When it ended; nothing while it goes on.
    pub ended_at: Option<WallTime>,
    /// The run as it stands.
    pub report: RunReport,
    /// What happened, in order, and when.
    pub events: Vec<(WallTime, Happening)>,
    /// Files that were saved before.
    pub files: Vec<FileRecord>,
    /// When all this was told.
    pub told_at: WallTime,
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Happening {
    /// The user began the run.
    Started,
    /// The user went on with a run of an earlier life of the page; what happened in that one is not known any more.
    TakenUp,
    /// The user paused it.
    Paused,
    /// The user let it go on.
    Resumed,
    /// The user took the rows that were found for an unclear batch.
    FoundTaken,
    /// The user ended it.
    Cancelled,
    /// The cloud accepted a call that registers devices, or the names for them. Holds the RequestId.
    Accepted(String),
    /// The user was told of something.
    Told(Notice),
    /// The run came to its end.
    Ended,
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::model::report::{BatchReport, BatchState, Failure, NoticeKind, Phase, Refusal, Verdict};

    /// A run of two batches, of which the second was refused.
    pub(in super::super) fn facts() -> Facts {
        let batch = |number, state, apply_id: Option<&str>, created| BatchReport {
            number,
            devices: 10,
            apply_id: apply_id.map(str::to_owned),
            state,
            created,
            downloaded: created.unwrap_or(0),
        };
        let report = RunReport {
            phase: Phase::Done,
            verdict: Some(Verdict::Incomplete),
            is_existing: false,
            requested: 20,
            created: 10,
            downloaded: 10,
            accepted: 10,
            unclear: 0,
            is_offline: false,
            rate: None,
            failed: 0,
            to_try: 0,
            elapsed_ms: 1,
            left_ms: None,
            calls: 7,
            throttled: 0,
            retried: 0,
            batches: vec![
                batch(1, BatchState::Complete, Some("9007199254740993"), Some(10)),
                batch(2, BatchState::Refused, None, None),
            ],
        };
        let refusal = Refusal {
            code: "iot.system.SystemException".into(),
            message: "<系统异常>".into(),
            request_id: "R-2".into(),
            ..Refusal::default()
        };
        let kind = NoticeKind::BatchRefused(Failure::Refused(Box::new(refusal)));
        let refused = Notice { kind, batch: Some(2), accepted: 10, unclear: 0, downloaded: 0 };
        let at = |second: u64| WallTime(1_456_231_584_000 + second * 1_000);
        Facts {
            place: Place {
                product_key: "a1SimCloud1".into(),
                iot_instance_id: None,
                region_id: "cn-shanghai".into(),
                endpoint_host: "iot.cn-shanghai.aliyuncs.com".into(),
            },
            access_key_id: MaskedId::new("LTAI5tABCDEFGHIJKLMN1234"),
            temporary: true,
            started_at: at(0),
            ended_at: Some(at(1)),
            report,
            events: vec![
                (at(0), Happening::Started),
                (at(0), Happening::Accepted("R-1".into())),
                (at(1), Happening::Told(refused)),
                (at(1), Happening::Ended),
            ],
            files: Vec::new(),
            told_at: at(2),
        }
    }

    #[test]
    fn facts_arrive_as_they_left() {
        let facts = facts();
        let bytes = postcard::to_allocvec(&facts).unwrap();
        assert_eq!(format!("{:?}", postcard::from_bytes::<Facts>(&bytes).unwrap()), format!("{facts:?}"));
    }
}
