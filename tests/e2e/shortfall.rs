//! What a run misses: listed, saved, offered as a new run, read again.

use serde_json::json;

use crate::browser::drive;
use crate::cloud;
use crate::main_job::through_the_proxy;

const BY_LIST: &str = "?connection=proxy&region=simcloud&product=a1SimCloud1&naming=list";

#[test]
fn names_that_failed_are_listed_saved_and_registered_by_a_new_run() {
    drive("failed_names", BY_LIST, async |page| {
        cloud::set_fault("BatchRegisterDeviceWithApplyId", 1, json!({ "fail_devices": { "count": 2 } }));
        page.fill("names", "lamp-1,first_lamp\nlamp-2\nlamp-3,third_lamp\nlamp-4").await;
        page.fill_credentials("testsecret").await;
        page.review_and_start().await;
        assert_eq!(page.verdict().await, "incomplete");
        page.text_with("notice", &["CREATE_FAILED", "lamp-1: The device could not be created."]).await;
        assert_eq!(page.number("downloaded").await, 2);
        let (name, text) = page.download_by("download-failed", "_failed.csv").await;
        assert!(name.starts_with("iot-devices_a1SimCloud1_2_"), "{name}");
        assert_eq!(
            text,
            "DeviceName,Code,Meaning\r\nlamp-1,CREATE_FAILED,The device could not be created.\r\n\
             lamp-3,CREATE_FAILED,The device could not be created.\r\n"
        );
        page.text_with("download-start", &["2 rows"]).await;
        page.click("naming-random").await;
        page.click("retry-failed").await;
        page.script_is("return document.querySelector('[data-testid=naming-list]').checked", &json!(true)).await;
        assert_eq!(page.value("names").await, "lamp-1,first_lamp\nlamp-3,third_lamp\n");
        page.fill_credentials("testsecret").await;
        page.review_and_start().await;
        page.number_is("requested", 2).await;
        assert_eq!(page.verdict().await, "complete");
        let (_, table) = page.download("csv").await;
        assert!(table.contains(",first_lamp,") && table.contains(",third_lamp,"), "{table}");
        assert_eq!(cloud::devices("a1SimCloud1").len(), 4);
    });
}

#[test]
fn missing_random_devices_are_offered_as_a_number() {
    drive("failed_count", &through_the_proxy("a1SimCloud1", 60), async |page| {
        cloud::set_fault("BatchRegisterDevice", 1, json!({ "fail_devices": { "count": 7 } }));
        page.fill_credentials("testsecret").await;
        page.review_and_start().await;
        assert_eq!(page.verdict().await, "incomplete");
        page.click("retry-failed").await;
        page.until("the number in the form", async || Ok((page.value("count").await == "7").then_some(()))).await;
    });
}

#[test]
fn a_run_that_made_nothing_lists_its_names_and_rows_that_were_missing_are_read_again() {
    drive("failed_check", BY_LIST, async |page| {
        cloud::set_fault("BatchCheckDeviceNames", 1, json!({ "fail_devices": { "count": 1 } }));
        page.fill("names", "lamp-1\nlamp-2").await;
        page.fill_credentials("testsecret").await;
        page.review_and_start().await;
        assert_eq!(page.verdict().await, "failed");
        let (_, text) = page.download_by("download-failed", "_failed.csv").await;
        assert_eq!(
            text,
            "DeviceName,Code,Meaning\r\nlamp-1,CHECK_FAILED,The check failed.\r\n\
             lamp-2,NotRegistered,\"Not registered, since its batch was not.\"\r\n"
        );
        page.click("retry-failed").await;
        page.until("the name in the form", async || Ok((page.value("names").await == "lamp-2\n").then_some(()))).await;
        // As often as one reading asks for the page.
        cloud::set_fault("QueryPageByApplyId", 3, json!({ "missing_row": { "row": 1 } }));
        page.fill_credentials("testsecret").await;
        page.review_and_start().await;
        page.number_is("requested", 1).await;
        assert_eq!(page.verdict().await, "incomplete");
        page.click("resume").await;
        page.number_is("downloaded", 1).await;
        assert_eq!(page.verdict().await, "complete");
    });
}

#[test]
fn a_run_that_is_gone_on_with_fills_in_how_its_devices_are_named() {
    for (query, naming, field, value) in [
        (&*format!("{BY_LIST}&x"), "naming-list", "names", "lamp-1,first\nlamp-2"),
        (&through_the_proxy("a1SimCloud1", 70), "naming-random", "count", "70"),
        (
            "?connection=proxy&region=simcloud&product=a1SimCloud1&naming=pattern",
            "naming-pattern",
            "pattern",
            "SN-{0001..0060}",
        ),
    ] {
        drive(&format!("restored_{field}"), query, async |page| {
            page.fill(field, value).await;
            page.fill_credentials("testsecret").await;
            page.review_and_start().await;
            assert_eq!(page.verdict().await, "complete");
            page.visit("").await;
            page.find("resume-banner").await;
            page.script_is(&format!("return document.getElementById('{naming}').checked"), &json!(true)).await;
            assert_eq!(page.value(field).await, value);
        });
    }
}
