//! Hashes of files. In: their bytes. Out: names, values of `integrity`, and sums that a user can compare.
//!
//! Sources: FIPS 180-4 (SHA-2), Subresource Integrity (w3.org/TR/SRI).

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest as _, Sha256, Sha384};

/// SHA-256 as `sha256sum` prints it.
pub fn sum(content: &[u8]) -> String {
    Sha256::digest(content).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What stands in a file's name: the first sixteen digits of its sum.
pub fn short(content: &[u8]) -> String {
    let mut sum = sum(content);
    sum.truncate(16);
    sum
}

/// The value of `integrity` for this content.
pub fn integrity(content: &[u8]) -> String {
    format!("sha384-{}", BASE64_STANDARD.encode(Sha384::digest(content)))
}

/// The sums of all files in a folder, sorted by their names, as `sha256sum --check` reads them.
pub fn sums(folder: &Path) -> Result<String> {
    let mut lines = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))? {
        let entry = entry.with_context(|| format!("reading {}", folder.display()))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type().with_context(|| format!("looking at {name}"))?.is_file() {
            let content = fs::read(entry.path()).with_context(|| format!("reading {name}"))?;
            lines.push((name, sum(&content)));
        }
    }
    lines.sort();
    Ok(lines.iter().map(|(name, sum)| format!("{sum}  {name}\n")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sums_of_a_folder_can_be_checked_by_anybody() {
        let folder = std::env::temp_dir().join(format!("xtask-sums-{}", std::process::id()));
        fs::create_dir_all(folder.join("folder")).unwrap();
        fs::write(folder.join("b"), "abc").unwrap();
        fs::write(folder.join("a.js"), "").unwrap();
        let sums = sums(&folder).unwrap();
        fs::write(folder.join("SUMS"), &sums).unwrap();
        let check = || {
            let mut command = std::process::Command::new("sha256sum");
            command.args(["--check", "--strict", "SUMS"]).current_dir(&folder);
            crate::process::output(command)
        };
        assert_eq!(check().unwrap(), "a.js: OK\nb: OK\n");
        fs::write(folder.join("b"), "abd").unwrap();
        assert!(check().is_err());
        fs::remove_dir_all(&folder).unwrap();
    }

    /// Examples of FIPS 180-4; the integrity by `openssl dgst -sha384 -binary | base64`.
    #[test]
    fn hashes_are_those_of_the_standards() {
        assert_eq!(sum(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!(short(b"abc"), "ba7816bf8f01cfea");
        let expected = "sha384-ywB1P0WjXou1oD1pmsZQBycsMqsO3tFjGotgWkP/W+2AhgcroefMI1i67KE0yCWn";
        assert_eq!(integrity(b"abc"), expected);
    }
}
