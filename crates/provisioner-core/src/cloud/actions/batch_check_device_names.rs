//! `BatchCheckDeviceNames`: up to 10,000 names (X.509 products 1,000), with nicknames or without; 10 calls a second.
//! Source: help.aliyun.com/en/iot/developer-reference/api-c388ba (2026). Success means "check submitted": the check
//! itself is asynchronous, and its answer is the ApplyId to ask by. Surplus names are dropped without a word.

use serde_json::Value;

use super::{Call, call, list, reason, sorted, text};
use crate::model::action::Action;
use crate::model::device::NamedDevice;
use crate::model::report::{RejectedName, Rejection};
use crate::plan::Plan;

/// Asks for a check of these names, at most [`crate::model::action::DEVICES_PER_BATCH_MAX`]. Nicknames travel in
/// `DeviceNameList`, which takes the place of `DeviceName`, so that either all names stand in one or all in the other.
#[must_use]
pub fn ask(plan: &Plan, devices: &[NamedDevice]) -> Call {
    let mut asked = call(Action::BatchCheckDeviceNames, plan, [("ProductKey", plan.product_key.clone())]);
    let with_nicknames = devices.iter().any(|device| device.nickname.is_some());
    for (number, device) in (1..).zip(devices) {
        let number: usize = number;
        let number = number.to_string();
        if with_nicknames {
            let name = ["DeviceNameList.", &number, ".DeviceName"].concat();
            asked.params.push((name.into(), device.device_name.clone()));
            if let Some(nickname) = &device.nickname {
                let name = ["DeviceNameList.", &number, ".DeviceNickname"].concat();
                asked.params.push((name.into(), nickname.clone()));
            }
        } else {
            asked.params.push((["DeviceName.", &number].concat().into(), device.device_name.clone()));
        }
    }
    asked
}

/// The names that a refused check found fault with, from the lists in its `Data`. The vendor misspells one inner name
/// (`RepeatDevieNameList`), and spells another in two ways, so that none is relied on.
pub(in crate::cloud) fn rejected(data: &Value) -> Vec<RejectedName> {
    let details = list(&data["InvalidDetailList"]).iter().map(|detail| {
        let name = text(detail, "DeviceName");
        (if name.is_empty() { text(detail, "NickName") } else { name }, text(detail, "ErrorMsg"))
    });
    let reasons = sorted(details.clone());
    let lists = [
        ("InvalidDeviceNameList", Rejection::Name),
        ("InvalidDeviceNicknameList", Rejection::Nickname),
        ("RepeatedDeviceNameList", Rejection::Repeated),
    ];
    let listed = lists.iter().flat_map(|(wrapper, fault)| {
        list(&data[*wrapper]).iter().filter_map(Value::as_str).map(move |name| (name, fault))
    });
    let names = sorted(listed.clone().map(|(name, _)| (name, "")));
    let rejected = |name: &str, reason: Rejection| RejectedName { name: name.to_owned(), reason };
    // The detail says more than the bare list.
    let listed = listed.map(|(name, fault)| match reason(&reasons, name) {
        Some(said) => rejected(name, Rejection::Said(said.to_owned())),
        None => rejected(name, fault.clone()),
    });
    let others = details.filter(|(name, _)| reason(&names, name).is_none());
    listed.chain(others.map(|(name, said)| rejected(name, Rejection::Said(said.to_owned())))).collect()
}
