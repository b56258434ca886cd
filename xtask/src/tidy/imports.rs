//! Which paths a source file names. In: Rust source and the module that it is. Out: whole paths, as `a::b::c`.
//!
//! Not a parser: it knows comments, literals, `use` trees, `mod` blocks and paths, which is all that the walls need.

use std::collections::BTreeSet;
use std::iter::Peekable;

/// Every path of two or more parts in the source, and every `use`. `self` and `super` are resolved; `module` is the
/// file's own path, beginning with `crate`.
pub fn paths(source: &str, module: &[&str]) -> BTreeSet<String> {
    let tokens = tokens(source);
    let mut tokens = tokens.iter().map(String::as_str).peekable();
    let mut module: Vec<String> = module.iter().map(|&part| part.to_owned()).collect();
    let mut depth = 0;
    let mut blocks = Vec::new();
    let mut found = BTreeSet::new();
    while let Some(token) = tokens.next() {
        match token {
            "{" => depth += 1,
            "}" => {
                depth -= 1;
                if blocks.last() == Some(&depth) {
                    blocks.pop();
                    module.pop();
                }
            }
            "mod" => {
                let name = tokens.next().unwrap_or_default();
                if tokens.next_if_eq(&"{").is_some() {
                    blocks.push(depth);
                    module.push(name.to_owned());
                    depth += 1;
                }
            }
            // `impl Trait + use<'a>` says what is captured, and imports nothing.
            "use" if tokens.peek() == Some(&"<") => {}
            "use" => use_tree(&mut tokens, &[], &module, &mut found),
            "::" => {}
            name if is_name(name) => {
                let mut path = vec![name];
                while tokens.next_if_eq(&"::").is_some() {
                    // Anything else is a generic argument, `Vec::<u8>`.
                    let Some(part) = tokens.next_if(|part| is_name(part)) else { break };
                    path.push(part);
                }
                if path.len() > 1 {
                    found.insert(absolute(&path, &module));
                }
            }
            _ => {}
        }
    }
    found
}

/// Reads `a::{b, c::d as e, *}`, up to the `;`, `,` or `}` behind it.
fn use_tree<'a>(
    tokens: &mut Peekable<impl Iterator<Item = &'a str>>,
    prefix: &[&'a str],
    module: &[String],
    found: &mut BTreeSet<String>,
) {
    let mut path = prefix.to_vec();
    while let Some(token) = tokens.next_if(|token| !matches!(*token, ";" | "," | "}")) {
        match token {
            "::" => {}
            "as" => {
                tokens.next();
            }
            "{" => {
                while tokens.next_if_eq(&"}").is_none() && tokens.peek().is_some() {
                    use_tree(tokens, &path, module, found);
                    tokens.next_if_eq(&",");
                }
                return;
            }
            part => path.push(part),
        }
    }
    // `a::{self}` is `a`; a leading `self` is this module and is resolved later.
    if path.len() > 1 && path.last() == Some(&"self") {
        path.pop();
    }
    found.insert(absolute(&path, module));
}

fn absolute(path: &[&str], module: &[String]) -> String {
    let mut whole: Vec<&str> = match path.first() {
        Some(&("self" | "super")) => module.iter().map(String::as_str).collect(),
        _ => Vec::new(),
    };
    for part in path {
        match *part {
            "self" => {}
            "super" => {
                whole.pop();
            }
            part => whole.push(part),
        }
    }
    whole.join("::")
}

fn is_name(token: &str) -> bool {
    token.starts_with(|first: char| first.is_alphabetic() || first == '_')
}

/// The words and signs of the source, without comments, texts and blanks.
pub fn tokens(source: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut rest = source;
    while let Some(first) = rest.chars().next() {
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if let Some(length) = text_length(rest) {
            length
        } else if first.is_alphanumeric() || first == '_' {
            let length = rest.find(|next: char| !next.is_alphanumeric() && next != '_').unwrap_or(rest.len());
            tokens.push(rest[..length].to_owned());
            length
        } else if rest.starts_with("::") {
            tokens.push("::".to_owned());
            2
        } else {
            if !first.is_whitespace() {
                tokens.push(first.to_string());
            }
            first.len_utf8()
        };
        rest = &rest[length..];
    }
    tokens
}

/// The length of the text or character literal that `rest` begins with.
fn text_length(rest: &str) -> Option<usize> {
    if let Some(raw) = rest.strip_prefix('r').or_else(|| rest.strip_prefix("br")) {
        let hashes = raw.len() - raw.trim_start_matches('#').len();
        if raw[hashes..].starts_with('"') {
            let end = format!("\"{}", "#".repeat(hashes));
            let opening = rest.len() - raw.len() + hashes + 1;
            return Some(rest[opening..].find(&end).map_or(rest.len(), |at| opening + at + end.len()));
        }
    }
    let quote = rest.chars().next().filter(|first| matches!(first, '"' | '\''))?;
    let mut characters = rest.char_indices().skip(1);
    while let Some((at, character)) = characters.next() {
        match character {
            '\\' => {
                characters.next();
            }
            end if end == quote => return Some(at + 1),
            // A lifetime: no closing quote follows its first character.
            _ if quote == '\'' && !rest[at + character.len_utf8()..].starts_with('\'') && at == 1 => return None,
            _ => {}
        }
    }
    Some(rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(source: &str) -> Vec<String> {
        paths(source, &["crate", "run", "batch"]).into_iter().collect()
    }

    #[test]
    fn a_use_tree_is_spelt_out() {
        let source = "use a::{self, b, c::{d as e, f::*}}; pub(crate) use g::h;";
        assert_eq!(of(source), ["a", "a::b", "a::c::d", "a::c::f::*", "g::h"]);
    }

    #[test]
    fn super_and_self_are_resolved_also_inside_a_mod_block() {
        assert_eq!(
            of("use super::limiter; use self::x; use super::super::plan;"),
            ["crate::plan", "crate::run::batch::x", "crate::run::limiter"]
        );
        assert_eq!(of("mod tests { use super::*; } use super::y;"), ["crate::run::batch::*", "crate::run::y"]);
    }

    #[test]
    fn paths_within_code_count_too() {
        assert_eq!(
            of("fn f() { let x = ::leptos::mount::<A>(std::time::Instant::now()); }"),
            ["leptos::mount", "std::time::Instant::now"]
        );
    }

    #[test]
    fn comments_and_texts_do_not_count() {
        let source = "// a::b\n/* c::d */ \"e::f \\\" g::h\" r#\"i::j \" k::l\"# '\"' '\\'' fn x<'a>(y: &'a m::N) {}";
        assert_eq!(of(source), ["m::N"]);
    }

    #[test]
    fn a_use_that_says_what_is_captured_is_no_import() {
        assert_eq!(of("fn f<'a>() -> impl I + use<'a> { x::y(1); 2 }"), ["x::y"]);
    }
}
