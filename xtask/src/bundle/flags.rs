//! The compiler's flags for a published build. In: where cargo and rustc keep their sources. Out: one environment value.
//!
//! Panic messages carry the paths of sources. What is published must not tell how the builder's folders are called,
//! must not depend on them, and is smaller with short ones.

use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use crate::process::output;

/// The value of `CARGO_ENCODED_RUSTFLAGS`: one flag after the other, parted by the unit separator.
pub fn encoded() -> Result<OsString> {
    let mut flags: Vec<OsString> = Vec::new();
    let mut remap = |from: PathBuf, to: &str| {
        let mut flag = OsString::from("--remap-path-prefix=");
        flag.push(from);
        flag.push("=");
        flag.push(to);
        flags.push(flag);
    };
    let registries = cargo_home()?.join("registry/src");
    let mut folders: Vec<PathBuf> = match fs::read_dir(&registries) {
        Ok(entries) => entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?,
        // Sources that were never fetched are vendored, below the project.
        Err(_) => Vec::new(),
    };
    folders.sort();
    for folder in folders {
        remap(folder, "crates");
    }
    let mut rustc = Command::new("rustc");
    rustc.args(["--print", "sysroot"]);
    remap(PathBuf::from(output(rustc)?.trim()).join("lib/rustlib/src/rust"), "rust");
    Ok(flags.join(&OsString::from("\u{1f}")))
}

fn cargo_home() -> Result<PathBuf> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    home.or_else(|| std::env::home_dir().map(|home| home.join(".cargo"))).context("no home folder, no CARGO_HOME")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_folder_of_sources_is_mapped_to_a_short_name() {
        let flags = encoded().unwrap().into_string().unwrap();
        let mapped = |flag: &str| {
            flag.starts_with("--remap-path-prefix=/") && (flag.ends_with("=crates") || flag.ends_with("=rust"))
        };
        assert!(flags.split('\u{1f}').all(mapped), "{flags}");
        // The project's own flags would be lost beside these: there are none.
        assert!(!include_str!("../../../.cargo/config.toml").contains("rustflags"));
    }
}
