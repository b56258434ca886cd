//! What the site is made of. In: where the tools are. Out: whether every crate of it is on the bill of materials.

use std::collections::BTreeSet;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::bundle::bill;
use crate::process::{Captured, output};
use crate::setup::Places;

/// Is every crate on the bill that cargo compiles for the site?
pub fn bill(places: &Places) -> Result<Captured> {
    let bill: Value = serde_json::from_str(&bill::text(places)?).context("reading the bill")?;
    let components = bill["components"].as_array().context("the bill has no components")?;
    let listed: BTreeSet<String> = components.iter().filter_map(named).collect();
    let mut missing = BTreeSet::new();
    let mut seen = 0;
    for program in bill::PROGRAMS {
        let tree = ["tree", "--locked", "--edges=no-dev", "--prefix=none", "--format={p}", "--target", bill::TARGET];
        let text = output(places.cargo(&[&tree[..], &["--package", program]].concat()))?;
        // `name v1.2.3`, and `(proc-macro)`, a path or `(*)` behind it.
        let crates: BTreeSet<String> = text.lines().filter_map(|line| line.split_once(" v")).map(of_tree).collect();
        ensure!(crates.len() > 1, "cargo has no tree of {program}");
        seen += crates.len();
        // The application itself is what the bill is of.
        missing.extend(
            crates.into_iter().filter(|entry| !entry.starts_with("iot-provisioner ") && !listed.contains(entry)),
        );
    }
    let mut text: String = missing.iter().map(|name| format!("{name} is not on the bill\n")).collect();
    text.push_str(&format!("{} entries on the bill, {seen} in the programs' trees\n", listed.len()));
    Ok(Captured { success: missing.is_empty(), text })
}

fn named(component: &Value) -> Option<String> {
    Some(format!("{} {}", component["name"].as_str()?, component["version"].as_str()?))
}

fn of_tree((name, rest): (&str, &str)) -> String {
    format!("{name} {}", rest.split(' ').next().unwrap_or_default())
}
