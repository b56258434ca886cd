//! The names of a run's devices. In: what the form holds. Out: a name for each place, without a string for each.

use core::ops::Range;

use crate::model::device::NamedDevice;

/// Who names the devices, or which there are already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Naming {
    /// The cloud.
    Random,
    /// The user.
    Named(Names),
    /// Nobody: these are the ApplyIds of batches that exist, whose credentials are read again.
    Existing(Vec<String>),
}

/// Names in their order; distinct, and each within the vendor's rules.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Names {
    /// DeviceName and nickname of each device, one after the other; an empty nickname is none.
    text: String,
    /// Where each of them ends in `text`: two a device.
    ends: Vec<u32>,
    has_nicknames: bool,
}

impl Names {
    /// Adds a device at the end. The text of all names must stay below 4 GiB.
    pub fn push(&mut self, device_name: &str, nickname: &str) {
        self.has_nicknames |= !nickname.is_empty();
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

    /// The nickname in this place, counted from 0; empty for none.
    #[must_use]
    pub fn nickname(&self, index: u32) -> &str {
        self.part(index as usize * 2 + 1)
    }

    /// Whether any device has a nickname.
    #[must_use]
    pub fn has_nicknames(&self) -> bool {
        self.has_nicknames
    }

    /// The device in this place, counted from 0.
    #[must_use]
    pub fn device(&self, index: u32) -> NamedDevice {
        let nickname = self.nickname(index);
        NamedDevice {
            device_name: self.device_name(index).to_owned(),
            nickname: (!nickname.is_empty()).then(|| nickname.to_owned()),
        }
    }

    /// The nickname of the name that stands in one of these places; empty where there is none. `near` is the place at which
    /// the search begins, since rows mostly come in the order of their names, and then the one behind what was found.
    pub(crate) fn nickname_of(&self, device_name: &str, places: &Range<u32>, near: &mut u32) -> &str {
        if !self.has_nicknames {
            return "";
        }
        let start = (*near).clamp(places.start, places.end);
        let mut order = (start..places.end).chain(places.start..start);
        order.find(|&place| self.device_name(place) == device_name).map_or("", |place| {
            *near = place + 1;
            self.nickname(place)
        })
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
        let mut near = 0;
        let found = ["SN-2", "SN-1", "SN-2", "SN-3"].map(|name| names.nickname_of(name, &(0..2), &mut near));
        assert_eq!(found, ["灯", "", "灯", ""]);
        assert_eq!(names.nickname_of("SN-2", &(0..1), &mut near), "");
        let device = |name: &str, nickname: Option<&str>| NamedDevice {
            device_name: name.to_owned(),
            nickname: nickname.map(str::to_owned),
        };
        assert_eq!((names.has_nicknames(), names.nickname(0), names.nickname(1)), (true, "", "灯"));
        assert_eq!([names.device(0), names.device(1)], [device("SN-1", None), device("SN-2", Some("灯"))]);
    }
}
