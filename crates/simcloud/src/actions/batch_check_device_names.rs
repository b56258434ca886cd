//! `BatchCheckDeviceNames` (§2.4): names with their nicknames go in, a batch begins whose names are being checked, or
//! what is wrong with them comes out at once.

use std::collections::BTreeMap;

use super::apply_id_node;
use crate::batch::{Named, Phase, spread};
use crate::choices::Reported;
use crate::fault::failing_devices;
use crate::names::{
    MALFORMED_NAME, MALFORMED_NICKNAME, REPEATED_NAME, TAKEN_NAME, is_device_name, is_nickname, names_in,
};
use crate::refusal::{Outcome, Refusal};
use crate::registry::{Call, Registry};
use crate::reply::{Fields, Node};

/// Names that one call can bring; what is beyond is dropped without a word (§2.4).
const NAMES_MAX: usize = 10_000;
/// The same for X.509 products (§2.4).
const X509_NAMES_MAX: usize = 1000;

pub(super) fn run(registry: &mut Registry, call: &Call<'_>) -> Outcome {
    let product = registry.product(call)?;
    let mut names = names_in(call);
    if names.is_empty() {
        return Err(Refusal::business("iot.device.NoneDeviceNameElement"));
    }
    if names.iter().any(|named| named.name.is_empty() && !named.nickname.is_empty()) {
        return Err(Refusal::business("iot.device.NullDeviceName"));
    }
    let x509 = registry.config.products[product].auth_type == "x509";
    names.truncate(if x509 { X509_NAMES_MAX } else { NAMES_MAX });

    let faults = faults_of(registry, product, &names);
    let choices = &registry.config.choices;
    let at_once = |kind: Kind| kind.reported(choices) == Reported::AtOnce;
    if let Some(worst) = faults.iter().map(|(_, kind)| *kind).filter(|kind| at_once(*kind)).min() {
        let reported: Vec<(usize, Kind)> = faults.into_iter().filter(|(_, kind)| at_once(*kind)).collect();
        let data = failure_lists(&names, &reported);
        return Err(Refusal::Business { code: worst.code().into(), fields: vec![("Data", Node::Object(data))] });
    }
    let mut failed: BTreeMap<u32, String> = spread(failing_devices(call.hits), names.len() as u32)
        .map(|index| (index, "The check failed.".to_owned()))
        .collect();
    for (index, kind) in faults {
        join(failed.entry(index as u32).or_default(), kind.message());
    }
    let check = Phase {
        started_at_ms: call.now_ms,
        ends_at_ms: call.ends_at_ms(registry.config.check_ms.into()),
        failed: failed.into_iter().collect(),
    };
    let batch = registry.submit_check(call.account, product, names, check);
    let apply_id = apply_id_node(registry.batches[batch].apply_id, &registry.config.choices);
    Ok(vec![("Data", Node::Object(vec![("ApplyId", apply_id)]))])
}

/// What can be wrong with a name; of several the first gives the reply its code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    MalformedName,
    MalformedNickname,
    Repeated,
    Taken,
}

impl Kind {
    fn reported(self, choices: &crate::choices::Choices) -> Reported {
        match self {
            Self::MalformedName => choices.malformed_names,
            Self::MalformedNickname => choices.malformed_nicknames,
            Self::Repeated => choices.repeated_names,
            Self::Taken => choices.taken_names,
        }
    }

    fn code(self) -> &'static str {
        match self {
            Self::MalformedName => "iot.device.InvalidFormattedDeviceName",
            Self::MalformedNickname => "iot.device.InvalidDeviceNickNameExisted",
            Self::Repeated | Self::Taken => "iot.device.AlreadyExistedDeviceName",
        }
    }

    fn message(self) -> &'static str {
        match self {
            Self::MalformedName => MALFORMED_NAME,
            Self::MalformedNickname => MALFORMED_NICKNAME,
            Self::Repeated => REPEATED_NAME,
            Self::Taken => TAKEN_NAME,
        }
    }
}

/// Every fault of every name, in order of the names.
fn faults_of(registry: &Registry, product: usize, names: &[Named]) -> Vec<(usize, Kind)> {
    let mut first_seen: BTreeMap<&str, usize> = BTreeMap::new();
    let mut faults = Vec::new();
    for (index, named) in names.iter().enumerate() {
        let repeated = *first_seen.entry(&named.name).or_insert(index) != index;
        let found = [
            (!is_device_name(&named.name), Kind::MalformedName),
            (!is_nickname(&named.nickname), Kind::MalformedNickname),
            (repeated, Kind::Repeated),
            (registry.is_taken(product, &named.name), Kind::Taken),
        ];
        faults.extend(found.into_iter().filter(|(wrong, _)| *wrong).map(|(_, kind)| (index, kind)));
    }
    faults
}

/// The lists of a failed call, under the vendor's names, one of them misspelt (§0, 4).
fn failure_lists(names: &[Named], faults: &[(usize, Kind)]) -> Fields {
    let of_kinds = |kinds: &[Kind], text: fn(&Named) -> &str| -> Vec<Node> {
        faults.iter().filter(|(_, kind)| kinds.contains(kind)).map(|(index, _)| text(&names[*index]).into()).collect()
    };
    let mut messages: BTreeMap<usize, String> = BTreeMap::new();
    for (index, kind) in faults {
        join(messages.entry(*index).or_default(), kind.message());
    }
    let details = messages.into_iter().map(|(index, message)| {
        Node::Object(vec![
            ("DeviceName", names[index].name.as_str().into()),
            ("NickName", names[index].nickname.as_str().into()),
            ("ErrorMsg", message.into()),
        ])
    });
    vec![
        (
            "InvalidDeviceNameList",
            Node::wrapped("InvalidDeviceName", of_kinds(&[Kind::MalformedName], |named| &named.name)),
        ),
        (
            "InvalidDeviceNicknameList",
            Node::wrapped("InvalidDeviceNickname", of_kinds(&[Kind::MalformedNickname], |named| &named.nickname)),
        ),
        (
            "RepeatedDeviceNameList",
            Node::wrapped("RepeatDevieNameList", of_kinds(&[Kind::Repeated, Kind::Taken], |named| &named.name)),
        ),
        ("InvalidDetailList", Node::wrapped("InvalidDetailList", details.collect())),
    ]
}

/// Several errors of one device are joined by a bar (§2.2).
fn join(messages: &mut String, message: &str) {
    if !messages.is_empty() {
        messages.push('|');
    }
    messages.push_str(message);
}
