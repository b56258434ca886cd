//! Queries around batches: products, details by name, certificates, and lists by token.

use serde_json::{Value, json};

use super::Client;

const PRODUCT: (&str, &str) = ("ProductKey", "a1SimCloud1");

fn keys(list: &Value) -> Vec<&str> {
    let rows = list["Data"]["List"]["ProductInfo"].as_array().unwrap();
    rows.iter().map(|row| row["ProductKey"].as_str().unwrap()).collect()
}

#[test]
fn a_product_is_described_with_its_devices_and_its_secret() {
    let mut client = Client::new();
    client.register("7");
    client.wait(1000);
    let data = client.call("QueryProduct", &[PRODUCT]).body["Data"].take();
    assert_eq!((&data["ProductKey"], &data["DeviceCount"]), (&json!("a1SimCloud1"), &json!(7)));
    assert_eq!((&data["AuthType"], data["ProductSecret"].as_str().unwrap().len()), (&json!("secret"), 16));
    let x509 = client.call("QueryProduct", &[("ProductKey", "a1SimCloud3")]);
    assert_eq!(x509.body["Data"]["AuthType"], "x509");
    assert_eq!(client.call("QueryProduct", &[("ProductKey", "a1SimCloud9")]).code(), "iot.prod.NotExistedProduct");
}

#[test]
fn products_are_listed_newest_first_by_instance_and_page() {
    let mut client = Client::new();
    let mut list = |current: &str, more: &[(&str, &str)]| {
        let own = [&[("CurrentPage", current), ("PageSize", "1")], more].concat();
        client.call("QueryProductList", &own).body
    };
    let first = list("1", &[]);
    assert_eq!(
        (keys(&first), &first["Data"]["Total"], &first["Data"]["PageCount"]),
        (vec!["a1SimCloud3"], &json!(2), &json!(2))
    );
    assert_eq!(keys(&list("2", &[])), ["a1SimCloud1"]);
    assert_eq!(keys(&list("3", &[])), [""; 0]);
    assert_eq!(keys(&list("1", &[("IotInstanceId", "iot-sim00001")])), ["a1SimCloud2"]);
    assert_eq!(keys(&list("1", &[("AliyunCommodityCode", "iothub")])), [""; 0]);
    assert_eq!(list("1", &[("AliyunCommodityCode", "other")])["Code"], "iot.prod.InvalidAliyunCommodityCode");
}

#[test]
fn the_page_of_the_product_list_is_mandatory_and_holds_up_to_200() {
    let mut client = Client::new();
    assert_eq!(client.call("QueryProductList", &[("PageSize", "10")]).code(), "MissingCurrentPage");
    assert_eq!(client.call("QueryProductList", &[("CurrentPage", "1")]).code(), "MissingPageSize");
    let mut code =
        |size: &str| client.call("QueryProductList", &[("CurrentPage", "1"), ("PageSize", size)]).code().to_owned();
    assert_eq!((code("200").as_str(), code("201").as_str()), ("no Code", "iot.common.InvalidPageParams"));
}

#[test]
fn details_are_found_for_random_and_chosen_names_and_unknown_ones_are_left_out() {
    let mut client = Client::new();
    let id = client.register("3").apply_id();
    let check = client.call("BatchCheckDeviceNames", &[PRODUCT, ("DeviceName.1", "sensor-1")]).apply_id();
    client.wait(1000);
    client.call("BatchRegisterDeviceWithApplyId", &[PRODUCT, ("ApplyId", &check)]);
    let random = client.page(&id, "1", "50").body["ApplyDeviceList"]["ApplyDeviceInfo"][2].take();
    let name = random["DeviceName"].as_str().unwrap();
    let own = [PRODUCT, ("DeviceName.1", "nobody"), ("DeviceName.2", name), ("DeviceName.3", "sensor-1")];
    assert_eq!(client.call("BatchQueryDeviceDetail", &own).body["Data"]["Data"].as_array().unwrap().len(), 1);
    client.wait(1000);
    let rows = client.call("BatchQueryDeviceDetail", &own).body["Data"]["Data"].take();
    assert_eq!((&rows[0]["DeviceName"], &rows[1]["DeviceName"]), (&json!(name), &json!("sensor-1")));
    assert_eq!((&rows[0]["DeviceSecret"], &rows[0]["IotId"]), (&random["DeviceSecret"], &random["IotId"]));
    assert_eq!(
        (&rows[0]["Region"], &rows[0]["UtcCreate"]),
        (&json!("cn-shanghai"), &json!("2026-01-01T00:00:01.000Z"))
    );
}

#[test]
fn details_are_asked_for_by_one_to_a_hundred_names_and_five_times_a_second() {
    let mut client = Client::new();
    assert_eq!(client.call("BatchQueryDeviceDetail", &[PRODUCT]).code(), "iot.device.NoneDeviceNameElement");
    let parameters: Vec<String> = (1..=101).map(|number| format!("DeviceName.{number}")).collect();
    let mut own = vec![PRODUCT];
    own.extend(parameters.iter().map(|parameter| (parameter.as_str(), "some")));
    assert_eq!(client.call("BatchQueryDeviceDetail", &own).code(), "iot.device.DeviceCountExceeded");
    own.pop();
    for _ in 0..3 {
        assert_eq!(client.call("BatchQueryDeviceDetail", &own).code(), "no Code");
    }
    assert_eq!(client.call("BatchQueryDeviceDetail", &own).code(), "Throttling.User");
}

#[test]
fn certificates_have_an_address_once_an_x509_batch_is_done() {
    let mut client = Client::new();
    let id = client.call("BatchRegisterDevice", &[("ProductKey", "a1SimCloud3"), ("Count", "1")]).apply_id();
    let own = [("ApplyId", id.as_str())];
    assert_eq!(client.call("QueryCertUrlByApplyId", &own).code(), "iot.device.QueryDeviceApplyActionError");
    client.wait(1000);
    let answer = client.call("QueryCertUrlByApplyId", &own);
    assert_eq!(answer.body["CertUrl"], "https://simcloud.invalid/certificates/10000001.zip");
    let other = client.register("1").apply_id();
    let answer = client.call("QueryCertUrlByApplyId", &[("ApplyId", &other)]);
    assert_eq!(answer.code(), "iot.device.IncorrentDeviceApplyInfo");
}

#[test]
fn x509_devices_can_come_without_a_secret() {
    let mut client = Client::with(|config| config.choices.x509_secrets = false);
    let id = client.call("BatchRegisterDevice", &[("ProductKey", "a1SimCloud3"), ("Count", "1")]).apply_id();
    client.wait(1000);
    let page = client.page(&id, "1", "50");
    assert_eq!(page.body["ApplyDeviceList"]["ApplyDeviceInfo"][0]["DeviceSecret"], "");
}

#[test]
fn tokens_reach_beyond_ten_thousand_devices_and_pages_do_not() {
    let mut client = Client::new();
    client.register("10000");
    client.register("120");
    client.wait(10_000);
    let beyond = client.call("QueryDevice", &[PRODUCT, ("CurrentPage", "201"), ("PageSize", "50")]);
    assert_eq!((&beyond.body["Total"], &beyond.body["Data"]["DeviceInfo"]), (&json!(10_120), &json!([])));

    let mut names: Vec<String> = Vec::new();
    let mut token = String::new();
    loop {
        // 50 calls a second is the documented quota.
        client.wait(20);
        let body = client.call("QueryDevice", &[PRODUCT, ("PageSize", "50"), ("NextToken", &token)]).body;
        let rows = body["Data"]["DeviceInfo"].as_array().expect("rows");
        names.extend(rows.iter().map(|row| row["DeviceName"].as_str().unwrap().to_owned()));
        match body["NextToken"].as_str() {
            Some(next) => token = next.to_owned(),
            None => break,
        }
    }
    let mut truth: Vec<String> = client
        .cloud
        .devices("a1SimCloud1", client.now_ms, 0, 20_000)
        .into_iter()
        .map(|device| device.device_name)
        .collect();
    truth.reverse();
    assert!(names == truth, "{} of {} names", names.len(), truth.len());
}

#[test]
fn devices_that_appear_meanwhile_do_not_shift_the_place_of_a_token() {
    let mut client = Client::new();
    client.register("20");
    client.wait(1000);
    let first = client.call("QueryDevice", &[PRODUCT]).body;
    client.register("5");
    client.wait(1000);
    let token = first["NextToken"].as_str().unwrap();
    let second = client.call("QueryDevice", &[PRODUCT, ("NextToken", token)]).body;
    let truth = client.cloud.devices("a1SimCloud1", client.now_ms, 0, 10);
    assert_eq!(second["Data"]["DeviceInfo"][0]["DeviceName"], truth[9].device_name);
    let broken = client.call("QueryDevice", &[PRODUCT, ("NextToken", "junk")]);
    assert_eq!(broken.code(), "iot.common.InvalidPageParams");
}
