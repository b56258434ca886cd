//! What a plan learns from the simulated cloud before a run, in virtual time.

use provisioner_core::cloud::{StampSource, build_request, read_reply};
use provisioner_core::lookup::{Lookup, Step};
use provisioner_core::model::device::{AuthType, Product};
use provisioner_core::model::lookup::{Sought, SoughtNames};
use provisioner_core::model::report::Failure;
use provisioner_core::plan::{FormInput, Names, without_devices};
use provisioner_core::secret::{AccessKey, Secret};
use provisioner_core::time::{Millis, WallTime};
use simcloud::{Cloud, Config, Credential, Effect, Fault, Faults, Request};

use crate::world::EPOCH_MS;

/// What one call takes there and back.
const TRIP_MS: u64 = 40;

/// A cloud and what was asked of it.
struct Asked {
    cloud: Cloud,
    /// The AccessKey ID of who asks.
    id: &'static str,
    product_key: &'static str,
    now_ms: u64,
    calls: u32,
    bodies: Vec<String>,
    /// Why the cloud did not say, when it was asked last.
    failure: Option<Failure>,
}

impl Asked {
    fn of(config: Config) -> Self {
        let cloud = Cloud::new(config);
        Self { cloud, id: "testid", product_key: "a1SimCloud1", now_ms: 0, calls: 0, bodies: Vec::new(), failure: None }
    }

    fn with(action: &str, times: u64, effect: Effect) -> Self {
        let fault = Fault { action: action.to_owned(), nth: 1, times, per_mille: 1000, effect };
        Self::of(Config { faults: Faults { faults: vec![fault], ..Faults::default() }, ..Config::default() })
    }

    /// Goes on until it is over.
    fn answer(&mut self, mut lookup: Lookup) -> Lookup {
        let secret = Secret::new("testsecret".to_owned());
        let key = AccessKey { id: self.id.to_owned(), secret, token: None };
        let target = without_devices(&self.form()).unwrap().target;
        let mut stamps = StampSource::new([self.calls as u8; 16]);
        loop {
            match lookup.next(Millis(self.now_ms)) {
                Step::Done => return lookup,
                Step::Wait(wait_ms) => self.now_ms += wait_ms,
                Step::Send(call) => {
                    self.calls += 1;
                    let stamp = stamps.stamp(WallTime(EPOCH_MS + self.now_ms));
                    let sent = build_request(&call, &stamp, &key, &target);
                    let mut headers = vec![("host".to_owned(), "simcloud".to_owned())];
                    headers.extend(sent.headers.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
                    let request = Request { method: "POST", query: "", headers: &headers, body: sent.body.as_bytes() };
                    let answer = self.cloud.handle(&request, EPOCH_MS + self.now_ms);
                    self.now_ms += TRIP_MS;
                    self.bodies.push(sent.body);
                    let outcome = read_reply(call.action, answer.status, &answer.body, &sent.string_to_sign);
                    lookup.answered(outcome, Millis(self.now_ms));
                }
            }
        }
    }

    fn form(&self) -> FormInput {
        FormInput { product_key: self.product_key.to_owned(), ..FormInput::default() }
    }

    fn product(&mut self) -> Sought {
        let plan = without_devices(&self.form()).unwrap();
        let lookup = self.answer(Lookup::product(plan, 7));
        self.failure = lookup.failure().cloned();
        lookup.sought().unwrap()
    }

    fn names(&mut self, names: &[String]) -> (SoughtNames, Vec<String>) {
        let plan = without_devices(&self.form()).unwrap();
        let mut list = Names::default();
        names.iter().for_each(|name| list.push(name, ""));
        let lookup = self.answer(Lookup::names(plan, list, 7));
        self.failure = lookup.failure().cloned();
        (lookup.sought_names().unwrap(), lookup.into_existing())
    }

    /// Registers so many devices with names of our own.
    fn register(&mut self, count: u32) -> Vec<String> {
        let ending = crate::setting::Setting { devices: count, is_named: true, ..crate::setting::Setting::default() };
        let world = ending.live();
        self.cloud = world.cloud;
        self.now_ms = world.now_ms + 60_000;
        (0..count).map(|number| format!("SN-{number:06}")).collect()
    }
}

fn with_products(count: u32) -> Config {
    let mut config = Config::default();
    let product =
        |number| simcloud::Product { product_key: format!("a1Many{number:05}"), ..simcloud::Product::default() };
    config.products.extend((0..count).map(product));
    config
}

#[test]
fn a_product_is_told_with_its_name_its_kind_and_its_devices() {
    let expected = |key: &str, auth_type, devices| Product {
        product_key: key.to_owned(),
        name: format!("product {key}"),
        device_count: Some(devices),
        auth_type,
        is_gateway: false,
    };
    let mut asked = Asked::of(Config::default());
    asked.register(3);
    assert_eq!(asked.product(), Sought::Found(expected("a1SimCloud1", AuthType::Secret, 3)));
    asked.product_key = "a1SimCloud3";
    assert_eq!(asked.product(), Sought::Found(expected("a1SimCloud3", AuthType::X509, 0)));
    assert_eq!(asked.calls, 2);
}

#[test]
fn an_older_product_is_found_on_a_later_page_and_one_beyond_the_tenth_is_not_looked_for() {
    for (newer, calls) in [(198, 1), (300, 2), (1_998, 10)] {
        let mut asked = Asked::of(with_products(newer));
        assert!(matches!(asked.product(), Sought::Found(product) if product.product_key == "a1SimCloud1"), "{newer}");
        assert_eq!(asked.calls, calls);
    }
    let mut asked = Asked::of(with_products(2_000));
    // The one in the instance is no product of the account's without it.
    assert_eq!(asked.product(), Sought::Absent { seen: 2_000, total: 2_002 });
    assert_eq!(asked.calls, 10);
}

#[test]
fn a_product_that_is_not_in_the_account_is_absent_from_all_of_them() {
    let mut asked = Asked::of(with_products(250));
    asked.product_key = "a1Elsewhere";
    assert_eq!(asked.product(), Sought::Absent { seen: 252, total: 252 });
}

#[test]
fn a_right_that_is_missing_is_told_at_once() {
    let denied = |action: &str| Credential {
        access_key_id: "partly".into(),
        access_key_secret: "testsecret".into(),
        denied_actions: vec![action.to_owned()],
        ..Credential::default()
    };
    let mut config = Config::default();
    config.credentials.push(denied("QueryProductList"));
    let mut asked = Asked { id: "partly", ..Asked::of(config) };
    assert_eq!((asked.product(), asked.calls, asked.failure.take()), (Sought::Denied, 1, None));
    let (told, existing) = asked.names(&["SN-000001".into()]);
    assert_eq!((told.asked, told.is_over, asked.failure, existing), (1, true, None, Vec::new()));
}

#[test]
fn throttling_is_waited_out_for_a_while_and_then_told() {
    let throttled = |times| Asked::with("QueryProductList", times, Effect::Throttle);
    let mut asked = throttled(5);
    assert!(matches!(asked.product(), Sought::Found(_)));
    assert_eq!(asked.calls, 6);
    let mut asked = throttled(u64::MAX);
    assert_eq!(asked.product(), Sought::Failed);
    let Some(Failure::Refused(refusal)) = &asked.failure else { panic!() };
    assert_eq!((refusal.code.as_str(), asked.calls), ("Throttling.User", 9));
    assert!((4_000..20_000).contains(&asked.now_ms), "{} ms", asked.now_ms);
}

#[test]
fn what_a_proxy_says_of_its_own_is_tried_once_more_and_then_told() {
    let html = |times| Asked::with("QueryProductList", times, Effect::Html { status: 502, executed: false });
    assert!(matches!(html(1).product(), Sought::Found(_)));
    let mut asked = html(u64::MAX);
    assert_eq!(asked.product(), Sought::Failed);
    assert!(matches!(asked.failure, Some(Failure::Foreign { status: 502, .. })));
    assert_eq!(asked.calls, 2);
}

#[test]
fn names_that_the_product_has_are_found_in_hundreds_within_the_share_of_the_quota() {
    let mut asked = Asked::of(Config::default());
    let made = asked.register(250);
    let mut names: Vec<String> = (0..950).map(|number| format!("new-{number}")).collect();
    // Another case is another name.
    names.push("sn-000001".to_owned());
    names.extend(made.iter().cloned());
    let (began_at_ms, calls) = (asked.now_ms, asked.calls);
    let (told, mut existing) = asked.names(&names);
    existing.sort();
    assert_eq!(existing, made);
    let expected = SoughtNames { asked: 1_201, of: 1_201, existing: 250, is_over: true };
    assert_eq!((told, asked.calls - calls), (expected, 13));
    // Nine tenths of 5 a second: 4.
    let state = asked.cloud.state(EPOCH_MS + asked.now_ms);
    assert_eq!(state.peak_qps["BatchQueryDeviceDetail"], 4);
    assert!(asked.now_ms - began_at_ms < 4_000, "{} ms", asked.now_ms - began_at_ms);
    assert!(asked.bodies.iter().all(|body| body.matches("&DeviceName.").count() <= 100));
}

#[test]
fn a_look_for_names_survives_what_a_read_survives_and_keeps_what_it_knows_when_it_ends_early() {
    let names: Vec<String> = (0..300).map(|number| format!("SN-{number:06}")).collect();
    let mut asked = Asked::with("BatchQueryDeviceDetail", 6, Effect::CutOff { bytes: 30 });
    let (told, existing) = asked.names(&names);
    assert_eq!((told.asked, asked.failure, existing.len()), (300, None, 0));

    let mut asked = Asked::of(Config::default());
    let made = asked.register(150);
    let broken = Effect::Fail { code: "iot.common.AuthActionPermissionDeny".into() };
    let fault = Fault { action: "BatchQueryDeviceDetail".into(), nth: 2, times: 1, per_mille: 1000, effect: broken };
    asked.cloud.set_faults(Faults { faults: vec![fault], ..Faults::default() });
    let (told, existing) = asked.names(&names);
    assert_eq!((told.asked, told.of, told.existing, told.is_over), (100, 300, 100, true));
    assert!(matches!(asked.failure, Some(Failure::Refused(_))), "{:?}", asked.failure);
    assert_eq!(existing, made[..100]);
}
