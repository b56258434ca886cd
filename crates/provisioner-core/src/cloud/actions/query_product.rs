//! `QueryProduct`: one product; 50 calls a second.
//! Source: help.aliyun.com/document_detail/69272.html (2026). The answer holds the ProductSecret, which is not read.

use serde_json::Value;

use super::{Call, call, number, text};
use crate::model::action::Action;
use crate::model::device::{AuthType, Product};
use crate::plan::Plan;

/// Asks for the plan's product.
#[must_use]
pub fn ask(plan: &Plan) -> Call {
    call(Action::QueryProduct, plan, [("ProductKey", plan.product_key.clone())])
}

pub(super) fn read(reply: &Value) -> Result<Product, String> {
    product(&reply["Data"]).ok_or_else(|| "Data.ProductKey is missing".to_owned())
}

/// The product that an object describes.
pub(super) fn product(item: &Value) -> Option<Product> {
    let product_key = text(item, "ProductKey").to_owned();
    let auth_type = match text(item, "AuthType") {
        "secret" => AuthType::Secret,
        "x509" => AuthType::X509,
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
