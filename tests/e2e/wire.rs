//! The wire as the browser carries it: both signatures, temporary keys, XML, refusals with the vendor's own page.

use serde_json::{Value, json};

use crate::browser::drive;
use crate::cloud;
use crate::main_job::through_the_proxy;

#[test]
fn a_run_signed_with_v3_and_a_temporary_key_is_complete_even_where_the_gateway_answers_xml() {
    drive("v3", &through_the_proxy("a1SimCloud1", 120), async |page| {
        cloud::set_fault("", 9_999, json!("xml"));
        page.fill("access-key-id", "STS.testid").await;
        page.fill("access-key-secret", "testsecret").await;
        page.fill("security-token", "testtoken").await;
        page.choose("signature", "v3").await;
        page.review_and_start().await;
        assert_eq!(page.verdict().await, "complete");
        assert_eq!(page.number("downloaded").await, 120);
        assert_eq!(cloud::devices("a1SimCloud1").len(), 120);
        assert_eq!(cloud::state()["refused"], json!({}));
    });
}

#[test]
fn a_wrong_secret_is_called_wrong_with_v3_too() {
    drive("v3_secret", &through_the_proxy("a1SimCloud1", 100), async |page| {
        page.choose("signature", "v3").await;
        page.fill_credentials("wrongsecret").await;
        page.review_and_start().await;
        assert_eq!(page.verdict().await, "failed");
        assert_eq!(page.attribute("notice", "data-code").await, "SignatureDoesNotMatch");
        page.text_with("notice", &["AccessKey secret is wrong"]).await;
    });
}

#[test]
fn the_plan_holds_the_rights_and_a_denial_names_the_missing_one_with_the_vendors_page() {
    drive("denied", &through_the_proxy("a1SimCloud1", 100), async |page| {
        page.fill("access-key-id", "deniedid").await;
        page.fill("access-key-secret", "testsecret").await;
        page.click("review").await;
        page.find("plan").await;
        let policy = page.script("return document.querySelector(\"[data-testid='policy']\").textContent").await;
        let policy: Value = serde_json::from_str(policy.as_str().unwrap()).unwrap();
        let actions = json!([
            "iot:QueryDevice",
            "iot:BatchRegisterDevice",
            "iot:QueryBatchRegisterDeviceStatus",
            "iot:QueryPageByApplyId"
        ]);
        assert_eq!(policy["Statement"][0]["Action"], actions);
        page.click("start").await;
        assert_eq!(page.verdict().await, "failed");
        page.text_with("notice", &["iot:QueryDevice", "RAM console"]).await;
        let link = page.script("return document.querySelector(\"[data-testid='notice'] a\").href").await;
        assert!(link.as_str().unwrap().starts_with("https://error-center.aliyun.com/"), "{link}");
        assert!(link.as_str().unwrap().contains("Forbidden.RAM"), "{link}");
    });
}

#[test]
fn a_temporary_key_that_expires_pauses_the_run_which_goes_on_with_another() {
    drive("expired", &through_the_proxy("a1SimCloud1", 1_000), async |page| {
        let expired = json!({ "refuse": { "status": 400, "code": "InvalidSecurityToken.Expired" } });
        cloud::set_faults(&json!({ "faults": [
            { "action": "QueryPageByApplyId", "nth": 4, "times": 9_999, "effect": expired }
        ] }));
        page.fill("access-key-id", "STS.testid").await;
        page.fill("access-key-secret", "testsecret").await;
        page.fill("security-token", "testtoken").await;
        page.review_and_start().await;
        page.text_with("notice", &["QueryPageByApplyId stopped", "SecurityToken", "accepted is safe"]).await;
        page.phase("paused").await;
        assert!(page.number("downloaded").await < 1_000);
        cloud::set_faults(&json!({}));
        page.fill_credentials("testsecret").await;
        page.fill("security-token", "").await;
        page.click("resume").await;
        assert_eq!(page.verdict().await, "complete");
        assert_eq!(page.number("downloaded").await, 1_000);
        assert_eq!(cloud::state()["calls"]["BatchRegisterDevice"], 1);
    });
}
