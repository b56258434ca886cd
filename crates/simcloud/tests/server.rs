//! The server as a process: started on a free port, spoken to over plain sockets, stopped by a signal.
#![cfg(not(target_arch = "wasm32"))]

mod process;

use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use process::Server;
use serde_json::Value;

/// What came back: the head as text, the body without its transfer coding.
struct Response {
    head: String,
    body: String,
}

impl Response {
    fn json(&self) -> Value {
        serde_json::from_str(&self.body).expect("JSON")
    }
}

/// Made by one of the vendor's SDKs for this time stamp; the server is told to take old ones.
const SIGNED_BY_SDK: &str = "AccessKeyId=testid&Action=QueryPageByApplyId&ApplyId=1295006&CurrentPage=1&Format=JSON\
    &PageSize=50&RegionId=cn-shanghai&SignatureMethod=HMAC-SHA1&SignatureNonce=6f2d1987-ff2b-7854-c601-42f0b9a5cce6\
    &SignatureVersion=1.0&Timestamp=2025-12-31T23%3A59%3A59Z&Version=2018-01-20&Signature=mof4k%2BpEDM4m6xoCCrZ1BCXlQdA%3D";
const OLD_STAMPS: &str = r#"{"choices": {"timestamp_window_ms": 9000000000000}}"#;

impl Server {
    fn start(arguments: &[&str]) -> Self {
        Self::spawn(Path::new(env!("CARGO_BIN_EXE_simcloud")), arguments).expect("the server starts")
    }

    fn with_config(name: &str, config: &str) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        std::fs::write(&path, config).expect("the configuration is written");
        Self::start(&["--config", path.to_str().expect("a path in UTF-8")])
    }

    fn connect(&self, method: &str, target: &str, body: &str) -> TcpStream {
        let mut stream = TcpStream::connect(&self.address).expect("it listens");
        stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a time-out can be set");
        let kind = "Content-Type: application/x-www-form-urlencoded";
        let length = body.len();
        let head = format!(
            "{method} {target} HTTP/1.1\r\nHost: simcloud\r\n{kind}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
        );
        stream.write_all((head + body).as_bytes()).expect("it reads");
        stream
    }

    fn ask(&self, method: &str, target: &str, body: &str) -> Response {
        let mut bytes = Vec::new();
        self.connect(method, target, body).read_to_end(&mut bytes).expect("it answers");
        let text = String::from_utf8(bytes).expect("UTF-8");
        let (head, body) = text.split_once("\r\n\r\n").expect("a head and a body");
        let chunked = head.to_lowercase().contains("transfer-encoding: chunked");
        Response { head: head.to_lowercase(), body: if chunked { unchunked(body) } else { body.to_owned() } }
    }
}

fn unchunked(mut text: &str) -> String {
    let mut whole = String::new();
    loop {
        let (size, rest) = text.split_once("\r\n").expect("a chunk's size");
        let size = usize::from_str_radix(size, 16).expect("a hexadecimal size");
        if size == 0 {
            return whole;
        }
        whole.push_str(&rest[..size]);
        text = &rest[size + 2..];
    }
}

#[test]
fn calls_are_answered_in_a_body_and_in_a_query_with_the_cors_header() {
    let server = Server::with_config("calls.json", OLD_STAMPS);
    let answer = server.ask("POST", "/", SIGNED_BY_SDK);
    assert!(answer.head.starts_with("http/1.1 200 "), "{}", answer.head);
    assert!(answer.head.contains("access-control-allow-origin: *"), "{}", answer.head);
    assert!(answer.head.contains("content-type: application/json;charset=utf-8"), "{}", answer.head);
    assert_eq!(answer.json()["Code"], "iot.device.DeviceApplyIsNotFound");

    let answer = server.ask("GET", &format!("/?{SIGNED_BY_SDK}"), "");
    assert!(answer.head.starts_with("http/1.1 400 "), "{}", answer.head);
    assert_eq!(answer.json()["Code"], "SignatureDoesNotMatch", "the method is part of what is signed");
}

#[test]
fn options_are_answered_with_the_headers_seen_at_the_vendors() {
    let answer = Server::start(&[]).ask("OPTIONS", "/", "");
    for header in [
        "http/1.1 200 ",
        "access-control-allow-origin: *",
        "access-control-allow-methods: post, get, options",
        "access-control-allow-headers: x-requested-with, x-sequence, _aop_secret, _aop_signature",
        "access-control-max-age: 172800",
    ] {
        assert!(answer.head.contains(header), "{header} in {}", answer.head);
    }
}

#[test]
fn state_counts_what_happened_and_a_reset_forgets_it() {
    let server = Server::with_config("state.json", OLD_STAMPS);
    server.ask("POST", "/", SIGNED_BY_SDK);
    let state = server.ask("GET", "/_sim/state", "").json();
    assert_eq!(state["devices"], serde_json::json!({"a1SimCloud1": 0, "a1SimCloud2": 0, "a1SimCloud3": 0}));
    assert_eq!((&state["batches"], &state["calls"]["QueryPageByApplyId"]), (&0.into(), &1.into()));
    assert_eq!(state["refused"]["iot.device.DeviceApplyIsNotFound"], 1);
    assert_eq!(state["peak_qps"]["QueryPageByApplyId"], 1);
    assert_eq!(server.ask("POST", "/_sim/reset", "").json(), serde_json::json!({}));
    assert_eq!(server.ask("GET", "/_sim/state", "").json()["calls"], serde_json::json!({}));
}

/// Signed by hand, outside this project: 9,000 devices under a1SimCloud1.
const REGISTER_9000: &str = "AccessKeyId=testid&Action=BatchRegisterDevice&Count=9000&Format=JSON\
    &ProductKey=a1SimCloud1&SignatureMethod=HMAC-SHA1&SignatureNonce=1&SignatureVersion=1.0\
    &Timestamp=2026-01-01T00%3A00%3A00Z&Version=2018-01-20&Signature=unl8lOXAhNJmX4aYs1T69UfwrKY%3D";

#[test]
fn all_devices_of_a_product_are_told_once_however_many_there_are() {
    let config = r#"{"batch_ms_min": 0, "devices_per_second": 1000000000,
        "choices": {"timestamp_window_ms": 9000000000000}}"#;
    let server = Server::with_config("devices.json", config);
    assert_eq!(server.ask("POST", "/", REGISTER_9000).json()["Success"], true);
    let devices = server.ask("GET", "/_sim/devices?product_key=a1SimCloud1", "").json();
    let rows = devices.as_array().expect("an array");
    let names: std::collections::BTreeSet<_> = rows.iter().map(|row| row["DeviceName"].as_str()).collect();
    assert_eq!((rows.len(), names.len()), (9000, 9000));
    let mut columns: Vec<_> = rows[0].as_object().expect("an object").keys().map(String::as_str).collect();
    columns.sort_unstable();
    assert_eq!(columns, ["ApplyId", "DeviceId", "DeviceName", "DeviceSecret", "IotId", "Nickname", "ProductKey"]);
    assert_eq!(rows[0]["ApplyId"], "10000001");
}

#[test]
fn devices_are_an_array_and_an_unknown_product_is_an_error() {
    let server = Server::start(&[]);
    assert_eq!(server.ask("GET", "/_sim/devices?product_key=a1SimCloud1", "").json(), serde_json::json!([]));
    assert!(server.ask("GET", "/_sim/devices?product_key=other", "").head.starts_with("http/1.1 404 "));
    assert!(server.ask("GET", "/_sim/devices", "").head.starts_with("http/1.1 404 "));
}

#[test]
fn a_lost_answer_closes_the_connection_or_holds_it_open() {
    let server = Server::with_config("lost.json", OLD_STAMPS);
    let lose = |close: bool| {
        let faults = format!(r#"{{"faults": [{{"effect": {{"request_lost": {{"close": {close}}}}}}}]}}"#);
        assert_eq!(server.ask("POST", "/_sim/faults", &faults).json(), serde_json::json!({}));
        let mut stream = server.connect("POST", "/", SIGNED_BY_SDK);
        stream.set_read_timeout(Some(Duration::from_millis(300))).expect("a time-out can be set");
        stream.read(&mut [0; 64])
    };
    assert_eq!(lose(true).expect("the end of the stream"), 0);
    let held = lose(false).expect_err("nothing arrives").kind();
    assert!(matches!(held, ErrorKind::WouldBlock | ErrorKind::TimedOut), "{held:?}");
    assert_eq!(server.ask("POST", "/", SIGNED_BY_SDK).json()["Code"], "iot.device.DeviceApplyIsNotFound");
}

#[test]
fn a_body_that_breaks_off_was_promised_longer() {
    let server = Server::with_config("broken.json", OLD_STAMPS);
    server.ask("POST", "/_sim/faults", r#"{"faults": [{"effect": {"broken_off": {"bytes": 10}}}]}"#);
    let answer = server.ask("POST", "/", SIGNED_BY_SDK);
    assert!(answer.head.contains("content-length: 11"), "{}", answer.head);
    assert_eq!(answer.body.len(), 10);
    assert_eq!(server.ask("POST", "/", SIGNED_BY_SDK).json()["Code"], "SignatureNonceUsed", "the call was done");
}

#[test]
fn every_effect_of_a_fault_can_be_set() {
    let server = Server::start(&[]);
    for effect in [
        r#""throttle""#,
        r#"{"refuse": {"status": 503, "code": "ServiceUnavailable"}}"#,
        r#"{"fail": {"code": "iot.system.SystemException"}}"#,
        r#"{"request_lost": {"close": true}}"#,
        r#"{"answer_lost": {"close": false}}"#,
        r#"{"delay": {"ms": 5}}"#,
        r#"{"jitter": {"ms_max": 5}}"#,
        r#""nonce_forgotten""#,
        r#"{"html": {"status": 500, "executed": true}}"#,
        r#"{"cut_off": {"bytes": 5}}"#,
        r#"{"broken_off": {"bytes": 5}}"#,
        r#""wrong_content_type""#,
        r#"{"empty_secret": {"row": 1}}"#,
        r#"{"missing_row": {"row": 1}}"#,
        r#"{"renamed_row": {"row": 1}}"#,
        r#"{"duplicate_row": {"row": 1}}"#,
        r#"{"shifted_rows": {"by": -1}}"#,
        r#"{"reordered": {}}"#,
        r#"{"fail_devices": {"count": 1}}"#,
        r#""stuck""#,
        r#"{"status": {"value": "PAUSED"}}"#,
    ] {
        let text = format!(r#"{{"seed": 7, "clock_skew_ms": -1000, "faults": [{{"times": 2, "effect": {effect}}}]}}"#);
        assert_eq!(server.ask("POST", "/_sim/faults", &text).json(), serde_json::json!({}), "{effect}");
    }
}

#[test]
fn choices_can_be_set_and_a_reset_takes_them_back() {
    let server = Server::with_config("choices.json", OLD_STAMPS);
    let code = || server.ask("POST", "/", SIGNED_BY_SDK).json()["Code"].clone();
    assert_eq!(code(), "iot.device.DeviceApplyIsNotFound");
    assert_eq!(server.ask("POST", "/_sim/choices", "{}").json(), serde_json::json!({}));
    assert_eq!(code(), "InvalidTimeStamp.Expired", "fifteen minutes are the default");
    let wrong = server.ask("POST", "/_sim/choices", r#"{"row_order": "sideways"}"#);
    assert!(wrong.head.starts_with("http/1.1 400 ") && wrong.body.contains("sideways"), "{}", wrong.body);
    server.ask("POST", "/_sim/reset", "");
    assert_eq!(code(), "iot.device.DeviceApplyIsNotFound");
}

#[test]
fn a_fault_that_does_not_exist_is_refused_with_its_name() {
    let answer = Server::start(&[]).ask("POST", "/_sim/faults", r#"{"faults": [{"effect": "thrttle"}]}"#);
    assert!(answer.head.starts_with("http/1.1 400 "));
    assert!(answer.json()["error"].as_str().is_some_and(|error| error.contains("thrttle")), "{}", answer.body);
}

#[test]
fn a_body_above_the_limit_is_refused() {
    let body = "x".repeat(8 * 1024 * 1024 + 1);
    let server = Server::start(&[]);
    let mut stream = server.connect("POST", "/", &body);
    let mut start = [0; 12];
    stream.read_exact(&mut start).expect("it answers");
    assert_eq!(&start, b"HTTP/1.1 413");
}

#[test]
fn a_delay_holds_every_answer_back() {
    let server = Server::start(&["--delay-ms", "400"]);
    let mut stream = server.connect("POST", "/", SIGNED_BY_SDK);
    stream.set_read_timeout(Some(Duration::from_millis(200))).expect("a time-out can be set");
    assert!(stream.read(&mut [0; 8]).is_err(), "it answered too early");
    stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a time-out can be set");
    assert_eq!(stream.read(&mut [0; 8]).expect("it answers"), 8);
}

#[test]
fn a_call_of_too_many_parameters_and_a_head_that_never_ends_are_refused() {
    let server = Server::start(&[]);
    assert!(server.ask("POST", "/", &"&".repeat(50_001)).head.starts_with("http/1.1 413 "));
    let mut stream = TcpStream::connect(&server.address).expect("it listens");
    // The server may close before it has read all of it.
    let _ = stream.write_all(format!("GET / HTTP/1.1\r\nX: {}", "x".repeat(200_000)).as_bytes());
    let mut start = [0; 12];
    stream.read_exact(&mut start).expect("it answers");
    assert_eq!(&start, b"HTTP/1.1 431");
}

#[test]
#[cfg(unix)]
fn connections_that_are_open_do_not_keep_it_from_stopping() {
    let mut server = Server::with_config("stop.json", OLD_STAMPS);
    server.ask("POST", "/_sim/faults", r#"{"faults": [{"effect": {"answer_lost": {"close": false}}}]}"#);
    let idle = TcpStream::connect(&server.address).expect("it listens");
    let mut head = TcpStream::connect(&server.address).expect("it listens");
    head.write_all(b"POST / HT").expect("it reads");
    let mut body = TcpStream::connect(&server.address).expect("it listens");
    body.write_all(b"POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\n").expect("it reads");
    let held = server.connect("POST", "/", SIGNED_BY_SDK);
    while server.ask("GET", "/_sim/state", "").json()["calls"]["QueryPageByApplyId"] != 1 {}
    let sent = Command::new("kill").arg(server.process.id().to_string()).status().expect("kill runs");
    assert!(sent.success());
    assert!(server.process.wait().expect("it ends").success());
    drop((idle, head, body, held));
}

#[test]
#[cfg(unix)]
fn an_answer_on_its_way_still_arrives_when_the_server_stops() {
    let server = Server::start(&["--delay-ms", "300"]);
    let mut stream = server.connect("POST", "/", SIGNED_BY_SDK);
    while server.ask("GET", "/_sim/state", "").json()["refused"]["InvalidTimeStamp.Expired"] != 1 {}
    let sent = Command::new("kill").arg(server.process.id().to_string()).status().expect("kill runs");
    assert!(sent.success());
    let mut text = String::new();
    stream.read_to_string(&mut text).expect("it answers");
    assert!(text.contains("InvalidTimeStamp.Expired"), "{text}");
}

#[test]
#[cfg(unix)]
fn both_signals_stop_it_cleanly() {
    for signal in ["-INT", "-TERM"] {
        let mut server = Server::start(&[]);
        let sent = Command::new("kill").args([signal, &server.process.id().to_string()]).status().expect("kill runs");
        assert!(sent.success());
        assert!(server.process.wait().expect("it ends").success(), "{signal}");
    }
}

#[test]
fn a_command_line_without_sense_ends_with_2() {
    let output = Command::new(env!("CARGO_BIN_EXE_simcloud")).arg("--nonsense").output().expect("it runs");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("--nonsense"));
}
