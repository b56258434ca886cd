//! What may never be seen: the AccessKey secret after Start, and DeviceSecrets that nobody asked for.

use serde_json::Value;

use crate::browser::drive;
use crate::cloud;
use crate::main_job::through_the_proxy;
use crate::page::Page;

#[test]
fn credentials_in_the_address_are_ignored_removed_and_warned_about() {
    let query =
        "?connection=proxy&access-key-id=testid&access_key_secret=testsecret&AccessKeySecret=testsecret&count=7";
    drive("address", query, async |page| {
        assert!(!page.address().await.contains("testsecret"), "{}", page.address().await);
        assert_eq!(page.value("access-key-secret").await, "");
        assert_eq!(page.value("count").await, "7");
        page.text_with("notice", &["address"]).await;
    });
}

/// Everything that the browser keeps or shows for this page, as text.
const EVERYTHING: &str = "
    const done = arguments[arguments.length - 1];
    const fields = [...document.querySelectorAll('input, textarea')].map(field => field.value);
    const texts = [JSON.stringify(localStorage), JSON.stringify(sessionStorage), document.cookie, location.href,
        document.documentElement.outerHTML, ...fields];
    indexedDB.open('iot-provisioner').onsuccess = opened => {
        const all = opened.target.result.transaction('records').objectStore('records').getAll();
        all.onsuccess = () => {
            texts.push(...all.result.map(record => new TextDecoder('latin1').decode(record)));
            indexedDB.databases().then(databases => caches.keys().then(keys => {
                texts.push(...databases.map(database => database.name), ...keys);
                done(texts);
            }));
        };
    };";

/// Carries a run out with a temporary key, and looks for anything secret wherever a page can leave it.
pub async fn assert_nothing_secret_stays(page: &Page) {
    page.fill("access-key-id", "STS.testid").await;
    page.fill("access-key-secret", "testsecret").await;
    page.fill("security-token", "testtoken").await;
    page.review_and_start().await;
    assert_eq!(page.value("access-key-secret").await, "");
    assert_eq!(page.verdict().await, "complete");
    page.find("row").await;
    page.script("console.log('the console is read')").await;
    let console = page.console().await;
    assert!(console.contains("the console is read"), "{console}");
    page.script("document.getElementById('profile-name').closest('details').open = true").await;
    page.fill("profile-name", "Line 3\u{e007}").await;
    let kept =
        page.script("return localStorage.getItem('history') + localStorage.getItem('profiles')").await.to_string();
    assert!(kept.contains("a1SimCloud1") && kept.contains("Line 3"), "the history and the profiles are read: {kept}");
    let everything = page.script_later(EVERYTHING).await.to_string() + &console;
    let devices = cloud::devices("a1SimCloud1");
    // Pages are read at the same time: which of them came first, and is in sight, nobody knows.
    let is_seen = |device: &Value| everything.contains(device["DeviceName"].as_str().unwrap());
    assert!(devices.iter().any(is_seen), "the document is read");
    let apply_id = devices[0]["ApplyId"].as_str().unwrap();
    assert!(everything.contains(apply_id), "the journal is read");
    assert!(kept.contains(apply_id) && !kept.contains("testid"), "{kept}");
    for secret in ["testsecret", "testtoken"] {
        assert!(!everything.contains(secret), "{secret} stays");
    }
    for device in devices {
        assert!(!everything.contains(device["DeviceSecret"].as_str().unwrap()), "a DeviceSecret stays");
    }
}

#[test]
fn after_a_run_no_secret_is_kept_logged_or_shown() {
    drive("nothing_secret", &through_the_proxy("a1SimCloud1", 120), assert_nothing_secret_stays);
}

#[test]
fn a_device_secret_is_shown_on_request_one_row_at_a_time() {
    drive("masked", &through_the_proxy("a1SimCloud1", 60), async |page| {
        page.fill_credentials("testsecret").await;
        page.review_and_start().await;
        assert_eq!(page.verdict().await, "complete");
        let devices = cloud::devices("a1SimCloud1");
        let secrets: Vec<&str> = devices.iter().map(|device| device["DeviceSecret"].as_str().unwrap()).collect();
        page.click("reveal").await;
        let first = page.text_with("cell-device-secret", &[""]).await;
        let name = page.text("cell-device-name").await;
        let everything = page.script_later(EVERYTHING).await.to_string();
        let visible = secrets.iter().filter(|secret| everything.contains(**secret)).count();
        assert_eq!(visible, 1, "one row at a time; {name} shows {first}");
    });
}
