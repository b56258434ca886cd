//! The project's commands. In: the command line. Out: what the command prints, and its exit code.
// Only the core must not read a clock; here time is what is measured.
#![allow(clippy::disallowed_methods)]
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod bench;
mod bundle;
mod fuzz;
mod http;
mod process;
mod serve;
mod setup;
mod simulate;
mod test;
mod tidy;
mod vectors;

use std::process::ExitCode;

use anyhow::{Result, bail};

const HELP: &str = "\
The project's commands. Each installs what it needs and is missing, in the user's cache folder, and says so.

cargo xtask serve [--port N] [--cloud-port N] [--release]
    The page on http://127.0.0.1:8080/ and the simulated cloud on http://127.0.0.1:8787/, which the page reaches
    through the development proxy. Ready when a line begins `ready: http`; Ctrl-C ends both.

cargo xtask test [native | supply | sdk | export | browser | size | e2e | deploy | long | reproducible | advisories]
    All that CI runs: formatting, lints on both targets, tidy, native tests, the bill of crates with their licences and
    where they come from, the vendor's SDKs against the simulated cloud, exported files read back by other programs,
    browser tests, the size budget, end-to-end tests, and the web servers; or one part. `long` is no part of all: the
    browser is killed at sixty moments, which takes half an hour. Nor is `reproducible`: two builds in other folders,
    with another cargo home, are compared. Nor `advisories`: known faults of crates, from a database that is fetched
    from GitHub; where that cannot be reached it fails. The last line is `N passed, M failed`.

cargo xtask tidy
    The project's habits and walls alone: one line per breach.

cargo xtask build
    The static site in dist/, with compressed copies and a table of sizes; fails above the size budget.

cargo xtask bench [run | table | export | page | hidden]
    Measurements side by side, of all or of one: a table, and target/bench/NAME.json. `run`: the page and the vendor's
    Python SDK against the least time that the quotas allow. `table`: a million rows, beside other tables. `export`:
    files, beside other libraries. `page`: a list of names, beside a page of one's own, and a first visit. `hidden`: a
    tab that nobody sees, for ten minutes.

cargo xtask check-vectors FILE
    Signs every vector of a file shaped like crates/provisioner-core/testdata/signing-vectors.json and compares. The
    last line is `N passed, M failed`; exit code 1 for a difference, 2 for a file that cannot be read.

cargo xtask simulate --seeds N | --seed N
    Runs against the simulated cloud in virtual time, in N seeded worlds full of faults, crashes, pauses and clicks;
    or one of them again, with its transcript.

cargo xtask fuzz TARGET [--seconds N]
    Fuzzes one of the targets in fuzz/ for N seconds, 60 without the option; fails when it finds a crash. The native
    tests check the corpus in fuzz/corpus.

cargo xtask help
    This text.
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match process::stop_on_signals().and_then(|()| dispatch(&arguments)) {
        Ok(code) => code,
        Err(_) if process::stopped() => ExitCode::from(process::EXIT_INTERRUPTED),
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(arguments: &[String]) -> Result<ExitCode> {
    let Some((command, rest)) = arguments.split_first() else {
        eprint!("{HELP}");
        return Ok(ExitCode::FAILURE);
    };
    let takes_arguments = ["serve", "test", "bench", "check-vectors", "fuzz", "simulate"].contains(&command.as_str());
    if !takes_arguments && !rest.is_empty() {
        bail!("`cargo xtask {command}` takes no argument");
    }
    match command.as_str() {
        "serve" => serve::serve(rest).map(|()| ExitCode::SUCCESS),
        "test" => test::test(rest).map(verdict),
        "tidy" => tidy::tidy().map(verdict),
        "bench" => bench::bench(rest).map(verdict),
        "build" => bundle::build().map(verdict),
        "check-vectors" => Ok(check_vectors(rest)),
        "fuzz" => fuzz::fuzz(rest).map(|()| ExitCode::SUCCESS),
        "simulate" => simulate::simulate(rest).map(|()| ExitCode::SUCCESS),
        "help" | "--help" | "-h" => {
            print!("{HELP}");
            Ok(ExitCode::SUCCESS)
        }
        other => bail!("there is no command `{other}`; `cargo xtask help` lists what there is"),
    }
}

/// Exit code 2 is a file that cannot be read, so that a script can tell it from a difference.
fn check_vectors(arguments: &[String]) -> ExitCode {
    let [file] = arguments else {
        eprintln!("xtask: `cargo xtask check-vectors` takes one file");
        return ExitCode::from(2);
    };
    vectors::check(file).map_or_else(
        |error| {
            eprintln!("xtask: {error:#}");
            ExitCode::from(2)
        },
        verdict,
    )
}

fn verdict(good: bool) -> ExitCode {
    if good { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_help_names_every_part_of_the_tests_and_every_bench() {
        let choice = |names: Vec<&str>| format!("[{}]\n", names.join(" | "));
        for line in [
            format!("cargo xtask test {}", choice(test::names().collect())),
            format!("cargo xtask bench {}", choice(bench::names().collect())),
        ] {
            assert!(HELP.contains(&line), "the help has no {line}");
        }
    }
}
