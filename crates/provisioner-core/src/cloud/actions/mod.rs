//! One file per API action: how it is asked, how its answer is read, and where the vendor documents it.

pub mod devices;
pub mod page;
pub mod register;
pub mod status;

use serde_json::Value;

use super::{Answer, Call};
use crate::model::action::Action;
use crate::plan::Plan;

/// Reads the answer of an action from a reply that says it succeeded.
///
/// # Errors
/// What is missing, in the vendor's field names.
pub(super) fn read(action: Action, reply: &Value) -> Result<Answer, String> {
    match action {
        Action::BatchRegisterDevice => register::read(reply),
        Action::QueryBatchRegisterDeviceStatus => status::read(reply).map(Answer::Status),
        Action::QueryPageByApplyId => page::read(reply).map(Answer::Page),
        Action::QueryDevice => devices::read(reply),
    }
}

/// A call with the instance's id, where the instance has one (mandatory then, document_detail/69473.html).
fn call(action: Action, plan: &Plan, mut params: Vec<(&'static str, String)>) -> Call {
    if let Some(instance_id) = &plan.instance_id {
        params.push(("IotInstanceId", instance_id.clone()));
    }
    Call { action, params }
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
fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value[name].as_str().unwrap_or_default()
}

/// A list in its wrapper, whatever the wrapper calls it: the vendor spells some inner names in two ways
/// (`InvalidDetailList.invalidDetailList` and `.InvalidDetailList`). A missing list is empty.
fn list(wrapper: &Value) -> &[Value] {
    match wrapper {
        Value::Array(items) => items,
        Value::Object(fields) => fields.values().find_map(Value::as_array).map_or(&[], Vec::as_slice),
        _ => &[],
    }
}
