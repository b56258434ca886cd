//! The bill of materials. In: the packages as cargo resolved them, and Cargo.lock. Out: every crate that the programs of
//! the site are made of, as CycloneDX 1.5 (cyclonedx.org/docs/1.5/json), the same text on every machine.
//!
//! A crate that only compiles (a macro, a build script, and what these use) has the scope `excluded`: nothing of it
//! is in the site.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::process::output;
use crate::setup::Places;

/// Its file, beside the site's.
pub const BILL: &str = "sbom.cdx.json";

/// The packages whose programs are the site.
pub const PROGRAMS: [&str; 3] = ["iot-provisioner", "demo", "exporter"];

/// What the programs run on.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// What macros and build scripts run on; one for all machines, so that the bill is one for all.
pub const BUILDER: &str = "x86_64-unknown-linux-gnu";

/// Where a package is used: in the site, or when it is compiled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Use {
    Compiling,
    Site,
}

/// The bill's text.
pub fn text(places: &Places) -> Result<String> {
    let lock = std::fs::read_to_string(places.root().join("Cargo.lock")).context("reading Cargo.lock")?;
    let (site, builder) = (graph(places, &[TARGET])?, graph(places, &[TARGET, BUILDER])?);
    let bill = bill(&site, &builder, &checksums(&lock), &compiler()?)?;
    Ok(format!("{bill:#}\n"))
}

/// What cargo resolved for these platforms. For the builder's alone it would leave out macros of crates that only a page has.
fn graph(places: &Places, platforms: &[&str]) -> Result<Value> {
    let mut command = places.cargo(&["metadata", "--locked", "--format-version=1"]);
    for platform in platforms {
        command.args(["--filter-platform", platform]);
    }
    serde_json::from_str(&output(command)?).context("reading what cargo resolved")
}

/// The version of the standard library, which is compiled into the programs.
fn compiler() -> Result<String> {
    let mut command = std::process::Command::new("rustc");
    command.arg("--version");
    let version = output(command)?;
    Ok(version.split(' ').nth(1).context("rustc has no version")?.to_owned())
}

/// The sums in a Cargo.lock, by `name version`.
fn checksums(lock: &str) -> BTreeMap<String, String> {
    let of_package = |package: &str| {
        let field = |name: &str| {
            let line = package.lines().find_map(|line| line.strip_prefix(&format!("{name} = \"")));
            line.and_then(|value| value.strip_suffix('"')).map(str::to_owned)
        };
        Some((format!("{} {}", field("name")?, field("version")?), field("checksum")?))
    };
    lock.split("[[package]]").filter_map(of_package).collect()
}

fn bill(site: &Value, builder: &Value, checksums: &BTreeMap<String, String>, compiler: &str) -> Result<Value> {
    let used = used(site, builder)?;
    let mut components = vec![json!({
        "type": "library", "bom-ref": format!("std@{compiler}"), "name": "std", "version": compiler, "scope": "required",
        "description": "Rust's standard library", "licenses": [{ "expression": "MIT OR Apache-2.0" }],
    })];
    let mut main = Value::Null;
    for package in builder["packages"].as_array().context("no packages")? {
        let Some(used) = used.get(text_of(package, "id")?) else { continue };
        let (name, version) = (text_of(package, "name")?, text_of(package, "version")?);
        let mut component =
            json!({ "type": "library", "bom-ref": reference(package)?, "name": name, "version": version });
        if let Some(licence) = package["license"].as_str() {
            // The old way to write two of them.
            let expression = licence.replace(" / ", "/").replace('/', " OR ");
            component["licenses"] = json!([{ "expression": expression }]);
        }
        if !package["source"].is_null() {
            let sum = checksums.get(&format!("{name} {version}")).with_context(|| format!("{name} is not locked"))?;
            component["purl"] = reference(package)?.into();
            component["hashes"] = json!([{ "alg": "SHA-256", "content": sum }]);
        }
        if name == PROGRAMS[0] {
            component["type"] = "application".into();
            main = component;
        } else {
            component["scope"] = if *used == Use::Site { "required" } else { "excluded" }.into();
            components.push(component);
        }
    }
    components.sort_by_cached_key(|component| component["bom-ref"].to_string());
    Ok(json!({
        "bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1,
        "metadata": { "component": main }, "components": components,
    }))
}

/// Every package that the programs need, by its id.
fn used(site: &Value, builder: &Value) -> Result<BTreeMap<String, Use>> {
    // In both ways, if need be: a library that a macro uses too may need more on the builder's machine.
    let mut used = BTreeSet::new();
    let mut waiting = Vec::new();
    for package in site["packages"].as_array().context("no packages")? {
        if package["source"].is_null() && PROGRAMS.contains(&text_of(package, "name")?) {
            waiting.push((text_of(package, "id")?, Use::Site));
        }
    }
    while let Some((id, way)) = waiting.pop() {
        if !used.insert((id.to_owned(), way)) {
            continue;
        }
        let graph = if way == Use::Site { site } else { builder };
        let node = entry(&graph["resolve"]["nodes"], id)?;
        for needed in node["deps"].as_array().context("no dependencies")? {
            let id = text_of(needed, "pkg")?;
            let is_macro = is_macro(entry(&site["packages"], id).or_else(|_| entry(&builder["packages"], id))?);
            let kinds = needed["dep_kinds"].as_array().context("no kinds")?;
            if kinds.iter().any(|kind| kind["kind"].is_null()) {
                waiting.push((id, if is_macro { Use::Compiling } else { way }));
            }
            if kinds.iter().any(|kind| kind["kind"] == "build") {
                waiting.push((id, Use::Compiling));
            }
        }
    }
    // What is in the site is said of it, whatever else uses it: of two the later counts.
    Ok(used.into_iter().collect())
}

fn is_macro(package: &Value) -> bool {
    package["targets"].as_array().is_some_and(|all| all.iter().any(|target| target["kind"][0] == "proc-macro"))
}

fn entry<'graph>(list: &'graph Value, id: &str) -> Result<&'graph Value> {
    let found = list.as_array().and_then(|list| list.iter().find(|entry| entry["id"] == id));
    found.with_context(|| format!("cargo does not know {id}"))
}

/// By what name the bill knows a package: its package URL (github.com/package-url/purl-spec), or its bare name if it is ours.
fn reference(package: &Value) -> Result<String> {
    let name = format!("{}@{}", text_of(package, "name")?, text_of(package, "version")?);
    Ok(if package["source"].is_null() { name } else { format!("pkg:cargo/{}", name.replace('+', "%2B")) })
}

fn text_of<'json>(value: &'json Value, field: &str) -> Result<&'json str> {
    value[field].as_str().with_context(|| format!("no {field}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(name: &str, kind: &str) -> Value {
        let source = if name == PROGRAMS[0] { Value::Null } else { "registry".into() };
        json!({ "id": name, "name": name, "version": "1.0.0", "license": "MIT/Apache-2.0", "source": source,
            "targets": [{ "kind": [kind] }] })
    }

    fn needs(name: &str, needed: &[(&str, Value)]) -> Value {
        let deps: Vec<Value> =
            needed.iter().map(|(name, kind)| json!({ "pkg": name, "dep_kinds": [{ "kind": kind }] })).collect();
        json!({ "id": name, "deps": deps })
    }

    #[test]
    fn a_crate_is_listed_by_what_it_is_used_for() {
        let packages = json!([
            package(PROGRAMS[0], "lib"),
            package("linked", "lib"),
            package("macro", "proc-macro"),
            package("macros-own", "lib"),
            package("script", "lib"),
            package("test", "lib")
        ]);
        let nodes = json!([
            needs(PROGRAMS[0], &[("linked", json!(null)), ("macro", json!(null)), ("test", json!("dev"))]),
            needs("linked", &[("script", json!("build"))]),
            needs("macro", &[("macros-own", json!(null))]),
            needs("macros-own", &[]),
            needs("script", &[]),
            needs("test", &[])
        ]);
        let graph = json!({ "packages": packages, "resolve": { "nodes": nodes } });
        let lock = ["linked", "macro", "macros-own", "script"]
            .map(|name| format!("[[package]]\nname = \"{name}\"\nversion = \"1.0.0\"\nchecksum = \"5a\"\n"));
        let bill = bill(&graph, &graph, &checksums(&lock.concat()), "1.95.0").unwrap();
        let listed = bill["components"].as_array().unwrap();
        let listed: Vec<_> =
            listed.iter().map(|part| (part["name"].as_str().unwrap(), part["scope"].as_str().unwrap())).collect();
        let expected = [
            ("linked", "required"),
            ("macro", "excluded"),
            ("macros-own", "excluded"),
            ("script", "excluded"),
            ("std", "required"),
        ];
        assert_eq!(listed, expected);
        let linked = &bill["components"][0];
        assert_eq!(linked["purl"], "pkg:cargo/linked@1.0.0");
        assert_eq!(linked["hashes"], json!([{ "alg": "SHA-256", "content": "5a" }]));
        assert_eq!(linked["licenses"], json!([{ "expression": "MIT OR Apache-2.0" }]));
        assert_eq!(bill["metadata"]["component"]["name"], PROGRAMS[0]);
    }
}
