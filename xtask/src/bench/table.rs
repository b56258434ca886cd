//! `cargo xtask bench table`: a million rows in the page's table, filled by a run. In: the page; AG Grid Community, and
//! TanStack Table with TanStack Virtual. Out: frames, milliseconds and bytes a row, side by side.

use anyhow::Result;
use serde_json::Value;

use super::Outcome;
use super::stage::{cloud, contender, said};
use crate::setup::Places;

/// As many as one run takes.
const ROWS: u64 = 1_000_000;

/// What the page promises.
const LONG_FRAMES_MAX: u64 = 0;
const FILTER_MS_MAX: u64 = 100;
const SORT_MS_MAX: u64 = 1_000;
const BYTES_A_ROW_MAX: f64 = 250.0;
const TASK_MS_MAX: u64 = 50;

/// What is measured, as the scripts name it, and as the table does.
const MEASURES: &[(&str, &str)] = &[
    ("run_seconds", "run, s"),
    ("open_ms", "open, ms"),
    ("frames", "frames in 10 s"),
    ("long", "over 50 ms"),
    ("filter_ms", "filter, ms"),
    ("sort_ms", "sort, ms"),
    ("run_task_ms", "longest task: run"),
    ("open_task_ms", "open"),
    ("scroll_task_ms", "scroll"),
    ("filter_task_ms", "filter"),
    ("sort_task_ms", "sort"),
    ("engine_bytes_a_row", "engine, B a row"),
    ("bytes_a_row", "all, B a row"),
];

const HEAD: &[&str] = &[
    "table",
    "run, s",
    "open, ms",
    "frames in 10 s",
    "over 50 ms",
    "filter, ms",
    "sort, ms",
    "longest task: run",
    "open",
    "scroll",
    "filter",
    "sort",
    "engine, B a row",
    "all, B a row",
];

/// Measures the three, one after the other.
pub fn tables(places: &Places) -> Result<Outcome> {
    let mut outcome = Outcome { head: HEAD, rows: Vec::new(), broken: Vec::new() };
    for (who, name) in [("page", "the page"), ("ag_grid", "AG Grid Community"), ("tanstack", "TanStack")] {
        let cloud = cloud()?;
        let command = contender(places, "table.mjs", &[who, &cloud.address, &ROWS.to_string()])?;
        let measured = said(name, command)?;
        if who == "page" {
            outcome.broken = broken(&measured);
        }
        let values = MEASURES.iter().map(|(field, _)| measured[*field].clone());
        outcome.rows.push(std::iter::once(Value::from(name)).chain(values).collect());
    }
    Ok(outcome)
}

/// What the page promises and does not keep.
fn broken(ours: &Value) -> Vec<String> {
    let whole = |field: &str| ours[field].as_u64().unwrap_or(u64::MAX);
    let mut broken = Vec::new();
    let mut at_most = |what: &str, found: u64, most: u64| {
        if found > most {
            broken.push(format!("{what}: {found} is more than {most}"));
        }
    };
    at_most("frames over 50 ms", whole("long"), LONG_FRAMES_MAX);
    at_most("ms to filter", whole("filter_ms"), FILTER_MS_MAX);
    at_most("ms to sort", whole("sort_ms"), SORT_MS_MAX);
    for (field, name) in MEASURES.iter().filter(|(field, _)| field.ends_with("_task_ms") && !ours[*field].is_null()) {
        at_most(&format!("ms of the {name}'s longest task"), whole(field), TASK_MS_MAX);
    }
    let bytes = ours["engine_bytes_a_row"].as_f64().unwrap_or(f64::INFINITY);
    if bytes > BYTES_A_ROW_MAX {
        broken.push(format!("{bytes:.0} bytes a row are more than {BYTES_A_ROW_MAX}"));
    }
    broken
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_measure_has_its_column() {
        let names: Vec<_> = std::iter::once("table").chain(MEASURES.iter().map(|(_, name)| *name)).collect();
        assert_eq!(HEAD, names);
    }

    #[test]
    fn what_is_not_kept_or_not_measured_is_told() {
        let kept = json!({
            "long": 0, "filter_ms": 80, "sort_ms": 900, "run_task_ms": 0, "scroll_task_ms": 0, "filter_task_ms": 0,
            "sort_task_ms": 50, "engine_bytes_a_row": 131.5,
        });
        assert_eq!(broken(&kept), [""; 0]);
        let bad =
            json!({ "long": 3, "filter_ms": 80, "sort_ms": 1_001, "sort_task_ms": 51, "engine_bytes_a_row": 251.0 });
        assert_eq!(broken(&bad).len(), 4);
        assert_eq!(broken(&json!({})).len(), 4);
    }
}
