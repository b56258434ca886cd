//! A server of ours between a client and a cloud, both the test's. In: server and shape. Out: something to ask.

use std::sync::Arc;

use rustls::ClientConfig;

use crate::authority::{Authority, Identity, Validity};
use crate::client::{self, Answer};
use crate::names::Names;
use crate::server::{Adapted, Kind, Server, Shape};
use crate::upstream::Upstream;

/// The vendor's host at which the cloud of the test stands.
pub const SHANGHAI: &str = "iot.cn-shanghai.aliyuncs.com";

/// The address of that host at the proxy.
pub const ADDRESS: &str = "/proxy/iot.cn-shanghai.aliyuncs.com/";

pub struct World {
    pub server: Server,
    pub cloud: Upstream,
    pub names: Names,
    /// Trusted by the server and by the client.
    pub authority: Authority,
    client: Arc<ClientConfig>,
}

/// A world that is about to be.
pub struct Plan<'a> {
    pub origins: Vec<String>,
    pub hosts: Vec<(&'static str, String)>,
    pub changes: &'a [(&'a str, &'a str)],
    pub authority: Authority,
}

impl Plan<'_> {
    pub fn new() -> Self {
        Self { origins: Vec::new(), hosts: Vec::new(), changes: &[], authority: Authority::new() }
    }
}

impl World {
    /// With nothing but what every world has.
    pub fn start(name: &str, kind: Kind, shape: Shape) -> Self {
        Self::planned(name, kind, shape, Plan::new())
    }

    pub fn planned(name: &str, kind: Kind, shape: Shape, plan: Plan) -> Self {
        let Plan { origins, hosts, changes, authority } = plan;
        let issue = |name: &str| -> Identity { authority.issue(&[name], Validity::Current) };
        let (cloud, names) = (Upstream::start(&issue(SHANGHAI)), Names::start());
        let adapted = Adapted {
            identity: &issue("localhost"),
            origins,
            hosts,
            shanghai_port: cloud.port,
            names_port: names.port,
            authority_pem: authority.pem(),
            changes,
        };
        let server = Server::start(name, kind, shape, &adapted);
        let client = authority.client(&["http/1.1"]);
        Self { server, cloud, names, authority, client }
    }

    /// The server's own origin, which its list holds.
    pub fn origin(&self) -> String {
        format!("https://localhost:{}", self.server.port)
    }

    /// Sends these bytes.
    pub fn raw(&self, request: &[u8]) -> Option<Answer> {
        client::send(self.server.port, &self.client, request)
    }

    /// Sends a request with Host, length and these headers.
    pub fn ask(&self, method: &str, target: &str, headers: &[&str], body: &[u8]) -> Answer {
        let headers: String = headers.iter().map(|header| format!("{header}\r\n")).collect();
        let (port, length) = (self.server.port, body.len());
        let head = format!(
            "{method} {target} HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n{headers}\
             Content-Length: {length}\r\n\r\n"
        );
        self.raw(&[head.as_bytes(), body].concat()).unwrap_or_else(|| panic!("no answer to {method} {target}"))
    }

    /// A call as a page of the list makes it.
    pub fn call(&self, target: &str, headers: &[&str], body: &[u8]) -> Answer {
        let origin = format!("Origin: {}", self.origin());
        let form = "Content-Type: application/x-www-form-urlencoded";
        self.ask("POST", target, &[&[origin.as_str(), form], headers].concat(), body)
    }
}
