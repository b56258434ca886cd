//! What page and engine say to each other about the credential table. Plain data.

use provisioner_core::model::report::Rejection;
use serde::{Deserialize, Serialize};

/// Rows that one window holds at most.
pub const WINDOW_ROWS_MAX: u32 = 500;

/// Rows that are copied at once at most: above that, a clipboard is the wrong place and a file the right one.
pub const COPIED_ROWS_MAX: u32 = 10_000;

/// What rows can be sorted by. Not the secret: its order would say something about it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum SortedBy {
    /// The order in which they came.
    #[default]
    Arrival,
    /// DeviceName.
    DeviceName,
    /// IotId.
    IotId,
    /// Nickname.
    Nickname,
    /// DeviceId.
    DeviceId,
    /// The batch's number.
    Batch,
}

/// Which rows are looked at, and in which order. The default is all of them, as they came.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Look {
    /// What they are sorted by.
    pub sorted_by: SortedBy,
    /// Whether the largest comes first.
    pub is_descending: bool,
    /// What the DeviceName, IotId or Nickname has to hold; empty for all rows. Of missing devices, also the reason.
    pub filter: String,
    /// Whether the devices that the run misses are looked at, instead of those that it has.
    pub is_missing: bool,
}

/// The rows to show: those from `first` on, of all that the look lets through.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    /// How the table is looked at. The engine sorts and filters anew when it is another one than before.
    pub look: Look,
    /// Position of the first row, from 0.
    pub first: u32,
    /// Rows wanted; none are answered beyond [`WINDOW_ROWS_MAX`].
    pub count: u32,
}

/// One row as the page may see it: no secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MaskedRow {
    /// Index in the table, from 0, in the order in which the rows came; whatever the look, it stays the row's.
    pub index: u32,
    /// DeviceName.
    pub device_name: String,
    /// IotId.
    pub iot_id: String,
    /// Nickname, may be empty.
    pub nickname: String,
    /// DeviceId, may be empty.
    pub device_id: String,
    /// Number of its batch, from 1.
    pub batch: u32,
    /// Why the device is missing, where those are looked at: the vendor's code or a word in its place, and the reason.
    pub missing: Option<(String, Rejection)>,
}

/// Answer to a [`Window`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rows {
    /// As asked.
    pub look: Look,
    /// Rows that the look lets through.
    pub count: u32,
    /// Rows that were looked at; the table may have more by now.
    pub of: u32,
    /// Whether any row of the table has a Nickname.
    pub has_nicknames: bool,
    /// Whether any row of the table has a DeviceId.
    pub has_device_ids: bool,
    /// Position of the first of `rows`.
    pub first: u32,
    /// The window.
    pub rows: Vec<MaskedRow>,
}

/// What is copied of a row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Copied {
    /// `ProductKey,DeviceName,DeviceSecret`: what a device needs.
    #[default]
    Triple,
    /// DeviceName.
    DeviceName,
    /// DeviceSecret.
    DeviceSecret,
    /// IotId.
    IotId,
}

impl Copied {
    /// Whether it holds a secret.
    #[must_use]
    pub fn is_secret(self) -> bool {
        matches!(self, Self::Triple | Self::DeviceSecret)
    }
}

/// Which rows are copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CopiedRows {
    /// The row at this index.
    One(u32),
    /// Those that the last look lets through, in its order, [`COPIED_ROWS_MAX`] at most.
    Seen,
}
