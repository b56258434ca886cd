//! What a run misses: its files, read back by a reader of their own, and its rows in the table.

use provisioner_core::export::{failed_csv, list_to_try};
use provisioner_core::model::report::Rejection;
use provisioner_core::run::{Missing, Run};
use provisioner_core::table::{Direction, Sort, SortBy};
use simcloud::Effect;

use crate::setting::Setting;

fn run() -> Run {
    let faults = vec![("BatchCheckDeviceNames", 1, 1, Effect::FailDevices { count: 2 })];
    let setting = Setting { batches: vec![6, 3], is_named: true, has_nicknames: true, faults, ..Setting::default() };
    setting.run_itself()
}

#[test]
fn each_device_stands_in_a_csv_file_with_its_code_and_what_it_means() {
    let meanings = Rejection::PLAIN.map(|reason| format!("\"{reason:?}\", in words")).to_vec();
    let mut file = Vec::new();
    let count = failed_csv(&run(), &meanings, &mut |piece| file.extend(piece));
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(&file[..]);
    let rows: Vec<Vec<String>> = reader.deserialize().collect::<Result<_, _>>().unwrap();
    assert_eq!((count, rows.len()), (6, 7));
    assert_eq!(rows[0], ["DeviceName", "Code", "Meaning"]);
    assert_eq!(rows[1], ["SN-000000", "CHECK_FAILED", "The check failed."]);
    assert_eq!(rows[2], ["SN-000003", "CHECK_FAILED", "The check failed."]);
    assert_eq!(rows[3], ["SN-000001", "NotRegistered", "\"NotRegistered\", in words"]);
}

#[test]
fn the_names_that_may_be_tried_again_are_a_list_that_the_form_takes() {
    assert_eq!(list_to_try(&run()), "SN-000001,lamp_1\nSN-000002,lamp_2\nSN-000004,lamp_4\nSN-000005,lamp_5\n");
}

#[test]
fn what_is_missing_is_looked_at_by_name_nickname_code_and_reason_and_sorted() {
    let mut missing = Missing::of(&run());
    let mut look = |text: &str, by, direction| -> Vec<String> {
        missing.look_at(text, Sort { by, direction });
        assert_eq!(missing.all(), 6);
        (0..missing.len()).map(|position| missing.row(position).device_name.to_owned()).collect()
    };
    let came = ["SN-000000", "SN-000003", "SN-000001", "SN-000002", "SN-000004", "SN-000005"];
    assert_eq!(look("", SortBy::Arrival, Direction::Ascending), came);
    assert_eq!(look("", SortBy::IotId, Direction::Descending), came);
    assert_eq!(look("check_failed", SortBy::DeviceName, Direction::Descending), ["SN-000003", "SN-000000"]);
    assert_eq!(look("THE CHECK", SortBy::Arrival, Direction::Ascending), ["SN-000000", "SN-000003"]);
    assert_eq!(look("Lamp_4", SortBy::Arrival, Direction::Ascending), ["SN-000004"]);
    assert_eq!(look("sn-000002", SortBy::Batch, Direction::Ascending), ["SN-000002"]);
    assert_eq!(look("no such", SortBy::Nickname, Direction::Ascending), [""; 0]);
    look("", SortBy::DeviceName, Direction::Ascending);
    let row = missing.row(1);
    assert_eq!((row.index, row.nickname, row.batch, row.code), (2, "lamp_1", 0, "NotRegistered"));
    assert_eq!(row.reason, &Rejection::NotRegistered);
    assert!(missing.has_nicknames());
}
