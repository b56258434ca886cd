//! The site as an application that needs no network. In: the finished folder. Out: its service worker and its manifest.
//!
//! Sources: Service Workers (w3.org/TR/service-workers), Web Application Manifest (w3.org/TR/appmanifest). These two and
//! the document are the only files without a hash in their names: a browser looks for new versions there.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::json;

use super::digest::short;
use super::site::{replace, write};

/// The service worker, as the page registers it.
const SERVICE_WORKER: &str = "service-worker.js";

const MANIFEST: &str = "app.webmanifest";

/// What is kept only once it was used: files for factories and encryption.
const LATER: &str = "exporter";

/// Colours of the page's ground and of its mark (`style/tokens.css`, `style/icon.svg`).
const GROUND: &str = "#f5f6f8";
const MARK: &str = "#1257b8";

/// Writes both, and names them in the document.
pub fn finish(root: &Path, folder: &Path) -> Result<()> {
    let mut names = names(folder)?;
    let icon = names.iter().find(|name| name.starts_with("icon-")).context("the site has no icon")?.clone();
    let manifest = json!({
        "id": "./",
        "name": "IoT Provisioner",
        "short_name": "Provisioner",
        "description": "Register devices in bulk on Alibaba Cloud IoT Platform and take their credentials home.",
        "start_url": "./",
        "scope": "./",
        "display": "standalone",
        "background_color": GROUND,
        "theme_color": MARK,
        "icons": [{ "src": icon, "sizes": "any", "type": "image/svg+xml", "purpose": "any maskable" }],
    });
    write(folder, MANIFEST, &format!("{manifest:#}\n"))?;
    let head = format!(
        "<link rel=\"manifest\" href=\"{MANIFEST}\" />\n    <meta name=\"offline\" content=\"{SERVICE_WORKER}\" />"
    );
    replace(folder, "index.html", "</head>", &format!("  {head}\n  </head>"))?;
    names.push(MANIFEST.to_owned());

    let (later, mut first): (Vec<String>, Vec<String>) = names.into_iter().partition(|name| name.starts_with(LATER));
    // The folder's address is the document's.
    first.retain(|name| name != "index.html");
    first.insert(0, "./".to_owned());
    let contents = first.iter().chain(&later).map(|name| {
        let file = if name == "./" { "index.html" } else { name };
        fs::read(folder.join(file)).with_context(|| format!("reading {file}"))
    });
    let contents = contents.collect::<Result<Vec<_>>>()?;
    let version = short(&contents.concat());
    let script = fs::read_to_string(root.join("src").join(SERVICE_WORKER)).context("reading the service worker")?;
    let head = format!(
        "const VERSION = {};\nconst FIRST = {};\nconst LATER = {};\n",
        json!(version),
        json!(first),
        json!(later)
    );
    // Its comments are for those who change it.
    let lines = script.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//"));
    let script: String = lines.flat_map(|line| [line, "\n"]).collect();
    write(folder, SERVICE_WORKER, &(head + &script))
}

/// The site's files in order, less copies that are compressed.
fn names(folder: &Path) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).context("reading the site's folder")? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type()?.is_file() && !name.ends_with(".br") && !name.ends_with(".gz") {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(name: &str, start: &str) -> std::path::PathBuf {
        let root = std::env::temp_dir().join(format!("xtask-offline-{name}-{}", std::process::id()));
        let folder = root.join("dist");
        fs::create_dir_all(root.join("src")).unwrap();
        fs::create_dir_all(&folder).unwrap();
        fs::write(root.join("src").join(SERVICE_WORKER), "addEventListener;\n").unwrap();
        let files = [
            ("index.html", "<head>\n</head>"),
            ("start-1.js", start),
            ("icon-1.svg", "<svg/>"),
            ("exporter-1.js", "2"),
        ];
        for (name, text) in files {
            fs::write(folder.join(name), text).unwrap();
        }
        finish(&root, &folder).unwrap();
        root
    }

    #[test]
    fn the_service_worker_knows_every_file_and_what_can_wait() {
        let root = site("names", "1");
        let script = fs::read_to_string(root.join("dist").join(SERVICE_WORKER)).unwrap();
        assert!(script.contains(r#"const FIRST = ["./","icon-1.svg","start-1.js","app.webmanifest"];"#), "{script}");
        assert!(script.contains(r#"const LATER = ["exporter-1.js"];"#), "{script}");
        assert!(script.ends_with("addEventListener;\n"));
        let document = fs::read_to_string(root.join("dist/index.html")).unwrap();
        assert!(document.contains("app.webmanifest") && document.contains(SERVICE_WORKER), "{document}");
        fs::remove_dir_all(root).unwrap();
    }

    #[test]
    fn another_content_is_another_version() {
        let version = |name: &str, start: &str| {
            let root = site(name, start);
            let script = fs::read_to_string(root.join("dist").join(SERVICE_WORKER)).unwrap();
            fs::remove_dir_all(root).unwrap();
            script.lines().next().unwrap().to_owned()
        };
        assert_eq!(version("a", "1"), version("b", "1"));
        assert_ne!(version("c", "1"), version("d", "2"));
    }
}
