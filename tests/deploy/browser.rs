//! Chromium registers a thousand devices through each server: from the page beside the proxy, and from a page elsewhere.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use fantoccini::{Client, ClientBuilder, Locator};
use serde_json::{Map, Value, json};

use crate::server::{Kind, Shape, setting};
use crate::world::{Plan, World};

const DEVICES: usize = 1_000;

/// Longest wait for anything; a run takes a few seconds of it.
const PATIENCE: Duration = Duration::from_secs(120);

/// The simulated cloud's server; ended when it is dropped.
struct Cloud {
    child: Child,
    address: String,
}

impl Cloud {
    fn start() -> Self {
        let mut command = Command::new(setting("DEPLOY_SIMCLOUD"));
        let mut child = command.args(["--listen", "127.0.0.1:0"]).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        // The first line printed says where it listens.
        let port = line.split("127.0.0.1:").nth(1).unwrap().split(|c: char| !c.is_ascii_digit()).next().unwrap();
        Self { child, address: format!("http://127.0.0.1:{port}") }
    }

    fn read(&self, path: &str) -> Value {
        let mut answer = ureq::get(format!("{}{path}", self.address)).call().unwrap();
        serde_json::from_str(&answer.body_mut().read_to_string().unwrap()).unwrap()
    }
}

impl Drop for Cloud {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

/// A browser that takes the test's own authority for good: that certificates are checked is shown elsewhere.
async fn browser() -> Client {
    let arguments = [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage",
    ];
    let mut capabilities = Map::new();
    capabilities.insert("acceptInsecureCerts".to_owned(), true.into());
    capabilities.insert("goog:chromeOptions".to_owned(), json!({ "args": arguments }));
    let connector = hyper_util::client::legacy::connect::HttpConnector::new();
    let mut builder = ClientBuilder::new(connector);
    builder.capabilities(capabilities).connect(&setting("DEPLOY_WEBDRIVER_URL")).await.unwrap()
}

/// Fills in what an address cannot say, starts, and gives verdict and count of the run's panel.
async fn run(client: &Client, address: &str) -> (String, String) {
    client.goto(address).await.unwrap();
    for (field, text) in [("access-key-id", "testid"), ("access-key-secret", "testsecret")] {
        let css = format!("[data-testid='{field}']");
        let element = client.wait().at_most(PATIENCE).for_element(Locator::Css(&css)).await.unwrap();
        element.send_keys(text).await.unwrap();
    }
    for button in ["review", "start"] {
        let css = format!("[data-testid='{button}']");
        let element = client.wait().at_most(PATIENCE).for_element(Locator::Css(&css)).await;
        element.unwrap_or_else(|error| panic!("no {button}: {error}")).click().await.unwrap();
    }
    let script = "const run = document.querySelector(\"[data-testid='run']\");
        const downloaded = document.querySelector(\"[data-testid='downloaded']\");
        return [run?.dataset.verdict ?? '', downloaded?.dataset.value ?? ''];";
    let started_at = Instant::now();
    loop {
        let state = client.execute(script, Vec::new()).await.unwrap();
        let [verdict, downloaded] = [&state[0], &state[1]].map(|value| value.as_str().unwrap().to_owned());
        if !verdict.is_empty() {
            return (verdict, downloaded);
        }
        if started_at.elapsed() > PATIENCE {
            let text = client.find(Locator::Css("body")).await.unwrap().text().await.unwrap();
            panic!("the run has no verdict; the page says:\n{text}");
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// Drives the page at an address through a run, and holds what it shows against what the cloud has.
fn register(address: &str, cloud: &Cloud) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let client = browser().await;
        let outcome = run(&client, address).await;
        let script = "return performance.getEntriesByType('navigation')[0].nextHopProtocol;";
        let protocol = client.execute(script, Vec::new()).await.unwrap();
        client.close().await.unwrap();
        assert_eq!(outcome, ("complete".to_owned(), DEVICES.to_string()), "{address}");
        assert_eq!(protocol, "h2", "{address}");
    });
    assert_eq!(cloud.read("/_sim/state")["devices"]["a1SimCloud1"], DEVICES, "{address}");
}

fn query(more: &str) -> String {
    format!("?connection=proxy&region=simcloud&product=a1SimCloud1&naming=random&count={DEVICES}{more}")
}

fn host(cloud: &Cloud) -> Vec<(&'static str, String)> {
    vec![("simcloud", cloud.address.clone())]
}

#[test]
fn a_thousand_devices_are_registered_through_the_proxy_beside_the_page() {
    for kind in [Kind::Nginx, Kind::Caddy] {
        let cloud = Cloud::start();
        let plan = Plan { hosts: host(&cloud), ..Plan::new() };
        let world = World::planned("beside", kind, Shape::SiteAndProxy, plan);
        register(&format!("{}/{}", world.origin(), query("")), &cloud);
    }
}

#[test]
fn a_thousand_devices_are_registered_through_a_proxy_elsewhere() {
    for kind in [Kind::Nginx, Kind::Caddy] {
        let cloud = Cloud::start();
        let site = World::start("page-elsewhere", kind, Shape::SiteAndProxy);
        let plan = Plan { hosts: host(&cloud), origins: vec![site.origin()], ..Plan::new() };
        let proxy = World::planned("elsewhere", kind, Shape::ProxyAlone, plan);
        let more = format!("&proxy={}/proxy", proxy.origin());
        register(&format!("{}/{}", site.origin(), query(&more)), &cloud);
        assert!(!site.server.logs().contains("simcloud"), "the page went through the other proxy");
    }
}
