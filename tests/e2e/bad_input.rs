//! Bad input: each fault has its own clear message, and the form keeps what was typed.

use serde_json::json;

use crate::browser::drive;
use crate::cloud;
use crate::main_job::through_the_proxy;
use crate::page::Page;

async fn errors_of(page: &Page) -> String {
    page.click("review").await;
    page.text("error-summary").await
}

#[test]
fn an_empty_form_names_every_field_that_lacks_something() {
    drive("empty", "?connection=proxy", async |page| {
        page.fill("product-key", "").await;
        page.fill("count", "").await;
        page.fill("proxy-url", "ftp://proxy").await;
        let errors = errors_of(page).await;
        for field in ["ProductKey", "AccessKey ID", "AccessKey secret", "devices", "proxy"] {
            assert!(errors.to_lowercase().contains(&field.to_lowercase()), "{field} in {errors}");
        }
        assert!(!page.has("plan").await);
        let links =
            page.script("return [...document.querySelectorAll(\"[data-testid='error-summary'] a\")].length").await;
        assert!(links.as_u64().unwrap() >= 5, "{links} links");
    });
}

#[test]
fn each_wrong_count_and_product_key_has_its_own_message_and_stays_in_its_field() {
    drive("fields", "", async |page| {
        let mut seen = std::collections::BTreeSet::new();
        for count in ["0", "-5", "ten", "1000001"] {
            page.fill("count", count).await;
            seen.insert(errors_of(page).await.split_whitespace().collect::<Vec<_>>().join(" "));
            assert_eq!(page.value("count").await, count);
        }
        page.fill("count", "100").await;
        for key in ["", "a1Sim", "a1SimCloud!", "a1Sim\u{200B}Cloud1"] {
            page.paste("product-key", key).await;
            seen.insert(errors_of(page).await.split_whitespace().collect::<Vec<_>>().join(" "));
            assert_eq!(page.value("product-key").await, key);
        }
        // 0 and -5 break the same rule.
        assert_eq!(seen.len(), 7, "{seen:#?}");
        page.fill("product-key", "a1SimCloud1").await;
        page.click("review").await;
        page.find("plan").await;
        assert!(!page.has("error-summary").await);
    });
}

#[test]
fn faults_of_a_pasted_key_are_told_before_anything_is_sent() {
    drive("pasted", &through_the_proxy("a1SimCloud1", 100), async |page| {
        let errors = errors_of(page).await;
        assert!(errors.contains("AccessKey ID") && errors.contains("AccessKey secret"), "{errors}");
        page.fill("access-key-id", "testid").await;
        page.fill("access-key-secret", "test secret").await;
        let blank = errors_of(page).await;
        page.paste("access-key-secret", "testse\u{FEFF}cret").await;
        let invisible = errors_of(page).await;
        for message in [&blank, &invisible] {
            assert!(message.to_lowercase().contains("invisible"), "{message}");
            assert!(!message.contains("test secret") && !message.contains("cret at"), "never repeated: {message}");
        }
        page.fill("access-key-id", "exampleExampleExampleExample30").await;
        page.fill("access-key-secret", "LTAI5tExampleExample01").await;
        let swapped = errors_of(page).await;
        assert!(swapped.to_lowercase().contains("swap") || swapped.contains("place"), "{swapped}");
        page.fill("access-key-id", "STS.testid").await;
        page.fill("access-key-secret", "testsecret").await;
        let token = errors_of(page).await;
        assert!(token.contains("SecurityToken"), "{token}");
        assert_eq!(page.value("access-key-secret").await, "testsecret");
        assert_eq!(cloud::state()["calls"], json!({}));
    });
}

/// Starts a run that fails its check, and gives the notice's code and text.
async fn refused(page: &Page, secret: &str) -> (String, String) {
    page.fill_credentials(secret).await;
    page.review_and_start().await;
    assert_eq!(page.verdict().await, "failed");
    assert_eq!(page.number("created").await, 0);
    (page.attribute("notice", "data-code").await, page.text("notice").await)
}

#[test]
fn a_wrong_secret_is_called_wrong_and_the_form_keeps_the_rest() {
    drive("wrong_secret", &through_the_proxy("a1SimCloud1", 100), async |page| {
        let (code, text) = refused(page, "wrongsecret").await;
        assert_eq!(code, "SignatureDoesNotMatch");
        assert!(text.to_lowercase().contains("secret"), "{text}");
        assert!(!page.attribute("notice", "data-request-id").await.is_empty());
        assert_eq!(page.value("product-key").await, "a1SimCloud1");
        assert_eq!(page.value("count").await, "100");
        assert_eq!(page.value("access-key-id").await, "testid");
        assert!(cloud::devices("a1SimCloud1").is_empty());
    });
}

#[test]
fn an_unknown_product_and_a_missing_instance_are_told_apart() {
    drive("unknown_product", &through_the_proxy("a1Unknown01", 100), async |page| {
        let (code, text) = refused(page, "testsecret").await;
        assert_eq!(code, "iot.prod.NotExistedProduct");
        assert!(text.contains("ProductKey"), "{text}");
    });
    drive("missing_instance", &through_the_proxy("a1SimCloud2", 100), async |page| {
        let (code, text) = refused(page, "testsecret").await;
        assert!(code.starts_with("iot."), "{code}");
        assert!(text.to_lowercase().contains("instance"), "{text}");
    });
}

#[test]
fn a_proxy_that_is_not_there_says_so() {
    let query = format!("{}&proxy=http://127.0.0.1:9/proxy", through_the_proxy("a1SimCloud1", 100));
    drive("no_proxy", &query, async |page| {
        let (_, text) = refused(page, "testsecret").await;
        assert!(text.contains("127.0.0.1:9"), "the host is named: {text}");
        assert!(text.to_lowercase().contains("proxy"), "{text}");
        assert!(cloud::devices("a1SimCloud1").is_empty());
    });
}

#[test]
fn an_answer_that_is_not_the_clouds_is_called_so() {
    drive("html", &through_the_proxy("a1SimCloud1", 100), async |page| {
        cloud::set_fault("QueryDevice", 9, json!({ "html": { "status": 502, "executed": false } }));
        let (_, text) = refused(page, "testsecret").await;
        assert!(text.contains("502"), "{text}");
        assert!(text.contains("not Alibaba Cloud"), "{text}");
    });
}

#[test]
fn an_answer_that_is_cut_off_is_called_so() {
    drive("cut_off", &through_the_proxy("a1SimCloud1", 100), async |page| {
        cloud::set_fault("QueryDevice", 9, json!({ "cut_off": { "bytes": 40 } }));
        let (_, text) = refused(page, "testsecret").await;
        assert!(text.contains("cut off"), "{text}");
    });
}

#[test]
fn a_row_without_its_secret_is_shown_and_never_green() {
    drive("empty_secret", &through_the_proxy("a1SimCloud1", 100), async |page| {
        cloud::set_fault("QueryPageByApplyId", 99, json!({ "empty_secret": { "row": 3 } }));
        page.fill_credentials("testsecret").await;
        page.review_and_start().await;
        assert_eq!(page.verdict().await, "incomplete");
        assert_eq!(page.number("downloaded").await, 98);
        page.text_with("notice", &["DeviceSecret"]).await;
    });
}
