//! `BatchRegisterDevice`: up to 10,000 devices with random names; 10 calls a second.
//! Source: help.aliyun.com/zh/iot/developer-reference/api-da6eaf (2026). There is no client token: a call that is
//! repeated makes a second batch. Its answer is the batch's ApplyId.

use super::{Call, call};
use crate::model::action::Action;
use crate::plan::Plan;

/// Asks for one batch.
#[must_use]
pub fn ask(plan: &Plan, devices: u32) -> Call {
    let params = [("ProductKey", plan.product_key.clone()), ("Count", devices.to_string())];
    call(Action::BatchRegisterDevice, plan, params)
}
