//! English: the list of names.

use provisioner_core::plan::NameRule;

use super::super::NamesTexts;
use super::{counted, number, rows};

/// The list of names.
pub(super) const NAMES: NamesTexts = NamesTexts {
    file: "Names from a file",
    file_hint: "CSV, TSV, text or XLSX, chosen or dropped onto the list above, whose place it takes. It is read in this tab.",
    template: "Template (CSV)",
    template_name: "device-names.csv",
    template_content: "data:text/csv;charset=utf-8,%EF%BB%BFDeviceName,Nickname%0D%0ASN-0001,lamp_1%0D%\
                       0ASN-0002,%0D%0A",
    checking: "Checking the names…",
    kept: |name, found| {
        let name = if name.is_empty() { "The pasted list" } else { name };
        let found = found.map(|count| [" has ", &rows(count), "; the field shows the first good ones"].concat());
        [name, &found.unwrap_or_default(), "."].concat()
    },
    remove: "Remove",
    columns: "Columns of the list",
    column_name: "Column of DeviceNames",
    column_nickname: "Column of nicknames",
    column_none: "none",
    column: |number, title| format!("{number}: {title}"),
    header: "The first row names the columns",
    rows_name: "Rows to be corrected",
    found: |report| {
        let faulty = [&rows(report.faulty), " to be corrected"].concat();
        let warned = [&counted(report.warned, "warning", "warnings"), ", which you may leave"].concat();
        let all = match (report.faulty, report.warned) {
            (_, 0) => faulty,
            (0, _) => warned,
            _ => [&faulty, " and ", &warned].concat(),
        };
        let shown = u32::try_from(report.faults.len()).unwrap_or(u32::MAX);
        if shown < report.faulty + report.warned {
            [&all, ". Below are the first ", &number(shown), "; the file has all."].concat()
        } else {
            all + "."
        }
    },
    fix_all: "Take all suggestions",
    drop_all: "Leave these rows out",
    save: "Save these rows as a file",
    row_line: |line| ["Line ", &number(line)].concat(),
    rule,
    corrected: |fault| {
        let what = if fault.rule.is_of_nickname() { "Nickname" } else { "DeviceName" };
        let how = if fault.fix.is_some() { ", suggested" } else { "" };
        [what, " for line ", &number(fault.line), how].concat()
    },
    apply: "Apply",
    drop: "Leave out",
    reason: "Reason",
};

fn rule(rule: &NameRule) -> &'static str {
    match rule {
        NameRule::Missing => "This row has no DeviceName.",
        NameRule::Quote => "A quotation mark is never closed: the lines below it were read as part of this row.",
        NameRule::Invisible { .. } => "A blank or an invisible character (place #); a DeviceName has none.",
        NameRule::Shortened => {
            "A spreadsheet shortened this number and lost its digits. Enter it again in a column of text."
        }
        NameRule::Character { .. } => {
            "The character “%” (place #); a DeviceName holds letters, digits and - _ @ . : only."
        }
        NameRule::Length { .. } => "# characters; a DeviceName has 4 to 32.",
        NameRule::NicknameCharacter { .. } => {
            "The character “%” (place #); a nickname holds Chinese, Japanese, letters, digits and _ only."
        }
        NameRule::NicknameLength { .. } => {
            "The nickname counts #; it may count 4 to 64, Chinese and Japanese characters two each."
        }
        NameRule::Columns => "More cells than the list has columns.",
        NameRule::LeadingZeros { .. } => "Most names have # digits: a spreadsheet may have taken zeros off the front.",
        NameRule::Repeated { .. } => "The same DeviceName stands in line #.",
        NameRule::Existing => {
            "The product has a device of this name already. Leave the row out, or choose another name."
        }
    }
}
