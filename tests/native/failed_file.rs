//! The files of what a run misses, read back by a reader of their own.

use provisioner_core::export::{failed_csv, list_to_try};
use provisioner_core::model::report::Rejection;
use provisioner_core::run::Run;
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
