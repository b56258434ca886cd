//! A temporary key: AssumeRole's answer is pasted whole, its end is counted down to, and the plan heeds it.

use serde_json::{Value, json};

use crate::browser::drive;
use crate::main_job::through_the_proxy;
use crate::page::Page;

/// Pastes a text as a browser tells a page of it. Gives whether the page left it to the browser.
async fn paste(page: &Page, field: &str, text: &str) -> bool {
    let script = format!(
        "const text = new DataTransfer(); text.setData('text/plain', {});
        const event = new ClipboardEvent('paste', {{ clipboardData: text, bubbles: true, cancelable: true }});
        return document.querySelector(\"[data-testid='{field}']\").dispatchEvent(event);",
        json!(text)
    );
    page.script(&script).await == json!(true)
}

/// An answer of AssumeRole whose key ends so many seconds from now.
async fn answer(page: &Page, seconds: i64) -> String {
    let script = format!("return new Date(Date.now() + {}).toISOString().replace(/\\.\\d+/, '')", seconds * 1_000);
    let expiration = page.script(&script).await;
    json!({
        "RequestId": "964E0EC5-575B-4FF5-8FD0-D4BD8025602A",
        "AssumedRoleUser": { "AssumedRoleId": "34458433936495****:alice", "Arn": "acs:ram::12****:role/a/alice" },
        "Credentials": {
            "SecurityToken": "testtoken", "AccessKeyId": "STS.testid", "AccessKeySecret": "testsecret",
            "Expiration": expiration,
        },
    })
    .to_string()
}

#[test]
fn an_answer_of_assume_role_fills_in_three_fields_and_its_end_is_counted_down_to() {
    drive("assumed", &through_the_proxy("a1SimCloud1", 60), async |page| {
        assert!(!paste(page, "security-token", &answer(page, 3_600).await).await, "the page takes it apart");
        assert_eq!(page.value("access-key-id").await, "STS.testid");
        assert_eq!(page.value("access-key-secret").await, "testsecret");
        assert_eq!(page.value("security-token").await, "testtoken");
        page.text_with("key-expiry", &["expires in 59 min"]).await;
        page.review_and_start().await;
        assert_eq!(page.verdict().await, "complete");
        // Another key is typed in: nothing is known of it.
        page.fill("security-token", "other").await;
        assert!(!page.find("key-expiry").await.is_displayed().await.unwrap());
    });
}

#[test]
fn a_key_that_ends_before_the_run_can_is_told_in_the_plan_and_one_that_has_ended_at_once() {
    drive("early", &through_the_proxy("a1SimCloud1", 100_000), async |page| {
        paste(page, "access-key-id", &answer(page, 30).await).await;
        page.click("review").await;
        page.text_with("plan", &["expires before this run can end"]).await;
        paste(page, "access-key-id", &answer(page, -5).await).await;
        page.text_with("key-expiry", &["has expired"]).await;
    });
}

#[test]
fn any_other_text_is_pasted_as_always_and_a_lasting_key_is_called_so() {
    drive("pasted_text", &through_the_proxy("a1SimCloud1", 60), async |page| {
        for text in ["LTAI5tExampleExample01", "{\"AccessKeyId\":\"a\"}", "{", "7", "null", "[\"Credentials\"]"] {
            assert!(paste(page, "access-key-id", text).await, "{text} is the browser's");
        }
        assert_eq!(page.script("return document.getElementById('access-key-id').value").await, Value::from(""));
        page.fill("access-key-id", "LTAI5tExampleExample01").await;
        let account = "return document.querySelector('fieldset.account').innerText";
        assert!(page.script(account).await.to_string().contains("A key that lasts"));
        page.fill("access-key-id", "STS.example").await;
        assert!(!page.script(account).await.to_string().contains("A key that lasts"));
    });
}
