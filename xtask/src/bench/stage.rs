//! What benches are run on. In: the tools. Out: the published site, a simulated cloud of one's own behind a slow network,
//! and contenders that register devices there.

use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::bundle;
use crate::http::{body, free_port};
use crate::process::{Running, capture, find, run, tied};
use crate::serve::target_folder;
use crate::setup::Places;
use crate::test::wait_for_answer;

/// What the cloud adds to every answer: a server on the same continent.
pub const DELAY_MS: u32 = 40;

/// The product in which devices are registered.
const PRODUCT_KEY: &str = "a1SimCloud1";

/// The quotas that the vendor documents, per second and account, of what a run asks for.
const QUOTAS: &[(&str, u64)] = &[
    ("QueryDevice", 50),
    ("BatchRegisterDevice", 10),
    ("QueryBatchRegisterDeviceStatus", 30),
    ("QueryPageByApplyId", PAGES_PER_SECOND),
];

/// The quota of the pages.
pub const PAGES_PER_SECOND: u64 = 50;

/// Rows that a page holds.
pub const ROWS_PER_PAGE: u64 = 50;

/// Longer than any contender needs.
const LIMIT: Duration = Duration::from_secs(60 * 60);

/// Builds the site as it is published, and the server.
pub fn build(places: &Places) -> Result<()> {
    run(places.cargo(&["build", "--release", "--package", "simcloud", "--bin", "simcloud"]))?;
    // Its size is another command's business.
    bundle::build().map(|_| ())
}

/// What a contender says, and what the cloud says of it.
pub struct Measured {
    /// From the start to the last credential, in its own words.
    pub seconds: f64,
    /// Devices whose credentials it holds.
    pub held: u64,
    /// The page's verdict; empty for others.
    pub verdict: String,
    /// Devices that exist.
    pub exist: u64,
    /// Calls that were refused.
    pub refused: u64,
    /// Calls for pages in the fullest second.
    pub pages_peak: u64,
    /// Actions whose quota was exceeded in some second.
    pub above_quota: Vec<&'static str>,
}

/// A simulated cloud; it ends when this is dropped.
pub struct Cloud {
    /// Host and port.
    pub address: String,
    port: u16,
    server: Running,
}

/// Starts a simulated cloud behind a slow network.
pub fn cloud() -> Result<Cloud> {
    let port = free_port()?;
    let address = format!("127.0.0.1:{port}");
    let mut command = Command::new(target_folder()?.join("release/simcloud"));
    command.args(["--listen", &address, "--delay-ms", &DELAY_MS.to_string()]);
    let mut server = Running::start("simcloud", tied(command))?;
    wait_for_answer(&mut server, port, "/_sim/state")?;
    Ok(Cloud { address, port, server })
}

/// Lets a contender work, and reads the line of JSON that it says in the end.
pub fn said(name: &str, contender: Command) -> Result<Value> {
    println!("{name} …");
    let captured = capture(contender, LIMIT, |_| {})?;
    ensure!(captured.success, "{name} failed:\n{}", captured.text);
    let said = captured.text.lines().rfind(|line| line.starts_with('{'));
    let said = said.with_context(|| format!("{name} said nothing of what it measured:\n{}", captured.text))?;
    serde_json::from_str(said).with_context(|| format!("reading what {name} measured"))
}

/// Lets a contender register devices on a cloud of its own; it is given the cloud's host and port.
pub fn measure(name: &str, contender: impl FnOnce(&str) -> Result<Command>) -> Result<Measured> {
    let mut cloud = cloud()?;
    let said = said(name, contender(&cloud.address)?)?;
    cloud.server.expect_alive()?;
    let state: Value =
        serde_json::from_str(&body(cloud.port, "/_sim/state")?).context("reading the cloud's counters")?;
    let peak = |action: &str| state["peak_qps"][action].as_u64().unwrap_or_default();
    Ok(Measured {
        seconds: said["seconds"].as_f64().with_context(|| format!("{name} measured no seconds"))?,
        held: said["downloaded"].as_u64().with_context(|| format!("{name} counted no devices"))?,
        verdict: said["verdict"].as_str().unwrap_or_default().to_owned(),
        exist: state["devices"][PRODUCT_KEY].as_u64().unwrap_or_default(),
        refused: state["refused"].as_object().map_or(0, |refused| refused.values().filter_map(Value::as_u64).sum()),
        pages_peak: peak("QueryPageByApplyId"),
        above_quota: QUOTAS.iter().filter(|(action, quota)| peak(action) > *quota).map(|(action, _)| *action).collect(),
    })
}

/// The page in a browser: devices, percent of the quotas, `visible` or `hidden`.
pub fn page(places: &Places, cloud: &str, devices: u64, share_percent: u32, visibility: &str) -> Result<Command> {
    contender(places, "run.mjs", &[cloud, &devices.to_string(), &share_percent.to_string(), visibility])
}

/// A script of `bench/`, which drives a browser.
pub fn contender(places: &Places, script: &str, arguments: &[&str]) -> Result<Command> {
    let mut command = places.command("node");
    command.arg(places.benches().join(script)).args(arguments);
    command.env("BENCH_PACKAGES", places.bench_packages());
    command.env("BENCH_CHROMIUM", find("chromium").context("chromium was not found on the PATH")?);
    command.env("BENCH_SITE", places.root().join("dist"));
    command.env("BENCH_HOST", places.root().join("tests/e2e/static.mjs"));
    Ok(command)
}

/// The vendor's Python SDK.
pub fn sdk(places: &Places, cloud: &str, devices: u64, threads: u32) -> Command {
    let mut command = places.command(places.python());
    // Nothing is to be left beside the sources.
    command.arg("-B").arg(places.benches().join("sdk.py"));
    command.args([cloud, &devices.to_string(), &threads.to_string()]);
    // A proxy for the internet has no way to this machine.
    command.env("NO_PROXY", "127.0.0.1").env("no_proxy", "127.0.0.1");
    command
}
