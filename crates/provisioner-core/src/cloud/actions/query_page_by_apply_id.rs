//! `QueryPageByApplyId`: up to 50 devices of a batch with their credentials; 50 calls a second.
//! Source: help.aliyun.com/zh/iot/developer-reference/api-ad09da (2026). Fields sit at the top level; the order of
//! rows is not documented.

use serde_json::Value;

use super::{Call, call, list, number, row, text};
use crate::cloud::Page;
use crate::model::action::{Action, ROWS_PER_PAGE_MAX};
use crate::plan::Plan;

/// Asks for one page, counted from 1.
#[must_use]
pub fn ask(plan: &Plan, apply_id: &str, page: u32) -> Call {
    let params = [
        ("ApplyId", apply_id.to_owned()),
        ("CurrentPage", page.to_string()),
        ("PageSize", ROWS_PER_PAGE_MAX.to_string()),
    ];
    call(Action::QueryPageByApplyId, plan, params)
}

pub(super) fn read(reply: &Value) -> Result<Page, String> {
    let total = number(&reply["Total"]).ok_or("Total is missing")?;
    let total = u32::try_from(total).map_err(|_| "Total is beyond any batch")?;
    if reply["ApplyDeviceList"].is_null() && total > 0 {
        return Err("ApplyDeviceList is missing".to_owned());
    }
    let mut page = Page { total, rows: Vec::new(), unusable: Vec::new(), without_secret: 0 };
    for item in list(&reply["ApplyDeviceList"]) {
        match row(item) {
            Ok(row) => page.rows.push(row),
            Err(name) => {
                let lacks_secret_alone = !name.is_empty() && !text(item, "IotId").is_empty();
                page.without_secret += u32::from(lacks_secret_alone);
                page.unusable.push(name);
            }
        }
    }
    Ok(page)
}
