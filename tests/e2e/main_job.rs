//! The main job: registered, followed, downloaded; what is downloaded is what exists.

use crate::browser::drive;
use crate::cloud;
use crate::rows::{assert_same, csv_rows, json_rows};

pub fn through_the_proxy(product: &str, count: u32) -> String {
    format!("?connection=proxy&region=simcloud&product={product}&naming=random&count={count}")
}

#[test]
fn ten_thousand_devices_through_the_proxy_are_downloaded_as_they_exist() {
    drive("ten_thousand", &through_the_proxy("a1SimCloud1", 10_000), async |page| {
        page.fill_credentials("testsecret").await;
        page.click("review").await;
        assert_eq!(page.number("plan-devices").await, 10_000);
        assert_eq!(page.number("plan-batches").await, 1);
        page.click("start").await;
        assert_eq!(page.verdict().await, "complete");
        for counter in ["requested", "created", "downloaded"] {
            assert_eq!(page.number(counter).await, 10_000, "{counter}");
        }
        assert_eq!(page.attribute("run", "data-phase").await, "done");
        assert_eq!(page.attribute("credential-table", "aria-rowcount").await, "10001");

        let devices = cloud::devices("a1SimCloud1");
        let (csv_name, csv) = page.download("csv").await;
        assert_same(&csv_rows(&csv), "a1SimCloud1", &devices);
        let (json_name, json) = page.download("json").await;
        assert_same(&json_rows(&json), "a1SimCloud1", &devices);
        for (name, ending) in [(csv_name, "csv"), (json_name, "json")] {
            let parts: Vec<&str> = name.split(['_', '.']).collect();
            assert_eq!([parts[0], parts[1], parts[2], parts[4]], ["iot-devices", "a1SimCloud1", "10000", ending]);
            assert!(parts[3].len() == 16 && parts[3].ends_with('Z') && parts[3].contains('T'), "{name}");
        }

        let state = cloud::state();
        for (action, quota) in [
            ("BatchRegisterDevice", 10),
            ("QueryBatchRegisterDeviceStatus", 30),
            ("QueryPageByApplyId", 50),
            ("QueryDevice", 50),
        ] {
            let peak = state["peak_qps"][action].as_u64().unwrap_or_default();
            assert!(peak > 0 && peak <= quota, "{action}: {peak} of {quota} calls in one second");
        }
        assert_eq!(state["refused"], serde_json::json!({}));
        assert_eq!(state["devices"]["a1SimCloud1"], 10_000);
        assert_eq!(state["batches"], 1);
    });
}

#[test]
fn a_newcomer_has_a_hundred_demo_devices_after_two_clicks() {
    drive("demo", "", async |page| {
        page.review_and_start().await;
        assert_eq!(page.verdict().await, "complete");
        assert_eq!(page.number("downloaded").await, 100);
        let (_, csv) = page.download("csv").await;
        assert_eq!(csv_rows(&csv).len(), 100);
        assert_eq!(cloud::state()["calls"], serde_json::json!({}), "the demo calls no server");
    });
}

#[test]
fn an_instance_is_sent_along_and_a_second_run_follows_the_first() {
    let query = format!("{}&instance=iot-sim00001", through_the_proxy("a1SimCloud2", 60));
    drive("instance", &query, async |page| {
        page.fill_credentials("testsecret").await;
        page.review_and_start().await;
        assert_eq!(page.verdict().await, "complete");
        assert_eq!(cloud::devices("a1SimCloud2").len(), 60);
    });
}

#[test]
fn direct_mode_reaches_the_cloud_without_a_proxy() {
    let host = crate::page::setting("E2E_CLOUD_URL").replace("http://", "");
    let host = host.trim_end_matches('/');
    let query = format!("?connection=direct&region=cn-shanghai&endpoint={host}&product=a1SimCloud1&count=51");
    drive("direct", &query, async |page| {
        page.fill_credentials("testsecret").await;
        page.review_and_start().await;
        assert_eq!(page.verdict().await, "complete");
        assert_eq!(page.number("downloaded").await, 51);
    });
}

#[test]
fn the_share_of_the_quota_is_taken_from_the_address_or_the_form_and_sets_the_pace() {
    drive("share", &format!("{}&share=100", through_the_proxy("a1SimCloud1", 10_000)), async |page| {
        page.fill_credentials("testsecret").await;
        page.click("review").await;
        // 200 pages at 50 a second.
        assert_eq!(page.number("plan-seconds").await, 4);
        page.fill("quota-share", "9").await;
        page.click("review").await;
        page.text_with("error-summary", &["at least 10"]).await;
        page.fill("quota-share", "10").await;
        page.click("review").await;
        assert_eq!(page.number("plan-seconds").await, 40);
    });
}

#[test]
fn what_was_made_stays_downloadable_when_a_later_batch_is_refused() {
    drive("refused_batch", &through_the_proxy("a1SimCloud1", 10_050), async |page| {
        cloud::set_faults(&serde_json::json!({ "faults": [
            { "action": "BatchRegisterDevice", "nth": 2, "effect": { "fail": { "code": "iot.device.DeviceCountExceeded" } } }
        ] }));
        page.fill_credentials("testsecret").await;
        page.review_and_start().await;
        page.text_with("notice", &["Batch 2"]).await;
        assert_eq!(page.verdict().await, "incomplete");
        assert_eq!(page.number("downloaded").await, 10_000);
        let (_, csv) = page.download("csv").await;
        assert_eq!(csv_rows(&csv).len(), 10_000);
        assert_eq!(cloud::state()["calls"]["BatchRegisterDevice"], 2, "a refused batch is not sent again");
    });
}

/// A figure for the log, not a bound: how long the page takes to answer a click while 25,000 devices come in.
#[test]
fn twenty_five_thousand_demo_devices_are_complete_and_the_page_answers_meanwhile() {
    drive("twenty_five_thousand", "?connection=demo&product=a1SimCloud1&count=25000", async |page| {
        page.click("review").await;
        assert_eq!(page.number("plan-batches").await, 3);
        page.script(
            "window.waits = []; window.asking = setInterval(() => { const asked = performance.now();
             const channel = new MessageChannel();
             channel.port1.onmessage = () => requestAnimationFrame(() => window.waits.push(performance.now() - asked));
             document.body.dispatchEvent(new MouseEvent('click', { bubbles: true })); channel.port2.postMessage(0); }, 50);",
        )
        .await;
        page.click("start").await;
        assert_eq!(page.verdict().await, "complete");
        assert_eq!(page.number("downloaded").await, 25_000);
        let waits =
            page.script("clearInterval(window.asking); window.waits.sort((a, b) => a - b); return window.waits").await;
        let waits = waits.as_array().unwrap();
        let at = |part: usize| waits[(waits.len() - 1) * part / 100].as_f64().unwrap();
        println!(
            "answers to {} clicks: median {:.0} ms, 99 % {:.0} ms, longest {:.0} ms",
            waits.len(),
            at(50),
            at(99),
            at(100)
        );
        assert!(page.all("row").await.len() < 100, "only the visible rows are in the document");
    });
}
