//! One file per API action: how it is asked, how its answer is read, its limits, and where the vendor documents it.

pub mod batch_check_device_names;
pub mod batch_query_device_detail;
pub mod batch_register_device;
pub mod batch_register_device_with_apply_id;
pub mod query_batch_register_device_status;
pub mod query_cert_url_by_apply_id;
pub mod query_device;
pub mod query_page_by_apply_id;
pub mod query_product_list;

use core::slice;
use std::collections::BinaryHeap;

use serde_json::Value;

use super::{Answer, Call};
use crate::model::action::Action;
use crate::model::device::{DeviceRow, ListedDevice};
use crate::plan::Plan;
use crate::secret::Secret;

/// A parameter of an action's own.
type Param = (&'static str, String);

/// Reads the answer of an action from a reply that says it succeeded.
///
/// # Errors
/// What is missing, in the vendor's field names.
pub(super) fn read(action: Action, reply: &Value) -> Result<Answer, String> {
    match action {
        Action::BatchRegisterDevice | Action::BatchCheckDeviceNames | Action::BatchRegisterDeviceWithApplyId => {
            let apply_id = id(&reply["Data"]["ApplyId"]).ok_or("Data.ApplyId is missing")?;
            Ok(Answer::Accepted { apply_id })
        }
        Action::QueryBatchRegisterDeviceStatus => query_batch_register_device_status::read(reply).map(Answer::Status),
        Action::QueryPageByApplyId => query_page_by_apply_id::read(reply).map(Answer::Page),
        Action::QueryDevice => query_device::read(reply).map(Answer::Devices),
        Action::BatchQueryDeviceDetail => Ok(batch_query_device_detail::read(reply)),
        Action::QueryProductList => query_product_list::read(reply).map(Answer::Products),
        Action::QueryCertUrlByApplyId => query_cert_url_by_apply_id::read(reply),
    }
}

/// A call with the instance's id, where the instance has one (mandatory then, document_detail/69473.html).
fn call<const N: usize>(action: Action, plan: &Plan, params: [Param; N]) -> Call {
    let instance = plan.instance_id.clone().map(|id| ("IotInstanceId", id));
    Call { action, params: params.into_iter().chain(instance).map(|(name, value)| (name.into(), value)).collect() }
}

/// The row that an item of a list describes, or its DeviceName if it lacks a part.
fn row(item: &Value) -> Result<DeviceRow, String> {
    let part = |name| text(item, name).to_owned();
    let row = DeviceRow {
        device_name: part("DeviceName"),
        device_secret: Secret::new(part("DeviceSecret")),
        iot_id: part("IotId"),
        device_id: part("DeviceId"),
    };
    let is_whole = !row.device_name.is_empty() && !row.device_secret.is_empty() && !row.iot_id.is_empty();
    if is_whole { Ok(row) } else { Err(row.device_name) }
}

/// The devices that a list describes, and the names of those that lack a part.
fn devices(items: &[Value]) -> (Vec<ListedDevice>, Vec<String>) {
    let (mut devices, mut unusable) = (Vec::new(), Vec::new());
    for item in items {
        match row(item) {
            Ok(row) => devices.push(ListedDevice {
                row,
                nickname: text(item, "Nickname").to_owned(),
                utc_create: text(item, "UtcCreate").to_owned(),
            }),
            Err(name) => unusable.push(name),
        }
    }
    (devices, unusable)
}

/// Names with their reasons, to be looked up: ten thousand can fail. Sorted as a signature's parameters are, so that it
/// costs no code of its own.
fn sorted<'v>(names: impl Iterator<Item = (&'v str, &'v str)>) -> Vec<(&'v str, &'v str)> {
    names.collect::<BinaryHeap<_>>().into_sorted_vec()
}

/// The reason of a name; of several the first in the alphabet.
fn reason<'v>(sorted: &[(&'v str, &'v str)], name: &str) -> Option<&'v str> {
    let place = sorted.partition_point(|(known, _)| *known < name);
    sorted.get(place).filter(|(known, _)| *known == name).map(|(_, reason)| *reason)
}

/// A whole number that came as a number or as text.
fn number(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_str()?.trim().parse().ok())
}

/// An id that came as a number or as text; kept as text, since it may exceed 2^53.
fn id(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
        Value::Number(number) => number.as_u64().map(|id| id.to_string()),
        _ => None,
    }
}

/// A text field; missing counts as empty.
pub(super) fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value[name].as_str().unwrap_or_default()
}

/// A list in its wrapper, whatever the wrapper calls it: the vendor spells some inner names in two ways
/// (`InvalidDetailList.invalidDetailList` and `.InvalidDetailList`), and in XML one row is no list. A missing list is
/// empty.
fn list(wrapper: &Value) -> &[Value] {
    let is_item = |value: &Value| value.is_object() || value.as_str().is_some_and(|text| !text.is_empty());
    match wrapper {
        Value::Array(items) => items,
        Value::Object(fields) => match fields.values().find_map(Value::as_array) {
            Some(items) => items,
            None => fields.values().find(|value| is_item(value)).map_or(&[], slice::from_ref),
        },
        _ => &[],
    }
}
