//! The page and the simulated cloud as servers on this machine. In: ports and a profile. Out: two servers that answer.
//!
//! The page calls `proxy/simcloud/` beside itself; Trunk passes that on to the simulated cloud. Trunk.toml says so for
//! the default port; for another one a copy of it is made.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};

use crate::process::{Running, run, stopped, tied};
use crate::setup::{self, Places};
use crate::{bundle, http};

/// Where the page is, unless told otherwise.
const DEFAULT_PORT: u16 = 8080;
/// Where the simulated cloud is, unless told otherwise; Trunk.toml's proxy has it too.
const DEFAULT_CLOUD_PORT: u16 = 8787;
/// Trunk runs cargo and wasm-bindgen once more before it listens.
const PATIENCE: Duration = Duration::from_secs(180);
/// How often servers are asked whether they answer.
const POLL: Duration = Duration::from_millis(200);

/// What to serve, and where.
#[derive(Debug, PartialEq, Eq)]
pub struct Options {
    /// Port of the page.
    pub port: u16,
    /// Port of the simulated cloud.
    pub cloud_port: u16,
    /// Optimised builds.
    pub release: bool,
    /// Build again and reload the page when a source file changes.
    pub watch: bool,
}

impl Options {
    /// Reads the command line after `serve`.
    pub fn parse(arguments: &[String]) -> Result<Self> {
        let mut options = Self { port: DEFAULT_PORT, cloud_port: DEFAULT_CLOUD_PORT, release: false, watch: true };
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                "--port" => options.port = port(argument, arguments.next())?,
                "--cloud-port" => options.cloud_port = port(argument, arguments.next())?,
                "--release" => options.release = true,
                other => bail!("unknown argument `{other}`; `cargo xtask help` lists what there is"),
            }
        }
        ensure!(options.port != options.cloud_port, "the page and the simulated cloud need different ports");
        Ok(options)
    }
}

fn port(name: &str, value: Option<&String>) -> Result<u16> {
    let port = value.and_then(|value| value.parse().ok()).filter(|port| *port != 0);
    port.with_context(|| format!("{name} takes a port, 1 to 65535"))
}

/// The two servers; both end when this is dropped.
pub struct Servers {
    // Dropped in this order: the page first, so that it never proxies into nothing.
    page: Running,
    cloud: Running,
    _folder: Folder,
}

/// Where Trunk keeps what it serves; removed when this is dropped.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_dir_all(&self.0) {
            eprintln!("xtask: {} could not be removed: {error}", self.0.display());
        }
    }
}

/// `cargo xtask serve`: both servers, until Ctrl-C.
pub fn serve(arguments: &[String]) -> Result<()> {
    let options = Options::parse(arguments)?;
    ensure_free(options.port, "page", "--port")?;
    ensure_free(options.cloud_port, "simulated cloud", "--cloud-port")?;
    let places = setup::prepare(setup::SERVE)?;
    build(&places, options.release)?;
    let mut servers = start(&places, &options)?;
    println!(
        "ready: http://127.0.0.1:{}/ (simulated cloud: http://127.0.0.1:{}/; Ctrl-C ends both)",
        options.port, options.cloud_port
    );
    while !stopped() {
        servers.expect_alive()?;
        thread::sleep(POLL);
    }
    println!("ended");
    Ok(())
}

fn ensure_free(port: u16, what: &str, option: &str) -> Result<()> {
    ensure!(
        http::is_free(port),
        "port {port}, for the {what}, is taken: end the program that listens there, or choose another port with \
         `{option} N`"
    );
    Ok(())
}

/// Compiles page, engine and simulated cloud.
pub fn build(places: &Places, release: bool) -> Result<()> {
    let profile: &[&str] = if release { &["--release"] } else { &[] };
    run(places.cargo(&[&["build", "--package", "simcloud", "--bin", "simcloud"], profile].concat()))?;
    bundle::compile(places, release)
}

/// Starts both servers and waits until each answers. They must have been built.
pub fn start(places: &Places, options: &Options) -> Result<Servers> {
    let cloud = start_cloud(options)?;
    // A folder for each port: two of these may run at once.
    let folder = Folder(target_folder()?.join("serve").join(options.port.to_string()));
    let page = start_page(places, options, &folder.0)?;
    let mut servers = Servers { page, cloud, _folder: folder };
    let deadline = Instant::now() + PATIENCE;
    // The second path goes through Trunk's proxy to the simulated cloud.
    for (port, path) in
        [(options.cloud_port, "/_sim/state"), (options.port, "/"), (options.port, "/proxy/simcloud/_sim/state")]
    {
        while http::status(port, path) != Some(200) {
            servers.expect_alive()?;
            ensure!(!stopped(), "interrupted while the servers were starting");
            ensure!(
                Instant::now() < deadline,
                "http://127.0.0.1:{port}{path} did not answer in {} s",
                PATIENCE.as_secs()
            );
            thread::sleep(POLL);
        }
    }
    Ok(servers)
}

impl Servers {
    /// Fails once one of them has ended.
    pub fn expect_alive(&mut self) -> Result<()> {
        self.cloud.expect_alive()?;
        self.page.expect_alive()
    }
}

fn start_cloud(options: &Options) -> Result<Running> {
    let profile = if options.release { "release" } else { "debug" };
    let program = target_folder()?.join(profile).join("simcloud");
    let mut command = std::process::Command::new(program);
    command.args(["--listen", &format!("127.0.0.1:{}", options.cloud_port)]);
    Running::start("simcloud", tied(command))
}

fn start_page(places: &Places, options: &Options, folder: &Path) -> Result<Running> {
    let settings = fs::read_to_string(places.root().join("Trunk.toml")).context("reading Trunk.toml")?;
    let dist = folder.join("dist");
    let unchanging = folder.join("unchanging");
    for made in [&dist, &unchanging] {
        fs::create_dir_all(made).with_context(|| format!("making {}", made.display()))?;
    }
    let config = folder.join("Trunk.toml");
    fs::write(&config, with_cloud_port(&settings, options.cloud_port)?)
        .with_context(|| format!("writing {}", config.display()))?;
    let mut command = places.command(places.trunk());
    // `NO_COLOR=1`, which many set, is not a value that this release of Trunk takes.
    command.env_remove("NO_COLOR").arg("--config").arg(&config).arg("serve").arg(places.root().join("index.html"));
    command.args(["--address", "127.0.0.1", "--port", &options.port.to_string()]).arg("--dist").arg(&dist);
    if options.release {
        command.arg("--release");
    }
    if options.watch {
        // Trunk takes them relative to its settings, and those are a copy elsewhere.
        for path in watched(&settings)? {
            command.arg("--watch").arg(places.root().join(path));
        }
    } else {
        // Its log level may come from the environment too, but not from both.
        command.env_remove("RUST_LOG").args(["--quiet", "--no-autoreload"]).arg("--watch").arg(&unchanging);
    }
    Running::start("trunk", tied(command))
}

/// Trunk's settings with the simulated cloud on this port.
fn with_cloud_port(settings: &str, port: u16) -> Result<String> {
    let default = format!("\"http://127.0.0.1:{DEFAULT_CLOUD_PORT}/\"");
    ensure!(settings.matches(&default).count() == 1, "Trunk.toml does not have the proxy to {default} exactly once");
    Ok(settings.replace(&default, &format!("\"http://127.0.0.1:{port}/\"")))
}

/// The paths in the settings' `watch = […]`.
fn watched(settings: &str) -> Result<Vec<&str>> {
    let list = settings.lines().find_map(|line| line.strip_prefix("watch = [")?.strip_suffix(']'));
    let list = list.context("Trunk.toml has no line `watch = […]`")?;
    Ok(list.split(',').map(|path| path.trim().trim_matches('"')).collect())
}

/// Cargo's target folder: the one that xtask itself was built in.
pub fn target_folder() -> Result<PathBuf> {
    let program = std::env::current_exe().context("where xtask is")?;
    let folder = program.ancestors().nth(2).map(Path::to_owned);
    folder.context("xtask does not stand in cargo's target folder")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Options> {
        Options::parse(&line.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn the_defaults_are_the_contracts() {
        let expected = Options { port: 8080, cloud_port: 8787, release: false, watch: true };
        assert_eq!(parse("").unwrap(), expected);
    }

    #[test]
    fn ports_and_profile_are_taken() {
        let expected = Options { port: 9000, cloud_port: 9001, release: true, watch: true };
        assert_eq!(parse("--port 9000 --release --cloud-port 9001").unwrap(), expected);
    }

    #[test]
    fn what_is_no_port_is_refused() {
        for line in ["--port", "--port 0", "--port 65536", "--cloud-port x", "--port 8787", "--prot 1"] {
            assert!(parse(line).is_err(), "{line}");
        }
    }

    #[test]
    fn the_projects_settings_can_be_moved_to_another_port() {
        let settings = include_str!("../../Trunk.toml");
        let moved = with_cloud_port(settings, 4321).unwrap();
        assert!(moved.contains("\"http://127.0.0.1:4321/\"") && !moved.contains("8787/"));
        assert!(watched(settings).unwrap().contains(&"src"));
    }

    #[test]
    fn the_development_proxy_passes_on_to_every_host_of_the_vendor_and_to_no_other() {
        let regions = include_str!("../../crates/provisioner-core/src/model/region.rs");
        let hosts = regions.lines().filter_map(|line| line.split_once("host: \"")?.1.split_once('"'));
        let mut expected: Vec<String> = hosts.map(|(host, _)| format!("/proxy/{host}/ https://{host}/")).collect();
        expected.push(format!("/proxy/simcloud/ http://127.0.0.1:{DEFAULT_CLOUD_PORT}/"));
        expected.sort();

        let setting = |line: &'static str, name: &str| line.strip_prefix(name)?.strip_suffix('"');
        let settings = include_str!("../../Trunk.toml");
        let rewrites = settings.lines().filter_map(|line| setting(line, "rewrite = \""));
        let backends = settings.lines().filter_map(|line| setting(line, "backend = \""));
        let mut found: Vec<String> = rewrites.zip(backends).map(|(from, to)| format!("{from} {to}")).collect();
        found.sort();
        assert_eq!(found, expected);
        assert_eq!(found.len(), 9, "eight regions and the simulated cloud");
    }
}
