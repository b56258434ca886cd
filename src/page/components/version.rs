//! The next version of the page. In: whether one waits. Out: an element; nothing while a run goes on, which it would end.

use super::common::button::button;
use super::common::el::{El, el};
use crate::page::texts::texts;
use crate::page::{Page, offline};

/// The banner.
pub(super) fn version(page: Page) -> El {
    let next = move || page.state.read(|mirror| mirror.next_version);
    // Rows that no file holds would be gone with the old version.
    let is_there = move || next().is_some() && !page.state.is_running() && page.state.unsaved() == 0;
    let words = &texts().page;
    let what = move || next().map(|next| (words.next_version)(next).to_owned()).unwrap_or_default();
    let banner = move || {
        el("section", "notice")
            .attr("role", "status")
            .testid("next-version")
            .child(el("p", "notice-what").text_of(what))
            .child(el("div", "actions").child(button("button", "use-next-version", words.use_next, offline::use_next)))
    };
    el("div", "notices").child_if(is_there, banner)
}
