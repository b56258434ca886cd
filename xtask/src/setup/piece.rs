//! The pieces of the tool chain, one arm each. In: a piece. Out: whether it is there, and how it is installed.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use super::install::{apt_install, cargo_install, rustup};
use super::node_tools::NodeTools;
use super::places::{CARGO_DENY_VERSION, CARGO_FUZZ_VERSION, GECKODRIVER_VERSION, Places, TRUNK_VERSION, cargo};
use super::{sdks, web_servers};
use crate::process::{find, output};

/// Trunk without the part that asks for news of itself.
const TRUNK_FEATURES: &[&str] = &["--no-default-features", "--features", "rustls"];

/// Debian's names of the browser and its driver.
const CHROMIUM_PACKAGES: &[&str] = &["chromium", "chromium-driver"];

/// Debian's names of WebKit's driver, which brings the browser, and of a screen that nobody sees: it has no headless mode.
const WEBKIT_PACKAGES: &[&str] = &["webkit2gtk-driver", "xvfb", "xauth"];

/// Debian's names of Python and of what makes environments of their own.
const PYTHON_PACKAGES: &[&str] = &["python3", "python3-venv"];

/// Something that has to be on the machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece {
    /// The standard library for wasm32.
    WasmTarget,
    /// The sources of Rust's standard library.
    RustSrc,
    /// `cargo fmt`.
    Rustfmt,
    /// `cargo clippy`.
    Clippy,
    /// `wasm-bindgen` and its test runner.
    WasmBindgen,
    /// `trunk`.
    Trunk,
    /// `wasm-opt`, `terser` and `axe-core`.
    NodeTools,
    /// A browser and the program that steers it.
    Chromium,
    /// A second browser.
    Firefox,
    /// The program that steers it.
    Geckodriver,
    /// A third browser, the program that steers it, and a screen for it.
    WebKit,
    /// `c++`.
    Cxx,
    /// `cargo fuzz`.
    CargoFuzz,
    /// `cargo deny`.
    CargoDeny,
    /// What runs checks in Python, and installs their packages.
    Python,
    /// The vendor's SDKs for Node.js.
    NodeSdks,
    /// The vendor's SDKs for Python.
    PythonSdks,
    /// The web server nginx.
    Nginx,
    /// The web server Caddy.
    Caddy,
    /// The stock tool for age files.
    Age,
    /// Python packages that read exported files.
    ExportReaders,
    /// Node.js packages that benches use.
    BenchPackages,
}

impl Piece {
    /// Its name, with the version that is wanted.
    pub fn name(self, places: &Places) -> String {
        match self {
            Self::WasmTarget => "Rust's target wasm32-unknown-unknown".to_owned(),
            Self::RustSrc => "the sources of Rust's standard library".to_owned(),
            Self::Rustfmt => "rustfmt".to_owned(),
            Self::Clippy => "clippy".to_owned(),
            Self::WasmBindgen => format!("wasm-bindgen-cli {}", places.wasm_bindgen_version()),
            Self::Trunk => format!("trunk {TRUNK_VERSION}"),
            Self::NodeTools => {
                let NodeTools { binaryen, terser, axe, .. } = places.pinned_tools();
                format!("wasm-opt (binaryen {binaryen}), terser {terser} and axe-core {axe} (npm packages)")
            }
            Self::Chromium => "Chromium with chromedriver".to_owned(),
            Self::Firefox => "Firefox ESR (Debian's package)".to_owned(),
            Self::Geckodriver => format!("geckodriver {GECKODRIVER_VERSION}"),
            Self::WebKit => "WebKitGTK with WebKitWebDriver, and Xvfb (Debian's packages)".to_owned(),
            Self::Cxx => "a C++ compiler".to_owned(),
            Self::CargoFuzz => format!("cargo-fuzz {CARGO_FUZZ_VERSION}"),
            Self::CargoDeny => format!("cargo-deny {CARGO_DENY_VERSION}"),
            Self::Python => "Python 3 with venv".to_owned(),
            Self::NodeSdks => "the vendor's SDKs for Node.js (npm packages)".to_owned(),
            Self::PythonSdks => "the vendor's SDKs for Python (PyPI packages)".to_owned(),
            Self::Nginx => "nginx (Debian's package)".to_owned(),
            Self::Caddy => "Caddy (Debian's package)".to_owned(),
            Self::Age => "age (Debian's package)".to_owned(),
            Self::ExportReaders => "readers of exported files (PyPI packages)".to_owned(),
            Self::BenchPackages => "what the benches drive and compare (npm packages)".to_owned(),
        }
    }

    /// What it is for, as a verb phrase.
    pub fn why(self) -> &'static str {
        match self {
            Self::WasmTarget => "compiles the page for the browser",
            Self::RustSrc => "is compiled anew for the published page, a sixth smaller",
            Self::Rustfmt => "checks the formatting",
            Self::Clippy => "is the lints",
            Self::WasmBindgen => "connects the compiled page with the browser, and runs tests there",
            Self::Trunk => "builds and serves the page",
            Self::NodeTools => "makes the compiled page smaller, and looks for its faults of accessibility",
            Self::Chromium => "runs the browser tests and the end-to-end tests",
            Self::Firefox | Self::WebKit => "runs the tests of what differs between browsers",
            Self::Geckodriver => "steers Firefox",
            Self::Cxx => "compiles libFuzzer",
            Self::CargoFuzz => "builds the fuzz targets so that coverage steers them",
            Self::CargoDeny => "holds every crate against deny.toml",
            Self::Python => "runs the vendor's Python SDKs and the readers of exported files",
            Self::NodeSdks | Self::PythonSdks => "checks the simulated cloud as a client",
            Self::Nginx | Self::Caddy => "runs the configurations of deploy/",
            Self::Age | Self::ExportReaders => "reads exported files back",
            Self::BenchPackages => "measures the page in a browser",
        }
    }

    /// How long its install usually takes, measured on two cores.
    pub fn usual_time(self) -> &'static str {
        match self {
            Self::WasmTarget
            | Self::RustSrc
            | Self::Rustfmt
            | Self::Clippy
            | Self::NodeTools
            | Self::Cxx
            | Self::Python
            | Self::NodeSdks
            | Self::PythonSdks
            | Self::Nginx
            | Self::Caddy
            | Self::Age
            | Self::ExportReaders
            | Self::BenchPackages => "less than a minute",
            Self::CargoFuzz | Self::CargoDeny => "1 to 2 minutes",
            Self::WasmBindgen => "2 to 3 minutes",
            Self::Trunk => "6 to 8 minutes",
            Self::Geckodriver => "2 to 4 minutes",
            Self::Chromium | Self::Firefox | Self::WebKit => "1 to 2 minutes",
        }
    }

    /// Whether it is installed. Quick: asked at the start of every command.
    pub fn is_there(self, places: &Places) -> bool {
        match self {
            Self::WasmTarget => wasm_library().is_ok_and(|folder| folder.is_dir()),
            Self::RustSrc => library_sources().is_ok_and(|folder| folder.is_dir()),
            Self::Rustfmt => beside_cargo("cargo-fmt").is_file() || find("cargo-fmt").is_some(),
            Self::Clippy => beside_cargo("cargo-clippy").is_file() || find("cargo-clippy").is_some(),
            Self::WasmBindgen => places.wasm_bindgen().is_file() && places.test_runner().is_file(),
            Self::Trunk => places.trunk().is_file(),
            Self::NodeTools => sdks::has_node_packages(&places.node_tool_pins(), &places.node_tools()),
            Self::Chromium => find("chromium").is_some() && find("chromedriver").is_some(),
            Self::Firefox => find("firefox").is_some(),
            Self::Geckodriver => places.geckodriver().is_file(),
            Self::WebKit => ["WebKitWebDriver", "xvfb-run", "xauth"].into_iter().all(|program| find(program).is_some()),
            Self::Cxx => find("c++").is_some(),
            Self::CargoFuzz => places.cargo_fuzz().is_file(),
            Self::CargoDeny => places.cargo_deny().is_file(),
            Self::Python => sdks::has_python(),
            Self::NodeSdks => sdks::has_node_packages(&places.sdk_checks("node"), &places.node_sdks()),
            Self::PythonSdks => sdks::has_python_packages(&places.sdk_checks("python"), &places.python_sdks()),
            Self::Nginx => places.nginx().is_some(),
            Self::Caddy => places.caddy().is_some(),
            Self::Age => places.age().is_some(),
            Self::ExportReaders => sdks::has_python_packages(&places.export_checks(), &places.export_readers()),
            Self::BenchPackages => sdks::has_node_packages(&places.benches(), &places.bench_packages()),
        }
    }

    /// Installs it, its own progress on the terminal.
    pub fn install(self, places: &Places) -> Result<()> {
        match self {
            Self::WasmTarget => rustup(&["target", "add", "wasm32-unknown-unknown"]),
            Self::RustSrc => rustup(&["component", "add", "rust-src"]),
            Self::Rustfmt => rustup(&["component", "add", "rustfmt"]),
            Self::Clippy => rustup(&["component", "add", "clippy"]),
            Self::WasmBindgen => {
                let version = places.wasm_bindgen_version();
                cargo_install(places, "wasm-bindgen-cli", version, &[], &places.wasm_bindgen_folder())
            }
            Self::Trunk => cargo_install(places, "trunk", TRUNK_VERSION, TRUNK_FEATURES, &places.trunk_folder()),
            Self::NodeTools => sdks::install_node_packages(&places.node_tool_pins(), &places.node_tools()),
            Self::Chromium => apt_install(CHROMIUM_PACKAGES),
            Self::Firefox => apt_install(&["firefox-esr"]),
            Self::Geckodriver => {
                cargo_install(places, "geckodriver", GECKODRIVER_VERSION, &[], &places.geckodriver_folder())
            }
            Self::WebKit => apt_install(WEBKIT_PACKAGES),
            Self::Cxx => apt_install(&["g++"]),
            Self::CargoFuzz => {
                cargo_install(places, "cargo-fuzz", CARGO_FUZZ_VERSION, &[], &places.cargo_fuzz_folder())
            }
            Self::CargoDeny => {
                cargo_install(places, "cargo-deny", CARGO_DENY_VERSION, &[], &places.cargo_deny_folder())
            }
            Self::Python => apt_install(PYTHON_PACKAGES),
            Self::NodeSdks => sdks::install_node_packages(&places.sdk_checks("node"), &places.node_sdks()),
            Self::PythonSdks => sdks::install_python_packages(&places.sdk_checks("python"), &places.python_sdks()),
            Self::Nginx => web_servers::install("nginx", "-v", &places.nginx_folder()),
            Self::Caddy => web_servers::install("caddy", "version", &places.caddy_folder()),
            Self::Age => web_servers::install("age", "--version", &places.age_folder()),
            Self::ExportReaders => sdks::install_python_packages(&places.export_checks(), &places.export_readers()),
            Self::BenchPackages => sdks::install_node_packages(&places.benches(), &places.bench_packages()),
        }
    }

    /// What to type where the set-up cannot install it.
    pub fn by_hand(self, places: &Places) -> String {
        match self {
            Self::WasmTarget => {
                "`rustup target add wasm32-unknown-unknown`, with rustup from https://rustup.rs".to_owned()
            }
            Self::RustSrc => "`rustup component add rust-src`".to_owned(),
            Self::Rustfmt => "`rustup component add rustfmt`".to_owned(),
            Self::Clippy => "`rustup component add clippy`".to_owned(),
            Self::WasmBindgen => format!(
                "`cargo install --locked wasm-bindgen-cli --version {} --root {}`, where the crate registry can be reached",
                places.wasm_bindgen_version(),
                places.wasm_bindgen_folder().display()
            ),
            Self::Trunk => format!(
                "`cargo install --locked trunk --version {TRUNK_VERSION} {} --root {}`, where the crate registry can be reached",
                TRUNK_FEATURES.join(" "),
                places.trunk_folder().display()
            ),
            Self::Chromium => format!(
                "`sudo apt-get update && sudo apt-get install {}` on Debian; elsewhere put programs named `chromium` \
                 and `chromedriver`, of one version, on the PATH",
                CHROMIUM_PACKAGES.join(" ")
            ),
            Self::Firefox => "`sudo apt-get update && sudo apt-get install firefox-esr` on Debian; elsewhere put a \
                              program named `firefox` on the PATH"
                .to_owned(),
            Self::Geckodriver => format!(
                "`cargo install --locked geckodriver --version {GECKODRIVER_VERSION} --root {}`, where the crate \
                 registry can be reached",
                places.geckodriver_folder().display()
            ),
            Self::WebKit => format!(
                "`sudo apt-get update && sudo apt-get install {}` on Debian; elsewhere put programs named \
                 `WebKitWebDriver`, `xvfb-run` and `xauth` on the PATH",
                WEBKIT_PACKAGES.join(" ")
            ),
            Self::Cxx => "`sudo apt-get update && sudo apt-get install g++` on Debian; elsewhere put a program named \
                          `c++` on the PATH"
                .to_owned(),
            Self::CargoFuzz => format!(
                "`cargo install --locked cargo-fuzz --version {CARGO_FUZZ_VERSION} --root {}`, where the crate registry can be \
                 reached",
                places.cargo_fuzz_folder().display()
            ),
            Self::CargoDeny => format!(
                "`cargo install --locked cargo-deny --version {CARGO_DENY_VERSION} --root {}`, where the crate registry \
                 can be reached",
                places.cargo_deny_folder().display()
            ),
            Self::Python => format!(
                "`sudo apt-get update && sudo apt-get install {}` on Debian; elsewhere put a `python3` that has the \
                 modules venv and ensurepip on the PATH",
                PYTHON_PACKAGES.join(" ")
            ),
            Self::NodeTools | Self::NodeSdks | Self::BenchPackages => {
                "install Node.js 18 or newer with npm (Debian: `apt-get install nodejs npm`), and try \
                               again where the npm registry can be reached"
                    .to_owned()
            }
            Self::PythonSdks | Self::ExportReaders => {
                "try again where the Python package index can be reached".to_owned()
            }
            Self::Nginx => web_server_by_hand("nginx"),
            Self::Caddy => web_server_by_hand("caddy"),
            Self::Age => {
                "`sudo apt-get update && sudo apt-get install age` on Debian; elsewhere put the program `age` \
                          of filippo.io/age on the PATH"
                    .to_owned()
            }
        }
    }
}

fn web_server_by_hand(name: &str) -> String {
    format!(
        "`sudo apt-get update && sudo apt-get install {name}` on Debian, and `sudo systemctl disable --now {name}`; \
         elsewhere put a program named `{name}` on the PATH"
    )
}

/// Where rustc keeps its standard library for wasm32, if it has one.
fn wasm_library() -> Result<PathBuf> {
    let mut command = Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
    command.args(["--print", "target-libdir", "--target", "wasm32-unknown-unknown"]);
    Ok(PathBuf::from(output(command)?.trim()))
}

/// Where rustup puts the sources of the standard library.
fn library_sources() -> Result<PathBuf> {
    let mut command = Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
    command.args(["--print", "sysroot"]);
    Ok(PathBuf::from(output(command)?.trim()).join("lib/rustlib/src/rust/library"))
}

/// Where rustup's toolchain keeps a program, which need not be on the PATH.
fn beside_cargo(program: &str) -> PathBuf {
    cargo().with_file_name(program)
}
