//! The table as the page looks at it. In: the run and what the page asks for. Out: windows of masked rows, one secret,
//! or a text for the clipboard.
//!
//! Sorting and filtering happen here, in the worker: they may take a second and hold up nothing but the next answer.

use provisioner_core::run::{Missing, MissingRow, Run};
use provisioner_core::table::{Direction, Row, Sort, SortBy, Table, View};

use super::effects::clock;
use crate::protocol::{
    COPIED_ROWS_MAX, Copied, CopiedRows, Event, Look, MaskedRow, Rows, SortedBy, WINDOW_ROWS_MAX, Window,
};

/// While rows come in, the view takes at most one part in so many of the worker's time: the rest is the run's.
const SHARE: u64 = 10;

/// The rows that are looked at, in their order.
pub(super) struct Sight {
    look: Look,
    view: View,
    /// What the run misses, with the look that it was last put in order for; kept while it is looked at.
    missing: Option<(Missing, Look)>,
    /// On the monotonic clock: the view is not brought up to date before, unless the run has ended.
    due_at_ms: u64,
}

impl Sight {
    /// All rows, as they came.
    pub(super) fn of(table: &Table) -> Self {
        Self { look: Look::default(), view: View::all(table), missing: None, due_at_ms: 0 }
    }

    /// The rows of a window.
    pub(super) fn window(&mut self, run: &Run, window: Window) -> Event {
        let table = run.table();
        let Window { look, first, count } = window;
        if look.is_missing {
            return self.missing(run, look, first, count);
        }
        self.missing = None;
        self.look_at(run, &look);
        let end = first.saturating_add(count.min(WINDOW_ROWS_MAX)).min(self.view.len());
        let rows = (first..end).map(|position| masked(table, self.view.index(position))).collect();
        let (has_nicknames, has_device_ids) = (table.has_nicknames(), table.has_device_ids());
        let (count, of) = (self.view.len(), self.view.known());
        Event::Rows(Rows { look, count, of, has_nicknames, has_device_ids, first, rows })
    }

    /// Devices that the run misses. They are found anew for each look: a run that reads on may find some of them.
    fn missing(&mut self, run: &Run, look: Look, first: u32, count: u32) -> Event {
        let is_known = self.missing.as_ref().is_some_and(|(_, known)| *known == look) && run.verdict().is_some();
        if !is_known {
            let mut missing = Missing::of(run);
            missing.look_at(&look.filter, sort_of(&look));
            self.missing = Some((missing, look.clone()));
        }
        let mut rows = Rows { look, first, ..Rows::default() };
        if let Some((missing, _)) = &self.missing {
            let end = first.saturating_add(count.min(WINDOW_ROWS_MAX)).min(missing.len());
            rows.rows = (first..end).map(|position| absent(missing.row(position))).collect();
            rows.has_nicknames = missing.has_nicknames();
            (rows.count, rows.of) = (missing.len(), missing.all());
        }
        Event::Rows(rows)
    }

    /// What is to be put on the clipboard; none for a row that is not there.
    pub(super) fn copy(&self, run: &Run, copied: Copied, rows: CopiedRows) -> Option<Event> {
        let table = run.table();
        let indices: Vec<u32> = match rows {
            CopiedRows::One(index) => (index..table.len()).take(1).collect(),
            CopiedRows::Seen => {
                (0..self.view.len().min(COPIED_ROWS_MAX)).map(|position| self.view.index(position)).collect()
            }
        };
        let device_name = table.row(*indices.first()?).device_name.to_owned();
        let product_key = run.plan().product_key.as_str();
        let length = |row: Row<'_>| {
            product_key.len() + row.device_name.len() + row.device_secret.len() + row.iot_id.len() + ",,\n".len()
        };
        // With room for all of it: a text that grows leaves copies of secrets behind.
        let mut text = String::with_capacity(indices.iter().map(|&index| length(table.row(index))).sum());
        for &index in &indices {
            let row = table.row(index);
            if !text.is_empty() {
                text.push('\n');
            }
            match copied {
                Copied::Triple => {
                    for part in [product_key, ",", row.device_name, ",", row.device_secret] {
                        text.push_str(part);
                    }
                }
                Copied::DeviceName => text.push_str(row.device_name),
                Copied::DeviceSecret => text.push_str(row.device_secret),
                Copied::IotId => text.push_str(row.iot_id),
            }
        }
        let rows = u32::try_from(indices.len()).expect("there are at most as many as may be copied");
        Some(Event::Copied { copied, device_name, rows, text })
    }

    /// Indices of the rows that are looked at, in their order.
    pub(super) fn seen(&self) -> Vec<u32> {
        (0..self.view.len()).map(|position| self.view.index(position)).collect()
    }

    /// Sorts and filters as the look says, and takes in what has come into the table.
    fn look_at(&mut self, run: &Run, look: &Look) {
        let table = run.table();
        let began_at_ms = clock::now().mono.0;
        let is_sorted = (self.look.sorted_by, self.look.is_descending) == (look.sorted_by, look.is_descending);
        if !is_sorted {
            self.view.sort(table, sort_of(look));
        }
        if self.look.filter != look.filter {
            self.view.filter(table, &look.filter);
        }
        if is_sorted && (run.verdict().is_some() || began_at_ms >= self.due_at_ms) {
            self.view.bring_up_to_date(table);
        }
        let ended_at_ms = clock::now().mono.0;
        // What was not due took no time, and puts nothing off.
        self.due_at_ms = self.due_at_ms.max(ended_at_ms + (ended_at_ms - began_at_ms) * (SHARE - 1));
        self.look.clone_from(look);
    }
}

/// The DeviceSecret of a row; none for a row that is not there.
pub(super) fn reveal(table: &Table, index: u32) -> Option<Event> {
    let row = (index < table.len()).then(|| table.row(index))?;
    Some(Event::Revealed { row: index, secret: row.device_secret.to_owned() })
}

fn masked(table: &Table, index: u32) -> MaskedRow {
    let row = table.row(index);
    MaskedRow {
        index,
        device_name: row.device_name.to_owned(),
        iot_id: row.iot_id.to_owned(),
        nickname: row.nickname.to_owned(),
        device_id: row.device_id.to_owned(),
        batch: row.batch + 1,
        missing: None,
    }
}

/// A device that has no credentials.
fn absent(row: MissingRow<'_>) -> MaskedRow {
    MaskedRow {
        index: row.index,
        device_name: row.device_name.to_owned(),
        iot_id: String::new(),
        nickname: row.nickname.to_owned(),
        device_id: String::new(),
        batch: row.batch as u32 + 1,
        missing: Some((row.code.to_owned(), row.reason.clone())),
    }
}

fn sort_of(look: &Look) -> Sort {
    let by = match look.sorted_by {
        SortedBy::Arrival => SortBy::Arrival,
        SortedBy::DeviceName => SortBy::DeviceName,
        SortedBy::IotId => SortBy::IotId,
        SortedBy::Nickname => SortBy::Nickname,
        SortedBy::DeviceId => SortBy::DeviceId,
        SortedBy::Batch => SortBy::Batch,
    };
    Sort { by, direction: if look.is_descending { Direction::Descending } else { Direction::Ascending } }
}
