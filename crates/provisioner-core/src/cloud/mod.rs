//! The vendor's wire: a [`Call`] becomes a signed request, a reply becomes an [`Answer`] or a [`Failure`]. Pure.
//!
//! Who encodes what: parameters are kept raw everywhere and are percent-encoded exactly once, in [`encode`], both for
//! the text that is signed and for the form body.

pub mod actions;
pub mod encode;
pub mod reply;
pub mod request;
pub mod shown;
pub mod sign;
pub mod stamp;

use std::borrow::Cow;

use crate::model::action::Action;
use crate::model::device::{DeviceRow, ListedDevice, Product};
use crate::model::report::Failure;
use crate::secret::Secret;

pub use actions::query_batch_register_device_status::{BatchStage, BatchStatus};
pub use reply::{read_reply, request_id};
pub use request::{HttpRequest, address, build_request};
pub use shown::shown;
pub use stamp::{Stamp, StampSource};

/// A call before it is stamped and signed: which action, with which parameters of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// The action.
    pub action: Action,
    /// Its own parameters, raw, without the common ones.
    pub params: Vec<(Cow<'static, str>, String)>,
}

/// What a call brought, by action.
#[derive(Debug)]
pub enum Answer {
    /// `BatchRegisterDevice`, `BatchCheckDeviceNames` and `BatchRegisterDeviceWithApplyId`: the batch was accepted.
    Accepted {
        /// The batch's ApplyId, as text.
        apply_id: String,
    },
    /// `QueryBatchRegisterDeviceStatus`.
    Status(BatchStatus),
    /// `QueryPageByApplyId`.
    Page(Page),
    /// `QueryDevice`.
    Devices(DevicePage),
    /// `BatchQueryDeviceDetail`: the DeviceNames that exist, of those asked for.
    Existing(Vec<String>),
    /// `QueryProductList`.
    Products(ProductPage),
    /// `QueryCertUrlByApplyId`.
    Certificates {
        /// Address of the archive, `https`. Whoever has it has the certificates' keys.
        address: Secret,
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
    /// How many of these lack nothing but the DeviceSecret.
    pub without_secret: u32,
}

/// One page of a product.
#[derive(Debug)]
pub struct DevicePage {
    /// Devices in the product.
    pub total: u64,
    /// Whole rows, newest first.
    pub devices: Vec<ListedDevice>,
    /// Rows that lack a part, as in [`Page`].
    pub unusable: Vec<String>,
    /// Leads to the next page beyond row 10,000; empty where there is none.
    pub next_token: String,
}

/// One page of the account's products.
#[derive(Debug)]
pub struct ProductPage {
    /// Products in the account and instance.
    pub total: u64,
    /// Newest first.
    pub products: Vec<Product>,
}

/// What came of a call.
pub type Outcome = Result<Answer, Failure>;
