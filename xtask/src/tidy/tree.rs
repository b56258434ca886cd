//! The walls between packages, dependencies of dependencies included. In: `cargo tree`. Out: one line per breach.

use anyhow::{Context, Result};

use crate::process::output;
use crate::setup::Places;

/// A package, the target it is looked at for, and the packages it must not depend on, not even through others.
struct Wall {
    package: &'static str,
    target: &'static str,
    never: &'static [&'static str],
}

/// What no pure crate has: the browser, a runtime, randomness.
const IMPURE: &[&str] =
    &["leptos", "web-sys", "js-sys", "wasm-bindgen", "getrandom", "tokio", "iot-provisioner", "xtask", "simcloud"];

const WALLS: &[Wall] = &[
    Wall { package: "provisioner-core", target: "all", never: IMPURE },
    // Natively its binary has a server; in the demo it is as pure as the core.
    Wall { package: "simcloud", target: "wasm32-unknown-unknown", never: IMPURE },
    Wall { package: "simcloud", target: "all", never: &["provisioner-core", "leptos", "iot-provisioner", "xtask"] },
];

/// Which packages depend on what they must not.
pub fn breaches(places: &Places) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for wall in WALLS {
        let command = places.cargo(&[
            "tree",
            "--package",
            wall.package,
            "--target",
            wall.target,
            "--edges",
            "normal,build",
            "--prefix",
            "none",
        ]);
        let tree = output(command).with_context(|| format!("the dependencies of {}", wall.package))?;
        found.extend(wall.breaches(&tree));
    }
    Ok(found)
}

impl Wall {
    /// The forbidden packages in the lines of `cargo tree`, `name v1.2.3 …`; its own is the first line.
    fn breaches(&self, tree: &str) -> Vec<String> {
        let names = tree.lines().skip(1).filter_map(|line| line.split(' ').next());
        let mut found: Vec<_> = names.filter(|name| self.never.contains(name)).collect();
        found.sort_unstable();
        found.dedup();
        let line = |name: &&str| format!("Cargo.toml: {} depends on {name} (target {})", self.package, self.target);
        found.iter().map(line).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_forbidden_dependency_is_found_once_and_the_package_itself_is_none() {
        let wall = Wall { package: "simcloud", target: "all", never: IMPURE };
        let tree = "simcloud v0.1.0 (crates/simcloud)\nserde v1.0.0\ngetrandom v0.3.0\ngetrandom v0.3.0 (*)\n";
        assert_eq!(wall.breaches(tree), ["Cargo.toml: simcloud depends on getrandom (target all)"]);
        assert_eq!(wall.breaches("simcloud v0.1.0\nserde v1.0.0\n"), Vec::<String>::new());
    }
}
