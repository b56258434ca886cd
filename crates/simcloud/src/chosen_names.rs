//! Which names a product has already: those that users chose, and those that the cloud made up; and which lists of
//! names were checked and may still be registered.

use std::collections::VecDeque;

use crate::batch::{Batch, Named, Names, Phase};
use crate::identity;
use crate::registry::Registry;

/// Where a device stands: index of its batch, index in the batch.
pub(crate) type Place = (usize, u32);

/// Memory that checked lists can take: two million ordinary names. The oldest are given up beyond it.
const CHECKED_BYTES_MAX: usize = 256 * 1024 * 1024;
/// What a name takes beside its characters: two texts, and what is wrong with it.
const NAME_BYTES: usize = 128;

/// The checked lists, oldest first: index of the batch and memory it takes.
pub(crate) struct Checked {
    lists: VecDeque<(usize, usize)>,
    bytes: usize,
    /// How much they may take.
    pub bytes_max: usize,
}

impl Default for Checked {
    fn default() -> Self {
        Self { lists: VecDeque::new(), bytes: 0, bytes_max: CHECKED_BYTES_MAX }
    }
}

impl Registry {
    /// Takes in a list of names whose check has begun, and returns the index of its batch.
    pub fn submit_check(&mut self, account: &str, product: usize, names: Vec<Named>, check: Phase) -> usize {
        let bytes = names.iter().map(|named| NAME_BYTES + named.name.len() + named.nickname.len()).sum();
        let count = names.len() as u32;
        let index = self.submit(account, product, count, Names::Given(names), Some(check), None);
        self.checked.lists.push_back((index, bytes));
        self.checked.bytes += bytes;
        while self.checked.bytes > self.checked.bytes_max {
            let Some((oldest, bytes)) = self.checked.lists.pop_front() else { break };
            self.checked.bytes -= bytes;
            let batch = &mut self.batches[oldest];
            // Registered names are devices: those are limited by their products.
            if batch.creation.is_none() {
                batch.forgotten = true;
                batch.names = Names::Given(Vec::new());
                batch.check = batch.check.take().map(|check| Phase { failed: Vec::new(), ..check });
            }
        }
        index
    }

    /// Whether a device of this name exists in the product, or is being made.
    pub fn is_taken(&self, product: usize, name: &str) -> bool {
        self.place_of(product, name).is_some()
    }

    /// Where the device of a name stands, made or being made.
    pub fn place_of(&self, product: usize, name: &str) -> Option<Place> {
        self.chosen_names.get(&(product, name.to_owned())).copied().or_else(|| self.random_place(product, name))
    }

    /// Gives a batch the names that it was checked with; those that were taken meanwhile come back by their index.
    pub fn claim_names(&mut self, batch: usize) -> Vec<u32> {
        let product = self.batches[batch].product;
        let names: Vec<String> = match &self.batches[batch].names {
            Names::Given(names) => names.iter().map(|named| named.name.clone()).collect(),
            Names::Random => Vec::new(),
        };
        let mut taken = Vec::new();
        for (index, name) in (0..).zip(names) {
            if self.is_taken(product, &name) {
                taken.push(index);
            } else {
                self.chosen_names.insert((product, name), (batch, index));
            }
        }
        taken
    }

    /// Frees the name of a device that is not made after all.
    pub fn release_name(&mut self, batch: usize, index: u32) {
        if let Names::Given(names) = &self.batches[batch].names {
            let name = names[index as usize].name.clone();
            self.chosen_names.remove(&(self.batches[batch].product, name));
        }
    }

    /// A random name tells its device's number, and the number its batch: batches are in order of their numbers.
    fn random_place(&self, product: usize, name: &str) -> Option<Place> {
        let number = identity::number_of(self.config.seed, name)?;
        let index = self.batches.partition_point(|batch| batch.first_number <= number).checked_sub(1)?;
        let batch: &Batch = &self.batches[index];
        let offset = number - batch.first_number;
        let random = batch.product == product && matches!(batch.names, Names::Random) && offset < batch.count.into();
        (random && !batch.fails(offset as u32)).then_some((index, offset as u32))
    }
}
