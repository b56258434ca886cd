//! English: what was learnt from the cloud before a run.

use provisioner_core::model::device::AuthType;
use provisioner_core::model::lookup::{Sought, SoughtNames};
use provisioner_core::plan::Route;

use super::super::LookupTexts;
use super::{counted, duration, number};
use crate::protocol::Learnt;

/// What was learnt from the cloud.
pub(super) const LOOKUP: LookupTexts = LookupTexts {
    ask: "Look the product up in the cloud",
    asking: "Asking the cloud…",
    proven: |route| match route {
        Route::Demo => "The demo's cloud answers.",
        Route::Proxy { .. } => "The connection works: key, clock, endpoint and proxy are in order.",
        Route::Direct => "The connection works: key, clock and endpoint are in order.",
    },
    name: "Product name",
    auth: "Authentication",
    auth_type: |auth_type| match auth_type {
        AuthType::Secret => "DeviceSecret",
        AuthType::X509 => "X.509 certificate",
        AuthType::Id2 => "ID²",
        AuthType::Other => "unknown",
    },
    node: "Node type",
    node_type: |is_gateway| if is_gateway { "Gateway" } else { "Device" },
    devices: "Devices in it now",
    device_count: |count| {
        count.map_or_else(|| "not told".to_owned(), |count| number(count.try_into().unwrap_or(u32::MAX)))
    },
    denied: "This key may not look products up (iot:QueryProductList). That is fine: the run does not need it.",
    absent: |plan, seen, total| {
        if u64::from(seen) < total {
            return format!(
                "{} is not among the newest {} of {total} products. Older ones are not looked through; the run does not \
                 need it.",
                plan.product_key,
                number(seen)
            );
        }
        let place = match &plan.instance_id {
            Some(instance) => ["in the instance ", instance].concat(),
            None => "without an instance ID".to_owned(),
        };
        format!(
            "{} is not among the {} that this account has in {} {place}. Check the region, the instance ID and whose key \
             this is.",
            plan.product_key,
            counted(seen, "product", "products"),
            plan.target.region_id
        )
    },
    x509: "An X.509 product: its devices have certificates and no DeviceSecret. When the run has ended, this page asks for \
           the links to them. Names go in batches of 1,000, since the cloud drops what is beyond.",
    x509_region: |region| {
        ["X.509 products are made in cn-shanghai only; ", region, " may refuse them (iot.device.RegionNotSupportX509)."]
            .concat()
    },
    x509_batches: "1,000 names at most in each",
    x509_unknown: "If this is an X.509 product, the cloud takes 1,000 names at a time and drops the rest without a word: look \
                   it up, and the batches are cut to fit.",
    names_ask: "Check the names against the product",
    names_hint: |calls, ms| {
        [
            &counted(calls, "call", "calls"),
            ", at least ",
            &duration(ms),
            ". The answers hold DeviceSecrets of devices that exist; only their names are read.",
        ]
        .concat()
    },
    names_too_many: |limit| {
        [
            "Lists of more than ",
            &number(limit),
            " names are not checked against the product here; the run's own check is.",
        ]
        .concat()
    },
    names_asked,
    names_stop: "Stop",
    said: |learnt| match learnt {
        Learnt::Product(Sought::Found(product)) => Some(["Found: ", &product.name].concat()),
        Learnt::Product(Sought::Absent { .. }) => Some("The product was not found.".to_owned()),
        Learnt::Names(names) if names.is_over => Some(names_asked(names)),
        Learnt::Product(Sought::Denied) => Some("The connection works; the key may not look products up.".to_owned()),
        Learnt::Product(Sought::Failed) | Learnt::Names(_) | Learnt::Connection(_) => None,
    },
};

fn names_asked(names: &SoughtNames) -> String {
    let &SoughtNames { asked, of, existing, is_over, .. } = names;
    let (asked_text, of_text) = (number(asked), counted(of, "name", "names"));
    if !is_over {
        return format!("{asked_text} of {of_text} checked");
    }
    let rest = if asked < of { " The others were not looked for." } else { "" };
    let found = match existing {
        0 => "none exists".to_owned(),
        1 => "1 existed already".to_owned(),
        count => [&number(count), " existed already"].concat(),
    };
    format!("{asked_text} of {of_text} checked: {found} in the product.{rest}")
}
