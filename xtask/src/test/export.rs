//! Exported files, the heavy formats included. In: where the tools are. Out: whether they compile for the browser too, and
//! whether programs that are not ours read them as they are meant.
//!
//! The checks themselves are tests/export; the files are made by an example of the core.

use anyhow::{Context, Result};

use super::steps::{WASM, all};
use crate::process::Captured;
use crate::serve::target_folder;
use crate::setup::Places;

/// The core with the formats that no other step compiles.
const EXPORTER: &[&str] = &["--package", "provisioner-core", "--features", "exporter"];

/// Do the lints pass with the heavy formats, natively and for the browser?
pub fn lints(places: &Places) -> Result<Captured> {
    let deny: &[&str] = &["--", "-D", "warnings"];
    all(vec![
        places.cargo(&[&["clippy", "--all-targets"], EXPORTER, deny].concat()),
        places.cargo(&[&["clippy", "--lib", "--target", WASM, "--package", "exporter"], EXPORTER, deny].concat()),
    ])
}

/// The exporters' own tests.
pub fn tests(places: &Places) -> Result<Captured> {
    all(vec![places.cargo(&[&["test", "--lib"], EXPORTER, &["export::"]].concat())])
}

/// One file of every format, read by programs that are not ours.
pub fn read_back(places: &Places) -> Result<Captured> {
    let samples = target_folder()?.join("export-samples");
    let folder = samples.to_str().context("the target folder's path is no text")?;
    let made = all(vec![
        places.cargo(&[&["run", "--quiet", "--example", "export_samples"], EXPORTER, &["--", folder]].concat()),
    ])?;
    if !made.success {
        return Ok(made);
    }
    let mut command = places.command(places.export_readers().join("bin/python"));
    // Nothing is to be left beside the sources.
    command.arg("-B").arg(places.export_checks().join("main.py")).arg(&samples);
    command.env("AGE", places.age().context("age is gone")?);
    all(vec![command])
}
