//! A reply in XML as the tree that its JSON form would give. In: text. Out: a value, or where it stopped being XML.
//!
//! Elements become fields, repeated ones a list, text becomes a string; attributes do not occur. One element alone is
//! no list: readers of lists take both. Entities of its own and anything nested deeper than any reply are refused, so
//! that a hostile answer costs no more than its bytes.

use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::{Map, Value};

/// Deeper than any documented reply; `serde_json` stops at the same depth.
const DEPTH_MAX: usize = 128;

/// What came of reading.
#[derive(Debug, PartialEq)]
pub(super) enum Xml {
    /// A reply of the vendor's: what its root element holds.
    Reply(Value),
    /// The root element is not one of the vendor's: HTML, or another service.
    Foreign,
    /// It begins like one of the vendor's replies; where it ends or breaks.
    Broken(String),
}

/// An element that is open.
#[derive(Default)]
struct Element {
    name: String,
    fields: Map<String, Value>,
    text: String,
}

/// Reads a reply.
pub(super) fn read(text: &str) -> Xml {
    let mut reader = Reader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    let mut open: Vec<Element> = Vec::new();
    let mut reply = None;
    loop {
        let at = reader.buffer_position();
        // Nothing of the vendor's was seen yet.
        let is_foreign = open.is_empty() && reply.is_none();
        let broken =
            |what: &str, at: u64| if is_foreign { Xml::Foreign } else { Xml::Broken(format!("{what} at byte {at}")) };
        let event = match reader.read_event() {
            Ok(event) => event,
            Err(_) => return broken("it is not XML", reader.error_position()),
        };
        match event {
            Event::Start(_) if open.len() == DEPTH_MAX => return broken("it is nested too deep", at),
            Event::Start(_) if reply.is_some() => return broken("it goes on after its end", at),
            Event::Start(tag) => {
                let name = tag.name().as_ref().to_owned();
                if open.is_empty() && name != "Error" && !name.ends_with("Response") {
                    return Xml::Foreign;
                }
                open.push(Element { name, ..Element::default() });
            }
            Event::End(_) => {
                let Some(Element { name, fields, text }) = open.pop() else { return broken("it is not XML", at) };
                let value =
                    if fields.is_empty() { Value::String(text.trim().to_owned()) } else { Value::Object(fields) };
                match open.last_mut() {
                    Some(parent) => add(&mut parent.fields, name, value),
                    None => reply = Some(value),
                }
            }
            Event::Text(text) => put(&mut open, &text.xml10_content()),
            Event::CData(text) => put(&mut open, &text.xml10_content()),
            Event::GeneralRef(name) => match name.resolve_char_ref() {
                Ok(Some(character)) => put(&mut open, character.encode_utf8(&mut [0; 4])),
                Ok(None) => match quick_xml::escape::resolve_xml_entity(&name) {
                    Some(text) => put(&mut open, text),
                    None => return broken("an entity is not defined", at),
                },
                Err(_) => return broken("a character does not exist", at),
            },
            Event::DocType(_) => return Xml::Foreign,
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) | Event::Empty(_) => {}
            Event::Eof => {
                return match reply {
                    Some(reply) => Xml::Reply(reply),
                    None => broken("it ends", at),
                };
            }
        }
    }
}

fn put(open: &mut [Element], text: &str) {
    if let Some(element) = open.last_mut() {
        element.text.push_str(text);
    }
}

/// Adds a field; a name that is there already makes a list.
fn add(fields: &mut Map<String, Value>, name: String, value: Value) {
    match fields.get_mut(&name) {
        None => {
            fields.insert(name, value);
        }
        Some(Value::Array(items)) => items.push(value),
        Some(first) => *first = Value::Array(vec![first.take(), value]),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn reply(text: &str) -> Value {
        match read(text) {
            Xml::Reply(value) => value,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn elements_become_fields_and_repeated_ones_a_list() {
        let text = "<?xml version='1.0'?><!-- c --><AResponse><L><I>1</I><I>2</I></L><One><I>3</I></One><E/><F></F></AResponse>";
        assert_eq!(reply(text), json!({"L": {"I": ["1", "2"]}, "One": {"I": "3"}, "E": "", "F": ""}));
    }

    #[test]
    fn character_data_of_every_kind_is_text() {
        let text =
            "<Error>\n <M>a &lt;b&gt; &amp; &quot;&apos; &#35774;&#x5907;</M><R><![CDATA[?a=1&b=<2>]]></R>\n</Error>";
        assert_eq!(reply(text), json!({"M": "a <b> & \"' 设备", "R": "?a=1&b=<2>"}));
    }

    #[test]
    fn what_is_not_the_vendors_is_foreign() {
        for text in
            ["<html><body>502</body></html>", "<!DOCTYPE html><html>", "<Envelope/>", "<", "<!-- only -->", "<<"]
        {
            assert_eq!(read(text), Xml::Foreign, "{text}");
        }
    }

    #[test]
    fn entities_of_its_own_and_bottomless_nesting_are_refused() {
        assert_eq!(read("<!DOCTYPE a [<!ENTITY x 'y'>]><Error>&x;</Error>"), Xml::Foreign);
        assert!(matches!(read("<Error>&x;</Error>"), Xml::Broken(_)));
        assert!(matches!(read("<Error>&#xD800;</Error>"), Xml::Broken(_)));
        let deep = ["<AResponse>", &"<a>".repeat(200), &"</a>".repeat(200), "</AResponse>"].concat();
        assert_eq!(read(&deep), Xml::Broken("it is nested too deep at byte 392".to_owned()));
    }

    #[test]
    fn a_reply_that_was_cut_off_says_where() {
        assert_eq!(read("<AResponse><B>1"), Xml::Broken("it ends at byte 15".to_owned()));
        assert!(matches!(read("<AResponse></A"), Xml::Broken(_)));
        assert!(matches!(read("<AResponse></AResponse><B/>"), Xml::Broken(_)));
    }
}
