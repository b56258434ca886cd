//! What a browser keeps from visit to visit: earlier runs, whose credentials can be fetched again, and profiles.

use serde_json::json;

use crate::browser::{drive, drive_with};
use crate::cloud;
use crate::main_job::through_the_proxy;
use crate::page::Page;
use crate::rows::{assert_same, csv_rows};

/// A run to its end, whose table is saved: the journal is empty after it.
async fn saved_run(page: &Page) {
    page.fill_credentials("testsecret").await;
    page.review_and_start().await;
    assert_eq!(page.verdict().await, "complete");
    page.download("csv").await;
}

/// Opens what is folded away around an element.
async fn unfold(page: &Page, id: &str) {
    page.find(id).await;
    page.script(&format!("document.querySelector('[data-testid={id}]').closest('details').open = true")).await;
}

#[test]
fn an_earlier_run_is_listed_and_its_credentials_are_fetched_again_without_registering_anything() {
    drive("fetched_again", &through_the_proxy("a1SimCloud1", 10_050), async |page| {
        saved_run(page).await;
        page.visit("?lang=en").await;
        assert!(!page.has("resume-banner").await);
        page.text_with("history-entry", &["a1SimCloud1", "10,050 of 10,050", "random", "Complete", "2 batches"]).await;
        page.click("history-fetch").await;
        page.script_is("return document.activeElement.id", &json!("access-key-id")).await;
        let devices = cloud::devices("a1SimCloud1");
        let apply_ids = page.value("apply-ids").await;
        assert!(devices.iter().all(|device| apply_ids.contains(device["ApplyId"].as_str().unwrap())), "{apply_ids}");

        page.fill_credentials("testsecret").await;
        page.click("review").await;
        page.text_with("plan", &["not known", "ApplyIds", "only reads"]).await;
        assert_eq!(page.attribute("plan-devices", "data-value").await, "");
        assert_eq!(page.number("plan-batches").await, 2);
        let policy = page.script("return document.querySelector('[data-testid=policy]').textContent").await.to_string();
        assert!(policy.contains("QueryPageByApplyId") && !policy.contains("iot:BatchRegister"), "{policy}");
        assert!(!page.has("confirm-count").await);
        page.click("start").await;
        assert_eq!(page.verdict().await, "complete");
        for counter in ["requested", "created", "downloaded"] {
            assert_eq!(page.number(counter).await, 10_050, "{counter}");
        }
        let (_, csv) = page.download("csv").await;
        assert_same(&csv_rows(&csv), "a1SimCloud1", &devices);
        assert_eq!(cloud::state()["calls"]["BatchRegisterDevice"], 2, "nothing was registered again");
        assert_eq!(cloud::devices("a1SimCloud1").len(), 10_050);
        assert_eq!(page.all("history-entry").await.len(), 2);
    });
}

#[test]
fn a_batch_is_opened_by_its_apply_id_and_one_that_the_cloud_does_not_know_is_named() {
    drive("opened", &through_the_proxy("a1SimCloud1", 60), async |page| {
        saved_run(page).await;
        let apply_id = cloud::devices("a1SimCloud1")[0]["ApplyId"].as_str().unwrap().to_owned();
        // The demo has no such batch: it is asked for where the last run was.
        page.visit("?lang=en").await;
        page.click("open-apply-id").await;
        page.script_is("return document.activeElement.id", &json!("apply-ids")).await;
        let chosen = [page.value("connection").await, page.value("region").await, page.value("product-key").await];
        assert_eq!(chosen, ["proxy", "simcloud", "a1SimCloud1"]);
        page.text_with("guide", &["Read batches again", "Nothing is registered", "RAM policy"]).await;
        page.fill("apply-ids", "12x\n7\n7").await;
        page.fill_credentials("testsecret").await;
        page.click("review").await;
        page.text_with("error-summary", &["digits alone", "line 1"]).await;
        page.fill("apply-ids", &format!("7\n{apply_id}")).await;
        page.review_and_start().await;
        assert_eq!(page.verdict().await, "incomplete");
        page.text_with("notice", &["Batch 1 cannot be read", "does not know this batch"]).await;
        assert_eq!(page.attribute("notice", "data-code").await, "iot.device.DeviceApplyIsNotFound");
        assert_eq!(page.number("downloaded").await, 60);
        assert_eq!(page.attribute("requested", "data-value").await, "");
        assert_eq!(cloud::state()["calls"]["BatchRegisterDevice"], 1);
    });
}

#[test]
fn a_run_of_existing_batches_goes_on_after_a_reload() {
    drive("existing_reload", &through_the_proxy("a1SimCloud1", 10_000), async |page| {
        saved_run(page).await;
        page.visit("?lang=en").await;
        page.click("history-fetch").await;
        page.fill_credentials("testsecret").await;
        page.review_and_start().await;
        page.phase("fetching").await;
        page.visit("").await;
        page.text_with("resume-banner", &["reads earlier batches"]).await;
        page.fill_credentials("testsecret").await;
        page.click("resume-run").await;
        assert_eq!(page.verdict().await, "complete");
        assert_eq!(page.number("downloaded").await, 10_000);
        assert_eq!(cloud::state()["calls"]["BatchRegisterDevice"], 1);
    });
}

#[test]
fn runs_are_forgotten_one_by_one_or_all_after_a_question_and_the_demos_are_not_kept() {
    drive("forgotten", &through_the_proxy("a1SimCloud1", 60), async |page| {
        page.script("localStorage.setItem('history', 'no list of ours')").await;
        page.visit(&through_the_proxy("a1SimCloud1", 60)).await;
        for runs in 1..=3 {
            saved_run(page).await;
            assert_eq!(page.all("history-entry").await.len(), runs);
        }
        page.choose("connection", "demo").await;
        page.fill("count", "50").await;
        page.review_and_start().await;
        page.number_is("downloaded", 50).await;
        assert_eq!(page.verdict().await, "complete");
        assert_eq!(page.all("history-entry").await.len(), 3, "the demo's is not kept");
        page.visit("?lang=en").await;
        page.click("history-forget").await;
        page.visit("?lang=en").await;
        page.find("history-entry").await;
        assert_eq!(page.all("history-entry").await.len(), 2);
        page.click("history-forget-all").await;
        page.click("history-forget-all").await;
        page.visit("?lang=en").await;
        assert!(!page.has("history-entry").await);
    });
}

#[test]
fn a_profile_is_saved_chosen_and_deleted_and_a_runs_settings_are_used_again() {
    let query = format!("{}&share=40", through_the_proxy("a1SimCloud1", 60));
    drive("profile", &query, async |page| {
        page.fill("access-key-id", "testid").await;
        unfold(page, "profile-name").await;
        // Enter saves; it reviews nothing.
        page.fill("profile-name", "Line 3\u{e007}").await;
        page.find("profile").await;
        assert!(!page.has("error-summary").await && !page.has("plan").await);
        saved_run(page).await;
        for way in ["profile", "history"] {
            page.visit("?lang=en").await;
            assert_eq!(page.value("connection").await, "demo");
            if way == "profile" {
                page.choose("profile", "Line 3").await;
            } else {
                page.click("history-use").await;
            }
            let fields = ["connection", "region", "product-key", "quota-share", "access-key-id", "count"];
            let mut filled = Vec::new();
            for field in fields {
                filled.push(page.value(field).await);
            }
            assert_eq!(filled, ["proxy", "simcloud", "a1SimCloud1", "40", "", ""], "{way}");
        }
        page.choose("profile", "Line 3").await;
        page.click("profile-delete").await;
        page.visit("?lang=en").await;
        page.find("review").await;
        assert!(!page.has("profile").await);
    });
}

#[test]
fn where_nothing_can_be_kept_the_page_works_on_and_says_so() {
    let preferences = json!({ "profile.default_content_setting_values.cookies": 2 });
    drive_with("nothing_kept", &through_the_proxy("a1SimCloud1", 60), &preferences, async |page| {
        page.fill_credentials("testsecret").await;
        page.click("review").await;
        page.click("accept-no-journal").await;
        page.click("start").await;
        assert_eq!(page.verdict().await, "complete");
        unfold(page, "open-apply-id").await;
        page.text_with("history", &["did not keep this", "60 of 60"]).await;
    });
}
