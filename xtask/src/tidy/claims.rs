//! Every claim of SECURITY.md has a test. In: that document, the Rust files, and the parts of `cargo xtask test`. Out: one
//! line per claim that names no test, and per test that does not exist.
//!
//! A claim is a row below a header that ends with the column `test`. That column has names in backticks: `module::name` or
//! `name` of a test, or `cargo xtask test NAME`. `the same` means the row above; `by reading` is said where no test can be.

use super::Source;
use super::imports::tokens;

/// Where the claims stand.
const DOCUMENT: &str = "SECURITY.md";
/// What the header of claims ends with.
const HEADER: &str = "test";
const COMMAND: &str = "cargo xtask test ";
const BY_READING: &str = "by reading";
const THE_SAME: &str = "the same";

/// What makes a function a test: natively, and in a browser.
const ATTRIBUTES: &[&str] = &["test", "wasm_bindgen_test"];

/// A test, and the file that it stands in.
struct Test<'a> {
    path: &'a str,
    name: String,
}

/// Which claims have no test; `parts` is what `cargo xtask test` takes.
pub fn breaches(sources: &[Source], parts: &[&str]) -> Vec<String> {
    let Some(document) = sources.iter().find(|source| source.path == DOCUMENT) else {
        return vec![format!("{DOCUMENT}: it is gone, and its claims with it")];
    };
    let tests: Vec<Test> = sources.iter().filter(|source| source.path.ends_with(".rs")).flat_map(tests_of).collect();
    let claims = claims(&document.text);
    let mut found = Vec::new();
    if claims.is_empty() {
        found.push(format!("{DOCUMENT}: no table has a last column `{HEADER}`"));
    }
    for claim in claims {
        found.extend(claim.faults(&tests, parts).iter().map(|what| format!("{DOCUMENT}:{}: {what}", claim.line)));
    }
    found
}

/// A row of a table of claims.
struct Claim<'a> {
    line: usize,
    /// Its last cell.
    cell: &'a str,
    is_first: bool,
}

impl Claim<'_> {
    fn faults(&self, tests: &[Test], parts: &[&str]) -> Vec<String> {
        if self.cell.trim_matches('`') == BY_READING || self.cell == THE_SAME && !self.is_first {
            return Vec::new();
        }
        let names: Vec<&str> = self.cell.split('`').skip(1).step_by(2).collect();
        if names.is_empty() {
            return vec!["a claim without a test".to_owned()];
        }
        names.into_iter().filter_map(|name| fault(name, tests, parts)).collect()
    }
}

/// What is wrong with the name of a test.
fn fault(name: &str, tests: &[Test], parts: &[&str]) -> Option<String> {
    if let Some(part) = name.strip_prefix(COMMAND) {
        return (!parts.contains(&part)).then(|| format!("`{COMMAND}` has no part `{part}`"));
    }
    let (module, function) = name.rsplit_once("::").map_or((None, name), |(module, name)| (Some(module), name));
    let exists = tests.iter().any(|test| test.name == function && module.is_none_or(|module| test.is_in(module)));
    (!exists).then(|| format!("there is no test `{name}`"))
}

impl Test<'_> {
    /// Whether it stands in the file of this name, or in a file of the folder of this name.
    fn is_in(&self, module: &str) -> bool {
        self.path.trim_end_matches(".rs").rsplit('/').take(2).any(|part| part == module)
    }
}

/// The rows of all tables of claims.
fn claims(text: &str) -> Vec<Claim<'_>> {
    let mut claims = Vec::new();
    let mut header = None;
    for (index, line) in text.lines().enumerate() {
        if !line.starts_with('|') {
            header = None;
            continue;
        }
        let line_number = index + 1;
        let row = line.trim_end();
        let cell = row.strip_suffix('|').unwrap_or(row).rsplit('|').next().unwrap_or_default().trim();
        let Some((is_of_claims, at)) = header else {
            header = Some((cell == HEADER, line_number));
            continue;
        };
        // The line below a header separates.
        if is_of_claims && line_number > at + 1 {
            claims.push(Claim { line: line_number, cell, is_first: line_number == at + 2 });
        }
    }
    claims
}

/// The functions of a file behind an attribute that makes them tests; comments and texts do not count.
fn tests_of(source: &Source) -> Vec<Test<'_>> {
    let tokens = tokens(&source.text);
    let mut tests = Vec::new();
    let mut is_test = false;
    for (at, token) in tokens.iter().enumerate() {
        let next = |distance: usize| tokens.get(at + distance).map(String::as_str).unwrap_or_default();
        if token == "#" && next(1) == "[" && ATTRIBUTES.contains(&next(2)) && next(3) == "]" {
            is_test = true;
        } else if token == "fn" {
            if is_test {
                tests.push(Test { path: &source.path, name: next(1).to_owned() });
            }
            is_test = false;
        }
    }
    tests
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "# Security\n\n| claim | test |\n| --- | --- |\n";

    fn source(path: &str, text: &str) -> Source {
        Source { path: path.to_owned(), text: text.to_owned() }
    }

    /// What is wrong with a document beside two files with tests.
    fn of(document: &str) -> Vec<String> {
        let e2e = "//! x\n#[test]\n#[cfg(unix)]\nfn a_script_is_blocked() {}\nfn no_test() {}\n\
                   // #[test] fn in_a_comment() {}\nconst A: &str = \"#[test] fn in_a_text() {}\";\n";
        let page = "//! x\n#[wasm_bindgen_test]\nasync fn it_works_in_a_browser() {}\n";
        breaches(
            &[source(DOCUMENT, document), source("tests/e2e/policy.rs", e2e), source("tests/browser/page.rs", page)],
            &["supply", "reproducible"],
        )
    }

    fn assert_breach(cell: &str, expected: &str) {
        let found = of(&format!("{HEAD}| all is well | {cell} |\n"));
        assert!(found.len() == 1 && found[0].contains(expected), "{cell}: {found:?}");
        assert!(found[0].starts_with("SECURITY.md:5: "), "{found:?}");
    }

    #[test]
    fn a_claim_whose_test_exists_is_left_alone() {
        for cell in [
            "`a_script_is_blocked`",
            "`policy::a_script_is_blocked`, `e2e::a_script_is_blocked`",
            "`page::it_works_in_a_browser`",
            "`cargo xtask test supply`, `a_script_is_blocked`",
            "by reading",
        ] {
            assert_eq!(of(&format!("{HEAD}| all is well | {cell} |\n")), Vec::<String>::new(), "{cell}");
        }
    }

    #[test]
    fn a_test_that_does_not_exist_is_found() {
        for name in ["gone", "lock::a_script_is_blocked", "a::policy::a_script_is_blocked", "no_test"] {
            assert_breach(&format!("`a_script_is_blocked`, `{name}`"), &format!("no test `{name}`"));
        }
        for name in ["in_a_comment", "in_a_text", "by reading the code", "cargo xtask tidy"] {
            assert_breach(&format!("`{name}`"), &format!("no test `{name}`"));
        }
    }

    #[test]
    fn a_command_must_name_a_part_of_the_tests() {
        assert_breach("`cargo xtask test suply`", "no part `suply`");
        assert_breach("`cargo xtask test `", "no part ``");
    }

    #[test]
    fn a_claim_without_a_test_is_found() {
        assert_breach("", "without a test");
        assert_eq!(of(&format!("{HEAD}| all is well ||\n")).len(), 1);
        assert_breach("trust us", "without a test");
    }

    #[test]
    fn the_same_means_the_row_above_and_needs_one() {
        assert_breach("the same", "without a test");
        let above = "| a | `a_script_is_blocked` |\n";
        assert_eq!(of(&format!("{HEAD}{above}| b | the same |\n")), Vec::<String>::new());
        assert_eq!(of(&format!("{HEAD}{above}\n| claim | test |\n| --- | --- |\n| b | the same |\n")).len(), 1);
    }

    #[test]
    fn other_tables_are_no_claims_and_a_document_without_any_is_found() {
        let other = "| secret | where it is |\n| --- | --- |\n| key | `nowhere` |\n";
        assert_eq!(of(&format!("{HEAD}| a | by reading |\n\n{other}")), Vec::<String>::new());
        assert_eq!(of(other), ["SECURITY.md: no table has a last column `test`"]);
        assert_eq!(breaches(&[], &[]).len(), 1);
    }
}
