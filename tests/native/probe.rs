//! Trying a connection out against the simulated cloud, and against all that a browser can say in its place.

use provisioner_core::cloud::{Outcome, StampSource, build_request, read_reply};
use provisioner_core::model::connection::{Finding, Reached};
use provisioner_core::model::report::Failure;
use provisioner_core::plan::{Route, Signature, Target};
use provisioner_core::probe::{Knocked, Probe, Step, nobody};
use provisioner_core::secret::{AccessKey, Secret};
use provisioner_core::time::WallTime;
use simcloud::{Cloud, Config, Faults, Request};

use crate::world::EPOCH_MS;

const SHANGHAI: &str = "iot.cn-shanghai.aliyuncs.com";

fn target(is_proxied: bool, host: &str, signature: Signature) -> Target {
    let route = if is_proxied { Route::Proxy { base: "https://p.example/proxy".into() } } else { Route::Direct };
    Target { route, host: host.into(), region_id: "cn-shanghai".into(), signature }
}

/// What one call brings from a cloud.
fn ask(cloud: &mut Cloud, step: Step, key: &AccessKey) -> Outcome {
    let Step::Send { call, target, is_users } = step else { panic!("{step:?}") };
    let nobody = nobody();
    let stamp = StampSource::new([3; 16]).stamp(WallTime(EPOCH_MS));
    let sent = build_request(&call, &stamp, if is_users { key } else { &nobody }, &target);
    let mut headers = vec![("host".to_owned(), "simcloud".to_owned())];
    headers.extend(sent.headers.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
    let request = Request { method: "POST", query: "", headers: &headers, body: sent.body.as_bytes() };
    let answer = cloud.handle(&request, EPOCH_MS);
    read_reply(call.action, answer.status, &answer.body, &sent.string_to_sign)
}

/// What is found where the simulated cloud can be reached, by this key; an empty id is none.
fn found(config: Config, id: &str, secret: &str) -> Finding {
    let mut cloud = Cloud::new(config);
    let key = AccessKey { id: id.into(), secret: Secret::new(secret.into()), token: None };
    let mut probe = Probe::new(target(true, "simcloud", Signature::V1), String::new(), !id.is_empty());
    let outcome = ask(&mut cloud, probe.next(), &key);
    probe.answered(outcome);
    assert!(matches!(probe.next(), Step::Done), "a host that is not the vendor's has no direct way");
    assert_eq!(probe.direct(), None);
    probe.finding().unwrap().clone()
}

fn refused(finding: &Finding) -> &str {
    match finding {
        Finding::Reached(Reached::Refused(refusal)) => &refusal.code,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_key_that_works_one_that_may_not_look_and_none_are_told_apart() {
    let by = |id, secret| found(Config::default(), id, secret);
    assert_eq!(by("testid", "testsecret"), Finding::Reached(Reached::KeyWorks));
    assert_eq!(by("deniedid", "testsecret"), Finding::Reached(Reached::KeyMayNotLook));
    assert_eq!(by("", ""), Finding::Reached(Reached::WithoutKey));
    assert_eq!(refused(&by("testid", "wrong")), "SignatureDoesNotMatch");
    assert_eq!(refused(&by("nosuchid", "testsecret")), "InvalidAccessKeyId.NotFound");
}

#[test]
fn a_wrong_clock_is_told_by_the_clouds_own_answer_with_a_key_and_without() {
    let config = || Config { faults: Faults { clock_skew_ms: 3_600_000, ..Faults::default() }, ..Config::default() };
    for (id, secret) in [("testid", "testsecret"), ("", "")] {
        assert_eq!(refused(&found(config(), id, secret)), "InvalidTimeStamp.Expired", "{id}");
    }
}

#[test]
fn an_instance_that_is_typed_in_is_asked_about_and_nobody_is_asked_in_the_name_of_the_user() {
    let probe = Probe::new(target(false, SHANGHAI, Signature::V1), "iot-sim00001".into(), false);
    let Step::Send { call, is_users, .. } = probe.next() else { panic!("no call") };
    assert!(call.params.contains(&("IotInstanceId".into(), "iot-sim00001".into())));
    assert!(!is_users);
}

/// What is found after a first call that the browser gives no answer to.
fn knocked(is_proxied: bool, signature: Signature, knocked: Knocked, second: Option<Outcome>) -> Finding {
    let mut probe = Probe::new(target(is_proxied, SHANGHAI, signature), String::new(), true);
    probe.answered(Err(Failure::Unreachable));
    assert!(matches!(probe.next(), Step::Knock(_)));
    probe.knocked(knocked);
    if let Some(outcome) = second {
        let Step::Send { target, is_users, .. } = probe.next() else { panic!("no second call") };
        assert_eq!((target.signature, is_users), (Signature::V1, false), "without headers, and without the key");
        probe.answered(outcome);
    }
    assert!(matches!(probe.next(), Step::Done), "what cannot be reached is not tried without the proxy");
    probe.finding().unwrap().clone()
}

#[test]
fn what_a_browser_does_not_tell_is_found_by_another_question() {
    let unreachable = || Some(Err(Failure::Unreachable));
    let foreign = || Some(Err(Failure::Foreign { status: 502, excerpt: String::new() }));
    for is_proxied in [true, false] {
        let found = |signature, how, second| knocked(is_proxied, signature, how, second);
        assert_eq!(found(Signature::V1, Knocked::Nothing, None), Finding::Unreachable);
        assert_eq!(found(Signature::V1, Knocked::Answered, None), Finding::Unreadable);
        assert_eq!(found(Signature::V1, Knocked::Redirected, None), Finding::Redirected);
        assert_eq!(found(Signature::V1, Knocked::Forbidden, None), Finding::Forbidden);
        assert_eq!(found(Signature::V3, Knocked::Nothing, None), Finding::Unreachable);
        assert_eq!(found(Signature::V3, Knocked::Answered, unreachable()), Finding::Unreadable);
        assert_eq!(found(Signature::V3, Knocked::Answered, foreign()), Finding::PreflightRefused);
    }
}

#[test]
fn a_proxy_of_deploy_that_lacks_the_host_or_the_origin_is_known_by_its_words() {
    // As the files of deploy/ have them.
    for (file, words) in [
        ("nginx", include_str!("../../deploy/nginx/proxy.snippet.conf")),
        ("Caddy", include_str!("../../deploy/caddy/proxy.snippet.caddy")),
    ] {
        let lists = [("not an address", Finding::HostNotListed), ("origin is not", Finding::OriginNotListed)];
        for (part, finding) in lists {
            let line = words.lines().find(|line| line.contains(part)).unwrap();
            let said = line.split('"').nth(1).unwrap().replace("\\n", "\n");
            let mut probe = Probe::new(target(true, SHANGHAI, Signature::V1), String::new(), true);
            let stamp = StampSource::new([3; 16]).stamp(WallTime(EPOCH_MS));
            let Step::Send { call, .. } = probe.next() else { panic!("no call") };
            let sent = build_request(&call, &stamp, &nobody(), probe.target());
            probe.answered(read_reply(call.action, 403, said.as_bytes(), &sent.string_to_sign));
            assert_eq!(probe.finding(), Some(&finding), "{file}: {said}");
        }
    }
}

#[test]
fn anything_else_is_told_as_it_came() {
    let failures = [
        Failure::Foreign { status: 200, excerpt: "<html>Sign in".into() },
        Failure::Foreign { status: 403, excerpt: "Forbidden".into() },
        Failure::Broken { detail: "it ends".into() },
        Failure::TimedOut { after_ms: 30_000 },
    ];
    for failure in failures {
        let mut probe = Probe::new(target(true, SHANGHAI, Signature::V3), String::new(), true);
        probe.answered(Err(failure.clone()));
        assert_eq!(probe.finding(), Some(&Finding::Failed(failure)));
    }
}

#[test]
fn where_a_proxy_works_for_the_vendor_the_direct_way_is_tried_in_nobodys_name() {
    let direct = |outcome: Outcome| {
        let mut probe = Probe::new(target(true, SHANGHAI, Signature::V3), String::new(), true);
        let mut cloud = Cloud::new(Config::default());
        let key = AccessKey { id: "testid".into(), secret: Secret::new("testsecret".into()), token: None };
        // V3 signs the endpoint's name, which the simulated cloud does not go by.
        let outcome_of_first =
            ask(&mut cloud, Probe::new(target(true, "simcloud", Signature::V3), String::new(), true).next(), &key);
        probe.answered(outcome_of_first);
        assert_eq!(probe.finding(), None, "not over yet");
        let Step::Send { target, is_users, .. } = probe.next() else { panic!("no second call") };
        assert_eq!((target.route, target.signature, is_users), (Route::Direct, Signature::V1, false));
        probe.answered(outcome);
        assert_eq!(probe.finding(), Some(&Finding::Reached(Reached::KeyWorks)));
        probe.direct()
    };
    let foreign = Failure::Foreign { status: 200, excerpt: "<html>".into() };
    assert_eq!(direct(Err(Failure::Refused(Box::default()))), Some(true));
    assert_eq!(direct(Err(Failure::Unreachable)), Some(false));
    assert_eq!(direct(Err(foreign)), Some(false));
}
