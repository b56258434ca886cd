//! What outlives a closed tab: the run goes on, and nothing is registered twice.

use serde_json::json;

use crate::browser::drive;
use crate::cloud;
use crate::main_job::through_the_proxy;
use crate::page::Page;

async fn go_on(page: &Page) {
    page.find("resume-banner").await;
    page.fill_credentials("testsecret").await;
    page.click("resume-run").await;
}

#[test]
fn a_reloaded_tab_goes_on_with_its_run_at_every_stage() {
    for stage in ["registering", "fetching", "done"] {
        drive(&format!("reload_{stage}"), &through_the_proxy("a1SimCloud1", 10_050), async |page| {
            page.fill_credentials("testsecret").await;
            page.review_and_start().await;
            page.phase(stage).await;
            page.visit("").await;
            page.find("resume-banner").await;
            let chosen = [page.value("connection").await, page.value("region").await, page.value("product-key").await];
            assert_eq!(chosen, ["proxy", "simcloud", "a1SimCloud1"]);
            go_on(page).await;
            assert_eq!(page.verdict().await, "complete", "reloaded while {stage}");
            assert_eq!(page.number("downloaded").await, 10_050);
            assert_eq!(cloud::devices("a1SimCloud1").len(), 10_050);
            assert_eq!(cloud::state()["calls"]["BatchRegisterDevice"], 2);
        });
    }
}

#[test]
fn a_saved_run_is_forgotten() {
    drive("saved", &through_the_proxy("a1SimCloud1", 60), async |page| {
        page.fill_credentials("testsecret").await;
        page.review_and_start().await;
        assert_eq!(page.verdict().await, "complete");
        page.download("csv").await;
        page.visit("").await;
        page.find("review").await;
        assert!(!page.has("resume-banner").await);
    });
}

#[test]
fn a_run_can_be_forgotten() {
    drive("forget", &through_the_proxy("a1SimCloud1", 60), async |page| {
        page.fill_credentials("testsecret").await;
        page.review_and_start().await;
        assert_eq!(page.verdict().await, "complete");
        page.visit("").await;
        page.find("resume-banner").await;
        page.click("discard-run").await;
        page.visit("").await;
        page.find("review").await;
        assert!(!page.has("resume-banner").await);
    });
}

#[test]
fn a_batch_whose_answer_was_lost_is_found_in_the_product() {
    drive("rebuilt", &through_the_proxy("a1SimCloud1", 10_050), async |page| {
        cloud::set_faults(&json!({ "faults": [
            { "action": "BatchRegisterDevice", "nth": 1, "effect": { "answer_lost": { "close": false } } }
        ] }));
        page.fill_credentials("testsecret").await;
        page.review_and_start().await;
        page.text_with("notice", &["Batch 1", "were found in the product"]).await;
        assert_eq!(page.verdict().await, "complete");
        assert_eq!(cloud::devices("a1SimCloud1").len(), 10_050);
        assert_eq!(page.number("downloaded").await, 10_050);
    });
}

#[test]
fn names_of_the_users_own_are_registered_by_pattern_and_by_list() {
    let query = "?connection=proxy&region=simcloud&product=a1SimCloud1&naming=pattern&pattern=SN-%7B0001..0120%7D";
    drive("pattern", query, async |page| {
        page.fill_credentials("testsecret").await;
        page.click("review").await;
        assert_eq!(page.number("plan-devices").await, 120);
        page.click("start").await;
        assert_eq!(page.verdict().await, "complete");
        let names = |devices: Vec<serde_json::Value>| -> Vec<String> {
            devices.iter().map(|device| device["DeviceName"].as_str().unwrap().to_owned()).collect()
        };
        let mut made = names(cloud::devices("a1SimCloud1"));
        made.sort();
        assert_eq!((made.len(), made[0].as_str(), made[119].as_str()), (120, "SN-0001", "SN-0120"));
        page.click("naming-list").await;
        page.fill("names", "lamp-1\nlamp-2\nlamp-3").await;
        page.fill_credentials("testsecret").await;
        page.review_and_start().await;
        page.number_is("requested", 3).await;
        assert_eq!(page.verdict().await, "complete");
        assert_eq!(cloud::devices("a1SimCloud1").len(), 123);
    });
}
