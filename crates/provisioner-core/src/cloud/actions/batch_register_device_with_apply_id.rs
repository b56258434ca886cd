//! `BatchRegisterDeviceWithApplyId`: registers the names of a list that passed its check; 500 calls a second.
//! Source: help.aliyun.com/zh/iot/developer-reference/api-2370ac (2026). Success means "submitted", and the answer is
//! the ApplyId that was sent. Whether a second call is refused or answered in the same way is not documented; it makes
//! no device twice, since the names exist by then.

use super::{Call, call};
use crate::model::action::Action;
use crate::plan::Plan;

/// Asks for the devices of a checked list.
#[must_use]
pub fn ask(plan: &Plan, apply_id: &str) -> Call {
    let params = [("ApplyId", apply_id.to_owned()), ("ProductKey", plan.product_key.clone())];
    call(Action::BatchRegisterDeviceWithApplyId, plan, params)
}
