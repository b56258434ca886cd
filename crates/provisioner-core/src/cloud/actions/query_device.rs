//! `QueryDevice`: a product's devices, newest first, up to 50 a page; 50 calls a second, 2 beyond row 100,000.
//! Source: help.aliyun.com/document_detail/69905.html (2026). Beyond row 10,000 a page is reached by the `NextToken` of
//! the page before it, and then the product must hold fewer than 1,000,000 devices.

use serde_json::Value;

use super::{Call, call, devices, list, number, text};
use crate::cloud::DevicePage;
use crate::model::action::Action;
use crate::plan::Plan;

/// Asks for one page of so many rows, counted from 1. `next_token` is what the page before gave; empty for none.
#[must_use]
pub fn ask(plan: &Plan, page: u32, rows: u32, next_token: &str) -> Call {
    let params =
        [("ProductKey", plan.product_key.clone()), ("CurrentPage", page.to_string()), ("PageSize", rows.to_string())];
    let mut asked = call(Action::QueryDevice, plan, params);
    if !next_token.is_empty() {
        asked.params.push(("NextToken".into(), next_token.to_owned()));
    }
    asked
}

pub(super) fn read(reply: &Value) -> Result<DevicePage, String> {
    let total = number(&reply["Total"]).ok_or("Total is missing")?;
    let (devices, unusable) = devices(list(&reply["Data"]));
    Ok(DevicePage { total, devices, unusable, next_token: text(reply, "NextToken").to_owned() })
}
