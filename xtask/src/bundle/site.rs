//! What Trunk leaves undone in a published site. In: the folder that Trunk made. Out: the same folder, finished.
//!
//! Every file is named by its own content. The styles become one file: a dozen small ones cost a request each, and
//! compress badly. What starts the page gets a file of its own, so that a policy without `unsafe-inline` lets it run.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use super::digest::{integrity, short};
use super::policy;

/// The document.
pub const DOCUMENT: &str = "index.html";

/// What starts the page.
const START: &str = "start.js";

/// The page's program.
const MODULE: &str = "provisioner_bg.wasm";

/// Each file with those that name it, which get their own names later: what a file is called is part of their content.
const NAMED: &[(&str, &[&str])] = &[
    ("exporter_bg.wasm", &["exporter.js"]),
    ("exporter.js", &["exporter-worker.js"]),
    ("exporter-worker.js", &["worker.js"]),
    ("demo_bg.wasm", &["demo.js"]),
    ("demo.js", &["worker.js"]),
    ("engine_bg.wasm", &["engine.js"]),
    ("engine.js", &["worker.js"]),
    ("worker.js", &[START, DOCUMENT]),
    (MODULE, &["provisioner.js", START, DOCUMENT]),
    ("provisioner.js", &[START, DOCUMENT]),
    (START, &[DOCUMENT]),
    // The tab's icons; the first is the product's mark, the others come and go with a run.
    ("icon.svg", &[DOCUMENT]),
    ("tab-running.svg", &[DOCUMENT]),
    ("tab-complete.svg", &[DOCUMENT]),
    ("tab-attention.svg", &[DOCUMENT]),
];

/// Puts what starts the page in the place of Trunk's own script. After it nothing but names changes.
pub fn begin(root: &Path, folder: &Path) -> Result<()> {
    fs::copy(root.join("src").join(START), folder.join(START)).context("copying the start script")?;
    replace_start_script(folder).context("replacing the start script")?;
    merge_styles(folder).context("merging the styles")?;
    drop_comments(folder).context("dropping comments")
}

/// Names every file by its content, and pins what the document loads.
pub fn finish(folder: &Path) -> Result<()> {
    let module = fs::read(folder.join(MODULE)).context("reading the page's program")?;
    let start = read(folder, START)?;
    write(folder, START, &format!("const MODULE_INTEGRITY = \"{}\";\n{start}", integrity(&module)))?;
    for (name, named_in) in NAMED {
        rename(folder, name, named_in).with_context(|| format!("naming {name} by its content"))?;
    }
    policy::pin(folder).context("pinning what the document loads")?;
    policy::declare(folder).context("putting the policy into the document")
}

/// Renames a file by its content, also where other files name it.
fn rename(folder: &Path, name: &str, named_in: &[&str]) -> Result<()> {
    let content = fs::read(folder.join(name)).with_context(|| format!("reading {name}"))?;
    let (stem, kind) = name.rsplit_once('.').with_context(|| format!("{name} has no kind"))?;
    // wasm-bindgen ends modules in `_bg`.
    let (stem, end) = stem.strip_suffix("_bg").map_or((stem, ""), |stem| (stem, "_bg"));
    let hashed = format!("{stem}-{}{end}.{kind}", short(&content));
    for file in named_in {
        // The document names it bare, a script as a module beside itself.
        let named = read(folder, file)?;
        let renamed = ["", "./"].iter().fold(named.clone(), |text, before| {
            text.replace(&format!("\"{before}{name}\""), &format!("\"{before}{hashed}\""))
        });
        ensure!(renamed != named, "{file} does not refer to {name}");
        write(folder, file, &renamed)?;
    }
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
        for line in without(&read(folder, name)?, ["/*", "*/"])?.lines().filter(|line| !line.is_empty()) {
            styles.push_str(line.trim());
            // What goes on in the next line is parted from it.
            if !line.ends_with(['{', '}', ';', ',']) {
                styles.push(' ');
            }
        }
        fs::remove_file(folder.join(name)).with_context(|| format!("removing {name}"))?;
        rests.push(rest.trim_end());
    }
    ensure!(!styles.is_empty(), "{DOCUMENT} names no style");
    let name = format!("style-{}.css", short(styles.as_bytes()));
    merged.push_str(&format!("\n    {OPEN}{name}\" />{}\n", rests.concat()));
    write(folder, &name, &styles)?;
    write(folder, DOCUMENT, &merged)
}

/// Puts our start script in the place of the inline one that Trunk writes, behind what the document loads ahead: a module
/// that is in the document's map already has been checked against its hash.
fn replace_start_script(folder: &Path) -> Result<()> {
    const OPEN: &str = "<script type=\"module\">";
    let document = read(folder, DOCUMENT)?;
    let (before, rest) = document.split_once(OPEN).context("the document has no inline module script")?;
    let (_, after) = rest.split_once("</script>").context("the document's script has no end")?;
    ensure!(!after.contains(OPEN), "the document has more than one inline module script");
    let (ahead, body) = after.split_once("</head>").context("the document's head has no end")?;
    let script = format!("<script type=\"module\" src=\"./{START}\"></script>");
    write(folder, DOCUMENT, &format!("{before}{ahead}\n    {script}\n  </head>{body}"))
}

/// Drops the document's comments, which are for those who change it.
fn drop_comments(folder: &Path) -> Result<()> {
    let kept = without(&read(folder, DOCUMENT)?, ["<!--", "-->"])?;
    let lines: Vec<&str> = kept.lines().filter(|line| !line.trim().is_empty()).collect();
    write(folder, DOCUMENT, &format!("{}\n", lines.join("\n")))
}

/// The text without its comments.
fn without(text: &str, [open, close]: [&str; 2]) -> Result<String> {
    let mut parts = text.split(open);
    let mut kept = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        kept.push_str(part.split_once(close).context("a comment without an end")?.1);
    }
    Ok(kept)
}

/// Replaces every `old` in a file; fails where there is none, because then something else has changed.
pub fn replace(folder: &Path, name: &str, old: &str, new: &str) -> Result<()> {
    let text = read(folder, name)?;
    ensure!(text.contains(old), "{name} does not refer to {old}");
    write(folder, name, &text.replace(old, new))
}

/// The text of a file.
pub fn read(folder: &Path, name: &str) -> Result<String> {
    fs::read_to_string(folder.join(name)).with_context(|| format!("reading {name}"))
}

/// Writes a file.
pub fn write(folder: &Path, name: &str, text: &str) -> Result<()> {
    fs::write(folder.join(name), text).with_context(|| format!("writing {name}"))
}

#[cfg(test)]
pub mod tests {
    use super::*;

    pub fn site(name: &str, files: &[(&str, &str)]) -> std::path::PathBuf {
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
    fn a_file_is_named_by_its_content_wherever_it_is_named() {
        let glue = "new URL(\"demo_bg.wasm\", import.meta.url)";
        let files = [("demo.js", glue), ("demo_bg.wasm", "abc"), ("worker.js", "import(\"./demo.js\")")];
        let folder = site("program", &files);
        rename(&folder, "demo_bg.wasm", &["demo.js"]).unwrap();
        rename(&folder, "demo.js", &["worker.js"]).unwrap();
        let names = names(&folder);
        let [glue, module, worker] = names.as_slice() else { panic!("{names:?}") };
        // The sum of `abc` begins so (FIPS 180-4).
        assert_eq!(module, "demo-ba7816bf8f01cfea_bg.wasm");
        assert_eq!(read(&folder, glue).unwrap(), format!("new URL(\"{module}\", import.meta.url)"));
        assert_eq!(glue, &format!("demo-{}.js", short(&fs::read(folder.join(glue)).unwrap())));
        assert_eq!(read(&folder, worker).unwrap(), format!("import(\"./{glue}\")"));
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn a_file_gets_its_name_before_those_that_name_it() {
        for (index, (_, named_in)) in NAMED.iter().enumerate() {
            let named = |name: &str| NAMED[..=index].iter().any(|(earlier, _)| *earlier == name);
            assert!(!named_in.iter().any(|name| named(name)), "{named_in:?}");
        }
    }

    #[test]
    fn a_document_that_does_not_name_the_worker_is_refused() {
        let folder = site("nameless", &[("index.html", "<p>"), ("worker.js", "")]);
        let error = rename(&folder, "worker.js", &[DOCUMENT]).unwrap_err();
        assert!(format!("{error:#}").contains("index.html does not refer to"), "{error:#}");
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn our_start_script_takes_the_place_of_trunks_behind_what_is_loaded_ahead() {
        let document = "<head>\n<script type=\"module\">\nlet a = 1;\n</script>\n    <link /></head><p>";
        let folder = site("start", &[("index.html", document)]);
        replace_start_script(&folder).unwrap();
        let expected = "<head>\n\n    <link />\n    <script type=\"module\" src=\"./start.js\"></script>\n  </head><p>";
        assert_eq!(read(&folder, DOCUMENT).unwrap(), expected);
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn the_styles_become_one_in_their_order() {
        let link = |name: &str| format!("<link rel=\"stylesheet\" href=\"./{name}\"/>");
        let document = format!("<head>\n    {}\n    {}\n    <p>\n", link("z.css"), link("a.css"));
        let folder = site(
            "styles",
            &[
                ("index.html", &document),
                ("a.css", "a {}\n"),
                ("z.css", "/* why\n not */\nz,\ny {\n  b: c\n    d;\n}\n"),
            ],
        );
        merge_styles(&folder).unwrap();
        let names = names(&folder);
        let [index, style] = names.as_slice() else { panic!("{names:?}") };
        assert_eq!(fs::read_to_string(folder.join(style)).unwrap(), "z,y {b: c d;}a {}");
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
