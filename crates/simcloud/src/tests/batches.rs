//! Random batches from their submission to their last page.

use serde_json::json;

use super::Client;
use crate::{RowOrder, Strictness, UnfinishedRows};

#[test]
fn a_batch_of_random_devices_goes_from_creation_to_success() {
    let mut client = Client::new();
    let submitted = client.register("2500");
    assert_eq!(submitted.body["Data"], json!({"ApplyId": 10_000_001}));
    assert_eq!((submitted.status, &submitted.body["Success"]), (200, &json!(true)));
    client.wait(2499);
    assert_eq!(client.status("10000001")["Status"], "CREATE");
    client.wait(1);
    let expected = json!({"Status": "CREATE_SUCCESS", "ValidList": {"Name": []}, "InvalidList": {"Name": []}});
    assert_eq!(client.status("10000001"), expected);
}

#[test]
fn a_small_batch_takes_a_second_and_batches_run_in_parallel() {
    let mut client = Client::new();
    let ids: Vec<String> = (0..5).map(|_| client.register("10").apply_id()).collect();
    client.wait(999);
    assert_eq!(client.status(&ids[0])["Status"], "CREATE");
    client.wait(1);
    for id in &ids {
        assert_eq!(client.status(id)["Status"], "CREATE_SUCCESS");
    }
}

#[test]
fn pages_have_the_documented_shape_and_together_hold_every_device_once() {
    let mut client = Client::new();
    let id = client.register("107").apply_id();
    client.wait(1000);
    let first = client.page(&id, "1", "50");
    let body = first.body.as_object().unwrap();
    let mut fields: Vec<&str> = body.keys().map(String::as_str).collect();
    fields.sort_unstable();
    assert_eq!(fields, ["ApplyDeviceList", "Page", "PageCount", "PageSize", "RequestId", "Success", "Total"]);
    assert_eq!((&body["Total"], &body["PageCount"]), (&json!(107), &json!(3)));
    assert_eq!((&body["Page"], &body["PageSize"]), (&json!(1), &json!(50)));
    let row = first.body["ApplyDeviceList"]["ApplyDeviceInfo"][0].as_object().unwrap();
    assert_eq!(row.len(), 4);
    assert_eq!(row["DeviceName"], row["DeviceId"]);
    assert!(row["IotId"].as_str().unwrap().starts_with(row["DeviceId"].as_str().unwrap()));
    assert_eq!((row["IotId"].as_str().unwrap().len(), row["DeviceSecret"].as_str().unwrap().len()), (26, 32));

    let mut names: Vec<String> = Vec::new();
    for page in ["1", "2", "3"] {
        names.extend(client.page(&id, page, "50").names().iter().map(|name| (*name).to_owned()));
    }
    let truth: Vec<String> = client
        .cloud
        .devices("a1SimCloud1", client.now_ms, 0, 1000)
        .into_iter()
        .map(|device| device.device_name)
        .collect();
    assert_eq!((names.len(), names), (107, truth));
}

#[test]
fn pages_are_one_and_ten_rows_where_the_call_does_not_say() {
    let mut client = Client::new();
    let id = client.register("11").apply_id();
    client.wait(1000);
    let answer = client.call("QueryPageByApplyId", &[("ApplyId", &id)]);
    assert_eq!((answer.names().len(), &answer.body["PageSize"], &answer.body["Page"]), (10, &json!(10), &json!(1)));
}

#[test]
fn page_parameters_beyond_their_limits_are_refused_or_read_kindly() {
    let mut client = Client::new();
    let id = client.register("60").apply_id();
    client.wait(1000);
    for (current, size) in [("1", "51"), ("0", "10"), ("1", "0"), ("x", "10"), ("-1", "10")] {
        assert_eq!(client.page(&id, current, size).code(), "iot.common.InvalidPageParams", "{current} {size}");
    }
    assert_eq!(client.page(&id, "3", "50").names(), [""; 0]);

    let mut kind = Client::with(|config| {
        config.choices.oversized_page = Strictness::Tolerate;
        config.choices.page_zero = Strictness::Tolerate;
        config.choices.page_beyond_end = Strictness::Refuse;
    });
    let id = kind.register("60").apply_id();
    kind.wait(1000);
    assert_eq!(kind.page(&id, "0", "200").names().len(), 50);
    assert_eq!(kind.page(&id, "3", "50").code(), "iot.common.InvalidPageParams");
}

#[test]
fn rows_of_an_unfinished_batch_are_hidden_growing_or_refused() {
    let shown = |rows: UnfinishedRows| {
        let mut client = Client::with(|config| config.choices.unfinished_rows = rows);
        let id = client.register("2000").apply_id();
        client.wait(500);
        let answer = client.page(&id, "1", "50");
        (answer.code().to_owned(), answer.body["Total"].clone())
    };
    assert_eq!(shown(UnfinishedRows::Hidden), ("no Code".to_owned(), json!(0)));
    assert_eq!(shown(UnfinishedRows::Growing), ("no Code".to_owned(), json!(500)));
    assert_eq!(shown(UnfinishedRows::Refused).0, "iot.device.QueryDeviceApplyActionError");
}

#[test]
fn any_row_order_shows_every_device_once_and_stays_the_same() {
    let listed = |order: RowOrder| {
        let mut client = Client::with(|config| config.choices.row_order = order);
        let id = client.register("90").apply_id();
        client.wait(1000);
        let mut pages = |page: &str| -> Vec<String> {
            client.page(&id, page, "50").names().into_iter().map(str::to_owned).collect()
        };
        let names = [pages("1"), pages("2")].concat();
        assert_eq!(pages("2"), names[50..]);
        names
    };
    let mut creation = listed(RowOrder::Creation);
    let reversed: Vec<String> = creation.iter().rev().cloned().collect();
    assert_eq!(listed(RowOrder::Reversed), reversed);
    let mut shuffled = listed(RowOrder::Shuffled);
    assert_ne!(shuffled, creation);
    shuffled.sort_unstable();
    creation.sort_unstable();
    assert_eq!(shuffled, creation);
}

#[test]
fn counts_out_of_range_are_business_errors() {
    let mut client = Client::new();
    for (count, code) in [
        ("0", "iot.system.IllegalRequest"),
        ("-5", "iot.system.IllegalRequest"),
        ("10001", "iot.device.DeviceCountExceeded"),
    ] {
        let answer = client.register(count);
        assert_eq!((answer.status, answer.code()), (200, code), "{count}");
        assert_eq!(answer.body["Success"], json!(false));
        assert!(!answer.body["ErrorMessage"].as_str().unwrap().is_empty());
    }
    assert_eq!(client.register("10000").code(), "no Code");
}

#[test]
fn a_full_product_takes_no_more() {
    let mut client = Client::with(|config| config.devices_per_product_max = 100);
    assert_eq!(client.register("60").code(), "no Code");
    assert_eq!(client.register("41").code(), "iot.device.ApplyManyDevicesFailed");
    assert_eq!(client.register("40").code(), "no Code");
}

#[test]
fn products_are_found_only_where_they_live() {
    let mut client = Client::new();
    let mut code = |product: &str, instance: Option<&str>| {
        let mut own = vec![("ProductKey", product), ("Count", "1")];
        own.extend(instance.map(|instance| ("IotInstanceId", instance)));
        client.call("BatchRegisterDevice", &own).code().to_owned()
    };
    assert_eq!(code("a1SimCloud1", None), "no Code");
    assert_eq!(code("a1SimCloud1", Some("")), "no Code");
    assert_eq!(code("a1SimCloud2", Some("iot-sim00001")), "no Code");
    assert_eq!(code("a1SimCloud3", None), "no Code");
    assert_eq!(code("a1SimCloud2", None), "iot.prod.NotExistedProduct");
    assert_eq!(code("a1SimCloud1", Some("iot-sim00001")), "iot.prod.NotExistedProduct");
    assert_eq!(code("a1SimCloud1", Some("iot-other")), "iot.Sre.IotInstanceNotFound");
    assert_eq!(code("a1SimCloud9", None), "iot.prod.NotExistedProduct");
    assert_eq!(code("a1", None), "iot.prod.InvalidFormattedProductkey");
    assert_eq!(code("", None), "iot.prod.NullProductKey");
}

#[test]
fn apply_ids_are_found_only_by_those_they_belong_to() {
    let mut client = Client::with(|config| config.choices.apply_id_lifetime_ms = 60_000);
    let id = client.register("1").apply_id();
    let mut status = |id: &str, product: &str| {
        let own = [("ApplyId", id), ("ProductKey", product)];
        client.call("QueryBatchRegisterDeviceStatus", &own).code().to_owned()
    };
    assert_eq!(status(&id, "a1SimCloud1"), "no Code");
    assert_eq!(status(&id, "a1SimCloud3"), "iot.device.IncorrentDeviceApplyInfo");
    assert_eq!(status("10000002", "a1SimCloud1"), "iot.device.DeviceApplyIsNotFound");
    assert_eq!(status("-1", "a1SimCloud1"), "iot.device.DeviceApplyIsNotFound");
    assert_eq!(status("1e7", "a1SimCloud1"), "iot.device.InvalidFormattedApplyId");
    assert_eq!(status("", "a1SimCloud1"), "iot.device.NullApplyId");
    let own = [("ApplyId", id.as_str()), ("IotInstanceId", "iot-sim00001")];
    assert_eq!(client.call("QueryPageByApplyId", &own).code(), "iot.device.DeviceApplyIsNotFound");
    client.wait(60_000);
    assert_eq!(client.page(&id, "1", "50").code(), "iot.device.DeviceApplyIsNotFound");
}

#[test]
fn apply_ids_beyond_a_double_are_exact_as_number_and_as_text() {
    let mut client = Client::with(|config| config.first_apply_id = 9_007_199_254_740_993);
    assert_eq!(client.register("1").apply_id(), "9007199254740993");
    let mut text = Client::with(|config| config.choices.apply_id_as_text = true);
    assert_eq!(text.register("1").body["Data"]["ApplyId"], json!("10000001"));
}

#[test]
fn a_reset_empties_everything_and_a_fresh_cloud_answers_the_same() {
    let mut client = Client::new();
    let first = client.register("5").body;
    client.cloud.reset();
    assert_eq!(client.cloud.state(client.now_ms), Client::new().cloud.state(client.now_ms));
    client.nonces = 0;
    assert_eq!(client.register("5").body, first);
}
