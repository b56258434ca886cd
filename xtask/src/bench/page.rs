//! `cargo xtask bench page`: what the form takes of a browser. In: a list of 100,000 names, checked and pasted, beside a page
//! of one's own with PapaParse; a first visit, as Lighthouse sees it. Out: milliseconds and scores.

use anyhow::Result;
use serde_json::Value;

use super::Outcome;
use super::stage::{contender, said};
use crate::setup::Places;

/// Names in the list.
const ROWS: u64 = 100_000;

/// What the page promises.
const CHECK_MS_MAX: u64 = 1_000;
const TASK_MS_MAX: u64 = 50;

/// Lighthouse's categories, and the least of each that is promised at a desk and on a throttled telephone.
const SCORES: [(&str, u64, u64); 3] =
    [("performance", 100, 95), ("accessibility", 100, 100), ("best_practices", 100, 100)];

/// What is measured of a list, as the script names it, and as the table does.
const OF_LIST: [(&str, &str); 6] = [
    ("first_ms", "first check of 100,000 rows, ms"),
    ("median_ms", "check of 100,000 rows, median of 5, ms"),
    ("check_task_ms", "longest task of the checks, processor's ms"),
    ("paste_task_ms", "longest task of a paste, processor's ms"),
    ("key_task_ms", "longest task of typing elsewhere afterwards, processor's ms"),
    ("keys_ms", "all tasks of typing 11 characters, processor's ms"),
];

/// What is measured of a visit.
const OF_VISIT: [(&str, &str); 7] = [
    ("performance", "Lighthouse, performance"),
    ("accessibility", "Lighthouse, accessibility"),
    ("best_practices", "Lighthouse, best practices"),
    ("first_paint_ms", "first contentful paint, ms"),
    ("largest_paint_ms", "largest contentful paint, ms"),
    ("interactive_ms", "time to interactive, ms"),
    ("blocking_ms", "total blocking time, ms"),
];

const HEAD: &[&str] = &["measure", "the page", "a plain page", "a visit at a desk", "a visit by telephone"];

/// Measures the list beside the other page, then the visits: medians of five.
pub fn form(places: &Places) -> Result<Outcome> {
    let list = said("a list of names", contender(places, "page.mjs", &["names", &ROWS.to_string()])?)?;
    let desk = said("visits at a desk", contender(places, "page.mjs", &["visit", "desktop"])?)?;
    let telephone = said("visits by telephone", contender(places, "page.mjs", &["visit", "mobile"])?)?;
    let of_list = |(field, name): &(&str, &str)| {
        vec![Value::from(*name), list["ours"][*field].clone(), list["peer"][*field].clone(), Value::Null, Value::Null]
    };
    let of_visit = |(field, name): &(&str, &str)| {
        vec![Value::from(*name), Value::Null, Value::Null, desk[*field].clone(), telephone[*field].clone()]
    };
    let rows = OF_LIST.iter().map(of_list).chain(OF_VISIT.iter().map(of_visit)).collect();
    Ok(Outcome { head: HEAD, rows, broken: broken(&list["ours"], &desk, &telephone) })
}

/// What the page promises and does not keep.
fn broken(list: &Value, desk: &Value, telephone: &Value) -> Vec<String> {
    let mut broken = Vec::new();
    let limits = [("median_ms", CHECK_MS_MAX), ("paste_task_ms", TASK_MS_MAX), ("key_task_ms", TASK_MS_MAX)];
    for (field, most) in limits {
        let found = list[field].as_u64().unwrap_or(u64::MAX);
        if found > most {
            broken.push(format!("{field}: {found} is more than {most}"));
        }
    }
    for (category, at_desk, by_telephone) in SCORES {
        for (place, visit, least) in [("at a desk", desk, at_desk), ("by telephone", telephone, by_telephone)] {
            let score = visit[category].as_u64().unwrap_or_default();
            if score < least {
                broken.push(format!("{category} {place}: {score} is less than {least}"));
            }
        }
    }
    broken
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_not_kept_or_not_measured_is_told() {
        let list = json!({ "median_ms": 400, "paste_task_ms": 20, "key_task_ms": 50 });
        let visit = |performance| json!({ "performance": performance, "accessibility": 100, "best_practices": 100 });
        assert_eq!(broken(&list, &visit(100), &visit(95)), [""; 0]);
        assert_eq!(broken(&list, &visit(99), &visit(94)).len(), 2);
        assert_eq!(broken(&json!({}), &json!({}), &json!({})).len(), 9);
    }
}
