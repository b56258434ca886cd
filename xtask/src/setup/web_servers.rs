//! Programs as Debian has them: nginx, Caddy, age. In: the names of packages. Out: their files in the cache folder.
//!
//! They are unpacked, not installed: that would want root, and an installed web server would start as a service and take
//! the ports 80 and 443.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::install::{aside, complete};
use crate::process::{find, output, run};

/// The program of this name: the machine's own, or the one in the cache folder.
pub fn program(name: &str, folder: &Path) -> Option<PathBuf> {
    // Debian has servers in folders that are on root's PATH alone.
    let places = [Path::new("/usr/sbin"), &folder.join("usr/sbin"), &folder.join("usr/bin")];
    find(name).or_else(|| places.into_iter().map(|place| place.join(name)).find(|file| file.is_file()))
}

/// Puts a server into `folder`, and starts it with this argument, with which it tells its version.
pub fn install(name: &str, argument: &str, folder: &Path) -> Result<()> {
    unpack(name, folder)?;
    let program = program(name, folder).with_context(|| format!("Debian's package has no program {name}"))?;
    let mut command = Command::new(program);
    command.arg(argument);
    // It was unpacked without the libraries that its package asks for; Debian machines have them for other reasons.
    output(command).map(drop)
}

/// Fetches a Debian package and unpacks it into `folder`, which appears only when it is complete.
fn unpack(package: &str, folder: &Path) -> Result<()> {
    let (Some(apt), Some(dpkg)) = (find("apt-get"), find("dpkg-deb")) else {
        bail!("apt-get and dpkg-deb were not found: this is not a Debian machine")
    };
    let unfinished = aside(folder)?;
    let (lists, cache) = (unfinished.join("lists"), unfinished.join("cache"));
    for made in [lists.join("partial"), cache.join("archives/partial")] {
        fs::create_dir_all(&made).with_context(|| format!("making {}", made.display()))?;
    }
    let apt = |arguments: &[&str]| {
        let mut command = Command::new(&apt);
        // Lists and archives of its own, so that it needs no root.
        command.arg("-o").arg(format!("Dir::State::lists={}", lists.display()));
        command.arg("-o").arg(format!("Dir::Cache={}", cache.display()));
        // As root, apt would fetch as a user that may not enter the cache folder.
        command.args(["-o", "APT::Sandbox::User=root", "--quiet"]).args(arguments).current_dir(&unfinished);
        run(command)
    };
    apt(&["update"])?;
    apt(&["download", package])?;
    for made in [&lists, &cache] {
        fs::remove_dir_all(made).with_context(|| format!("removing {}", made.display()))?;
    }
    let archive = the_only_file(&unfinished)?;
    let mut command = Command::new(dpkg);
    command.arg("--extract").arg(&archive).arg(&unfinished);
    run(command)?;
    fs::remove_file(&archive).with_context(|| format!("removing {}", archive.display()))?;
    complete(&unfinished, folder)
}

fn the_only_file(folder: &Path) -> Result<PathBuf> {
    let mut entries = fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))?;
    let entry = entries.next().context("nothing was downloaded")?;
    Ok(entry.with_context(|| format!("reading {}", folder.display()))?.path())
}
