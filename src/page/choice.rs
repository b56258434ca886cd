//! What the user chose about the table. Kept for as long as the tab lives, and nowhere else.

use crate::protocol::{Copied, Look};

/// A column that can be hidden.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    /// DeviceName.
    DeviceName,
    /// DeviceSecret, with the button that shows it.
    DeviceSecret,
    /// IotId.
    IotId,
    /// Nickname.
    Nickname,
    /// DeviceId.
    DeviceId,
    /// The batch's number.
    Batch,
    /// Whether a file holds the row.
    Status,
}

impl Column {
    /// All of them, as they stand in the table.
    pub const ALL: [Self; 7] =
        [Self::DeviceName, Self::DeviceSecret, Self::IotId, Self::Nickname, Self::DeviceId, Self::Batch, Self::Status];

    fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// How the table is looked at, which columns are there, how high a row is, and what is copied.
pub(super) struct Choice {
    /// Which rows are looked at, and in which order; the engine may not have answered yet.
    pub look: Look,
    /// Whether rows are low.
    pub is_compact: bool,
    /// What is copied of a row.
    pub copied: Copied,
    hidden: u8,
}

impl Choice {
    /// All rows as they came, with the columns that have a function: DeviceId has none (document_detail/69518.html).
    pub fn new() -> Self {
        let hidden = Column::DeviceId.bit();
        Self { look: Look::default(), is_compact: false, copied: Copied::Triple, hidden }
    }

    /// Whether the user wants to see the column.
    pub fn shows(&self, column: Column) -> bool {
        self.hidden & column.bit() == 0
    }

    /// Shows the column, or hides it.
    pub fn toggle(&mut self, column: Column) {
        self.hidden ^= column.bit();
    }
}
