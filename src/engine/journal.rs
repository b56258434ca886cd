//! The journal of the run at hand, and those that other lives of this page left behind. In: entries. Out: whether they
//! are kept.

use provisioner_core::journal::{Entry, Header, Record as _, Unreadable, apply_ids, read_all};
use provisioner_core::model::report::Verdict;
use provisioner_core::plan::{Plan, parse};
use provisioner_core::time::WallTime;

use super::effects::journal_store::{Kept, Store, Unkept};
use super::effects::{clock, lock, random};
use crate::protocol::Unfinished;

/// Journals in this browser.
pub(super) struct Journal {
    store: Option<Store>,
    current: Option<Current>,
    found: Option<Found>,
}

/// The run that is being kept.
struct Current {
    id: String,
    /// The first record, until it is kept.
    header: Option<Vec<u8>>,
    next: u32,
}

/// A run that was not finished.
struct Found {
    kept: Kept,
    journal: Result<(Header, Plan, Vec<Entry>), Unreadable>,
}

impl Journal {
    /// Opens the store. Where the browser offers none, nothing is kept.
    pub(super) async fn open() -> Self {
        Self { store: Store::open().await.ok(), current: None, found: None }
    }

    /// Whether entries are kept at all.
    pub(super) fn is_kept(&self) -> bool {
        self.store.is_some()
    }

    /// Looks for a run that no other tab is at: the newest that can be gone on with, or else the newest.
    pub(super) async fn look(&mut self) -> Option<Unfinished> {
        let Ok(runs) = self.store.as_ref()?.runs().await else {
            // What cannot be read is not written to either.
            self.store = None;
            return None;
        };
        let mut runs: Vec<Found> = runs.into_iter().map(Found::new).collect();
        runs.sort_by_key(|found| found.journal.is_err());
        for found in runs {
            if lock::take(&found.kept.id).await {
                let unfinished = found.told();
                self.found = Some(found);
                return Some(unfinished);
            }
        }
        None
    }

    /// The run that was found, to be gone on with, and when it was begun: from now on its journal is the current one. An
    /// end that it had reached is left out, so that its credentials are read again; that it was cancelled stays.
    pub(super) fn take_up(&mut self) -> Option<(Plan, Vec<Entry>, WallTime)> {
        let Found { kept: Kept { id, .. }, journal } = self.found.take()?;
        let (header, plan, mut entries) = journal.ok()?;
        // A torn last record is written over.
        let next = u32::try_from(entries.len() + 1).unwrap_or(u32::MAX);
        entries.retain(|entry| !matches!(entry, Entry::Ended(verdict) if *verdict != Verdict::Cancelled));
        self.current = Some(Current { id, header: None, next });
        Some((plan, entries, WallTime(header.started_at_ms)))
    }

    /// Forgets the run that was found.
    pub(super) async fn discard(&mut self) -> Result<(), Unkept> {
        match (&self.store, self.found.take()) {
            (Some(store), Some(found)) => store.forget(&found.kept.id).await,
            _ => Ok(()),
        }
    }

    /// Begins the journal of a new run; its header is kept together with the first entry.
    pub(super) async fn begin(&mut self, header: &Header) {
        if self.store.is_none() {
            return;
        }
        let unique: String = random::seed()[..4].iter().map(|byte| format!("{byte:02x}")).collect();
        let id = format!("{:013}-{unique}", clock::now().wall.0);
        lock::take(&id).await;
        self.current = Some(Current { id, header: Some(header.record()), next: 1 });
    }

    /// Keeps an entry. Without a current run (the demo) there is nothing to keep.
    pub(super) async fn append(&mut self, entry: &Entry) -> Result<(), Unkept> {
        let (Some(store), Some(current)) = (&self.store, &mut self.current) else { return Ok(()) };
        if let Some(header) = &current.header {
            store.put(&current.id, 0, header).await?;
            current.header = None;
        }
        store.put(&current.id, current.next, &entry.record()).await?;
        current.next += 1;
        Ok(())
    }

    /// The current run is no longer kept: a run of the demo follows.
    pub(super) fn leave(&mut self) {
        self.current = None;
    }

    /// Forgets the current run: its table was saved.
    pub(super) async fn forget(&mut self) -> Result<(), Unkept> {
        match (&self.store, self.current.take()) {
            (Some(store), Some(current)) => store.forget(&current.id).await,
            _ => Ok(()),
        }
    }
}

impl Found {
    fn new(kept: Kept) -> Self {
        let journal = read_all(&kept.records).and_then(|(header, entries)| match parse(&header.form) {
            Ok(plan) => Ok((header, plan, entries)),
            // It was parsed before it was begun, by the same version.
            Err(_) => Err(Unreadable::Damaged),
        });
        Self { kept, journal }
    }

    /// What the page is told.
    fn told(&self) -> Unfinished {
        let form = self.journal.as_ref().map(|(header, ..)| header.form.clone()).map_err(|&reason| reason);
        let devices = self.journal.as_ref().map_or(0, |(_, plan, _)| plan.devices());
        // An id begins with the time.
        let started_at_ms = self.kept.id.split('-').next().and_then(|time| time.parse().ok()).unwrap_or_default();
        Unfinished { form, devices, started_at_ms, apply_ids: apply_ids(&self.kept.records) }
    }
}
