//! `cargo xtask bench hidden`: whether a run keeps its pace in a tab that nobody sees. In: the same run in a visible and in
//! a hidden tab, at the same time. Out: seconds and pages a second, side by side.

use std::thread;

use anyhow::{Result, anyhow};

use super::Outcome;
use super::stage::{ROWS_PER_PAGE, measure, page};
use crate::setup::Places;

/// With [`SHARE_PERCENT`] of the quota, 20 pages a second, this takes ten minutes: browsers slow a hidden tab down most
/// after its fifth.
const DEVICES: u64 = 600_000;

/// Percent of the quotas.
const SHARE_PERCENT: u32 = 40;

/// How much longer the hidden tab may take.
const RATIO_MAX: f64 = 1.01;

const HEAD: &[&str] = &["tab", "devices", "seconds", "pages a second", "verdict", "held", "exist"];

/// Measures both at once, so that both have the same machine.
pub fn tabs(places: &Places) -> Result<Outcome> {
    let measure =
        |tab: &str| measure(&format!("a {tab} tab"), |cloud| page(places, cloud, DEVICES, SHARE_PERCENT, tab));
    let (visible, hidden) = thread::scope(|scope| {
        let visible = scope.spawn(|| measure("visible"));
        let hidden = measure("hidden");
        (visible.join(), hidden)
    });
    let visible = visible.map_err(|_| anyhow!("the measuring of the visible tab panicked"))??;
    let hidden = hidden?;
    let mut outcome = Outcome { head: HEAD, rows: Vec::new(), broken: Vec::new() };
    for (tab, measured) in [("visible", &visible), ("hidden", &hidden)] {
        outcome.rows.push(vec![
            tab.into(),
            DEVICES.into(),
            measured.seconds.into(),
            (DEVICES.div_ceil(ROWS_PER_PAGE) as f64 / measured.seconds).into(),
            measured.verdict.as_str().into(),
            measured.held.into(),
            measured.exist.into(),
        ]);
        if measured.verdict != "complete" {
            outcome.broken.push(format!("the {tab} tab's verdict is `{}`", measured.verdict));
        }
    }
    let ratio = hidden.seconds / visible.seconds;
    if ratio > RATIO_MAX {
        outcome.broken.push(format!("the hidden tab took {ratio:.3} times as long as the visible one"));
    }
    Ok(outcome)
}
