//! `QueryDevice`: a product's devices, newest first; 50 calls a second.
//! Source: help.aliyun.com/document_detail/69905.html (2026). A run asks for one row before it registers anything:
//! a harmless call that meets every fault of key, clock, product, instance and proxy first.

use serde_json::Value;

use super::{Answer, Call, call, number};
use crate::model::action::Action;
use crate::plan::Plan;

/// Asks for the newest device alone.
#[must_use]
pub fn ask(plan: &Plan) -> Call {
    let params =
        vec![("ProductKey", plan.product_key.clone()), ("CurrentPage", "1".to_owned()), ("PageSize", "1".to_owned())];
    call(Action::QueryDevice, plan, params)
}

pub(super) fn read(reply: &Value) -> Result<Answer, String> {
    let total = number(&reply["Total"]).ok_or("Total is missing")?;
    Ok(Answer::Devices { total })
}
