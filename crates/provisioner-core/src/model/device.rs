//! One device's credentials as the cloud hands them out.

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
