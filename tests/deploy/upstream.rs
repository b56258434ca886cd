//! Stands where the cloud stands. In: whatever a proxy sends, over TLS. Out: a record of it, and an answer that tries
//! all that an answer must not do.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use rustls::{ServerConfig, ServerConnection, StreamOwned};

use crate::authority::Identity;

/// What the answer's body is.
pub const ANSWER: &str = r#"{"Success":true}"#;

/// How the vendor's gateway answers a key that it does not know.
const UNKNOWN_KEY: &str = r#"{"RequestId":"A8F1F799-9F90-5D3B-8D68-8A8A2F2C5F6D","HostId":"iot.cn-shanghai.aliyuncs.com",
    "Code":"InvalidAccessKeyId.NotFound","Message":"Specified access key is not found."}"#;

/// How long the answer is that a body may ask for: more than either server keeps in its buffers, in bytes.
pub const LARGE_ANSWER: usize = 8 << 20;

/// Headers that speak to a browser or to a proxy, and that no proxy is to pass on.
pub const FORBIDDEN_HEADERS: &[&str] = &[
    "Set-Cookie: session=upstream",
    "Access-Control-Allow-Origin: *",
    "Access-Control-Allow-Credentials: true",
    "Access-Control-Expose-Headers: *",
    "Alt-Svc: h3=\"evil.example:443\"",
    "Clear-Site-Data: \"*\"",
    "Content-Location: /elsewhere",
    "Link: <https://evil.example/>; rel=preload",
    "NEL: {}",
    "Refresh: 0; url=https://evil.example/",
    "Report-To: {}",
    "Service-Worker-Allowed: /",
    "SourceMap: https://evil.example/map",
    "Strict-Transport-Security: max-age=0",
    "Timing-Allow-Origin: *",
    "WWW-Authenticate: Basic",
    "X-Accel-Redirect: /index.html",
    "X-Accel-Limit-Rate: 1",
];

/// A request as it arrived.
#[derive(Clone, Debug)]
pub struct Arrived {
    /// The name that TLS was asked for.
    pub server_name: String,
    /// The request line and the headers, one a line.
    pub head: Vec<String>,
    pub body: Vec<u8>,
}

impl Arrived {
    /// The headers, names in lower case, sorted.
    pub fn headers(&self) -> Vec<(String, String)> {
        let split = |line: &String| line.split_once(':').map(|(n, v)| (n.to_lowercase(), v.trim().to_owned()));
        let mut headers: Vec<_> = self.head[1..].iter().map(|line| split(line).unwrap()).collect();
        headers.sort();
        headers
    }

    /// A header's value.
    pub fn header(&self, name: &str) -> Option<String> {
        self.headers().into_iter().find_map(|(found, value)| (found == name).then_some(value))
    }
}

pub struct Upstream {
    pub port: u16,
    connections: Arc<AtomicUsize>,
    arrived: Arc<Mutex<Vec<Arrived>>>,
}

impl Upstream {
    /// Answers until the tests end.
    pub fn start(identity: &Identity) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let upstream = Self { port, connections: Arc::default(), arrived: Arc::default() };
        let (connections, arrived) = (Arc::clone(&upstream.connections), Arc::clone(&upstream.arrived));
        let config = Arc::clone(&identity.config);
        thread::spawn(move || {
            for stream in listener.incoming() {
                connections.fetch_add(1, Ordering::SeqCst);
                let (config, arrived) = (Arc::clone(&config), Arc::clone(&arrived));
                // A client that refuses the certificate ends the conversation: then nothing has arrived.
                thread::spawn(move || converse(stream.unwrap(), config, &arrived).ok());
            }
        });
        upstream
    }

    /// Connections so far, also those over which nothing was said.
    pub fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    /// Requests so far.
    pub fn arrived(&self) -> Vec<Arrived> {
        self.arrived.lock().unwrap().clone()
    }

    /// The latest request.
    pub fn last(&self) -> Arrived {
        self.arrived().pop().expect("nothing has arrived")
    }
}

fn converse(stream: TcpStream, config: Arc<ServerConfig>, arrived: &Mutex<Vec<Arrived>>) -> std::io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    let connection = ServerConnection::new(config).map_err(std::io::Error::other)?;
    let mut stream = StreamOwned::new(connection, stream);
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        stream.read_exact(&mut byte)?;
        head.push(byte[0]);
    }
    let head = String::from_utf8_lossy(&head).trim_end().lines().map(str::to_owned).collect();
    let server_name = stream.conn.server_name().unwrap_or_default().to_owned();
    let mut request = Arrived { server_name, head, body: Vec::new() };
    let length = request.header("content-length").map_or(0, |length| length.parse().unwrap());
    request.body.resize(length, 0);
    stream.read_exact(&mut request.body)?;
    let answer = answer(&request.body);
    arrived.lock().unwrap().push(request);
    stream.write_all(answer.as_bytes())?;
    stream.conn.send_close_notify();
    stream.flush()
}

/// The body asks for a redirect, a refusal of the cloud's, or much; whom nobody knows is refused; everything else is
/// answered with success.
fn answer(body: &[u8]) -> String {
    let (status, content) = match body {
        b"answer=redirect" => ("307 Temporary Redirect\r\nLocation: https://evil.example/", ANSWER.to_owned()),
        b"answer=refusal" => ("400 Bad Request", ANSWER.to_owned()),
        b"answer=large" => ("200 OK", "a".repeat(LARGE_ANSWER)),
        body if body.starts_with(b"AccessKeyId=connection-test&") => ("404 Not Found", UNKNOWN_KEY.to_owned()),
        _ => ("200 OK", ANSWER.to_owned()),
    };
    let (length, headers) = (content.len(), FORBIDDEN_HEADERS.join("\r\n"));
    format!(
        "HTTP/1.1 {status}\r\n{headers}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\
         Connection: close\r\n\r\n{content}"
    )
}
