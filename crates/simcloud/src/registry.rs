//! The registry: products and batches of all accounts; looks up what a call names and refuses what it may not see.

use crate::batch::{Batch, Device, Names, Phase};
use crate::choices::Strictness;
use crate::config::Config;
use crate::fault::Effect;
use crate::form::Params;
use crate::refusal::Refusal;

/// A call that the gateway let through.
pub(crate) struct Call<'a> {
    /// All its parameters.
    pub params: &'a Params,
    /// The account that makes it.
    pub account: &'a str,
    /// When it arrived, unix time in ms.
    pub now_ms: u64,
    /// Faults that hit it.
    pub hits: &'a [Effect],
}

impl Call<'_> {
    /// A parameter's text, empty when it was left out.
    pub fn text(&self, name: &str) -> &str {
        self.params.get(name).unwrap_or_default()
    }

    /// When a phase of this length that begins now will end: never, if a fault says so.
    pub fn ends_at_ms(&self, duration_ms: u64) -> Option<u64> {
        (!self.hits.contains(&Effect::Stuck)).then_some(self.now_ms + duration_ms)
    }
}

/// What the cloud holds. Batches are never taken away, and their ApplyIds count up without gaps.
pub(crate) struct Registry {
    /// The configuration.
    pub config: Config,
    /// All batches, in order of submission.
    pub batches: Vec<Batch>,
    /// Product and name → where the device stands, for the names that users chose and registered.
    pub chosen_names: std::collections::BTreeMap<(usize, String), crate::chosen_names::Place>,
    /// The checked lists, which can be many more than are ever registered.
    pub checked: crate::chosen_names::Checked,
    next_number: u64,
}

impl Registry {
    /// An empty one.
    pub fn new(config: Config) -> Self {
        Self {
            config,
            batches: Vec::new(),
            chosen_names: std::collections::BTreeMap::new(),
            checked: crate::chosen_names::Checked::default(),
            next_number: 0,
        }
    }

    /// Index of the product that `ProductKey` and `IotInstanceId` name, if the account has it there.
    pub fn product(&self, call: &Call<'_>) -> Result<usize, Refusal> {
        let instance = self.instance(call)?;
        let key = call.text("ProductKey");
        if key.is_empty() {
            return Err(Refusal::business("iot.prod.NullProductKey"));
        }
        // 11 letters and digits: §6.
        if key.len() != 11 || !key.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return Err(Refusal::business("iot.prod.InvalidFormattedProductkey"));
        }
        self.config
            .products
            .iter()
            .position(|have| {
                have.product_key == key && have.account == call.account && have.iot_instance_id == instance
            })
            .ok_or_else(|| Refusal::business("iot.prod.NotExistedProduct"))
    }

    /// The instance the call names; empty for none. Leaving out the one that a product needs makes the product
    /// unknown (§0, 8 and §1).
    pub fn instance<'a>(&self, call: &Call<'a>) -> Result<&'a str, Refusal> {
        let instance = call.params.get("IotInstanceId").unwrap_or_default();
        let known = instance.is_empty()
            || self.config.products.iter().any(|have| have.iot_instance_id == instance && have.account == call.account);
        if known { Ok(instance) } else { Err(Refusal::business("iot.Sre.IotInstanceNotFound")) }
    }

    /// Index of the batch that `ApplyId` names. Batches of other accounts and instances are not found; `product` is
    /// the one the call names, where it names one.
    pub fn batch(&self, call: &Call<'_>, product: Option<usize>) -> Result<usize, Refusal> {
        let not_found = || Refusal::business("iot.device.DeviceApplyIsNotFound");
        let text = call.text("ApplyId");
        if text.is_empty() {
            return Err(Refusal::business("iot.device.NullApplyId"));
        }
        let id: i64 = text.parse().map_err(|_| Refusal::business("iot.device.InvalidFormattedApplyId"))?;
        let index = id.checked_sub(self.config.first_apply_id).and_then(|index| usize::try_from(index).ok());
        let index = index.filter(|index| *index < self.batches.len()).ok_or_else(not_found)?;
        let batch = &self.batches[index];
        let lifetime_ms = self.config.choices.apply_id_lifetime_ms;
        let submitted_at_ms = batch.check.as_ref().or(batch.creation.as_ref()).map_or(0, |phase| phase.started_at_ms);
        let expired = batch.forgotten || lifetime_ms > 0 && call.now_ms >= submitted_at_ms.saturating_add(lifetime_ms);
        let instance = &self.config.products[batch.product].iot_instance_id;
        if batch.account != call.account || expired || self.instance(call)? != instance {
            return Err(not_found());
        }
        let foreign = product.is_some_and(|product| product != batch.product);
        if foreign && self.config.choices.foreign_product == Strictness::Refuse {
            return Err(Refusal::business("iot.device.IncorrentDeviceApplyInfo"));
        }
        Ok(index)
    }

    /// Takes a batch in and returns its index.
    pub fn submit(
        &mut self,
        account: &str,
        product: usize,
        count: u32,
        names: Names,
        check: Option<Phase>,
        creation: Option<Phase>,
    ) -> usize {
        let index = self.batches.len();
        let apply_id = self.config.first_apply_id + index as i64;
        let first_number = self.next_number;
        self.next_number += u64::from(count);
        let account = account.to_owned();
        self.batches.push(Batch {
            apply_id,
            account,
            product,
            first_number,
            count,
            names,
            check,
            creation,
            forgotten: false,
        });
        index
    }

    /// Refuses when the product could not hold so many devices more, those that are being made counted.
    pub fn reserve(&self, product: usize, count: u32) -> Result<(), Refusal> {
        let promised: u64 = self
            .batches
            .iter()
            .filter(|batch| batch.product == product)
            .map(|batch| u64::from(batch.created_in_the_end()))
            .sum();
        if promised + u64::from(count) > u64::from(self.config.devices_per_product_max) {
            return Err(Refusal::business(self.config.choices.full_product_code.clone()));
        }
        Ok(())
    }

    /// The finished batches of a product, in the order in which they finished. Devices exist from that moment on, so
    /// that this order only ever grows at its end.
    pub fn completed(&self, product: usize, now_ms: u64) -> Vec<(u64, &Batch)> {
        let mut completed: Vec<(u64, &Batch)> = Vec::new();
        for batch in self.batches.iter().filter(|batch| batch.product == product) {
            if let Some(completed_at_ms) = batch.completed_at_ms(now_ms) {
                // Batches are nearly in this order already, so that few have to move.
                let place = completed.partition_point(|(earlier_ms, _)| *earlier_ms <= completed_at_ms);
                completed.insert(place, (completed_at_ms, batch));
            }
        }
        completed
    }

    /// The device at a place among those of a batch that were made.
    pub fn device(&self, batch: &Batch, place: u32) -> Device {
        self.without_secret(batch.product, batch.created_device(self.config.seed, place))
    }

    /// Takes a device's secret away where the product's devices have none.
    pub fn without_secret(&self, product: usize, mut device: Device) -> Device {
        if self.config.products[product].auth_type == "x509" && !self.config.choices.x509_secrets {
            device.device_secret.clear();
        }
        device
    }
}

/// Devices in a list of finished batches.
pub(crate) fn devices_in(completed: &[(u64, &Batch)]) -> u64 {
    completed.iter().map(|(_, batch)| u64::from(batch.created_in_the_end())).sum()
}
