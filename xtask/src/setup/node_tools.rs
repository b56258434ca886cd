//! Which tools npm fetches. In: xtask/node, the only place that says their versions. Out: these versions, and the name of
//! the folder that has just what is pinned there.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value;

use super::sdks::NODE_PINS;
use crate::bundle::digest;

/// What `xtask/node` pins.
#[derive(Debug, PartialEq, Eq)]
pub struct NodeTools {
    /// The version of wasm-opt's package; Trunk.toml has it as `version_131`.
    pub binaryen: String,
    /// The version of what makes JavaScript smaller.
    pub terser: String,
    /// The version of what finds faults of accessibility.
    pub axe: String,
    /// The folder's name. All checkouts share the cache folder, and none may take what another one pins for its own.
    pub folder: String,
}

impl NodeTools {
    /// As the folder `pins` has them.
    pub fn read(pins: &Path) -> Result<Self> {
        let read = |name: &&str| {
            let file = pins.join(name);
            fs::read_to_string(&file).with_context(|| format!("reading {}", file.display()))
        };
        let texts: Vec<String> = NODE_PINS.iter().map(read).collect::<Result<_>>()?;
        let lock = texts.last().map(String::as_str).unwrap_or_default();
        let lock: Value =
            serde_json::from_str(lock).with_context(|| format!("reading the lock in {}", pins.display()))?;
        let version = |package: &str| {
            let version = lock["packages"][format!("node_modules/{package}")]["version"].as_str();
            version.map(str::to_owned).with_context(|| format!("{} has no {package}", pins.display()))
        };
        Ok(Self {
            binaryen: version("binaryen")?,
            terser: version("terser")?,
            axe: version("axe-core")?,
            folder: format!("node-tools-{}", digest::short(texts.concat().as_bytes())),
        })
    }

    /// How Trunk calls the version of wasm-opt.
    pub fn version_for_trunk(&self) -> String {
        format!("version_{}", self.binaryen.split('.').next().unwrap_or(&self.binaryen))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROJECT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

    fn pinned(folder: &Path, terser: &str) -> NodeTools {
        let package =
            |name: &str, version: &str| (format!("node_modules/{name}"), serde_json::json!({ "version": version }));
        let packages: serde_json::Map<String, Value> =
            [package("binaryen", "131.0.0"), package("terser", terser), package("axe-core", "4.14.1")]
                .into_iter()
                .collect();
        fs::create_dir_all(folder).unwrap();
        fs::write(folder.join("package.json"), "{}").unwrap();
        fs::write(folder.join("package-lock.json"), serde_json::json!({ "packages": packages }).to_string()).unwrap();
        NodeTools::read(folder).unwrap()
    }

    #[test]
    fn another_pin_is_another_folder() {
        let folder = std::env::temp_dir().join(format!("xtask-node-tools-{}", std::process::id()));
        let (one, other) = (pinned(&folder, "5.51.2"), pinned(&folder, "5.51.3"));
        assert_eq!((one.terser.as_str(), other.terser.as_str()), ("5.51.2", "5.51.3"));
        assert_ne!(one.folder, other.folder);
        assert_eq!(one, pinned(&folder, "5.51.2"));
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn trunk_wants_the_wasm_opt_that_is_pinned() {
        let tools = NodeTools::read(&Path::new(PROJECT).join("xtask/node")).unwrap();
        let trunk = fs::read_to_string(Path::new(PROJECT).join("Trunk.toml")).unwrap();
        let wanted = format!("\nwasm_opt = \"{}\"\n", tools.version_for_trunk());
        assert!(trunk.contains(&wanted), "Trunk.toml has no {wanted}");
    }

    #[test]
    fn every_package_of_every_lock_has_its_sum_and_no_host() {
        for folder in ["xtask/node", "bench", "tests/sdk/node"] {
            let lock = fs::read_to_string(Path::new(PROJECT).join(folder).join("package-lock.json")).unwrap();
            let lock: Value = serde_json::from_str(&lock).unwrap();
            let packages = lock["packages"].as_object().unwrap().iter().filter(|(name, _)| !name.is_empty());
            for (name, package) in packages {
                assert!(
                    package["integrity"].as_str().is_some_and(|sum| sum.starts_with("sha512-")),
                    "{folder}: {name}"
                );
                assert!(package["resolved"].is_null(), "{folder}: {name}");
            }
        }
    }
}
