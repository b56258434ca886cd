//! Servers of a test's own: the published site on a static host, and others. Each ends when it is dropped.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// A server, and where it is.
pub struct Server {
    child: Child,
    /// Its address, as it says itself.
    pub address: String,
}

impl Server {
    /// The published site, with the proxy to a simulated cloud beside it.
    pub fn site(cloud: &str) -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut node = Command::new("node");
        Self::start(node.arg(root.join("tests/e2e/static.mjs")).arg(root.join("dist")).arg(cloud))
    }

    /// A program whose first line says where it listens.
    pub fn start(command: &mut Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.split_whitespace().find(|word| word.starts_with("http://")).unwrap().to_owned();
        Self { child, address }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}
