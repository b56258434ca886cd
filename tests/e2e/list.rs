//! Names from a file: checked before anything is sent, corrected in the page or by the file that it offers.

use serde_json::json;

use crate::browser::{drive, empty_folder};
use crate::cloud;
use crate::page::Page;

const BY_LIST: &str = "?connection=proxy&region=simcloud&product=a1SimCloud1&naming=list";

/// Twelve rows of ten thousand, each with a fault of another kind: line, name, nickname.
const PLANTED: [(u32, &str, &str); 12] = [
    (17, "", "only_a_nickname"),
    (500, "8.6E+14", "lamp"),
    (999, "00000000A$0999", "lamp"),
    (1_500, "0000000 001500", "lamp"),
    (2_222, "ABC", "lamp"),
    (3_000, "123456789012345678901234567890123", "lamp"),
    (4_000, "00000000004000", "living-room"),
    (5_000, "00000000005000", "灯"),
    (6_000, "00000000006000", "灯灯灯灯灯灯灯灯灯灯灯灯灯灯灯灯灯灯灯灯灯灯灯灯灯灯灯灯灯灯灯灯灯"),
    (7_000, "00000000007000", "lamp;more"),
    (8_000, "00000000000042", "lamp"),
    (9_000, "9000", "lamp"),
];

fn file_with_faults() -> String {
    let rows = (2..=10_001).map(|line| match PLANTED.iter().find(|(planted, ..)| *planted == line) {
        Some((_, name, nickname)) => format!("{line};{name};{nickname}\r\n"),
        None => format!("{line};{:014};lamp\r\n", line - 1),
    });
    ["\u{FEFF}No.;设备名称;备注名称\r\n".to_owned()].into_iter().chain(rows).collect()
}

async fn choose(page: &Page, name: &str, text: &str) {
    let file = empty_folder("list_files").join(name);
    std::fs::write(&file, text).unwrap();
    page.find("names-file").await.send_keys(file.to_str().unwrap()).await.unwrap();
}

#[test]
fn twelve_faults_in_ten_thousand_rows_are_listed_left_out_corrected_by_the_offered_file_and_registered() {
    drive("planted", BY_LIST, async |page| {
        choose(page, "planted.csv", &file_with_faults()).await;
        page.text_with("preflight-found", &["11 rows to be corrected", "1 warning"]).await;
        let rows = page.all("preflight-row").await;
        assert_eq!(rows.len(), 12);
        for (row, (line, ..)) in rows.iter().zip(PLANTED) {
            let text = row.text().await.unwrap().replace(',', "");
            assert!(text.contains(&format!("Line {line}\n")), "{text}");
        }
        let (_, faulty) = page.download_by("preflight-save", "faulty-rows.csv").await;
        assert!(
            faulty.starts_with("\u{FEFF}No.;设备名称;备注名称;;Reason\r\n17;;only_a_nickname;;This row has"),
            "{faulty}"
        );

        page.click("preflight-drop-all").await;
        page.text_with("names-kept", &["9,988 rows"]).await;
        assert!(!page.has("preflight-row").await);
        page.fill_credentials("testsecret").await;
        page.click("review").await;
        assert_eq!(page.number("plan-devices").await, 9_988);
        page.click("start").await;
        assert_eq!(page.verdict().await, "complete");

        let corrected: Vec<String> = (0..)
            .zip(faulty.lines())
            .map(|(number, line)| {
                let mut cells: Vec<&str> = line.split(';').collect();
                let name = format!("9{number:013}");
                if number > 0 {
                    (cells[1], cells[2], cells[3]) = (&name, "good_lamp", "");
                }
                cells.join(";")
            })
            .collect();
        choose(page, "faulty-rows.csv", &corrected.join("\r\n")).await;
        page.text_with("names-kept", &["12 rows"]).await;
        page.fill_credentials("testsecret").await;
        page.review_and_start().await;
        page.number_is("requested", 12).await;
        assert_eq!(page.verdict().await, "complete");
        assert_eq!(cloud::devices("a1SimCloud1").len(), 10_000);
    });
}

#[test]
fn a_typed_list_is_corrected_row_by_row_in_the_field() {
    drive("typed", BY_LIST, async |page| {
        page.fill("names", "lamp-1\nlämp-2\nlamp-1").await;
        page.fill_credentials("testsecret").await;
        page.click("review").await;
        page.text_with("error-summary", &["2 of 3 rows"]).await;
        page.script_is("return document.querySelector('[data-testid=preflight-input]').value", &json!("lmp-2")).await;
        page.fill("preflight-input", "lamp-2").await;
        page.click("preflight-apply").await;
        page.until("the row's correction", async || Ok((page.all("preflight-row").await.len() == 1).then_some(())))
            .await;
        page.click("preflight-drop").await;
        page.until("the corrected list", async || Ok((page.value("names").await == "lamp-1\nlamp-2\n").then_some(())))
            .await;
        page.click("review").await;
        assert_eq!(page.number("plan-devices").await, 2);
    });
}

#[test]
fn a_large_paste_goes_past_the_field_and_keeps_what_stood_around_it() {
    drive("pasted", BY_LIST, async |page| {
        page.fill("names", "first-1\nlast-1").await;
        page.script(
            "const field = document.getElementById('names');
            field.setSelectionRange(8, 8);
            const pasted = new DataTransfer();
            pasted.setData('text/plain', Array.from({ length: 20000 }, (_, row) => `SN-${row + 10000}\\n`).join(''));
            const event = new ClipboardEvent('paste', { clipboardData: pasted, bubbles: true, cancelable: true });
            if (field.dispatchEvent(event)) throw new Error('the field takes it');",
        )
        .await;
        page.text_with("names-kept", &["20,002 rows"]).await;
        page.fill_credentials("testsecret").await;
        page.click("review").await;
        assert_eq!(page.number("plan-devices").await, 20_002);
        page.text_with("plan", &["first-1", "last-1"]).await;
    });
}

#[test]
fn gb18030_other_columns_and_a_file_that_is_no_list_are_told_apart() {
    drive("kinds", BY_LIST, async |page| {
        // In GB18030, with a header whose words are not known: 编号,code over 客厅灯,SN-1.
        let gb = b"\xB1\xE0\xBA\xC5,code\r\n\xBF\xCD\xCC\xFC\xB5\xC6,SN-1\r\n";
        let file = empty_folder("list_kinds").join("gb.csv");
        std::fs::write(&file, gb).unwrap();
        page.find("names-file").await.send_keys(file.to_str().unwrap()).await.unwrap();
        page.find("names-column-name").await;
        assert_eq!(
            (page.value("names-column-name").await, page.value("names-column-nickname").await),
            ("1".into(), "0".into())
        );
        page.click("names-header").await;
        page.text_with("names-kept", &["1 row;"]).await;
        assert_eq!(page.value("names").await, "SN-1,客厅灯\n");
        let file = file.with_file_name("old.xls");
        std::fs::write(&file, b"\xD0\xCF\x11\xE0old").unwrap();
        page.find("names-file").await.send_keys(file.to_str().unwrap()).await.unwrap();
        page.text_with("error-summary", &["XLSX"]).await;
    });
}
