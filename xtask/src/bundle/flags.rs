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

/// Replaces the flags of `.cargo/config.toml`, so it repeats the one that stands there.
const ERASED_VIEWS: [&str; 2] = ["--cfg", "erase_components"];

/// The value of `CARGO_ENCODED_RUSTFLAGS`: one flag after the other, parted by the unit separator.
pub fn encoded() -> Result<OsString> {
    let mut flags: Vec<OsString> = ERASED_VIEWS.iter().map(OsString::from).collect();
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
    fn the_flags_of_cargos_own_file_are_repeated_and_the_home_folder_is_only_mapped_away() {
        let flags = encoded().unwrap().into_string().unwrap();
        let config = include_str!("../../../.cargo/config.toml");
        assert!(config.contains(&format!("rustflags = [\"{}\", \"{}\"]", ERASED_VIEWS[0], ERASED_VIEWS[1])));
        assert!(flags.starts_with("--cfg\u{1f}erase_components\u{1f}--remap-path-prefix="), "{flags}");
        assert!(
            flags.split('\u{1f}').skip(2).all(|flag| flag.ends_with("=crates") || flag.ends_with("=rust")),
            "{flags}"
        );
    }
}
