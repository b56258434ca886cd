//! `BatchRegisterDeviceWithApplyId` (§2.5): the ApplyId of a name check that went well goes in, its devices are begun.

use std::collections::BTreeMap;

use super::apply_id_node;
use crate::batch::{CREATION_FAILED, Phase, spread};
use crate::choices::Strictness;
use crate::fault::failing_devices;
use crate::names::TAKEN_NAME;
use crate::refusal::{Outcome, Refusal};
use crate::registry::{Call, Registry};
use crate::reply::Node;

pub(super) fn run(registry: &mut Registry, call: &Call<'_>) -> Outcome {
    let product = registry.product(call)?;
    let index = registry.batch(call, Some(product))?;
    let batch = &registry.batches[index];
    let (apply_id, count) = (batch.apply_id, batch.count);
    match batch.status(call.now_ms) {
        "CHECK_SUCCESS" => {
            registry.reserve(product, count)?;
            // Names can have been taken since they were checked.
            let mut failed: BTreeMap<u32, String> =
                registry.claim_names(index).into_iter().map(|taken| (taken, TAKEN_NAME.to_owned())).collect();
            for failing in spread(failing_devices(call.hits), count) {
                failed.entry(failing).or_insert_with(|| {
                    registry.release_name(index, failing);
                    CREATION_FAILED.to_owned()
                });
            }
            let ends_at_ms = call.ends_at_ms(registry.config.batch_ms(count));
            let failed = failed.into_iter().collect();
            registry.batches[index].creation = Some(Phase { started_at_ms: call.now_ms, ends_at_ms, failed });
        }
        "CREATE" | "CREATE_SUCCESS" | "CREATE_FAILED"
            if registry.config.choices.repeated_registration == Strictness::Tolerate => {}
        "CREATE" => return Err(Refusal::business("iot.device.CreateDeviceTaskIsRunning")),
        _ => return Err(Refusal::business("iot.device.IncorrentDeviceApplyInfo")),
    }
    let apply_id = apply_id_node(apply_id, &registry.config.choices);
    Ok(vec![("Data", Node::Object(vec![("ApplyId", apply_id)]))])
}
