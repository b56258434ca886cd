//! `cargo xtask simulate`: the run against the simulated cloud, in many seeded worlds or in one. In: how many, or which.
//! Out: how they ended, and the seeds of those that failed; of one, its transcript.

use anyhow::{Context, Result, bail};

use crate::process;
use crate::setup::{self, Places};

/// What the command line asks for.
#[derive(Debug, PartialEq, Eq)]
enum Wish {
    /// So many worlds, from the first on.
    Many(u64),
    /// One world, told in full.
    One(u64),
}

/// `cargo xtask simulate --seeds N | --seed N`.
pub fn simulate(arguments: &[String]) -> Result<()> {
    let wish = wish(arguments)?;
    let places = setup::prepare(&[])?;
    process::run(command(&places, &wish))
}

fn wish(arguments: &[String]) -> Result<Wish> {
    let [option, number] = arguments else { bail!("`cargo xtask simulate --seeds N`, or `--seed N` for one") };
    let number = number.parse().with_context(|| format!("{option} {number}"))?;
    match option.as_str() {
        "--seeds" => Ok(Wish::Many(number)),
        "--seed" => Ok(Wish::One(number)),
        _ => bail!("`cargo xtask simulate` knows no `{option}`; it takes `--seeds N` or `--seed N`"),
    }
}

fn command(places: &Places, wish: &Wish) -> std::process::Command {
    let mut command = places.cargo(&[
        "test",
        "--package",
        "iot-provisioner",
        "--test",
        "native",
        "--",
        "worlds::every",
        "--nocapture",
    ]);
    match wish {
        Wish::Many(worlds) => command.env("WORLDS", worlds.to_string()),
        Wish::One(seed) => command.env("WORLD", seed.to_string()),
    };
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Wish, String> {
        let arguments: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        wish(&arguments).map_err(|error| format!("{error:#}"))
    }

    #[test]
    fn many_worlds_or_one_are_asked_for_and_the_rest_is_refused() {
        assert_eq!(read("--seeds 10000"), Ok(Wish::Many(10_000)));
        assert_eq!(read("--seed 17"), Ok(Wish::One(17)));
        for line in ["", "17", "--seeds", "--seeds many", "--world 3"] {
            assert!(read(line).is_err(), "{line}");
        }
    }
}
