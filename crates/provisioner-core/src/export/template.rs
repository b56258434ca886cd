//! A file in a form of the user's own. In: a text with fields, `{{DeviceName}}`. Out: the text once for each row, with
//! the row's values; or where the template is wrong, before anything is written.
//!
//! Fields are the contract's columns and `Number`, the row's place in the file from 1; blanks around a name do not
//! count. `{{{{` writes `{{`; a single brace, and `}}` where no field is open, stand for themselves, so that
//! `{{{DeviceName}}}` is a value in braces. Values are put in as they are: the vendor's names need no escaping.

use serde::{Deserialize, Serialize};

use super::{COLUMNS, ExportError, FileFormat, Record};

/// A template that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    parts: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Text(String),
    /// The value of this column.
    Column(usize),
    Number,
}

/// Where a template is wrong, and how; the user corrects it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateError {
    /// The line, from 1.
    pub line: u32,
    /// The character in the line, from 1.
    pub column: u32,
    /// What is wrong there.
    pub fault: TemplateFault,
}

/// What is wrong with a template.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TemplateFault {
    /// There is no field of this name; [`Template::FIELDS`] has those that there are.
    UnknownField(String),
    /// A field is not closed in its line.
    Unclosed,
    /// There is no field at all: every device would get the same text.
    NoField,
}

impl Template {
    /// The names of all fields.
    pub const FIELDS: [&str; COLUMNS.len() + 1] =
        ["ProductKey", "DeviceName", "DeviceSecret", "IotId", "DeviceId", "Nickname", "ApplyId", "Number"];

    /// Reads a template.
    pub fn parse(text: &str) -> Result<Self, TemplateError> {
        let mut parts = Vec::new();
        let mut plain = String::new();
        let mut rest = text;
        while let Some(open) = rest.find("{{") {
            let (before, behind) = rest.split_at(open);
            plain.push_str(before);
            if let Some(behind) = behind.strip_prefix("{{{{") {
                plain.push_str("{{");
                rest = behind;
            } else if let Some(behind) = behind.strip_prefix("{{{") {
                plain.push('{');
                rest = &rest[rest.len() - behind.len() - 2..];
            } else {
                let wrong = |fault| error(text, text.len() - behind.len(), fault);
                let name = field_name(&behind[2..]).ok_or_else(|| wrong(TemplateFault::Unclosed))?;
                let part =
                    field(name.trim()).ok_or_else(|| wrong(TemplateFault::UnknownField(name.trim().to_owned())))?;
                if !plain.is_empty() {
                    parts.push(Part::Text(core::mem::take(&mut plain)));
                }
                parts.push(part);
                rest = &behind[2 + name.len() + 2..];
            }
        }
        if parts.is_empty() {
            return Err(TemplateError { line: 1, column: 1, fault: TemplateFault::NoField });
        }
        plain.push_str(rest);
        if !plain.is_empty() {
            parts.push(Part::Text(plain));
        }
        Ok(Self { parts })
    }
}

impl FileFormat for Template {
    fn record(&mut self, record: &Record<'_>, out: &mut Vec<u8>) -> Result<(), ExportError> {
        for part in &self.parts {
            match part {
                Part::Text(text) => out.extend(text.as_bytes()),
                Part::Column(index) => out.extend(record.values()[*index].as_bytes()),
                Part::Number => out.extend(record.number.to_string().as_bytes()),
            }
        }
        Ok(())
    }
}

/// The text up to the closing braces, which stand in the same line.
fn field_name(text: &str) -> Option<&str> {
    let line = text.split(['\r', '\n']).next()?;
    line.split_once("}}").map(|(name, _)| name)
}

fn field(name: &str) -> Option<Part> {
    let index = Template::FIELDS.iter().position(|field| *field == name)?;
    Some(if index < COLUMNS.len() { Part::Column(index) } else { Part::Number })
}

fn error(text: &str, at: usize, fault: TemplateFault) -> TemplateError {
    let before = &text[..at];
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or(before).chars().count() + 1;
    let number = |count| u32::try_from(count).unwrap_or(u32::MAX);
    TemplateError { line: number(line), column: number(column), fault }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::text_of_all;
    use super::*;

    fn filled(template: &str) -> String {
        let whole = text_of_all(&mut Template::parse(template).unwrap());
        whole.split("--").next().unwrap().to_owned()
    }

    fn wrong(template: &str) -> (u32, u32, TemplateFault) {
        let TemplateError { line, column, fault } = Template::parse(template).unwrap_err();
        (line, column, fault)
    }

    #[test]
    fn fields_become_values_and_the_rest_stays() {
        assert_eq!(
            filled("{{Number}}: {{ ProductKey }},{{DeviceName}},{{DeviceSecret}},{{IotId}},{{DeviceId}}\r\n--"),
            "1: a1SimCloud1,plain,s1,i1,d1\r\n"
        );
        assert_eq!(text_of_all(&mut Template::parse("{{Number}}{{Nickname}} ").unwrap()), "1 2灯;1 3 ");
    }

    #[test]
    fn braces_that_are_no_field_stand_for_themselves() {
        assert_eq!(filled("{ \"name\": \"{{DeviceName}}\" }--"), "{ \"name\": \"plain\" }");
        assert_eq!(filled("{{{DeviceName}}}--"), "{plain}");
        assert_eq!(filled("{{{{DeviceName}} {{DeviceName}} }}--"), "{{DeviceName}} plain }}");
        assert_eq!(filled("{{{{{{DeviceName}}--"), "{{plain");
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line_and_character() {
        let unknown = |name: &str| TemplateFault::UnknownField(name.to_owned());
        assert_eq!(wrong("灯{{DeviceNam}}"), (1, 2, unknown("DeviceNam")));
        assert_eq!(wrong("{{DeviceName}}\r\n  {{devicename}}"), (2, 3, unknown("devicename")));
        assert_eq!(wrong("{{DeviceName}}\n{{}}"), (2, 1, unknown("")));
        assert_eq!(wrong("{{{x}}"), (1, 2, unknown("x")));
        assert_eq!(wrong("a\n{{DeviceName\n}}"), (2, 1, TemplateFault::Unclosed));
        assert_eq!(wrong("{{"), (1, 1, TemplateFault::Unclosed));
        assert_eq!(wrong("{{{{DeviceName}}"), (1, 1, TemplateFault::NoField));
        assert_eq!(wrong(""), (1, 1, TemplateFault::NoField));
    }

    #[test]
    fn every_column_is_a_field() {
        assert_eq!(Template::FIELDS[..COLUMNS.len()], COLUMNS);
    }
}
