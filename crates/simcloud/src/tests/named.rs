//! Batches with names that users chose: checked first, registered then.

use serde_json::{Value, json};

use super::{Client, Read};
use crate::{Effect, Fault, Faults, Reported, Strictness};

const PRODUCT: (&str, &str) = ("ProductKey", "a1SimCloud1");

fn check_in(client: &mut Client, product: &str, names: &[&str]) -> Read {
    let parameters: Vec<String> = (1..=names.len()).map(|number| format!("DeviceName.{number}")).collect();
    let mut own = vec![("ProductKey", product)];
    own.extend(parameters.iter().map(String::as_str).zip(names.iter().copied()));
    client.call("BatchCheckDeviceNames", &own)
}

fn check(client: &mut Client, names: &[&str]) -> Read {
    check_in(client, PRODUCT.1, names)
}

fn with_apply_id(client: &mut Client, apply_id: &str) -> Read {
    client.call("BatchRegisterDeviceWithApplyId", &[PRODUCT, ("ApplyId", apply_id)])
}

/// Checks and registers; the ApplyId, once the devices are there.
fn registered(client: &mut Client, names: &[&str]) -> String {
    let id = check(client, names).apply_id();
    client.wait(1000);
    assert_eq!(with_apply_id(client, &id).apply_id(), id, "the same ApplyId comes back");
    client.wait(1000);
    id
}

fn numbered(count: usize) -> Vec<String> {
    (1..=count).map(|number| format!("sensor-{number:05}")).collect()
}

fn lists(data: &Value) -> [&Value; 3] {
    [
        &data["InvalidDeviceNameList"]["InvalidDeviceName"],
        &data["InvalidDeviceNicknameList"]["InvalidDeviceNickname"],
        &data["RepeatedDeviceNameList"]["RepeatDevieNameList"],
    ]
}

#[test]
fn named_devices_are_checked_registered_and_fetched_with_their_names() {
    let mut client = Client::new();
    let id = check(&mut client, &["sensor-2", "sensor-1"]).apply_id();
    client.wait(999);
    assert_eq!(client.status(&id)["Status"], "CHECK");
    assert_eq!(client.page(&id, "1", "50").body["Total"], 0);
    client.wait(1);
    assert_eq!(client.status(&id)["Status"], "CHECK_SUCCESS");
    assert_eq!(with_apply_id(&mut client, &id).apply_id(), id);
    client.wait(999);
    assert_eq!(client.status(&id)["Status"], "CREATE");
    client.wait(1);
    assert_eq!(client.status(&id)["Status"], "CREATE_SUCCESS");
    let page = client.page(&id, "1", "50");
    assert_eq!(page.names(), ["sensor-2", "sensor-1"]);
    let row = &page.body["ApplyDeviceList"]["ApplyDeviceInfo"][0];
    assert_ne!(row["DeviceId"], row["DeviceName"]);
}

#[test]
fn nicknames_come_along_and_are_shown_by_query_device() {
    let mut client = Client::new();
    let own =
        [PRODUCT, ("DeviceNameList.1.DeviceName", "light.01"), ("DeviceNameList.1.DeviceNickname", "客厅灯_一号")];
    let id = client.call("BatchCheckDeviceNames", &own).apply_id();
    client.wait(1000);
    with_apply_id(&mut client, &id);
    client.wait(1000);
    let devices = client.call("QueryDevice", &[PRODUCT]).body;
    let row = &devices["Data"]["DeviceInfo"][0];
    assert_eq!((&row["DeviceName"], &row["Nickname"]), (&json!("light.01"), &json!("客厅灯_一号")));
}

#[test]
fn malformed_and_repeated_names_are_listed_at_once() {
    let mut client = Client::new();
    let answer = check(&mut client, &["APT$", "good-1", "aw", "good-1"]);
    assert_eq!((answer.status, answer.code()), (200, "iot.device.InvalidFormattedDeviceName"));
    assert_eq!(lists(&answer.body["Data"]), [&json!(["APT$", "aw"]), &json!([]), &json!(["good-1"])]);
    let details = &answer.body["Data"]["InvalidDetailList"]["InvalidDetailList"];
    let expected = json!({"DeviceName": "APT$", "NickName": "", "ErrorMsg": "The device name is illegal."});
    assert_eq!((details.as_array().unwrap().len(), &details[0]), (3, &expected));
    assert_eq!(client.cloud.state(client.now_ms).batches, 0);
}

#[test]
fn several_errors_of_one_device_are_joined_by_a_bar() {
    let mut client = Client::new();
    let own = [PRODUCT, ("DeviceNameList.1.DeviceName", "a b"), ("DeviceNameList.1.DeviceNickname", "x")];
    let answer = client.call("BatchCheckDeviceNames", &own);
    let detail = &answer.body["Data"]["InvalidDetailList"]["InvalidDetailList"][0];
    assert_eq!(detail["ErrorMsg"], "The device name is illegal.|The nick name is illegal.");
    let own = [PRODUCT, ("DeviceNameList.1.DeviceName", "abcd"), ("DeviceNameList.1.DeviceNickname", "x")];
    let answer = client.call("BatchCheckDeviceNames", &own);
    assert_eq!(answer.code(), "iot.device.InvalidDeviceNickNameExisted");
    assert_eq!(lists(&answer.body["Data"]), [&json!([]), &json!(["x"]), &json!([])]);
}

#[test]
fn names_that_exist_fail_the_check_whether_they_were_chosen_or_random() {
    let mut client = Client::new();
    registered(&mut client, &["sensor-1"]);
    let random = client.register("1").apply_id();
    client.wait(1000);
    let random_name = client.page(&random, "1", "50").names()[0].to_owned();
    let id = check(&mut client, &["sensor-1", "sensor-2", &random_name]).apply_id();
    client.wait(1000);
    let data = client.status(&id);
    assert_eq!(data["Status"], "CHECK_FAILED");
    assert_eq!(data["ValidList"]["Name"], json!(["sensor-2"]));
    assert_eq!(data["InvalidList"]["Name"], json!(["sensor-1", random_name]));
    let details = &data["InvalidDetailList"]["invalidDetailList"];
    assert_eq!(details[0]["ErrorMsg"], "The device name already exists.");
    assert_eq!(with_apply_id(&mut client, &id).code(), "iot.device.IncorrentDeviceApplyInfo");
    // The same names are free in another product.
    let id = check_in(&mut client, "a1SimCloud3", &["sensor-1", &random_name]).apply_id();
    client.wait(1000);
    let own = [("ProductKey", "a1SimCloud3"), ("ApplyId", id.as_str())];
    let status = client.call("QueryBatchRegisterDeviceStatus", &own);
    assert_eq!(status.body["Data"]["Status"], "CHECK_SUCCESS");
}

#[test]
fn every_kind_of_fault_can_be_reported_at_once_or_by_the_check() {
    let mut late = Client::with(|config| {
        config.choices.malformed_names = Reported::InCheck;
        config.choices.repeated_names = Reported::InCheck;
    });
    let id = check(&mut late, &["APT$", "good-1", "good-1"]).apply_id();
    late.wait(1000);
    assert_eq!(late.status(&id)["InvalidList"]["Name"], json!(["APT$", "good-1"]));

    let mut early = Client::with(|config| config.choices.taken_names = Reported::AtOnce);
    registered(&mut early, &["sensor-1"]);
    let answer = check(&mut early, &["sensor-1"]);
    assert_eq!(answer.code(), "iot.device.AlreadyExistedDeviceName");
    assert_eq!(lists(&answer.body["Data"])[2], &json!(["sensor-1"]));
}

#[test]
fn a_name_taken_between_check_and_registration_fails_in_creation() {
    let mut client = Client::new();
    let first = check(&mut client, &["sensor-1", "sensor-2"]).apply_id();
    let second = check(&mut client, &["sensor-2", "sensor-3"]).apply_id();
    client.wait(1000);
    with_apply_id(&mut client, &first);
    with_apply_id(&mut client, &second);
    client.wait(1000);
    assert_eq!(client.status(&first)["Status"], "CREATE_SUCCESS");
    let data = client.status(&second);
    assert_eq!((&data["Status"], &data["InvalidList"]["Name"]), (&json!("CREATE_FAILED"), &json!(["sensor-2"])));
    assert_eq!(client.page(&second, "1", "50").names(), ["sensor-3"]);
    assert_eq!(client.cloud.state(client.now_ms).devices["a1SimCloud1"], 3);
}

#[test]
fn names_beyond_ten_thousand_are_dropped_without_a_word_and_beyond_a_thousand_for_x509() {
    let names = numbered(10_003);
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut client = Client::new();
    let id = check(&mut client, &names).apply_id();
    client.wait(1000);
    with_apply_id(&mut client, &id);
    client.wait(10_000);
    assert_eq!(client.page(&id, "200", "50").names().last(), Some(&"sensor-10000"));
    assert_eq!(client.cloud.state(client.now_ms).devices["a1SimCloud1"], 10_000);

    let id = check_in(&mut client, "a1SimCloud3", &names[..1500]).apply_id();
    client.wait(1000);
    client.call("BatchRegisterDeviceWithApplyId", &[("ProductKey", "a1SimCloud3"), ("ApplyId", &id)]);
    client.wait(1000);
    assert_eq!(client.cloud.state(client.now_ms).devices["a1SimCloud3"], 1000);
}

#[test]
fn the_oldest_lists_that_were_never_registered_make_room_for_others() {
    let mut client = Client::new();
    client.cloud.registry.checked.bytes_max = 1000;
    let made = registered(&mut client, &["sensor-0"]);
    let ids: Vec<String> =
        (1..10).map(|number| check(&mut client, &[&format!("sensor-{number}")]).apply_id()).collect();
    client.wait(1000);
    let found: Vec<bool> = ids.iter().map(|id| client.status(id)["Status"] == "CHECK_SUCCESS").collect();
    assert_eq!(found, [false, false, true, true, true, true, true, true, true]);
    assert_eq!(with_apply_id(&mut client, &ids[0]).code(), "iot.device.DeviceApplyIsNotFound");
    assert_eq!(client.page(&made, "1", "50").names(), ["sensor-0"], "a device is no waiting name");
}

#[test]
fn registering_twice_is_refused_or_answered_with_the_same_apply_id_and_makes_nothing_twice() {
    for (choice, running, finished) in [
        (Strictness::Refuse, "iot.device.CreateDeviceTaskIsRunning", "iot.device.IncorrentDeviceApplyInfo"),
        (Strictness::Tolerate, "no Code", "no Code"),
    ] {
        let mut client = Client::with(|config| config.choices.repeated_registration = choice);
        let id = check(&mut client, &["sensor-1"]).apply_id();
        assert_eq!(with_apply_id(&mut client, &id).code(), "iot.device.IncorrentDeviceApplyInfo", "still checked");
        client.wait(1000);
        assert_eq!(with_apply_id(&mut client, &id).code(), "no Code");
        for (code, wait_ms) in [(running, 1000), (finished, 0)] {
            let answer = with_apply_id(&mut client, &id);
            assert_eq!(answer.code(), code);
            assert!(code != "no Code" || answer.apply_id() == id, "{answer:?}");
            client.wait(wait_ms);
        }
        assert_eq!(client.cloud.state(client.now_ms).devices["a1SimCloud1"], 1);
    }
}

#[test]
fn a_random_batch_cannot_be_registered_again_by_its_apply_id() {
    let mut client = Client::new();
    let id = client.register("1").apply_id();
    client.wait(1000);
    assert_eq!(with_apply_id(&mut client, &id).code(), "iot.device.IncorrentDeviceApplyInfo");
}

#[test]
fn calls_without_names_and_nicknames_without_a_name_are_refused() {
    let mut client = Client::new();
    assert_eq!(check(&mut client, &[]).code(), "iot.device.NoneDeviceNameElement");
    let own = [PRODUCT, ("DeviceNameList.1.DeviceNickname", "lamp")];
    assert_eq!(client.call("BatchCheckDeviceNames", &own).code(), "iot.device.NullDeviceName");
}

#[test]
fn checks_and_registrations_can_be_made_to_fail() {
    let fail = |action: &str, count: u32| {
        let effect = Effect::FailDevices { count };
        let fault = Fault { action: action.to_owned(), nth: 1, times: 1, per_mille: 1000, effect };
        Faults { faults: vec![fault], ..Faults::default() }
    };
    let mut client = Client::new();
    client.cloud.set_faults(fail("BatchCheckDeviceNames", 1));
    let id = check(&mut client, &["sensor-1", "sensor-2"]).apply_id();
    client.wait(1000);
    assert_eq!(client.status(&id)["Status"], "CHECK_FAILED");
    client.cloud.set_faults(fail("BatchRegisterDeviceWithApplyId", 1));
    let id = registered(&mut client, &["sensor-1", "sensor-2"]);
    let data = client.status(&id);
    assert_eq!((&data["Status"], &data["ValidList"]["Name"]), (&json!("CREATE_FAILED"), &json!(["sensor-2"])));
    let id = registered(&mut client, &["sensor-1"]);
    assert_eq!(client.status(&id)["Status"], "CREATE_SUCCESS", "a name whose device was not made is free");
}
