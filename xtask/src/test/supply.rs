//! What the site is made of and built with. In: where the tools are. Out: whether every crate of it is on the bill of
//! materials, and whether every crate of both workspaces is one that deny.toml lets in.

use std::collections::BTreeSet;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::steps::all;
use crate::bundle::bill;
use crate::process::{Captured, output};
use crate::setup::Places;

/// The project's workspaces, by their manifests: fuzzing has one of its own.
const WORKSPACES: [&str; 2] = ["Cargo.toml", "fuzz/Cargo.toml"];

/// What is said of advisories that were not looked at, so that nobody takes it for a verdict.
const NOT_ASKED: &str = "NOT CHECKED: the database of advisories, a git repository on the internet, could not be fetched; \
                         why stands below. Nothing is said of the crates.\n";

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

/// May every crate of both workspaces come in, under its licence and from where it is? An entry that the first of them does
/// not need is a breach; the second has fewer crates.
pub fn bans_licences_sources(places: &Places) -> Result<Captured> {
    let checks = ["bans", "licenses", "sources"];
    let [ours, fuzzing] = WORKSPACES;
    // The one exception that is not needed here is libFuzzer's.
    let strict: &[&str] = &["check", "--deny", "warnings", "--allow", "license-exception-not-encountered"];
    let allowed = "unmatched-skip license-not-encountered license-exception-not-encountered";
    let lenient: Vec<&str> =
        ["check"].into_iter().chain(allowed.split(' ').flat_map(|code| ["--allow", code])).collect();
    all(vec![
        deny(places, ours, &[strict, &checks].concat()),
        deny(places, fuzzing, &[lenient.as_slice(), &checks].concat()),
    ])
}

/// Is a fault known of any crate of both workspaces, or was one taken back?
pub fn advisories(places: &Places) -> Result<Captured> {
    let [ours, fuzzing] = WORKSPACES;
    let fetched = all(vec![deny(places, ours, &["fetch", "db"])])?;
    if !fetched.success {
        return Ok(Captured { success: false, text: format!("{NOT_ASKED}{}", fetched.text) });
    }
    let check = ["check", "advisories"];
    all(vec![deny(places, ours, &check), deny(places, fuzzing, &check)])
}

fn deny(places: &Places, manifest: &str, arguments: &[&str]) -> Command {
    let mut command = places.command(places.cargo_deny());
    command.args(["--color", "never", "--locked", "--workspace", "--manifest-path", manifest, "--config", "deny.toml"]);
    command.args(arguments);
    command
}

fn named(component: &Value) -> Option<String> {
    Some(format!("{} {}", component["name"].as_str()?, component["version"].as_str()?))
}

fn of_tree((name, rest): (&str, &str)) -> String {
    format!("{name} {}", rest.split(' ').next().unwrap_or_default())
}
