//! The project's habits and walls, checked. In: the source tree and `cargo tree`. Out: one line per breach.

mod claims;
mod imports;
mod text;
mod tree;
mod walls;

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::setup::Places;
use crate::test;

/// Folders that hold nothing of the project's own.
const NOT_OURS: &[&str] = &["target", "dist", "node_modules", ".git"];

/// Endings of the files that are looked at; files in `.ci` have none.
const ENDINGS: &[&str] = &["rs", "css", "mjs", "sh", "py", "html", "toml", "json", "md", "conf", "Caddyfile"];

/// A file of the project.
struct Source {
    /// From the project's root, with slashes.
    path: String,
    text: String,
}

/// `cargo xtask tidy`: prints every breach; whether there is none.
pub fn tidy() -> Result<bool> {
    let found = breaches(&Places::of_this_machine()?)?;
    for breach in &found {
        println!("{breach}");
    }
    println!("{} breaches", found.len());
    Ok(found.is_empty())
}

/// Every breach in the project, sorted.
pub fn breaches(places: &Places) -> Result<Vec<String>> {
    let mut sources = Vec::new();
    collect(places.root(), "", &mut sources)?;
    let mut found: Vec<String> = sources.iter().flat_map(text::breaches).collect();
    found.extend(sources.iter().filter(|source| source.path.ends_with(".rs")).flat_map(walls::breaches));
    found.extend(claims::breaches(&sources, &test::names().collect::<Vec<_>>()));
    found.extend(tree::breaches(places)?);
    found.sort();
    Ok(found)
}

fn collect(folder: &Path, prefix: &str, sources: &mut Vec<Source>) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))? {
        let entry = entry.with_context(|| format!("reading {}", folder.display()))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = format!("{prefix}{name}");
        let kind = entry.file_type().with_context(|| format!("looking at {path}"))?;
        if kind.is_dir() && !NOT_OURS.contains(&name.as_str()) {
            collect(&entry.path(), &format!("{path}/"), sources)?;
        } else if kind.is_file() && is_looked_at(&path) {
            let text = fs::read_to_string(entry.path()).with_context(|| format!("reading {path}"))?;
            sources.push(Source { path, text });
        }
    }
    Ok(())
}

fn is_looked_at(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    path.starts_with(".ci/") || ENDINGS.iter().any(|ending| name.rsplit('.').next() == Some(ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_and_scripts_are_looked_at_and_other_files_are_not() {
        for path in ["src/lib.rs", ".ci/run", "deploy/Caddyfile", "README.md", "style/base.css"] {
            assert!(is_looked_at(path), "{path}");
        }
        for path in ["Cargo.lock", "icon.png", "LICENSE"] {
            assert!(!is_looked_at(path), "{path}");
        }
    }
}
