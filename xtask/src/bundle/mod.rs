//! `cargo xtask build`: the site as it is published. In: the sources. Out: `dist/`, a table of sizes, the sums of all
//! files, and a verdict on the budget.
//!
//! Trunk builds; what it leaves undone is done in [`site`], and compressed copies are put beside the files.

pub mod bill;
pub mod digest;
mod flags;
mod offline;
mod policy;
mod site;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::Value;

use crate::process::{find, output, run};
use crate::setup::{self, Places};

/// What a first visit may cost, in bytes as Brotli: the page, its glue, HTML and CSS.
const BUDGET: u64 = 170_000;

/// What is loaded when it is needed, so no part of the first visit: the engine, when a plan is reviewed or a journal is
/// found; the demo's cloud; what makes files that need large libraries; and the tab's icons of a run.
const ON_DEMAND: &[&str] = &["engine", "worker", "demo", "exporter", "tab-"];

/// The sums of all other files, by which a hosted copy is checked.
const SUMS: &str = "SHA256SUMS";

/// Sizes of one file in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Size {
    raw: u64,
    brotli: u64,
    gzip: u64,
}

/// Builds `dist/`; whether it keeps within the budget.
pub fn build() -> Result<bool> {
    let places = setup::prepare(setup::BUILD)?;
    // Not in cargo's target folder, which may be on another disk: this one is renamed to `dist` in the end.
    let folder = places.root().join("target/bundle");
    let mut trunk = places.command(places.trunk());
    // `NO_COLOR=1`, which many set, is not a value that this release of Trunk takes.
    trunk
        .env_remove("NO_COLOR")
        .args(["build", "--release", "--filehash=false", "--no-sri=true", "--dist"])
        .arg(&folder);
    trunk.env("CARGO_ENCODED_RUSTFLAGS", flags::encoded()?).envs(flags::BUILD_STD);
    run(trunk)?;

    site::begin(places.root(), &folder)?;
    shrink(&places, &folder)?;
    site::finish(&folder)?;
    offline::finish(places.root(), &folder).context("making the site an application")?;
    let sizes = compress(&places, &folder)?;

    // Beside the site, no part of it: nothing that a visitor's browser loads.
    site::write(&folder, bill::BILL, &bill::text(&places).context("listing the crates")?)?;
    let sums = digest::sums(&folder).context("adding up the site's files")?;
    site::write(&folder, SUMS, &sums)?;

    // Only now, so that a build that fails leaves the last good one.
    let dist = places.root().join("dist");
    if dist.exists() {
        fs::remove_dir_all(&dist).context("removing the last dist")?;
    }
    fs::rename(&folder, &dist).context("putting the new dist in its place")?;
    let (table, within) = report(&sizes);
    println!("{table}\n{sums}{}  {SUMS}", digest::sum(sums.as_bytes()));
    Ok(within)
}

/// Compiles the programs. Trunk does it again, in no time; but where the code has an error, Trunk buries it, and its
/// server goes on with what it last had.
pub fn compile(places: &Places, release: bool) -> Result<()> {
    let build = ["build", "--target", "wasm32-unknown-unknown", "--lib"];
    let page = ["--package", "iot-provisioner", "--package", "demo", "--bin", "provisioner", "--bin", "engine"];
    // By a call of its own, as Trunk does it: together cargo would join their features, and the page carry the exporter's.
    let exporter = ["--package", "exporter"];
    for packages in [page.as_slice(), &exporter] {
        let mut command = places.cargo(&[&build, packages].concat());
        if release {
            command.arg("--release");
        }
        run(command)?;
    }
    Ok(())
}

/// Makes the program smaller: names that module and glue share, the glue's layout.
fn shrink(places: &Places, folder: &Path) -> Result<()> {
    let mut command = places.command(node()?);
    command.arg(places.root().join("xtask/shrink.mjs")).arg(folder).arg(places.wasm_opt()).arg(places.terser());
    run(command)
}

fn node() -> Result<PathBuf> {
    find("node").context("node was not found on the PATH: install Node.js 18 or newer")
}

fn compress(places: &Places, folder: &Path) -> Result<BTreeMap<String, Size>> {
    let mut command = places.command(node()?);
    command.arg(places.root().join("xtask/compress.mjs")).arg(folder);
    sizes(&output(command)?)
}

fn sizes(json: &str) -> Result<BTreeMap<String, Size>> {
    let value: BTreeMap<String, Value> = serde_json::from_str(json).context("reading the sizes")?;
    let size = |(name, value): (String, Value)| {
        let field = |field: &str| value[field].as_u64().with_context(|| format!("no size {field} of {name}"));
        let size = Size { raw: field("raw")?, brotli: field("brotli")?, gzip: field("gzip")? };
        Ok((name, size))
    };
    value.into_iter().map(size).collect()
}

/// The table of sizes, and whether the first visit keeps within the budget.
fn report(sizes: &BTreeMap<String, Size>) -> (String, bool) {
    let line = |name: &str, size: Size, note: &str| {
        format!("{name:<44} {:>10} {:>10} {:>10}  {note}\n", size.raw, size.gzip, size.brotli)
    };
    let mut table = format!("{:<44} {:>10} {:>10} {:>10}\n", "file in dist/, sizes in bytes", "raw", "gzip", "brotli");
    let mut first = Size { raw: 0, brotli: 0, gzip: 0 };
    for (name, size) in sizes {
        let on_demand = ON_DEMAND.iter().any(|program| name.starts_with(program));
        table.push_str(&line(name, *size, if on_demand { "on demand" } else { "" }));
        if !on_demand {
            first.raw += size.raw;
            first.gzip += size.gzip;
            first.brotli += size.brotli;
        }
    }
    let within = first.brotli <= BUDGET;
    let verdict = if within { "within" } else { "ABOVE" };
    table.push_str(&line("first visit", first, &format!("{verdict} the budget of {BUDGET} as Brotli")));
    (table, within)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_budget_counts_brotli_of_the_first_visit_only() {
        let json = |page: u64| {
            format!(
                "{{\"page.wasm\":{{\"raw\":900000,\"brotli\":{page},\"gzip\":300000}},\
                  \"demo-1.wasm\":{{\"raw\":900000,\"brotli\":90000,\"gzip\":300000}}}}"
            )
        };
        assert!(report(&sizes(&json(BUDGET)).unwrap()).1);
        let (table, within) = report(&sizes(&json(BUDGET + 1)).unwrap());
        assert!(!within && table.contains("ABOVE"), "{table}");
        assert!(sizes("{\"page.wasm\":{\"raw\":1}}").is_err());
    }
}
