//! `BatchRegisterDevice` (§2.1): a product and a count go in, a batch of devices with random names is begun.

use super::apply_id_node;
use crate::batch::{CREATION_FAILED, Names, Phase, spread};
use crate::fault::failing_devices;
use crate::refusal::{Outcome, Refusal};
use crate::registry::{Call, Registry};
use crate::reply::Node;

/// Devices that one call can ask for (§2.1).
const COUNT_MAX: i64 = 10_000;

pub(super) fn run(registry: &mut Registry, call: &Call<'_>) -> Outcome {
    let count: i64 = call.text("Count").parse().map_err(|_| Refusal::invalid("Count"))?;
    let product = registry.product(call)?;
    if count < 1 {
        return Err(Refusal::business(registry.config.choices.low_count_code.clone()));
    }
    if count > COUNT_MAX {
        return Err(Refusal::business("iot.device.DeviceCountExceeded"));
    }
    let count = count as u32;
    registry.reserve(product, count)?;
    let creation = Phase {
        started_at_ms: call.now_ms,
        ends_at_ms: call.ends_at_ms(registry.config.batch_ms(count)),
        failed: spread(failing_devices(call.hits), count).map(|index| (index, CREATION_FAILED.to_owned())).collect(),
    };
    let batch = registry.submit(call.account, product, count, Names::Random, None, Some(creation));
    let apply_id = apply_id_node(registry.batches[batch].apply_id, &registry.config.choices);
    Ok(vec![("Data", Node::Object(vec![("ApplyId", apply_id)]))])
}
