//! The vendor's official SDKs as clients of the simulated cloud's server. In: where the SDKs are. Out: every SDK with its
//! version and every check by name on the terminal, and how many passed.
//!
//! The checks themselves are tests/sdk, in the language of the SDKs; here they get a server of their own.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result};

use super::steps::{all, wait_for_answer};
use crate::http::free_port;
use crate::process::{Captured, Running, tied};
use crate::serve::target_folder;
use crate::setup::Places;

/// What TypeScript's SDK can hold: it reads an ApplyId as a double.
const FIRST_APPLY_ID: i64 = 10_000_001;
/// The first whole number that a double cannot hold: Python's SDKs have to read every digit.
const FIRST_APPLY_ID_BEYOND_DOUBLES: i64 = (1 << 53) + 1;

/// Every check with every SDK for Node.js.
pub fn node(places: &Places) -> Result<Captured> {
    let mut command = places.command("node");
    command.arg(places.sdk_checks("node").join("main.mjs")).env("SDK_FOLDER", places.node_sdks());
    run_checks(places, command, FIRST_APPLY_ID)
}

/// Every check with every SDK for Python.
pub fn python(places: &Places) -> Result<Captured> {
    let mut command = places.command(places.python());
    // Nothing is to be left beside the sources.
    command.arg("-B").arg(places.sdk_checks("python").join("main.py"));
    run_checks(places, command, FIRST_APPLY_ID_BEYOND_DOUBLES)
}

fn run_checks(places: &Places, mut command: Command, first_apply_id: i64) -> Result<Captured> {
    let build = all(vec![places.cargo(&["build", "--package", "simcloud", "--bin", "simcloud"])])?;
    if !build.success {
        return Ok(build);
    }
    let port = free_port()?;
    let mut server = start_server(places, port, first_apply_id)?;
    command.env("SIMCLOUD", format!("127.0.0.1:{port}"));
    // A proxy for the internet has no way to this machine.
    for name in ["NO_PROXY", "no_proxy"] {
        command.env(name, "127.0.0.1");
    }
    let captured = all(vec![command])?;
    server.expect_alive()?;
    // Which SDK did what is of interest when all is well too; the step shows only failures.
    print!("{}", captured.text);
    Ok(Captured { success: captured.success, text: results_of(&captured.text) })
}

/// The server with the credentials and the pace that the checks count on.
fn start_server(places: &Places, port: u16, first_apply_id: i64) -> Result<Running> {
    let settings = places.root().join("tests/sdk/simcloud.json");
    let text = fs::read_to_string(&settings).with_context(|| format!("reading {}", settings.display()))?;
    let mut config: serde_json::Value =
        serde_json::from_str(&text).with_context(|| format!("reading {}", settings.display()))?;
    config["first_apply_id"] = first_apply_id.into();
    // Runs at the same time write the same.
    let file = target_folder()?.join(format!("sdk-simcloud-{first_apply_id}.json"));
    fs::write(&file, config.to_string()).with_context(|| format!("writing {}", file.display()))?;
    let mut command = Command::new(target_folder()?.join("debug/simcloud"));
    command.args(["--listen", &format!("127.0.0.1:{port}"), "--config"]).arg(&file);
    let mut server = Running::start("simcloud", tied(command))?;
    wait_for_answer(&mut server, port, "/_sim/state")?;
    Ok(server)
}

/// The lines that cases are counted from.
fn results_of(text: &str) -> String {
    text.lines().filter(|line| line.starts_with("test result: ")).map(|line| format!("{line}\n")).collect()
}
