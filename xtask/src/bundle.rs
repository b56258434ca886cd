//! `cargo xtask build`: the site as it is published. In: the sources. Out: `dist/`, a table of sizes, and a verdict on
//! the budget.
//!
//! Trunk builds; what it leaves undone is done here: hashes in the names of the worker's files, the start script in a
//! file of its own (so that a policy without `unsafe-inline` and without a hash lets it run), compressed copies.

use std::collections::BTreeMap;
use std::fs;
use std::hash::{DefaultHasher, Hasher};
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;

use crate::process::{find, output, run};
use crate::setup::{self, Places};

/// What a first visit may cost, in bytes as Brotli: page and engine, their glue, HTML and CSS.
const BUDGET: u64 = 170_000;

/// Loaded only when a format is chosen that needs it, so not part of the first visit.
const ON_DEMAND: &[&str] = &["exporter"];

/// The workers: Trunk gives their files no hash.
const WORKERS: &[&str] = &["engine"];

/// Sizes of one file in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Size {
    raw: u64,
    brotli: u64,
    gzip: u64,
}

/// Builds `dist/`; whether it keeps within the budget.
pub fn build() -> Result<bool> {
    let places = setup::prepare(setup::BUILD)?;
    compile(&places, true)?;
    // Not in cargo's target folder, which may be on another disk: this one is renamed to `dist` in the end.
    let folder = places.root().join("target/bundle");
    let mut trunk = places.command(places.trunk());
    // `NO_COLOR=1`, which many set, is not a value that this release of Trunk takes.
    trunk.env_remove("NO_COLOR").args(["build", "--release", "--dist"]).arg(&folder);
    run(trunk)?;

    for worker in WORKERS {
        hash_worker(&folder, worker).with_context(|| format!("putting a hash into the names of {worker}"))?;
    }
    move_start_script(&folder).context("moving the start script into a file")?;
    let sizes = compress(&places, &folder)?;

    // Only now, so that a build that fails leaves the last good one.
    let dist = places.root().join("dist");
    if dist.exists() {
        fs::remove_dir_all(&dist).context("removing the last dist")?;
    }
    fs::rename(&folder, &dist).context("putting the new dist in its place")?;
    let (table, within) = report(&sizes);
    print!("{table}");
    Ok(within)
}

/// Compiles page and engine at once. Trunk does it again, one after the other and in no time; but where the code has an
/// error, Trunk buries it, and its server goes on with what it last had.
pub fn compile(places: &Places, release: bool) -> Result<()> {
    let mut command =
        places.cargo(&["build", "--target", "wasm32-unknown-unknown", "--bin", "page", "--bin", "engine"]);
    if release {
        command.arg("--release");
    }
    run(command)
}

/// Renames a worker's files by their content, and what refers to them: the loader, the glue and the page's document.
fn hash_worker(folder: &Path, worker: &str) -> Result<()> {
    let [loader, glue, module] = ["_loader.js", ".js", "_bg.wasm"].map(|ending| (format!("{worker}{ending}"), ending));
    let mut hasher = DefaultHasher::new();
    for (name, _) in [&loader, &glue, &module] {
        hasher.write(&fs::read(folder.join(name)).with_context(|| format!("reading {name}"))?);
    }
    let hashed = |ending: &str| format!("{worker}-{:016x}{ending}", hasher.finish());
    replace(folder, "index.html", &format!("\"{}\"", loader.0), &format!("\"{}\"", hashed(loader.1)))?;
    replace(folder, &loader.0, &format!("'./{}'", glue.0), &format!("'./{}'", hashed(glue.1)))?;
    replace(folder, &glue.0, &module.0, &hashed(module.1))?;
    for (name, ending) in [loader, glue, module] {
        fs::rename(folder.join(&name), folder.join(hashed(ending))).with_context(|| format!("renaming {name}"))?;
    }
    Ok(())
}

/// Puts the document's one inline script into a file whose name holds its hash.
fn move_start_script(folder: &Path) -> Result<()> {
    const OPEN: &str = "<script type=\"module\">";
    let document = fs::read_to_string(folder.join("index.html")).context("reading index.html")?;
    let (before, script, after) = {
        let (before, rest) = document.split_once(OPEN).context("index.html has no inline module script")?;
        let (script, after) = rest.split_once("</script>").context("the script of index.html has no end")?;
        (before, script.trim(), after)
    };
    ensure!(!after.contains(OPEN), "index.html has more than one inline module script");
    let mut hasher = DefaultHasher::new();
    hasher.write(script.as_bytes());
    let name = format!("start-{:016x}.js", hasher.finish());
    fs::write(folder.join(&name), format!("{script}\n")).with_context(|| format!("writing {name}"))?;
    let document = format!("{before}<script type=\"module\" src=\"./{name}\"></script>{after}");
    fs::write(folder.join("index.html"), document).context("writing index.html")
}

/// Replaces every `old` in a file; fails where there is none, because then something else has changed.
fn replace(folder: &Path, name: &str, old: &str, new: &str) -> Result<()> {
    let file = folder.join(name);
    let text = fs::read_to_string(&file).with_context(|| format!("reading {name}"))?;
    ensure!(text.contains(old), "{name} does not refer to {old}");
    fs::write(&file, text.replace(old, new)).with_context(|| format!("writing {name}"))
}

fn compress(places: &Places, folder: &Path) -> Result<BTreeMap<String, Size>> {
    let Some(node) = find("node") else { bail!("node was not found on the PATH: install Node.js 18 or newer") };
    let mut command = places.command(node);
    command.arg(places.root().join("xtask/compress.mjs")).arg(folder);
    sizes(&output(command)?)
}

fn sizes(json: &str) -> Result<BTreeMap<String, Size>> {
    let value: BTreeMap<String, Value> = serde_json::from_str(json).context("reading the sizes")?;
    let size = |(name, value): (String, Value)| {
        let field = |field: &str| value[field].as_u64().with_context(|| format!("no size {field} of {name}"));
        let size = Size { raw: field("raw")?, brotli: field("brotli")?, gzip: field("gzip")? };
        Ok((name, size))
    };
    value.into_iter().map(size).collect()
}

/// The table of sizes, and whether the first visit keeps within the budget.
fn report(sizes: &BTreeMap<String, Size>) -> (String, bool) {
    let line = |name: &str, size: Size, note: &str| {
        format!("{name:<44} {:>10} {:>10} {:>10}  {note}\n", size.raw, size.gzip, size.brotli)
    };
    let mut table = format!("{:<44} {:>10} {:>10} {:>10}\n", "file in dist/, sizes in bytes", "raw", "gzip", "brotli");
    let mut first = Size { raw: 0, brotli: 0, gzip: 0 };
    for (name, size) in sizes {
        let on_demand = ON_DEMAND.iter().any(|program| name.starts_with(program));
        table.push_str(&line(name, *size, if on_demand { "on demand" } else { "" }));
        if !on_demand {
            first.raw += size.raw;
            first.gzip += size.gzip;
            first.brotli += size.brotli;
        }
    }
    let within = first.brotli <= BUDGET;
    let verdict = if within { "within" } else { "ABOVE" };
    table.push_str(&line("first visit", first, &format!("{verdict} the budget of {BUDGET} as Brotli")));
    (table, within)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(name: &str, files: &[(&str, &str)]) -> std::path::PathBuf {
        let folder = std::env::temp_dir().join(format!("xtask-{name}-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        for (name, text) in files {
            fs::write(folder.join(name), text).unwrap();
        }
        folder
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_worker_is_renamed_everywhere_and_its_files_still_find_each_other() {
        let folder = site(
            "worker",
            &[
                ("index.html", "<meta name=\"engine\" content=\"engine_loader.js\" />"),
                ("engine_loader.js", "import init from './engine.js';await init();"),
                ("engine.js", "new URL('engine_bg.wasm', import.meta.url)"),
                ("engine_bg.wasm", "wasm"),
            ],
        );
        hash_worker(&folder, "engine").unwrap();
        let names = names(&folder);
        let [glue, module, loader, index] = names.as_slice() else { panic!("{names:?}") };
        let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
        assert_eq!(read(index), format!("<meta name=\"engine\" content=\"{loader}\" />"));
        assert_eq!(read(loader), format!("import init from './{glue}';await init();"));
        assert_eq!(read(glue), format!("new URL('{module}', import.meta.url)"));
        assert!(!module.starts_with("engine_") && module.ends_with("_bg.wasm"), "{module}");
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn a_document_that_does_not_name_the_worker_is_refused() {
        let folder = site(
            "nameless",
            &[("index.html", "<p>"), ("engine_loader.js", ""), ("engine.js", ""), ("engine_bg.wasm", "")],
        );
        let error = hash_worker(&folder, "engine").unwrap_err();
        assert!(format!("{error:#}").contains("index.html does not refer to"), "{error:#}");
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn the_start_script_moves_into_a_file() {
        let folder = site("start", &[("index.html", "<p><script type=\"module\">\nlet a = 1;\n</script></p>")]);
        move_start_script(&folder).unwrap();
        let names = names(&folder);
        let [index, start] = names.as_slice() else { panic!("{names:?}") };
        let document = fs::read_to_string(folder.join(index)).unwrap();
        assert_eq!(document, format!("<p><script type=\"module\" src=\"./{start}\"></script></p>"));
        assert_eq!(fs::read_to_string(folder.join(start)).unwrap(), "let a = 1;\n");
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn the_budget_counts_brotli_of_the_first_visit_only() {
        let json = |page: u64| {
            format!(
                "{{\"page.wasm\":{{\"raw\":900000,\"brotli\":{page},\"gzip\":300000}},\
                  \"exporter.wasm\":{{\"raw\":900000,\"brotli\":90000,\"gzip\":300000}}}}"
            )
        };
        assert!(report(&sizes(&json(BUDGET)).unwrap()).1);
        let (table, within) = report(&sizes(&json(BUDGET + 1)).unwrap());
        assert!(!within && table.contains("ABOVE"), "{table}");
        assert!(sizes("{\"page.wasm\":{\"raw\":1}}").is_err());
    }
}
