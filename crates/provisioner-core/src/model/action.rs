//! The API actions of the flow and the vendor's documented limits. In: an action. Out: its name, quota and kind.
//!
//! Limits as read on the operation pages in 2026; each file in `cloud/actions` names its page.

use serde::{Deserialize, Serialize};

/// An operation of product `Iot`, version `2018-01-20`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Action {
    /// Reads one page of a product's devices, newest first.
    QueryDevice,
    /// Submits a batch of devices with random names.
    BatchRegisterDevice,
    /// Submits a list of names to be checked.
    BatchCheckDeviceNames,
    /// Has the names of a checked list registered.
    BatchRegisterDeviceWithApplyId,
    /// Asks for the state of a batch.
    QueryBatchRegisterDeviceStatus,
    /// Reads one page of a batch's devices with their credentials.
    QueryPageByApplyId,
    /// Reads devices whose names are known.
    BatchQueryDeviceDetail,
    /// Describes the account's products, page by page.
    QueryProductList,
    /// Gives the address of a batch's X.509 certificates.
    QueryCertUrlByApplyId,
}

impl Action {
    /// Every action.
    pub const ALL: [Self; 9] = [
        Self::QueryDevice,
        Self::BatchRegisterDevice,
        Self::BatchCheckDeviceNames,
        Self::BatchRegisterDeviceWithApplyId,
        Self::QueryBatchRegisterDeviceStatus,
        Self::QueryPageByApplyId,
        Self::BatchQueryDeviceDetail,
        Self::QueryProductList,
        Self::QueryCertUrlByApplyId,
    ];

    /// The operation's name as it is sent in the parameter `Action`, or the header `x-acs-action`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::QueryDevice => "QueryDevice",
            Self::BatchRegisterDevice => "BatchRegisterDevice",
            Self::BatchCheckDeviceNames => "BatchCheckDeviceNames",
            Self::BatchRegisterDeviceWithApplyId => "BatchRegisterDeviceWithApplyId",
            Self::QueryBatchRegisterDeviceStatus => "QueryBatchRegisterDeviceStatus",
            Self::QueryPageByApplyId => "QueryPageByApplyId",
            Self::BatchQueryDeviceDetail => "BatchQueryDeviceDetail",
            Self::QueryProductList => "QueryProductList",
            Self::QueryCertUrlByApplyId => "QueryCertUrlByApplyId",
        }
    }

    /// Calls that the vendor accepts per second and account, RAM users included. `QueryCertUrlByApplyId` has none on
    /// its page: as few as the slowest of its kind. The lists fall to 2 calls beyond row 100,000, where no run goes.
    #[must_use]
    pub fn quota_per_second(self) -> u32 {
        match self {
            Self::BatchRegisterDevice | Self::BatchCheckDeviceNames => 10,
            Self::BatchRegisterDeviceWithApplyId => 500,
            Self::QueryBatchRegisterDeviceStatus => 30,
            Self::QueryPageByApplyId | Self::QueryDevice | Self::QueryProductList => 50,
            Self::BatchQueryDeviceDetail | Self::QueryCertUrlByApplyId => 5,
        }
    }

    /// Calls that a run sends per second at most with this share of the quota, in percent; one at least.
    #[must_use]
    pub fn pace_per_second(self, share_percent: u32) -> u32 {
        (self.quota_per_second() * share_percent / 100).max(1)
    }

    /// Whether sending the call twice makes no device twice. A second name check makes a second application, of
    /// which nothing comes; names that are registered a second time exist already.
    #[must_use]
    pub fn is_repeatable(self) -> bool {
        self != Self::BatchRegisterDevice
    }
}

/// Devices that one `BatchRegisterDevice` call may ask for, and names that one `BatchCheckDeviceNames` call may hold
/// (api-da6eaf, api-c388ba; 1,000 until 2020). Names beyond it are dropped by the vendor without a word.
pub const DEVICES_PER_BATCH_MAX: u32 = 10_000;

/// The same of names, where the product is an X.509 one (document_detail/69482.html).
pub const X509_NAMES_PER_BATCH_MAX: u32 = 1_000;

/// Rows that one page of `QueryPageByApplyId` or `QueryDevice` may hold (api-ad09da, document_detail/69905.html).
pub const ROWS_PER_PAGE_MAX: u32 = 50;

/// Products that one page of `QueryProductList` may hold (document_detail/69271.html).
pub const PRODUCTS_PER_PAGE_MAX: u32 = 200;

/// Names that one `BatchQueryDeviceDetail` call may hold (document_detail/123470.html).
pub const NAMES_PER_DETAIL_MAX: u32 = 100;
