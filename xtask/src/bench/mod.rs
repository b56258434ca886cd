//! `cargo xtask bench`: measurements side by side. In: a bench's name, or nothing for all. Out: a table on the terminal,
//! `target/bench/NAME.json`, and whether what was promised holds.

mod export;
mod hidden;
mod page;
mod run;
mod stage;
mod table;

use std::fs;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use crate::setup::{self, Piece, Places};

/// A bench, as it is named on the command line.
struct Bench {
    name: &'static str,
    pieces: &'static [&'static [Piece]],
    measure: fn(&Places) -> Result<Outcome>,
}

const BENCHES: &[Bench] = &[
    Bench { name: "run", pieces: &[setup::BUILD, setup::BENCH, setup::BENCH_SDK], measure: run::contenders },
    Bench { name: "table", pieces: &[setup::BUILD, setup::BENCH], measure: table::tables },
    Bench { name: "export", pieces: &[setup::BUILD, setup::BENCH], measure: export::files },
    Bench { name: "page", pieces: &[setup::BUILD, setup::BENCH], measure: page::form },
    Bench { name: "hidden", pieces: &[setup::BUILD, setup::BENCH], measure: hidden::tabs },
];

/// What a bench measured.
struct Outcome {
    /// What stands above the columns.
    head: &'static [&'static str],
    /// As many values in each row as columns.
    rows: Vec<Vec<Value>>,
    /// Each promise that does not hold, in a sentence.
    broken: Vec<String>,
}

/// Runs the bench that is named, or all; whether every promise holds.
pub fn bench(arguments: &[String]) -> Result<bool> {
    let benches: Vec<&Bench> = match arguments {
        [] => BENCHES.iter().collect(),
        [name] => BENCHES.iter().filter(|bench| bench.name == name).collect(),
        _ => Vec::new(),
    };
    if benches.is_empty() {
        let names: Vec<_> = BENCHES.iter().map(|bench| bench.name).collect();
        bail!("`cargo xtask bench` takes one of these, or nothing for all: {}", names.join(", "));
    }
    let pieces: Vec<Piece> = benches.iter().flat_map(|bench| bench.pieces.concat()).collect();
    let places = setup::prepare(&pieces)?;
    stage::build(&places)?;
    let mut holds = true;
    for bench in benches {
        println!("\n{} …", bench.name);
        let outcome = (bench.measure)(&places)?;
        let file = places.bench_results().join(format!("{}.json", bench.name));
        fs::create_dir_all(places.bench_results()).context("making the folder of results")?;
        fs::write(&file, outcome.json()).with_context(|| format!("writing {}", file.display()))?;
        print!("{}", outcome.text());
        holds &= outcome.broken.is_empty();
    }
    Ok(holds)
}

/// The names of all benches, as they are typed.
#[cfg(test)]
pub fn names() -> impl Iterator<Item = &'static str> {
    BENCHES.iter().map(|bench| bench.name)
}

impl Outcome {
    /// One object a row.
    fn json(&self) -> String {
        let row = |row: &Vec<Value>| -> Value {
            self.head.iter().zip(row).map(|(&name, value)| (name.to_owned(), value.clone())).collect()
        };
        let rows: Vec<Value> = self.rows.iter().map(row).collect();
        format!("{:#}\n", json!({ "rows": rows, "broken": self.broken }))
    }

    /// A table, and what does not hold.
    fn text(&self) -> String {
        let head = self.head.iter().map(|&name| name.to_owned()).collect();
        let shown = |row: &Vec<Value>| row.iter().map(shown).collect();
        let lines: Vec<Vec<String>> = std::iter::once(head).chain(self.rows.iter().map(shown)).collect();
        let width = |column: usize| lines.iter().map(|line| line[column].chars().count()).max().unwrap_or_default();
        let widths: Vec<usize> = (0..self.head.len()).map(width).collect();
        let mut text = String::new();
        for line in &lines {
            let cells = line.iter().zip(&widths).map(|(cell, &width)| format!("{cell:<width$}"));
            text.push_str(cells.collect::<Vec<_>>().join("  ").trim_end());
            text.push('\n');
        }
        for sentence in &self.broken {
            text.push_str(&format!("BROKEN: {sentence}\n"));
        }
        text
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => "-".to_owned(),
        Value::Number(number) if number.is_f64() => format!("{:.3}", number.as_f64().unwrap_or(f64::NAN)),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_has_its_columns_one_below_the_other_and_names_what_is_broken() {
        let outcome = Outcome {
            head: &["who", "seconds"],
            rows: vec![vec!["the page".into(), 13.5.into()], vec!["I".into(), 7.into()]],
            broken: vec!["it is slow".to_owned()],
        };
        assert_eq!(outcome.text(), "who       seconds\nthe page  13.500\nI         7\nBROKEN: it is slow\n");
        let json: Value = serde_json::from_str(&outcome.json()).unwrap();
        assert_eq!(json["rows"][0], json!({ "who": "the page", "seconds": 13.5 }));
        assert_eq!(json["broken"], json!(["it is slow"]));
    }

    #[test]
    fn every_bench_has_its_own_name() {
        for (index, bench) in BENCHES.iter().enumerate() {
            assert!(BENCHES[..index].iter().all(|other| other.name != bench.name), "{}", bench.name);
        }
    }
}
