//! The rows in the document. In: which are in sight, and what the engine sent. Out: as many elements, in their order;
//! those that go out of sight come in at the other end.

use std::cell::RefCell;
use std::collections::VecDeque;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event};

use super::focus::{Place, place_of};
use super::row::{Line, Shown};
use super::window::{Sight, Slice};
use crate::page::{self, Page, element};
use crate::protocol::{Command, CopiedRows};

/// Id of the table's body; its first and last child are the space above and below the rows.
pub(super) const BODY: &str = "rows-body";

/// Rows that are in the document, from a position on.
#[derive(Default)]
struct Lines {
    first: u32,
    lines: VecDeque<Line>,
}

/// Keeps the rows in the document what they are to be.
pub(super) fn attend(page: Page, sight: RwSignal<Sight>) {
    let lines = RefCell::new(Lines::default());
    page::follow(move || {
        let (slice, stop) = sight.with(|sight| (sight.slice(), sight.stop()));
        let saved = page.state.of_run(|run| run.downloaded) - page.state.unsaved();
        let copied = page.choice.with(|choice| choice.copied);
        let Some(body) = element(BODY) else { return };
        let mut lines = lines.borrow_mut();
        lines.reach(&body, slice);
        page.state.of_rows(|seen| {
            for (position, line) in (slice.first..).zip(&mut lines.lines) {
                let row = seen.at(position);
                let is_saved = row.is_some_and(|row| row.index < saved);
                let secret = row.and_then(|row| seen.secret(row.index));
                line.show(Shown { position, row, secret, is_saved, is_stop: position == stop, copied });
            }
        });
    });
}

/// A click on a row's button.
pub(super) fn clicked(page: Page, event: &Event) {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let button = target.and_then(|target| target.closest("button").ok().flatten());
    let Some(Place { position, testid }) = button.as_ref().and_then(place_of) else { return };
    untrack(|| {
        let Some(index) = page.state.of_row(position, |row| row.index) else { return };
        if testid == "copy" {
            page.send(&Command::Copy(page.choice.with(|choice| choice.copied), CopiedRows::One(index)));
        } else if page.state.of_rows(|seen| seen.secret(index).is_some()) {
            page.state.mask();
        } else {
            page.reveal(index);
        }
    });
}

impl Lines {
    fn end(&self) -> u32 {
        self.first + self.lines.len() as u32
    }

    /// Has a row at each position of the slice, and nowhere else. Rows that stay in it stay as they are.
    fn reach(&mut self, body: &Element, slice: Slice) {
        if self.end() <= slice.first || slice.end <= self.first {
            self.first = slice.first;
        }
        let mut spare = Vec::new();
        while self.first < slice.first {
            spare.extend(self.lines.pop_front());
            self.first += 1;
        }
        while self.end() > slice.end.max(self.first) {
            spare.extend(self.lines.pop_back());
        }
        let insert = |line: &Line, before: Option<&Element>| {
            // The one that it is put before stands in the body.
            body.insert_before(&line.element, before.map(AsRef::as_ref)).map(drop).unwrap_or_default();
        };
        while self.first > slice.first {
            let line = spare.pop().unwrap_or_else(Line::new);
            let next = self.lines.front().map(|line| line.element.clone()).or_else(|| body.last_element_child());
            insert(&line, next.as_ref());
            self.lines.push_front(line);
            self.first -= 1;
        }
        let below = body.last_element_child();
        while self.end() < slice.end {
            let line = spare.pop().unwrap_or_else(Line::new);
            insert(&line, below.as_ref());
            self.lines.push_back(line);
        }
        for line in spare {
            line.element.remove();
        }
    }
}
