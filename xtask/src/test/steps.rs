//! What each step of `cargo xtask test` runs. In: where the tools are. Out: whether it ended well, and what it said.

use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

use crate::http::{free_port, status};
use crate::process::{Captured, Running, capture, find, shown, stopped, tied};
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

/// Tests in a page and in a worker of a headless Chromium.
pub fn browser_tests(places: &Places) -> Result<Captured> {
    let mut command = places.cargo(&[
        "test",
        "--target",
        WASM,
        "--package",
        "iot-provisioner",
        "--test",
        "browser_page",
        "--test",
        "browser_worker",
        "--no-fail-fast",
    ]);
    command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", places.test_runner());
    command.env("CHROMEDRIVER", chromedriver()?);
    // The capabilities, for a browser that may run as root and asks nobody anything.
    command.env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", places.root().join("webdriver.json"));
    // The runner's own 20 s are few for two busy cores.
    command.env("WASM_BINDGEN_TEST_TIMEOUT", "120");
    all(vec![command])
}

/// A user's way through the page, with the servers of `cargo xtask serve` on free ports.
pub fn e2e_tests(places: &Places) -> Result<Captured> {
    let build = all(vec![places.cargo(&["test", "--package", "iot-provisioner", "--test", "e2e", "--no-run"])])?;
    if !build.success {
        return Ok(build);
    }
    if !places.root().join("dist/index.html").is_file() {
        bundle::build()?;
    }
    serve::build(places, false)?;
    let options = serve::Options { port: free_port()?, cloud_port: free_port()?, release: false, watch: false };
    let mut servers = serve::start(places, &options)?;
    // One browser at a time: the tests share the simulated cloud.
    let mut command =
        places.cargo(&["test", "--package", "iot-provisioner", "--test", "e2e", "--", "--test-threads=1"]);
    command.env("E2E_PAGE_URL", format!("http://127.0.0.1:{}/", options.port));
    command.env("E2E_CLOUD_URL", format!("http://127.0.0.1:{}/", options.cloud_port));
    command.env("E2E_AXE", places.axe());
    // What is downloaded is read back by programs that are not ours.
    command.env("E2E_PYTHON", places.export_readers().join("bin/python"));
    command.env("AGE", places.age().context("age is gone")?);
    let captured = with_driver(command)?;
    servers.expect_alive()?;
    Ok(captured)
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
    let captured = with_driver(command)?;
    show_marked(&captured);
    Ok(captured)
}

/// Runs a command that drives browsers.
fn with_driver(mut command: Command) -> Result<Captured> {
    let port = free_port()?;
    let mut driver = start_driver(port)?;
    command.env("E2E_WEBDRIVER_URL", format!("http://127.0.0.1:{port}/"));
    let captured = all(vec![command])?;
    driver.expect_alive()?;
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
    let mut driver = start_driver(driver_port)?;
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

fn start_driver(port: u16) -> Result<Running> {
    let mut command = Command::new(chromedriver()?);
    command.arg(format!("--port={port}")).arg("--log-level=SEVERE");
    let mut driver = Running::start("chromedriver", tied(command))?;
    wait_for_answer(&mut driver, port, "/status")?;
    Ok(driver)
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

fn chromedriver() -> Result<std::path::PathBuf> {
    find("chromedriver").context("chromedriver was not found on the PATH")
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
