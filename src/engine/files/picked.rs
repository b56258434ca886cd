//! The rows of a file. In: the run, what is wanted. Out: all rows, or those that the table shows, as they were when the
//! file was asked for: what comes in later, or is looked at later, does not change it.

use std::rc::Rc;

use provisioner_core::export::{Context, Rows};

use crate::engine::session::Active;

/// The rows of a file.
#[derive(Clone)]
pub(super) struct Picked {
    count: u32,
    /// Indices in the table; none for all of it.
    indices: Option<Rc<[u32]>>,
}

impl Picked {
    /// No row.
    pub(super) fn none() -> Self {
        Self { count: 0, indices: None }
    }

    /// All rows, or those that the table shows.
    pub(super) fn new(active: &Active, only_shown: bool) -> Self {
        if !only_shown {
            return Self { count: active.run.table().len(), indices: None };
        }
        let indices: Rc<[u32]> = active.sight.seen().into();
        Self { count: u32::try_from(indices.len()).expect("a run has at most a million rows"), indices: Some(indices) }
    }

    /// How many there are.
    pub(super) fn count(&self) -> u32 {
        self.count
    }

    /// The index of each in the table.
    pub(super) fn each(&self, of: &mut dyn FnMut(u32)) {
        match &self.indices {
            Some(indices) => indices.iter().copied().for_each(of),
            None => (0..self.count).for_each(of),
        }
    }

    /// Reads them.
    pub(super) fn read<T>(&self, active: &Active, read: impl FnOnce(&Rows<'_>) -> T) -> T {
        let apply_ids = active.run.apply_ids();
        let context = Context { product_key: &active.run.plan().product_key, apply_ids: &apply_ids };
        let table = active.run.table();
        read(&match &self.indices {
            Some(indices) => Rows::picked(table, indices, context),
            None => Rows::all(table, context),
        })
    }
}
