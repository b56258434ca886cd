//! `cargo xtask fuzz`: one target, for a while. In: the target's name and a time. Out: libFuzzer's own report, and
//! failure when it found a crash.
//!
//! What it finds worth keeping stays in the build folder, so that the next call goes on from there; the small corpus in
//! `fuzz/corpus` changes by hand alone. The native tests check every file of that corpus.

use std::fs;

use anyhow::{Context, Result, bail};

use crate::process;
use crate::setup::{self, Places};

/// What can be fuzzed: the programs of `fuzz/Cargo.toml`.
const TARGETS: &[&str] = &["simcloud_request", "encode", "reply_json", "reply_xml"];
/// How long without `--seconds`.
const SECONDS: u32 = 60;
/// Longest input in bytes: a corpus file stays below it.
const INPUT_BYTES_MAX: u32 = 4096;
/// An input that takes longer than so many seconds counts as a hang.
const HANG_SECONDS: u32 = 10;

/// What the command line asks for.
#[derive(Debug, PartialEq, Eq)]
struct Wish<'a> {
    target: &'a str,
    seconds: u32,
}

/// `cargo xtask fuzz TARGET [--seconds N]`.
pub fn fuzz(arguments: &[String]) -> Result<()> {
    let Wish { target, seconds } = wish(arguments)?;
    let places = setup::prepare(setup::FUZZ)?;
    let found = places.root().join("target/fuzz").join(target);
    let (corpus, artifacts) = (found.join("corpus"), found.join("artifacts"));
    for folder in [&corpus, &artifacts] {
        fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
    }
    process::run(command(&places, target, seconds))?;
    println!("fuzz: nothing crashed; what was found stays in target/fuzz/{target}/corpus");
    Ok(())
}

fn wish(arguments: &[String]) -> Result<Wish<'_>> {
    let (target, seconds) = match arguments {
        [target] => (target, SECONDS),
        [target, option, seconds] if option == "--seconds" => {
            (target, seconds.parse().with_context(|| format!("--seconds {seconds}"))?)
        }
        _ => bail!("`cargo xtask fuzz TARGET [--seconds N]`; targets: {}", TARGETS.join(", ")),
    };
    if !TARGETS.contains(&target.as_str()) {
        bail!("there is no target `{target}`; there are: {}", TARGETS.join(", "));
    }
    Ok(Wish { target, seconds })
}

/// cargo-fuzz without a sanitizer: those need an unstable compiler, the coverage that steers the fuzzer does not, and
/// the project has no unsafe code for them to watch.
fn command(places: &Places, target: &str, seconds: u32) -> std::process::Command {
    let mut command = places.cargo(&["fuzz", "run", "--sanitizer", "none", "--fuzz-dir", "fuzz"]);
    command.args(["--target-dir", "target/fuzz/build", target]);
    command.arg(format!("target/fuzz/{target}/corpus")).arg(format!("fuzz/corpus/{target}")).arg("--");
    command.arg(format!("-max_total_time={seconds}"));
    command.arg(format!("-max_len={INPUT_BYTES_MAX}"));
    command.arg(format!("-timeout={HANG_SECONDS}"));
    command.arg(format!("-artifact_prefix=target/fuzz/{target}/artifacts/"));
    command.arg("-print_final_stats=1");
    let dictionary = format!("fuzz/dictionaries/{target}.dict");
    if places.root().join(&dictionary).is_file() {
        command.arg(format!("-dict={dictionary}"));
    }
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<(String, u32), String> {
        let arguments: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        let wish = wish(&arguments).map_err(|error| format!("{error:#}"))?;
        Ok((wish.target.to_owned(), wish.seconds))
    }

    #[test]
    fn a_target_and_its_time_are_read_and_the_rest_is_refused_by_name() {
        assert_eq!(read("encode"), Ok(("encode".to_owned(), SECONDS)));
        assert_eq!(read("encode --seconds 600"), Ok(("encode".to_owned(), 600)));
        for (line, part) in [("", "targets: "), ("decode", "`decode`"), ("encode --seconds soon", "soon")] {
            let error = read(line).unwrap_err();
            assert!(error.contains(part), "{error}");
        }
    }

    #[test]
    fn every_target_has_a_program_and_a_corpus() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz");
        let manifest = fs::read_to_string(root.join("Cargo.toml")).unwrap();
        assert_eq!(manifest.matches("[[bin]]").count(), TARGETS.len());
        for target in TARGETS {
            assert!(manifest.contains(&format!("name = \"{target}\"")), "{target}");
            assert!(root.join("corpus").join(target).is_dir(), "{target}");
        }
    }
}
