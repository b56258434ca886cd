//! Chromium registers a thousand devices through each server: from the page beside the proxy, and from a page elsewhere.

use std::time::{Duration, Instant};

use fantoccini::{Client, ClientBuilder, Locator};
use provisioner_core::cloud::HttpRequest;
use provisioner_core::plan::Signature;
use serde_json::{Map, Value, json};

use crate::cloud::Cloud;
use crate::server::{Kind, Shape, setting};
use crate::world::{Plan, World};

const DEVICES: u64 = 1_000;

/// Longest wait for anything; a run takes a few seconds of it.
const PATIENCE: Duration = Duration::from_secs(120);

async fn browser() -> Client {
    browser_with(&[], json!({})).await
}

/// A browser that takes the test's own authority for good: that certificates are checked is shown elsewhere.
pub async fn browser_with(flags: &[String], preferences: Value) -> Client {
    // As the browser tests start it: it may run as root, and asks nobody anything.
    let mut capabilities: Map<String, Value> = serde_json::from_str(include_str!("../../webdriver.json")).unwrap();
    let options = &mut capabilities["goog:chromeOptions"];
    options["args"].as_array_mut().unwrap().extend(flags.iter().map(|flag| flag.as_str().into()));
    options["prefs"] = preferences;
    capabilities.insert("acceptInsecureCerts".to_owned(), true.into());
    capabilities.insert("goog:loggingPrefs".to_owned(), json!({ "browser": "ALL" }));
    let connector = hyper_util::client::legacy::connect::HttpConnector::new();
    let mut builder = ClientBuilder::new(connector);
    builder.capabilities(capabilities).connect(&setting("DEPLOY_WEBDRIVER_URL")).await.unwrap()
}

/// What was written to the browser's console since this was asked for last.
pub async fn console(client: &Client) -> Vec<Value> {
    let session = client.session_id().await.unwrap().unwrap();
    let address = format!("{}session/{session}/se/log", setting("DEPLOY_WEBDRIVER_URL"));
    let mut answer = ureq::post(address).send(json!({ "type": "browser" }).to_string()).unwrap();
    let log: Value = serde_json::from_str(&answer.body_mut().read_to_string().unwrap()).unwrap();
    log["value"].as_array().unwrap().clone()
}

/// What the browser complains of in its console: above all, whatever a policy forbids.
async fn complaints(client: &Client) -> Vec<Value> {
    console(client).await.into_iter().filter(|entry| entry["level"] == "SEVERE").collect()
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

pub fn block_on(future: impl Future<Output = ()>) {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future);
}

/// Drives the page at an address through a run, and holds what it shows against what the cloud has.
fn register(address: &str, cloud: &Cloud) {
    block_on(async {
        let client = browser().await;
        let outcome = run(&client, address).await;
        let script = "return performance.getEntriesByType('navigation')[0].nextHopProtocol;";
        let protocol = client.execute(script, Vec::new()).await.unwrap();
        let complaints = complaints(&client).await;
        client.close().await.unwrap();
        assert_eq!(outcome, ("complete".to_owned(), DEVICES.to_string()), "{address}");
        assert_eq!(protocol, "h2", "{address}");
        assert!(complaints.is_empty(), "{address}: {complaints:?}");
    });
    assert_eq!(cloud.devices(), DEVICES, "{address}");
}

fn query(more: &str) -> String {
    format!("?connection=proxy&region=simcloud&product=a1SimCloud1&naming=random&count={DEVICES}{more}")
}

#[test]
fn a_thousand_devices_are_registered_through_the_proxy_beside_the_page() {
    for kind in [Kind::Nginx, Kind::Caddy] {
        let cloud = Cloud::start();
        let plan = Plan { hosts: cloud.host(), ..Plan::new() };
        let world = World::planned("beside", kind, Shape::SiteAndProxy, plan);
        register(&format!("{}/{}", world.origin(), query("")), &cloud);
    }
}

#[test]
fn a_thousand_devices_are_registered_through_a_proxy_elsewhere() {
    for kind in [Kind::Nginx, Kind::Caddy] {
        let cloud = Cloud::start();
        let site = World::start("page-elsewhere", kind, Shape::SiteAndProxy);
        let plan = Plan { hosts: cloud.host(), origins: vec![site.origin()], ..Plan::new() };
        let proxy = World::planned("elsewhere", kind, Shape::ProxyAlone, plan);
        let more = format!("&proxy={}/proxy", proxy.origin());
        register(&format!("{}/{}", site.origin(), query(&more)), &cloud);
        assert!(!site.server.logs().contains("simcloud"), "the page went through the other proxy");
    }
}

/// Sends a call from whatever page is open, and gives its body, or what the browser says in its place.
async fn fetch(client: &Client, request: &HttpRequest) -> String {
    let script = "const [url, headers, body, done] = arguments;
        fetch(url, { method: 'POST', headers, body }).then(answer => answer.text()).then(done, error => done(`${error}`));";
    let headers = request.headers.iter().cloned().map(|(name, value)| (name.to_owned(), value.into()));
    let headers: Map<String, Value> = headers.collect();
    let arguments = vec![request.url.clone().into(), headers.into(), request.body.clone().into()];
    client.execute_async(script, arguments).await.unwrap().as_str().unwrap().to_owned()
}

#[test]
fn a_page_of_the_list_may_ask_with_either_signature_and_no_other_page_may() {
    for kind in [Kind::Nginx, Kind::Caddy] {
        let mut cloud = Cloud::start();
        // The simulated cloud's own pages stand for pages elsewhere: by this name on the list, by the other not.
        let (listed, unlisted) = (cloud.address.clone(), cloud.address.replace("127.0.0.1", "localhost"));
        let plan = Plan { hosts: cloud.host(), origins: vec![listed.clone()], ..Plan::new() };
        let world = World::planned("asked", kind, Shape::ProxyAlone, plan);
        let base = format!("{}/proxy", world.origin());
        block_on(async {
            let client = browser().await;
            let mut outcomes = Vec::new();
            for page in [listed, unlisted] {
                client.goto(&format!("{page}/_sim/state")).await.unwrap();
                for signature in [Signature::V1, Signature::V3] {
                    outcomes.push(fetch(&client, &cloud.call(&base, signature, true)).await);
                }
            }
            client.close().await.unwrap();
            let [v1, v3, refused @ ..] = outcomes.as_slice() else { panic!("{outcomes:?}") };
            assert!(v1.contains("\"Success\":true") && v3.contains("\"Success\":true"), "{kind}: {outcomes:?}");
            assert_eq!(refused, ["TypeError: Failed to fetch"; 2], "{kind}");
        });
    }
}
