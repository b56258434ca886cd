//! What is taken home in every format, read back by programs that are not ours; and what goes wrong on the way.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use crate::browser::{drive, empty_folder};
use crate::cloud;
use crate::main_job::through_the_proxy;
use crate::page::{Page, setting};
use crate::rows::{Rows, csv_rows, field};
use crate::servers::Server;

/// As the readers have it.
const PASSPHRASE: &str = "correct horse battery staple";
const PRODUCT_SECRET: &str = "pVfLpS1u3A9JM0go";
const TEMPLATE: &str = "{{{{\"{{DeviceName}}\":\"{{DeviceSecret}}\"}} {{Number}} {{ IotId }}\n";

async fn run(page: &Page) {
    page.fill_credentials("testsecret").await;
    page.review_and_start().await;
    assert_eq!(page.verdict().await, "complete");
}

/// Saves with the options that are set, under the name that the readers know.
async fn save(page: &Page, ending: &str, folder: &Path, name: &str) -> String {
    page.click("download-start").await;
    let file = page.downloaded(ending).await;
    fs::rename(&file, folder.join(name)).unwrap();
    file.file_name().unwrap().to_str().unwrap().to_owned()
}

/// The rows as the cloud lists its devices, in the file's order.
fn expected(rows: &[String], product_key: &str) -> Vec<Value> {
    let devices = cloud::devices(product_key);
    assert_eq!(devices.len(), rows.len());
    let device = |name: &String| devices.iter().find(|device| field(device, "DeviceName") == *name).unwrap();
    let row = |name| {
        let of = |key| field(device(name), key);
        json!({
            "ProductKey": product_key,
            "DeviceName": name,
            "DeviceSecret": of("DeviceSecret"),
            "IotId": of("IotId"),
            "DeviceId": of("DeviceId"),
            "Nickname": "",
            "ApplyId": of("ApplyId"),
        })
    };
    rows.iter().map(row).collect()
}

/// The DeviceNames of a CSV file, in its order.
fn names(csv: &str) -> Vec<String> {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    reader.records().map(|record| record.unwrap()[1].to_owned()).collect()
}

async fn lock(page: &Page, passphrase: &str, again: &str) {
    page.click("download-encrypt").await;
    page.fill("passphrase", passphrase).await;
    page.fill("passphrase-again", again).await;
}

#[test]
fn every_format_is_read_back_by_programs_that_are_not_ours_and_holds_what_exists() {
    let folder = empty_folder("page_files");
    drive("files", &through_the_proxy("a1SimCloud1", 60), async |page| {
        run(page).await;
        let csv_name = save(page, ".csv", &folder, "machine.csv").await;
        let csv = fs::read_to_string(folder.join("machine.csv")).unwrap();
        let rows = expected(&names(&csv), "a1SimCloud1");
        fs::write(folder.join("expected.json"), serde_json::to_string(&rows).unwrap()).unwrap();
        page.text_with("exported", &["60 of 60 rows"]).await;
        page.click("download-beside").await;
        let manifest = page.downloaded("_manifest.json").await;
        assert_eq!(manifest.file_name().unwrap().to_str().unwrap(), csv_name.replace(".csv", "_manifest.json"));
        fs::rename(manifest, folder.join("manifest.json")).unwrap();

        for (format, ending, name) in [
            ("json", ".json", "array.json"),
            ("ndjson", ".ndjson", "lines.ndjson"),
            ("xlsx", ".xlsx", "workbook.xlsx"),
            ("labels", ".html", "sheet.html"),
        ] {
            page.choose("download", format).await;
            save(page, ending, &folder, name).await;
        }
        page.choose("download", "csv").await;
        page.choose("csv-for", "excel").await;
        page.click("csv-bom").await;
        save(page, ".csv", &folder, "excel.csv").await;
        page.choose("download", "template").await;
        page.paste("template", TEMPLATE).await;
        save(page, ".txt", &folder, "template.txt").await;
        page.choose("download", "nvs-csv").await;
        page.fill("product-secret", PRODUCT_SECRET).await;
        save(page, ".csv", &folder, "nvs-values.csv").await;
        assert_eq!(page.value("product-secret").await, "", "it was handed over once");
        page.click("download-beside").await;
        fs::rename(page.downloaded("_config.csv").await, folder.join("nvs-config.csv")).unwrap();
        page.choose("download", "device-files").await;
        page.click("kind-c-header").await;
        page.click("kind-nvs").await;
        page.fill("product-secret", PRODUCT_SECRET).await;
        save(page, ".zip", &folder, "devices.zip").await;
        page.choose("download", "audit-json").await;
        save(page, ".json", &folder, "audit.json").await;
        page.choose("download", "audit-page").await;
        save(page, ".html", &folder, "audit.html").await;
        page.choose("download", "csv").await;
        lock(page, PASSPHRASE, PASSPHRASE).await;
        let name = save(page, ".csv.age", &folder, "passphrase.csv.age").await;
        assert!(name.starts_with("iot-devices_a1SimCloud1_60_"), "{name}");
        page.text_with("download-saved", &["decrypted and compared"]).await;
        assert_eq!(page.value("passphrase").await + &page.value("passphrase-again").await, "", "handed over once");
    });
    read_back(&folder, "page");
}

/// Lets the readers of `tests/export` have a folder.
fn read_back(folder: &Path, of: &str) {
    let main = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/export/main.py");
    let read = Command::new(setting("E2E_PYTHON")).arg("-B").arg(main).arg(folder).arg(of).output().unwrap();
    assert!(
        read.status.success(),
        "{}{}",
        String::from_utf8_lossy(&read.stdout),
        String::from_utf8_lossy(&read.stderr)
    );
}

#[test]
fn the_published_site_makes_workbooks_and_encrypted_files_under_a_strict_policy() {
    let folder = empty_folder("published_files");
    let site = Server::site(&setting("E2E_CLOUD_URL"));
    drive("published_files", "", async |page| {
        page.visit_site(&format!("{}{}", site.address, through_the_proxy("a1SimCloud1", 60))).await;
        run(page).await;
        save(page, ".csv", &folder, "machine.csv").await;
        let csv = fs::read_to_string(folder.join("machine.csv")).unwrap();
        let rows = expected(&names(&csv), "a1SimCloud1");
        fs::write(folder.join("expected.json"), serde_json::to_string(&rows).unwrap()).unwrap();
        page.choose("download", "xlsx").await;
        save(page, ".xlsx", &folder, "workbook.xlsx").await;
        page.choose("download", "audit-page").await;
        save(page, ".html", &folder, "audit.html").await;
        page.choose("download", "csv").await;
        lock(page, PASSPHRASE, PASSPHRASE).await;
        save(page, ".csv.age", &folder, "passphrase.csv.age").await;
    });
    read_back(&folder, "published");
}

#[test]
fn passphrases_that_differ_and_templates_that_are_wrong_are_told_and_nothing_is_saved() {
    drive("wrong_orders", "?connection=demo&count=20", async |page| {
        page.review_and_start().await;
        assert_eq!(page.verdict().await, "complete");
        lock(page, "one passphrase", "another passphrase").await;
        page.click("download-start").await;
        page.text_with("lock-error", &["not the same"]).await;
        assert_eq!(page.value("passphrase").await, "");
        page.choose("encrypt-with", "keys").await;
        page.paste("recipients", "# the line\nage1nonsense").await;
        page.click("download-start").await;
        page.text_with("download-error", &["Line 2"]).await;
        page.click("download-encrypt").await;
        page.choose("download", "template").await;
        page.paste("template", "{{DeviceName}}\n{{Secret}}").await;
        page.click("download-start").await;
        page.text_with("download-error", &["line 2, character 1", "{{Secret}}", "Nothing was saved"]).await;
        page.choose("download", "nvs-csv").await;
        page.fill("nvs-namespace", "sixteen-and-more").await;
        page.click("download-start").await;
        page.text_with("download-error", &["1 to 15"]).await;
        assert!(page.downloads().is_empty(), "{:?}", page.downloads());
        page.text_with("unsaved", &["20 rows"]).await;
    });
}

#[test]
fn a_file_that_is_given_up_leaves_nothing_and_the_next_one_is_whole() {
    drive("given_up", "?connection=demo&count=20000", async |page| {
        page.review_and_start().await;
        assert_eq!(page.verdict().await, "complete");
        page.choose("download", "xlsx").await;
        page.click("download-start").await;
        page.click("download-cancel").await;
        page.text_with("download-error", &["Given up"]).await;
        page.choose("download", "labels").await;
        page.click("download-start").await;
        page.text_with("download-error", &["10,000 rows"]).await;
        assert!(page.downloads().is_empty());
        let (_, csv) = page.download("csv").await;
        assert_eq!(csv_rows(&csv).len(), 20_000);
    });
}

/// Places that the user chooses: the origin's own folder stands for the disk, since no test can answer the browser's
/// question.
const PLACES: &str = "
    window.showSaveFilePicker = async ({ suggestedName }) => {
      const folder = await navigator.storage.getDirectory();
      window.placeName = suggestedName;
      return folder.getFileHandle('chosen', { create: true });
    };";

async fn place_text(page: &Page) -> String {
    let script = "const done = arguments[arguments.length - 1];
        navigator.storage.getDirectory().then((folder) => folder.getFileHandle('chosen'))
          .then((handle) => handle.getFile()).then((file) => file.text()).then(done);";
    page.script_later(script).await.as_str().unwrap().to_owned()
}

#[test]
fn a_file_is_written_to_the_place_that_the_user_chose() {
    drive("place", &through_the_proxy("a1SimCloud1", 60), async |page| {
        run(page).await;
        page.script(PLACES).await;
        page.click("download-to-file").await;
        page.text_with("download-saved", &["saved as chosen"]).await;
        let rows: Rows = csv_rows(&place_text(page).await);
        crate::rows::assert_same(&rows, "a1SimCloud1", &cloud::devices("a1SimCloud1"));
        let suggested = page.script("return window.placeName").await;
        assert!(suggested.as_str().unwrap().starts_with("iot-devices_a1SimCloud1_60_"), "{suggested}");
        assert!(!page.has("download-link").await && page.downloads().is_empty());
        lock(page, PASSPHRASE, PASSPHRASE).await;
        page.click("download-to-file").await;
        page.text_with("download-saved", &["saved as chosen", "decrypted and compared"]).await;
        assert!(place_text(page).await.starts_with("age-encryption.org/v1\n"));
    });
}
