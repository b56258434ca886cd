//! The page's languages. In: a switch in the middle of work; every error there is. Out: nothing lost, nothing left
//! in the other language.

use serde_json::{Value, json};

use crate::browser::drive;
use crate::page::Page;

/// Whatever a person reads on the page, by language, less what stays as the vendor calls it.
const READ: &str = "return [...document.querySelectorAll('[data-testid=notice], [data-testid=sentence]')]
    .map(element => element.innerText)";

fn is_chinese(text: &str) -> bool {
    text.chars().any(|character| ('\u{4e00}'..='\u{9fff}').contains(&character))
}

async fn gallery(page: &Page, language: &str) -> Vec<String> {
    page.script_is("return document.documentElement.lang", &json!(language)).await;
    let Value::Array(texts) = page.script(READ).await else { panic!("no list") };
    texts.iter().map(|text| text.as_str().unwrap().to_owned()).collect()
}

#[test]
fn every_error_is_told_in_both_languages_in_three_parts() {
    drive("gallery", "", async |page| {
        page.choose("language", "en").await;
        page.visit_gallery().await;
        let english = gallery(page, "en").await;
        page.choose("language", "zh-CN").await;
        let chinese = gallery(page, "zh-CN").await;
        assert!(english.len() > 150, "{}", english.len());
        assert_eq!(english.len(), chinese.len());
        for (english, chinese) in english.iter().zip(&chinese) {
            assert!(!is_chinese(english.split("“").next().unwrap()), "{english}");
            assert!(is_chinese(chinese), "{chinese}");
        }
        let parts = page
            .script(
                "return [...document.querySelectorAll('[data-testid=notice]')].filter(notice =>
                    notice.querySelector('.notice-what').innerText.trim().length < 14 ||
                    [...notice.querySelectorAll('dd')].filter(part => part.innerText.trim().length > 4).length !== 2
                ).map(notice => notice.innerText)",
            )
            .await;
        assert_eq!(parts, json!([]), "not what happened, what is true and what to do");
    });
}

#[test]
fn a_switch_of_language_keeps_what_was_typed_and_the_run() {
    drive("switch", "?lang=en", async |page| {
        page.choose("connection", "proxy").await;
        page.fill("access-key-id", "LTAI5tFakeFakeFakeFakeFa").await;
        page.fill("access-key-secret", "typed but not sent").await;
        page.choose("language", "zh-CN").await;
        page.script_is("return document.querySelector('h2').textContent", &json!("新任务")).await;
        assert_eq!(page.value("access-key-id").await, "LTAI5tFakeFakeFakeFakeFa");
        assert_eq!(page.value("access-key-secret").await, "typed but not sent");
        assert_eq!(page.value("connection").await, "proxy");
        page.choose("connection", "demo").await;
        page.review_and_start().await;
        assert_eq!(page.verdict().await, "complete");
        page.choose("download", "xlsx").await;
        page.choose("language", "en").await;
        page.script_is("return document.querySelector('#downloads-heading').textContent", &json!("Save to a file"))
            .await;
        assert_eq!(page.number("downloaded").await, 100);
        assert_eq!(page.value("download").await, "xlsx");
        page.visit("").await;
        page.script_is("return document.documentElement.lang", &json!("en")).await;
        page.choose("language", "zh-CN").await;
        page.visit("").await;
        page.script_is("return document.documentElement.lang", &json!("zh-CN")).await;
    });
}
