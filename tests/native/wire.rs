//! Every action, with both signatures and in both formats, against the simulated cloud: two readings of one document.

use provisioner_core::cloud::actions::*;
use provisioner_core::cloud::{Answer, BatchStage, Call, Outcome, StampSource, build_request, read_reply};
use provisioner_core::model::action::Action;
use provisioner_core::model::device::{AuthType, NamedDevice};
use provisioner_core::model::report::{Failure, Refusal, Rejection, SignedText};
use provisioner_core::plan::{Connection, FormInput, Plan, Signature, parse};
use provisioner_core::secret::{AccessKey, Secret};
use provisioner_core::time::WallTime;
use simcloud::{Cloud, Config, Effect, Fault, Faults, Request};

/// 2026-01-01T00:00:00Z.
const EPOCH_MS: u64 = 1_767_225_600_000;

/// A client and a cloud.
struct Line {
    cloud: Cloud,
    plan: Plan,
    key: AccessKey,
    stamps: StampSource,
    now_ms: u64,
    called: Vec<Action>,
}

impl Line {
    fn new(signature: Signature, effect: Option<Effect>) -> Self {
        let always = |effect| Fault { action: String::new(), nth: 1, times: u64::MAX, per_mille: 1000, effect };
        let faults = Faults { faults: effect.into_iter().map(always).collect(), ..Faults::default() };
        let mut plan = plan_for("a1SimCloud1", "");
        plan.target.signature = signature;
        Self {
            cloud: Cloud::new(Config { faults, ..Config::default() }),
            plan,
            key: key("testid", "testsecret", None),
            stamps: StampSource::new([7; 16]),
            now_ms: EPOCH_MS,
            called: Vec::new(),
        }
    }

    fn call(&mut self, call: &Call) -> Outcome {
        // Far enough apart for every quota.
        self.now_ms += 1_000;
        self.called.push(call.action);
        let stamp = self.stamps.stamp(WallTime(self.now_ms));
        let sent = build_request(call, &stamp, &self.key, &self.plan.target);
        let mut headers = vec![("host".to_owned(), "simcloud".to_owned())];
        headers.extend(sent.headers.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
        let request = Request { method: "POST", query: "", headers: &headers, body: sent.body.as_bytes() };
        let answer = self.cloud.handle(&request, self.now_ms);
        read_reply(call.action, answer.status, &answer.body, &sent.string_to_sign)
    }

    fn accepted(&mut self, call: &Call) -> String {
        match self.call(call) {
            Ok(Answer::Accepted { apply_id }) => apply_id,
            other => panic!("{other:?}"),
        }
    }

    fn refused(&mut self, call: &Call) -> Refusal {
        match self.call(call) {
            Err(Failure::Refused(refusal)) => *refusal,
            other => panic!("{other:?}"),
        }
    }

    /// Waits until the batch rests, and says how.
    fn rests(&mut self, apply_id: &str) -> BatchStage {
        loop {
            match self.call(&query_batch_register_device_status::ask(&self.plan, apply_id)) {
                Ok(Answer::Status(status)) if status.stage == BatchStage::Working => {}
                Ok(Answer::Status(status)) => return status.stage,
                other => panic!("{other:?}"),
            }
        }
    }

    /// The rows of a batch as (DeviceName, DeviceSecret, IotId), sorted.
    fn rows(&mut self, apply_id: &str) -> Vec<[String; 3]> {
        let mut rows = Vec::new();
        for page in 1.. {
            match self.call(&query_page_by_apply_id::ask(&self.plan, apply_id, page)) {
                Ok(Answer::Page(page)) => {
                    assert_eq!(page.unusable, [""; 0]);
                    let row = |row: &provisioner_core::model::device::DeviceRow| {
                        [row.device_name.clone(), row.device_secret.expose().to_owned(), row.iot_id.clone()]
                    };
                    rows.extend(page.rows.iter().map(row));
                    if rows.len() >= page.total as usize {
                        break;
                    }
                }
                other => panic!("{other:?}"),
            }
        }
        rows.sort();
        rows
    }

    fn existing(&self, product_key: &str) -> Vec<[String; 3]> {
        let devices = self.cloud.devices(product_key, self.now_ms, 0, u64::MAX);
        let mut rows: Vec<_> =
            devices.into_iter().map(|row| [row.device_name, row.device_secret, row.iot_id]).collect();
        rows.sort();
        rows
    }
}

fn plan_for(product_key: &str, instance_id: &str) -> Plan {
    let form = FormInput {
        connection: Connection::Demo,
        product_key: product_key.to_owned(),
        instance_id: instance_id.to_owned(),
        count: "1".to_owned(),
        ..FormInput::default()
    };
    parse(&form).expect("the form is whole")
}

fn key(id: &str, secret: &str, token: Option<&str>) -> AccessKey {
    AccessKey {
        id: id.to_owned(),
        secret: Secret::new(secret.to_owned()),
        token: token.map(|token| Secret::new(token.to_owned())),
    }
}

fn named(names: &[(&str, Option<&str>)]) -> Vec<NamedDevice> {
    let device = |&(name, nickname): &(&str, Option<&str>)| NamedDevice {
        device_name: name.to_owned(),
        nickname: nickname.map(str::to_owned),
    };
    names.iter().map(device).collect()
}

/// A line for each signature and format.
fn lines() -> Vec<Line> {
    let signatures = [Signature::V1, Signature::V3].into_iter();
    signatures.flat_map(|signature| [None, Some(Effect::Xml)].map(|effect| Line::new(signature, effect))).collect()
}

#[test]
fn every_action_is_understood_with_both_signatures_and_in_both_formats() {
    for mut line in lines() {
        let plan = line.plan.clone();
        // Random names.
        let batch = line.accepted(&batch_register_device::ask(&plan, 120));
        assert_eq!(line.rests(&batch), BatchStage::Created);
        let rows = line.rows(&batch);
        assert_eq!(rows.len(), 120);
        assert_eq!(rows, line.existing("a1SimCloud1"));
        // Names of our own, one of them with blanks around nothing else than itself.
        let names = named(&[("SN-1", Some("灯泡_01")), ("a@b.c:d_e", None), ("SN-3", Some("lamp"))]);
        let checked = line.accepted(&batch_check_device_names::ask(&plan, &names));
        assert_eq!(line.rests(&checked), BatchStage::Checked);
        assert_eq!(line.accepted(&batch_register_device_with_apply_id::ask(&plan, &checked)), checked);
        assert_eq!(line.rests(&checked), BatchStage::Created);
        let made = line.rows(&checked);
        assert_eq!(made.iter().map(|row| row[0].as_str()).collect::<Vec<_>>(), ["SN-1", "SN-3", "a@b.c:d_e"]);
        // Both ways to find devices without an ApplyId.
        let Ok(Answer::Devices(newest)) = line.call(&query_device::ask(&plan, 1, 50, "")) else { panic!() };
        assert_eq!((newest.total, newest.devices.len()), (123, 50));
        let asked = ["SN-1", "absent", "a@b.c:d_e", "sn-3"];
        let existing = line.call(&batch_query_device_detail::ask(&plan, asked.into_iter()));
        let Ok(Answer::Existing(mut existing)) = existing else { panic!("{existing:?}") };
        existing.sort();
        assert_eq!(existing, ["SN-1", "a@b.c:d_e"]);
        // Products.
        let Ok(Answer::Products(products)) = line.call(&query_product_list::ask(&plan, 1)) else { panic!() };
        let product = products.products.iter().find(|product| product.product_key == "a1SimCloud1").unwrap();
        assert_eq!((product.auth_type, product.device_count), (AuthType::Secret, Some(123)));
        // Certificates, of a product that has them.
        line.plan.product_key = "a1SimCloud3".to_owned();
        let plan = line.plan.clone();
        let batch = line.accepted(&batch_register_device::ask(&plan, 2));
        assert_eq!(line.rests(&batch), BatchStage::Created);
        let Ok(Answer::Certificates { address }) = line.call(&query_cert_url_by_apply_id::ask(&plan, &batch)) else {
            panic!()
        };
        assert!(address.expose().starts_with("https://"));
        assert!(Action::ALL.iter().all(|action| line.called.contains(action)), "an action was not called");
    }
}

#[test]
fn a_product_of_more_than_ten_thousand_is_read_on_by_token() {
    let mut line = Line::new(Signature::V1, None);
    let plan = line.plan.clone();
    for _ in 0..2 {
        let batch = line.accepted(&batch_register_device::ask(&plan, 5_050));
        line.rests(&batch);
    }
    let mut names = std::collections::HashSet::new();
    let mut token = String::new();
    for page in 1..=202 {
        let Ok(Answer::Devices(devices)) = line.call(&query_device::ask(&plan, page, 50, &token)) else { panic!() };
        assert_eq!(devices.total, 10_100);
        names.extend(devices.devices.iter().map(|device| device.row.device_name.clone()));
        token = devices.next_token;
    }
    assert_eq!(names.len(), 10_100);
}

#[test]
fn a_temporary_key_signs_in_both_ways() {
    for mut line in lines() {
        line.key = key("STS.testid", "testsecret", Some("testtoken"));
        let plan = line.plan.clone();
        assert!(line.call(&query_product_list::ask(&plan, 1)).is_ok());
        line.key = key("STS.testid", "testsecret", Some("other"));
        assert_eq!(line.refused(&query_product_list::ask(&plan, 1)).code, "InvalidSecurityToken.Malformed");
        line.key = key("STS.testid", "testsecret", None);
        assert_eq!(line.refused(&query_product_list::ask(&plan, 1)).code, "MissingSecurityToken");
    }
}

#[test]
fn refusals_of_gateway_and_platform_are_read_in_both_formats() {
    for mut line in lines() {
        let plan = line.plan.clone();
        let refusal = line.refused(&batch_register_device::ask(&plan, 10_001));
        assert_eq!((refusal.status, refusal.code.as_str()), (200, "iot.device.DeviceCountExceeded"));
        assert!(!refusal.request_id.is_empty() && !refusal.message.is_empty());
        let names = named(&[("ok-name", None), ("no", None), ("bad name", None)]);
        let refusal = line.refused(&batch_check_device_names::ask(&plan, &names));
        let rejected: Vec<&str> = refusal.rejected.iter().map(|rejected| rejected.name.as_str()).collect();
        assert_eq!(rejected, ["no", "bad name"]);
        assert!(refusal.rejected.iter().all(|rejected| rejected.reason != Rejection::Nickname));
        line.key = key("deniedid", "testsecret", None);
        let refusal = line.refused(&query_product_list::ask(&plan, 1));
        assert_eq!((refusal.status, refusal.code.as_str()), (403, "Forbidden.RAM"));
        assert!(refusal.recommend.is_some_and(|address| address.starts_with("https://error-center.aliyun.com/")));
        line.key = key("testid", "wrong", None);
        let refusal = line.refused(&query_product_list::ask(&plan, 1));
        assert_eq!((refusal.code.as_str(), refusal.signed), ("SignatureDoesNotMatch", Some(SignedText::Same)));
    }
}

#[test]
fn the_host_that_v3_signs_is_the_endpoints_and_a_proxy_may_stand_between() {
    let mut line = Line::new(Signature::V3, None);
    let plan = line.plan.clone();
    assert!(line.call(&query_product_list::ask(&plan, 1)).is_ok());
    line.plan.target.host = "iot.cn-shanghai.aliyuncs.com".to_owned();
    let refusal = line.refused(&query_product_list::ask(&plan, 1));
    assert!(matches!(refusal.signed, Some(SignedText::Differs { .. })), "{:?}", refusal.signed);
}
