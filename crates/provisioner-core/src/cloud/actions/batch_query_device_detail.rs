//! `BatchQueryDeviceDetail`: which of up to 100 names a product has; 5 calls a second.
//! Source: help.aliyun.com/document_detail/123470.html (2026). Names that do not exist are left out without a word; one
//! device of another account fails the whole call. The answer holds the DeviceSecrets, which are not read.

use serde_json::Value;

use super::{Answer, Call, call, list, text};
use crate::model::action::Action;
use crate::plan::Plan;

/// Asks for the devices of these names, at most [`crate::model::action::NAMES_PER_DETAIL_MAX`].
#[must_use]
pub fn ask<'n>(plan: &Plan, names: impl Iterator<Item = &'n str>) -> Call {
    let mut asked = call(Action::BatchQueryDeviceDetail, plan, [("ProductKey", plan.product_key.clone())]);
    for (number, name) in (1_u32..).zip(names) {
        asked.params.push((["DeviceName.", &number.to_string()].concat().into(), name.to_owned()));
    }
    asked
}

/// Its rows stand below `Data.Data`.
pub(super) fn read(reply: &Value) -> Answer {
    let names = list(&reply["Data"]).iter().map(|row| text(row, "DeviceName"));
    Answer::Existing(names.filter(|name| !name.is_empty()).map(str::to_owned).collect())
}
