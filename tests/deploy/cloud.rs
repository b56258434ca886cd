//! The simulated cloud's server, for calls that are to be signed and understood. In: nothing, or a configuration. Out: its
//! address, what it holds, and calls to it as the engine makes them.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::SystemTime;

use provisioner_core::cloud::{Call, HttpRequest, StampSource, build_request};
use provisioner_core::model::action::Action;
use provisioner_core::plan::{Route, Signature, Target};
use provisioner_core::secret::{AccessKey, Secret};
use provisioner_core::time::WallTime;
use serde_json::Value;

use crate::server::setting;

/// A server of its own; ended when it is dropped.
pub struct Cloud {
    child: Child,
    pub address: String,
    stamps: StampSource,
}

impl Cloud {
    pub fn start() -> Self {
        Self::started(&mut Command::new(setting("DEPLOY_SIMCLOUD")))
    }

    /// With the configuration in a file.
    pub fn configured(file: &Path) -> Self {
        Self::started(Command::new(setting("DEPLOY_SIMCLOUD")).arg("--config").arg(file))
    }

    fn started(command: &mut Command) -> Self {
        let mut child = command.args(["--listen", "127.0.0.1:0"]).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        // The first line printed says where it listens.
        let port = line.split("127.0.0.1:").nth(1).unwrap().split(|c: char| !c.is_ascii_digit()).next().unwrap();
        Self { child, address: format!("http://127.0.0.1:{port}"), stamps: StampSource::new([7; 16]) }
    }

    /// The host that an administrator adds for it.
    pub fn host(&self) -> Vec<(&'static str, String)> {
        vec![("simcloud", self.address.clone())]
    }

    /// How many devices its first product has.
    pub fn devices(&self) -> u64 {
        self.read("state")["devices"]["a1SimCloud1"].as_u64().unwrap()
    }

    /// The devices of a product, with all that the cloud knows of them.
    pub fn devices_of(&self, product_key: &str) -> Vec<Value> {
        self.read(&format!("devices?product_key={product_key}")).as_array().unwrap().clone()
    }

    /// Sets faults, in the JSON of its `--help`, in place of all others.
    pub fn set_faults(&self, faults: &Value) {
        ureq::post(format!("{}/_sim/faults", self.address)).send(faults.to_string()).unwrap();
    }

    fn read(&self, page: &str) -> Value {
        let mut answer = ureq::get(format!("{}/_sim/{page}", self.address)).call().unwrap();
        serde_json::from_str(&answer.body_mut().read_to_string().unwrap()).unwrap()
    }

    /// A call to it through the proxy at `base`, signed by the project's own code with permanent or temporary credentials.
    pub fn call(&mut self, base: &str, signature: Signature, temporary: bool) -> HttpRequest {
        let params = [("ProductKey", "a1SimCloud1"), ("CurrentPage", "1"), ("PageSize", "1")];
        let call = Call {
            action: Action::QueryDevice,
            params: params.into_iter().map(|(name, value)| (name.into(), value.to_owned())).collect(),
        };
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
        let stamp = self.stamps.stamp(WallTime(u64::try_from(now.as_millis()).unwrap()));
        let key = AccessKey {
            id: if temporary { "STS.testid" } else { "testid" }.to_owned(),
            secret: Secret::new("testsecret".to_owned()),
            token: temporary.then(|| Secret::new("testtoken".to_owned())),
        };
        let route = Route::Proxy { base: base.to_owned() };
        let target = Target { route, host: "simcloud".to_owned(), region_id: "cn-shanghai".to_owned(), signature };
        build_request(&call, &stamp, &key, &target)
    }
}

impl Drop for Cloud {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}
