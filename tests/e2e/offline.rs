//! The published site as an application: without its server, and when a new version of it is there.

use serde_json::json;

use crate::browser::{drive, empty_folder};
use crate::page::{Page, setting};
use crate::servers::{Server, copy_site};

/// Waits until the browser keeps this version of the site.
pub async fn kept(page: &Page) {
    let state = "return navigator.serviceWorker.getRegistration().then(found => found?.active?.state ?? '')";
    page.script_is(state, &json!("activated")).await;
}

#[test]
fn the_demo_runs_when_the_site_cannot_be_reached_any_more() {
    let site = Server::site(&setting("E2E_CLOUD_URL"));
    let address = site.address.clone();
    drive("without_server", "", async move |page| {
        page.visit_site(&address).await;
        kept(page).await;
        drop(site);
        page.visit_site(&(address.clone() + "?count=50")).await;
        page.review_and_start().await;
        assert_eq!(page.verdict().await, "complete");
        assert_eq!(page.number("downloaded").await, 50);
    });
}

#[test]
fn a_new_version_waits_for_the_user_and_for_rows_that_are_not_saved() {
    let folder = empty_folder("next_version_site");
    copy_site(&folder);
    let site = Server::site_in(&folder, &setting("E2E_CLOUD_URL"));
    drive("next_version", "", async |page| {
        page.visit_site(&site.address).await;
        kept(page).await;
        page.visit_site(&site.address).await;
        let script = folder.join("service-worker.js");
        let text = std::fs::read_to_string(&script).unwrap();
        let (version, rest) = text.split_once('\n').unwrap();
        assert!(version.starts_with("const VERSION = "), "{version}");
        // The host would send the old one to whom that suits.
        std::fs::remove_file(folder.join("service-worker.js.br")).unwrap();
        std::fs::write(&script, format!("const VERSION = \"next\";\n{rest}")).unwrap();
        page.review_and_start().await;
        assert_eq!(page.verdict().await, "complete");
        page.script("navigator.serviceWorker.getRegistration().then(found => found.update())").await;
        let waits = "return navigator.serviceWorker.getRegistration().then(found => found.waiting !== null)";
        page.script_is(waits, &json!(true)).await;
        assert!(!page.has("next-version").await, "it is offered while rows would be lost");
        page.download("csv").await;
        page.click("use-next-version").await;
        let names = "return caches.keys().then(names => names.map(name => name.split(' ').pop()))";
        page.script_is(names, &json!(["next"])).await;
        page.find("review").await;
        assert!(!page.has("run").await && !page.has("next-version").await);
    });
}
