//! A browser that goes offline in the middle of a run, as its own developer tools make it, and comes back.

use std::time::Duration;

use serde_json::json;

use crate::browser::drive;
use crate::cloud;
use crate::main_job::through_the_proxy;
use crate::page::Page;

async fn set_offline(page: &Page, is_offline: bool) {
    let conditions = json!({ "offline": is_offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
    page.tell_browser("Network.emulateNetworkConditions", conditions).await;
}

/// Calls of every action that have reached the cloud.
fn calls() -> u64 {
    cloud::state()["calls"].as_object().unwrap().values().filter_map(serde_json::Value::as_u64).sum()
}

#[test]
fn a_run_waits_while_the_browser_is_offline_and_goes_on_by_itself() {
    drive("offline", &through_the_proxy("a1SimCloud1", 10_050), async |page| {
        page.fill_credentials("testsecret").await;
        page.review_and_start().await;
        page.phase("registering").await;
        set_offline(page, true).await;
        page.text_with("run", &["Offline: waiting"]).await;
        page.text_with("notice", &["lost its connection", "goes on by itself"]).await;
        // What was on its way has arrived a second later; four polls a second would have followed.
        tokio::time::sleep(Duration::from_secs(1)).await;
        let before = calls();
        tokio::time::sleep(Duration::from_secs(3)).await;
        assert_eq!(calls(), before, "a call left while the browser was offline");
        assert_eq!(page.attribute("run", "data-phase").await, "registering");
        set_offline(page, false).await;
        assert_eq!(page.verdict().await, "complete");
        assert_eq!(page.number("downloaded").await, 10_050);
        assert_eq!(cloud::devices("a1SimCloud1").len(), 10_050);
        assert_eq!(cloud::state()["calls"]["BatchRegisterDevice"], 2);
    });
}
