//! Reply trees as XML: the default format of the API (§2.0).

use crate::reply::{Fields, Node};

/// Writes a reply of an action: `<QueryPageByApplyIdResponse>…`.
pub(crate) fn write_reply(action: &str, fields: &Fields, into: &mut String) {
    let root = format!("{action}Response");
    write_element(&root, |into| write_fields(fields, into), into);
}

/// Writes a gateway error (§11.1), whose link is a CDATA section.
pub(crate) fn write_error(fields: &Fields, into: &mut String) {
    into.push_str("<?xml version='1.0' encoding='UTF-8'?>");
    let write = |into: &mut String| {
        for (name, node) in fields {
            match node {
                Node::Text(link) if *name == "Recommend" => {
                    // A code comes from here or from a fault; neither can end the section, but a tester may try.
                    let link: String = link.replace("]]>", "]]%3E").chars().map(storable).collect();
                    into.push_str(&format!("<Recommend><![CDATA[{link}]]></Recommend>"));
                }
                _ => write_node(name, node, into),
            }
        }
    };
    write_element("Error", write, into);
}

fn write_fields(fields: &Fields, into: &mut String) {
    for (name, node) in fields {
        write_node(name, node, into);
    }
}

fn write_node(name: &str, node: &Node, into: &mut String) {
    match node {
        Node::Text(text) => write_element(name, |into| write_text(text, into), into),
        Node::Number(number) => write_element(name, |into| into.push_str(&number.to_string()), into),
        Node::Truth(truth) => write_element(name, |into| into.push_str(if *truth { "true" } else { "false" }), into),
        Node::Object(fields) => write_element(name, |into| write_fields(fields, into), into),
        Node::List(nodes) => nodes.iter().for_each(|node| write_node(name, node, into)),
    }
}

fn write_element(name: &str, content: impl FnOnce(&mut String), into: &mut String) {
    into.push('<');
    into.push_str(name);
    into.push('>');
    content(into);
    into.push_str("</");
    into.push_str(name);
    into.push('>');
}

fn write_text(text: &str, into: &mut String) {
    for character in text.chars() {
        match character {
            '&' => into.push_str("&amp;"),
            '<' => into.push_str("&lt;"),
            '>' => into.push_str("&gt;"),
            '"' => into.push_str("&quot;"),
            other => into.push(storable(other)),
        }
    }
}

/// The character, or a replacement for one that XML 1.0 has no way to write, not even as a reference (2.2, `Char`).
fn storable(character: char) -> char {
    match character {
        '\n' | '\t' => character,
        '\0'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}' => '\u{FFFD}',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply(fields: Fields) -> String {
        let mut text = String::new();
        write_reply("QueryX", &fields, &mut text);
        text
    }

    #[test]
    fn a_list_repeats_its_inner_element_and_an_empty_one_leaves_its_wrapper() {
        let names = vec!["a".into(), "b".into()];
        let fields = vec![("ValidList", Node::wrapped("Name", names)), ("InvalidList", Node::wrapped("Name", vec![]))];
        assert_eq!(
            reply(fields),
            "<QueryXResponse><ValidList><Name>a</Name><Name>b</Name></ValidList><InvalidList></InvalidList></QueryXResponse>"
        );
    }

    #[test]
    fn numbers_truths_and_objects_are_elements() {
        let data = Node::Object(vec![("ApplyId", 9_007_199_254_740_993_i64.into()), ("Ok", true.into())]);
        assert_eq!(
            reply(vec![("Data", data)]),
            "<QueryXResponse><Data><ApplyId>9007199254740993</ApplyId><Ok>true</Ok></Data></QueryXResponse>"
        );
    }

    #[test]
    fn markup_in_text_is_escaped_and_what_xml_cannot_hold_is_replaced() {
        let written = reply(vec![("Name", "<a> & \"b\" \u{1} 灯\u{FFFF}".into())]);
        let expected =
            "<QueryXResponse><Name>&lt;a&gt; &amp; &quot;b&quot; \u{FFFD} 灯\u{FFFD}</Name></QueryXResponse>";
        assert_eq!(written, expected);
    }

    #[test]
    fn an_error_has_the_documented_shape() {
        let fields: Fields = vec![("Code", "Throttling.User".into()), ("Recommend", "https://h/?a=b&c=d".into())];
        let mut text = String::new();
        write_error(&fields, &mut text);
        assert_eq!(
            text,
            "<?xml version='1.0' encoding='UTF-8'?><Error><Code>Throttling.User</Code>\
             <Recommend><![CDATA[https://h/?a=b&c=d]]></Recommend></Error>"
        );
    }
}
