//! The journal of the run at hand, and the one that another life of this page left behind. In: entries. Out: whether
//! they are kept.

use provisioner_core::journal::{Entry, Header, Record as _, read_all};

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
    next: u32,
}

/// A run that was not finished, locked for this tab.
struct Found {
    id: String,
    records: u32,
    /// None if it cannot be read, by this version or at all.
    journal: Option<(Header, Vec<Entry>)>,
}

impl Journal {
    /// Opens the store. Where the browser offers none, nothing is kept, and [`Journal::is_kept`] says so.
    pub(super) async fn open() -> Self {
        Self { store: Store::open().await.ok(), current: None, found: None }
    }

    /// Whether entries are kept at all.
    pub(super) fn is_kept(&self) -> bool {
        self.store.is_some()
    }

    /// Looks for the newest run that no other tab is at.
    pub(super) async fn look(&mut self) -> Option<Unfinished> {
        let runs = self.store.as_ref()?.runs().await.ok()?;
        for Kept { id, records } in runs {
            if !lock::take(&id).await {
                continue;
            }
            let count = u32::try_from(records.len()).unwrap_or(u32::MAX);
            let journal = read_all(&records).ok();
            let unfinished = journal.as_ref().map_or_else(Unfinished::default, |(header, entries)| {
                let accepted = entries.iter().filter(|entry| matches!(entry, Entry::Accepted { .. })).count();
                Unfinished {
                    form: Some(header.form.clone()),
                    started_at_ms: header.started_at_ms,
                    accepted: u32::try_from(accepted).unwrap_or(u32::MAX),
                }
            });
            self.found = Some(Found { id, records: count, journal });
            return Some(unfinished);
        }
        None
    }

    /// The run that was found, to be gone on with: from now on its journal is the current one. An end that it had
    /// reached is left out: its credentials are read again.
    pub(super) fn take_up(&mut self) -> Option<(Header, Vec<Entry>)> {
        let Found { id, records, journal } = self.found.take()?;
        let (header, mut entries) = journal?;
        entries.retain(|entry| !matches!(entry, Entry::Ended(_)));
        self.current = Some(Current { id, next: records });
        Some((header, entries))
    }

    /// Forgets the run that was found.
    pub(super) async fn discard(&mut self) -> Result<(), Unkept> {
        match (&self.store, self.found.take()) {
            (Some(store), Some(found)) => store.forget(&found.id).await,
            _ => Ok(()),
        }
    }

    /// Begins the journal of a new run.
    pub(super) async fn begin(&mut self, header: &Header) -> Result<(), Unkept> {
        let Some(store) = &self.store else { return Ok(()) };
        let unique: String = random::seed()[..4].iter().map(|byte| format!("{byte:02x}")).collect();
        let id = format!("{:013}-{unique}", clock::now().wall.0);
        lock::take(&id).await;
        store.put(&id, 0, &header.record()).await?;
        self.current = Some(Current { id, next: 1 });
        Ok(())
    }

    /// Keeps an entry. Without a current run (the demo) there is nothing to keep.
    pub(super) async fn append(&mut self, entry: &Entry) -> Result<(), Unkept> {
        let (Some(store), Some(current)) = (&self.store, &mut self.current) else { return Ok(()) };
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
