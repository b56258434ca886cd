//! The lock: by the button, and after idle minutes. In: a run that has ended. Out: a tab that holds nothing, and the way
//! back.

use serde_json::json;

use crate::browser::drive;
use crate::cloud;
use crate::page::Page;

const BY_PROXY: &str = "?lang=en&connection=proxy&region=simcloud&product=a1SimCloud1&count=60";

/// Names of the locks that workers of this site hold; an engine holds one for its run.
const LOCKS_HELD: &str = "return navigator.locks.query().then(found => found.held.length)";

async fn run(page: &Page) {
    page.fill_credentials("testsecret").await;
    page.review_and_start().await;
    assert_eq!(page.verdict().await, "complete");
}

#[test]
fn a_lock_asks_about_unsaved_rows_ends_the_engine_and_the_run_can_be_read_again() {
    drive("lock", BY_PROXY, async |page| {
        assert!(!page.find("lock").await.is_displayed().await.unwrap(), "nothing to lock yet");
        run(page).await;
        page.script_is(LOCKS_HELD, &json!(1)).await;
        page.click("lock").await;
        page.text_with("lock-question", &["60 rows are in no file"]).await;
        page.click("lock-cancel").await;
        page.number_is("downloaded", 60).await;
        page.click("lock").await;
        page.click("lock-confirm").await;
        page.text_with("locked", &["left this tab's memory"]).await;
        assert!(!page.has("run").await && !page.has("credential-table").await);
        // The engine that looks for journals finds the run, whose lock the ended one has let go.
        page.find("resume-banner").await;
        page.fill_credentials("testsecret").await;
        page.click("resume-run").await;
        assert_eq!(page.verdict().await, "complete");
        page.number_is("downloaded", 60).await;
        assert_eq!(cloud::devices("a1SimCloud1").len(), 60);
        assert!(!page.has("locked").await);
    });
}

#[test]
fn idle_minutes_lock_and_the_form_stays() {
    drive("idle", BY_PROXY, async |page| {
        page.choose("lock-after", "5").await;
        run(page).await;
        page.script("const now = Date.now; Date.now = () => now() + 4 * 60e3;").await;
        // Longer than it takes until it is looked at again.
        tokio::time::sleep(std::time::Duration::from_secs(12)).await;
        page.number_is("downloaded", 60).await;
        page.script("const now = Date.now; Date.now = () => now() + 2 * 60e3;").await;
        page.text_with("locked", &["5 idle minutes"]).await;
        assert!(!page.has("run").await);
        assert_eq!(page.value("product-key").await, "a1SimCloud1");
        assert_eq!(page.value("access-key-secret").await, "");
    });
}
