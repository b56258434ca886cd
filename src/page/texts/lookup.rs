//! The sentences about what was learnt from the cloud before a run, as every language has to provide them.

use provisioner_core::model::device::AuthType;
use provisioner_core::model::lookup::SoughtNames;
use provisioner_core::plan::{Outline, Route};

use crate::protocol::Learnt;

/// What was learnt from the cloud.
pub(in crate::page) struct LookupTexts {
    /// Button that looks the product up.
    pub ask: &'static str,
    /// While the cloud is asked.
    pub asking: &'static str,
    /// The cloud has answered: what that proves, by the way to it.
    pub proven: fn(&Route) -> &'static str,
    /// Name of the product's name.
    pub name: &'static str,
    /// Name of how its devices prove who they are.
    pub auth: &'static str,
    /// How they do.
    pub auth_type: fn(AuthType) -> &'static str,
    /// Name of the node type.
    pub node: &'static str,
    /// The node type.
    pub node_type: fn(is_gateway: bool) -> &'static str,
    /// Name of the number of devices, as it was when the cloud was asked.
    pub devices: &'static str,
    /// The number of devices.
    pub device_count: fn(Option<u64>) -> String,
    /// The key has no right to look.
    pub denied: &'static str,
    /// The product is not among so many of the newest.
    pub absent: fn(&Outline, seen: u32, total: u64) -> String,
    /// What differs for an X.509 product.
    pub x509: &'static str,
    /// The region has none.
    pub x509_region: fn(region: &str) -> String,
    /// In place of the hint on batches.
    pub x509_batches: &'static str,
    /// So many names may be too many, should it be one.
    pub x509_unknown: &'static str,
    /// Button that asks which names the product has.
    pub names_ask: &'static str,
    /// What that takes.
    pub names_hint: fn(calls: u32, ms: u64) -> String,
    /// The list is too long for it; with the longest.
    pub names_too_many: fn(limit: u32) -> String,
    /// So many of so many names were asked about.
    pub names_asked: fn(&SoughtNames) -> String,
    /// Button that ends it.
    pub names_stop: &'static str,
    /// What to say aloud of what was learnt, if anything.
    pub said: fn(&Learnt) -> Option<String>,
}
