//! Where the tools are. In: the environment and Cargo.lock. Out: paths and versions.

use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use super::node_tools::NodeTools;
use super::piece::Piece;
use super::web_servers;

/// 0.22 needs a newer compiler than 1.95.
pub const TRUNK_VERSION: &str = "0.21.14";

/// The newest when the targets were written.
pub const CARGO_FUZZ_VERSION: &str = "0.13.2";

/// The newest when deny.toml was written; it has no features to leave out.
pub const CARGO_DENY_VERSION: &str = "0.20.2";

/// The newest when Firefox was added.
pub const GECKODRIVER_VERSION: &str = "0.37.1";

/// The folders of the project and of its tools, and the versions that are wanted.
pub struct Places {
    root: PathBuf,
    cache: PathBuf,
    wasm_bindgen_version: String,
    pinned_tools: NodeTools,
}

impl Places {
    /// As this machine has them: the project that xtask was built from, the user's cache folder.
    pub fn of_this_machine() -> Result<Self> {
        let root = project_root()?;
        let lock = fs::read_to_string(root.join("Cargo.lock")).context("reading Cargo.lock")?;
        let wasm_bindgen_version =
            locked_version(&lock, "wasm-bindgen").context("Cargo.lock has no wasm-bindgen")?.to_owned();
        let pinned_tools = NodeTools::read(&node_tool_pins(&root))?;
        let cache = match std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from) {
            // The XDG base directory specification: a relative path is to be ignored.
            Some(folder) if folder.is_absolute() => folder,
            _ => Path::new(&std::env::var_os("HOME").context("HOME is not set")?).join(".cache"),
        };
        Ok(Self { root, cache, wasm_bindgen_version, pinned_tools })
    }

    /// The project's root.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Where the tools are kept, each in a folder of its name and version.
    pub fn tools(&self) -> PathBuf {
        self.cache.join("iot-provisioner").join("tools")
    }

    /// Where tools are compiled.
    pub fn scratch(&self) -> PathBuf {
        self.tools().join("scratch")
    }

    /// The version of the `wasm-bindgen` crate in Cargo.lock: its tool must be the same.
    pub fn wasm_bindgen_version(&self) -> &str {
        &self.wasm_bindgen_version
    }

    /// The folder of Trunk.
    pub fn trunk_folder(&self) -> PathBuf {
        self.tools().join(format!("trunk-{TRUNK_VERSION}"))
    }

    /// The folder of wasm-bindgen's tools.
    pub fn wasm_bindgen_folder(&self) -> PathBuf {
        self.tools().join(format!("wasm-bindgen-cli-{}", self.wasm_bindgen_version))
    }

    /// The tools that npm fetches, as they are pinned.
    pub fn pinned_tools(&self) -> &NodeTools {
        &self.pinned_tools
    }

    /// What pins them.
    pub fn node_tool_pins(&self) -> PathBuf {
        node_tool_pins(&self.root)
    }

    /// The folder of the tools that npm fetches.
    pub fn node_tools(&self) -> PathBuf {
        self.tools().join(&self.pinned_tools.folder)
    }

    /// The folder of what builds fuzz targets.
    pub fn cargo_fuzz_folder(&self) -> PathBuf {
        self.tools().join(format!("cargo-fuzz-{CARGO_FUZZ_VERSION}"))
    }

    /// The folder of what checks crates.
    pub fn cargo_deny_folder(&self) -> PathBuf {
        self.tools().join(format!("cargo-deny-{CARGO_DENY_VERSION}"))
    }

    /// The folder of what steers Firefox.
    pub fn geckodriver_folder(&self) -> PathBuf {
        self.tools().join(format!("geckodriver-{GECKODRIVER_VERSION}"))
    }

    /// Trunk.
    pub fn trunk(&self) -> PathBuf {
        self.trunk_folder().join("bin/trunk")
    }

    /// What makes a module's JavaScript.
    pub fn wasm_bindgen(&self) -> PathBuf {
        self.wasm_bindgen_folder().join("bin/wasm-bindgen")
    }

    /// What runs tests in a browser.
    pub fn test_runner(&self) -> PathBuf {
        self.wasm_bindgen_folder().join("bin/wasm-bindgen-test-runner")
    }

    /// What makes a module smaller: a program for node.
    pub fn wasm_opt(&self) -> PathBuf {
        self.node_tools().join("node_modules/binaryen/bin/wasm-opt")
    }

    /// What makes JavaScript smaller: a program for node.
    pub fn terser(&self) -> PathBuf {
        self.node_tools().join("node_modules/terser/bin/terser")
    }

    /// What finds faults of accessibility: a script for a page.
    pub fn axe(&self) -> PathBuf {
        self.node_tools().join("node_modules/axe-core/axe.min.js")
    }

    /// What steers Firefox.
    pub fn geckodriver(&self) -> PathBuf {
        self.geckodriver_folder().join("bin/geckodriver")
    }

    /// What builds fuzz targets.
    pub fn cargo_fuzz(&self) -> PathBuf {
        self.cargo_fuzz_folder().join("bin/cargo-fuzz")
    }

    /// What checks crates.
    pub fn cargo_deny(&self) -> PathBuf {
        self.cargo_deny_folder().join("bin/cargo-deny")
    }

    /// The checks that the vendor's SDKs of a language run, and the versions of these SDKs.
    pub fn sdk_checks(&self, language: &str) -> PathBuf {
        self.root.join("tests/sdk").join(language)
    }

    /// The folder of the vendor's SDKs for Node.js.
    pub fn node_sdks(&self) -> PathBuf {
        self.root.join("target/sdk/node")
    }

    /// The folder of the vendor's SDKs for Python.
    pub fn python_sdks(&self) -> PathBuf {
        self.root.join("target/sdk/python")
    }

    /// Python with the vendor's SDKs.
    pub fn python(&self) -> PathBuf {
        self.python_sdks().join("bin/python")
    }

    /// The checks that readers of exported files make, and the versions of these readers.
    pub fn export_checks(&self) -> PathBuf {
        self.root.join("tests/export")
    }

    /// The folder of the readers of exported files.
    pub fn export_readers(&self) -> PathBuf {
        self.root.join("target/export/python")
    }

    /// The scripts of the benches, and the versions of the packages that they use.
    pub fn benches(&self) -> PathBuf {
        self.root.join("bench")
    }

    /// Where benches leave what they measured.
    pub fn bench_results(&self) -> PathBuf {
        self.root.join("target/bench")
    }

    /// The folder of the packages that benches use.
    pub fn bench_packages(&self) -> PathBuf {
        self.bench_results().join("node")
    }

    /// The folder of age, where the machine has none of its own.
    pub fn age_folder(&self) -> PathBuf {
        self.tools().join("age-debian")
    }

    /// The stock tool for age files.
    pub fn age(&self) -> Option<PathBuf> {
        web_servers::program("age", &self.age_folder())
    }

    /// The folder of nginx, where the machine has none of its own.
    pub fn nginx_folder(&self) -> PathBuf {
        self.tools().join("nginx-debian")
    }

    /// The folder of Caddy, where the machine has none of its own.
    pub fn caddy_folder(&self) -> PathBuf {
        self.tools().join("caddy-debian")
    }

    /// The web server nginx.
    pub fn nginx(&self) -> Option<PathBuf> {
        web_servers::program("nginx", &self.nginx_folder())
    }

    /// The web server Caddy.
    pub fn caddy(&self) -> Option<PathBuf> {
        web_servers::program("caddy", &self.caddy_folder())
    }

    /// A command that runs in the project's root and finds the tools; the PATH of nothing else changes.
    pub fn command(&self, program: impl AsRef<Path>) -> Command {
        let mut command = Command::new(program.as_ref());
        command.current_dir(&self.root).env("PATH", self.search_path());
        command
    }

    /// Cargo in the project's root, as the toolchain of this very call has it.
    pub fn cargo(&self, arguments: &[&str]) -> Command {
        let mut command = self.command(cargo());
        command.args(arguments);
        command
    }

    fn search_path(&self) -> OsString {
        let tools = [self.trunk(), self.wasm_bindgen(), self.wasm_opt(), self.cargo_fuzz()];
        let folders = tools.iter().filter_map(|tool| tool.parent().map(Path::to_path_buf));
        let path = std::env::var_os("PATH").unwrap_or_default();
        let all = folders.chain(std::env::split_paths(&path));
        // A folder with a colon in its name cannot stand in a PATH at all.
        std::env::join_paths(all).unwrap_or(path)
    }

    /// Puts the tools where Trunk looks for those that it fetches itself, so that plain `trunk serve` finds them.
    pub fn show_trunk_the_tools(&self, pieces: &[Piece]) -> Result<()> {
        let trunk = self.cache.join("trunk");
        for piece in pieces {
            let (tool, place) = match piece {
                Piece::WasmBindgen => {
                    (self.wasm_bindgen(), format!("wasm-bindgen-{}/wasm-bindgen", self.wasm_bindgen_version))
                }
                Piece::NodeTools => {
                    (self.wasm_opt(), format!("wasm-opt-{}/bin/wasm-opt", self.pinned_tools.version_for_trunk()))
                }
                Piece::Trunk
                | Piece::WasmTarget
                | Piece::RustSrc
                | Piece::Rustfmt
                | Piece::Clippy
                | Piece::Chromium
                | Piece::Firefox
                | Piece::Geckodriver
                | Piece::WebKit
                | Piece::Cxx
                | Piece::CargoFuzz
                | Piece::CargoDeny
                | Piece::Python
                | Piece::NodeSdks
                | Piece::PythonSdks
                | Piece::Nginx
                | Piece::Caddy
                | Piece::Age
                | Piece::ExportReaders
                | Piece::BenchPackages => continue,
            };
            link(&tool, &trunk.join(place)).with_context(|| format!("showing {} to Trunk", tool.display()))?;
        }
        Ok(())
    }
}

/// Cargo, as the toolchain of this very call has it.
pub fn cargo() -> PathBuf {
    std::env::var_os("CARGO").map_or_else(|| PathBuf::from("cargo"), PathBuf::from)
}

/// Where cargo keeps the sources of crates.
pub fn cargo_home() -> Result<PathBuf> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    home.or_else(|| std::env::home_dir().map(|home| home.join(".cargo"))).context("no home folder, no CARGO_HOME")
}

/// Links `place` to `tool`; leaves what Trunk fetched itself, replaces a link that leads nowhere.
fn link(tool: &Path, place: &Path) -> Result<()> {
    if place.exists() {
        return Ok(());
    }
    if let Some(folder) = place.parent() {
        fs::create_dir_all(folder)?;
    }
    // Made aside and renamed: a second set-up may be doing the same.
    let aside = place.with_extension(format!("new-{}", std::process::id()));
    symlink(tool, &aside)?;
    fs::rename(&aside, place)?;
    Ok(())
}

fn node_tool_pins(root: &Path) -> PathBuf {
    root.join("xtask/node")
}

fn project_root() -> Result<PathBuf> {
    let manifest_folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = manifest_folder.parent().context("xtask has no parent folder")?;
    anyhow::ensure!(root.join("Trunk.toml").is_file(), "the project is no longer at {}", root.display());
    Ok(root.to_owned())
}

/// The version of a package in the text of a Cargo.lock.
fn locked_version<'lock>(lock: &'lock str, package: &str) -> Option<&'lock str> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name);
    lines.nth(1)?.strip_prefix("version = \"")?.strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_is_found_in_the_lock_by_its_whole_name() {
        let lock = "[[package]]\nname = \"wasm-bindgen-backend\"\nversion = \"9.9.9\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.129\"\n";
        assert_eq!(locked_version(lock, "wasm-bindgen"), Some("0.2.129"));
        assert_eq!(locked_version(lock, "bindgen"), None);
    }

    #[test]
    fn a_link_that_leads_nowhere_is_replaced_and_a_file_is_left() {
        let folder = std::env::temp_dir().join(format!("xtask-link-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let (tool, place, file) = (folder.join("tool"), folder.join("place"), folder.join("file"));
        fs::write(&tool, "new").unwrap();
        fs::write(&file, "kept").unwrap();
        symlink(folder.join("gone"), &place).unwrap();
        link(&tool, &place).unwrap();
        link(&tool, &file).unwrap();
        assert_eq!(fs::read_to_string(&place).unwrap(), "new");
        assert_eq!(fs::read_to_string(&file).unwrap(), "kept");
        fs::remove_dir_all(&folder).unwrap();
    }
}
