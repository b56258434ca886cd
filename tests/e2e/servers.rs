//! Servers of a test's own: the published site on a static host, and others. Each ends when it is dropped.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::page::setting;

/// Where the published site is.
pub fn published() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("dist")
}

/// Copies the published site into a folder.
pub fn copy_site(to: &Path) {
    for entry in std::fs::read_dir(published()).unwrap() {
        let file = entry.unwrap().path();
        std::fs::copy(&file, to.join(file.file_name().unwrap())).unwrap();
    }
}

/// A server, and where it is.
pub struct Server {
    child: Child,
    /// Its address, as it says itself.
    pub address: String,
}

impl Server {
    /// The published site, with the proxy to a simulated cloud beside it.
    pub fn site(cloud: &str) -> Self {
        Self::site_in(&published(), cloud)
    }

    /// The same from another folder.
    pub fn site_in(folder: &Path, cloud: &str) -> Self {
        let mut node = Command::new("node");
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/e2e/static.mjs");
        Self::start(node.arg(script).arg(folder).arg(cloud))
    }

    /// A folder on a host that sends no header of its own, as Python has one.
    pub fn plain(folder: &Path) -> Self {
        let mut python = Command::new(setting("E2E_PYTHON"));
        python.args(["-u", "-m", "http.server", "0", "--bind", "127.0.0.1", "--directory"]).arg(folder);
        Self::start(python.stderr(Stdio::null()))
    }

    /// What browsers reported to be against the site's policy.
    pub fn reports(&self) -> Vec<String> {
        let mut answer = ureq::get(format!("{}reports", self.address)).call().unwrap();
        serde_json::from_str(&answer.body_mut().read_to_string().unwrap()).unwrap()
    }

    /// A program whose first line says where it listens.
    pub fn start(command: &mut Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line
            .split(|sign: char| sign.is_whitespace() || "()".contains(sign))
            .find(|word| word.starts_with("http://"))
            .unwrap()
            .to_owned();
        Self { child, address }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}
