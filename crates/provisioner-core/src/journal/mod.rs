//! What must outlive a crash. In: entries, in the order in which the run makes them. Out: the same entries again.
//!
//! Only what cannot be asked for again is an entry: seeds, register calls before they leave, ApplyIds, verdicts. No
//! entry holds a secret of any kind; credentials are read again. The form stands in the journal's header, which its
//! keeper writes. Each travels as one record: a version byte and postcard's bytes.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::cloud::Stamp;
use crate::model::report::Verdict;
use crate::plan::FormInput;

/// Version of the entries' form; a journal of another version is shown and not resumed.
pub const VERSION: u8 = 3;

/// One thing that was decided or learnt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Entry {
    /// A start or a resume: from here on nonces come from this seed, which was never used before.
    Seeded([u8; 16]),
    /// Devices in the product before the run's first register call.
    Counted(u64),
    /// A batch with random names is about to be submitted.
    Submitting {
        /// Index of the batch, from 0.
        batch: u32,
        /// The call's stamp.
        stamp: Stamp,
        /// The product just before.
        before: Snapshot,
    },
    /// The same call is about to be sent once more, byte for byte.
    Resending {
        /// Index of the batch, from 0.
        batch: u32,
    },
    /// The checked names of a batch are about to be registered.
    Registering {
        /// Index of the batch, from 0.
        batch: u32,
        /// ApplyId of the check, and of the batch.
        apply_id: String,
    },
    /// A batch with random names was accepted.
    Accepted {
        /// Index of the batch, from 0.
        batch: u32,
        /// ApplyId.
        apply_id: String,
    },
    /// The call that was about to submit a batch was surely not carried out.
    Refused {
        /// Index of the batch, from 0.
        batch: u32,
        /// Whether the batch will not be submitted again.
        is_final: bool,
    },
    /// The run has ended.
    Ended(Verdict),
}

/// What a journal begins with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// The form from which the plan was made; it never held a credential.
    pub form: FormInput,
    /// When the run was started: milliseconds since 1970.
    pub started_at_ms: u64,
}

/// The newest end of a product at one moment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    /// Devices in the product.
    pub total: u64,
    /// DeviceName of the newest; empty where there is none.
    pub newest: String,
    /// When that was made, as the vendor writes it; empty where it is not told.
    pub utc_create: String,
}

/// Why a record is no entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Unreadable {
    /// It was written by another version of this program, whose number this is: that one can resume it.
    Version(u8),
    /// It is damaged: without it the rest does not tell which calls may have left.
    Damaged,
}

/// What travels as a record of its own.
pub trait Record: Serialize + DeserializeOwned {
    /// As a record.
    #[must_use]
    fn record(&self) -> Vec<u8> {
        postcard::to_extend(self, vec![VERSION]).expect("memory for a record")
    }

    /// What a record holds.
    ///
    /// # Errors
    /// Why there is nothing in it.
    fn read(record: &[u8]) -> Result<Self, Unreadable> {
        match record.split_first() {
            Some((&VERSION, bytes)) => match postcard::take_from_bytes(bytes) {
                Ok((entry, [])) => Ok(entry),
                _ => Err(Unreadable::Damaged),
            },
            Some((&version, _)) => Err(Unreadable::Version(version)),
            None => Err(Unreadable::Damaged),
        }
    }
}

impl Record for Header {}
impl Record for Entry {}

/// A journal, as its records tell it: the header and every entry. A torn last record is left out: it was not kept, so the
/// call that it announces never left. One that others follow was kept once, and what it said cannot be guessed.
///
/// # Errors
/// The header cannot be read, an entry that others follow is damaged, or one is of another version.
pub fn read_all(records: &[Vec<u8>]) -> Result<(Header, Vec<Entry>), Unreadable> {
    let (header, rest) = records.split_first().ok_or(Unreadable::Damaged)?;
    let header = Header::read(header)?;
    let mut entries = Vec::new();
    for record in rest {
        match Entry::read(record) {
            Ok(entry) => entries.push(entry),
            Err(Unreadable::Damaged) if entries.len() + 1 == rest.len() => break,
            Err(reason) => return Err(reason),
        }
    }
    Ok((header, entries))
}

/// The ApplyIds that these records tell of, whatever the state of the others: those batches exist in the cloud.
#[must_use]
pub fn apply_ids(records: &[Vec<u8>]) -> Vec<String> {
    let apply_id = |record: &Vec<u8>| match Entry::read(record) {
        Ok(Entry::Accepted { apply_id, .. } | Entry::Registering { apply_id, .. }) => Some(apply_id),
        _ => None,
    };
    let mut apply_ids: Vec<String> = records.iter().filter_map(apply_id).collect();
    // A registration that was repeated stands there twice.
    apply_ids.dedup();
    apply_ids
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries() -> Vec<Entry> {
        let stamp = Stamp { nonce: "0".repeat(32), timestamp: "2026-01-01T00:00:00Z".into() };
        let before = Snapshot { total: 7, newest: "n".into(), utc_create: "2026-01-01T00:00:00.000Z".into() };
        vec![
            Entry::Seeded([7; 16]),
            Entry::Counted(1 << 40),
            Entry::Submitting { batch: 0, stamp, before },
            Entry::Resending { batch: 0 },
            Entry::Registering { batch: 1, apply_id: "9007199254740993".into() },
            Entry::Accepted { batch: 0, apply_id: "1".into() },
            Entry::Refused { batch: 2, is_final: true },
            Entry::Ended(Verdict::Complete),
        ]
    }

    #[test]
    fn every_entry_comes_back_as_it_was() {
        for entry in entries() {
            assert_eq!(Entry::read(&entry.record()), Ok(entry));
        }
    }

    #[test]
    fn a_torn_record_is_damaged_wherever_it_was_torn_and_so_is_one_with_something_behind_it() {
        for entry in entries() {
            let record = entry.record();
            for end in 0..record.len() {
                assert_eq!(Entry::read(&record[..end]), Err(Unreadable::Damaged), "{entry:?} torn at {end}");
            }
            assert_eq!(Entry::read(&[record, vec![0]].concat()), Err(Unreadable::Damaged));
        }
    }

    #[test]
    fn a_record_of_another_version_says_which() {
        let mut record = Entry::Counted(1).record();
        record[0] = VERSION + 1;
        assert_eq!(Entry::read(&record), Err(Unreadable::Version(VERSION + 1)));
    }

    fn journal() -> (Header, Vec<Vec<u8>>) {
        let header = Header { form: FormInput { count: "7".into(), ..FormInput::default() }, started_at_ms: 1 };
        let mut records = vec![header.record()];
        records.extend(entries().iter().map(Record::record));
        (header, records)
    }

    #[test]
    fn a_torn_last_entry_is_left_out_and_what_stands_before_it_is_whole() {
        let (header, mut records) = journal();
        assert_eq!(read_all(&records), Ok((header.clone(), entries())));
        records.push(Vec::new());
        assert_eq!(read_all(&records), Ok((header.clone(), entries())));
        assert_eq!(read_all(&records[..1]), Ok((header, Vec::new())));
    }

    #[test]
    fn a_damaged_entry_that_others_follow_makes_the_journal_unreadable_and_so_does_a_damaged_header() {
        let (_, whole) = journal();
        for index in 0..whole.len() - 1 {
            let mut records = whole.clone();
            records[index].pop();
            assert_eq!(read_all(&records), Err(Unreadable::Damaged), "record {index}");
        }
        assert_eq!(read_all(&[]), Err(Unreadable::Damaged));
    }

    #[test]
    fn an_entry_of_another_version_is_told_also_when_it_is_the_last() {
        let (_, whole) = journal();
        for index in 0..whole.len() {
            let mut records = whole.clone();
            records[index][0] = 9;
            assert_eq!(read_all(&records), Err(Unreadable::Version(9)), "record {index}");
        }
    }

    #[test]
    fn the_batches_that_exist_are_known_also_from_a_damaged_journal() {
        let (_, mut records) = journal();
        records[0].clear();
        assert_eq!(apply_ids(&records), ["9007199254740993", "1"]);
    }
}
