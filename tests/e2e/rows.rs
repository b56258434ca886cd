//! Downloaded rows and the devices that exist, to be compared. In: a file's text, or what the cloud lists. Out: fields.

use std::collections::BTreeMap;

use serde_json::Value;

const COLUMNS: [&str; 7] = ["ProductKey", "DeviceName", "DeviceSecret", "IotId", "DeviceId", "Nickname", "ApplyId"];

/// Rows by DeviceName, whatever the file's form.
pub type Rows = BTreeMap<String, BTreeMap<String, String>>;

pub fn csv_rows(text: &str) -> Rows {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    assert_eq!(reader.headers().unwrap().iter().collect::<Vec<_>>(), COLUMNS);
    let records = reader.records().map(Result::unwrap);
    let rows = records
        .map(|record| COLUMNS.iter().map(|&name| name.to_owned()).zip(record.iter().map(str::to_owned)).collect());
    by_name(rows)
}

pub fn json_rows(text: &str) -> Rows {
    let rows: Vec<BTreeMap<String, String>> = serde_json::from_str(text).unwrap();
    by_name(rows.into_iter())
}

fn by_name(rows: impl Iterator<Item = BTreeMap<String, String>>) -> Rows {
    let mut named = Rows::new();
    for row in rows {
        assert_eq!(row.len(), COLUMNS.len());
        assert!(named.insert(row["DeviceName"].clone(), row).is_none(), "a DeviceName stands twice");
    }
    named
}

/// A field of a device as the cloud lists it, whatever the spelling of its name.
pub fn field(device: &Value, name: &str) -> String {
    let object = device.as_object().unwrap();
    let wanted = name.to_lowercase();
    let found = object.iter().find(|(key, _)| key.to_lowercase().replace('_', "") == wanted);
    match found.unwrap_or_else(|| panic!("{name} is not in {device}")).1 {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

pub fn assert_same(rows: &Rows, product_key: &str, devices: &[Value]) {
    assert_eq!(rows.len(), devices.len());
    for device in devices {
        let row = &rows[&field(device, "DeviceName")];
        assert_eq!(row["ProductKey"], product_key);
        for name in ["DeviceName", "DeviceSecret", "IotId", "DeviceId", "ApplyId"] {
            assert_eq!(row[name], field(device, name), "{name}");
        }
        assert_eq!(row["Nickname"], "");
    }
}
