//! `QueryBatchRegisterDeviceStatus`: the state of one batch; 30 calls a second.
//! Source: help.aliyun.com/zh/iot/developer-reference/api-afb11b (2026).

use serde_json::Value;

use super::{Call, call, list, reason, sorted, text};
use crate::model::action::Action;
use crate::plan::Plan;

/// What the cloud says of a batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BatchStatus {
    /// The vendor's word, kept as it came.
    pub status: String,
    /// What the word means here.
    pub stage: BatchStage,
    /// Names that failed, each with the reason where one was given; filled by the vendor only on failure.
    pub failed: Vec<(String, String)>,
}

/// What a status means to a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BatchStage {
    /// Not ended, or a word that is not documented: ask again.
    Working,
    /// Every name passed; nothing has been made.
    Checked,
    /// At least one name did not pass; nothing has been made.
    CheckFailed,
    /// Every device was made.
    Created,
    /// At least one device was not made; others may have been.
    CreateFailed,
}

/// Asks for the state of one batch.
#[must_use]
pub fn ask(plan: &Plan, apply_id: &str) -> Call {
    let params = [("ApplyId", apply_id.to_owned()), ("ProductKey", plan.product_key.clone())];
    call(Action::QueryBatchRegisterDeviceStatus, plan, params)
}

pub(super) fn read(reply: &Value) -> Result<BatchStatus, String> {
    let data = &reply["Data"];
    let status = text(data, "Status").to_owned();
    if status.is_empty() {
        return Err("Data.Status is missing".to_owned());
    }
    let stage = match status.as_str() {
        "CHECK_SUCCESS" => BatchStage::Checked,
        "CHECK_FAILED" => BatchStage::CheckFailed,
        "CREATE_SUCCESS" => BatchStage::Created,
        "CREATE_FAILED" => BatchStage::CreateFailed,
        _ => BatchStage::Working,
    };
    let details = list(&data["InvalidDetailList"]);
    let reasons = sorted(details.iter().map(|row| (text(row, "DeviceName"), text(row, "ErrorMsg"))));
    let mut failed: Vec<(String, String)> = list(&data["InvalidList"])
        .iter()
        .filter_map(Value::as_str)
        .map(|name| (name.to_owned(), reason(&reasons, name).unwrap_or_default().to_owned()))
        .collect();
    if failed.is_empty() {
        failed.extend(details.iter().map(|row| (text(row, "DeviceName").to_owned(), text(row, "ErrorMsg").to_owned())));
    }
    Ok(BatchStatus { status, stage, failed })
}
