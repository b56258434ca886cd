//! Devices of a product: QueryDevice, and a million of them.

use serde_json::{Value, json};

use super::Client;

fn query(client: &mut Client, current: &str, size: &str) -> Value {
    let own = [("ProductKey", "a1SimCloud1"), ("CurrentPage", current), ("PageSize", size)];
    client.call("QueryDevice", &own).body
}

fn names(page: &Value) -> Vec<String> {
    let rows = page["Data"]["DeviceInfo"].as_array().unwrap();
    rows.iter().map(|row| row["DeviceName"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn devices_are_listed_newest_first_across_batches() {
    let mut client = Client::new();
    client.register("30");
    client.wait(10);
    client.register("25");
    client.wait(1000);
    let newest = names(&query(&mut client, "1", "50"));
    let rest = names(&query(&mut client, "2", "50"));
    let mut truth: Vec<String> = client
        .cloud
        .devices("a1SimCloud1", client.now_ms, 0, 100)
        .into_iter()
        .map(|device| device.device_name)
        .collect();
    truth.reverse();
    assert_eq!([newest, rest].concat(), truth);
    assert_eq!(truth.len(), 55);
}

#[test]
fn a_row_has_the_documented_fields_and_date_forms() {
    let mut client = Client::new();
    client.register("1");
    client.wait(1000);
    let page = query(&mut client, "1", "10");
    let row = &page["Data"]["DeviceInfo"][0];
    assert_eq!(row["GmtCreate"], "Thu, 01-Jan-2026 00:00:01 GMT");
    assert_eq!(row["UtcCreate"], "2026-01-01T00:00:01.000Z");
    assert_eq!((&row["DeviceStatus"], &row["ProductKey"]), (&json!("UNACTIVE"), &json!("a1SimCloud1")));
    assert_eq!((&page["Total"], &page["PageCount"], &page["Page"]), (&json!(1), &json!(1), &json!(1)));
}

#[test]
fn devices_exist_from_the_moment_their_batch_is_done() {
    let mut client = Client::new();
    client.register("10");
    client.wait(999);
    assert_eq!(query(&mut client, "1", "10")["Total"], json!(0));
    client.wait(1);
    assert_eq!(query(&mut client, "1", "10")["Total"], json!(10));
    assert_eq!(client.cloud.state(client.now_ms).devices["a1SimCloud1"], 10);
}

#[test]
fn very_deep_pages_have_a_quota_of_their_own() {
    let mut client = Client::new();
    let codes: Vec<String> = (0..3)
        .map(|_| {
            let own = [("ProductKey", "a1SimCloud1"), ("CurrentPage", "2000"), ("PageSize", "50")];
            client.call("QueryDevice", &own).code().to_owned()
        })
        .collect();
    assert_eq!(codes, ["no Code", "no Code", "Throttling.User"]);
    assert_eq!(query(&mut client, "1", "50")["Total"], json!(0));
}

#[test]
fn a_million_devices_cost_a_hundred_batches_and_nothing_a_device() {
    let mut client = Client::new();
    for _ in 0..100 {
        assert_eq!(client.register("10000").code(), "no Code");
        client.wait(100);
    }
    client.wait(10_000);
    assert_eq!(client.cloud.state(client.now_ms).devices["a1SimCloud1"], 1_000_000);
    // What a batch holds is its range of numbers: its size is fixed, and nothing it owns grows with its devices.
    assert!(size_of::<crate::batch::Batch>() <= 256);
    // Such a product can no longer be listed with a token; its batches can.
    let token = query(&mut client, "200", "50")["NextToken"].take();
    let own = [("ProductKey", "a1SimCloud1"), ("NextToken", token.as_str().unwrap())];
    assert_eq!(client.call("QueryDevice", &own).code(), "iot.device.QueryDeviceListActionError");
    let last = client.cloud.devices("a1SimCloud1", client.now_ms, 999_999, 10);
    assert_eq!((last.len(), last[0].apply_id), (1, 10_000_100));
    let page = client.page("10000100", "200", "50");
    assert_eq!(page.names().last(), Some(&last[0].device_name.as_str()));
}
