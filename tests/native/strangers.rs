//! Other people in the product. In: how many devices, when. Out: batches that the run did not submit.

use provisioner_core::cloud::actions::batch_register_device;
use provisioner_core::cloud::{Answer, StampSource, build_request, read_reply};
use provisioner_core::model::action::Action;
use provisioner_core::plan::Naming;
use provisioner_core::run::Run;
use provisioner_core::time::WallTime;

use crate::setting::NO_BATCH;
use crate::world::{EPOCH_MS, World, seed_of};

impl World {
    /// Somebody had so many devices in the product an hour before the run.
    pub fn register_long_before(&mut self, devices: u32) {
        self.register_as_a_stranger(devices, EPOCH_MS - 3_600_000);
        let product_key = &self.run.plan().product_key;
        let before = self.cloud.devices(product_key, EPOCH_MS, 0, u64::from(u32::MAX));
        self.foreign = before.into_iter().map(|device| device.device_name).collect();
    }

    /// Somebody submits these batches just before the run, which will read them.
    pub fn submit_before(&mut self, batches: &[u32]) {
        let submit = |&devices: &u32| match devices {
            NO_BATCH => "99".to_owned(),
            _ => self.register_as_a_stranger(devices, EPOCH_MS - 500),
        };
        let apply_ids: Vec<String> = batches.iter().map(submit).collect();
        let mut plan = self.run.plan().clone();
        plan.batches = vec![0; apply_ids.len()];
        plan.naming = Naming::Existing(apply_ids);
        self.run = Run::new(plan, seed_of(self.seed, 0), self.clocks());
    }

    /// Somebody else registers devices in the same product, at a moment of the calendar. Gives the ApplyId.
    pub fn register_as_a_stranger(&mut self, devices: u32, at_ms: u64) -> String {
        let plan = self.run.plan();
        let batches = self.cloud.state(at_ms).batches;
        let stamp = StampSource::new([0x80 + u8::try_from(batches).unwrap(); 16]).stamp(WallTime(at_ms));
        let request = build_request(&batch_register_device::ask(plan, devices), &stamp, &self.key, &plan.target);
        let answer = self.serve(&request, at_ms);
        let outcome = read_reply(Action::BatchRegisterDevice, answer.status, &answer.body, &request.string_to_sign);
        let Ok(Answer::Accepted { apply_id }) = outcome else { panic!("{outcome:?}") };
        apply_id
    }
}
