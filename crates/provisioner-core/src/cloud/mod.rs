//! The vendor's wire: a [`Call`] becomes a signed request, a reply becomes an [`Answer`] or a [`Failure`]. Pure.
//!
//! Who encodes what: parameters are kept raw everywhere and are percent-encoded exactly once, in [`encode`], both for
//! the text that is signed and for the form body.

pub mod actions;
pub mod encode;
pub mod reply;
pub mod request;
pub mod sign;
pub mod stamp;

use crate::model::action::Action;
use crate::model::device::DeviceRow;
use crate::model::report::Failure;

pub use actions::status::BatchStatus;
pub use reply::read_reply;
pub use request::{HttpRequest, build_request};
pub use stamp::{Stamp, StampSource};

/// A call before it is stamped and signed: which action, with which parameters of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// The action.
    pub action: Action,
    /// Its own parameters, raw, without the common ones.
    pub params: Vec<(&'static str, String)>,
}

/// What a call brought, by action.
#[derive(Debug)]
pub enum Answer {
    /// `BatchRegisterDevice`: the batch was accepted.
    Accepted {
        /// The batch's ApplyId, as text.
        apply_id: String,
    },
    /// `QueryBatchRegisterDeviceStatus`.
    Status(BatchStatus),
    /// `QueryPageByApplyId`.
    Page(Page),
    /// `QueryDevice`.
    Devices {
        /// Devices in the product.
        total: u64,
    },
}

/// One page of a batch.
#[derive(Debug)]
pub struct Page {
    /// Devices in the batch, as the cloud counts them.
    pub total: u32,
    /// Whole rows.
    pub rows: Vec<DeviceRow>,
    /// Rows that lack a DeviceName, DeviceSecret or IotId: their DeviceNames, empty where that is what is missing.
    pub unusable: Vec<String>,
}

/// What came of a call.
pub type Outcome = Result<Answer, Failure>;
