//! Asks a server on this machine for a page, to know whether it is up. In: a port and a path. Out: the status code.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::time::Duration;

use anyhow::{Context, Result, ensure};

/// More than a server on this machine needs for an answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// The status code of `GET path` on a port of this machine; none while nobody answers there.
pub fn status(port: u16, path: &str) -> Option<u16> {
    let mut stream = TcpStream::connect_timeout(&address(port), PATIENCE).ok()?;
    stream.set_read_timeout(Some(PATIENCE)).ok()?;
    let request = format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).ok()?;
    let mut head = [0; 12];
    stream.read_exact(&mut head).ok()?;
    status_code(&head)
}

/// The code in the first bytes of an answer, `HTTP/1.1 200`.
fn status_code(head: &[u8]) -> Option<u16> {
    std::str::from_utf8(head).ok()?.strip_prefix("HTTP/1.")?.split(' ').nth(1)?.parse().ok()
}

/// The text that `GET path` on a port of this machine is answered with.
pub fn body(port: u16, path: &str) -> Result<String> {
    let mut stream = TcpStream::connect_timeout(&address(port), PATIENCE).context("connecting to a server")?;
    stream.set_read_timeout(Some(PATIENCE)).context("setting a time-out")?;
    // HTTP/1.0 has no chunks.
    write!(stream, "GET {path} HTTP/1.0\r\nHost: 127.0.0.1:{port}\r\n\r\n").context("asking a server")?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).context("reading a server's answer")?;
    let (head, body) = answer.split_once("\r\n\r\n").context("an answer without an end of its headers")?;
    ensure!(status_code(head.as_bytes()) == Some(200), "{path} was answered with {head}");
    Ok(body.to_owned())
}

/// Whether nobody listens on this port.
pub fn is_free(port: u16) -> bool {
    TcpListener::bind(address(port)).is_ok()
}

/// A port that was free a moment ago.
pub fn free_port() -> Result<u16> {
    let listener = TcpListener::bind(address(0)).context("looking for a free port")?;
    Ok(listener.local_addr().context("looking for a free port")?.port())
}

fn address(port: u16) -> SocketAddr {
    SocketAddr::from((Ipv4Addr::LOCALHOST, port))
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead, BufReader};
    use std::thread;

    use super::*;

    #[test]
    fn the_status_of_an_answer_is_read() {
        let listener = TcpListener::bind(address(0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        assert!(!is_free(port));
        let server = thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut request = String::new();
            BufReader::new(stream.try_clone().unwrap()).read_line(&mut request).unwrap();
            stream.write_all(b"HTTP/1.1 503 Service Unavailable\r\n\r\n").unwrap();
            request
        });
        assert_eq!(status(port, "/a?b=c"), Some(503));
        assert_eq!(server.join().unwrap(), "GET /a?b=c HTTP/1.1\r\n");
    }

    #[test]
    fn silence_and_other_protocols_have_no_status() {
        assert_eq!(status(free_port().unwrap(), "/"), None);
        assert_eq!(status_code(b"SSH-2.0-Open"), None);
    }
}
