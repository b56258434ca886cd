//! What several panels are made of.

pub(super) mod button;
pub(super) mod each;
pub(super) mod el;
pub(super) mod field;
pub(super) mod figure;
pub(super) mod icon;
pub(super) mod text;
