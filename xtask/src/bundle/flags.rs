//! The compiler's flags for a published build. In: where cargo and rustc keep their sources. Out: one environment value.
//!
//! Panic messages carry the paths of sources. What is published must not tell how the builder's folders are called,
//! must not depend on them, and is smaller without.
//!
//! The standard library is compiled anew with the page, without what formats the message of a panic: a panic ends the
//! program at once all the same, and nobody reads its message in a worker. That is a sixth of the first visit. Cargo
//! calls it unstable, so that the compiler, whose version the project's users choose, has to be told to allow it; only
//! the published page is built in this way, never what tests run natively or what is served while it is worked on.

use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use crate::process::output;
use crate::setup::cargo_home;

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
    flags.extend(SMALLER.map(OsString::from));
    Ok(flags.join(&OsString::from("\u{1f}")))
}

/// Panics end the program without a word, and nothing formats values for debugging; SHA-256 in its small form, which
/// hashes a request in no time all the same.
const SMALLER: [&str; 5] = [
    "-Zunstable-options",
    "-Cpanic=immediate-abort",
    "-Zlocation-detail=none",
    "-Zfmt-debug=none",
    "--cfg=sha2_backend_soft=\"compact\"",
];

/// What makes cargo compile the standard library anew (The Cargo Book, "Unstable Features", build-std).
pub const BUILD_STD: [(&str, &str); 3] = [
    ("RUSTC_BOOTSTRAP", "1"),
    ("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort"),
    ("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_folder_of_sources_is_mapped_to_a_short_name() {
        let flags = encoded().unwrap().into_string().unwrap();
        let mapped = |flag: &str| {
            flag.starts_with("--remap-path-prefix=/") && (flag.ends_with("=crates") || flag.ends_with("=rust"))
        };
        let mut flags = flags.split('\u{1f}');
        assert!(flags.all(|flag| mapped(flag) || SMALLER.contains(&flag)));
        // The project's own flags would be lost beside these: there are none.
        assert!(!include_str!("../../../.cargo/config.toml").contains("rustflags"));
    }
}
