//! The last groups of the form: which product, how many devices, which names. In: the draft. Out: elements.

use provisioner_core::plan::Field;

use super::group;
use crate::page::Page;
use crate::page::components::common::el::{El, el};
use crate::page::components::common::field::text_field;
use crate::page::components::common::text::{hint, span};
use crate::page::texts::texts;

/// Which product.
pub(super) fn product(page: Page) -> El {
    let words = &texts().form;
    let is_real = move || !page.draft.is_demo();
    group(words.product_group)
        .child(
            el("div", "pair wide")
                .child(text_field(page, Field::ProductKey))
                .child(text_field(page, Field::InstanceId)),
        )
        .child(el("p", "hint wide").flag_of("hidden", is_real).text(words.product_demo))
}

/// How many devices, and how they are named.
pub(super) fn devices(page: Page) -> El {
    let words = &texts().form;
    let random = el("input", "")
        .attr("type", "radio")
        .attr("name", "naming")
        .attr("value", "random")
        .attr("checked", "")
        .testid("naming-random");
    let naming = el("div", "field")
        .attr("role", "radiogroup")
        .attr("aria-labelledby", "naming")
        .child(el("span", "label").attr("id", "naming").text(words.naming))
        .child(el("label", "choice").child(random).child(span(words.naming_random)))
        .child(hint(words.naming_random_hint));
    group(words.devices_group).child(el("div", "pair wide").child(text_field(page, Field::Count)).child(naming))
}
