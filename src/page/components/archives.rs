//! The certificates of X.509 devices, as links to the cloud's archives. In: batches without secrets, addresses that the
//! cloud gave. Out: an element; asking for the addresses is its action.

use leptos::prelude::*;

use super::common::button::button;
use super::common::el::{El, el};
use super::common::text::hint;
use super::section;
use crate::page::Page;
use crate::page::address::host_of;
use crate::page::texts::texts;
use crate::protocol::Command;

/// The section; nothing where no batch is known to have certificates.
pub(super) fn archives(page: Page) -> El {
    let has_some = move || !page.state.certified().is_empty();
    el("div", "stack").child_if(has_some, move || panel(page))
}

fn panel(page: Page) -> El {
    let words = &texts().run;
    let known = move || page.state.read(|mirror| mirror.archives.len());
    let unknown = move || {
        let is_known = |batch: &u32| page.state.read(|mirror| mirror.archives.iter().any(|(known, _)| known == batch));
        page.state.certified().into_iter().filter(|batch| !is_known(batch)).collect::<Vec<_>>()
    };
    let ask = move || {
        button("button", "archives-ask", words.archives_ask, move || page.send(&Command::Archives(untrack(unknown))))
    };
    section("panel", "archives-heading", || texts().run.archives.to_owned())
        .child(hint(words.archives_hint))
        .swap(move || u32::try_from(known()).unwrap_or(u32::MAX), move |_| Some(links(page)))
        .child_if(move || !unknown().is_empty(), move || el("div", "actions").child(ask()))
}

fn links(page: Page) -> El {
    let link = |(batch, address): &(u32, String)| {
        let link = el("a", "")
            .attr_string("href", address.clone())
            .attr("target", "_blank")
            .attr("rel", "noopener noreferrer")
            .testid("archive-link");
        el("li", "").child(link.text_string((texts().run.archive)(*batch, &host_of(address))))
    };
    el("ul", "").children(page.state.read(|mirror| mirror.archives.iter().map(link).collect()))
}
