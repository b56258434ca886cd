//! X.509 products: devices without secrets, and the links to the cloud's archives of their certificates.

use serde_json::json;

use crate::browser::drive;
use crate::cloud;
use crate::main_job::through_the_proxy;
use crate::page::Page;

/// A batch of three devices, none of which has a secret.
async fn run_without_secrets(page: &Page) {
    let without =
        |row| json!({ "action": "QueryPageByApplyId", "times": 99, "effect": { "empty_secret": { "row": row } } });
    let refused = json!({ "action": "QueryCertUrlByApplyId", "effect": { "refuse": { "status": 403, "code": "Forbidden.RAM" } } });
    cloud::set_faults(&json!({ "faults": [without(1), without(2), without(3), refused] }));
    page.fill_credentials("testsecret").await;
    page.review_and_start().await;
    assert_eq!(page.verdict().await, "incomplete");
    page.text_with("notice", &["none of its 3 devices has a DeviceSecret", "links to the certificates"]).await;
}

#[test]
fn an_x509_batch_is_taken_home_by_the_link_to_its_archive() {
    drive("x509", &through_the_proxy("a1SimCloud3", 3), async |page| {
        run_without_secrets(page).await;
        assert!(!page.has("archive-link").await, "nobody asked for it yet");
        page.click("archives-ask").await;
        page.text_with(
            "notice",
            &["where its certificates are", "iot:QueryCertUrlByApplyId", "ask for the links again"],
        )
        .await;
        page.click("archives-ask").await;
        let apply_id = cloud::devices("a1SimCloud3")[0]["ApplyId"].clone();
        let apply_id = apply_id.as_str().map_or_else(|| apply_id.to_string(), str::to_owned);
        let link = format!("https://simcloud.invalid/certificates/{apply_id}.zip");
        assert_eq!(page.attribute("archive-link", "href").await, link);
        assert_eq!(page.attribute("archive-link", "target").await, "_blank");
        assert_eq!(page.attribute("archive-link", "rel").await, "noopener noreferrer");
        assert!(!page.has("archives-ask").await, "there is no other");
        assert_eq!(cloud::state()["calls"]["QueryCertUrlByApplyId"], 2);
        // Whoever has the link has the keys: nothing keeps it.
        let kept = "const done = arguments[arguments.length - 1];
            const opened = indexedDB.open('iot-provisioner', 1);
            opened.onsuccess = () => {
              const all = opened.result.transaction('records').objectStore('records').getAll();
              all.onsuccess = () => done(all.result.map((record) => new TextDecoder().decode(record)).join());
            };";
        let kept = page.script_later(kept).await;
        assert!(kept.as_str().is_some_and(|kept| !kept.is_empty() && !kept.contains("simcloud.invalid")), "{kept}");
        assert!(!page.console().await.contains("simcloud.invalid"));
    });
}
