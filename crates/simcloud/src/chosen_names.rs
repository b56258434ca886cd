//! Which names a product has already: those that users chose, and those that the cloud made up.

use crate::batch::{Batch, Names};
use crate::identity;
use crate::registry::Registry;

/// Where a device stands: index of its batch, index in the batch.
pub(crate) type Place = (usize, u32);

impl Registry {
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
