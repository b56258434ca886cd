//! What several panels are made of.

pub(super) mod copy;
pub(super) mod field;
pub(super) mod icon;
pub(super) mod secret_field;
