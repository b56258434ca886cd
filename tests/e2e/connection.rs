//! Where calls go, who can read the answers, and the test of a connection: it tells apart what a page can tell apart, and
//! changes nothing.

use serde_json::json;

use crate::browser::{drive, empty_folder};
use crate::cloud;
use crate::page::{Page, setting};
use crate::servers::Server;

const BY_PROXY: &str = "?connection=proxy&region=simcloud&product=a1SimCloud1&count=60";

/// Tests the connection that is filled in, and waits until these words stand there.
async fn tried(page: &Page, words: &[&str]) {
    page.click("connection-test").await;
    page.text_with("connection-tried", words).await;
}

/// The simulated cloud's server, with its port.
fn cloud_host() -> String {
    setting("E2E_CLOUD_URL").replace("http://", "").trim_end_matches('/').to_owned()
}

#[test]
fn a_connection_is_tried_out_before_there_is_a_key_and_then_with_it() {
    drive("tried", BY_PROXY, async |page| {
        tried(page, &["The cloud answers through 127.0.0.1", "No key was tried"]).await;
        page.fill_credentials("testsecret").await;
        assert!(!page.has("connection-tried").await, "it was about another key");
        tried(page, &["The AccessKey is in order."]).await;
        page.fill("access-key-id", "deniedid").await;
        tried(page, &["It may not list products, which a run does not need"]).await;
        page.fill_credentials("wrongsecret").await;
        tried(page, &["The cloud answers", "But it finds fault", "AccessKey secret is wrong"]).await;
        assert_eq!(page.attribute("notice", "data-code").await, "SignatureDoesNotMatch");
        // Nothing but the list of products was asked for, and the secret stays for the run.
        assert_eq!(cloud::state()["devices"]["a1SimCloud1"], 0);
        let calls = cloud::state()["calls"].as_object().unwrap().clone();
        assert_eq!(calls.keys().collect::<Vec<_>>(), ["QueryProductList"]);
        assert_eq!(page.value("access-key-secret").await, "wrongsecret");
    });
}

#[test]
fn a_wrong_clock_is_told_before_there_is_a_key() {
    drive("clock", BY_PROXY, async |page| {
        cloud::set_faults(&json!({ "clock_skew_ms": 3_600_000 }));
        tried(page, &["The cloud answers", "this computer's time too far off"]).await;
        assert_eq!(page.attribute("notice", "data-code").await, "InvalidTimeStamp.Expired");
    });
}

#[test]
fn what_is_wrong_with_the_way_is_named() {
    let plain = Server::plain(&empty_folder("no_proxy"));
    drive("ways", BY_PROXY, async |page| {
        cloud::set_fault("", 1, json!({ "html": { "status": 502, "executed": false } }));
        tried(page, &["Something between this page and Alibaba Cloud answered", "502"]).await;
        page.fill("proxy-url", "nowhere").await;
        tried(page, &["HTTP status 405", "does not forward to the cloud"]).await;
        page.fill("proxy-url", "http://127.0.0.1:9/proxy").await;
        tried(page, &["Nothing answers at 127.0.0.1:9", "certificate"]).await;
        page.fill("proxy-url", &plain.address).await;
        tried(
            page,
            &["does not let this page read it (CORS)", "list of origins lacks", "This page's origin is http://127"],
        )
        .await;
        page.fill("proxy-url", "http://proxy.example/").await;
        page.click("connection-test").await;
        page.text_with("error-summary", &["https://"]).await;
    });
}

#[test]
fn the_stations_of_a_call_show_and_a_proxy_on_another_host_is_warned_about() {
    drive("stations", "?connection=proxy&region=eu-central-1", async |page| {
        page.text_with("trust", &["This tab", "127.0.0.1:", "TLS ends there", "iot.eu-central-1.aliyuncs.com"]).await;
        page.text_with("trust", &["on this computer"]).await;
        assert!(!page.has("foreign-proxy").await);
        page.fill("proxy-url", "https://proxy.example.com/iot").await;
        page.text_with("foreign-proxy", &["proxy.example.com is another host than this page's"]).await;
        page.fill("proxy-url", "http://proxy.example.com/iot").await;
        assert!(!page.text("trust").await.contains("on this computer"), "plain http does not make it so");
        page.paste("proxy-url", "").await;
        page.until("no warning of nothing", async || Ok((!page.has("foreign-proxy").await).then_some(()))).await;
        page.choose("connection", "direct").await;
        assert!(!page.text("trust").await.contains("proxy.example.com"));
        page.choose("connection", "demo").await;
        assert!(!page.find("trust").await.is_displayed().await.unwrap());
    });
}

#[test]
fn the_direct_way_is_a_simple_request_and_one_of_v3_is_known_by_its_preflight() {
    drive("direct", &format!("?connection=direct&endpoint={}&product=a1SimCloud1", cloud_host()), async |page| {
        page.fill_credentials("testsecret").await;
        tried(page, &["answers, and this page may read it: no proxy is needed", "The AccessKey is in order"]).await;
        page.choose("signature", "v3").await;
        tried(page, &["not to calls with the headers of Signature V3", "Choose Signature V1"]).await;
    });
}

#[test]
fn what_the_sites_own_policy_forbids_is_told_from_what_does_not_answer() {
    let site = Server::site(&setting("E2E_CLOUD_URL"));
    let direct = format!("?connection=direct&endpoint={}&product=a1SimCloud1", cloud_host());
    drive("forbidden", "", async |page| {
        page.visit_site(&(site.address.clone() + &direct)).await;
        tried(page, &["The policy of this site", "forbids calls to 127.0.0.1", "None has left"]).await;
        page.choose("connection", "proxy").await;
        page.choose("region", "simcloud").await;
        page.paste("endpoint-host", "").await;
        tried(page, &["The cloud answers through 127.0.0.1"]).await;
        page.fill("proxy-url", "login").await;
        tried(page, &["sends the browser on to another address"]).await;
    });
}
