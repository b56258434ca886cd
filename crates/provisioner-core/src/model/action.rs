//! The API actions of the flow and the vendor's documented limits. In: an action. Out: its name, quota and kind.
//!
//! Quotas are calls per second and account, shared by its RAM users, as read on the operation pages in 2026.

use serde::{Deserialize, Serialize};

/// An operation of product `Iot`, version `2018-01-20`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Action {
    /// Submits a batch of devices with random names (help.aliyun.com/document_detail/69473.html).
    BatchRegisterDevice,
    /// Asks for the state of a batch (help.aliyun.com/document_detail/69483.html).
    QueryBatchRegisterDeviceStatus,
    /// Reads one page of a batch's devices with their credentials (help.aliyun.com/document_detail/69518.html).
    QueryPageByApplyId,
    /// Reads one page of a product's devices, newest first (help.aliyun.com/document_detail/69905.html).
    QueryDevice,
}

impl Action {
    /// Every action, in the order in which a run uses them.
    pub const ALL: [Self; 4] =
        [Self::QueryDevice, Self::BatchRegisterDevice, Self::QueryBatchRegisterDeviceStatus, Self::QueryPageByApplyId];

    /// The operation's name as it is sent in the parameter `Action`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::BatchRegisterDevice => "BatchRegisterDevice",
            Self::QueryBatchRegisterDeviceStatus => "QueryBatchRegisterDeviceStatus",
            Self::QueryPageByApplyId => "QueryPageByApplyId",
            Self::QueryDevice => "QueryDevice",
        }
    }

    /// Calls that the vendor accepts per second and account.
    #[must_use]
    pub fn quota_per_second(self) -> u32 {
        match self {
            Self::BatchRegisterDevice => 10,
            Self::QueryBatchRegisterDeviceStatus => 30,
            Self::QueryPageByApplyId | Self::QueryDevice => 50,
        }
    }

    /// Calls that this project sends per second at most: [`SHARE_PERCENT`] of the quota, and one at least.
    #[must_use]
    pub fn pace_per_second(self) -> u32 {
        (self.quota_per_second() * SHARE_PERCENT / 100).max(1)
    }

    /// Whether the call changes nothing on the server and so may be repeated freely.
    #[must_use]
    pub fn is_read(self) -> bool {
        !matches!(self, Self::BatchRegisterDevice)
    }
}

/// The share of a quota that a run takes: an account's other users need the rest.
pub const SHARE_PERCENT: u32 = 90;

/// Devices that one `BatchRegisterDevice` call may ask for (document_detail/69473.html).
pub const DEVICES_PER_BATCH_MAX: u32 = 10_000;

/// Rows that one page of `QueryPageByApplyId` may hold (document_detail/69518.html).
pub const ROWS_PER_PAGE_MAX: u32 = 50;
