//! The table as a file. In: rows. Out: bytes, piece by piece; columns and names as the contract fixes them.

mod csv;
mod json;

pub use csv::csv;
pub use json::json;

use crate::table::Row;
use crate::time::WallTime;

/// The columns, in order.
pub const COLUMNS: [&str; 7] = ["ProductKey", "DeviceName", "DeviceSecret", "IotId", "DeviceId", "Nickname", "ApplyId"];

/// Bytes that a piece holds before it is handed on.
const PIECE_BYTES: usize = 1 << 20;

/// What stands beside the rows: the product, and the ApplyId of each batch (empty where there is none).
pub struct Context<'c> {
    /// ProductKey.
    pub product_key: &'c str,
    /// ApplyId by index of the batch.
    pub apply_ids: &'c [String],
}

impl Context<'_> {
    /// One row's values in the order of [`COLUMNS`]. Random names come without a nickname.
    fn values<'v>(&'v self, row: &Row<'v>) -> [&'v str; 7] {
        let apply_id = self.apply_ids.get(row.batch as usize).map_or("", String::as_str);
        [self.product_key, row.device_name, row.device_secret, row.iot_id, row.device_id, "", apply_id]
    }
}

/// `iot-devices_{ProductKey}_{count}_{YYYYMMDDTHHMMSSZ}.{extension}`.
#[must_use]
pub fn file_name(product_key: &str, rows: u32, at: WallTime, extension: &str) -> String {
    format!("iot-devices_{product_key}_{rows}_{}.{extension}", at.compact())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::device::DeviceRow;
    use crate::secret::Secret;
    use crate::table::Table;

    fn table() -> Table {
        let mut table = Table::default();
        for (name, batch) in [("plain", 0), ("a,\"b\"\nc", 1), ("\"", 1)] {
            let row = DeviceRow {
                device_name: name.into(),
                device_secret: Secret::new("s1".into()),
                iot_id: "i1".into(),
                device_id: "d1".into(),
            };
            table.insert(batch, &row);
        }
        table
    }

    fn whole(write: impl Fn(&Table, &Context<'_>, &mut dyn FnMut(&[u8]))) -> String {
        let apply_ids = ["9007199254740993".to_owned(), String::new()];
        let mut bytes = Vec::new();
        write(&table(), &Context { product_key: "a1SimCloud1", apply_ids: &apply_ids }, &mut |piece| {
            bytes.extend(piece)
        });
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn csv_is_rfc_4180_with_the_contracts_header() {
        assert_eq!(
            whole(|table, context, piece| csv(table, context, piece)),
            "ProductKey,DeviceName,DeviceSecret,IotId,DeviceId,Nickname,ApplyId\r\n\
             a1SimCloud1,plain,s1,i1,d1,,9007199254740993\r\n\
             a1SimCloud1,\"a,\"\"b\"\"\nc\",s1,i1,d1,,\r\n\
             a1SimCloud1,\"\"\"\",s1,i1,d1,,\r\n"
        );
    }

    #[test]
    fn json_is_an_array_of_objects_whose_apply_id_is_text() {
        let parsed: serde_json::Value =
            serde_json::from_str(&whole(|table, context, piece| json(table, context, piece))).unwrap();
        assert_eq!(parsed.as_array().unwrap().len(), 3);
        assert_eq!(parsed[0]["ApplyId"], "9007199254740993");
        assert_eq!(parsed[1]["DeviceName"], "a,\"b\"\nc");
        let keys: std::collections::BTreeSet<&str> =
            parsed[0].as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(keys, COLUMNS.into_iter().collect());
    }

    #[test]
    fn a_file_is_named_by_product_count_and_time() {
        let at = WallTime(1_456_231_584_000);
        assert_eq!(file_name("a1SimCloud1", 100, at, "csv"), "iot-devices_a1SimCloud1_100_20160223T124624Z.csv");
    }
}
