//! The rows that the engine sent last, and the one secret on show. In: its answers. Out: what the table reads.

use leptos::prelude::*;
use zeroize::Zeroize;

use super::State;
use crate::protocol::{MaskedRow, Rows};

/// What is known of the rows.
#[derive(Default)]
pub(in crate::page) struct Seen {
    /// The engine's last answer.
    pub answer: Rows,
    /// How many answers there were.
    pub answers: u32,
    /// The secret on show, and its row's index.
    revealed: Option<(u32, String)>,
}

impl State {
    /// Reads what is known of the rows.
    pub fn of_rows<T>(self, read: impl FnOnce(&Seen) -> T) -> T {
        self.rows.with(read)
    }

    /// Reads the row at a position, if it has arrived.
    pub fn of_row<T>(self, position: u32, read: impl FnOnce(&MaskedRow) -> T) -> Option<T> {
        self.of_rows(|seen| seen.at(position).map(read))
    }

    /// Takes the secret on show away, and wipes it.
    pub fn mask(self) {
        self.rows.update(Seen::mask);
    }

    /// Takes an answer over.
    pub(super) fn take_rows(self, answer: Rows) {
        self.rows.update(|seen| {
            seen.answer = answer;
            seen.answers += 1;
        });
    }

    /// Puts a secret on show.
    pub(super) fn take_secret(self, index: u32, secret: String) {
        self.rows.update(|seen| {
            seen.mask();
            seen.revealed = Some((index, secret));
        });
    }

    /// Forgets the rows of a run that is over.
    pub(super) fn forget_rows(self) {
        self.rows.update(|seen| {
            seen.mask();
            seen.answer = Rows::default();
        });
    }
}

impl Seen {
    /// The row at a position, if it has arrived.
    pub fn at(&self, position: u32) -> Option<&MaskedRow> {
        self.answer.rows.get(position.checked_sub(self.answer.first)? as usize)
    }

    /// The secret of the row at this index in the table, while it is on show.
    pub fn secret(&self, index: u32) -> Option<&str> {
        self.revealed.as_ref().filter(|(of, _)| *of == index).map(|(_, secret)| secret.as_str())
    }

    fn mask(&mut self) {
        if let Some((_, mut secret)) = self.revealed.take() {
            secret.zeroize();
        }
    }
}
