//! `cargo xtask bench export`: files of the page's table, which a run filled. In: the page; PapaParse, SheetJS, typage with
//! rows of the same kind. Out: seconds, the main thread's longest task, and memory, side by side.

use anyhow::{Context, Result};
use serde_json::Value;

use super::Outcome;
use super::stage::{cloud, contender, said};
use crate::setup::Places;

/// What is made, and of how many rows: as many as one run takes, and what an XLSX file is compared with.
const WORKS: [(&str, u64); 2] = [("million", 1_000_000), ("formats", 100_000)];

/// What the page promises of its main thread, in CPU time: what others do on a busy machine is not its doing.
const TASK_MS_MAX: u64 = 50;

const HEAD: &[&str] =
    &["rows", "file", "made by", "seconds", "longest task, ms", "its CPU, ms", "peak memory, MB more", "file, MB"];

/// Measures all works, one after the other.
pub fn files(places: &Places) -> Result<Outcome> {
    let mut outcome = Outcome { head: HEAD, rows: Vec::new(), broken: Vec::new() };
    for (what, rows) in WORKS {
        let cloud = cloud()?;
        let command = contender(places, "files.mjs", &[what, &cloud.address, &rows.to_string()])?;
        let measured = said(what, command)?;
        let files = measured["files"].as_array().context("the script named no files")?;
        outcome.broken.extend(broken(files));
        for file in files {
            let values =
                ["work", "who", "seconds", "task_ms", "cpu_ms", "peak_mb", "file_mb"].map(|field| file[field].clone());
            outcome.rows.push(std::iter::once(rows.into()).chain(values).collect());
        }
    }
    Ok(outcome)
}

/// What the page promises and does not keep: short tasks, and to be no slower than anybody else.
fn broken(files: &[Value]) -> Vec<String> {
    let mut broken = Vec::new();
    for file in files.iter().filter(|file| is_ours(file)) {
        let (work, task_ms) = (text(file, "work"), file["cpu_ms"].as_u64().unwrap_or(u64::MAX));
        if task_ms > TASK_MS_MAX {
            broken.push(format!("{work}: a task of {task_ms} ms is longer than {TASK_MS_MAX} ms"));
        }
        for other in files.iter().filter(|other| !is_ours(other) && other["work"] == file["work"]) {
            let (ours, theirs) = (seconds(file), seconds(other));
            if ours > theirs {
                broken.push(format!("{work}: {ours:.2} s, and {} takes {theirs:.2} s", text(other, "who")));
            }
        }
    }
    broken
}

fn is_ours(file: &Value) -> bool {
    text(file, "who").starts_with("the page")
}

fn seconds(file: &Value) -> f64 {
    file["seconds"].as_f64().unwrap_or(f64::INFINITY)
}

fn text<'a>(file: &'a Value, field: &str) -> &'a str {
    file[field].as_str().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_long_task_of_the_page_and_a_quicker_peer_are_told() {
        let ours =
            |seconds, task_ms| json!({ "work": "CSV", "who": "the page", "seconds": seconds, "cpu_ms": task_ms });
        let theirs = json!({ "work": "CSV", "who": "PapaParse", "seconds": 2.0, "cpu_ms": 1_900 });
        let of_another = json!({ "work": "XLSX", "who": "SheetJS", "seconds": 0.5, "cpu_ms": 500 });
        assert_eq!(broken(&[ours(1.5, 0), theirs.clone(), of_another]), [""; 0]);
        assert_eq!(
            broken(&[ours(2.5, 51), theirs]),
            ["CSV: a task of 51 ms is longer than 50 ms", "CSV: 2.50 s, and PapaParse takes 2.00 s"]
        );
        assert_eq!(broken(&[json!({ "who": "the page" })]).len(), 1);
    }
}
