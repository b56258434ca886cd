//! `QueryProduct` and `QueryProductList` (§2.8): the products of an account, one by one or a page of them.

use crate::identity;
use crate::paging::Page;
use crate::refusal::{Outcome, Refusal};
use crate::registry::{Call, Registry, devices_in};
use crate::reply::Node;

/// Products on a page of the list (§2.8).
const PAGE_SIZE_MAX: u32 = 200;
/// When the first product was made: 1 January 2020; the others follow a day apart. Nothing hangs on it but the order.
const FIRST_CREATED_AT_MS: i64 = 1_577_836_800_000;
const DAY_MS: i64 = 86_400_000;
/// With thing model (§2.8); all products here are of this kind.
const COMMODITY_CODE: &str = "iothub_senior";

/// `QueryProduct`.
pub(super) fn run(registry: &mut Registry, call: &Call<'_>) -> Outcome {
    let index = registry.product(call)?;
    let product = &registry.config.products[index];
    let data = vec![
        ("ProductKey", product.product_key.as_str().into()),
        ("ProductName", product.product_name.as_str().into()),
        ("ProductSecret", identity::product_secret(registry.config.seed, index as u64).into()),
        ("ProductStatus", "DEVELOPMENT_STATUS".into()),
        ("AuthType", product.auth_type.as_str().into()),
        ("NodeType", 0_u32.into()),
        ("NetType", 3_u32.into()),
        ("DataFormat", 1_u32.into()),
        ("DeviceCount", device_count(registry, index, call.now_ms)),
        ("GmtCreate", created_at_ms(index).into()),
        ("Owner", true.into()),
        ("CategoryKey", "others".into()),
        ("CategoryName", "others".into()),
        ("AliyunCommodityCode", COMMODITY_CODE.into()),
        ("ProtocolType", "mqtt".into()),
        ("Description", "".into()),
        ("Id2", false.into()),
        ("ValidateType", 1_u32.into()),
    ];
    Ok(vec![("Data", Node::Object(data))])
}

/// `QueryProductList`: newest first, past the last page no rows.
pub(super) fn run_list(registry: &mut Registry, call: &Call<'_>) -> Outcome {
    let instance = registry.instance(call)?;
    let wanted = match call.text("AliyunCommodityCode") {
        "" | COMMODITY_CODE => true,
        "iothub" => false,
        _ => return Err(Refusal::business("iot.prod.InvalidAliyunCommodityCode")),
    };
    let page = Page::read(call, &registry.config.choices, PAGE_SIZE_MAX)?;
    let found: Vec<usize> = (0..registry.config.products.len())
        .rev()
        .filter(|index| {
            let product = &registry.config.products[*index];
            wanted && product.account == call.account && product.iot_instance_id == instance
        })
        .collect();
    let start = (page.reach() - u64::from(page.size)).min(found.len() as u64) as usize;
    let rows = found[start..].iter().take(page.size as usize).map(|index| {
        let product = &registry.config.products[*index];
        Node::Object(vec![
            ("ProductKey", product.product_key.as_str().into()),
            ("ProductName", product.product_name.as_str().into()),
            ("NodeType", 0_u32.into()),
            ("DataFormat", 1_u32.into()),
            ("DeviceCount", device_count(registry, *index, call.now_ms)),
            ("GmtCreate", created_at_ms(*index).into()),
            ("AuthType", product.auth_type.as_str().into()),
            ("Description", "".into()),
        ])
    });
    let data = vec![
        ("CurrentPage", page.current.into()),
        ("PageCount", page.count(found.len() as u64).into()),
        ("PageSize", page.size.into()),
        ("Total", (found.len() as i64).into()),
        ("List", Node::wrapped("ProductInfo", rows.collect())),
    ];
    Ok(vec![("Data", Node::Object(data))])
}

fn device_count(registry: &Registry, product: usize, now_ms: u64) -> Node {
    (devices_in(&registry.completed(product, now_ms)) as i64).into()
}

fn created_at_ms(index: usize) -> i64 {
    FIRST_CREATED_AT_MS + index as i64 * DAY_MS
}
