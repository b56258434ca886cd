//! Packages of other languages: tools for the page, the vendor's official SDKs, readers of exported files, what benches
//! need. In: a folder that pins them, those that they need included, each with the sum of what is fetched. Out: a folder
//! for each, made anew when its pins change.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::install::{aside, complete};
use crate::process::{find, output, run};

/// The files that say what is to be installed, each package with its version.
pub const NODE_PINS: &[&str] = &["package.json", "package-lock.json"];
/// The same for Python.
const PYTHON_PINS: &str = "requirements.txt";
/// What builds those of Python's packages that come as sources alone, where there are such.
const PYTHON_BUILD_PINS: &str = "build.txt";

/// Whether a folder with the Node.js packages that `pins` names is there, just as they are pinned.
pub fn has_node_packages(pins: &Path, folder: &Path) -> bool {
    folder.join("node_modules").is_dir() && is_pinned(pins, folder, NODE_PINS)
}

/// Whether an environment with the Python packages that `pins` names is there, just as they are pinned.
pub fn has_python_packages(pins: &Path, folder: &Path) -> bool {
    folder.join("bin/python").is_file() && is_pinned(pins, folder, &python_pins(pins))
}

/// Whether python3 is there and can make an environment of its own, which Debian has in a package beside it.
pub fn has_python() -> bool {
    let Some(python) = find("python3") else { return false };
    let mut command = Command::new(python);
    command.args(["-c", "import ensurepip, venv"]);
    output(command).is_ok()
}

/// Fetches packages from npm's registry into a folder.
pub fn install_node_packages(pins: &Path, folder: &Path) -> Result<()> {
    let Some(npm) = find("npm") else { bail!("npm was not found on the PATH") };
    let unfinished = aside(folder)?;
    fs::create_dir_all(&unfinished).with_context(|| format!("making {}", unfinished.display()))?;
    copy_pins(pins, &unfinished, NODE_PINS)?;
    let mut command = Command::new(npm);
    command.args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"]).current_dir(&unfinished);
    run(command)?;
    complete(&unfinished, folder)
}

/// Fetches packages from the Python package index, into an environment of their own.
pub fn install_python_packages(pins: &Path, folder: &Path) -> Result<()> {
    let Some(python) = find("python3") else { bail!("python3 was not found on the PATH") };
    let unfinished = aside(folder)?;
    let mut command = Command::new(python);
    command.args(["-m", "venv"]).arg(&unfinished);
    run(command)?;
    let files = python_pins(pins);
    for file in &files {
        let mut command = Command::new(unfinished.join("bin/python"));
        command.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]);
        // For a build of its own pip would fetch what the package names, whatever its version and its sum.
        command.args(["--no-build-isolation", "--require-hashes", "--requirement"]).arg(pins.join(file));
        run(command)?;
    }
    copy_pins(pins, &unfinished, &files)?;
    complete(&unfinished, folder)
}

/// What is installed from a folder, one after the other.
fn python_pins(pins: &Path) -> Vec<&'static str> {
    let build = Some(PYTHON_BUILD_PINS).filter(|file| pins.join(file).is_file());
    build.into_iter().chain([PYTHON_PINS]).collect()
}

/// Whether the installed folder was made from these very pins.
fn is_pinned(checks: &Path, installed: &Path, pins: &[&str]) -> bool {
    pins.iter().all(|pin| {
        let wanted = fs::read(checks.join(pin)).ok();
        wanted.is_some() && wanted == fs::read(installed.join(pin)).ok()
    })
}

fn copy_pins(checks: &Path, folder: &Path, pins: &[&str]) -> Result<()> {
    for pin in pins {
        let from = checks.join(pin);
        fs::copy(&from, folder.join(pin)).with_context(|| format!("copying {}", from.display()))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_made_from_other_pins_is_not_taken_for_installed() {
        let folder = std::env::temp_dir().join(format!("xtask-pins-{}", std::process::id()));
        let (checks, installed) = (folder.join("checks"), folder.join("installed"));
        fs::create_dir_all(&checks).unwrap();
        fs::create_dir_all(&installed).unwrap();
        let is_pinned = || is_pinned(&checks, &installed, &python_pins(&checks));
        assert!(!is_pinned(), "no pins at all");
        fs::write(checks.join(PYTHON_PINS), "sdk==1\n").unwrap();
        assert!(!is_pinned(), "nothing installed");
        copy_pins(&checks, &installed, &python_pins(&checks)).unwrap();
        assert!(is_pinned());
        fs::write(checks.join(PYTHON_BUILD_PINS), "builder==1\n").unwrap();
        assert!(!is_pinned(), "something builds it now");
        copy_pins(&checks, &installed, &python_pins(&checks)).unwrap();
        assert!(is_pinned());
        fs::write(checks.join(PYTHON_PINS), "sdk==2\n").unwrap();
        assert!(!is_pinned(), "another version is wanted");
        fs::remove_dir_all(&folder).unwrap();
    }

    /// The lines that are no comment; one that ends in a backslash goes on.
    fn requirements(file: &Path) -> Vec<String> {
        let text = fs::read_to_string(file).unwrap().replace("\\\n", "");
        let lines = text.lines().filter(|line| !line.trim_start().starts_with('#') && !line.trim().is_empty());
        lines.map(str::to_owned).collect()
    }

    #[test]
    fn every_package_for_python_has_its_sums_and_the_version_that_was_chosen() {
        let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests");
        for pins in [tests.join("export"), tests.join("sdk/python")] {
            for file in python_pins(&pins) {
                for line in requirements(&pins.join(file)) {
                    assert!(line.contains("==") && line.contains(" --hash=sha256:"), "{}: {line}", pins.display());
                }
            }
            let locked = requirements(&pins.join(PYTHON_PINS));
            for chosen in requirements(&pins.join("requirements.in")) {
                let begins = |line: &String| line.split(' ').next() == Some(chosen.as_str());
                assert!(locked.iter().any(begins), "{}: {chosen} is not locked", pins.display());
            }
        }
    }
}
