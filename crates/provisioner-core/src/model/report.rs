//! What a run tells the page: plain data, made to be sent; no prose, no secret of any kind.

use serde::{Deserialize, Serialize};

use super::action::Action;

/// The earliest unfinished stage of any batch; the words of the contract's `data-phase`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Phase {
    /// Register calls are being sent.
    #[default]
    Submitting,
    /// The cloud is making the devices.
    Registering,
    /// Credentials are being read page by page.
    Fetching,
    /// Counts and rows are being compared.
    Checking,
    /// Nothing is sent until the user says so.
    Paused,
    /// The run has ended; the verdict says how.
    Done,
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Verdict {
    /// Requested = created = downloaded, with distinct names and no secret missing: proven. What is requested of a batch
    /// that existed before is what the cloud says it has.
    Complete,
    /// Something is missing or unknown; the notices say what.
    Incomplete,
    /// Nothing was registered; of batches that existed before, nothing was read.
    Failed,
    /// The user ended the run; what the cloud has stays there.
    Cancelled,
}

/// Where one batch stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum BatchState {
    /// Not sent yet.
    Waiting,
    /// The register call is on its way.
    Submitting,
    /// Accepted; the cloud is making its devices.
    Registering,
    /// Made; its rows are being read.
    Fetching,
    /// Every device that was asked for was made and read.
    Complete,
    /// Made in part, or not every row could be read.
    Incomplete,
    /// The cloud refused it: no device was made for it.
    Refused,
    /// The register call had no clear answer: its devices may or may not exist.
    Unclear,
    /// Never sent, since the check or an earlier batch failed: no device was made for it.
    NotSent,
    /// The user cancelled before it was finished.
    Cancelled,
}

/// One batch as the page shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BatchReport {
    /// 1 for the first batch.
    pub number: u32,
    /// Devices asked for; of a batch that existed before the run, `Total`, and 0 until the cloud has said so.
    pub devices: u32,
    /// The cloud's id of the batch; text, since it may exceed 2^53.
    pub apply_id: Option<String>,
    /// Where it stands.
    pub state: BatchState,
    /// Devices the cloud says exist (`Total`), once it has said so.
    pub created: Option<u32>,
    /// Distinct, whole rows in the table.
    pub downloaded: u32,
}

/// How fast the calls leave that come closest to their quota.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rate {
    /// The action.
    pub action: Action,
    /// Calls that left in the last second.
    pub per_second: u32,
    /// The vendor's quota, per second and account.
    pub quota: u32,
}

/// A whole run as the page shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunReport {
    /// The earliest unfinished stage.
    pub phase: Phase,
    /// Set once the run has ended.
    pub verdict: Option<Verdict>,
    /// Whether its batches existed before it: nothing is registered, their credentials are read again.
    pub is_existing: bool,
    /// Devices asked for, in all batches.
    pub requested: u32,
    /// Sum of the `Total`s that the cloud reported for finished batches.
    pub created: u32,
    /// Distinct, whole rows in the table.
    pub downloaded: u32,
    /// Devices in batches that the cloud has accepted (an ApplyId is known).
    pub accepted: u32,
    /// Devices in batches whose register call had no clear answer.
    pub unclear: u32,
    /// Whether nothing is sent because the browser has no connection; the run goes on by itself.
    pub is_offline: bool,
    /// Milliseconds since the run was started.
    pub elapsed_ms: u64,
    /// Milliseconds that are left by the measured pace; none before three samples.
    pub left_ms: Option<u64>,
    /// Calls sent so far, polls and retries included.
    pub calls: u32,
    /// Calls that were refused for going over a quota.
    pub throttled: u32,
    /// Calls that were sent again after a failure.
    pub retried: u32,
    /// How fast calls left in the last second; none where none left.
    pub rate: Option<Rate>,
    /// After the end: devices that are not in the table, as far as they have names.
    pub failed: u32,
    /// After the end: devices that a new run would register without making any twice.
    pub to_try: u32,
    /// Every batch, in order.
    pub batches: Vec<BatchReport>,
}

impl BatchReport {
    /// Devices asked for, once that is known.
    #[must_use]
    pub fn devices_known(&self) -> Option<u32> {
        (self.devices > 0 || self.created.is_some()).then_some(self.devices)
    }
}

impl RunReport {
    /// Devices asked for, once that is known of every batch.
    #[must_use]
    pub fn requested_known(&self) -> Option<u32> {
        self.batches.iter().all(|batch| batch.devices_known().is_some()).then_some(self.requested)
    }
}

/// What the vendor, or something in between, answered instead of a result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Failure {
    /// The cloud refused the call, in the vendor's own form.
    Refused(Box<Refusal>),
    /// HTML, an empty body or the like: the answer is not the vendor's. Holds the HTTP status and the first words.
    Foreign {
        /// HTTP status of the answer.
        status: u16,
        /// The answer's first words, at most 120 characters, without line breaks.
        excerpt: String,
    },
    /// The vendor's form, but cut off or lacking what it must hold.
    Broken {
        /// What is missing or where it ends, in the parser's terms.
        detail: String,
    },
    /// No connection, or none that the browser lets a page read.
    Unreachable,
    /// No answer within the time limit.
    TimedOut {
        /// Milliseconds waited.
        after_ms: u64,
    },
}

/// A refusal in the vendor's own words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// HTTP status: 200 for a business error, 4xx or 5xx from the gateway.
    pub status: u16,
    /// The vendor's code, for instance `iot.prod.NotExistedProduct`.
    pub code: String,
    /// The vendor's sentence, often Chinese.
    pub message: String,
    /// The vendor's id of this call; what its support asks for.
    pub request_id: String,
    /// The page of the vendor's Error Center that the gateway recommends: `https`, on a host of the vendor's.
    pub recommend: Option<String>,
    /// The right that is missing (`iot:…`), where RAM names it.
    pub denied: Option<String>,
    /// On `SignatureDoesNotMatch`: how what the server signed compares with what we signed.
    pub signed: Option<SignedText>,
    /// Names that a name check found fault with at once.
    pub rejected: Vec<RejectedName>,
}

/// How the text that the server signed compares with ours. Never holds an STS token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SignedText {
    /// It is the same: so the secret is not.
    Same,
    /// It differs: something on the way changed the request. The first place where they part.
    Differs {
        /// The part of the request.
        part: SignedPart,
        /// What we sent there, its beginning; empty where there was nothing.
        ours: String,
        /// What arrived there, its beginning.
        theirs: String,
    },
}

/// A part of a signed request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SignedPart {
    /// The HTTP method or the path.
    Method,
    /// The parameter of this name.
    Parameter(String),
    /// V3 tells only that host, path, headers or body differ.
    Request,
}

/// A name that cannot be registered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RejectedName {
    /// DeviceName, or the nickname where that is at fault and the name is not told.
    pub name: String,
    /// What is wrong with it.
    pub reason: Rejection,
}

/// Why a device that was asked for is not in the table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Rejection {
    /// The DeviceName breaks the rules.
    Name,
    /// The nickname breaks the rules.
    Nickname,
    /// The DeviceName stands in the list twice.
    Repeated,
    /// Its batch was not registered, for a reason that is not its own.
    NotRegistered,
    /// Its batch was made without it.
    Absent,
    /// It may exist: its row was not read.
    Unread,
    /// It exists, and came without DeviceSecret or IotId.
    Unusable,
    /// The vendor's own words.
    Said(String),
}

impl Rejection {
    /// Every reason but the vendor's own words.
    pub const PLAIN: [Self; 7] =
        [Self::Name, Self::Nickname, Self::Repeated, Self::NotRegistered, Self::Absent, Self::Unread, Self::Unusable];

    /// A word for it, where the vendor has none.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Name => "InvalidDeviceName",
            Self::Nickname => "InvalidDeviceNickname",
            Self::Repeated => "RepeatedDeviceName",
            Self::NotRegistered => "NotRegistered",
            Self::Absent => "Absent",
            Self::Unread => "NotRead",
            Self::Unusable => "NoDeviceSecret",
            Self::Said(_) => "",
        }
    }
}

/// Something the user should know. The page turns it into what happened, what is already true, what to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// What happened.
    pub kind: NoticeKind,
    /// Number of the batch that it happened to, from 1; none where it is the whole run.
    pub batch: Option<u32>,
    /// Devices in accepted batches at that moment.
    pub accepted: u32,
    /// Devices in batches without a clear answer at that moment.
    pub unclear: u32,
    /// Rows in the table at that moment.
    pub downloaded: u32,
}

/// What happened. Fields without names: each named one costs the page code to read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NoticeKind {
    /// The check before the first register call failed: nothing was sent that could register a device.
    CheckFailed(Failure),
    /// The cloud refused to register the batch.
    BatchRefused(Failure),
    /// The cloud does not know a batch that was to be read again.
    BatchUnknown(Failure),
    /// A batch that was to be read again has no devices. Holds its status.
    BatchEmpty(String),
    /// The register call had no clear answer: its devices may exist. They are looked for in the product, and nothing is
    /// sent that could make them twice.
    BatchUnclear(Failure),
    /// The devices of an unclear batch were found: so many as were asked for. They have no ApplyId.
    BatchRebuilt(u32),
    /// A question: the devices asked for, and those that were found without a known owner. The run is paused.
    BatchNotFound(u32, u32),
    /// A question: the product holds so many devices that it cannot be looked through. The run is paused.
    ProductTooLarge(u32),
    /// The product has so many devices more than this run made: a call was carried out twice, or somebody else
    /// registers too.
    ProductSurplus(u32),
    /// So many of the names that were asked for are not among the rows; the first of them.
    NamesAbsent(u32, String),
    /// The browser has lost its connection. Nothing new is sent until it is back.
    Offline,
    /// Nothing was registered: so many devices are in the product, and with those asked for they would be more than the
    /// second number, which the vendor's limits allow.
    ProductFull(u64, u64),
    /// The journal cannot be written; the run is paused, and nothing was sent without its entry. The browser's words.
    JournalFailed(String),
    /// A call cannot go on until something is put right; the run is paused. Holds the action and what came of it.
    Stopped(Action, Failure),
    /// The cloud finished the batch with failures. Holds `CREATE_FAILED` or `CHECK_FAILED`, and the names that failed,
    /// the first 20 at most, each with the vendor's reason where it gave one.
    BatchFailed(String, Vec<(String, String)>),
    /// The cloud says that it made fewer or more devices than were asked for. Holds those asked for and `Total`.
    CountDiffers(u32, u32),
    /// So many rows arrived without a DeviceSecret, DeviceName or IotId; they are not in the table. The first such
    /// DeviceName, where it has one.
    RowsUnusable(u32, String),
    /// None of the batch's devices, so many as these, has a DeviceSecret: those of X.509 products have none.
    NoSecrets(u32),
    /// The cloud did not say where the batch's certificates are.
    ArchiveUnknown(Failure),
    /// After repeated reading so many rows are still missing of the cloud's `Total`.
    RowsMissing(u32),
    /// So many DeviceNames arrived once more with different credentials. The first of them.
    RowsConflict(u32, String),
    /// So many distinct rows more arrived than the cloud's `Total`.
    RowsBeyondTotal(u32),
    /// The batch has not ended within the time limit; polling has stopped. Holds the last status and minutes waited.
    BatchStuck(String, u32),
}
