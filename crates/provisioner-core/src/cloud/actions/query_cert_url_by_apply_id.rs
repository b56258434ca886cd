//! `QueryCertUrlByApplyId`: the address of the archive that holds a batch's X.509 certificates; no quota is documented.
//! Source: help page 89261 (2026): the link is valid for 30 days, and whoever has it has the certificates' keys. So it
//! is a secret.

use serde_json::Value;

use super::{Answer, Call, call, text};
use crate::model::action::Action;
use crate::plan::Plan;
use crate::secret::Secret;

/// Asks for a batch's archive.
#[must_use]
pub fn ask(plan: &Plan, apply_id: &str) -> Call {
    call(Action::QueryCertUrlByApplyId, plan, [("ApplyId", apply_id.to_owned())])
}

/// `CertUrl` stands in `Data`; some answers of this family have their fields at the top level.
pub(super) fn read(reply: &Value) -> Result<Answer, String> {
    let places = [text(&reply["Data"], "CertUrl"), text(reply, "CertUrl")];
    let address = places.into_iter().find(|address| address.starts_with("https://"));
    let address = address.ok_or("Data.CertUrl is missing, or is not https")?;
    Ok(Answer::Certificates { address: Secret::new(address.to_owned()) })
}
