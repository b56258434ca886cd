//! From a filled-in form to a [`Plan`], or to every error at once. Pure; a `Plan` that exists can be sent.
//!
//! Messy input that has one meaning is accepted (blanks around a value, full-width digits); anything else is an
//! error that names its field and its rule. The sentences stand in the page's texts.

mod apply_ids;
mod credentials;
pub mod list;
mod names;
mod number;
mod outline;
mod parse;
mod pattern;
mod rule;
mod target;

use serde::{Deserialize, Serialize};

use crate::model::action::{DEVICES_PER_BATCH_MAX, X509_NAMES_PER_BATCH_MAX};

pub use apply_ids::APPLY_IDS_MAX;
pub use credentials::{check_credentials, is_temporary};
pub use names::{Names, Naming};
pub use outline::{Listed, Outline, outline};
pub use parse::{clean, instance_id, parse, without_devices};
pub use pattern::{Pattern, PatternFault, settle};
pub use rule::NameRule;
pub use target::{is_loopback, target};

/// Devices that one run may ask for: what the largest product outside cn-shanghai holds
/// (help.aliyun.com/en/iot/product-overview/limits).
pub const DEVICES_PER_RUN_MAX: u32 = 1_000_000;

/// Above this many devices the user confirms a plan by typing their number.
pub const CONFIRM_ABOVE_DEVICES: u32 = 100_000;

/// Percent of each quota that a run takes unless told otherwise: an account's other users need the rest.
pub const QUOTA_SHARE_PERCENT: u32 = 90;

/// Least share: what is below it makes runs of days.
pub const QUOTA_SHARE_PERCENT_MIN: u32 = 10;

/// How calls reach the cloud.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Connection {
    /// The simulated cloud inside the engine: no network, no account.
    #[default]
    Demo,
    /// A CORS-enabled proxy in front of the endpoint.
    Proxy,
    /// The endpoint itself.
    Direct,
}

/// How calls are signed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Signature {
    /// SignatureVersion 1.0, HMAC-SHA1: in the form body, a CORS-simple request.
    #[default]
    V1,
    /// ACS3-HMAC-SHA256: in headers, for which a browser asks first (preflight).
    V3,
}

/// Who names the devices, as the form asks it; or that there is nothing to be named.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum NamingChoice {
    /// The cloud.
    #[default]
    Random,
    /// A pattern that counts.
    Pattern,
    /// A list.
    List,
    /// They exist: credentials of earlier batches are read again, and nothing is registered.
    Existing,
}

/// The form as typed, less the credentials.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormInput {
    /// How calls reach the cloud.
    pub connection: Connection,
    /// Base address of the proxy, absolute.
    pub proxy_url: String,
    /// RegionId, or `simcloud`.
    pub region: String,
    /// A host that replaces the region's; empty for the region's own.
    pub endpoint_host: String,
    /// How calls are signed; the demo knows V1 alone.
    pub signature: Signature,
    /// ProductKey.
    pub product_key: String,
    /// IotInstanceId; empty where the instance has none.
    pub instance_id: String,
    /// Who names the devices; of the fields below, only the one that it chooses is read.
    pub naming: NamingChoice,
    /// Number of devices, under random names.
    pub count: String,
    /// Such as `SN-{0001..5000}`.
    pub pattern: String,
    /// Text of the list, one device a line.
    pub names: String,
    /// ApplyIds of batches that exist already, one a line.
    pub apply_ids: String,
    /// Percent of each quota that the run takes; empty for [`QUOTA_SHARE_PERCENT`], which the demo always takes.
    pub quota_share: String,
    /// Whether the product is known to be an X.509 one: then fewer names go into a batch.
    pub is_x509: bool,
}

/// Where calls go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// To the simulated cloud inside the engine.
    Demo,
    /// To `{base}/{endpoint host}/`. `base` has no slash at its end.
    Proxy {
        /// Base address.
        base: String,
    },
    /// To the endpoint host itself.
    Direct,
}

/// Which cloud, through what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// Way to the cloud.
    pub route: Route,
    /// Endpoint host, with a port where it has one.
    pub host: String,
    /// RegionId as sent.
    pub region_id: String,
    /// How calls are signed.
    pub signature: Signature,
}

impl Target {
    /// Whether calls go to this computer first, or no further than this program.
    #[must_use]
    pub fn is_local(&self) -> bool {
        match &self.route {
            Route::Demo => true,
            Route::Proxy { base } => base.split('/').nth(2).is_some_and(is_loopback),
            Route::Direct => is_loopback(&self.host),
        }
    }
}

/// What is to be done: checked, complete, sendable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Which cloud, through what.
    pub target: Target,
    /// ProductKey.
    pub product_key: String,
    /// IotInstanceId, where the instance has one.
    pub instance_id: Option<String>,
    /// Devices in each batch, in order; at most [`DEVICES_PER_BATCH_MAX`] each. 0 for one that exists already: how many it
    /// has, the cloud will say.
    pub batches: Vec<u32>,
    /// Who names the devices; as many names as devices, or as many ApplyIds as batches.
    pub naming: Naming,
    /// Percent of each quota that the run takes, [`QUOTA_SHARE_PERCENT_MIN`] to 100.
    pub share_percent: u32,
}

impl Plan {
    /// Devices in all batches that are to be registered.
    #[must_use]
    pub fn devices(&self) -> u32 {
        self.batches.iter().sum()
    }
}

/// Splits the devices of a form into batches as large as the vendor takes them: [`DEVICES_PER_BATCH_MAX`], and of names
/// for an X.509 product [`X509_NAMES_PER_BATCH_MAX`].
fn split(devices: u32, input: &FormInput) -> Vec<u32> {
    let is_named = input.naming != NamingChoice::Random;
    let most = if is_named && input.is_x509 { X509_NAMES_PER_BATCH_MAX } else { DEVICES_PER_BATCH_MAX };
    let rest = devices % most;
    let mut batches = vec![most; (devices / most) as usize];
    if rest > 0 {
        batches.push(rest);
    }
    batches
}

/// A field of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    /// Address of the proxy.
    ProxyUrl,
    /// Region.
    Region,
    /// Custom endpoint host.
    EndpointHost,
    /// AccessKey ID.
    AccessKeyId,
    /// AccessKey secret.
    AccessKeySecret,
    /// STS token.
    SecurityToken,
    /// ProductKey.
    ProductKey,
    /// Percent of each quota.
    QuotaShare,
    /// IotInstanceId.
    InstanceId,
    /// Number of devices.
    Count,
    /// Pattern of names.
    Pattern,
    /// List of names.
    Names,
    /// ApplyIds.
    ApplyIds,
}

/// One thing that is wrong with one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// The field.
    pub field: Field,
    /// The rule that it breaks.
    pub fault: Fault,
}

/// The rule that a field breaks. Never holds what was typed into a credential.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Empty.
    Missing,
    /// A blank, line break or invisible character at this place, counted from 1; [`clean`] removes them.
    Invisible {
        /// Place of the first one.
        position: usize,
    },
    /// A character that this field never holds.
    Character {
        /// The first such character.
        found: char,
    },
    /// Not as long as it must be.
    Length {
        /// Characters found.
        found: usize,
        /// Characters expected.
        expected: usize,
    },
    /// Not a whole number.
    NotANumber,
    /// A number below the limit.
    TooSmall {
        /// The limit.
        limit: u32,
    },
    /// A number above the limit.
    TooLarge {
        /// The limit.
        limit: u32,
    },
    /// AccessKey ID and secret look as if each stood in the other's place.
    Swapped,
    /// A temporary AccessKey ID (`STS.…`) without its token.
    TokenMissing,
    /// Not an address that begins with `https://`, or `http://` on this computer.
    NotAnAddress,
    /// `http://` to another computer: everything would be readable on the way.
    NotEncrypted,
    /// Not a host name.
    NotAHost,
    /// Not in the list of regions.
    UnknownRegion,
    /// Not a pattern of names.
    Pattern(PatternFault),
    /// Rows of the list that break a rule.
    Rows {
        /// Rows in the list, blank ones and the header left out.
        count: u32,
        /// How many of them.
        faulty: u32,
    },
    /// A file that holds no list.
    List(list::ListFault),
    /// No ApplyIds, which are digits alone.
    NotAnApplyId {
        /// The line of each, counted from 1.
        lines: Vec<u32>,
    },
    /// ApplyIds that stood above already.
    ApplyIdRepeated {
        /// The line of each, counted from 1.
        lines: Vec<u32>,
    },
    /// A file of names that is larger than this; it is not read.
    FileTooLarge {
        /// The limit in megabytes.
        limit_mb: u32,
    },
}
