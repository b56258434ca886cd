//! The browser's storage at its worst: full, denied, torn, of another version, shared by two tabs. Nothing is registered
//! twice, nothing is lost silently, and a run that nobody keeps begins only where the user says so.

use serde_json::json;

use crate::browser::{drive, drive_with};
use crate::cloud;
use crate::main_job::through_the_proxy;
use crate::page::{Page, setting};

/// Does something with `store`, where journals are kept; `keys` are those of all records, in order, and `runs` the ids.
async fn in_store(page: &Page, steps: &str) {
    let script = "
        const done = arguments[arguments.length - 1];
        const opened = indexedDB.open('iot-provisioner', 1);
        opened.onsuccess = () => {
            const transaction = opened.result.transaction('records', 'readwrite', { durability: 'strict' });
            transaction.oncomplete = () => { opened.result.close(); done(null); };
            const store = transaction.objectStore('records');
            const change = (key, how) => { store.get(key).onsuccess = got => store.put(how(got.target.result), key); };
            store.getAllKeys().onsuccess = got => {
                const keys = got.target.result;
                const runs = [...new Set(keys.map(key => key.split('/')[0]))];
                STEPS
            };
        };";
    page.script_later(&script.replace("STEPS", steps)).await;
    page.visit("").await;
}

async fn go_on(page: &Page) {
    page.fill_credentials("testsecret").await;
    page.click("resume-run").await;
}

async fn complete(page: &Page, devices: u64) {
    assert_eq!(page.verdict().await, "complete");
    assert_eq!(page.number("downloaded").await, devices);
}

/// A run that ends, and whose table nobody saves.
async fn unsaved_run(page: &Page, devices: u64) {
    page.fill("count", &devices.to_string()).await;
    page.fill_credentials("testsecret").await;
    page.review_and_start().await;
    page.number_is("requested", devices).await;
    complete(page, devices).await;
}

/// How much the browser keeps for the page; none: as much as it likes.
pub async fn quota(page: &Page, bytes: Option<u64>) {
    let origin = setting("E2E_PAGE_URL").trim_end_matches('/').to_owned();
    let parameters = match bytes {
        Some(bytes) => json!({ "origin": origin, "quotaSize": bytes }),
        None => json!({ "origin": origin }),
    };
    page.tell_browser("Storage.overrideQuotaForOrigin", parameters).await;
}

#[test]
fn where_storage_is_full_nothing_is_sent_until_there_is_room() {
    drive("storage_full", &through_the_proxy("a1SimCloud1", 60), async |page| {
        quota(page, Some(1)).await;
        page.fill_credentials("testsecret").await;
        page.review_and_start().await;
        page.text_with("notice", &["could not keep the run's journal", "Free space"]).await;
        page.phase("paused").await;
        page.click("resume").await;
        page.text_with("notice", &["could not keep the run's journal", "Resume"]).await;
        assert_eq!(cloud::state()["calls"], json!({}), "nothing was sent");
        quota(page, None).await;
        page.click("resume").await;
        complete(page, 60).await;
        page.visit("").await;
        page.find("resume-banner").await;
        go_on(page).await;
        complete(page, 60).await;
        assert_eq!(cloud::devices("a1SimCloud1").len(), 60);
    });
}

#[test]
fn where_storage_is_denied_a_run_begins_only_after_the_user_accepts_it() {
    let denied = json!({ "profile.default_content_setting_values.cookies": 2 });
    drive_with("storage_denied", &through_the_proxy("a1SimCloud1", 60), &denied, async |page| {
        page.fill_credentials("testsecret").await;
        page.click("review").await;
        assert!(page.text("plan").await.contains("keeps no journal"));
        page.click("start").await;
        assert!(!page.has("run").await, "not without a word of the user's");
        page.click("accept-no-journal").await;
        page.click("start").await;
        complete(page, 60).await;
    });
}

#[test]
fn a_torn_last_entry_is_left_out_and_written_over() {
    drive("storage_torn", &through_the_proxy("a1SimCloud1", 10_050), async |page| {
        page.fill_credentials("testsecret").await;
        page.review_and_start().await;
        page.phase("registering").await;
        page.visit("").await;
        let torn = "const [id, number] = keys.at(-1).split('/');
            const next = `${id}/${String(Number(number) + 1).padStart(10, '0')}`;
            store.get(keys.at(-1)).onsuccess = got => store.put(got.target.result.slice(0, 2), next);";
        in_store(page, torn).await;
        for _ in 0..2 {
            page.find("resume-banner").await;
            go_on(page).await;
            complete(page, 10_050).await;
            page.visit("").await;
        }
        assert_eq!(cloud::devices("a1SimCloud1").len(), 10_050);
        assert_eq!(cloud::state()["calls"]["BatchRegisterDevice"], 2);
    });
}

#[test]
fn a_journal_of_another_version_is_told_and_kept_for_that_version() {
    drive("storage_version", &through_the_proxy("a1SimCloud1", 60), async |page| {
        unsaved_run(page, 60).await;
        in_store(page, "change(keys.at(-1), record => (record[0] += 100, record));").await;
        page.text_with("resume-banner", &["another version", "version 10"]).await;
        assert!(!page.has("resume-run").await);
        in_store(page, "change(keys.at(-1), record => (record[0] -= 100, record));").await;
        page.find("resume-run").await;
        go_on(page).await;
        complete(page, 60).await;
        assert_eq!(cloud::devices("a1SimCloud1").len(), 60);
    });
}

#[test]
fn a_damaged_journal_is_told_with_its_batches_and_hides_no_older_one() {
    drive("storage_damaged", &through_the_proxy("a1SimCloud1", 60), async |page| {
        unsaved_run(page, 60).await;
        unsaved_run(page, 70).await;
        let apply_id = cloud::devices("a1SimCloud1")[129]["ApplyId"].as_str().unwrap().to_owned();
        in_store(page, "change(`${runs[1]}/0000000000`, record => record.slice(0, 9));").await;
        page.text_with("resume-banner", &["60 devices"]).await;
        page.click("discard-run").await;
        page.text_with("resume-banner", &["damaged", &apply_id, "console"]).await;
        assert!(!page.has("resume-run").await);
        page.click("discard-run").await;
        page.visit("").await;
        assert!(!page.has("resume-banner").await);
    });
}

#[test]
fn a_journal_with_a_hole_is_not_gone_on_with() {
    drive("storage_hole", &through_the_proxy("a1SimCloud1", 60), async |page| {
        unsaved_run(page, 60).await;
        // Without this entry the register call would seem never to have left.
        in_store(page, "store.delete(keys.at(-3));").await;
        page.text_with("resume-banner", &["damaged", "twice"]).await;
        assert!(!page.has("resume-run").await);
    });
}

#[test]
fn a_run_belongs_to_one_tab_and_is_free_once_that_is_closed() {
    drive("two_tabs", &through_the_proxy("a1SimCloud1", 10_050), async |page| {
        page.fill_credentials("testsecret").await;
        page.review_and_start().await;
        page.phase("registering").await;
        page.open_tab().await;
        let watch = "const look = () => window.offered ||= !!document.querySelector(\"[data-testid='resume-banner']\");
            window.offered = false; look();
            new MutationObserver(look).observe(document.body, { childList: true, subtree: true });";
        page.script(watch).await;
        // The engine looks for runs before it takes any command: the end of a demo says that it has.
        page.fill("count", "1").await;
        page.review_and_start().await;
        assert_eq!(page.verdict().await, "complete");
        assert_eq!(page.script("return window.offered").await, false, "another tab is at it");
        page.close_first_tab().await;
        page.visit("").await;
        page.find("resume-banner").await;
        go_on(page).await;
        complete(page, 10_050).await;
        assert_eq!(cloud::devices("a1SimCloud1").len(), 10_050);
        assert_eq!(cloud::state()["calls"]["BatchRegisterDevice"], 2);
    });
}
