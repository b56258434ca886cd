//! `cargo xtask test`: all that CI runs. In: the part that is wanted. Out: one line per step, what failed in full, and
//! `N passed, M failed`.
//!
//! A step after a failed one runs all the same, so that one call shows everything that is wrong. Cases of a test
//! program count one by one; any other step counts as one.

mod browsers;
mod export;
mod reproducible;
mod sdk;
mod steps;
mod supply;

use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::process::{Captured, stopped};
use crate::setup::{self, Piece, Places};

use self::browsers::Browser;
pub use self::steps::wait_for_answer;

/// A part of the tests, as it is named on the command line.
struct Part {
    name: &'static str,
    pieces: &'static [Piece],
    steps: &'static [Step],
}

/// One thing that is checked.
struct Step {
    name: &'static str,
    /// Whether it runs test programs, whose cases are counted; else it counts as one.
    has_cases: bool,
    run: fn(&Places) -> Result<Captured>,
}

const NATIVE: Part = Part {
    name: "native",
    pieces: setup::LINTS,
    steps: &[
        Step { name: "formatting", has_cases: false, run: steps::formatting },
        Step { name: "lints, native", has_cases: false, run: steps::native_lints },
        Step { name: "lints, wasm32", has_cases: false, run: steps::wasm_lints },
        Step { name: "tidy", has_cases: false, run: steps::tidy },
        Step { name: "native tests", has_cases: true, run: steps::native_tests },
    ],
};

const SDK: Part = Part {
    name: "sdk",
    pieces: setup::SDK,
    steps: &[
        Step { name: "SDKs for Node.js", has_cases: true, run: sdk::node },
        Step { name: "SDKs for Python", has_cases: true, run: sdk::python },
    ],
};

const EXPORT: Part = Part {
    name: "export",
    pieces: setup::EXPORT,
    steps: &[
        Step { name: "lints, exporter", has_cases: false, run: export::lints },
        Step { name: "exporter tests", has_cases: true, run: export::tests },
        Step { name: "files read back", has_cases: true, run: export::read_back },
    ],
};

const SUPPLY: Part = Part {
    name: "supply",
    pieces: setup::SUPPLY,
    steps: &[
        Step { name: "bill of materials", has_cases: false, run: supply::bill },
        Step { name: "bans, licences, sources", has_cases: false, run: supply::bans_licences_sources },
    ],
};

/// What needs a git repository on the internet; only when it is asked for.
const ADVISORIES: Part = Part {
    name: "advisories",
    pieces: setup::ADVISORIES,
    steps: &[Step { name: "advisories", has_cases: false, run: supply::advisories }],
};

const BROWSER: Part = Part {
    name: "browser",
    pieces: setup::BROWSER,
    steps: &[
        Step { name: "browser, Chromium", has_cases: true, run: |places| Browser::Chromium.unit_tests(places) },
        Step { name: "browser, Firefox", has_cases: true, run: |places| Browser::Firefox.unit_tests(places) },
        Step { name: "browser, WebKit", has_cases: true, run: |places| Browser::WebKit.unit_tests(places) },
    ],
};

const E2E: Part = Part {
    name: "e2e",
    pieces: setup::E2E,
    steps: &[
        Step { name: "end-to-end, Chromium", has_cases: true, run: |places| Browser::Chromium.e2e_tests(places) },
        Step { name: "end-to-end, Firefox", has_cases: true, run: |places| Browser::Firefox.e2e_tests(places) },
        Step { name: "end-to-end, WebKit", has_cases: true, run: |places| Browser::WebKit.e2e_tests(places) },
    ],
};

const SIZE: Part = Part {
    name: "size",
    pieces: setup::BUILD,
    steps: &[Step { name: "size budget", has_cases: false, run: steps::size_budget }],
};

const DEPLOY: Part = Part {
    name: "deploy",
    pieces: setup::DEPLOY,
    steps: &[Step { name: "web servers", has_cases: true, run: steps::deploy_tests }],
};

/// What takes long; only when it is asked for. The first step builds the site that the second serves.
const LONG: Part = Part {
    name: "long",
    pieces: setup::LONG,
    steps: &[
        Step { name: "size budget", has_cases: false, run: steps::size_budget },
        Step { name: "kills", has_cases: true, run: steps::kills },
    ],
};

/// Two builds of the whole site; only when it is asked for.
const REPRODUCIBLE: Part = Part {
    name: "reproducible",
    pieces: setup::BUILD,
    steps: &[Step { name: "two builds", has_cases: true, run: reproducible::builds }],
};

/// The published site is built before the end-to-end tests visit it and the web servers serve it.
const PARTS: &[&Part] = &[&NATIVE, &SUPPLY, &SDK, &EXPORT, &BROWSER, &SIZE, &E2E, &DEPLOY];

/// What is no part of all.
const ASKED_FOR: &[&Part] = &[&LONG, &REPRODUCIBLE, &ADVISORIES];

/// Cases that passed and failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Count {
    passed: u32,
    failed: u32,
}

/// Runs the part that is named, or all; whether nothing failed.
pub fn test(arguments: &[String]) -> Result<bool> {
    let parts: Vec<&Part> = match arguments {
        [] => PARTS.to_vec(),
        [name] => every_part().filter(|part| part.name == name).collect(),
        _ => Vec::new(),
    };
    if parts.is_empty() {
        let of = |parts: &[&Part]| parts.iter().map(|part| part.name).collect::<Vec<_>>().join(", ");
        bail!(
            "`cargo xtask test` takes one of these, or nothing for all: {}; or what is no part of all: {}",
            of(PARTS),
            of(ASKED_FOR)
        );
    }
    let mut pieces = Vec::new();
    for piece in parts.iter().flat_map(|part| part.pieces) {
        if !pieces.contains(piece) {
            pieces.push(*piece);
        }
    }
    let places = setup::prepare(&pieces)?;

    let mut total = Count::default();
    let mut table = String::new();
    for step in parts.iter().flat_map(|part| part.steps) {
        println!("{} …", step.name);
        let started_at = Instant::now();
        let count = step.perform(&places);
        if stopped() {
            bail!("interrupted");
        }
        table.push_str(&line(step.name, started_at.elapsed(), count));
        total.passed += count.passed;
        total.failed += count.failed;
    }
    println!("\n{table}{} passed, {} failed", total.passed, total.failed);
    Ok(total.failed == 0)
}

/// The names of all parts, as they are typed.
pub fn names() -> impl Iterator<Item = &'static str> {
    every_part().map(|part| part.name)
}

fn every_part() -> impl Iterator<Item = &'static Part> {
    PARTS.iter().chain(ASKED_FOR).copied()
}

impl Step {
    /// Runs the step and shows what it said where it failed.
    fn perform(&self, places: &Places) -> Count {
        let captured =
            (self.run)(places).unwrap_or_else(|error| Captured { success: false, text: format!("xtask: {error:#}\n") });
        let count = if self.has_cases { cases(&captured) } else { single(captured.success) };
        if count.failed > 0 && !stopped() {
            println!("{}{} FAILED\n", captured.text, self.name);
        }
        count
    }
}

fn single(success: bool) -> Count {
    Count { passed: u32::from(success), failed: u32::from(!success) }
}

/// The cases of all test programs in what cargo said. A program that failed without a failed case (it did not compile,
/// or it crashed) is one failure, and so is a step in which no case ran at all.
fn cases(captured: &Captured) -> Count {
    let mut count = Count::default();
    for line in captured.text.lines().filter(|line| line.starts_with("test result: ")) {
        count.passed += number_before(line, " passed");
        count.failed += number_before(line, " failed");
    }
    if count.failed == 0 && (!captured.success || count.passed == 0) {
        count.failed = 1;
    }
    count
}

fn number_before(line: &str, word: &str) -> u32 {
    let number = line.split_once(word).and_then(|(before, _)| before.rsplit(' ').next());
    number.and_then(|number| number.parse().ok()).unwrap_or(0)
}

fn line(name: &str, elapsed: Duration, count: Count) -> String {
    format!("{name:<23} {:>7.1} s {:>6} passed {:>6} failed\n", elapsed.as_secs_f64(), count.passed, count.failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(success: bool, text: &str) -> (u32, u32) {
        let count = cases(&Captured { success, text: text.to_owned() });
        (count.passed, count.failed)
    }

    const NATIVE_RESULT: &str =
        "test result: ok. 41 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.31s\n";
    const BROWSER_RESULT: &str =
        "test result: FAILED. 5 passed; 2 failed; 0 ignored; 0 filtered out; finished in 0.03s\n";

    #[test]
    fn cases_of_all_programs_are_added_up() {
        assert_eq!(count(false, &format!("running 41 tests\n{NATIVE_RESULT}\n{BROWSER_RESULT}")), (46, 2));
    }

    #[test]
    fn a_failure_without_a_failed_case_counts_as_one() {
        assert_eq!(count(false, &format!("{NATIVE_RESULT}error: could not compile")), (41, 1));
    }

    #[test]
    fn a_step_in_which_nothing_ran_has_failed() {
        assert_eq!(count(true, ""), (0, 1));
        assert_eq!(count(true, "test result: ok. 0 passed; 0 failed; 0 ignored\n"), (0, 1));
    }

    #[test]
    fn every_part_has_its_own_name_and_something_to_do() {
        for part in every_part() {
            assert_eq!(names().filter(|name| *name == part.name).count(), 1, "{}", part.name);
            assert!(!part.steps.is_empty(), "{}", part.name);
        }
    }
}
