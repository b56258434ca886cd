//! What each step of `cargo xtask test` runs. In: where the tools are. Out: whether it ended well, and what it said.

use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

use super::browsers::Browser;
use crate::http::{free_port, status};
use crate::process::{Captured, Running, capture, shown, stopped};
use crate::serve;
use crate::setup::Places;
use crate::{bundle, tidy};

/// No step has any business taking longer, not even a first build on two cores.
const LIMIT: Duration = Duration::from_secs(40 * 60);

/// The browser, as rustc names it.
pub const WASM: &str = "wasm32-unknown-unknown";

/// Is every file formatted?
pub fn formatting(places: &Places) -> Result<Captured> {
    all(vec![places.cargo(&["fmt", "--all", "--check", "--", "--color=never"])])
}

/// Do the lints pass natively, tests included?
pub fn native_lints(places: &Places) -> Result<Captured> {
    let deny: &[&str] = &["--", "-D", "warnings"];
    all(vec![
        places.cargo(&[&["clippy", "--workspace", "--all-targets"], deny].concat()),
        // `--all-targets` leaves out what plain `cargo test` leaves out.
        places.cargo(
            &[&["clippy", "--package", "iot-provisioner", "--test", "e2e", "--test", "long", "--test", "deploy"], deny]
                .concat(),
        ),
    ])
}

/// Do the lints pass for the browser, tests included?
pub fn wasm_lints(places: &Places) -> Result<Captured> {
    let deny: &[&str] = &["--", "-D", "warnings"];
    let page = [
        "clippy",
        "--target",
        WASM,
        "--package",
        "iot-provisioner",
        "--lib",
        "--bins",
        "--test",
        "browser_page",
        "--test",
        "browser_worker",
    ];
    let pure = [
        "clippy",
        "--target",
        WASM,
        "--package",
        "provisioner-core",
        "--package",
        "simcloud",
        "--package",
        "demo",
        "--lib",
    ];
    all(vec![places.cargo(&[&page, deny].concat()), places.cargo(&[&pure, deny].concat())])
}

/// Are the project's habits and walls kept?
pub fn tidy(places: &Places) -> Result<Captured> {
    let breaches = tidy::breaches(places)?;
    Ok(Captured { success: breaches.is_empty(), text: breaches.iter().map(|breach| format!("{breach}\n")).collect() })
}

/// Unit tests, the machine against the simulated cloud, and examples in the documentation.
pub fn native_tests(places: &Places) -> Result<Captured> {
    all(vec![places.cargo(&["test", "--workspace", "--no-fail-fast"])])
}

/// Kills of the browser at many moments of a run, of the site as it is published; each test has servers of its own.
pub fn kills(places: &Places) -> Result<Captured> {
    let build = all(vec![places.cargo(&["build", "--package", "simcloud", "--bin", "simcloud"])])?;
    if !build.success {
        return Ok(build);
    }
    // Two tests at a time: each has two browsers at work.
    let test = ["test", "--package", "iot-provisioner", "--test", "long"];
    let mut command = places.cargo(&[&test[..], &["--", "--nocapture", "--test-threads=2"]].concat());
    command.env("E2E_SIMCLOUD", serve::target_folder()?.join("debug/simcloud"));
    let captured = Browser::Chromium.drive(places, command)?;
    show_marked(&captured);
    Ok(captured)
}

/// The configurations of `deploy/` in nginx and in Caddy, the published site behind them, and a cloud.
pub fn deploy_tests(places: &Places) -> Result<Captured> {
    let test = ["test", "--package", "iot-provisioner", "--test", "deploy"];
    let build = all(vec![
        places.cargo(&["build", "--package", "simcloud", "--bin", "simcloud"]),
        places.cargo(&[&test, ["--no-run"].as_slice()].concat()),
    ])?;
    if !build.success {
        return Ok(build);
    }
    let site = places.root().join("dist");
    if !site.join("index.html").is_file() {
        bundle::build()?;
    }
    let driver_port = free_port()?;
    let mut driver = Browser::Chromium.start_driver(places, driver_port)?;
    // Two at a time: each has servers of its own, and some wait for time-outs.
    let mut command = places.cargo(&[&test, ["--", "--test-threads=2", "--show-output"].as_slice()].concat());
    command.env("DEPLOY_NGINX", places.nginx().context("nginx is gone")?);
    command.env("DEPLOY_CADDY", places.caddy().context("Caddy is gone")?);
    command.env("DEPLOY_SITE", site);
    command.env("DEPLOY_SIMCLOUD", serve::target_folder()?.join("debug/simcloud"));
    command.env("DEPLOY_WEBDRIVER_URL", format!("http://127.0.0.1:{driver_port}/"));
    let captured = all(vec![command])?;
    driver.expect_alive()?;
    show_marked(&captured);
    Ok(captured)
}

/// Shows the lines that are of interest when all is well too; a step shows what was said only where it failed.
fn show_marked(captured: &Captured) {
    for line in captured.text.lines().filter(|line| line.starts_with("| ")) {
        println!("{line}");
    }
}

/// Does the published site keep within its budget?
pub fn size_budget(_: &Places) -> Result<Captured> {
    // Its table belongs on the terminal in any case.
    let within = bundle::build()?;
    Ok(Captured { success: within, text: String::new() })
}

/// Waits until a server that was started answers this path.
pub fn wait_for_answer(server: &mut Running, port: u16, path: &str) -> Result<()> {
    const PATIENCE: Duration = Duration::from_secs(30);
    let deadline = Instant::now() + PATIENCE;
    while status(port, path) != Some(200) {
        server.expect_alive()?;
        ensure!(!stopped(), "interrupted while a server was starting");
        ensure!(Instant::now() < deadline, "http://127.0.0.1:{port}{path} did not answer in {} s", PATIENCE.as_secs());
        thread::sleep(Duration::from_millis(100));
    }
    Ok(())
}

/// Runs commands one after the other, also after one that failed, and keeps what they said.
pub fn all(commands: Vec<Command>) -> Result<Captured> {
    let mut whole = Captured { success: true, text: String::new() };
    for command in commands {
        whole.text.push_str(&format!("$ {}\n", shown(&command)));
        let started_at = Instant::now();
        let captured =
            capture(command, LIMIT, |latest| println!("  {:>4} s  {latest}", started_at.elapsed().as_secs()))?;
        whole.success &= captured.success;
        whole.text.push_str(&captured.text);
    }
    Ok(whole)
}
