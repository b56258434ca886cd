//! Tests in browsers: Chromium runs them all, Firefox and WebKit those of what differs between browsers. In: where the
//! tools are. Out: whether the tests passed, and what they said.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, ensure};

use super::steps::{WASM, all, wait_for_answer};
use crate::http::free_port;
use crate::process::{Captured, Running, find, tied};
use crate::setup::Places;
use crate::{bundle, serve};

/// End-to-end tests of what differs between browsers: workers and modules in them, storage and locks, policies, files,
/// the clipboard, layout and keys. Their whole names, for Firefox and WebKit.
const DIFFERING: &[&str] = &[
    "clipboard::what_is_copied_can_be_pasted",
    "files::the_published_site_makes_workbooks_and_encrypted_files_under_a_strict_policy",
    "journal::a_reloaded_tab_goes_on_with_its_run_at_every_stage",
    "journal::a_saved_run_is_forgotten",
    "main_job::a_newcomer_has_a_hundred_demo_devices_after_two_clicks",
    "main_job::ten_thousand_devices_through_the_proxy_are_downloaded_as_they_exist",
    "policy::a_run_its_files_and_the_service_worker_are_not_against_the_policy",
    "policy::below_a_sub_path_of_a_host_without_headers_the_engine_calls_the_cloud_itself",
    "policy::what_is_put_into_the_site_is_blocked_by_the_document_alone",
    "published::the_published_site_registers_devices_under_a_strict_policy_and_a_sub_path",
    "storage::a_run_belongs_to_one_tab_and_is_free_once_that_is_closed",
    "table::a_filter_shows_what_holds_its_text_and_tells_how_many",
    "table::the_table_is_worked_by_keyboard",
];

/// What a test can run in.
#[derive(Clone, Copy, Debug)]
pub enum Browser {
    /// Chromium, by chromedriver.
    Chromium,
    /// Firefox, by geckodriver.
    Firefox,
    /// WebKitGTK's own small browser, by WebKitWebDriver.
    WebKit,
}

impl Browser {
    /// Its name for the tests.
    fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::WebKit => "webkit",
        }
    }

    /// Tests in a page and in a worker.
    pub fn unit_tests(self, places: &Places) -> Result<Captured> {
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
        // The capabilities, for browsers that may run as root and ask nobody anything.
        command.env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", places.root().join("webdriver.json"));
        // The runner's own 20 s are few for two busy cores.
        command.env("WASM_BINDGEN_TEST_TIMEOUT", "120");
        self.drive(places, command)
    }

    /// A user's ways through the page, with the servers of `cargo xtask serve` on free ports.
    pub fn e2e_tests(self, places: &Places) -> Result<Captured> {
        let names = match self {
            // All of them.
            Self::Chromium => &[],
            Self::Firefox | Self::WebKit => DIFFERING,
        };
        let test = ["test", "--package", "iot-provisioner", "--test", "e2e"];
        let build = all(vec![places.cargo(&[&test[..], &["--no-run"]].concat())])?;
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
        let mut command = places.cargo(&[&test[..], &["--", "--test-threads=1"]].concat());
        if !names.is_empty() {
            command.arg("--exact").args(names);
        }
        command.env("E2E_PAGE_URL", format!("http://127.0.0.1:{}/", options.port));
        command.env("E2E_CLOUD_URL", format!("http://127.0.0.1:{}/", options.cloud_port));
        command.env("E2E_AXE", places.axe());
        // What is downloaded is read back by programs that are not ours.
        command.env("E2E_PYTHON", places.export_readers().join("bin/python"));
        command.env("AGE", places.age().context("age is gone")?);
        let captured = self.drive(places, command)?;
        servers.expect_alive()?;
        let is_missing = |name: &&&str| !captured.text.contains(&format!("test {name} ..."));
        let missing: Vec<&str> = names.iter().filter(is_missing).copied().collect();
        ensure!(missing.is_empty(), "{}no such tests any more: {}", captured.text, missing.join(", "));
        Ok(captured)
    }

    /// Runs a command that drives this browser, and knows its driver from the environment.
    pub fn drive(self, places: &Places, mut command: Command) -> Result<Captured> {
        let port = free_port()?;
        let mut driver = self.start_driver(places, port)?;
        let address = format!("http://127.0.0.1:{port}/");
        // wasm-bindgen's runner has no name for WebKitGTK, but drives it as it drives Safari.
        let remote = match self {
            Self::Chromium => "CHROMEDRIVER_REMOTE",
            Self::Firefox => "GECKODRIVER_REMOTE",
            Self::WebKit => "SAFARIDRIVER_REMOTE",
        };
        command.env(remote, &address).env("E2E_WEBDRIVER_URL", address).env("E2E_BROWSER", self.name());
        command.env("E2E_DOWNLOADS", downloads()?);
        let captured = all(vec![command])?;
        driver.expect_alive()?;
        Ok(captured)
    }

    /// Starts what steers the browser.
    pub fn start_driver(self, places: &Places, port: u16) -> Result<Running> {
        let argument = format!("--port={port}");
        let command = match self {
            Self::Chromium => {
                let mut command = Command::new(program("chromedriver")?);
                command.args([&argument, "--log-level=SEVERE"]);
                command
            }
            Self::Firefox => {
                let mut command = Command::new(places.geckodriver());
                command.args([&argument, "--log=fatal"]);
                command
            }
            Self::WebKit => webkit_driver(&argument)?,
        };
        let mut driver = Running::start(self.name(), tied(command))?;
        wait_for_answer(&mut driver, port, "/status")?;
        Ok(driver)
    }
}

/// WebKit's driver, on a screen that nobody sees.
fn webkit_driver(argument: &str) -> Result<Command> {
    let (downloads, config) = (downloads()?, serve::target_folder()?.join("webkit/config"));
    for made in [&downloads, &config] {
        fs::create_dir_all(made).with_context(|| format!("making {}", made.display()))?;
    }
    // It saves where the user's folders say, and no capability says otherwise.
    let folders = config.join("user-dirs.dirs");
    fs::write(&folders, format!("XDG_DOWNLOAD_DIR=\"{}\"\n", downloads.display()))
        .with_context(|| format!("writing {}", folders.display()))?;
    let mut command = Command::new(program("xvfb-run")?);
    command.args(["--auto-servernum", "--server-args=-screen 0 1400x1800x24", "WebKitWebDriver", argument]);
    command.env("XDG_CONFIG_HOME", config);
    // Its sandbox wants what a container has not, and its compositor a graphics card.
    command.env("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", "1").env("WEBKIT_DISABLE_COMPOSITING_MODE", "1");
    Ok(command)
}

/// Where a browser saves that does not let itself be told.
fn downloads() -> Result<PathBuf> {
    Ok(serve::target_folder()?.join("webkit/downloads"))
}

fn program(name: &str) -> Result<PathBuf> {
    find(name).with_context(|| format!("{name} was not found on the PATH"))
}
