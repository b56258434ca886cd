//! What the page has the engine ask outside of a run, and what it learns of it. Plain data.

use provisioner_core::model::lookup::{Sought, SoughtNames};
use serde::{Deserialize, Serialize};

use crate::words::Told;

/// What a question is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Subject {
    /// Whether the form's cloud can be reached.
    Connection,
    /// The form's product.
    Product,
    /// The names of the list: which of them the product has.
    Names,
}

/// What is learnt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Learnt {
    /// Of the connection.
    Connection(Tried),
    /// Of the product.
    Product(Sought),
    /// Of the names, also in between. Those that the product has are faults of the list, once it is over.
    Names(SoughtNames),
}

/// What trying a connection out has shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tried {
    /// Whether the cloud answered, and the page may read it.
    pub works: bool,
    /// Whether it can be reached without the proxy as well.
    pub is_direct_open: bool,
    /// What was found.
    pub told: Box<Told>,
    /// What the cloud finds fault with, where it answered.
    pub trouble: Option<Box<Told>>,
}
