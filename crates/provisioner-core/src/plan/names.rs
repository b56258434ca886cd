//! The names of a run's devices. In: what the form holds. Out: a name for each place, without a string for each.

use crate::model::device::NamedDevice;

/// Who names the devices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Naming {
    /// The cloud.
    Random,
    /// The user.
    Named(Names),
}

/// Names in their order; distinct, and each within the vendor's rules.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Names {
    /// DeviceName and nickname of each device, one after the other; an empty nickname is none.
    text: String,
    /// Where each of them ends in `text`: two a device.
    ends: Vec<u32>,
}

impl Names {
    /// Adds a device at the end. The text of all names must stay below 4 GiB.
    pub fn push(&mut self, device_name: &str, nickname: &str) {
        for part in [device_name, nickname] {
            self.text.push_str(part);
            self.ends.push(u32::try_from(self.text.len()).expect("names of at most a million devices"));
        }
    }

    /// Number of devices.
    #[must_use]
    pub fn len(&self) -> u32 {
        u32::try_from(self.ends.len() / 2).expect("names of at most a million devices")
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The DeviceName in this place, counted from 0.
    #[must_use]
    pub fn device_name(&self, index: u32) -> &str {
        self.part(index as usize * 2)
    }

    /// The device in this place, counted from 0.
    #[must_use]
    pub fn device(&self, index: u32) -> NamedDevice {
        let nickname = self.part(index as usize * 2 + 1);
        NamedDevice {
            device_name: self.device_name(index).to_owned(),
            nickname: (!nickname.is_empty()).then(|| nickname.to_owned()),
        }
    }

    fn part(&self, index: usize) -> &str {
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        &self.text[start..self.ends[index] as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_place_gives_its_own_name() {
        let mut names = Names::default();
        names.push("SN-1", "");
        names.push("SN-2", "灯");
        assert_eq!((names.len(), names.device_name(1)), (2, "SN-2"));
        let device = |name: &str, nickname: Option<&str>| NamedDevice {
            device_name: name.to_owned(),
            nickname: nickname.map(str::to_owned),
        };
        assert_eq!([names.device(0), names.device(1)], [device("SN-1", None), device("SN-2", Some("灯"))]);
    }
}
