//! Every sample reply of the vendor's pages, as JSON and as XML: both give the same answer.
//!
//! The pages are named in each action's file. Where a page shows one form alone, the other is written after the rule
//! for it: the same element names, a list is its wrapper with the inner element repeated, an empty list is an empty
//! element.

use super::read_reply;
use crate::cloud::{Answer, BatchStage};
use crate::model::action::Action;
use crate::model::device::ListedDevice;

/// Reads both forms, and gives what each says: everything that is kept, secrets too.
fn both(action: Action, json: &str, xml: &str) -> String {
    let read = |body: &str| match read_reply(action, 200, body.as_bytes(), "") {
        Ok(answer) => shown(&answer),
        Err(failure) => panic!("{failure:?} of {body}"),
    };
    let declared = ["<?xml version='1.0' encoding='UTF-8'?>", xml].concat();
    assert_eq!(read(json), read(xml));
    assert_eq!(read(json), read(&declared));
    read(json)
}

fn shown(answer: &Answer) -> String {
    let listed = |devices: &[ListedDevice]| {
        let line = |device: &ListedDevice| {
            let row = &device.row;
            let parts =
                [&row.device_name, row.device_secret.expose(), &row.iot_id, &device.nickname, &device.utc_create];
            parts.join(" ")
        };
        devices.iter().map(line).collect::<Vec<_>>().join("; ")
    };
    match answer {
        Answer::Accepted { apply_id } => apply_id.clone(),
        Answer::Status(status) => format!("{} {:?} {:?}", status.status, status.stage, status.failed),
        Answer::Page(page) => {
            let rows = page
                .rows
                .iter()
                .map(|row| [&row.device_id, &row.device_name, row.device_secret.expose(), &row.iot_id].join(" "));
            format!(
                "{} of {}: {} {:?}",
                page.rows.len(),
                page.total,
                rows.collect::<Vec<_>>().join("; "),
                page.unusable
            )
        }
        Answer::Devices(page) => {
            format!("{}: {} {:?} {}", page.total, listed(&page.devices), page.unusable, page.next_token)
        }
        Answer::Existing(names) => names.join(" "),
        Answer::Products(page) => format!("{} {:?}", page.total, page.products),
        Answer::Certificates { address } => address.expose().to_owned(),
    }
}

#[test]
fn batch_register_device() {
    let read = both(
        Action::BatchRegisterDevice,
        r#"{"Data":{"ApplyId":12345678},"RequestId":"92C67DC1-41B5-45F8-9AFD-1FB42448D405","Success":true}"#,
        "<BatchRegisterDeviceResponse><Data><ApplyId>12345678</ApplyId></Data><RequestId>92C67DC1-41B5-45F8-9AFD-1FB42448D405</RequestId><Success>true</Success></BatchRegisterDeviceResponse>",
    );
    assert_eq!(read, "12345678");
}

#[test]
fn batch_check_device_names() {
    let read = both(
        Action::BatchCheckDeviceNames,
        r#"{"Data":{"ApplyId":1234567},"RequestId":"E976E36B-6874-4FA4-8BC0-55F9BEC5E2EF","Success":true}"#,
        "<BatchCheckDeviceNamesResponse><Data><ApplyId>1234567</ApplyId></Data><RequestId>E976E36B-6874-4FA4-8BC0-55F9BEC5E2EF</RequestId><Success>true</Success></BatchCheckDeviceNamesResponse>",
    );
    assert_eq!(read, "1234567");
}

#[test]
fn batch_register_device_with_apply_id_with_empty_code_and_message() {
    let read = both(
        Action::BatchRegisterDeviceWithApplyId,
        r#"{"Data":{"ApplyId":1234567},"Code":"","ErrorMessage":"","RequestId":"82C16DC1-41B5-45F8-9AFD-1FB42448D405","Success":true}"#,
        "<BatchRegisterDeviceWithApplyIdResponse><Data><ApplyId>1234567</ApplyId></Data><Code></Code><ErrorMessage/><RequestId>82C16DC1-41B5-45F8-9AFD-1FB42448D405</RequestId><Success>true</Success></BatchRegisterDeviceWithApplyIdResponse>",
    );
    assert_eq!(read, "1234567");
}

#[test]
fn query_batch_register_device_status_under_the_wrong_root_of_its_sample() {
    let read = both(
        Action::QueryBatchRegisterDeviceStatus,
        r#"{"Data":{"Status":"CREATE_SUCCESS","ValidList":{"Name":[]},"InvalidList":{"Name":[]}},"RequestId":"F731C7F3-A86C-4039-9FCA-5F802F3C59A1","Success":true}"#,
        "<QueryBatchCheckDeviceNamesStatusResponse><Data><Status>CREATE_SUCCESS</Status><ValidList></ValidList><InvalidList></InvalidList></Data><RequestId>F731C7F3-A86C-4039-9FCA-5F802F3C59A1</RequestId><Success>true</Success></QueryBatchCheckDeviceNamesStatusResponse>",
    );
    assert_eq!(read, "CREATE_SUCCESS Created []");
}

#[test]
fn query_batch_register_device_status_with_failures_one_or_many() {
    let one = both(
        Action::QueryBatchRegisterDeviceStatus,
        r#"{"Success":true,"Data":{"Status":"CHECK_FAILED","ValidList":{"Name":["a","b"]},"InvalidList":{"Name":["c"]},"InvalidDetailList":{"invalidDetailList":[{"DeviceName":"c","NickName":"n","ErrorMsg":"The nick name is illegal."}]}}}"#,
        "<QueryBatchRegisterDeviceStatusResponse><Success>true</Success><Data><Status>CHECK_FAILED</Status><ValidList><Name>a</Name><Name>b</Name></ValidList><InvalidList><Name>c</Name></InvalidList><InvalidDetailList><invalidDetailList><DeviceName>c</DeviceName><NickName>n</NickName><ErrorMsg>The nick name is illegal.</ErrorMsg></invalidDetailList></InvalidDetailList></Data></QueryBatchRegisterDeviceStatusResponse>",
    );
    assert_eq!(one, r#"CHECK_FAILED CheckFailed [("c", "The nick name is illegal.")]"#);
    let many = both(
        Action::QueryBatchRegisterDeviceStatus,
        r#"{"Success":true,"Data":{"Status":"CREATE_FAILED","InvalidList":{"Name":["c","d"]}}}"#,
        "<R-Response><Success>true</Success><Data><Status>CREATE_FAILED</Status><InvalidList><Name>c</Name><Name>d</Name></InvalidList></Data></R-Response>",
    );
    assert_eq!(many, r#"CREATE_FAILED CreateFailed [("c", ""), ("d", "")]"#);
}

#[test]
fn every_documented_state_has_its_stage() {
    for (word, stage) in [
        ("CHECK", BatchStage::Working),
        ("CHECK_SUCCESS", BatchStage::Checked),
        ("CHECK_FAILED", BatchStage::CheckFailed),
        ("CREATE", BatchStage::Working),
        ("CREATE_SUCCESS", BatchStage::Created),
        ("CREATE_FAILED", BatchStage::CreateFailed),
    ] {
        let body = format!(r#"{{"Success":true,"Data":{{"Status":"{word}"}}}}"#);
        let Ok(Answer::Status(status)) = read_reply(Action::QueryBatchRegisterDeviceStatus, 200, body.as_bytes(), "")
        else {
            panic!("{word}")
        };
        assert_eq!((status.status.as_str(), status.stage), (word, stage));
    }
}

#[test]
fn query_page_by_apply_id() {
    let read = both(
        Action::QueryPageByApplyId,
        r#"{"PageCount":1,"ApplyDeviceList":{"ApplyDeviceInfo":[
            {"DeviceId":"vWxNur6BUApsqjv9****","DeviceName":"APItest","DeviceSecret":"tXXEtily4XuV7WS1fosJoDkhRIIU****","IotId":"vWxNur6BUApsqjv****4000100"},
            {"DeviceId":"hoiwszKPYmHk074H****","DeviceName":"awfg","DeviceSecret":"BYpg1b2nmuq21BO7fxOogYQQZd9z****","IotId":"hoiwszKPYmHk074HA****000100"}]},
            "Page":1,"PageSize":10,"RequestId":"762F7AAD-8B87-4C65-BBF3-4575B002B384","Success":true,"Total":2}"#,
        "<QueryPageByApplyIdResponse><PageCount>1</PageCount><ApplyDeviceList>
            <ApplyDeviceInfo><DeviceId>vWxNur6BUApsqjv9****</DeviceId><DeviceName>APItest</DeviceName><DeviceSecret>tXXEtily4XuV7WS1fosJoDkhRIIU****</DeviceSecret><IotId>vWxNur6BUApsqjv****4000100</IotId></ApplyDeviceInfo>
            <ApplyDeviceInfo><DeviceId>hoiwszKPYmHk074H****</DeviceId><DeviceName>awfg</DeviceName><DeviceSecret>BYpg1b2nmuq21BO7fxOogYQQZd9z****</DeviceSecret><IotId>hoiwszKPYmHk074HA****000100</IotId></ApplyDeviceInfo>
            </ApplyDeviceList><Page>1</Page><PageSize>10</PageSize><RequestId>762F7AAD-8B87-4C65-BBF3-4575B002B384</RequestId><Success>true</Success><Total>2</Total></QueryPageByApplyIdResponse>",
    );
    assert_eq!(
        read,
        "2 of 2: vWxNur6BUApsqjv9**** APItest tXXEtily4XuV7WS1fosJoDkhRIIU**** vWxNur6BUApsqjv****4000100; \
         hoiwszKPYmHk074H**** awfg BYpg1b2nmuq21BO7fxOogYQQZd9z**** hoiwszKPYmHk074HA****000100 []"
    );
}

#[test]
fn a_page_of_one_row_and_a_page_of_none() {
    let one = both(
        Action::QueryPageByApplyId,
        r#"{"ApplyDeviceList":{"ApplyDeviceInfo":[{"DeviceName":"n","DeviceSecret":"s","IotId":"i"}]},"Success":true,"Total":1}"#,
        "<QueryPageByApplyIdResponse><ApplyDeviceList><ApplyDeviceInfo><DeviceName>n</DeviceName><DeviceSecret>s</DeviceSecret><IotId>i</IotId></ApplyDeviceInfo></ApplyDeviceList><Success>true</Success><Total>1</Total></QueryPageByApplyIdResponse>",
    );
    assert_eq!(one, "1 of 1:  n s i []");
    let none = both(
        Action::QueryPageByApplyId,
        r#"{"ApplyDeviceList":{"ApplyDeviceInfo":[]},"Success":true,"Total":50}"#,
        "<QueryPageByApplyIdResponse><ApplyDeviceList/><Success>true</Success><Total>50</Total></QueryPageByApplyIdResponse>",
    );
    assert_eq!(none, "0 of 50:  []");
}

#[test]
fn query_device() {
    let read = both(
        Action::QueryDevice,
        r#"{"Data":{"DeviceInfo":[{"DeviceId":"JV7Rbs4FW1iFTTfb****","DeviceName":"JV7Rbs4FW1iFTTfb****","ProductKey":"a1BwAGV****","DeviceSecret":"wtDFTBjAO7YXcmrN3gQn6BCGk37a****","DeviceStatus":"UNACTIVE","GmtCreate":"Wed, 20-Feb-2019 02:16:09 GMT","UtcCreate":"2019-02-20T02:16:09.000Z","IotId":"JV7Rbs4FW1iFTTfb****000100","Nickname":"demo"}]},"Page":1,"PageCount":1,"PageSize":10,"Total":1,"NextToken":"t","Success":true}"#,
        "<QueryDeviceResponse><Data><DeviceInfo><DeviceId>JV7Rbs4FW1iFTTfb****</DeviceId><DeviceName>JV7Rbs4FW1iFTTfb****</DeviceName><ProductKey>a1BwAGV****</ProductKey><DeviceSecret>wtDFTBjAO7YXcmrN3gQn6BCGk37a****</DeviceSecret><DeviceStatus>UNACTIVE</DeviceStatus><GmtCreate>Wed, 20-Feb-2019 02:16:09 GMT</GmtCreate><UtcCreate>2019-02-20T02:16:09.000Z</UtcCreate><IotId>JV7Rbs4FW1iFTTfb****000100</IotId><Nickname>demo</Nickname></DeviceInfo></Data><Page>1</Page><PageCount>1</PageCount><PageSize>10</PageSize><Total>1</Total><NextToken>t</NextToken><Success>true</Success></QueryDeviceResponse>",
    );
    assert_eq!(
        read,
        "1: JV7Rbs4FW1iFTTfb**** wtDFTBjAO7YXcmrN3gQn6BCGk37a**** JV7Rbs4FW1iFTTfb****000100 demo \
         2019-02-20T02:16:09.000Z [] t"
    );
}

#[test]
fn batch_query_device_detail_keeps_the_names_alone() {
    let read = both(
        Action::BatchQueryDeviceDetail,
        r#"{"Data":{"Data":[{"DeviceName":"a","DeviceSecret":"s","IotId":"1","ProductKey":"a1BwAGV****","Nickname":"","Status":"ONLINE","UtcCreate":"2019-02-20T02:16:09.000Z"},{"DeviceName":"b","DeviceSecret":"t","IotId":"2"},{"DeviceName":"c","IotId":"3"}]},"Success":true}"#,
        "<BatchQueryDeviceDetailResponse><Data><Data><DeviceName>a</DeviceName><DeviceSecret>s</DeviceSecret><IotId>1</IotId><ProductKey>a1BwAGV****</ProductKey><Nickname></Nickname><Status>ONLINE</Status><UtcCreate>2019-02-20T02:16:09.000Z</UtcCreate></Data><Data><DeviceName>b</DeviceName><DeviceSecret>t</DeviceSecret><IotId>2</IotId></Data><Data><DeviceName>c</DeviceName><IotId>3</IotId></Data></Data><Success>true</Success></BatchQueryDeviceDetailResponse>",
    );
    assert_eq!(read, "a b c");
}

#[test]
fn query_product_list_with_products_and_beyond_its_last_page() {
    let read = both(
        Action::QueryProductList,
        r#"{"Data":{"CurrentPage":1,"PageCount":1,"PageSize":200,"Total":2,"List":{"ProductInfo":[{"ProductKey":"a1BwAGV****","ProductName":"Lamp","NodeType":1,"AuthType":"x509","DeviceCount":12},{"ProductKey":"a1BwAGW****","ProductName":"Door","NodeType":0,"AuthType":"id2"}]}},"Success":true}"#,
        "<QueryProductListResponse><Data><CurrentPage>1</CurrentPage><PageCount>1</PageCount><PageSize>200</PageSize><Total>2</Total><List><ProductInfo><ProductKey>a1BwAGV****</ProductKey><ProductName>Lamp</ProductName><NodeType>1</NodeType><AuthType>x509</AuthType><DeviceCount>12</DeviceCount></ProductInfo><ProductInfo><ProductKey>a1BwAGW****</ProductKey><ProductName>Door</ProductName><NodeType>0</NodeType><AuthType>id2</AuthType></ProductInfo></List></Data><Success>true</Success></QueryProductListResponse>",
    );
    assert!(read.starts_with("2 ["));
    let parts = ["a1BwAGV****", "Lamp", "Some(12)", "X509", "is_gateway: true", "a1BwAGW****", "None", "Id2"];
    assert!(parts.iter().all(|part| read.contains(part)), "{read}");
    let none = both(
        Action::QueryProductList,
        r#"{"Data":{"CurrentPage":9,"Total":2,"List":{"ProductInfo":[]}},"Success":true}"#,
        "<QueryProductListResponse><Data><CurrentPage>9</CurrentPage><Total>2</Total><List></List></Data><Success>true</Success></QueryProductListResponse>",
    );
    assert_eq!(none, "2 []");
}

#[test]
fn query_cert_url_by_apply_id() {
    let read = both(
        Action::QueryCertUrlByApplyId,
        r#"{"CertUrl":"https://cert.example/batch.zip?Expires=1&Signature=x","Success":true}"#,
        "<QueryCertUrlByApplyIdResponse><CertUrl>https://cert.example/batch.zip?Expires=1&amp;Signature=x</CertUrl><Success>true</Success></QueryCertUrlByApplyIdResponse>",
    );
    assert_eq!(read, "https://cert.example/batch.zip?Expires=1&Signature=x");
}
