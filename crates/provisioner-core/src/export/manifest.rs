//! What stands beside a file. In: the facts of the run, and the file's bytes as they were written. Out: a JSON text:
//! counts, times, ApplyIds, RequestIds and the SHA-256 of each file, and no secret of any kind.
//!
//! It is written last, so that a folder with a manifest is a folder whose files are whole.

use core::fmt::Write as _;

use serde::{Deserialize, Serialize, Serializer};
use sha2::{Digest as _, Sha256};

use super::facts::{Facts, Happening};
use crate::model::report::{BatchReport, BatchState, Verdict};
use crate::time::WallTime;

/// The manifest of a run's files.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Manifest {
    /// What wrote it.
    pub tool: Tool,
    /// When it was written.
    #[serde(serialize_with = "moment")]
    pub written_at: WallTime,
    /// The run.
    pub run: RunRecord,
    /// RequestIds of the calls that registered something, in the order of their answers, as far as they are known: a
    /// run that was gone on with in another life of the page has only those since.
    pub request_ids: Vec<String>,
    /// The files, each whole.
    pub files: Vec<FileRecord>,
}

impl Manifest {
    /// The manifest of these files.
    #[must_use]
    pub fn new(facts: &Facts, files: Vec<FileRecord>) -> Self {
        let request_id = |happening: &Happening| match happening {
            Happening::Accepted(request_id) => Some(request_id.clone()),
            _ => None,
        };
        Self {
            tool: Tool::THIS,
            written_at: facts.told_at,
            run: RunRecord::new(facts),
            request_ids: facts.events.iter().filter_map(|(_, happening)| request_id(happening)).collect(),
            files,
        }
    }

    /// The file's text.
    #[must_use]
    pub fn to_json(&self) -> String {
        pretty(self)
    }
}

/// What wrote a file.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Tool {
    /// Its name.
    pub name: &'static str,
    /// Its version.
    pub version: &'static str,
}

impl Tool {
    /// This project, as it was built.
    pub const THIS: Self = Self { name: "iot-provisioner", version: env!("CARGO_PKG_VERSION") };
}

/// A run, as it ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct RunRecord {
    /// ProductKey.
    pub product_key: String,
    /// IotInstanceId, where the product has one.
    pub iot_instance_id: Option<String>,
    /// RegionId.
    pub region_id: String,
    /// The host that the calls were meant for.
    pub endpoint_host: String,
    /// When it was started.
    #[serde(serialize_with = "moment")]
    pub started_at: WallTime,
    /// When it ended; nothing while it has not.
    #[serde(serialize_with = "moment_if_any")]
    pub ended_at: Option<WallTime>,
    /// How it ended; nothing while it has not.
    pub verdict: Option<Verdict>,
    /// Devices asked for.
    pub requested: u32,
    /// Devices that the cloud says it made.
    pub created: u32,
    /// Distinct, whole rows in the table.
    pub downloaded: u32,
    /// Calls sent, polls and retries included.
    pub calls: u32,
    /// Every batch, in order.
    pub batches: Vec<BatchRecord>,
}

/// One batch of a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct BatchRecord {
    /// ApplyId; text, since it may exceed 2^53.
    pub apply_id: Option<String>,
    /// How it ended.
    pub state: BatchState,
    /// Devices asked for.
    pub requested: u32,
    /// Devices that the cloud says it made, once it has said so.
    pub created: Option<u32>,
    /// Distinct, whole rows in the table.
    pub downloaded: u32,
}

impl RunRecord {
    /// The run as the facts tell it.
    #[must_use]
    pub fn new(facts: &Facts) -> Self {
        let batch = |batch: &BatchReport| BatchRecord {
            apply_id: batch.apply_id.clone(),
            state: batch.state,
            requested: batch.devices,
            created: batch.created,
            downloaded: batch.downloaded,
        };
        let (place, report) = (facts.place.clone(), &facts.report);
        Self {
            product_key: place.product_key,
            iot_instance_id: place.iot_instance_id,
            region_id: place.region_id,
            endpoint_host: place.endpoint_host,
            started_at: facts.started_at,
            ended_at: facts.ended_at,
            verdict: report.verdict,
            requested: report.requested,
            created: report.created,
            downloaded: report.downloaded,
            calls: report.calls,
            batches: report.batches.iter().map(batch).collect(),
        }
    }
}

/// A file that was written whole. Only [`FileDigest::finish`] makes one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
#[non_exhaustive]
pub struct FileRecord {
    /// The file's name.
    pub name: String,
    /// Rows in it.
    pub rows: u32,
    /// Its length.
    pub bytes: u64,
    /// SHA-256 of its bytes, in hexadecimal digits.
    pub sha256: String,
    /// Whether it is encrypted; the hash is that of the encrypted bytes.
    pub encrypted: bool,
}

/// Counts and hashes a file's bytes while it is written.
#[derive(Clone, Default)]
pub struct FileDigest {
    bytes: u64,
    sha256: Sha256,
}

impl FileDigest {
    /// Takes a piece in.
    pub fn update(&mut self, piece: &[u8]) {
        self.bytes += piece.len() as u64;
        self.sha256.update(piece);
    }

    /// The file is whole and saved.
    #[must_use]
    pub fn finish(self, name: String, rows: u32, encrypted: bool) -> FileRecord {
        FileRecord { name, rows, bytes: self.bytes, sha256: hex(&self.sha256.finalize()), encrypted }
    }
}

/// `NAME_{what}` for a file with any extensions: `NAME_manifest.json` stands beside `NAME.csv` and `NAME.csv.age`.
#[must_use]
pub fn beside(file_name: &str, what: &str) -> String {
    let name = file_name.split('.').next().unwrap_or(file_name);
    [name, "_", what].concat()
}

pub(super) fn pretty(record: &impl Serialize) -> String {
    let mut text = serde_json::to_string_pretty(record).expect("texts and numbers can be written as JSON");
    text.push('\n');
    text
}

pub(super) fn moment<S: Serializer>(at: &WallTime, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&at.timestamp())
}

fn moment_if_any<S: Serializer>(at: &Option<WallTime>, serializer: S) -> Result<S::Ok, S::Error> {
    at.map(WallTime::timestamp).serialize(serializer)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::super::facts::tests::facts;
    use super::*;

    #[test]
    fn a_files_hash_is_that_of_its_bytes_however_they_came() {
        // FIPS 180-4, example for SHA-256 of `abc`.
        const ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        let mut digest = FileDigest::default();
        digest.update(b"a");
        digest.update(b"");
        digest.update(b"bc");
        let record = digest.finish("x.csv".into(), 1, false);
        assert_eq!((record.sha256.as_str(), record.bytes), (ABC, 3));
    }

    #[test]
    fn a_manifest_says_what_there_is_in_the_vendors_words() {
        let manifest = Manifest::new(&facts(), vec![FileDigest::default().finish("a.csv.age".into(), 10, true)]);
        let parsed: serde_json::Value = serde_json::from_str(&manifest.to_json()).unwrap();
        assert_eq!(
            parsed,
            serde_json::json!({
                "Tool": { "Name": "iot-provisioner", "Version": env!("CARGO_PKG_VERSION") },
                "WrittenAt": "2016-02-23T12:46:26Z",
                "Run": {
                    "ProductKey": "a1SimCloud1",
                    "IotInstanceId": null,
                    "RegionId": "cn-shanghai",
                    "EndpointHost": "iot.cn-shanghai.aliyuncs.com",
                    "StartedAt": "2016-02-23T12:46:24Z",
                    "EndedAt": "2016-02-23T12:46:25Z",
                    "Verdict": "Incomplete",
                    "Requested": 20,
                    "Created": 10,
                    "Downloaded": 10,
                    "Calls": 7,
                    "Batches": [
                        { "ApplyId": "9007199254740993", "State": "Complete", "Requested": 10, "Created": 10, "Downloaded": 10 },
                        { "ApplyId": null, "State": "Refused", "Requested": 10, "Created": null, "Downloaded": 0 },
                    ],
                },
                "RequestIds": ["R-1"],
                "Files": [{
                    "Name": "a.csv.age",
                    "Rows": 10,
                    "Bytes": 0,
                    "Sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                    "Encrypted": true,
                }],
            })
        );
    }

    #[test]
    fn the_manifest_of_a_run_that_goes_on_has_no_end() {
        let running = Facts { ended_at: None, ..facts() };
        let parsed: serde_json::Value = serde_json::from_str(&Manifest::new(&running, Vec::new()).to_json()).unwrap();
        assert_eq!(parsed["Run"]["EndedAt"], serde_json::Value::Null);
    }

    #[test]
    fn a_manifest_stands_beside_its_file_by_name() {
        for name in ["iot-devices_a1_5_20160223T124624Z.csv", "iot-devices_a1_5_20160223T124624Z.csv.age"] {
            assert_eq!(beside(name, "manifest.json"), "iot-devices_a1_5_20160223T124624Z_manifest.json");
        }
    }
}
