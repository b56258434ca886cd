//! Lists as they come, with everything that can be wrong with them.

use super::faulty::Words;
use super::*;

fn read(text: &str) -> List {
    List::read(text, Encoding::default())
}

fn names(text: &str) -> Vec<(String, Option<String>)> {
    let list = read(text);
    let names = list.names().unwrap();
    (0..names.len()).map(|place| names.device(place)).map(|device| (device.device_name, device.nickname)).collect()
}

fn faults(list: &List) -> Vec<(u32, String, NameRule)> {
    list.report().faults.into_iter().map(|fault| (fault.line, fault.value, fault.rule)).collect()
}

#[test]
fn each_line_is_a_name_with_or_without_a_nickname() {
    let expected = [("SN-1", None), ("SN-2", Some("客厅灯")), ("SN-3", Some("lamp"))]
        .map(|(name, nickname)| (name.to_owned(), nickname.map(str::to_owned)));
    assert_eq!(names("SN-1\nSN-2,客厅灯\nSN-3,lamp"), expected);
    assert_eq!(read("SN-1\nSN-2 , 客厅灯\n\n\"SN-3\",lamp").text(), "SN-1\nSN-2,客厅灯\nSN-3,lamp\n");
}

#[test]
fn what_editors_and_spreadsheets_leave_behind_is_taken_off() {
    let expected = [("SN-1", Some("lamp")), ("SN-2", None)].map(|(a, b)| (a.to_owned(), b.map(str::to_owned)));
    for text in [
        "\u{FEFF}DeviceName,Nickname\r\nSN-1,lamp\r\nSN-2\r\n",
        "\n \r\n\"devicename\",nickname\n  SN-1 , lamp \n,,\n SN-2,",
        "\u{FEFF}SN-1,\"lamp\"\n\u{200B}SN-2\u{A0},,,\n\n",
    ] {
        assert_eq!(names(text), expected, "{text:?}");
    }
}

#[test]
fn every_faulty_row_is_named_at_once_with_its_line_value_and_rule() {
    let long = "x".repeat(33);
    let text =
        ["DeviceName,Nickname\r", "SN-0001", "A$-1", "", "abc", &long, "8.6E+14", "SN-0002,a b c d", "SN-0003,灯"]
            .join("\n")
            + "\nSN-0001\nsn-0001\n,lamp\nSN-0004,lamp,x\nSN 5,lamp\nSN-6,\"lamp\nSN-7";
    let expected = [
        (3, "A$-1", NameRule::Character { position: 2, found: '$' }),
        (5, "abc", NameRule::Length { found: 3 }),
        (6, &long, NameRule::Length { found: 33 }),
        (7, "8.6E+14", NameRule::Shortened),
        (8, "a b c d", NameRule::NicknameCharacter { position: 2, found: ' ' }),
        (9, "灯", NameRule::NicknameLength { units: 2 }),
        (10, "SN-0001", NameRule::Repeated { first_line: 2 }),
        (12, "lamp", NameRule::Missing),
        (13, "SN-0004,lamp,x", NameRule::Columns),
        (14, "SN 5", NameRule::Invisible { position: 3 }),
        (15, "SN-6,lamp\nSN-7", NameRule::Quote),
    ];
    let list = read(&text);
    assert_eq!(faults(&list), expected.map(|(line, value, rule)| (line, value.to_owned(), rule)));
    assert_eq!(list.names(), Err(Fault::Rows { count: 13, faulty: 11 }));
}

#[test]
fn lost_zeros_are_a_warning_where_most_names_are_digits_of_one_length() {
    let mut list = read("000001\n000002\n3000\n123456\n40");
    assert_eq!(
        faults(&list),
        [
            (3, "3000".to_owned(), NameRule::LeadingZeros { usual: 6 }),
            (5, "40".to_owned(), NameRule::Length { found: 2 })
        ]
    );
    let report = list.report();
    assert_eq!((report.faulty, report.warned, report.fixable), (1, 1, 2));
    list.correct(Correction::FixAll);
    assert_eq!(list.text(), "000001\n000002\n003000\n123456\n000040\n");
    assert!(faults(&read("1000\n20000\n300000")).is_empty(), "no length is usual");
    assert!(faults(&read("SN-1\n2000\n20000")).is_empty());
}

#[test]
fn a_list_without_a_row_is_missing_and_one_of_another_kind_is_told_in_short() {
    for text in ["", "DeviceName;Nickname\n\n", " \n,,\t\n"] {
        assert_eq!(read(text).names(), Err(Fault::Missing), "{text:?}");
    }
    let long = "\u{FFFD}".repeat(5_000);
    let value = long.chars().take(100).collect();
    assert_eq!(faults(&read(&long)), [(1, value, NameRule::Character { position: 1, found: '\u{FFFD}' })]);
}

#[test]
fn rows_are_corrected_one_by_one_or_dropped_and_all_are_checked_again() {
    let mut list = read("SN-1\nSN 20\nSN-1\nSN-3,灯");
    list.correct(Correction::Set { line: 2, value: " SN-1 ".into() });
    assert_eq!(faults(&list)[0], (2, "SN-1".to_owned(), NameRule::Repeated { first_line: 1 }));
    list.correct(Correction::Set { line: 2, value: "SN-20".into() });
    list.correct(Correction::Set { line: 4, value: "灯光".into() });
    list.correct(Correction::Drop { line: 3 });
    // Neither a good row nor a line that is none is touched.
    list.correct(Correction::Drop { line: 1 });
    list.correct(Correction::Drop { line: 99 });
    assert_eq!((list.report().fault(), list.text().as_str()), (None, "SN-1\nSN-20\nSN-3,灯光\n"));
    let report = list.report();
    assert_eq!((report.rows, report.first.as_str(), report.last.as_str()), (3, "SN-1", "SN-3"));
}

#[test]
fn columns_are_chosen_by_hand_too_and_a_header_can_be_a_device() {
    let mut list = read("asset,code\nSN-1,x\nSN-2,y");
    assert_eq!(list.report().titles, ["asset", "code"]);
    assert_eq!(list.report().columns, Columns { name: 0, nickname: Some(1), has_header: false });
    list.map(Columns { name: 0, nickname: None, has_header: true });
    assert_eq!((list.text().as_str(), list.head().as_str()), ("SN-1\nSN-2\n", "SN-1\nSN-2\n"));
    let mut list = read("name\nSN-2");
    list.map(Columns::default());
    assert_eq!(read(&list.text()).names().map(Names::len), Ok(2), "a device that is called name");
    list.map(Columns { name: 7, nickname: None, has_header: true });
    assert_eq!(list.report().faulty, 1, "a column that is not there has no names");
}

#[test]
fn a_million_names_are_read_and_one_more_is_too_many() {
    let mut text: String = (0..1_000_000).map(|number| format!("SN-{number}xxxx\n")).collect();
    assert_eq!(read(&text).names().unwrap().len(), 1_000_000);
    text.push_str("SN-more");
    assert_eq!(read(&text).names(), Err(Fault::TooLarge { limit: 1_000_000 }));
}

/// The rows of a list, its faulty cells corrected as an operator would: by a look at each.
fn corrected_by_hand(faulty: &str) -> String {
    let mut corrected = String::new();
    for (number, line) in (0..).zip(faulty.lines()) {
        let mut cells: Vec<String> = line.split(';').map(str::to_owned).collect();
        if number > 0 {
            cells[1] = format!("9{number:013}");
            cells[2] = "good_lamp".to_owned();
            // A cell that is too many, before the reason.
            cells[3].clear();
        }
        corrected += &(cells.join(";") + "\r\n");
    }
    corrected
}

#[test]
fn of_ten_thousand_rows_exactly_the_twelve_faulty_ones_are_listed_and_run_once_they_are_corrected() {
    let planted: [(u32, &str, &str); 12] = [
        (17, "", "only_a_nickname"),
        (500, "8.6E+14", "lamp"),
        (999, "00000000A$0999", "lamp"),
        (1_500, "0000000 001500", "lamp"),
        (2_222, "ABC", "lamp"),
        (3_000, "123456789012345678901234567890123", "lamp"),
        (4_000, "00000000004000", "living-room"),
        (5_000, "00000000005000", "灯"),
        (6_000, "00000000006000", "灯灯灯灯灯灯灯灯灯灯灯灯灯灯灯灯灯灯灯灯灯灯灯灯灯灯灯灯灯灯灯灯灯"),
        (7_000, "00000000007000", "lamp;more"),
        (8_000, "00000000000042", "lamp"),
        (9_000, "9000", "lamp"),
    ];
    let mut text = String::from("备注;序列号;备注名称\r\n");
    for row in 1..=10_000 {
        let planted = planted.iter().find(|(line, ..)| *line == row + 1);
        let (name, nickname) =
            planted.map_or((format!("{row:014}"), "lamp"), |(_, name, nick)| ((*name).to_owned(), nick));
        text += &format!("{row};{name};{nickname}\r\n");
    }
    let mut list = read(&text);
    let found = list.report();
    let expected = [
        NameRule::Missing,
        NameRule::Shortened,
        NameRule::Character { position: 10, found: '$' },
        NameRule::Invisible { position: 8 },
        NameRule::Length { found: 3 },
        NameRule::Length { found: 33 },
        NameRule::NicknameCharacter { position: 7, found: '-' },
        NameRule::NicknameLength { units: 2 },
        NameRule::NicknameLength { units: 66 },
        NameRule::Columns,
        NameRule::Repeated { first_line: 43 },
        NameRule::LeadingZeros { usual: 14 },
    ];
    let of = |list: &ListReport| list.faults.iter().map(|fault| (fault.line, fault.rule.clone())).collect::<Vec<_>>();
    assert_eq!(of(&found), planted.map(|(line, ..)| line).into_iter().zip(expected).collect::<Vec<_>>());
    assert_eq!((found.rows, found.faulty, found.warned), (10_000, 11, 1));

    let faulty = list.faulty_text(&Words { reason: "原因", rules: &[] });
    assert_eq!(of(&read(&faulty).report()).len(), 9, "alone, none is repeated, short of zeros or wider than the file");
    list.correct(Correction::DropAll);
    assert_eq!(list.names().unwrap().len(), 9_988);
    let again = read(&corrected_by_hand(&faulty));
    let names = again.names().unwrap();
    assert_eq!((names.len(), names.device_name(11), names.nickname(11)), (12, "90000000000012", "good_lamp"));
}

#[test]
fn names_that_the_product_has_are_faulty_until_they_are_left_out_or_changed() {
    let mut list = read("SN-1\nsn-2,lamp\nSN-3\nSN-2");
    list.mark(vec!["SN-3".into(), "SN-2".into(), "SN-9".into()]);
    assert_eq!(faults(&list), [(3, "SN-3".into(), NameRule::Existing), (4, "SN-2".into(), NameRule::Existing)]);
    assert_eq!(list.report().fixable, 0);
    list.correct(Correction::Set { line: 4, value: "SN-9".into() });
    assert_eq!(faults(&list), [(3, "SN-3".into(), NameRule::Existing), (4, "SN-9".into(), NameRule::Existing)]);
    list.correct(Correction::Set { line: 4, value: "SN-4".into() });
    list.read_again();
    assert_eq!(faults(&list), [(3, "SN-3".into(), NameRule::Existing)]);
    list.correct(Correction::DropAll);
    assert_eq!((list.report().fault(), list.text().as_str()), (None, "SN-1\nsn-2,lamp\nSN-4\n"));
    list.mark(vec!["SN-1".into()]);
    assert_eq!(list.report().faulty, 1);
    list.mark(Vec::new());
    assert_eq!(list.report().faulty, 0);
}
