//! `QueryCertUrlByApplyId` (§2.11): the ApplyId of a finished X.509 batch goes in, the address of its certificates
//! comes out. There is nothing at that address.

use crate::refusal::{Outcome, Refusal};
use crate::registry::{Call, Registry};

pub(super) fn run(registry: &mut Registry, call: &Call<'_>) -> Outcome {
    let batch = &registry.batches[registry.batch(call, None)?];
    if registry.config.products[batch.product].auth_type != "x509" {
        return Err(Refusal::business("iot.device.IncorrentDeviceApplyInfo"));
    }
    if batch.completed_at_ms(call.now_ms).is_none() {
        return Err(Refusal::business("iot.device.QueryDeviceApplyActionError"));
    }
    // RFC 2606 keeps this domain from ever existing.
    Ok(vec![("CertUrl", format!("https://simcloud.invalid/certificates/{}.zip", batch.apply_id).into())])
}
