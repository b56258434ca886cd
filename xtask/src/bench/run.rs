//! `cargo xtask bench run`: how near a run comes to the least time that the quotas allow. In: the page, and the vendor's
//! Python SDK as people write it. Out: seconds, and their ratio to the lower bound.

use anyhow::Result;

use super::Outcome;
use super::stage::{DELAY_MS, Measured, PAGES_PER_SECOND, ROWS_PER_PAGE, measure, page, sdk};
use crate::setup::Places;

/// Devices of the runs.
const DEVICES: [u64; 2] = [10_000, 100_000];

/// What the page promises at the whole quota.
const RATIO_MAX: f64 = 1.05;

/// Devices that a batch holds, and that the simulated cloud makes a second in each.
const DEVICES_PER_BATCH: u64 = 10_000;
const DEVICES_PER_SECOND: f64 = 1_000.0;

const HEAD: &[&str] =
    &["contender", "devices", "seconds", "lower bound", "ratio", "refused", "pages in a second", "held", "exist"];

/// Measures all contenders, one after the other.
pub fn contenders(places: &Places) -> Result<Outcome> {
    let mut outcome = Outcome { head: HEAD, rows: Vec::new(), broken: Vec::new() };
    for devices in DEVICES {
        let ours = measure("the page in Chromium", |cloud| page(places, cloud, devices, 100, "visible"))?;
        outcome.broken.extend(broken(&ours, devices));
        outcome.add("the page in Chromium", devices, &ours);
        for (name, threads) in [("Python SDK, ten threads", 10), ("Python SDK, serial", 1)] {
            let theirs = measure(name, |cloud| Ok(sdk(places, cloud, devices, threads)))?;
            outcome.add(name, devices, &theirs);
        }
    }
    Ok(outcome)
}

/// No run is shorter: its largest batch has to be made, a second's quota of pages may leave at the start of each second,
/// and the last page needs its round trip.
fn lower_bound(devices: u64) -> f64 {
    let batches = (devices / DEVICES_PER_BATCH, devices % DEVICES_PER_BATCH);
    let pages = batches.0 * DEVICES_PER_BATCH.div_ceil(ROWS_PER_PAGE) + batches.1.div_ceil(ROWS_PER_PAGE);
    let whole_seconds = (pages - 1) / PAGES_PER_SECOND;
    let batch_seconds = (devices.min(DEVICES_PER_BATCH) as f64 / DEVICES_PER_SECOND).max(1.0);
    batch_seconds + whole_seconds as f64 + f64::from(DELAY_MS) / 1_000.0
}

/// What the page promises and does not keep.
fn broken(ours: &Measured, devices: u64) -> Vec<String> {
    let ratio = ours.seconds / lower_bound(devices);
    let promises = [
        (ratio <= RATIO_MAX, format!("{ratio:.3} times the lower bound is more than {RATIO_MAX}")),
        (ours.refused == 0, format!("the cloud refused {} calls", ours.refused)),
        (ours.above_quota.is_empty(), format!("too many calls in a second: {}", ours.above_quota.join(", "))),
        (ours.verdict == "complete", format!("the verdict is `{}`", ours.verdict)),
        (ours.held == devices && ours.exist == devices, format!("{} held, {} exist", ours.held, ours.exist)),
    ];
    let sentences = promises.into_iter().filter(|(holds, _)| !holds);
    sentences.map(|(_, sentence)| format!("{devices} devices: {sentence}")).collect()
}

impl Outcome {
    fn add(&mut self, name: &str, devices: u64, measured: &Measured) {
        let bound = lower_bound(devices);
        self.rows.push(vec![
            name.into(),
            devices.into(),
            measured.seconds.into(),
            bound.into(),
            (measured.seconds / bound).into(),
            measured.refused.into(),
            measured.pages_peak.into(),
            measured.held.into(),
            measured.exist.into(),
        ]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lower_bound_is_the_batch_and_the_pages_whole_seconds_and_a_round_trip() {
        for (devices, seconds) in [(50, 1.04), (2_500, 2.54), (2_501, 3.541), (10_000, 13.04), (100_000, 49.04)] {
            assert!((lower_bound(devices) - seconds).abs() < 1e-9, "{devices}: {}", lower_bound(devices));
        }
    }

    #[test]
    fn every_broken_promise_is_told() {
        let kept = Measured {
            seconds: 13.6,
            held: 10_000,
            verdict: "complete".to_owned(),
            exist: 10_000,
            refused: 0,
            pages_peak: 50,
            above_quota: vec![],
        };
        assert_eq!(broken(&kept, 10_000), [""; 0]);
        let bad = Measured {
            seconds: 13.8,
            held: 9_999,
            verdict: "incomplete".to_owned(),
            refused: 1,
            above_quota: vec!["QueryDevice"],
            ..kept
        };
        assert_eq!(broken(&bad, 10_000).len(), 5);
    }
}
