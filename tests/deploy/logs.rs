//! What the servers write down, after calls that went well, were refused, and failed: nothing of what was in them.

use crate::authority::{Authority, Validity};
use crate::server::{ALL, Shape};
use crate::upstream::Upstream;
use crate::world::{ADDRESS, Plan, World};

/// Stands in whatever must not be written down.
const SECRET: &str = "c4n4ry";

#[test]
fn neither_keys_nor_signatures_nor_tokens_reach_a_log() {
    for (kind, shape) in ALL {
        let plan = Plan::new();
        let liar = Upstream::start(&Authority::new().issue(&["liar.example"], Validity::Current));
        let hosts = vec![
            ("liar.example", format!("https://liar.example:{}", liar.port)),
            // Port 1 of this machine: nobody listens.
            ("dead.example", "https://dead.example:1".to_owned()),
        ];
        let world = World::planned("logs", kind, shape, Plan { hosts, ..plan });
        let signed =
            format!("Authorization: ACS3-HMAC-SHA256 Credential={SECRET},SignedHeaders=host,Signature={SECRET}");
        let named = |name: &str| format!("{name}: {SECRET}");
        let headers = [signed, named("x-acs-security-token"), named("x-acs-signature-nonce"), named("Cookie")];
        let more = [format!("Referer: https://localhost/?AccessKeyId={SECRET}"), named("User-Agent"), named("X-Other")];
        let headers: Vec<&str> = headers.iter().chain(&more).map(String::as_str).collect();
        let body = format!("AccessKeyId={SECRET}&Signature={SECRET}&SecurityToken={SECRET}");
        let call = |target: &str, body: &[u8]| world.call(target, &headers, body).status;

        assert_eq!(call(ADDRESS, body.as_bytes()), 200, "{kind}, {shape}");
        assert_eq!(call(ADDRESS, b"answer=redirect"), 502, "{kind}, {shape}");
        assert_eq!(call("/proxy/liar.example/", body.as_bytes()), 502, "{kind}, {shape}");
        assert_eq!(call("/proxy/dead.example/", body.as_bytes()), 502, "{kind}, {shape}");
        assert_eq!(call(ADDRESS, &vec![b'a'; 9 << 20]), 413, "{kind}, {shape}");
        assert_eq!(call(&format!("{ADDRESS}?AccessKeyId={SECRET}"), body.as_bytes()), 403, "{kind}, {shape}");
        assert_eq!(call(&format!("/proxy/{SECRET}/"), b"") / 100, 4, "{kind}, {shape}");
        assert_eq!(call(&format!("/proxy/x/?{SECRET}"), &vec![b'a'; 9 << 20]) / 100, 4, "{kind}, {shape}");
        let page = world.ask("GET", &format!("/?access-key-secret={SECRET}"), &headers, b"");
        assert_eq!(page.status, if shape == Shape::SiteAndProxy { 200 } else { 403 }, "{kind}, {shape}");
        world.ask("GET", &format!("/no-such-file/{SECRET}"), &headers, b"");
        let stranger = format!("POST /?{SECRET} HTTP/1.1\r\nHost: {SECRET}.example\r\nConnection: close\r\n\r\n");
        assert_eq!(world.raw(stranger.as_bytes()).map(|answer| answer.status), Some(421), "{kind}, {shape}");
        let broken = format!("POST {ADDRESS}?{SECRET} HTTP/1.1\r\nHost: localhost\r\nx-acs-action: {SECRET}\0\r\n\r\n");
        assert_eq!(world.raw(broken.as_bytes()).map(|answer| answer.status), Some(400), "{kind}, {shape}");

        let logs = world.server.logs();
        let seen: Vec<&str> = logs.lines().filter(|line| line.contains(SECRET)).collect();
        assert!(seen.is_empty(), "{kind}, {shape}:\n{}", seen.join("\n"));
        // It is the right place to look in: calls do show, with host and status.
        for host in ["iot.cn-shanghai.aliyuncs.com", "liar.example", "dead.example"] {
            assert!(logs.contains(host), "{kind}, {shape}: no {host} in\n{logs}");
        }
        assert!(logs.contains("502") && logs.contains("413"), "{kind}, {shape}:\n{logs}");
    }
}
