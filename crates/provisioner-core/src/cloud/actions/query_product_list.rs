//! `QueryProductList`: the account's products, newest first, up to 200 a page; 50 calls a second, 2 beyond row 100,000.
//! Source: help.aliyun.com/document_detail/69271.html (2026). Beyond the last page the list is empty. Unlike
//! `QueryProduct` it hands out no ProductSecret.

use serde_json::Value;

use super::{Call, call, list, number, text};
use crate::cloud::ProductPage;
use crate::model::action::{Action, PRODUCTS_PER_PAGE_MAX};
use crate::model::device::{AuthType, Product};
use crate::plan::Plan;

/// Asks for one page, counted from 1.
#[must_use]
pub fn ask(plan: &Plan, page: u32) -> Call {
    let params = [("CurrentPage", page.to_string()), ("PageSize", PRODUCTS_PER_PAGE_MAX.to_string())];
    call(Action::QueryProductList, plan, params)
}

pub(super) fn read(reply: &Value) -> Result<ProductPage, String> {
    let data = &reply["Data"];
    let total = number(&data["Total"]).ok_or("Data.Total is missing")?;
    Ok(ProductPage { total, products: list(&data["List"]).iter().filter_map(product).collect() })
}

fn product(item: &Value) -> Option<Product> {
    let product_key = text(item, "ProductKey").to_owned();
    let auth_type = match text(item, "AuthType") {
        "secret" => AuthType::Secret,
        "x509" => AuthType::X509,
        "id2" => AuthType::Id2,
        _ => AuthType::Other,
    };
    (!product_key.is_empty()).then(|| Product {
        product_key,
        name: text(item, "ProductName").to_owned(),
        device_count: number(&item["DeviceCount"]),
        auth_type,
        is_gateway: number(&item["NodeType"]) == Some(1),
    })
}
