//! `QueryBatchRegisterDeviceStatus` (§2.2): an ApplyId goes in, where the batch stands and what failed comes out.

use crate::batch::{Batch, Phase};
use crate::fault::Effect;
use crate::refusal::Outcome;
use crate::registry::{Call, Registry};
use crate::reply::{Fields, Node};

pub(super) fn run(registry: &mut Registry, call: &Call<'_>) -> Outcome {
    let product = registry.product(call)?;
    let batch = &registry.batches[registry.batch(call, Some(product))?];
    let status = call
        .hits
        .iter()
        .find_map(|hit| if let Effect::Status { value } = hit { Some(value.as_str()) } else { None })
        .unwrap_or_else(|| batch.status(call.now_ms));
    let mut data: Fields = vec![("Status", status.into())];
    match batch.failure(call.now_ms) {
        Some(phase) => data.extend(failure_lists(batch, phase, registry.config.seed)),
        None => {
            data.push(("ValidList", Node::wrapped("Name", Vec::new())));
            data.push(("InvalidList", Node::wrapped("Name", Vec::new())));
            if registry.config.choices.empty_details_on_success {
                data.push(("InvalidDetailList", Node::wrapped("invalidDetailList", Vec::new())));
            }
        }
    }
    Ok(vec![("Data", Node::Object(data))])
}

/// Names that went well, names that failed, and why: filled on failure only.
fn failure_lists(batch: &Batch, phase: &Phase, seed: u64) -> Fields {
    let mut failures = phase.failed.iter().peekable();
    let (mut valid, mut invalid, mut details) = (Vec::new(), Vec::new(), Vec::new());
    for index in 0..batch.count {
        let device = batch.device(seed, index);
        match failures.next_if(|(failed, _)| *failed == index) {
            None => valid.push(device.device_name.into()),
            Some((_, reason)) => {
                invalid.push(device.device_name.clone().into());
                details.push(Node::Object(vec![
                    ("DeviceName", device.device_name.into()),
                    ("NickName", device.nickname.into()),
                    ("ErrorMsg", reason.as_str().into()),
                ]));
            }
        }
    }
    vec![
        ("ValidList", Node::wrapped("Name", valid)),
        ("InvalidList", Node::wrapped("Name", invalid)),
        // The inner key begins in lower case here, in the name check it does not (§0, 4).
        ("InvalidDetailList", Node::wrapped("invalidDetailList", details)),
    ]
}
