//! The first visit. In: somebody who has no account yet. Out: a table of demo devices, and what one's own account needs.

use serde_json::json;

use crate::browser::drive;
use crate::page::Page;

async fn icon_is(page: &Page, name: &str) {
    let script =
        "return document.querySelector('link[rel=icon]').getAttribute('href').replace(/(-[0-9a-f]+)?.svg$/, '')";
    page.script_is(script, &json!(name)).await;
}

#[test]
fn a_newcomer_has_a_table_after_two_clicks_and_is_told_what_an_account_of_ones_own_needs() {
    drive("newcomer", "?lang=en", async |page| {
        page.text_with("guide", &["Try it in a minute", "press Review, then Register"]).await;
        icon_is(page, "icon").await;
        page.click("review").await;
        page.click("start").await;
        icon_is(page, "tab-running").await;
        page.click("pause").await;
        icon_is(page, "tab-attention").await;
        page.click("resume").await;
        assert_eq!(page.verdict().await, "complete");
        icon_is(page, "tab-complete").await;
        page.number_is("downloaded", 100).await;
        page.click("own-account").await;
        assert_eq!(page.value("connection").await, "proxy");
        page.script_is("return document.activeElement.id", &json!("connection")).await;
        page.text_with("guide", &["What you need", "A proxy", "RAM user", "ProductKey"]).await;
        assert_eq!(page.value("product-key").await, "");
    });
}

#[test]
fn the_template_of_each_language_is_a_list_that_is_taken_as_it_is() {
    for (language, lamp) in [("en", "lamp_1"), ("zh-CN", "路灯_1")] {
        drive("template", &format!("?lang={language}&naming=list"), async |page| {
            page.script(&format!(
                "const address = document.querySelector('[data-testid=names-template]').href;
                const text = decodeURIComponent(address.slice(address.indexOf(',') + 1));
                if (!text.startsWith('\\ufeff') || !text.includes('{lamp}')) throw new Error(text);
                const dropped = new DataTransfer();
                dropped.items.add(new File([text], 'template.csv'));
                const event = new DragEvent('drop', {{ dataTransfer: dropped, bubbles: true, cancelable: true }});
                document.getElementById('names').dispatchEvent(event);"
            ))
            .await;
            page.text_with("names-kept", &["template.csv", "2"]).await;
            page.click("review").await;
            assert_eq!(page.number("plan-devices").await, 2);
        });
    }
}
