//! `QueryPageByApplyId` (§2.3): an ApplyId and a page go in, the credentials of that page's devices come out.

use crate::choices::{RowOrder, UnfinishedRows};
use crate::fault::{reordering, shifted, spoil_rows};
use crate::identity::mix;
use crate::paging::Page;
use crate::refusal::{Outcome, Refusal};
use crate::registry::{Call, Registry};
use crate::reply::Node;

/// Rows on a page (§2.3).
const PAGE_SIZE_MAX: u32 = 50;

pub(super) fn run(registry: &mut Registry, call: &Call<'_>) -> Outcome {
    let batch = &registry.batches[registry.batch(call, None)?];
    let choices = &registry.config.choices;
    let page = Page::read(call, choices, PAGE_SIZE_MAX)?;
    let total = match (batch.completed_at_ms(call.now_ms), choices.unfinished_rows) {
        (Some(_), _) => batch.created_in_the_end(),
        (None, UnfinishedRows::Hidden) => 0,
        (None, UnfinishedRows::Growing) => batch.created_so_far(call.now_ms),
        (None, UnfinishedRows::Refused) => return Err(Refusal::business("iot.device.QueryDeviceApplyActionError")),
    };
    let order = Order { kind: choices.row_order, drawn_from: batch.apply_id as u64 };
    // A fault's order is none that the batch keeps.
    let order = match reordering(call.hits) {
        Some(seed) => Order { kind: RowOrder::Shuffled, drawn_from: order.drawn_from ^ seed },
        None => order,
    };
    let mut rows: Vec<Node> = shifted(call.hits, page.places(total.into(), choices)?, total.into())
        .map(|place| {
            let device = registry.device(batch, order.device_at(place as u32, total));
            Node::Object(vec![
                ("DeviceId", device.device_id.into()),
                ("DeviceName", device.device_name.into()),
                ("DeviceSecret", device.device_secret.into()),
                ("IotId", device.iot_id.into()),
            ])
        })
        .collect();
    spoil_rows(call.hits, &mut rows);
    Ok(vec![
        ("PageCount", page.count(total.into()).into()),
        ("ApplyDeviceList", Node::wrapped("ApplyDeviceInfo", rows)),
        ("Page", page.current.into()),
        ("PageSize", page.size.into()),
        ("Total", total.into()),
    ])
}

/// In which order the devices of a batch are listed.
#[derive(Clone, Copy)]
struct Order {
    kind: RowOrder,
    /// What a shuffled order is drawn from.
    drawn_from: u64,
}

impl Order {
    /// Which of so many devices stands at a place of the list.
    fn device_at(self, place: u32, total: u32) -> u32 {
        match self.kind {
            RowOrder::Creation => place,
            RowOrder::Reversed => total - 1 - place,
            RowOrder::Shuffled => {
                // Steps of a length without a common divisor with the total visit every place once.
                let total = u64::from(total);
                let key = mix(self.drawn_from) % total;
                let step = (key..).find(|step| greatest_common_divisor(*step, total) == 1).expect("some are prime");
                ((u64::from(place) * step + key) % total) as u32
            }
        }
    }
}

fn greatest_common_divisor(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { greatest_common_divisor(b, a % b) }
}
