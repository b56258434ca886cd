//! What the published document lets a browser load and do. In: the finished folder. Out: a Content-Security-Policy in the
//! document, and the hashes of what it names.
//!
//! Sources: Content Security Policy (w3.org/TR/CSP3), Trusted Types (w3.org/TR/trusted-types). A policy of the document
//! holds for the page; a worker has the policy that its own script came with.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::digest::integrity;
use super::site::{DOCUMENT, read, replace, write};

/// The page calls nobody: its engine, a worker, does. Trusted Types let `src/start.js` name what may be started.
/// `frame-ancestors`, `sandbox` and reports can be asked for by a server alone.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; \
                      connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; \
                      require-trusted-types-for 'script'; trusted-types default";

/// Puts the policy into the document, before anything that it is to hold for.
pub fn declare(folder: &Path) -> Result<()> {
    let meta = format!("<head>\n    <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\" />");
    replace(folder, DOCUMENT, "<head>", &meta)
}

/// Says what the files that the document names hold, so that a browser refuses others.
pub fn pin(folder: &Path) -> Result<()> {
    let document = read(folder, DOCUMENT)?;
    let mut parts = document.split("=\"./");
    let mut pinned = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part.split_once('"').context("an address without an end")?;
        let content = fs::read(folder.join(name)).with_context(|| format!("reading {name}"))?;
        // The program is fetched by the start script, which knows what it holds: what is loaded ahead for it is not compared.
        let is_ahead = pinned.rsplit('<').next().is_some_and(|tag| tag.starts_with("link rel=\"preload\""));
        let pin = if is_ahead { String::new() } else { format!(" integrity=\"{}\"", integrity(&content)) };
        pinned.push_str(&format!("=\"./{name}\"{pin}{rest}"));
    }
    write(folder, DOCUMENT, &pinned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bundle::site::tests::site;

    #[test]
    fn the_policy_is_the_first_thing_in_the_head_and_the_encoding_is_still_found() {
        let folder = site("policy", &[("index.html", include_str!("../../../index.html"))]);
        declare(&folder).unwrap();
        let document = read(&folder, DOCUMENT).unwrap();
        let head = document.split_once("<head>").unwrap().1;
        assert!(
            head.trim_start().starts_with("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';")
        );
        // The HTML standard: within the first 1024 bytes.
        assert!(document.find("<meta charset=\"utf-8\" />").unwrap() < 1000);
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn every_file_that_the_document_loads_is_pinned() {
        let rest = "<link href=\"icon.svg\"><link rel=\"preload\" href=\"./a.css\">";
        let document = format!("<link href=\"./a.css\" /><script src=\"./b.js\"></script>{rest}");
        let folder = site("pinned", &[("index.html", &document), ("a.css", "abc"), ("b.js", "")]);
        pin(&folder).unwrap();
        let expected = format!(
            "<link href=\"./a.css\" integrity=\"{}\" /><script src=\"./b.js\" integrity=\"{}\"></script>{rest}",
            integrity(b"abc"),
            integrity(b"")
        );
        assert_eq!(read(&folder, DOCUMENT).unwrap(), expected);
        fs::remove_dir_all(&folder).unwrap();
    }
}
