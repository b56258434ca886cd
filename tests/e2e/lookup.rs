//! What a plan learns from the cloud: the product, what follows from its kind, and names that it has already.

use crate::browser::drive;
use crate::cloud;
use crate::page::Page;

const X509: &str = "?connection=proxy&region=simcloud&product=a1SimCloud3&naming=pattern&pattern=SN-{0001..2500}";
const BY_LIST: &str = "?connection=proxy&region=simcloud&product=a1SimCloud1&naming=list";

async fn review(page: &Page, secret: &str) {
    page.fill_credentials(secret).await;
    page.click("review").await;
    page.find("plan-lookup").await;
}

#[test]
fn a_product_that_is_looked_up_cuts_its_names_to_fit_and_every_one_is_registered() {
    drive("x509", X509, async |page| {
        review(page, "testsecret").await;
        assert_eq!(page.number("plan-batches").await, 1);
        page.text_with("plan-x509-unknown", &["1,000 names at a time"]).await;
        page.click("plan-lookup").await;
        page.text_with("plan-product", &["connection works", "product a1SimCloud3", "X.509 certificate"]).await;
        assert_eq!(page.number("plan-batches").await, 3);
        assert!(!page.has("plan-x509-unknown").await);
        page.script_is("return document.activeElement.id", &"plan-lookup".into()).await;
        // What was learnt outlasts a change of the devices.
        page.fill("pattern", "SN-{0001..1500}").await;
        page.click("review").await;
        page.text_with("plan-product", &["X.509 certificate"]).await;
        assert_eq!(page.number("plan-batches").await, 2);
        page.click("start").await;
        assert_eq!(page.verdict().await, "complete");
        assert_eq!(cloud::devices("a1SimCloud3").len(), 1_500);
    });
}

#[test]
fn a_key_that_may_not_look_is_told_from_one_that_is_wrong_and_another_product_is_asked_for_anew() {
    drive("asked", BY_LIST, async |page| {
        page.fill("names", "SN-0001").await;
        review(page, "wrong").await;
        page.click("plan-lookup").await;
        page.text_with("plan-product", &["Nothing was changed"]).await;
        assert_eq!(page.attribute("notice", "data-code").await, "SignatureDoesNotMatch");
        page.fill("access-key-id", "deniedid").await;
        page.fill("access-key-secret", "testsecret").await;
        page.click("review").await;
        page.find("plan-lookup").await;
        assert!(!page.has("plan-product").await);
        page.click("plan-lookup").await;
        page.text_with("plan-product", &["may not look products up", "connection works"]).await;
        page.fill("product-key", "a1Elsewhere").await;
        review(page, "testsecret").await;
        page.click("plan-lookup").await;
        page.text_with("plan-product", &["a1Elsewhere is not among the 2 products", "cn-shanghai"]).await;
    });
}

#[test]
fn names_that_the_product_has_become_faults_of_the_list_and_the_rest_is_registered() {
    drive("taken", BY_LIST, async |page| {
        page.fill("names", "SN-0001\nSN-0002").await;
        page.fill_credentials("testsecret").await;
        page.review_and_start().await;
        assert_eq!(page.verdict().await, "complete");
        page.fill("names", "SN-0002\nsn-0001\nSN-0003").await;
        review(page, "testsecret").await;
        page.click("names-check").await;
        page.text_with("preflight-row", &["SN-0002", "has a device of this name"]).await;
        assert_eq!(page.all("preflight-row").await.len(), 1);
        page.text_with("error-summary", &["1 of 3 rows"]).await;
        page.click("preflight-drop").await;
        page.until("the shorter list", async || Ok((page.all("preflight-row").await.is_empty()).then_some(()))).await;
        page.click("review").await;
        page.text_with("names-checked", &["3 of 3 names checked: 1 existed"]).await;
        page.click("start").await;
        page.number_is("requested", 2).await;
        assert_eq!(page.verdict().await, "complete");
        assert_eq!(cloud::devices("a1SimCloud1").len(), 4);
    });
}

#[test]
fn a_look_for_names_is_stopped_with_what_is_known_and_the_plan_stays() {
    drive("stopped", BY_LIST, async |page| {
        let names: Vec<String> = (0..20_000).map(|number| format!("SN-{number:05}")).collect();
        page.paste("names", &names.join("\n")).await;
        review(page, "testsecret").await;
        page.click("names-check").await;
        page.text_with("names-checked", &["of 20,000 names checked"]).await;
        page.click("names-check-stop").await;
        page.text_with("names-checked", &["none exists", "The others were not looked for."]).await;
        assert!(!page.has("names-check-stop").await);
        assert_eq!(page.number("plan-devices").await, 20_000);
    });
}

#[test]
fn the_demo_is_looked_up_too_and_needs_no_key() {
    drive("demo", "", async |page| {
        page.click("review").await;
        page.click("plan-lookup").await;
        page.text_with("plan-product", &["demo's cloud answers", "product a1SimCloud1", "DeviceSecret"]).await;
    });
}
