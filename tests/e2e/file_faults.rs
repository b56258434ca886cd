//! Files that cannot be written, or break on their way: what happened, what is true, what to do; nothing half-written is
//! left, and the next try is whole.

use serde_json::{Value, json};

use crate::browser::drive;
use crate::page::Page;
use crate::rows::csv_rows;
use crate::storage::quota;

/// Places that the user chooses: the origin's own folder stands for the disk, since no test can answer the browser's
/// question. What stands at the place before is not ours.
const PLACE_WITH_SOMETHING: &str = "
    const done = arguments[arguments.length - 1];
    const place = async () => (await navigator.storage.getDirectory()).getFileHandle('chosen', { create: true });
    window.showSaveFilePicker = place;
    place().then((handle) => handle.createWritable()).then(async (stream) => {
      await stream.write('what stood there');
      await stream.close();
      done(null);
    });";

/// Has the engine's worker do something before the engine starts.
fn before_engine(steps: &str) -> String {
    let script = "
    const steps = STEPS;
    window.Worker = class extends Worker {
      constructor(address) {
        const engine = JSON.stringify(new URL(address, location.href).href);
        const source = new Blob([`${steps}; await import(${engine});`], { type: 'text/javascript' });
        super(URL.createObjectURL(source), { type: 'module' });
      }
    };";
    script.replace("STEPS", &Value::from(steps).to_string())
}

async fn rows_of_the_demo(page: &Page) {
    page.review_and_start().await;
    assert_eq!(page.verdict().await, "complete");
}

/// All three parts are told, nothing is taken for the file, and the rows are not saved.
async fn assert_told(page: &Page, parts: &[&str]) {
    let both = [parts, &["Nothing was saved", "The rows are all still here"]].concat();
    page.text_with("download-error", &both).await;
    page.text_with("unsaved", &["20,000 rows"]).await;
    assert_eq!(asks_before_leaving(page).await, json!(true));
    assert!(!page.has("download-saved").await && page.downloads().is_empty());
}

async fn asks_before_leaving(page: &Page) -> Value {
    let script = "const leaving = new Event('beforeunload', { cancelable: true });
        window.dispatchEvent(leaving);
        return leaving.defaultPrevented";
    page.script(script).await
}

async fn place_text(page: &Page) -> String {
    let script = "const done = arguments[arguments.length - 1];
        navigator.storage.getDirectory().then((folder) => folder.getFileHandle('chosen'))
          .then((handle) => handle.getFile()).then((file) => file.text()).then(done);";
    page.script_later(script).await.as_str().unwrap().to_owned()
}

async fn saves_at_the_next_try(page: &Page) {
    page.click("download-to-file").await;
    page.text_with("download-saved", &["20,000 rows"]).await;
    assert_eq!(csv_rows(&place_text(page).await).len(), 20_000);
    page.text_with("exported", &["20,000 of 20,000 rows"]).await;
    assert_eq!(asks_before_leaving(page).await, json!(false));
}

#[test]
fn a_disk_that_fills_up_half_way_leaves_what_stood_there() {
    drive("disk_full", "?connection=demo&count=20000", async |page| {
        rows_of_the_demo(page).await;
        page.script_later(PLACE_WITH_SOMETHING).await;
        // Half of the file.
        quota(page, Some(1_200_000)).await;
        page.click("download-to-file").await;
        assert_told(page, &["no room", "QuotaExceededError", "Free some space"]).await;
        assert_eq!(place_text(page).await, "what stood there");
        quota(page, None).await;
        saves_at_the_next_try(page).await;
    });
}

#[test]
fn a_place_that_is_lost_half_way_leaves_what_stood_there() {
    for (error, told) in [("NotAllowedError", "may not write there any more"), ("NotFoundError", "place is gone")] {
        let steps = "const write = FileSystemWritableFileStream.prototype.write;
            let left = 1_200_000;
            FileSystemWritableFileStream.prototype.write = function (bytes) {
              if (left < 0) return write.call(this, bytes);
              left -= bytes.length;
              return left < 0 ? Promise.reject(new DOMException('lost', 'ERROR')) : write.call(this, bytes);
            }";
        drive("place_lost", "?connection=demo&count=20000", async |page| {
            page.script(&before_engine(&steps.replace("ERROR", error))).await;
            rows_of_the_demo(page).await;
            page.script_later(PLACE_WITH_SOMETHING).await;
            page.click("download-to-file").await;
            assert_told(page, &[told, error, "Choose"]).await;
            assert_eq!(place_text(page).await, "what stood there");
            saves_at_the_next_try(page).await;
        });
    }
}

#[test]
fn bytes_that_the_browser_had_no_room_for_are_never_handed_over() {
    let steps = "const read = Blob.prototype.arrayBuffer;
        Blob.prototype.arrayBuffer = () => {
          Blob.prototype.arrayBuffer = read;
          return Promise.reject(new DOMException('gone', 'NotReadableError'));
        }";
    drive("blob_lost", "?connection=demo&count=20000", async |page| {
        page.script(&before_engine(steps)).await;
        rows_of_the_demo(page).await;
        page.click("download-start").await;
        assert_told(page, &["lost what it held", "NotReadableError", "Free memory"]).await;
        let (_, csv) = page.download("csv").await;
        assert_eq!(csv_rows(&csv).len(), 20_000);
    });
}

#[test]
fn a_place_that_is_gone_from_the_beginning_is_told() {
    drive("place_gone", "?connection=demo&count=20000", async |page| {
        rows_of_the_demo(page).await;
        let gone = "window.showSaveFilePicker = async () => {
            const folder = await navigator.storage.getDirectory();
            const inner = await folder.getDirectoryHandle('gone', { create: true });
            const handle = await inner.getFileHandle('x', { create: true });
            await folder.removeEntry('gone', { recursive: true });
            return handle; };";
        page.script(gone).await;
        page.click("download-to-file").await;
        assert_told(page, &["place is gone", "NotFoundError", "Choose another place"]).await;
        let (_, csv) = page.download("csv").await;
        assert_eq!(csv_rows(&csv).len(), 20_000);
    });
}

#[test]
fn rows_that_were_filtered_out_are_not_saved_until_a_file_has_them_too() {
    drive("filtered_file", "?connection=demo&naming=pattern&pattern=Lamp-{01..30}", async |page| {
        rows_of_the_demo(page).await;
        page.fill("filter", "Lamp-1").await;
        page.text_with("row-count", &["10"]).await;
        page.click("download-shown").await;
        let (name, csv) = page.download("csv").await;
        assert!(name.contains("_10_"), "{name}");
        let shown = csv_rows(&csv);
        assert_eq!(shown.len(), 10);
        assert!(csv.lines().skip(1).all(|line| line.contains(",Lamp-1")), "{csv}");
        page.text_with("exported", &["10 of 30 rows"]).await;
        page.text_with("unsaved", &["20 rows"]).await;
        assert_eq!(asks_before_leaving(page).await, json!(true));
        // The same rows again save no others.
        page.download("json").await;
        page.text_with("exported", &["10 of 30 rows"]).await;
        page.fill("filter", "Lamp-0").await;
        page.text_with("row-count", &["9"]).await;
        page.download("csv").await;
        page.text_with("exported", &["19 of 30 rows"]).await;
        page.click("filter-clear").await;
        page.script_is("return document.querySelector('#table-filter').value", &json!("")).await;
        page.text_with("row-count", &["30 rows"]).await;
        page.download("csv").await;
        page.text_with("exported", &["30 of 30 rows"]).await;
        assert_eq!(asks_before_leaving(page).await, json!(false));
    });
}
