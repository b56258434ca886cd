//! What the page has the engine ask outside of a run, and what it learns of it. Plain data.

use provisioner_core::model::lookup::{Sought, SoughtNames};
use serde::{Deserialize, Serialize};

/// What a question is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Subject {
    /// The form's product.
    Product,
    /// The names of the list: which of them the product has.
    Names,
}

/// What is learnt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Learnt {
    /// Of the product.
    Product(Sought),
    /// Of the names, also in between. Those that the product has are faults of the list, once it is over.
    Names(SoughtNames),
}
