//! A name server that knows no name but this computer. In: questions over UDP. Out: 127.0.0.1, and a list of the names
//! that were asked for: a name that was not asked for was not called.

use std::net::UdpSocket;
use std::sync::{Arc, Mutex};
use std::thread;

/// RFC 1035 §4.1.1: the header before the question.
const HEADER_BYTES: usize = 12;
/// RFC 1035 §3.2.2.
const TYPE_A: [u8; 2] = [0, 1];

pub struct Names {
    pub port: u16,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Names {
    /// Answers until the tests end.
    pub fn start() -> Self {
        let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
        let port = socket.local_addr().unwrap().port();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let list = Arc::clone(&asked);
        thread::spawn(move || {
            let mut packet = [0; 1500];
            while let Ok((length, from)) = socket.recv_from(&mut packet) {
                let (name, answer) = answer(&packet[..length]);
                list.lock().unwrap().push(name);
                socket.send_to(&answer, from).unwrap();
            }
        });
        Self { port, asked }
    }

    /// How many names were asked for so far, and which.
    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

/// The name that a question is about, and the answer to it.
fn answer(question: &[u8]) -> (String, Vec<u8>) {
    let mut labels = Vec::new();
    let mut at = HEADER_BYTES;
    while question[at] != 0 {
        let end = at + 1 + usize::from(question[at]);
        labels.push(String::from_utf8_lossy(&question[at + 1..end]).into_owned());
        at = end;
    }
    let (kind, end) = (&question[at + 1..at + 3], at + 5);
    let has_address = kind == TYPE_A;
    let mut answer = question[..2].to_vec();
    // A response without error, recursion available; one question, one answer or none.
    answer.extend([0x81, 0x80, 0, 1, 0, u8::from(has_address), 0, 0, 0, 0]);
    answer.extend(&question[HEADER_BYTES..end]);
    if has_address {
        // The name of the question, type A, class IN, one second, four bytes.
        answer.extend([0xc0, 0x0c, 0, 1, 0, 1, 0, 0, 0, 1, 0, 4, 127, 0, 0, 1]);
    }
    (labels.join("."), answer)
}
