//! `BatchQueryDeviceDetail`: the credentials of up to 100 devices by their names; 5 calls a second.
//! Source: help.aliyun.com/document_detail/123470.html (2026). Names that do not exist are left out without a word; one
//! device of another account fails the whole call.

use serde_json::Value;

use super::{Answer, Call, call, devices, list};
use crate::model::action::Action;
use crate::plan::Plan;

/// Asks for the devices of these names, at most [`crate::model::action::NAMES_PER_DETAIL_MAX`].
#[must_use]
pub fn ask(plan: &Plan, names: &[String]) -> Call {
    let mut asked = call(Action::BatchQueryDeviceDetail, plan, [("ProductKey", plan.product_key.clone())]);
    for (number, name) in (1_usize..).zip(names) {
        asked.params.push((["DeviceName.", &number.to_string()].concat().into(), name.clone()));
    }
    asked
}

/// Its rows stand below `Data.Data`.
pub(super) fn read(reply: &Value) -> Answer {
    let (devices, unusable) = devices(list(&reply["Data"]));
    Answer::Details { devices, unusable }
}
