//! What may never be seen: the AccessKey secret after Start, and DeviceSecrets that nobody asked for.

use crate::browser::drive;
use crate::cloud;
use crate::main_job::through_the_proxy;

#[test]
fn credentials_in_the_address_are_ignored_removed_and_warned_about() {
    let query =
        "?connection=proxy&access-key-id=testid&access_key_secret=testsecret&AccessKeySecret=testsecret&count=7";
    drive("address", query, async |page| {
        assert!(!page.address().await.contains("testsecret"), "{}", page.address().await);
        assert_eq!(page.value("access-key-secret").await, "");
        assert_eq!(page.value("count").await, "7");
        page.text_with("notice", &["address"]).await;
    });
}

#[test]
fn after_start_the_page_holds_no_secret_and_shows_one_only_on_request() {
    drive("masked", &through_the_proxy("a1SimCloud1", 60), async |page| {
        page.fill_credentials("testsecret").await;
        page.review_and_start().await;
        assert_eq!(page.value("access-key-secret").await, "");
        assert_eq!(page.verdict().await, "complete");
        page.find("row").await;
        let secrets: Vec<String> = cloud::devices("a1SimCloud1")
            .iter()
            .map(|device| {
                let field = device.as_object().unwrap().iter().find(|(name, _)| name.to_lowercase().contains("secret"));
                field.unwrap().1.as_str().unwrap().to_owned()
            })
            .collect();
        let shown =
            "return document.documentElement.outerHTML + JSON.stringify(localStorage) + JSON.stringify(sessionStorage)
            + [...document.querySelectorAll('input, textarea')].map((field) => field.value).join()";
        let everything = page.script(shown).await.as_str().unwrap().to_owned();
        assert!(!everything.contains("testsecret"));
        assert!(secrets.iter().all(|secret| !everything.contains(secret)), "a DeviceSecret is in the page");

        page.click("reveal").await;
        let first = page.text_with("cell-device-secret", &[""]).await;
        let name = page.text("cell-device-name").await;
        let everything = page.script(shown).await.as_str().unwrap().to_owned();
        let visible = secrets.iter().filter(|secret| everything.contains(*secret)).count();
        assert_eq!(visible, 1, "one row at a time; {name} shows {first}");
    });
}
