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

/// What is measured, as the scripts name it, and as the table does. A task's milliseconds are those of the clock, which
/// other work on the machine lengthens, and those of a processor.
const MEASURES: &[(&str, &str)] = &[
    ("run_seconds", "run, s"),
    ("open_ms", "open, ms"),
    ("frames", "frames in 10 s"),
    ("long", "of these over 50 ms"),
    ("frame_cpu_ms", "processor, ms a frame"),
    ("filter_ms", "filter, ms"),
    ("sort_ms", "sort, ms"),
    ("run_task_ms", "longest task of the run, ms"),
    ("run_cpu_ms", "longest task of the run, processor's ms"),
    ("open_task_ms", "longest task when opened, ms"),
    ("open_cpu_ms", "longest task when opened, processor's ms"),
    ("scroll_task_ms", "longest task of scrolling, ms"),
    ("scroll_cpu_ms", "longest task of scrolling, processor's ms"),
    ("filter_task_ms", "longest task of the filter, ms"),
    ("filter_cpu_ms", "longest task of the filter, processor's ms"),
    ("sort_task_ms", "longest task of sorting, ms"),
    ("sort_cpu_ms", "longest task of sorting, processor's ms"),
    ("engine_bytes_a_row", "engine, bytes a row"),
    ("bytes_a_row", "all, bytes a row"),
];

const HEAD: &[&str] = &["measure", "the page", "AG Grid Community", "TanStack"];

/// Measures the three, one after the other.
pub fn tables(places: &Places) -> Result<Outcome> {
    let mut measured = Vec::new();
    for (who, name) in ["page", "ag_grid", "tanstack"].into_iter().zip(&HEAD[1..]) {
        let cloud = cloud()?;
        let command = contender(places, "table.mjs", &[who, &cloud.address, &ROWS.to_string()])?;
        measured.push(said(name, command)?);
    }
    let row = |(field, name): &(&str, &str)| {
        std::iter::once(Value::from(*name)).chain(measured.iter().map(|said| said[*field].clone())).collect()
    };
    Ok(Outcome { head: HEAD, rows: MEASURES.iter().map(row).collect(), broken: broken(&measured[0]) })
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
    for name in ["run", "scroll", "filter", "sort"] {
        let longest = whole(&format!("{name}_cpu_ms"));
        at_most(&format!("ms of a processor for the longest task ({name})"), longest, TASK_MS_MAX);
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
    fn what_is_not_kept_or_not_measured_is_told() {
        let kept = json!({
            "long": 0, "filter_ms": 80, "sort_ms": 900, "run_cpu_ms": 0, "scroll_cpu_ms": 0, "filter_cpu_ms": 0,
            "sort_cpu_ms": 50, "engine_bytes_a_row": 131.5,
        });
        assert_eq!(broken(&kept), [""; 0]);
        let bad = json!({
            "long": 3, "filter_ms": 80, "sort_ms": 1_001, "run_cpu_ms": 0, "scroll_cpu_ms": 0, "filter_cpu_ms": 0,
            "sort_cpu_ms": 51, "engine_bytes_a_row": 251.0,
        });
        assert_eq!(broken(&bad).len(), 4);
        assert_eq!(broken(&json!({})).len(), 8);
    }
}
