//! What Trunk leaves undone in a published site. In: the folder that Trunk made. Out: the same folder, finished.
//!
//! What a worker loads, the workers' scripts and the tab's icons get hashes in their names. The styles become one file: a
//! dozen small ones cost a request each, and compress badly. The start script gets a file of its own, so that a policy
//! without `unsafe-inline` lets it run.

use std::fs;
use std::hash::{DefaultHasher, Hasher};
use std::path::Path;

use anyhow::{Context, Result, ensure};

/// The worker's script: Trunk copies it as it is.
const WORKER: &str = "worker.js";

const DOCUMENT: &str = "index.html";

/// The engine, the demo's cloud, and what makes files that need large libraries: Trunk puts no hash into the names of programs that a
/// worker loads.
const ENGINE: &str = "engine";
const DEMO: &str = "demo";
const EXPORTER: &str = "exporter";

/// The exporter's own worker.
const EXPORTER_WORKER: &str = "exporter-worker.js";

/// Icons of the tab; the first is the product's mark, the others come and go with a run.
const ICONS: [&str; 4] = ["icon.svg", "tab-running.svg", "tab-complete.svg", "tab-attention.svg"];

/// Finishes the site in this folder.
pub fn finish(folder: &Path) -> Result<()> {
    hash_program(folder, ENGINE, WORKER).context("putting hashes into the names of the engine's program")?;
    hash_program(folder, DEMO, WORKER).context("putting hashes into the names of the demo's program")?;
    hash_program(folder, EXPORTER, EXPORTER_WORKER)
        .context("putting hashes into the names of the exporter's program")?;
    hash_file(folder, EXPORTER_WORKER, WORKER).context("putting a hash into the name of the exporter's script")?;
    hash_file(folder, WORKER, DOCUMENT).context("putting a hash into the name of the worker's script")?;
    for icon in ICONS {
        hash_file(folder, icon, DOCUMENT).context("putting a hash into the name of an icon")?;
    }
    merge_styles(folder).context("merging the styles")?;
    move_start_script(folder).context("moving the start script into a file")?;
    drop_comments(folder).context("dropping comments")
}

/// Renames a program's module and glue by their content, also where the glue names the module and a worker's script the
/// glue.
fn hash_program(folder: &Path, program: &str, worker: &str) -> Result<()> {
    let (module, glue) = (format!("{program}_bg.wasm"), format!("{program}.js"));
    let bytes = |name: &str| fs::read(folder.join(name)).with_context(|| format!("reading {name}"));
    let hash = hash(&[&bytes(&module)?, &bytes(&glue)?]);
    let (hashed_module, hashed_glue) = (format!("{program}-{hash}_bg.wasm"), format!("{program}-{hash}.js"));
    replace(folder, &glue, &format!("'{module}'"), &format!("'{hashed_module}'"))?;
    replace(folder, worker, &format!("\"./{glue}\""), &format!("\"./{hashed_glue}\""))?;
    for (name, hashed) in [(module, hashed_module), (glue, hashed_glue)] {
        fs::rename(folder.join(&name), folder.join(hashed)).with_context(|| format!("renaming {name}"))?;
    }
    Ok(())
}

/// Renames a file that Trunk copied as it is by its content, also where another file names it.
fn hash_file(folder: &Path, name: &str, named_in: &str) -> Result<()> {
    let content = fs::read(folder.join(name)).with_context(|| format!("reading {name}"))?;
    let (stem, kind) = name.rsplit_once('.').with_context(|| format!("{name} has no kind"))?;
    let hashed = format!("{stem}-{}.{kind}", hash(&[&content]));
    let named = read(folder, named_in)?;
    // The document names it bare, a script as a module beside itself.
    let (old, new) = ["", "./"]
        .into_iter()
        .map(|before| (format!("\"{before}{name}\""), format!("\"{before}{hashed}\"")))
        .find(|(old, _)| named.contains(old))
        .with_context(|| format!("{named_in} does not refer to {name}"))?;
    replace(folder, named_in, &old, &new)?;
    fs::rename(folder.join(name), folder.join(&hashed)).with_context(|| format!("renaming {name}"))
}

/// Puts all styles into one file, in the order in which the document names them.
fn merge_styles(folder: &Path) -> Result<()> {
    const OPEN: &str = "<link rel=\"stylesheet\" href=\"./";
    let document = read(folder, DOCUMENT)?;
    let mut parts = document.split(OPEN);
    let mut merged = parts.next().unwrap_or_default().trim_end().to_owned();
    let mut rests = Vec::new();
    let mut styles = String::new();
    for part in parts {
        let (name, rest) = part.split_once('"').context("a style without an address")?;
        let (_, rest) = rest.split_once('>').context("a style's link without an end")?;
        styles.push_str(&read(folder, name)?);
        fs::remove_file(folder.join(name)).with_context(|| format!("removing {name}"))?;
        rests.push(rest.trim_end());
    }
    ensure!(!styles.is_empty(), "{DOCUMENT} names no style");
    let name = format!("style-{}.css", hash(&[styles.as_bytes()]));
    merged.push_str(&format!("\n    {OPEN}{name}\" />{}\n", rests.concat()));
    write(folder, &name, &styles)?;
    write(folder, DOCUMENT, &merged)
}

/// Puts the document's one inline script into a file.
fn move_start_script(folder: &Path) -> Result<()> {
    const OPEN: &str = "<script type=\"module\">";
    let document = read(folder, DOCUMENT)?;
    let (before, rest) = document.split_once(OPEN).context("the document has no inline module script")?;
    let (script, after) = rest.split_once("</script>").context("the document's script has no end")?;
    ensure!(!after.contains(OPEN), "the document has more than one inline module script");
    let script = format!("{}\n", script.trim());
    let name = format!("start-{}.js", hash(&[script.as_bytes()]));
    write(folder, &name, &script)?;
    write(folder, DOCUMENT, &format!("{before}<script type=\"module\" src=\"./{name}\"></script>{after}"))
}

/// Drops the document's comments, which are for those who change it.
fn drop_comments(folder: &Path) -> Result<()> {
    let document = read(folder, DOCUMENT)?;
    let mut parts = document.split("<!--");
    let mut kept = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        kept.push_str(part.split_once("-->").context("a comment without an end")?.1);
    }
    let lines: Vec<&str> = kept.lines().filter(|line| !line.trim().is_empty()).collect();
    write(folder, DOCUMENT, &format!("{}\n", lines.join("\n")))
}

/// Replaces every `old` in a file; fails where there is none, because then something else has changed.
pub fn replace(folder: &Path, name: &str, old: &str, new: &str) -> Result<()> {
    let text = read(folder, name)?;
    ensure!(text.contains(old), "{name} does not refer to {old}");
    write(folder, name, &text.replace(old, new))
}

fn read(folder: &Path, name: &str) -> Result<String> {
    fs::read_to_string(folder.join(name)).with_context(|| format!("reading {name}"))
}

pub fn write(folder: &Path, name: &str, text: &str) -> Result<()> {
    fs::write(folder.join(name), text).with_context(|| format!("writing {name}"))
}

/// A name for this content: the same for the same bytes.
pub fn hash(contents: &[&[u8]]) -> String {
    let mut hasher = DefaultHasher::new();
    for content in contents {
        hasher.write(content);
    }
    format!("{:016x}", hasher.finish())
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
    fn a_program_that_the_worker_loads_is_renamed_wherever_it_is_named() {
        let glue = "new URL('demo_bg.wasm', import.meta.url)";
        let files = [("demo.js", glue), ("demo_bg.wasm", "\0asm"), ("worker.js", "import(\"./demo.js\")")];
        let folder = site("program", &files);
        hash_program(&folder, DEMO, WORKER).unwrap();
        let names = names(&folder);
        let [glue, module, worker] = names.as_slice() else { panic!("{names:?}") };
        let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
        assert_eq!(read(glue), format!("new URL('{module}', import.meta.url)"));
        assert_eq!(read(worker), format!("import(\"./{glue}\")"));
        assert!(glue.starts_with("demo-") && module.starts_with("demo-") && module.ends_with("_bg.wasm"), "{names:?}");
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn the_worker_is_renamed_and_the_document_still_names_it() {
        let document = "<meta name=\"engine\" content=\"worker.js\" />";
        let folder = site("worker", &[("index.html", document), ("worker.js", "onmessage = null;")]);
        hash_file(&folder, WORKER, DOCUMENT).unwrap();
        let names = names(&folder);
        let [index, worker] = names.as_slice() else { panic!("{names:?}") };
        let document = fs::read_to_string(folder.join(index)).unwrap();
        assert_eq!(document, format!("<meta name=\"engine\" content=\"{worker}\" />"));
        assert!(worker.starts_with("worker-"), "{worker}");
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn a_script_that_another_script_starts_is_renamed_there() {
        let files = [("exporter-worker.js", "1"), ("worker.js", "new Worker(new URL(\"./exporter-worker.js\"))")];
        let folder = site("script", &files);
        hash_file(&folder, EXPORTER_WORKER, WORKER).unwrap();
        let names = names(&folder);
        let [script, worker] = names.as_slice() else { panic!("{names:?}") };
        let expected = format!("new Worker(new URL(\"./{script}\"))");
        assert_eq!(fs::read_to_string(folder.join(worker)).unwrap(), expected);
        assert!(script.starts_with("exporter-worker-"), "{script}");
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn a_document_that_does_not_name_the_worker_is_refused() {
        let folder = site("nameless", &[("index.html", "<p>"), ("worker.js", "")]);
        let error = hash_file(&folder, WORKER, DOCUMENT).unwrap_err();
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
    fn the_styles_become_one_in_their_order() {
        let link = |name: &str| format!("<link rel=\"stylesheet\" href=\"./{name}\" integrity=\"sha384-x\"/>");
        let document = format!("<head>\n    {}\n    {}\n    <p>\n", link("z.css"), link("a.css"));
        let folder = site("styles", &[("index.html", &document), ("a.css", "a {}\n"), ("z.css", "z {}\n")]);
        merge_styles(&folder).unwrap();
        let names = names(&folder);
        let [index, style] = names.as_slice() else { panic!("{names:?}") };
        assert_eq!(fs::read_to_string(folder.join(style)).unwrap(), "z {}\na {}\n");
        let expected = format!("<head>\n    <link rel=\"stylesheet\" href=\"./{style}\" />\n    <p>\n");
        assert_eq!(fs::read_to_string(folder.join(index)).unwrap(), expected);
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn comments_and_empty_lines_go() {
        let folder = site("comments", &[("index.html", "<p>\n  <!-- one\n two -->\n\n</p><!-- three -->\n")]);
        drop_comments(&folder).unwrap();
        assert_eq!(fs::read_to_string(folder.join("index.html")).unwrap(), "<p>\n</p>\n");
        fs::remove_dir_all(&folder).unwrap();
    }
}
