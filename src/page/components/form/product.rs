//! The third group of the form: which product. In: the draft. Out: an element.

use provisioner_core::plan::Field;

use super::group;
use crate::page::Page;
use crate::page::components::common::el::{El, el};
use crate::page::components::common::field::text_field;
use crate::page::texts::texts;

/// The group.
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
