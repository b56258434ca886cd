//! One batch: what was asked for, when each phase ends and which of its devices exist at a given moment.

use crate::identity;

/// What is said about a device that a fault keeps from being made.
pub(crate) const CREATION_FAILED: &str = "The device could not be created.";

/// A stage of a batch that takes time.
pub(crate) struct Phase {
    /// When it began, unix time in ms.
    pub started_at_ms: u64,
    /// When it ends; `None` for never, which is a fault.
    pub ends_at_ms: Option<u64>,
    /// Indices of the devices that fail, ascending, each with what the vendor says about it.
    pub failed: Vec<(u32, String)>,
}

impl Phase {
    /// Whether it is over.
    pub fn is_over(&self, now_ms: u64) -> bool {
        self.ends_at_ms.is_some_and(|end| end <= now_ms)
    }
}

/// A name that the user chose.
pub(crate) struct Named {
    /// DeviceName.
    pub name: String,
    /// Nickname, empty without one.
    pub nickname: String,
}

/// How the devices of a batch are called.
pub(crate) enum Names {
    /// Derived from the device's number.
    Random,
    /// Given, one a device.
    Given(Vec<Named>),
}

/// A batch, from its submission on. Its devices have the numbers from `first_number` on.
pub(crate) struct Batch {
    /// ApplyId.
    pub apply_id: i64,
    /// The account that submitted it.
    pub account: String,
    /// Index of its product.
    pub product: usize,
    /// Number of its first device.
    pub first_number: u64,
    /// Devices or names asked for.
    pub count: u32,
    /// Their names.
    pub names: Names,
    /// The check of the names; random batches have none.
    pub check: Option<Phase>,
    /// The making of the devices, once it was asked for.
    pub creation: Option<Phase>,
    /// Whether it was given up to make room for other checks: nobody finds it any more.
    pub forgotten: bool,
}

/// One device as it is told to clients, and to tests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device {
    /// DeviceName.
    pub device_name: String,
    /// DeviceSecret; empty for an X.509 device when so configured.
    pub device_secret: String,
    /// IotId.
    pub iot_id: String,
    /// DeviceId.
    pub device_id: String,
    /// Nickname, empty without one.
    pub nickname: String,
    /// The batch that it came from.
    pub apply_id: i64,
}

impl Batch {
    /// The vendor's word for where the batch stands (§4).
    pub fn status(&self, now_ms: u64) -> &'static str {
        match (&self.check, &self.creation) {
            (_, Some(creation)) if !creation.is_over(now_ms) => "CREATE",
            (_, Some(creation)) if creation.failed.is_empty() => "CREATE_SUCCESS",
            (_, Some(_)) => "CREATE_FAILED",
            (Some(check), None) if !check.is_over(now_ms) => "CHECK",
            (Some(check), None) if check.failed.is_empty() => "CHECK_SUCCESS",
            (Some(_), None) => "CHECK_FAILED",
            (None, None) => unreachable!("a batch without a check is created with its creation"),
        }
    }

    /// The phase that is over and has failures.
    pub fn failure(&self, now_ms: u64) -> Option<&Phase> {
        let phase = self.creation.as_ref().or(self.check.as_ref())?;
        (phase.is_over(now_ms) && !phase.failed.is_empty()).then_some(phase)
    }

    /// When its devices were made, if they have been.
    pub fn completed_at_ms(&self, now_ms: u64) -> Option<u64> {
        self.creation.as_ref().filter(|creation| creation.is_over(now_ms))?.ends_at_ms
    }

    /// How many devices there will be in the end.
    pub fn created_in_the_end(&self) -> u32 {
        self.creation.as_ref().map_or(0, |creation| self.count - creation.failed.len() as u32)
    }

    /// How many devices have been made at this moment, were they to appear one by one.
    pub fn created_so_far(&self, now_ms: u64) -> u32 {
        match &self.creation {
            Some(Phase { started_at_ms, ends_at_ms: Some(end), .. }) if now_ms < *end => {
                let whole = u64::from(self.created_in_the_end());
                (whole * now_ms.saturating_sub(*started_at_ms) / (end - started_at_ms)) as u32
            }
            Some(Phase { ends_at_ms: Some(_), .. }) => self.created_in_the_end(),
            _ => 0,
        }
    }

    /// The device at a place among those that were made, from 0.
    pub fn created_device(&self, seed: u64, place: u32) -> Device {
        let mut index = place;
        for (failed, _) in self.creation.iter().flat_map(|creation| &creation.failed) {
            if *failed > index {
                break;
            }
            index += 1;
        }
        self.device(seed, index)
    }

    /// Whether the device at an index is one of those that fail to be made.
    pub fn fails(&self, index: u32) -> bool {
        self.creation.as_ref().is_some_and(|creation| creation.failed.iter().any(|(failed, _)| *failed == index))
    }

    /// The device at an index of the batch, made or not.
    pub fn device(&self, seed: u64, index: u32) -> Device {
        let number = self.first_number + u64::from(index);
        let device_id = identity::device_id(seed, number);
        let (device_name, nickname) = match &self.names {
            Names::Random => (device_id.clone(), String::new()),
            Names::Given(names) => {
                let named = &names[index as usize];
                (named.name.clone(), named.nickname.clone())
            }
        };
        Device {
            device_name,
            device_secret: identity::device_secret(seed, number),
            iot_id: identity::iot_id(&device_id),
            device_id,
            nickname,
            apply_id: self.apply_id,
        }
    }
}

/// Indices of so many failures, spread evenly over a batch.
pub(crate) fn spread(failures: u32, count: u32) -> impl Iterator<Item = u32> {
    let failures = failures.min(count);
    (0..failures).map(move |nth| (u64::from(nth) * u64::from(count) / u64::from(failures)) as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn batch(count: u32, failed: &[u32]) -> Batch {
        let failed = failed.iter().map(|index| (*index, "failed".to_owned())).collect();
        Batch {
            apply_id: 7,
            account: String::new(),
            product: 0,
            first_number: 100,
            count,
            names: Names::Random,
            check: None,
            creation: Some(Phase { started_at_ms: 1000, ends_at_ms: Some(3000), failed }),
            forgotten: false,
        }
    }

    #[test]
    fn a_batch_is_in_creation_until_its_end_and_then_done() {
        let batch = batch(10, &[]);
        assert_eq!((batch.status(2999), batch.status(3000)), ("CREATE", "CREATE_SUCCESS"));
        assert_eq!((batch.completed_at_ms(2999), batch.completed_at_ms(3000)), (None, Some(3000)));
    }

    #[test]
    fn one_failure_makes_the_batch_failed_and_the_others_stay() {
        let batch = batch(10, &[4]);
        assert_eq!(batch.status(3000), "CREATE_FAILED");
        assert_eq!(batch.created_in_the_end(), 9);
    }

    #[test]
    fn devices_appear_evenly_over_the_time_of_the_batch() {
        let batch = batch(10, &[]);
        let made: Vec<u32> = [1000, 1199, 1200, 2000, 2999, 3000, 9000].map(|at| batch.created_so_far(at)).into();
        assert_eq!(made, [0, 0, 1, 5, 9, 10, 10]);
    }

    #[test]
    fn failed_devices_are_skipped_where_made_ones_are_listed() {
        let batch = batch(6, &[0, 3, 4]);
        let listed: Vec<Device> = (0..3).map(|place| batch.created_device(1, place)).collect();
        assert_eq!(listed, [1, 2, 5].map(|index| batch.device(1, index)));
    }

    #[test]
    fn failures_are_spread_and_never_more_than_devices() {
        assert_eq!(spread(3, 10).collect::<Vec<_>>(), [0, 3, 6]);
        assert_eq!(spread(9, 2).collect::<Vec<_>>(), [0, 1]);
        assert_eq!(spread(0, 5).count(), 0);
    }
}
