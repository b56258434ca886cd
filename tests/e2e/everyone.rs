//! The page for everyone: by keyboard alone, by what a screen reader is told alone, and without faults of accessibility
//! in any state, language or theme.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::browser::drive;
use crate::page::{Page, setting};
use crate::rows::csv_rows;

/// More stops than there are between two controls of the page.
const STOPS_MAX: usize = 120;

/// Goes on with Tab until the focus is on this control, which has to be seen to have it.
async fn tab_to(page: &Page, id: &str) {
    for _ in 0..STOPS_MAX {
        page.press("Tab").await;
        let here = page.script("return document.activeElement.dataset.testid ?? document.activeElement.id").await;
        if here == id {
            let outline = "return getComputedStyle(document.activeElement).outlineStyle";
            assert_ne!(page.script(outline).await, "none", "one cannot see that {id} has the focus");
            return;
        }
    }
    panic!("Tab does not lead to {id}");
}

async fn focused(page: &Page, id: &str) {
    page.script_is("return document.activeElement.id", &json!(id)).await;
}

#[test]
fn a_whole_run_is_made_by_keyboard_alone() {
    drive("keyboard", "?region=simcloud&product=a1SimCloud1", async |page| {
        tab_to(page, "connection").await;
        // The first letter chooses, as in every select.
        page.write("T").await;
        page.script_is("return document.querySelector('#connection').value", &json!("proxy")).await;
        tab_to(page, "access-key-id").await;
        page.write("testid").await;
        tab_to(page, "access-key-secret").await;
        page.write("testsecret").await;
        tab_to(page, "naming-random").await;
        page.press("ArrowDown").await;
        tab_to(page, "pattern").await;
        page.write("KB-{001..120}").await;
        page.press("Enter").await;
        focused(page, "plan").await;
        tab_to(page, "start").await;
        page.press("Enter").await;
        focused(page, "run").await;
        assert_eq!(page.verdict().await, "complete");
        tab_to(page, "download-start").await;
        page.press("Space").await;
        let file = page.downloaded(".csv").await;
        let rows = csv_rows(&std::fs::read_to_string(file).unwrap());
        assert!(rows.len() == 120 && rows.contains_key("KB-001") && rows.contains_key("KB-120"));
        tab_to(page, "filter").await;
        page.write("KB-119").await;
        page.script_is("return document.querySelectorAll('[data-testid=cell-device-name]').length", &json!(1)).await;
        tab_to(page, "reveal").await;
        page.press("Enter").await;
        page.script_is("return document.querySelectorAll('.uncovered').length", &json!(1)).await;
    });
}

/// What a screen reader is told: nodes of the accessibility tree, found by role and name as it reads them.
struct Tree<'a>(&'a Page);

impl Tree<'_> {
    async fn all(&self, role: &str, name: &str) -> Vec<Value> {
        let document = self.0.ask_browser("DOM.getDocument", json!({ "depth": 0 })).await;
        let root = &document["root"]["backendNodeId"];
        let query = json!({ "backendNodeId": root, "role": role, "accessibleName": name });
        let found = self.0.ask_browser("Accessibility.queryAXTree", query).await;
        let nodes = found["nodes"].as_array().cloned().unwrap_or_default();
        nodes.into_iter().filter(|node| node["ignored"] == false).collect()
    }

    /// Waits for a node, and gives the element behind it.
    async fn find(&self, role: &str, name: &str) -> Value {
        self.0
            .until(&format!("{role} “{name}”"), async || {
                Ok(self.all(role, name).await.first().map(|node| node["backendDOMNodeId"].clone()))
            })
            .await
    }

    async fn focus(&self, role: &str, name: &str) {
        let node = self.find(role, name).await;
        self.0.tell_browser("DOM.focus", json!({ "backendNodeId": node })).await;
    }

    async fn press(&self, name: &str) {
        self.focus("button", name).await;
        self.0.press("Enter").await;
    }

    async fn write(&self, name: &str, text: &str) {
        self.focus("textbox", name).await;
        self.0.write(text).await;
    }
}

#[test]
fn a_whole_run_is_made_by_the_accessibility_tree_alone() {
    drive("tree", "?region=simcloud&product=a1SimCloud1&count=&connection=proxy&lang=en", async |page| {
        let tree = Tree(page);
        tree.write("AccessKey ID", "testid").await;
        tree.write("AccessKey secret", "testsecret").await;
        tree.press("Review").await;
        // What is wrong is told at once, and where.
        tree.find("heading", "There is a problem").await;
        tree.focus("link", "Enter the number of devices.").await;
        page.press("Enter").await;
        page.write("120").await;
        tree.press("Review").await;
        tree.find("heading", "Plan").await;
        tree.press("Register 120 devices").await;
        tree.find("progressbar", "Credentials downloaded").await;
        tree.find("StaticText", "Complete").await;
        tree.find("heading", "Credentials: 120 rows").await;
        let table = page.ask_browser("Accessibility.getFullAXTree", json!({})).await;
        let named = |role: &str| {
            let nodes = table["nodes"].as_array().unwrap().iter();
            nodes.filter(|node| node["role"]["value"] == role && node["ignored"] == false).count()
        };
        assert!(named("columnheader") >= 6 && named("row") > 10 && named("cell") + named("gridcell") > 60);
        tree.press("Save 120 rows in plain text").await;
        let file = page.downloaded(".csv").await;
        assert_eq!(csv_rows(&std::fs::read_to_string(file).unwrap()).len(), 120);
    });
}

/// A run and a profile of an earlier visit.
const KEPT: &str = "
    localStorage.setItem('history', JSON.stringify([{ startedAt: '1795000000000', product: 'a1SimCloud1', naming: 'list',
        requested: '9', downloaded: '8', verdict: 'incomplete', batches: '9007199254740993 9 incomplete\\n' }]));
    localStorage.setItem('profiles', JSON.stringify([{ name: 'Line 3' }]));";

/// Brings the page into a state and gives its name.
async fn into(page: &Page, state: &str) {
    match state {
        "form" => page.visit("").await,
        "faulty form" => {
            page.visit("?connection=proxy&naming=list").await;
            page.click("review").await;
            page.find("error-summary").await;
        }
        "tried connection" => {
            page.visit("?connection=proxy&region=simcloud").await;
            page.script("document.querySelector(\"[data-testid='inspector']\").open = true").await;
            page.fill_credentials("testsecret").await;
            page.click("connection-test").await;
            page.text_with("connection-tried", &["127.0.0.1"]).await;
            page.click("inspector-look").await;
            page.text_with("inspector-calls", &["QueryProductList"]).await;
        }
        "tried in vain" => {
            page.fill("proxy-url", "http://127.0.0.1:9/").await;
            page.click("connection-test").await;
            page.text_with("connection-tried", &["127.0.0.1:9"]).await;
        }
        "plan" => {
            page.visit("?count=200000").await;
            page.click("review").await;
            page.find("start").await;
        }
        "looked up" => {
            page.visit("?naming=list&product=a1SimCloud3").await;
            page.fill("names", "SN-0001\nSN-0002").await;
            page.click("review").await;
            page.click("plan-lookup").await;
            page.find("plan-product").await;
            page.click("names-check").await;
            page.text_with("names-checked", &["2"]).await;
        }
        "batches that exist" => {
            page.visit("?naming=existing").await;
            page.fill("apply-ids", "7\n8").await;
            page.click("review").await;
            page.find("start").await;
        }
        "history" => {
            page.script(KEPT).await;
            page.visit("?connection=proxy").await;
            page.find("profile").await;
            page.script("document.querySelectorAll('details').forEach(folded => folded.open = true)").await;
            page.click("history-forget-all").await;
        }
        "running" => {
            page.visit("?count=20000").await;
            page.click("review").await;
            page.click("start").await;
            page.find("pause").await;
        }
        "paused" => {
            page.click("pause").await;
            page.phase("paused").await;
        }
        "asked" => page.click("cancel").await,
        "complete" => {
            page.visit("").await;
            page.review_and_start().await;
            assert_eq!(page.verdict().await, "complete");
            page.find("reveal").await;
        }
        "encrypted" => page.click("download-encrypt").await,
        "labels" => page.choose("download", "labels").await,
        "template" => page.choose("download", "template").await,
        "errors" => page.visit_gallery().await,
        other => panic!("no state {other}"),
    }
}

#[test]
fn axe_finds_nothing_in_any_state_language_or_theme() {
    let axe = std::fs::read_to_string(setting("E2E_AXE")).unwrap();
    drive("everyone", "", async |page| {
        let mut found = BTreeSet::new();
        for language in ["en", "zh-CN"] {
            // Kept for every visit that follows.
            page.choose("language", language).await;
            for state in [
                "form",
                "faulty form",
                "tried connection",
                "tried in vain",
                "plan",
                "looked up",
                "batches that exist",
                "history",
                "running",
                "paused",
                "asked",
                "complete",
                "encrypted",
                "labels",
                "template",
                "errors",
            ] {
                into(page, state).await;
                page.script(&axe).await;
                page.script_is("return document.documentElement.lang", &json!(language)).await;
                for theme in ["light", "dark"] {
                    page.choose("theme", theme).await;
                    let faults = page
                        .script_later(
                            "const done = arguments[0]; axe.run(document).then(result => done(result.violations.flatMap(
                                fault => fault.nodes.map(node => fault.id + ': ' + node.html))))",
                        )
                        .await;
                    let faults = faults.as_array().unwrap().iter();
                    found.extend(faults.map(|fault| format!("{state}, {language}, {theme}: {fault}")));
                }
            }
        }
        assert!(found.is_empty(), "{found:#?}");
    });
}
