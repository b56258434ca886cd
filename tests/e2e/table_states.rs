//! The credential table while rows are on their way, with many of them, with those that failed; its tools by keyboard.

use serde_json::{Value, json};

use crate::browser::drive;
use crate::cloud;
use crate::page::Page;
use crate::table::{CLIPBOARD, faults, fill, load_axe};

/// What has the focus: its test id, or its text.
const FOCUS: &str = "return document.activeElement.dataset.testid || document.activeElement.textContent";

async fn names(page: &Page) -> Value {
    let names =
        "return [...document.querySelectorAll(\"[data-testid='cell-device-name']\")].map(cell => cell.textContent)";
    page.script(names).await
}

/// Presses Tab until what is to have the focus has it.
async fn tab_to(page: &Page, wanted: &str) {
    for _ in 0..20 {
        page.press("Tab").await;
        if page.script(FOCUS).await == wanted {
            return;
        }
    }
    panic!("Tab does not reach {wanted}");
}

#[test]
fn rows_that_are_on_their_way_are_told_and_found_before_they_are_scrolled_to() {
    drive("on_their_way", "", async |page| {
        fill(page, 20_000).await;
        // Questions to the engine can be held back.
        page.script(
            "const post = Worker.prototype.postMessage; window.held = [];
            Worker.prototype.postMessage = function (...message) {
                if (window.holds) window.held.push(() => post.apply(this, message)); else post.apply(this, message);
            };
            window.release = () => { window.holds = false; window.held.splice(0).forEach(send => send()); }",
        )
        .await;
        load_axe(page).await;
        page.script("window.holds = true; document.getElementById('rows').scrollTop = 700").await;
        let moved = "return document.querySelector(\"[data-testid='row']\").getAttribute('aria-rowindex') > 2 || null";
        page.script_is(moved, &json!(true)).await;
        assert!(!names(page).await.as_array().unwrap().contains(&json!("…")), "a wheel finds its rows there");
        for theme in ["light", "dark"] {
            page.script("window.release()").await;
            page.choose("theme", theme).await;
            page.settled().await;
            assert_eq!(faults(page).await, [""; 0], "{theme}");
            page.script(
                "window.holds = true; const box = document.getElementById('rows');
                box.scrollTop = box.scrollTop > 9e4 ? 0 : box.scrollHeight / 2",
            )
            .await;
            page.script_is("return document.getElementById('rows').textContent.includes('…')", &json!(true)).await;
            assert_eq!(faults(page).await, [""; 0], "{theme}, on their way");
        }
        page.script("window.release()").await;
        page.settled().await;
        let numbers = page
            .script("return [...document.querySelectorAll('#rows tbody [aria-rowindex]')].map(row => [
                Number(row.getAttribute('aria-rowindex')) - 1, Number(row.firstElementChild.textContent.replace(',', ''))])")
            .await;
        let numbers: Vec<[u32; 2]> = serde_json::from_value(numbers).unwrap();
        assert!(numbers.len() > 10 && numbers.iter().all(|[place, number]| place == number), "{numbers:?}");
        assert!(numbers.windows(2).all(|two| two[0][0] + 1 == two[1][0]), "{numbers:?}");
    });
}

#[test]
fn the_tools_of_the_table_are_worked_by_keyboard() {
    drive("tools_by_key", "", async |page| {
        fill(page, 200).await;
        page.script(CLIPBOARD).await;
        page.script("document.getElementById('rows').focus()").await;
        tab_to(page, "DeviceName").await;
        page.press("Enter").await;
        let order = "return document.activeElement.parentElement.getAttribute('aria-sort')";
        page.script_is(order, &json!("ascending")).await;
        page.press("Space").await;
        page.script_is(order, &json!("descending")).await;
        page.settled().await;
        let first = names(page).await[0].as_str().unwrap().to_owned();
        tab_to(page, "copy").await;
        page.press("Enter").await;
        page.text_with("copy-said", &[&first]).await;

        page.script("document.getElementById('table-filter').focus()").await;
        page.fill("filter", &first).await;
        page.settled().await;
        assert_eq!(names(page).await, json!([first]));
        tab_to(page, "filter-clear").await;
        page.press("Enter").await;
        page.settled().await;
        assert_eq!(page.script(FOCUS).await, "filter");

        tab_to(page, "copy-rows").await;
        page.press("Enter").await;
        page.script_is("return document.activeElement.id", &json!("copy-question")).await;
        tab_to(page, "copy-sure").await;
        page.press("Enter").await;
        page.text_with("copy-said", &["200"]).await;
        assert_eq!(page.script(FOCUS).await, "copy-what");

        tab_to(page, "Columns and row height").await;
        page.press("Enter").await;
        page.press("Tab").await;
        page.press("Space").await;
        let name = "return Boolean(document.querySelector('#rows th.name').offsetParent)";
        page.script_is(name, &json!(false)).await;
        page.press("Space").await;
        page.script_is(name, &json!(true)).await;
        let height = "return document.getElementById('rows-head').offsetHeight";
        let before = page.script(height).await;
        let last = "return document.activeElement === [...document.querySelectorAll('.columns input')].at(-1)";
        for _ in 0..8 {
            if page.script(last).await != true {
                page.press("Tab").await;
            }
        }
        page.press("Space").await;
        page.until("lower rows", async || Ok((page.script(height).await.as_u64() < before.as_u64()).then_some(())))
            .await;
    });
}

#[test]
fn devices_that_failed_stand_in_the_table_with_their_reasons() {
    drive("failed_rows", "?connection=proxy&region=simcloud&product=a1SimCloud1&naming=list", async |page| {
        cloud::set_fault("BatchCheckDeviceNames", 1, json!({ "fail_devices": { "count": 1 } }));
        page.fill("names", "lamp-1,first\nlamp-2\nlamp-3").await;
        page.fill_credentials("testsecret").await;
        page.review_and_start().await;
        assert_eq!(page.verdict().await, "failed");
        assert!(!page.has("credential-table").await);
        page.click("see-failed").await;
        page.text_with("row-count", &["3 devices failed"]).await;
        page.settled().await;
        assert_eq!(names(page).await, json!(["lamp-1", "lamp-2", "lamp-3"]));
        assert_eq!(page.script("return document.activeElement.id").await, "rows");
        assert_eq!(page.attribute("credential-table", "aria-rowcount").await, "4");
        let status = "return [...document.querySelectorAll('#rows td.status')].map(cell => cell.textContent)";
        let batch = "NotRegistered: Not registered, since its batch was not.";
        page.script_is(status, &json!(["CHECK_FAILED: The check failed.", batch, batch])).await;
        let buttons =
            "return [...document.querySelectorAll('#rows tbody button')].filter(one => one.offsetParent).length";
        assert_eq!(page.script(buttons).await, 0);
        load_axe(page).await;
        assert_eq!(faults(page).await, [""; 0]);
        page.fill("filter", "notreg").await;
        page.text_with("row-count", &["2 of 3 devices that failed"]).await;
        page.settled().await;
        assert_eq!(names(page).await, json!(["lamp-2", "lamp-3"]));
        page.click("filter-clear").await;
        page.script("document.querySelector('#rows th.name button').click()").await;
        page.script("document.querySelector('#rows th.name button').click()").await;
        page.settled().await;
        assert_eq!(names(page).await, json!(["lamp-3", "lamp-2", "lamp-1"]));
    });
}

#[test]
fn the_table_goes_from_what_is_there_to_what_failed_and_back() {
    drive("failed_and_back", "?connection=proxy&region=simcloud&product=a1SimCloud1&naming=list", async |page| {
        cloud::set_fault("BatchRegisterDeviceWithApplyId", 1, json!({ "fail_devices": { "count": 1 } }));
        page.fill("names", "lamp-1\nlamp-2").await;
        page.fill_credentials("testsecret").await;
        page.review_and_start().await;
        assert_eq!(page.verdict().await, "incomplete");
        page.text_with("row-count", &["1 row"]).await;
        page.settled().await;
        assert_eq!(names(page).await, json!(["lamp-2"]));
        page.click("show-failed").await;
        page.text_with("row-count", &["1 device failed"]).await;
        page.settled().await;
        assert_eq!(names(page).await, json!(["lamp-1"]));
        assert!(!page.has("copy-rows").await, "what failed has nothing to copy");
        page.click("show-failed").await;
        page.text_with("row-count", &["1 row"]).await;
        page.settled().await;
        assert_eq!(names(page).await, json!(["lamp-2"]));
        assert!(page.has("copy-rows").await);
    });
}
