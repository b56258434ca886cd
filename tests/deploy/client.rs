//! Speaks HTTP/1.1 over TLS, byte by byte as it is told. In: a whole request, however odd. Out: the answer.

use std::io::{ErrorKind, Read as _, Write as _};
use std::net::TcpStream;
use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::ServerName;
use rustls::{ClientConfig, ClientConnection, StreamOwned};

/// More than a server on this machine needs, also for a call that it passes on.
const PATIENCE: Duration = Duration::from_secs(20);

/// An answer, as far as it came.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Answer {
    /// A header's value; where it stands twice, all of them.
    pub fn header(&self, name: &str) -> Option<String> {
        let values: Vec<&str> =
            self.headers.iter().filter(|(found, _)| found == name).map(|(_, value)| value.as_str()).collect();
        (!values.is_empty()).then(|| values.join(", "))
    }
}

/// Opens a connection to a server on this machine that calls itself `localhost`.
pub fn connect(port: u16, config: &Arc<ClientConfig>) -> StreamOwned<ClientConnection, TcpStream> {
    let stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    let connection = ClientConnection::new(Arc::clone(config), ServerName::try_from("localhost").unwrap()).unwrap();
    StreamOwned::new(connection, stream)
}

/// Sends a request on a connection of its own; none where the server closes without an answer.
pub fn send(port: u16, config: &Arc<ClientConfig>, request: &[u8]) -> Option<Answer> {
    let mut stream = connect(port, config);
    // A server may refuse, and close, before it has read everything.
    if let Err(error) = stream.write_all(request).and_then(|()| stream.flush()) {
        assert!(matches!(error.kind(), ErrorKind::BrokenPipe | ErrorKind::ConnectionReset), "{error}");
    }
    let mut received = Vec::new();
    while whole(&received).is_none() && receive(&mut stream, &mut received) {}
    parse(&received)
}

/// Takes what comes next, and does not try again to send what could not be sent; whether there can be more.
fn receive(stream: &mut StreamOwned<ClientConnection, TcpStream>, received: &mut Vec<u8>) -> bool {
    match stream.conn.reader().read_to_end(received) {
        Ok(_) => return false,
        Err(error) if error.kind() == ErrorKind::WouldBlock => {}
        // Closed without a farewell of TLS's.
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => return false,
        Err(error) => panic!("{error}"),
    }
    match stream.conn.read_tls(&mut stream.sock) {
        Ok(_) => stream.conn.process_new_packets().is_ok(),
        Err(error) if error.kind() == ErrorKind::ConnectionReset => false,
        Err(error) => panic!("{error}"),
    }
}

/// The answer, once all that it announces is there.
fn whole(received: &[u8]) -> Option<Answer> {
    let answer = parse(received)?;
    let announced = answer.header("content-length")?.parse().unwrap();
    (answer.body.len() >= announced).then_some(answer)
}

fn parse(received: &[u8]) -> Option<Answer> {
    let end = received.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = std::str::from_utf8(&received[..end]).unwrap();
    let mut lines = head.lines();
    let status = lines.next()?.split(' ').nth(1)?.parse().unwrap();
    let split = |line: &str| line.split_once(':').map(|(n, v)| (n.to_lowercase(), v.trim().to_owned())).unwrap();
    let mut answer = Answer { status, headers: lines.map(split).collect(), body: received[end + 4..].to_vec() };
    if answer.header("transfer-encoding").is_some() {
        answer.body = joined(&answer.body);
    }
    Some(answer)
}

/// The chunks of a body, as far as they came, in one (RFC 9112 §7.1).
fn joined(mut chunks: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    while let Some(end) = chunks.windows(2).position(|two| two == b"\r\n") {
        let size = usize::from_str_radix(std::str::from_utf8(&chunks[..end]).unwrap(), 16).unwrap();
        let Some(chunk) = chunks.get(end + 2..end + 2 + size) else { break };
        body.extend(chunk);
        chunks = chunks.get(end + 2 + size + 2..).unwrap_or_default();
    }
    body
}
