//! Reply trees: what an action answers, as a tree, written out as JSON (or as XML, in `xml`).

/// One value of a reply. Names are the vendor's own, in the vendor's spelling.
#[derive(Clone)]
pub(crate) enum Node {
    /// A JSON string.
    Text(String),
    /// A JSON number; Long and Integer alike (§2.0).
    Number(i64),
    /// A JSON boolean.
    Truth(bool),
    /// Named values, in the order in which they are written.
    Object(Fields),
    /// In XML the elements are repeated under the name that the list has in its object.
    List(Vec<Node>),
}

/// The members of an object.
pub(crate) type Fields = Vec<(&'static str, Node)>;

impl From<&str> for Node {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Node {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Node {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<u32> for Node {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<bool> for Node {
    fn from(truth: bool) -> Self {
        Self::Truth(truth)
    }
}

impl Node {
    /// A wrapper object around one list: `"ValidList":{"Name":[…]}`.
    pub fn wrapped(inner: &'static str, list: Vec<Node>) -> Self {
        Self::Object(vec![(inner, Self::List(list))])
    }

    /// Writes the value as JSON without spaces.
    pub fn write_json(&self, into: &mut String) {
        match self {
            Self::Text(text) => write_text(text, into),
            Self::Number(number) => into.push_str(&number.to_string()),
            Self::Truth(truth) => into.push_str(if *truth { "true" } else { "false" }),
            Self::Object(fields) => write_json_object(fields, into),
            Self::List(nodes) => {
                into.push('[');
                for (index, node) in nodes.iter().enumerate() {
                    if index > 0 {
                        into.push(',');
                    }
                    node.write_json(into);
                }
                into.push(']');
            }
        }
    }
}

/// Writes the members as one JSON object.
pub(crate) fn write_json_object(fields: &[(&'static str, Node)], into: &mut String) {
    into.push('{');
    for (index, (name, node)) in fields.iter().enumerate() {
        if index > 0 {
            into.push(',');
        }
        write_text(name, into);
        into.push(':');
        node.write_json(into);
    }
    into.push('}');
}

fn write_text(text: &str, into: &mut String) {
    into.push('"');
    for character in text.chars() {
        match character {
            '"' => into.push_str("\\\""),
            '\\' => into.push_str("\\\\"),
            '\n' => into.push_str("\\n"),
            control if u32::from(control) < 0x20 => into.push_str(&format!("\\u{:04x}", u32::from(control))),
            other => into.push(other),
        }
    }
    into.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(node: Node) -> String {
        let mut text = String::new();
        node.write_json(&mut text);
        text
    }

    #[test]
    fn text_is_escaped_as_json_demands() {
        let text = "quote \" slash \\ line\nbell \u{7} 灯";
        let written = json(text.into());
        assert_eq!(written, "\"quote \\\" slash \\\\ line\\nbell \\u0007 灯\"");
        assert_eq!(serde_json::from_str::<String>(&written).unwrap(), text);
    }

    #[test]
    fn an_empty_list_keeps_its_wrapper() {
        let status: Fields = vec![("ValidList", Node::wrapped("Name", Vec::new())), ("Success", true.into())];
        assert_eq!(json(Node::Object(status)), r#"{"ValidList":{"Name":[]},"Success":true}"#);
    }

    #[test]
    fn large_numbers_are_written_in_full() {
        assert_eq!(json(9_007_199_254_740_993_i64.into()), "9007199254740993");
    }
}
