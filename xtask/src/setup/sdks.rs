//! Packages of other languages: tools for the page, the vendor's official SDKs, readers of exported files, what benches
//! need. In: a folder that pins them. Out: a folder for each, made anew when its pins change.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::install::{aside, complete};
use crate::process::{find, output, run};

/// The files that say what is to be installed, each package with its version.
pub const NODE_PINS: &[&str] = &["package.json", "package-lock.json"];
/// The same for Python.
const PYTHON_PINS: &[&str] = &["requirements.txt"];

/// Whether a folder with the Node.js packages that `pins` names is there, just as they are pinned.
pub fn has_node_packages(pins: &Path, folder: &Path) -> bool {
    folder.join("node_modules").is_dir() && is_pinned(pins, folder, NODE_PINS)
}

/// Whether an environment with the Python packages that `pins` names is there, just as they are pinned.
pub fn has_python_packages(pins: &Path, folder: &Path) -> bool {
    folder.join("bin/python").is_file() && is_pinned(pins, folder, PYTHON_PINS)
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
    let mut command = Command::new(unfinished.join("bin/python"));
    command.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"]);
    command.arg(pins.join("requirements.txt"));
    run(command)?;
    copy_pins(pins, &unfinished, PYTHON_PINS)?;
    complete(&unfinished, folder)
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
        assert!(!is_pinned(&checks, &installed, PYTHON_PINS), "no pins at all");
        fs::write(checks.join("requirements.txt"), "sdk==1\n").unwrap();
        assert!(!is_pinned(&checks, &installed, PYTHON_PINS), "nothing installed");
        copy_pins(&checks, &installed, PYTHON_PINS).unwrap();
        assert!(is_pinned(&checks, &installed, PYTHON_PINS));
        fs::write(checks.join("requirements.txt"), "sdk==2\n").unwrap();
        assert!(!is_pinned(&checks, &installed, PYTHON_PINS), "another version is wanted");
        fs::remove_dir_all(&folder).unwrap();
    }
}
