//! The faulty rows as a file of their own. In: the list. Out: a file as the one it comes from, with one column more that
//! says why. Read again it is a list like any other: the column is none that is looked at.

use super::List;
use super::columns::is_known;
use super::encoding::Encoding;

/// What the page says in the file.
pub struct Words<'w> {
    /// Title of the column that says why.
    pub reason: &'w str,
    /// A sentence about each of [`NameRule::KINDS`](crate::plan::NameRule::KINDS), with `#` for its number and `%` for its character.
    pub rules: &'w [String],
}

impl List {
    /// The text of the file: all columns in their order, delimited as they were, with a header in any case. Corrected rows
    /// stand there as they came, since what is wrong with them may have come from the correction.
    #[must_use]
    pub fn faulty_text(&self, words: &Words<'_>) -> String {
        let mut text = String::new();
        let (sheet, columns) = (&self.sheet, self.columns);
        let faults = &self.checked.faults;
        let widths = faults.iter().map(|(row, _)| sheet.width(*row));
        let header = u32::from(columns.has_header);
        let width = widths.chain((0..header).map(|row| sheet.width(row))).max().unwrap_or_default();
        let width = width.max(columns.name + 1).max(columns.nickname.map_or(0, |column| column + 1));
        let title = |column: u32| {
            let title = if columns.has_header { sheet.cell(0, column) } else { "" };
            match () {
                () if is_known(title) => title,
                () if column == columns.name => "DeviceName",
                () if columns.nickname == Some(column) => "Nickname",
                () => title,
            }
        };
        self.line(&mut text, (0..width).map(title), words.reason);
        for (row, rule) in faults {
            let sentence = words.rules.get(rule.kind()).map_or("", String::as_str);
            self.line(&mut text, (0..width).map(|column| sheet.cell(*row, column)), &rule.told(sentence));
        }
        text
    }

    /// How that file is written: as the one that the list comes from.
    #[must_use]
    pub fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// What its name ends in.
    #[must_use]
    pub fn extension(&self) -> &'static str {
        if self.sheet.delimiter == '\t' { "tsv" } else { "csv" }
    }

    fn line<'c>(&self, text: &mut String, cells: impl Iterator<Item = &'c str>, reason: &str) {
        for cell in cells {
            self.cell(text, cell);
            text.push(self.sheet.delimiter);
        }
        self.cell(text, reason);
        text.push_str("\r\n");
    }

    fn cell(&self, text: &mut String, value: &str) {
        if value.contains([self.sheet.delimiter, '"', '\n', '\r']) {
            text.extend(["\"", &value.replace('"', "\"\""), "\""]);
        } else {
            text.push_str(value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::NameRule;
    use super::*;

    fn words(rules: &[String]) -> Words<'_> {
        Words { reason: "Reason", rules }
    }

    fn sentences() -> Vec<String> {
        (0..NameRule::KINDS.len()).map(|kind| format!("kind {kind}, number #, \"%\"")).collect()
    }

    #[test]
    fn it_keeps_delimiter_titles_and_order_and_says_why_in_a_column_of_its_own() {
        let list = List::read("No.;备注名称;设备名称\n1;灯光;SN-1\n2;灯;SN-2\n3;a b c d;S$-3\n", Encoding::Gb18030);
        let text = list.faulty_text(&words(&sentences()));
        let expected = "No.;备注名称;设备名称;Reason\r\n2;灯;SN-2;\"kind 7, number 2, \"\" \"\"\"\r\n\
                        3;a b c d;S$-3;\"kind 4, number 2, \"\"$\"\"\"\r\n";
        assert_eq!((text.as_str(), list.encoding(), list.extension()), (expected, Encoding::Gb18030, "csv"));
    }

    #[test]
    fn without_a_header_it_gets_one_and_reads_back_with_the_same_columns() {
        let list = List::read("客厅灯\tSN$1\n卧室灯\tSN-2\n", Encoding::Utf16Le);
        let text = list.faulty_text(&words(&sentences()));
        assert!(text.starts_with("Nickname\tDeviceName\tReason\r\n"), "{text}");
        let again = List::read(&text.replace("SN$1", "SN-1"), Encoding::Utf16Le);
        assert_eq!((again.text().as_str(), again.report().fault()), ("SN-1,客厅灯\n", None));
    }
}
