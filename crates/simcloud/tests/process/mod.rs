//! The server as a process, for tests and for the load example. In: the program and its arguments. Out: its address,
//! once it listens; it is ended with its owner.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// A running server.
pub struct Server {
    /// The process.
    pub process: Child,
    /// Where it listens, `127.0.0.1:port`.
    pub address: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already, which is what some are about.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Server {
    /// Starts it on a free port.
    pub fn spawn(program: &Path, arguments: &[&str]) -> std::io::Result<Self> {
        let mut process =
            Command::new(program).args(["--listen", "127.0.0.1:0"]).args(arguments).stdout(Stdio::piped()).spawn()?;
        let mut line = String::new();
        BufReader::new(process.stdout.take().expect("its output is piped")).read_line(&mut line)?;
        let address = line.trim().trim_start_matches("simcloud: listening on http://").trim_end_matches('/').to_owned();
        Ok(Self { process, address })
    }
}
