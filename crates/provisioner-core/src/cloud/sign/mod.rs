//! Signatures. In: raw parameters and a secret. Out: the texts on the way and the signature, one function each.

pub mod v1;
