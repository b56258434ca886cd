//! Everything that must not get through: each is refused with the right status, and nobody is called, nor looked up.

use crate::server::{ALL, Kind, Shape};
use crate::world::{ADDRESS, World};

/// What is sent, in place of a call that would get through.
enum Sent {
    /// Another method.
    Method(&'static str),
    /// Another request target; `CLOUD` stands for the port at which the test's cloud listens.
    Target(&'static str),
    /// Another Origin header; none where it is empty. `OWN` stands for the server's own origin.
    Origin(&'static str),
    /// Instead of the call, the question whether it may be made: from this origin, by this method.
    Preflight(&'static str, &'static str),
    /// Another Host header.
    Host(&'static str),
    /// One more header, or lines of them, before the body.
    Header(&'static str),
    /// A body of this length is announced.
    Length(u64),
}

use Sent::{Header, Host, Length, Method, Origin, Preflight, Target};

/// What is sent, and the status it gets: of nginx and of Caddy, as a site with a proxy and as a proxy alone.
const CASES: &[(Sent, [u16; 4])] = &[
    (Target("/proxy/evil.example/"), [403; 4]),
    (Target("/proxy/iot.cn-shanghai.aliyuncs.com@evil.example/"), [403; 4]),
    (Target("/proxy/evil@iot.cn-shanghai.aliyuncs.com/"), [403; 4]),
    (Target("/proxy/evil:password@iot.cn-shanghai.aliyuncs.com/"), [403; 4]),
    (Target("/proxy/iot.cn-shanghai.aliyuncs.com.evil.example/"), [403; 4]),
    (Target("/proxy/evil-iot.cn-shanghai.aliyuncs.com/"), [403; 4]),
    (Target("/proxy/iot.cn-shanghai.aliyuncs.com:443/"), [403; 4]),
    (Target("/proxy/iot.cn-shanghai.aliyuncs.com:CLOUD/"), [403; 4]),
    (Target("/proxy/iot.cn-shanghai.aliyuncs.com./"), [403; 4]),
    (Target("/proxy/IOT.CN-SHANGHAI.ALIYUNCS.COM/"), [403; 4]),
    (Target("/proxy/iot.cn-shanghai.aliyuncs.coM/"), [403; 4]),
    (Target("/PROXY/iot.cn-shanghai.aliyuncs.com/"), [404, 403, 403, 403]),
    (Target("/proxy/127.0.0.1/"), [403; 4]),
    (Target("/proxy/127.0.0.1:CLOUD/"), [403; 4]),
    (Target("/proxy/localhost:CLOUD/"), [403; 4]),
    (Target("/proxy/2130706433/"), [403; 4]),
    (Target("/proxy/169.254.169.254/latest/meta-data/"), [403; 4]),
    (Target("/proxy/[::1]/"), [403; 4]),
    (Target("/proxy/[::ffff:127.0.0.1]:CLOUD/"), [403; 4]),
    (Target("/proxy/https://iot.cn-shanghai.aliyuncs.com/"), [403; 4]),
    (Target("/proxy/iot.cn-shanghai.aliyuncs.com"), [403; 4]),
    (Target("/proxy/iot.cn-shanghai.aliyuncs.com/more"), [403; 4]),
    (Target("/proxy/iot.cn-shanghai.aliyuncs.com//"), [403; 4]),
    (Target("/proxy/iot.cn-shanghai.aliyuncs.com/?Action=QueryDevice"), [403; 4]),
    (Target("/proxy/iot.cn-shanghai.aliyuncs.com/?"), [403; 4]),
    (Target("/proxy/iot.cn-shanghai.aliyuncs.com/#a"), [403; 4]),
    (Target("/proxy/iot.cn-shanghai.aliyuncs.com%2f"), [403; 4]),
    (Target("/proxy/iot.cn-shanghai.aliyuncs.com%2F@evil.example/"), [403; 4]),
    (Target("/proxy/%69ot.cn-shanghai.aliyuncs.com/"), [403; 4]),
    (Target("/proxy%2fiot.cn-shanghai.aliyuncs.com/"), [403; 4]),
    (Target("/proxy/iot.cn-shanghai.aliyuncs.com%00/"), [400, 400, 403, 403]),
    (Target("/proxy/iot.cn-shanghai.aliyuncs.com%0d%0aHost:%20evil.example/"), [403; 4]),
    (Target("/proxy/%2e%2e/proxy/iot.cn-shanghai.aliyuncs.com/"), [403; 4]),
    (Target("/proxy/../proxy/iot.cn-shanghai.aliyuncs.com/"), [403; 4]),
    (Target("/a/../proxy/iot.cn-shanghai.aliyuncs.com/"), [403; 4]),
    (Target("/proxy/iot.cn-shanghai.aliyuncs.com/../evil.example/"), [403; 4]),
    (Target("/proxy/iot.cn-shanghai.aliyuncs.com/.."), [403; 4]),
    (Target("/proxy/./iot.cn-shanghai.aliyuncs.com/"), [403; 4]),
    (Target("/proxy/../"), [405, 403, 405, 403]),
    (Target("/../proxy/iot.cn-shanghai.aliyuncs.com/"), [400, 400, 403, 403]),
    (Target("//proxy/iot.cn-shanghai.aliyuncs.com/"), [403; 4]),
    (Target("/proxy//iot.cn-shanghai.aliyuncs.com/"), [403; 4]),
    (Target("/proxy\\iot.cn-shanghai.aliyuncs.com/"), [404, 403, 405, 403]),
    (Target("/proxy/"), [403; 4]),
    (Target("/"), [405, 403, 405, 403]),
    (Target("/iot.cn-shanghai.aliyuncs.com/"), [404, 403, 405, 403]),
    (Target("http://evil.example/"), [421; 4]),
    (Target("https://iot.cn-shanghai.aliyuncs.com/"), [421; 4]),
    (Target("https://evil.example/proxy/iot.cn-shanghai.aliyuncs.com/"), [421; 4]),
    (Target("*"), [400, 400, 405, 403]),
    (Host("evil.example"), [421; 4]),
    (Host("iot.cn-shanghai.aliyuncs.com"), [421; 4]),
    (Host("127.0.0.1"), [421; 4]),
    (Host("localhost.evil.example"), [421; 4]),
    (Host("localhost/proxy/"), [400; 4]),
    (Host("localhost\r\nHost: evil.example"), [400; 4]),
    (Method("GET"), [405; 4]),
    (Method("HEAD"), [405; 4]),
    (Method("PUT"), [405; 4]),
    (Method("DELETE"), [405; 4]),
    (Method("TRACE"), [405; 4]),
    (Method("OPTIONS"), [405; 4]),
    (Method("post"), [400, 400, 405, 405]),
    (Origin(""), [403; 4]),
    (Origin("null"), [403; 4]),
    (Origin("none"), [403; 4]),
    (Origin("https://evil.example"), [403; 4]),
    (Origin("OWN.evil.example"), [403; 4]),
    (Origin("OWN/"), [403; 4]),
    (Origin("OWN, https://evil.example"), [403; 4]),
    (Origin("http://localhost"), [403; 4]),
    (Preflight("https://evil.example", "POST"), [403; 4]),
    (Preflight("null", "POST"), [403; 4]),
    (Preflight("OWN", "PUT"), [405; 4]),
    (Preflight("OWN", "GET"), [405; 4]),
    (Length(9 << 20), [413; 4]),
    (Length(u64::MAX), [400; 4]),
    (Header("Content-Length: 7"), [400; 4]),
    (Header("Transfer-Encoding: chunked"), [400, 400, 411, 411]),
    (Header("Transfer-Encoding: identity, chunked"), [501; 4]),
    (Header("Content-Type : text/plain"), [400; 4]),
    (Header("x-acs-action: a\0b"), [400; 4]),
    (Header(" folded: line"), [400, 400, 403, 403]),
];

/// The body of a call that would get through.
const BODY: &str = "a=b";
/// The same in one chunk.
const CHUNKED_BODY: &str = "3\r\na=b\r\n0\r\n\r\n";

impl Sent {
    fn name(&self) -> String {
        match self {
            Self::Method(method) => format!("method {method}"),
            Self::Target(target) => format!("target {target}"),
            Self::Origin(origin) => format!("Origin: {origin}"),
            Self::Preflight(origin, method) => format!("preflight of {method} from {origin}"),
            Self::Host(host) => format!("Host: {}", host.escape_debug()),
            Self::Header(header) => header.escape_debug().to_string(),
            Self::Length(length) => format!("a body of {length} bytes"),
        }
    }

    fn request(&self, world: &World) -> String {
        let own = world.origin();
        let target = if let Self::Target(target) = self { target } else { ADDRESS };
        let target = target.replace("CLOUD", &world.cloud.port.to_string());
        let method = match self {
            Self::Method(method) => method,
            Self::Preflight(..) => "OPTIONS",
            _ => "POST",
        };
        let host = if let Self::Host(host) = self { (*host).to_owned() } else { own.replace("https://", "") };
        let origin = match self {
            Self::Origin("") => String::new(),
            Self::Origin(origin) | Self::Preflight(origin, _) => format!("Origin: {}\r\n", origin.replace("OWN", &own)),
            _ => format!("Origin: {own}\r\n"),
        };
        let more = match self {
            Self::Header(header) => format!("{header}\r\n"),
            Self::Preflight(_, method) => format!("Access-Control-Request-Method: {method}\r\n"),
            _ => String::new(),
        };
        let body = match self {
            Self::Length(_) => "",
            Self::Header(header) if header.contains("chunked") => CHUNKED_BODY,
            _ => BODY,
        };
        let length = if let Self::Length(length) = self { *length } else { body.len() as u64 };
        format!(
            "{method} {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{origin}{more}\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\n\r\n{body}"
        )
    }
}

fn column(kind: Kind, shape: Shape) -> usize {
    ALL.iter().position(|column| *column == (kind, shape)).unwrap()
}

#[test]
fn whatever_is_not_a_call_to_a_listed_host_is_refused_and_calls_nobody() {
    let worlds = ALL.map(|(kind, shape)| (kind, shape, World::start("refusals", kind, shape)));
    let mut wrong = Vec::new();
    // Lines that begin so are shown by `cargo xtask test deploy`.
    println!("| {:<72} | nginx site | nginx proxy | Caddy site | Caddy proxy |", "refused");
    for (sent, expected) in CASES {
        let mut line = format!("| {:<72} |", sent.name());
        for (kind, shape, world) in &worlds {
            let answer = world.raw(sent.request(world).as_bytes());
            let status = answer.as_ref().map_or(0, |answer| answer.status);
            line.push_str(&format!(" {status:>10} |"));
            let expected = expected[column(*kind, *shape)];
            if status != expected {
                wrong.push(format!("{kind}, {shape}: {} got {status}, not {expected}", sent.name()));
            }
            let called = (world.cloud.connections(), world.names.asked().len());
            assert_eq!(called, (0, 0), "{kind}, {shape}: {} called somebody", sent.name());
        }
        println!("{line}");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // The same request without what was wrong with it gets through, so that not everything is refused.
    for (kind, shape, world) in &worlds {
        let good = Method("POST").request(world);
        assert_eq!(world.raw(good.as_bytes()).map(|answer| answer.status), Some(200), "{kind}, {shape}");
    }
}
