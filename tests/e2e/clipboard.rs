//! The browser's own clipboard: what was copied is pasted again, by keys. It lets a page write only soon after a click,
//! and the engine has to be asked for a secret in between.

use crate::browser::drive;
use crate::rows::csv_rows;

#[test]
fn what_is_copied_can_be_pasted() {
    drive("pasted", "?connection=demo&count=20", async |page| {
        page.review_and_start().await;
        assert_eq!(page.verdict().await, "complete");
        let (_, csv) = page.download("csv").await;
        let rows = csv_rows(&csv);
        page.click("copy").await;
        page.text_with("copy-said", &["copied to the clipboard"]).await;
        page.click("filter").await;
        page.press_with_control('v').await;
        let pasted = page.value_with("filter", ",").await;
        let [product, name, secret] = pasted.split(',').collect::<Vec<_>>().try_into().unwrap();
        assert_eq!([product, secret], [&rows[name]["ProductKey"], &rows[name]["DeviceSecret"]]);
    });
}
