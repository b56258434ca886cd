//! Who may name whom. In: a Rust file. Out: one line per name that its folder must not use.

use super::Source;
use super::imports::paths;

/// A folder and the paths that nothing in it may name.
struct Wall {
    folder: &'static str,
    /// A file in the folder that the wall does not hold for.
    door: Option<&'static str>,
    never: &'static [&'static str],
}

const WALLS: &[Wall] = &[
    Wall {
        folder: "src/page/",
        door: None,
        never: &["crate::engine", "provisioner_core::cloud", "provisioner_core::run", "provisioner_core::secret"],
    },
    // Made in the engine: in the page they would be part of every first visit.
    Wall {
        folder: "src/page/",
        door: Some("src/page/components/gallery.rs"),
        never: &["crate::words::of_notice", "crate::words::of_failure"],
    },
    Wall { folder: "src/words/", door: None, never: &["crate::engine", "crate::page", "leptos", "web_sys"] },
    Wall { folder: "src/engine/", door: None, never: &["crate::page", "leptos"] },
    Wall {
        folder: "crates/provisioner-core/",
        door: None,
        never: &[
            "simcloud",
            "leptos",
            "web_sys",
            "js_sys",
            "wasm_bindgen",
            "getrandom",
            "tokio",
            "std::time::Instant",
            "std::time::SystemTime",
        ],
    },
    Wall {
        folder: "crates/simcloud/",
        door: None,
        never: &["provisioner_core", "leptos", "web_sys", "js_sys", "wasm_bindgen", "getrandom"],
    },
    Wall {
        folder: "crates/exporter/",
        door: None,
        never: &["simcloud", "leptos", "provisioner_core::cloud", "provisioner_core::run"],
    },
    Wall { folder: "crates/demo/", door: None, never: &["provisioner_core", "leptos"] },
    Wall { folder: "xtask/", door: Some("xtask/src/vectors.rs"), never: &["provisioner_core", "simcloud"] },
];

/// The core's modules, the highest first: each may use those of later lines, and nothing of its own line but itself.
const CORE_LAYERS: &[&[&str]] = &[
    &["export", "lookup", "probe"],
    &["run"],
    &["journal"],
    &["cloud", "table"],
    &["plan"],
    &["model"],
    &["secret", "time"],
];

const CORE: &str = "crates/provisioner-core/src/";

/// Which walls this file breaches.
pub fn breaches(source: &Source) -> Vec<String> {
    let Source { path, text } = source;
    let named = paths(text, &module(path));
    let mut found = Vec::new();
    for wall in WALLS.iter().filter(|wall| path.starts_with(wall.folder) && wall.door != Some(path)) {
        for name in &named {
            if let Some(never) = wall.never.iter().find(|never| covers(name, never)) {
                found.push(format!("{path}: names `{name}`; nothing in {} may use `{never}`", wall.folder));
            }
        }
    }
    if let Some(inner) = path.strip_prefix(CORE).filter(|inner| *inner != "lib.rs") {
        let own = inner.split(['/', '.']).next().unwrap_or(inner);
        match layer(own) {
            None => found.push(format!("{path}: the module `{own}` has no place among the core's layers")),
            Some(height) => found.extend(named.iter().filter_map(|name| {
                let other = name.strip_prefix("crate::")?.split("::").next()?;
                let breach = other != own && layer(other)? <= height;
                breach.then(|| format!("{path}: names `{name}`; `{own}` may not use `{other}`"))
            })),
        }
    }
    found
}

fn layer(module: &str) -> Option<usize> {
    CORE_LAYERS.iter().position(|layer| layer.contains(&module))
}

/// Whether a path is the forbidden one, lies within it, or takes it in with a `*`.
fn covers(name: &str, never: &str) -> bool {
    let within = |inner: &str, outer: &str| {
        inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
    };
    within(name, never) || name.strip_suffix("::*").is_some_and(|all_of| within(never, all_of))
}

/// The module that a file is: `…/src/run/batch.rs` is `crate::run::batch`.
fn module(path: &str) -> Vec<&str> {
    let inner = path.split_once("src/").map_or(path, |(_, inner)| inner);
    let inner = inner.trim_end_matches(".rs");
    let inner = inner.strip_suffix("/mod").unwrap_or(inner);
    let parts = inner.split('/').filter(|part| !matches!(*part, "lib" | "main"));
    std::iter::once("crate").chain(parts).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(path: &str, text: &str) -> Vec<String> {
        breaches(&Source { path: path.to_owned(), text: text.to_owned() })
    }

    fn assert_breach(path: &str, text: &str, expected: &str) {
        let found = of(path, text);
        assert!(found.len() == 1 && found[0].contains(expected), "{path} with {text}: {found:?}");
    }

    #[test]
    fn every_forbidden_name_of_every_wall_is_found() {
        for wall in WALLS {
            for never in wall.never {
                // Not in the core's src, where the layers would complain as well.
                assert_breach(&format!("{}tests/a.rs", wall.folder), &format!("use {never}::x;"), never);
            }
        }
    }

    #[test]
    fn a_name_is_found_in_a_tree_in_code_and_behind_a_star() {
        assert_breach("src/page/a.rs", "use provisioner_core::{plan::Plan, run::Run};", "provisioner_core::run");
        assert_breach("src/page/mod.rs", "fn f() { super::engine::start(); }", "crate::engine");
        assert_breach("crates/provisioner-core/src/run/a.rs", "use std::time::*;", "std::time::Instant");
    }

    #[test]
    fn what_is_allowed_is_left_alone() {
        let none = Vec::<String>::new();
        assert_eq!(of("src/page/a.rs", "use crate::protocol::Command; use provisioner_core::plan::Plan;"), none);
        assert_eq!(of("src/engine/a.rs", "use provisioner_core::run::Run;"), none);
        assert_eq!(of("xtask/src/vectors.rs", "use provisioner_core::cloud::sign;"), none);
        assert_eq!(of("crates/provisioner-core/src/time.rs", "use std::time::Duration;"), none);
    }

    #[test]
    fn a_layer_of_the_core_uses_only_what_lies_below_it() {
        let file = |module: &str| format!("{CORE}{module}/mod.rs");
        for (own, other) in [
            ("run", "export"),
            ("plan", "cloud"),
            ("cloud", "table"),
            ("table", "run"),
            ("model", "plan"),
            ("time", "model"),
            ("secret", "time"),
        ] {
            assert_breach(&file(own), &format!("use crate::{other}::X;"), &format!("`{own}` may not use `{other}`"));
            if layer(own) != layer(other) {
                assert_eq!(of(&file(other), &format!("use crate::{own}::X;")), Vec::<String>::new());
            }
        }
        assert_eq!(of(&file("run"), "use crate::run::batch::Batch; use super::plan::Plan;"), Vec::<String>::new());
    }

    #[test]
    fn a_new_module_of_the_core_needs_a_place() {
        assert_breach("crates/provisioner-core/src/clock.rs", "", "`clock` has no place");
    }
}
