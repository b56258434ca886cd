//! The request inspector: what left the tab, and nothing that is secret.

use crate::browser::drive;
use crate::main_job::through_the_proxy;
use crate::page::Page;

/// Opens it, and waits until these words stand there.
async fn inspected(page: &Page, words: &[&str]) -> String {
    page.script("document.querySelector(\"[data-testid='inspector']\").open = true").await;
    page.text_with("inspector-calls", words).await
}

#[test]
fn what_has_left_the_tab_can_be_looked_at_without_what_is_secret() {
    drive("inspected", &through_the_proxy("a1SimCloud1", 60), async |page| {
        page.fill("access-key-id", "STS.testid").await;
        page.fill("access-key-secret", "testsecret").await;
        page.fill("security-token", "testtoken").await;
        page.review_and_start().await;
        assert_eq!(page.verdict().await, "complete");
        let text = inspected(page, &["QueryPageByApplyId", "  BatchRegisterDevice  ", " 200\n"]).await;
        for part in
            ["POST http://127.0.0.1:", "/proxy/simcloud/", "ProductKey=a1SimCloud1", "Count=60", "Signature=***"]
        {
            assert!(text.contains(part), "{part} in {text}");
        }
        assert!(text.contains("SecurityToken=***") && text.contains("AccessKeyId=****"), "{text}");
        for secret in ["testsecret", "testtoken", "STS.testid", "DeviceSecret"] {
            assert!(!text.contains(secret), "{secret} in {text}");
        }
    });
}

#[test]
fn a_refused_call_shows_its_code_and_request_id_and_a_new_look_shows_later_calls() {
    drive("refused", &through_the_proxy("a1SimCloud1", 60), async |page| {
        page.script("document.querySelector(\"[data-testid='inspector']\").open = true").await;
        page.find("inspector-look").await;
        assert!(!page.find("inspector-calls").await.is_displayed().await.unwrap(), "nothing has left");
        page.fill_credentials("wrongsecret").await;
        page.click("connection-test").await;
        page.text_with("connection-tried", &["it finds fault"]).await;
        let request_id = page.attribute("notice", "data-request-id").await;
        page.click("inspector-look").await;
        page.text_with("inspector-calls", &["QueryProductList", "400 SignatureDoesNotMatch", &request_id]).await;
    });
}
