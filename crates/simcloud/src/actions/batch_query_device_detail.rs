//! `BatchQueryDeviceDetail` (§2.9): up to a hundred names go in, the devices that exist come out with their credentials.

use crate::calendar::{gmt_text, utc_text};
use crate::names::names_in;
use crate::refusal::{Outcome, Refusal};
use crate::registry::{Call, Registry};
use crate::reply::Node;

/// Names that one call can ask for (§2.9).
const NAMES_MAX: usize = 100;

pub(super) fn run(registry: &mut Registry, call: &Call<'_>) -> Outcome {
    let product = registry.product(call)?;
    let names = names_in(call);
    if names.is_empty() {
        return Err(Refusal::business("iot.device.NoneDeviceNameElement"));
    }
    if names.len() > NAMES_MAX {
        return Err(Refusal::business("iot.device.DeviceCountExceeded"));
    }
    let rows = names.iter().filter_map(|named| row(registry, call, product, &named.name)).collect();
    Ok(vec![("Data", Node::wrapped("Data", rows))])
}

/// A device that exists; unknown names are left out without a word.
fn row(registry: &Registry, call: &Call<'_>, product: usize, name: &str) -> Option<Node> {
    let (batch, index) = registry.place_of(product, name)?;
    let batch = &registry.batches[batch];
    let created_at_ms = batch.completed_at_ms(call.now_ms).filter(|_| !batch.fails(index))? as i64;
    let device = registry.without_secret(batch.product, batch.device(registry.config.seed, index));
    let product = &registry.config.products[product];
    // `iot.cn-shanghai.aliyuncs.com` names its region in the second place (§1).
    let region = registry.config.host_id.split('.').nth(1).unwrap_or_default();
    Some(Node::Object(vec![
        ("DeviceName", device.device_name.into()),
        ("DeviceSecret", device.device_secret.into()),
        ("IotId", device.iot_id.into()),
        ("ProductKey", product.product_key.as_str().into()),
        ("ProductName", product.product_name.as_str().into()),
        ("Nickname", device.nickname.into()),
        ("NodeType", 0_u32.into()),
        ("Region", region.into()),
        ("Status", "UNACTIVE".into()),
        ("FirmwareVersion", "".into()),
        ("GmtCreate", gmt_text(created_at_ms, '-').into()),
        ("UtcCreate", utc_text(created_at_ms).into()),
        ("GmtActive", "".into()),
        ("UtcActive", "".into()),
    ]))
}
