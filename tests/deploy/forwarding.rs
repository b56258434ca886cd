//! What goes on to the cloud and what comes back: exactly what a call needs, over TLS with the right host alone.

use provisioner_core::plan::Signature;

use crate::authority::{Authority, Validity};
use crate::cloud::Cloud;
use crate::server::{ALL, Kind, Shape};
use crate::upstream::{ANSWER, FORBIDDEN_HEADERS, LARGE_ANSWER, Upstream};
use crate::world::{ADDRESS, Plan, SHANGHAI, World};

const FORM: &str = "application/x-www-form-urlencoded";
const BODY: &[u8] = b"Action=QueryDevice&Signature=c2lnbmF0dXJl";
const MIB: usize = 1 << 20;

/// What a browser, or something between it and the server, adds of its own accord.
const NOT_FORWARDED: &[&str] = &[
    "Cookie: session=1",
    "Referer: https://localhost/?AccessKeyId=1",
    "User-Agent: Browser/1.0",
    "Accept-Encoding: gzip, br",
    "Accept-Language: zh-CN",
    "X-Forwarded-For: 203.0.113.7",
    "X-Forwarded-Host: evil.example",
    "X-Forwarded-Proto: http",
    "X-Real-IP: 203.0.113.7",
    "Forwarded: for=203.0.113.7",
    "Via: 1.1 elsewhere",
    "Sec-Fetch-Site: same-origin",
    "X-HTTP-Method-Override: DELETE",
    "x-acs-unheard-of: 1",
    "X_Acs_Action: underscores",
];

/// The headers of Signature V3 with temporary credentials.
const V3: &[(&str, &str)] = &[
    ("accept", "application/json"),
    ("authorization", "ACS3-HMAC-SHA256 Credential=STS.testid,SignedHeaders=host;x-acs-date,Signature=00ff"),
    ("x-acs-action", "QueryDevice"),
    ("x-acs-content-sha256", "e3b0c442"),
    ("x-acs-date", "2026-01-01T00:00:00Z"),
    ("x-acs-security-token", "token{env.HOME}$host+/="),
    ("x-acs-signature-nonce", "0123456789abcdef"),
    ("x-acs-version", "2018-01-20"),
];

/// The headers that arrived, but for those of the connection itself.
fn arrived(world: &World) -> Vec<(String, String)> {
    let mut headers = world.cloud.last().headers();
    headers.retain(|(name, _)| name != "connection" && name != "host");
    headers
}

fn pairs(headers: &[(&str, &str)]) -> Vec<(String, String)> {
    headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

#[test]
fn a_call_arrives_at_its_host_with_nothing_of_the_browsers() {
    for (kind, shape) in ALL {
        let world = World::start("forwarding", kind, shape);
        let answer = world.call(ADDRESS, &[NOT_FORWARDED, &["Accept: */*"]].concat(), BODY);
        assert_eq!((answer.status, answer.body.as_slice()), (200, ANSWER.as_bytes()), "{kind}, {shape}");
        let request = world.cloud.last();
        assert_eq!(request.head[0], "POST / HTTP/1.1", "{kind}, {shape}");
        assert_eq!(request.body, BODY);
        assert_eq!(request.server_name, SHANGHAI);
        let host = request.header("host").unwrap();
        assert_eq!(host.split(':').next(), Some(SHANGHAI));
        let length = BODY.len().to_string();
        let expected = [("accept", "*/*"), ("content-length", length.as_str()), ("content-type", FORM)];
        assert_eq!(arrived(&world), pairs(&expected), "{kind}, {shape}");
        assert_eq!(world.cloud.arrived().len(), 1);
    }
}

#[test]
fn the_headers_of_signature_v3_go_on_letter_for_letter_and_absent_ones_are_not_made_up() {
    for (kind, shape) in ALL {
        let world = World::start("v3", kind, shape);
        for without in [None, Some("x-acs-security-token"), Some("accept")] {
            let sent: Vec<_> = V3.iter().copied().filter(|(name, _)| Some(*name) != without).collect();
            let lines: Vec<String> = sent.iter().map(|(name, value)| format!("{name}: {value}")).collect();
            let lines: Vec<&str> = lines.iter().map(String::as_str).chain(NOT_FORWARDED.iter().copied()).collect();
            assert_eq!(world.call(ADDRESS, &lines, b"").status, 200, "{kind}, {shape}");
            let mut expected = pairs(&sent);
            expected.extend(pairs(&[("content-length", "0"), ("content-type", FORM)]));
            expected.sort();
            let mut found = arrived(&world);
            // A body of no bytes may come without a length.
            if !found.iter().any(|(name, _)| name == "content-length") {
                expected.retain(|(name, _)| name != "content-length");
            }
            found.sort();
            assert_eq!(found, expected, "{kind}, {shape}");
        }
    }
}

#[test]
fn a_password_for_the_site_stays_here() {
    for (kind, shape) in ALL {
        let world = World::start("password", kind, shape);
        for scheme in ["Basic dXNlcjpwYXNzd29yZA==", "Bearer secret", "ACS3-HMAC-SHA256-like secret"] {
            assert_eq!(world.call(ADDRESS, &[&format!("Authorization: {scheme}")], BODY).status, 200);
            assert_eq!(world.cloud.last().header("authorization"), None, "{kind}, {shape}: {scheme}");
        }
    }
}

#[test]
fn an_answer_cannot_speak_for_the_site() {
    let allowed = [
        "access-control-allow-origin",
        "cache-control",
        "connection",
        "content-length",
        "content-security-policy",
        "content-type",
        "date",
        "server",
        "vary",
        "x-content-type-options",
    ];
    for (kind, shape) in ALL {
        let world = World::start("answers", kind, shape);
        for (body, status) in [(BODY, 200), (b"answer=refusal".as_slice(), 400)] {
            let answer = world.call(ADDRESS, &[], body);
            assert_eq!((answer.status, answer.body.as_slice()), (status, ANSWER.as_bytes()), "{kind}, {shape}");
            for (name, value) in &answer.headers {
                assert!(allowed.contains(&name.as_str()), "{kind}, {shape}: {name}: {value}");
                assert!(!FORBIDDEN_HEADERS.contains(&format!("{name}: {value}").as_str()), "{name}: {value}");
            }
            let header = |name| answer.header(name).unwrap();
            assert_eq!(header("access-control-allow-origin"), world.origin(), "{kind}, {shape}");
            assert_eq!(header("vary"), "Origin", "{kind}, {shape}");
            assert_eq!(header("cache-control"), "no-store", "{kind}, {shape}");
            assert_eq!(header("content-type"), "application/json", "{kind}, {shape}");
            assert_eq!(header("content-security-policy"), "default-src 'none'; frame-ancestors 'none'; sandbox");
        }
    }
}

#[test]
fn a_redirect_is_neither_followed_nor_passed_on() {
    for (kind, shape) in ALL {
        let world = World::start("redirect", kind, shape);
        let answer = world.call(ADDRESS, &[], b"answer=redirect");
        assert_eq!(answer.status, 502, "{kind}, {shape}");
        assert_eq!(answer.header("location"), None);
        assert_eq!(answer.header("access-control-allow-origin"), Some(world.origin()), "{kind}, {shape}");
        assert!(String::from_utf8(answer.body).unwrap().contains("redirect"));
        assert_eq!(world.cloud.arrived().len(), 1, "{kind}, {shape}");
        assert!(world.names.asked().iter().all(|name| name == SHANGHAI), "{:?}", world.names.asked());
    }
}

#[test]
fn a_host_that_cannot_prove_its_name_hears_nothing() {
    for (kind, shape) in ALL {
        let (plan, stranger) = (Plan::new(), Authority::new());
        let wrong_name = Upstream::start(&plan.authority.issue(&["else.example"], Validity::Current));
        let expired = Upstream::start(&plan.authority.issue(&["expired.example"], Validity::Expired));
        let unknown = Upstream::start(&stranger.issue(&["unknown.example"], Validity::Current));
        let hosts = vec![
            ("name.example", format!("https://name.example:{}", wrong_name.port)),
            ("expired.example", format!("https://expired.example:{}", expired.port)),
            ("unknown.example", format!("https://unknown.example:{}", unknown.port)),
        ];
        let world = World::planned("certificates", kind, shape, Plan { hosts, ..plan });
        for (host, upstream) in [("name", wrong_name), ("expired", expired), ("unknown", unknown)] {
            let answer = world.call(&format!("/proxy/{host}.example/"), &[], BODY);
            assert_eq!(answer.status, 502, "{kind}, {shape}: {host}");
            assert_eq!(answer.header("access-control-allow-origin"), Some(world.origin()), "{kind}, {shape}: {host}");
            assert_eq!(upstream.connections(), 1, "{kind}, {shape}: {host}");
            assert!(upstream.arrived().is_empty(), "{kind}, {shape}: {host}");
        }
    }
}

#[test]
fn a_body_of_eight_mebibytes_passes_and_a_byte_more_does_not() {
    for (kind, shape) in ALL {
        let world = World::start("sizes", kind, shape);
        let largest = vec![b'a'; 8 * MIB];
        assert_eq!(world.call(ADDRESS, &[], &largest).status, 200, "{kind}, {shape}");
        assert!(world.cloud.last().body == largest, "{kind}, {shape}");
        for size in [8 * MIB + 1, 9 * MIB] {
            let answer = world.call(ADDRESS, &[], &vec![b'a'; size]);
            assert_eq!(answer.status, 413, "{kind}, {shape}: {size}");
            assert_eq!(answer.header("access-control-allow-origin"), Some(world.origin()), "{kind}, {shape}");
        }
        assert_eq!(world.cloud.connections(), 1, "{kind}, {shape}");
    }
}

#[test]
fn nginx_puts_nothing_of_a_call_into_a_file() {
    // At this level nginx tells of each file that it makes for a body or an answer.
    let changes = &[("error.log crit", "error.log warn")];
    for shape in [Shape::SiteAndProxy, Shape::ProxyAlone] {
        let world = World::planned("memory", Kind::Nginx, shape, Plan { changes, ..Plan::new() });
        assert_eq!(world.call(ADDRESS, &[], &vec![b'a'; 8 * MIB]).status, 200, "{shape}");
        assert_eq!(world.call(ADDRESS, &[], b"answer=large").body.len(), LARGE_ANSWER, "{shape}");
        assert!(!world.server.logs().contains("temporary file"), "{shape}:\n{}", world.server.logs());
    }
    // Without its settings it would, and say so.
    let changes = &[("error.log crit", "error.log warn"), ("buffer_size 8m", "buffer_size 8k")];
    let world = World::planned("disk", Kind::Nginx, Shape::ProxyAlone, Plan { changes, ..Plan::new() });
    assert_eq!(world.call(ADDRESS, &[], &vec![b'a'; 8 * MIB]).status, 200);
    assert!(world.server.logs().contains("temporary file"), "{}", world.server.logs());
}

#[test]
fn nginx_slows_down_whoever_asks_too_often() {
    let changes = &[("rate=200r/s", "rate=1r/m"), ("burst=100 nodelay", "burst=2 nodelay")];
    for shape in [Shape::SiteAndProxy, Shape::ProxyAlone] {
        let world = World::planned("rate", Kind::Nginx, shape, Plan { changes, ..Plan::new() });
        let statuses: Vec<u16> = (0..5).map(|_| world.call(ADDRESS, &[], BODY).status).collect();
        assert_eq!(statuses, [200, 200, 200, 429, 429], "{shape}");
        assert_eq!(world.cloud.arrived().len(), 3, "{shape}");
    }
}

#[test]
fn only_pages_of_the_list_may_read_and_ask_beforehand() {
    let elsewhere = "https://page.example";
    for (kind, shape) in ALL {
        let plan = Plan { origins: vec![elsewhere.to_owned()], ..Plan::new() };
        let world = World::planned("origins", kind, shape, plan);
        let origin = format!("Origin: {elsewhere}");
        let answer = world.ask("POST", ADDRESS, &[&origin, &format!("Content-Type: {FORM}")], BODY);
        assert_eq!(answer.status, 200, "{kind}, {shape}");
        assert_eq!(answer.header("access-control-allow-origin").as_deref(), Some(elsewhere), "{kind}, {shape}");
        assert_eq!(answer.header("access-control-allow-credentials"), None);
        let wanted = "Access-Control-Request-Headers: authorization,x-acs-action";
        let asked = [&origin, "Access-Control-Request-Method: POST", wanted];
        let answer = world.ask("OPTIONS", ADDRESS, &asked, b"");
        let header = |name| answer.header(name).unwrap_or_default();
        assert_eq!(answer.status, 204, "{kind}, {shape}");
        assert_eq!(header("access-control-allow-origin"), elsewhere, "{kind}, {shape}");
        assert_eq!(header("access-control-allow-methods"), "POST");
        assert_eq!(header("vary"), "Origin");
        let mut allowed: Vec<String> = V3.iter().map(|(name, _)| (*name).to_owned()).collect();
        allowed.push("content-type".to_owned());
        allowed.sort();
        let found = header("access-control-allow-headers").to_lowercase();
        let mut found: Vec<&str> = found.split(',').map(str::trim).collect();
        found.sort_unstable();
        assert_eq!(found, allowed, "{kind}, {shape}");
        assert_eq!(world.cloud.arrived().len(), 1, "{kind}, {shape}");
    }
}

#[test]
fn the_cloud_accepts_what_the_engine_signed_in_each_way() {
    for (kind, shape) in ALL {
        let mut cloud = Cloud::start();
        let world = World::planned("signed", kind, shape, Plan { hosts: cloud.host(), ..Plan::new() });
        let base = format!("{}/proxy", world.origin());
        for (signature, temporary) in
            [(Signature::V1, false), (Signature::V1, true), (Signature::V3, false), (Signature::V3, true)]
        {
            let request = cloud.call(&base, signature, temporary);
            let target = request.url.strip_prefix(&world.origin()).unwrap();
            let mut headers = vec![format!("Origin: {}", world.origin())];
            headers.extend(request.headers.iter().map(|(name, value)| format!("{name}: {value}")));
            let headers: Vec<&str> = headers.iter().map(String::as_str).collect();
            let answer = world.ask("POST", target, &headers, request.body.as_bytes());
            let text = String::from_utf8(answer.body).unwrap();
            assert!(text.contains("\"Success\":true"), "{kind}, {shape}, {signature:?}: {text}");
        }
    }
}
