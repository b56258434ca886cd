//! The credential table: sorted, filtered, shown and copied one secret at a time, worked by keyboard, without faults of
//! accessibility.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::browser::drive;
use crate::page::{Page, setting};

/// The rows in the document, as their names.
const NAMES: &str =
    "return [...document.querySelectorAll(\"[data-testid='cell-device-name']\")].map(cell => cell.textContent)";

/// Notes what is put on the clipboard, which a headless browser keeps from pages.
pub const CLIPBOARD: &str = "window.copied = [];
    navigator.clipboard.writeText = text => { window.copied.push(text); return Promise.resolve(); };";

/// A demo with so many rows in its table, complete.
pub async fn fill(page: &Page, count: u32) {
    page.visit(&format!("?connection=demo&count={count}")).await;
    page.review_and_start().await;
    assert_eq!(page.verdict().await, "complete");
    page.text_with("cell-device-name", &[""]).await;
}

/// All rows, from the file: DeviceName, DeviceSecret and IotId, in the order in which they came.
async fn rows(page: &Page) -> Vec<[String; 3]> {
    let (_, text) = page.download("csv").await;
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let records = reader.records().map(Result::unwrap);
    records.map(|record| [1, 2, 3].map(|column| record[column].to_owned())).collect()
}

/// Brings axe into the document.
pub async fn load_axe(page: &Page) {
    page.script(&std::fs::read_to_string(setting("E2E_AXE")).unwrap()).await;
}

/// The document's faults of accessibility.
pub async fn faults(page: &Page) -> Vec<Value> {
    let found = page
        .script_later(
            "const done = arguments[0]; axe.run(document).then(result => done(result.violations.flatMap(
                fault => fault.nodes.map(node => fault.id + ': ' + node.html + ' ' + node.failureSummary))))",
        )
        .await;
    found.as_array().unwrap().clone()
}

/// Clicks the header of a column until it is sorted in this direction.
async fn sort(page: &Page, column: &str, direction: &str) {
    for _ in 0..3 {
        let header = format!("const header = document.querySelector('#rows th.{column}');");
        if page.script(&format!("{header} return header.getAttribute('aria-sort')")).await == direction {
            return;
        }
        page.script(&format!("{header} header.firstElementChild.click()")).await;
        page.settled().await;
    }
    panic!("{column} cannot be sorted {direction}");
}

/// Waits until the live region has told this count.
async fn said(page: &Page, count: &str) {
    let region = "return document.querySelector(\"[data-testid='said']\").textContent";
    page.script_is(region, &json!(format!("{count}, as the rows came."))).await;
}

async fn names(page: &Page) -> Vec<String> {
    serde_json::from_value(page.script(NAMES).await).unwrap()
}

#[test]
fn rows_are_sorted_by_a_click_and_stand_as_they_came_after_the_third() {
    drive("sorted", "", async |page| {
        fill(page, 3_000).await;
        let rows = rows(page).await;
        for (column, field) in [("name", 0), ("iot-id", 2)] {
            let mut expected = rows.clone();
            expected.sort_by(|one, other| one[field].cmp(&other[field]));
            sort(page, column, "ascending").await;
            let shown = names(page).await;
            assert!(shown.len() > 10 && shown.iter().zip(&expected).all(|(shown, row)| *shown == row[0]), "{column}");
            sort(page, column, "descending").await;
            let shown = names(page).await;
            assert!(shown.iter().zip(expected.iter().rev()).all(|(shown, row)| *shown == row[0]), "{column}");
            page.script(&format!("document.querySelector('#rows th.{column} button').click()")).await;
            page.settled().await;
            assert!(names(page).await.iter().zip(&rows).all(|(shown, row)| *shown == row[0]), "as they came");
        }
    });
}

#[test]
fn a_filter_shows_what_holds_its_text_and_tells_how_many() {
    drive("filtered", "", async |page| {
        fill(page, 2_000).await;
        let rows = rows(page).await;
        let text = rows[1_234][0][..2].to_lowercase();
        let holds = |row: &&[String; 3]| [0, 2].iter().any(|&field| row[field].to_lowercase().contains(&text));
        let expected: Vec<&str> = rows.iter().filter(holds).map(|row| row[0].as_str()).collect();
        page.fill("filter", &text.to_uppercase()).await;
        page.settled().await;
        let count = page.text("row-count").await;
        assert_eq!(count, format!("{} of 2,000 rows", expected.len()));
        said(page, &count).await;
        assert_eq!(page.attribute("credential-table", "aria-rowcount").await, (expected.len() + 1).to_string());
        let shown = names(page).await;
        assert!(!shown.is_empty() && shown.iter().zip(expected).all(|(shown, name)| shown == name));

        // A secret is not found by its text.
        page.fill("filter", &rows[7][1]).await;
        page.settled().await;
        assert_eq!(page.text("row-count").await, "0 of 2,000 rows");
        said(page, "0 of 2,000 rows").await;
        assert!(!page.has("row").await);
        page.click("filter-clear").await;
        page.settled().await;
        assert_eq!(page.text("row-count").await, "2,000 rows");
        assert_eq!(names(page).await[0], rows[0][0]);
    });
}

#[test]
fn one_secret_is_shown_at_a_time_and_stays_with_its_row_until_its_time_is_over_or_the_tab_is_hidden() {
    drive("revealed", "", async |page| {
        fill(page, 200).await;
        let rows = rows(page).await;
        let shown = "return [...document.querySelectorAll('.uncovered')].map(secret =>
            [secret.closest('tr').querySelector('.name').textContent, secret.textContent])";
        let masked = "return document.querySelectorAll('.uncovered').length === 0 || null";
        let row = |index: usize| json!([[rows[index][0], rows[index][1]]]);
        let reveal = async |position: usize| {
            page.script(&format!("document.querySelectorAll(\"[data-testid='reveal']\")[{position}].click()")).await;
        };
        // Thirty seconds pass at once.
        page.script(
            "const wait = setTimeout; window.setTimeout = (act, ms, ...rest) => {
                if (ms === 30000) window.passes = act; else return wait(act, ms, ...rest); }",
        )
        .await;
        reveal(3).await;
        page.script_is(shown, &row(3)).await;
        reveal(5).await;
        page.script_is(shown, &row(5)).await;
        page.script("window.passes()").await;
        page.script_is(masked, &json!(true)).await;

        reveal(0).await;
        page.script_is(shown, &row(0)).await;
        sort(page, "name", "ascending").await;
        page.fill("filter", &rows[0][0]).await;
        page.settled().await;
        page.script_is(shown, &row(0)).await;
        page.in_another_tab().await;
        page.script_is(masked, &json!(true)).await;
    });
}

#[test]
fn cells_rows_and_columns_are_copied_without_being_shown() {
    drive("copied", "", async |page| {
        fill(page, 120).await;
        let rows = rows(page).await;
        page.script(CLIPBOARD).await;
        let copied = async |lines: &[String]| {
            page.script_is("return window.copied.at(-1)", &Value::from(lines.join("\n"))).await;
        };
        let product = page.value("product-key").await;
        let triple = |row: &[String; 3]| format!("{product},{},{}", row[0], row[1]);
        page.click("copy").await;
        copied(&[triple(&rows[0])]).await;
        page.text_with("copy-said", &["DeviceSecret of", &rows[0][0]]).await;
        page.click("copy-rows").await;
        let question = page.text("copy-question").await;
        assert!(question.contains("120 DeviceSecrets"), "{question}");
        page.click("copy-sure").await;
        copied(&rows.iter().map(triple).collect::<Vec<_>>()).await;

        page.choose("copy-what", "device-secret").await;
        page.click("copy").await;
        copied(&[rows[0][1].clone()]).await;
        page.choose("copy-what", "device-name").await;
        sort(page, "name", "descending").await;
        let text = rows[60][0][..1].to_owned();
        page.fill("filter", &text).await;
        page.settled().await;
        page.click("copy-rows").await;
        let holds =
            |row: &&[String; 3]| [0, 2].iter().any(|&field| row[field].to_lowercase().contains(&text.to_lowercase()));
        let mut expected: Vec<String> = rows.iter().filter(holds).map(|row| row[0].clone()).collect();
        expected.sort_by(|one, other| other.cmp(one));
        copied(&expected).await;
        assert!(!page.has("copy-question").await, "names are no secret");
        let document = page.script("return document.documentElement.outerHTML").await;
        assert!(rows.iter().all(|row| !document.as_str().unwrap().contains(&row[1])), "a secret is in the document");
    });
}

#[test]
fn the_table_is_worked_by_keyboard() {
    const PLACE: &str = "const row = document.activeElement.closest('tr');
        return [document.activeElement.dataset.testid || document.activeElement.id,
                row && Number(row.getAttribute('aria-rowindex'))]";
    const LAST: &str = "return Math.max(...[...document.querySelectorAll('#rows tbody [aria-rowindex]')]
        .filter(row => row.getBoundingClientRect().top < document.getElementById('rows').getBoundingClientRect().bottom)
        .map(row => row.getAttribute('aria-rowindex')))";
    drive("keyboard", "", async |page| {
        fill(page, 5_000).await;
        page.script("document.getElementById('rows').focus()").await;
        for (key, last) in [("End", 5_001), ("Home", 0), ("PageDown", 0), ("End", 5_001)] {
            let before = page.script(LAST).await.as_u64().unwrap();
            page.press(key).await;
            let now = async || {
                Ok(page.script(LAST).await.as_u64().filter(|&now| now != before && (last == 0 || now == last)))
            };
            page.until(&format!("{key} to scroll"), now).await;
        }
        page.press("Home").await;
        page.script_is("return document.getElementById('rows').scrollTop", &json!(0)).await;
        // The rows follow in the browser's next frame; the focus on one that is about to go would scroll back to it.
        let first = "return Number(document.querySelector(\"#rows [data-testid='reveal'][tabindex='0']\").closest('tr').ariaRowIndex)";
        page.script_is(first, &json!(2)).await;
        // Header buttons, then the buttons of one row, then what stands below the table.
        let stops = page
            .script("return [...document.querySelectorAll('#rows button')].filter(button => button.tabIndex === 0 && button.offsetParent)
                .map(button => button.dataset.testid || button.textContent)")
            .await;
        assert_eq!(stops, json!(["Row", "DeviceName", "IotId", "Batch", "reveal", "copy"]));
        page.script("document.querySelector(\"#rows [data-testid='reveal'][tabindex='0']\").focus()").await;
        assert_eq!(page.script(PLACE).await, json!(["reveal", 2]));
        for _ in 0..40 {
            page.press("ArrowDown").await;
        }
        assert_eq!(page.script(PLACE).await, json!(["reveal", 42]));
        page.press("Enter").await;
        page.script_is("return document.querySelectorAll('.uncovered').length", &json!(1)).await;
        assert_eq!(page.script(PLACE).await, json!(["reveal", 42]), "the focus stays");
        page.press("ArrowUp").await;
        page.press("Tab").await;
        assert_eq!(page.script(PLACE).await, json!(["copy", 41]));
        // The row goes out of the document: the focus goes to the box, and the keys go on scrolling.
        page.script("document.getElementById('rows').scrollTop = 90000").await;
        page.script_is(PLACE, &json!(["rows", null])).await;
    });
}

#[test]
fn axe_finds_nothing_in_any_state_of_the_table() {
    drive("axe", "", async |page| {
        fill(page, 300).await;
        load_axe(page).await;
        let mut found = BTreeSet::new();
        for theme in ["light", "dark"] {
            page.choose("theme", theme).await;
            for state in ["masked", "revealed", "sorted", "asked", "unfolded", "compact", "empty", "masked"] {
                match state {
                    "revealed" => {
                        page.click("reveal").await;
                        page.script_is("return document.querySelectorAll('.uncovered').length", &json!(1)).await;
                    }
                    "sorted" => sort(page, "name", "descending").await,
                    "asked" => page.click("copy-rows").await,
                    "unfolded" => drop(page.script("document.querySelector('.columns').open = true").await),
                    "compact" => {
                        drop(page.script("document.querySelector('.columns div').lastElementChild.click()").await)
                    }
                    "empty" => page.fill("filter", "no such row").await,
                    _ if page.value("filter").await.is_empty() => {}
                    _ => page.click("filter-clear").await,
                }
                page.settled().await;
                found.extend(faults(page).await.iter().map(|fault| format!("{theme}, {state}: {fault}")));
            }
        }
        assert!(found.is_empty(), "{found:#?}");
    });
}

#[test]
fn a_narrow_page_scrolls_the_table_inside_its_box_and_buttons_are_large_enough() {
    drive("narrow", "", async |page| {
        page.narrow(320).await;
        fill(page, 150).await;
        page.script("document.querySelector('.columns').open = true; document.querySelector('.columns div').lastElementChild.click()").await;
        let widths = page
            .script(
                "const box = document.getElementById('rows');
                return [innerWidth, document.documentElement.scrollWidth <= innerWidth, box.scrollWidth > box.clientWidth]",
            )
            .await;
        assert_eq!(widths, json!([320, true, true]));
        let small = page
            .script("return [...document.querySelectorAll('.credentials :is(button, select, summary, label, input[type=text])')]
                .filter(control => control.offsetParent && control.getBoundingClientRect().height < 24)
                .map(control => control.outerHTML)")
            .await;
        assert_eq!(small, json!([]));
    });
}
