//! Devices and products as the cloud describes them. Plain data; secrets are [`Secret`]s.

use serde::{Deserialize, Serialize};

use crate::secret::Secret;

/// A whole row: no field is empty but `device_id`, which has no function (document_detail/69518.html).
#[derive(Clone, Debug)]
pub struct DeviceRow {
    /// DeviceName, unique within its product.
    pub device_name: String,
    /// DeviceSecret.
    pub device_secret: Secret,
    /// IotId.
    pub iot_id: String,
    /// DeviceId, a leftover of the vendor's; may be empty.
    pub device_id: String,
}

/// A device that is to be registered under a name of the user's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedDevice {
    /// DeviceName.
    pub device_name: String,
    /// Nickname, where it has one.
    pub nickname: Option<String>,
}

/// A device as the lists of a product show it.
#[derive(Clone, Debug)]
pub struct ListedDevice {
    /// Its credentials.
    pub row: DeviceRow,
    /// Nickname; empty for none.
    pub nickname: String,
    /// When it was made, as the vendor writes it (`2019-02-20T02:16:09.000Z`); empty where it is left out.
    pub utc_create: String,
}

/// How the devices of a product prove who they are (`AuthType`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AuthType {
    /// By a DeviceSecret.
    Secret,
    /// By an X.509 certificate; there is no DeviceSecret. cn-shanghai only, 1,000 names a call.
    X509,
    /// By ID², the vendor's own identity for devices.
    Id2,
    /// By a word that is not documented.
    Other,
}

/// A product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Product {
    /// ProductKey.
    pub product_key: String,
    /// The name that its owner gave it.
    pub name: String,
    /// Devices in it; none where the answer does not say.
    pub device_count: Option<u64>,
    /// How its devices prove who they are.
    pub auth_type: AuthType,
    /// Whether its `NodeType` is a gateway (1) and not a device (0).
    pub is_gateway: bool,
}
