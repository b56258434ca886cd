//! `QueryDevice` (§2.7): a product and a page go in, its devices with their credentials come out, newest first.

use super::next_token;
use crate::batch::{Batch, Device};
use crate::calendar::{gmt_text, utc_text};
use crate::fault::spoil_rows;
use crate::paging::Page;
use crate::refusal::Outcome;
use crate::registry::{Call, Registry, devices_in};
use crate::reply::{Fields, Node};

/// Rows on a page (§2.7).
const PAGE_SIZE_MAX: u32 = 50;
/// How far pages can reach by number alone; beyond it only `NextToken` gives data (§2.7).
const REACH_WITHOUT_TOKEN: u64 = 10_000;

pub(super) fn run(registry: &mut Registry, call: &Call<'_>) -> Outcome {
    let product = registry.product(call)?;
    let choices = &registry.config.choices;
    let page = Page::read(call, choices, PAGE_SIZE_MAX)?;
    let completed = registry.completed(product, call.now_ms);
    let total = devices_in(&completed);
    let places = match call.text("NextToken") {
        token if !token.is_empty() => next_token::places(token, page, total, registry.config.seed, choices)?,
        _ if page.reach() > REACH_WITHOUT_TOKEN => 0..0,
        _ => page.places(total, choices)?,
    };
    let next_token = next_token::after(&places, total, registry.config.seed);
    let product_key = &registry.config.products[product].product_key;
    let mut rows: Vec<Node> = newest_first(registry, &completed, places)
        .into_iter()
        .map(|(created_at_ms, device)| row(product_key, created_at_ms as i64, device))
        .collect();
    spoil_rows(call.hits, &mut rows);
    let mut fields: Fields = vec![
        ("Data", Node::wrapped("DeviceInfo", rows)),
        ("Page", page.current.into()),
        ("PageCount", page.count(total).into()),
        ("PageSize", page.size.into()),
        ("Total", (total as i64).into()),
    ];
    fields.extend(next_token.map(|token| ("NextToken", token.into())));
    Ok(fields)
}

/// The devices at these places, counted from the newest, each with the time at which it was made.
fn newest_first(registry: &Registry, completed: &[(u64, &Batch)], places: std::ops::Range<u64>) -> Vec<(u64, Device)> {
    let mut devices = Vec::new();
    let mut before = 0;
    for (completed_at_ms, batch) in completed.iter().rev() {
        let count = u64::from(batch.created_in_the_end());
        let (from, to) = (places.start.max(before), places.end.min(before + count));
        devices.extend((from..to).map(|place| {
            let from_newest = (place - before) as u32;
            (*completed_at_ms, registry.device(batch, batch.created_in_the_end() - 1 - from_newest))
        }));
        before += count;
        if before >= places.end {
            break;
        }
    }
    devices
}

fn row(product_key: &str, created_at_ms: i64, device: Device) -> Node {
    Node::Object(vec![
        ("DeviceId", device.device_id.into()),
        ("DeviceName", device.device_name.into()),
        ("ProductKey", product_key.into()),
        ("DeviceSecret", device.device_secret.into()),
        ("DeviceStatus", "UNACTIVE".into()),
        ("GmtCreate", gmt_text(created_at_ms, '-').into()),
        ("GmtModified", gmt_text(created_at_ms, '-').into()),
        ("UtcCreate", utc_text(created_at_ms).into()),
        ("UtcModified", utc_text(created_at_ms).into()),
        ("IotId", device.iot_id.into()),
        ("Nickname", device.nickname.into()),
    ])
}
