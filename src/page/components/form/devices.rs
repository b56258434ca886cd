//! The last group of the form: how the devices are named, and thereby how many there are. In: the draft. Out: an
//! element.

use leptos::prelude::*;
use provisioner_core::plan::{Field, NamingChoice, Pattern};

use super::{group, list};
use crate::page::Page;
use crate::page::components::common::el::{El, el};
use crate::page::components::common::field::{text_area, text_field};
use crate::page::components::common::text::span;
use crate::page::texts::texts;

/// The ways to name devices: value and `data-testid` of each radio button.
const NAMINGS: [(&str, &str, NamingChoice); 4] = [
    ("random", "naming-random", NamingChoice::Random),
    ("pattern", "naming-pattern", NamingChoice::Pattern),
    ("list", "naming-list", NamingChoice::List),
    ("existing", "naming-existing", NamingChoice::Existing),
];

/// The group.
pub(super) fn devices(page: Page) -> El {
    let words = &texts().form;
    let chosen = move || page.draft.read(|sheet| sheet.naming);
    let naming = el("div", "field wide")
        .attr("role", "radiogroup")
        .attr("aria-labelledby", "naming")
        .child(el("span", "label").attr("id", "naming").text(words.naming))
        .child(el("div", "choices").children(NAMINGS.map(|naming| choice(page, naming)).into()))
        .child(el("p", "hint").text_of(move || (words.naming_hint)(chosen()).to_owned()));
    let of =
        |naming: NamingChoice, field: El| el("div", "wide").flag_of("hidden", move || chosen() != naming).child(field);
    group(words.devices_group)
        .child(naming)
        .child(of(NamingChoice::Random, text_field(page, Field::Count)))
        .child(of(NamingChoice::Pattern, pattern(page)))
        .child(of(NamingChoice::List, list::list(page)))
        .child(of(NamingChoice::Existing, text_area(page, Field::ApplyIds)))
}

fn choice(page: Page, (value, testid, naming): (&'static str, &'static str, NamingChoice)) -> El {
    let choose = move |_| page.name_by(naming);
    let mut radio = el("input", "")
        .attr("type", "radio")
        .attr("id", testid)
        .attr("name", "naming")
        .attr("value", value)
        .testid(testid)
        .on("change", choose);
    if untrack(|| page.draft.read(|sheet| sheet.naming == naming)) {
        radio = radio.attr("checked", "");
    }
    el("label", "choice").child(radio).child(span((texts().form.naming_name)(naming)))
}

/// The pattern's field and, below it, the names that it makes.
fn pattern(page: Page) -> El {
    let preview = move || {
        Pattern::parse(&page.draft.settled_pattern())
            .map_or_else(|_| String::new(), |pattern| (texts().form.pattern_preview)(&pattern))
    };
    el("div", "")
        .child(text_field(page, Field::Pattern))
        .child(el("p", "good-hint").testid("pattern-preview").text_of(preview))
}
