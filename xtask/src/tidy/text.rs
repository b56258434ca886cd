//! Rules that look at a file as text. In: a file. Out: one line per breach.

use super::Source;

/// Lines that a source file may have.
const LINES_MAX: usize = 400;
/// Lines that a component of the page may have.
const COMPONENT_LINES_MAX: usize = 200;
/// Endings of source files; scripts in `.ci` count too.
const SOURCE_ENDINGS: &[&str] = &[".rs", ".css", ".mjs", ".sh", ".py"];

/// Promises that nobody keeps. In two halves, so that this file does not break its own rule.
const PROMISES: &[&str] = &[concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X")];
/// Where somebody's own machine keeps things.
const MACHINE_PATHS: &[&str] =
    &[concat!("/ro", "ot/"), concat!("/ho", "me/"), concat!("/Us", "ers/"), concat!("/wo", "rk/")];
/// Tests run, or they are deleted.
const IGNORED_TEST: &str = concat!("#[ig", "nore");

/// What is wrong with this file.
pub fn breaches(source: &Source) -> Vec<String> {
    let mut found = Vec::new();
    let Source { path, text } = source;
    let is_rust = path.ends_with(".rs");
    if is_rust && !text.starts_with("//! ") {
        found.push(format!("{path}:1: the first line is not a `//!` comment that says what the file is"));
    }
    let is_source = path.starts_with(".ci/") || SOURCE_ENDINGS.iter().any(|ending| path.ends_with(ending));
    let limit = if path.starts_with("src/page/components/") { COMPONENT_LINES_MAX } else { LINES_MAX };
    let lines = text.lines().count();
    if is_source && lines > limit {
        found.push(format!("{path}:{lines}: more than {limit} lines"));
    }
    for (index, line) in text.lines().enumerate() {
        let mut breach = |what: String| found.push(format!("{path}:{}: {what}", index + 1));
        if line.ends_with([' ', '\t', '\r']) {
            breach("blanks at the end of the line".to_owned());
        }
        if is_rust && line.contains(IGNORED_TEST) {
            breach("an ignored test".to_owned());
        }
        for promise in PROMISES.iter().filter(|promise| has_word(line, promise)) {
            breach(format!("a `{promise}`"));
        }
        for place in MACHINE_PATHS.iter().filter(|place| has_path(line, place)) {
            breach(format!("a path of somebody's machine, `{place}`"));
        }
    }
    found
}

fn has_word(line: &str, word: &str) -> bool {
    line.split(|character: char| !character.is_alphanumeric() && character != '_').any(|found| found == word)
}

/// Whether the line has an absolute path that begins so; `docs/home/page` is none.
fn has_path(line: &str, beginning: &str) -> bool {
    line.match_indices(beginning).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        before.is_none_or(|character| !character.is_alphanumeric() && !"._-~".contains(character))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(path: &str, text: &str) -> Vec<String> {
        breaches(&Source { path: path.to_owned(), text: text.to_owned() })
    }

    fn assert_breach(path: &str, text: &str, expected: &str) {
        let found = of(path, text);
        assert!(found.len() == 1 && found[0].contains(expected), "{found:?}");
    }

    #[test]
    fn a_good_file_has_no_breach() {
        assert_eq!(of("src/lib.rs", "//! What it is.\n\npub mod a;\n"), Vec::<String>::new());
    }

    #[test]
    fn a_rust_file_opens_with_what_it_is() {
        assert_breach("src/lib.rs", "pub mod a;\n", "src/lib.rs:1: the first line");
        assert_breach("src/lib.rs", "//!\n", "the first line");
    }

    #[test]
    fn a_long_file_is_found_and_a_component_must_be_shorter() {
        let lines = |count: usize| format!("//! x\n{}", "\n".repeat(count - 1));
        assert_eq!(of("src/a.rs", &lines(400)), Vec::<String>::new());
        assert_breach("src/a.rs", &lines(401), "more than 400 lines");
        assert_breach("style/a.css", &lines(401), "more than 400 lines");
        assert_breach("src/page/components/a.rs", &lines(201), "more than 200 lines");
    }

    #[test]
    fn promises_and_ignored_tests_are_found() {
        for promise in PROMISES {
            assert_breach("README.md", &format!("A {promise}: later\n"), promise);
            assert_eq!(of("README.md", &format!("An {promise}ER\n")), Vec::<String>::new());
        }
        assert_breach("tests/a.rs", &format!("//! x\n{IGNORED_TEST}]\n"), "tests/a.rs:2: an ignored test");
    }

    #[test]
    fn paths_of_a_machine_are_found_and_relative_ones_are_not() {
        for place in MACHINE_PATHS {
            assert_breach("a.toml", &format!("path = \"{place}me\"\n"), place);
            assert_eq!(of("a.toml", &format!("path = \"docs{place}me\"\n")), Vec::<String>::new());
        }
    }

    #[test]
    fn blanks_at_the_end_of_a_line_are_found() {
        assert_breach("a.md", "one\ntwo \n", "a.md:2: blanks");
        assert_breach("a.md", "one\t\n", "a.md:1: blanks");
    }
}
