//! Is the published site the same wherever it is built? In: the commit that is checked out. Out: one case for each file of
//! two builds of it.
//!
//! The two differ in what a builder's machine puts into a program by accident: the folder (of another length), cargo's
//! home, and when the sources of crates were unpacked. They share the tools: rustc, wasm-bindgen, wasm-opt, terser and
//! Node.js are part of what makes the bytes.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use crate::bundle::digest;
use crate::process::{Captured, output, run};
use crate::setup::{Places, cargo, cargo_home};

/// Builds the commit twice and compares.
pub fn builds(places: &Places) -> Result<Captured> {
    let folder = places.root().join("target/reproducible");
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| format!("removing {}", folder.display()))?;
    }
    fs::create_dir_all(&folder).with_context(|| format!("making {}", folder.display()))?;
    let here = cargo_home()?;
    let elsewhere = folder.join("cargo-home-of-somebody-else");
    copy_home(&here, &elsewhere)?;
    let one = build(places, &folder.join("one"), &here)?;
    let two = build(places, &folder.join("in/quite/another/folder"), &elsewhere)?;
    let compared = compare(&one, &two);
    // What differs is to be looked at.
    if compared.success {
        fs::remove_dir_all(&folder).with_context(|| format!("removing {}", folder.display()))?;
    }
    Ok(compared)
}

/// A cargo home with the same crates, still packed, and the same settings.
fn copy_home(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to.join("registry")).with_context(|| format!("making {}", to.display()))?;
    for part in ["registry/index", "registry/cache", "config.toml"] {
        if from.join(part).exists() {
            let mut command = Command::new("cp");
            command.arg("-r").arg(from.join(part)).arg(to.join(part));
            run(command)?;
        }
    }
    Ok(())
}

/// The sums of all files of a site that a clone of the commit builds.
fn build(places: &Places, clone: &Path, cargo_home: &Path) -> Result<BTreeMap<String, String>> {
    let commit = output(git(places.root(), &["rev-parse", "HEAD"]))?;
    let mut command = git(places.root(), &["clone", "--quiet", "--no-checkout"]);
    command.arg(places.root()).arg(clone);
    run(command)?;
    run(git(clone, &["checkout", "--quiet", "--detach", commit.trim()]))?;
    let mut command = Command::new(cargo());
    command.args(["xtask", "build"]).current_dir(clone);
    command.env("CARGO_HOME", cargo_home).env_remove("CARGO_TARGET_DIR");
    run(command)?;
    sums(&clone.join("dist"))
}

fn git(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new("git");
    command.args(arguments).current_dir(folder);
    command
}

/// The sums of a site's files, the file of these sums included, so that it is compared too.
fn sums(folder: &Path) -> Result<BTreeMap<String, String>> {
    let sums = digest::sums(folder)?;
    let pair = |line: &str| line.split_once("  ").map(|(sum, name)| (name.to_owned(), sum.to_owned()));
    Ok(sums.lines().filter_map(pair).collect())
}

/// A line for each file, and the count of them as a test program ends with it.
fn compare(one: &BTreeMap<String, String>, two: &BTreeMap<String, String>) -> Captured {
    let names: BTreeSet<&String> = one.keys().chain(two.keys()).collect();
    let differing: Vec<&&String> = names.iter().filter(|name| one.get(**name) != two.get(**name)).collect();
    let mut text: String =
        differing.iter().map(|name| format!("{name} differs, or is missing in one build\n")).collect();
    let (passed, failed) = (names.len() - differing.len(), differing.len());
    text.push_str(&format!("test result: {passed} passed; {failed} failed\n"));
    Captured { success: failed == 0 && passed > 0, text }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(files: &[(&str, &str)]) -> BTreeMap<String, String> {
        files.iter().map(|(name, sum)| ((*name).to_owned(), (*sum).to_owned())).collect()
    }

    #[test]
    fn a_file_that_differs_or_is_missing_is_named() {
        let one = site(&[("a", "1"), ("b", "1"), ("c", "1")]);
        assert!(compare(&one, &one).success);
        let compared = compare(&one, &site(&[("a", "1"), ("b", "2"), ("d", "1")]));
        let expected = "b differs, or is missing in one build\nc differs, or is missing in one build\n\
                        d differs, or is missing in one build\ntest result: 1 passed; 3 failed\n";
        assert_eq!((compared.success, compared.text.as_str()), (false, expected));
        assert!(!compare(&site(&[]), &site(&[])).success, "two builds of nothing prove nothing");
    }
}
