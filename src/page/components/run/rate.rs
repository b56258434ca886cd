//! How fast the calls leave, against the quota. In: a sample a second. Out: an element with a bar for each second of the
//! last minute; gone once the run has ended.

use provisioner_core::model::report::Rate;

use crate::page::Page;
use crate::page::components::common::el::{El, el};
use crate::page::state::RATES_MAX;
use crate::page::texts::texts;

/// The chart. Its upper edge is the vendor's quota.
pub(super) fn rate(page: Page) -> El {
    let words = &texts().run;
    let state = page.state;
    let sample = move |from_right: usize| {
        let rate = state.read(|mirror| {
            let place = mirror.rates.len().checked_sub(from_right + 1)?;
            mirror.rates.get(place).copied()
        });
        rate.flatten()
    };
    let bars = (0..RATES_MAX).rev().map(|from_right| {
        // A property: a strict policy forbids the attribute.
        el("i", "").prop_of("style", move || ["height:", &percent(sample(from_right)).to_string(), "%"].concat())
    });
    el("figure", "rate")
        .flag_of("hidden", move || !state.is_running())
        .child(el("div", "rate-bars").attr("aria-hidden", "true").children(bars.collect()))
        .child(
            el("figcaption", "hint")
                .testid("rate")
                .attr("title", words.rate)
                .text_of(move || (words.rate_value)(sample(0))),
        )
}

/// Height of a bar: the share of the quota, in per cent.
fn percent(rate: Option<Rate>) -> u32 {
    rate.map_or(0, |rate| (rate.per_second * 100 / rate.quota).min(100))
}
