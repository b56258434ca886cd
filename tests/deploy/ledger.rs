//! What a search has found. In: places, and what each may hold. Out: a table to be shown, and all that is not as it should
//! be.

use crate::places::Place;
use crate::sought::{Found, Sought};

/// What may be found nowhere, unless the user asked for it there.
pub const SECRETS: [&str; 4] = ["key", "token", "passphrase", "DeviceSecret"];

/// The moments at which places are searched, in the order in which they come.
pub const MOMENTS: [&str; 6] = ["looked up", "held up", "one shown", "complete", "locked", "ended"];

/// What is known to be left all the same: when, where, and what of. It need not be there.
const LEFT: [(&str, &str, &str); 1] = [
    // A token travels in the text of each request. The engine frees such texts unwiped; they end with it.
    ("looked up", "engine: WebAssembly memory", "token"),
];

/// What places are to hold: the place, what of, and how many.
pub type Asked<'a> = &'a [(&'a str, &'static str, usize)];

pub struct Ledger {
    pub sought: Sought,
    lines: Vec<(&'static str, [String; MOMENTS.len()])>,
    pub wrong: Vec<String>,
}

impl Ledger {
    pub fn new(sought: Sought) -> Self {
        Self { sought, lines: Vec::new(), wrong: Vec::new() }
    }

    /// Searches places at a moment. What is known to be there has to be found: else the search is worth nothing.
    pub fn search(&mut self, moment: &str, places: impl IntoIterator<Item = Place>, asked: Asked<'_>) {
        for Place { name: place, bytes, known } in places {
            let mut found = self.sought.found_in(&bytes);
            for missing in known.iter().filter(|name| !found.contains_key(**name)) {
                self.wrong.push(format!("{moment}: the search does not find the {missing} in {place}"));
            }
            found.retain(|name, _| SECRETS.contains(name));
            self.note(moment, place, &found);
            found.retain(|name, _| !LEFT.contains(&(moment, place, name)));
            let asked = asked.iter().filter(|(of, ..)| *of == place).map(|(_, name, count)| (*name, *count));
            if found != asked.collect::<Found>() {
                self.wrong.push(format!("{moment}: {found:?} in {place}"));
            }
        }
    }

    fn note(&mut self, moment: &str, place: &'static str, found: &Found) {
        let texts: Vec<String> = found.iter().map(|(name, count)| format!("{count} {name}")).collect();
        let line = self.lines.iter().position(|(of, _)| *of == place).unwrap_or_else(|| {
            self.lines.push((place, Default::default()));
            self.lines.len() - 1
        });
        let moment = MOMENTS.iter().position(|of| *of == moment).unwrap();
        self.lines[line].1[moment] = if texts.is_empty() { "nothing".to_owned() } else { texts.join(", ") };
    }

    /// Prints the table, in lines that `cargo xtask test deploy` shows.
    pub fn tell(&self, title: &str) {
        let width = |moment: usize| self.lines.iter().map(|(_, cells)| cells[moment].len()).max().unwrap_or_default();
        let widths: Vec<usize> = (0..MOMENTS.len()).map(|moment| width(moment).max(MOMENTS[moment].len())).collect();
        let print = |place: &str, cells: &[&str]| {
            let cells: Vec<String> =
                cells.iter().zip(&widths).map(|(cell, width)| format!("{cell:<0$}", *width)).collect();
            println!("| {place:<44} | {} |", cells.join(" | "));
        };
        print(title, &MOMENTS);
        for (place, cells) in &self.lines {
            print(place, &cells.each_ref().map(String::as_str));
        }
    }
}
