//! How pieces are installed: by rustup, cargo and apt. In: what, and into which folder. Out: that folder, complete.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::places::{Places, cargo};
use crate::process::{find, run};

/// Lets rustup add something to the toolchain of this project.
pub fn rustup(arguments: &[&str]) -> Result<()> {
    let Some(rustup) = find("rustup") else { bail!("rustup was not found on the PATH") };
    let mut command = Command::new(rustup);
    command.args(arguments);
    run(command)
}

/// Compiles a tool from the registry into `folder`, which appears only when it is complete.
pub fn cargo_install(places: &Places, package: &str, version: &str, features: &[&str], folder: &Path) -> Result<()> {
    let unfinished = aside(folder)?;
    let mut command = Command::new(cargo());
    command.args(["install", "--locked", package, "--version", version]).args(features);
    command.arg("--root").arg(&unfinished).arg("--target-dir").arg(places.scratch());
    // Away from the project, so that its settings for cargo do not apply.
    command.current_dir(places.tools());
    // The tools run for moments: half the compile time is worth more than their last quarter of speed.
    command.env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1").env("CARGO_PROFILE_RELEASE_LTO", "off");
    command.env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16").env("CARGO_PROFILE_RELEASE_DEBUG", "0");
    run(command)?;
    complete(&unfinished, folder)
}

/// The folder in which an install is made; what a broken one left there is removed.
pub fn aside(folder: &Path) -> Result<PathBuf> {
    let mut name = folder.as_os_str().to_owned();
    name.push(".unfinished");
    let unfinished = PathBuf::from(name);
    if unfinished.exists() {
        fs::remove_dir_all(&unfinished).with_context(|| format!("removing {}", unfinished.display()))?;
    }
    Ok(unfinished)
}

/// Puts what was installed aside in its place.
pub fn complete(unfinished: &Path, folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("removing {}", folder.display()))?;
    }
    fs::rename(unfinished, folder).with_context(|| format!("renaming to {}", folder.display()))
}

/// Installs Debian packages, as root or by a sudo that asks for no password.
pub fn apt_install(packages: &[&str]) -> Result<()> {
    let Some(apt) = find("apt-get") else { bail!("apt-get was not found: this is not a Debian machine") };
    let root = nix::unistd::geteuid().is_root();
    if !root && !may_sudo() {
        bail!("this needs root, and sudo would ask for a password");
    }
    let apt = |arguments: &[&str]| {
        let mut command = if root { Command::new(&apt) } else { Command::new("sudo") };
        if !root {
            command.args(["-n", "env", "DEBIAN_FRONTEND=noninteractive"]).arg(&apt);
        }
        command.args(arguments).env("DEBIAN_FRONTEND", "noninteractive");
        run(command)
    };
    apt(&["update"])?;
    apt(&[&["install", "--yes", "--no-install-recommends"], packages].concat())
}

fn may_sudo() -> bool {
    find("sudo").is_some() && Command::new("sudo").args(["-n", "true"]).output().is_ok_and(|out| out.status.success())
}
