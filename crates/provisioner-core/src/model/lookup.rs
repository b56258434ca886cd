//! What was learnt from the cloud outside of a run: plain data, made to be sent; no secret of any kind.

use serde::{Deserialize, Serialize};

use super::device::Product;

/// Pages of `QueryProductList` that are looked through for a product: its 2,000 newest.
pub const PRODUCT_PAGES_MAX: u32 = 10;

/// Names that are looked for in a product at most: five minutes at the vendor's 5 calls a second with 100 names each.
pub const SOUGHT_NAMES_MAX: u32 = 100_000;

/// What a look for the plan's product has brought.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sought {
    /// The product.
    Found(Product),
    /// It is not among the newest so many products of the account and instance.
    Absent {
        /// Products that were looked at.
        seen: u32,
        /// Products that there are.
        total: u64,
    },
    /// The key has no right to look, which the cloud says once it has found key, clock and endpoint in order.
    Denied,
    /// The cloud did not say.
    Failed,
}

/// How far a look for names has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SoughtNames {
    /// Names that the cloud has been asked about.
    pub asked: u32,
    /// Names in the list.
    pub of: u32,
    /// How many of those asked about the product has.
    pub existing: u32,
    /// Whether nothing more is asked.
    pub is_over: bool,
}
