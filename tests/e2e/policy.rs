//! The published site's policy: it is in nobody's way who belongs to the site, and in that of everything else.

use std::io::ErrorKind;
use std::net::TcpListener;

use serde_json::json;

use crate::browser::{drive, empty_folder};
use crate::main_job::through_the_proxy;
use crate::offline::kept;
use crate::page::{Page, setting};
use crate::servers::{Server, copy_site};

/// Waits until a browser has reported this directive.
async fn reported(page: &Page, site: &Server, directive: &str) {
    let has_it = async || Ok(site.reports().iter().any(|report| report.contains(directive)).then_some(()));
    page.until(&format!("a report of {directive}"), has_it).await;
}

#[test]
fn a_run_its_files_and_the_service_worker_are_not_against_the_policy() {
    let site = Server::site(&setting("E2E_CLOUD_URL"));
    drive("no_violation", "", async |page| {
        page.visit_site(&(site.address.clone() + &through_the_proxy("a1SimCloud1", 60))).await;
        page.fill_credentials("testsecret").await;
        page.review_and_start().await;
        assert_eq!(page.verdict().await, "complete");
        page.download("csv").await;
        // Made in a worker of its own.
        page.choose("download", "xlsx").await;
        page.click("download-start").await;
        page.downloaded(".xlsx").await;
        kept(page).await;
        assert_eq!(site.reports(), [""; 0]);
        page.script("fetch('http://127.0.0.1:9/').catch(() => {})").await;
        reported(page, &site, "connect-src").await;
    });
}

#[test]
fn a_demo_is_not_against_the_policy() {
    let site = Server::site(&setting("E2E_CLOUD_URL"));
    drive("no_violation_demo", "", async |page| {
        page.visit_site(&site.address).await;
        page.review_and_start().await;
        assert_eq!(page.verdict().await, "complete");
        assert_eq!(site.reports(), [""; 0]);
    });
}

#[test]
fn below_a_sub_path_of_a_host_without_headers_the_engine_calls_the_cloud_itself() {
    let folder = empty_folder("plain_host");
    std::fs::create_dir_all(folder.join("a/b")).unwrap();
    copy_site(&folder.join("a/b"));
    let host = Server::plain(&folder);
    let cloud = setting("E2E_CLOUD_URL").replace("http://", "");
    let cloud = cloud.trim_end_matches('/');
    let query = format!("?connection=direct&region=cn-shanghai&endpoint={cloud}&product=a1SimCloud1&count=51");
    drive("plain_host_run", "", async |page| {
        page.visit_site(&format!("{}a/b/{query}", host.address)).await;
        page.fill_credentials("testsecret").await;
        page.review_and_start().await;
        assert_eq!(page.verdict().await, "complete");
        assert_eq!(page.number("downloaded").await, 51);
    });
}

#[test]
fn what_is_put_into_the_site_is_blocked_by_the_document_alone() {
    let foreign = TcpListener::bind("127.0.0.1:0").unwrap();
    let origin = format!("http://{}", foreign.local_addr().unwrap());
    let folder = empty_folder("attacked_site");
    copy_site(&folder);
    let script = format!("const FOREIGN = \"{origin}\";\n{}", include_str!("attack.js"));
    std::fs::write(folder.join("attack.js"), script).unwrap();
    let document = std::fs::read_to_string(folder.join("index.html")).unwrap();
    let (before, after) = document.split_once("</head>").unwrap();
    let put_in = format!(
        "<script src=\"attack.js\"></script><script>window.inline = 'ran'</script>\
         <script src=\"{origin}/script.js\"></script><link rel=\"stylesheet\" href=\"{origin}/style.css\" />"
    );
    std::fs::write(folder.join("index.html"), format!("{before}{put_in}</head>{after}")).unwrap();
    let host = Server::plain(&folder);
    drive("attacked", "", async |page| {
        page.visit_site(&host.address).await;
        assert_eq!(page.script("return window.inline").await, json!(null));
        let found = page.script("return [...new Set(window.violations)].sort()").await;
        assert_eq!(found, json!(["script-src-elem", "style-src-elem"]));
        let outcomes = page.script_later("window.attempt().then(arguments[arguments.length - 1])").await;
        let refused = json!({
            "fetch": "TypeError", "beacon": "TypeError", "eval": "EvalError", "markup": "TypeError",
            "script": "TypeError", "worker": "TypeError", "policy": "TypeError",
        });
        assert_eq!(outcomes, refused);
        let told = "return ['connect-src', 'img-src', 'require-trusted-types-for', 'trusted-types']
            .filter(directive => !window.violations.includes(directive))";
        page.script_is(told, &json!([])).await;
        // The page itself goes on.
        page.review_and_start().await;
        assert_eq!(page.verdict().await, "complete");
    });
    foreign.set_nonblocking(true).unwrap();
    assert_eq!(foreign.accept().unwrap_err().kind(), ErrorKind::WouldBlock, "somebody else was called");
}

#[test]
fn a_file_that_was_changed_on_the_host_is_refused() {
    for (start, end) in [("start-", ".js"), ("provisioner-", ".js"), ("provisioner-", "_bg.wasm"), ("style-", ".css")] {
        let folder = empty_folder("changed_site");
        copy_site(&folder);
        let is_it = |name: &String| name.starts_with(start) && name.ends_with(end);
        let names = std::fs::read_dir(&folder).unwrap();
        let name = names.map(|entry| entry.unwrap().file_name().into_string().unwrap()).find(is_it).unwrap();
        let mut content = std::fs::read(folder.join(&name)).unwrap();
        content.push(b'\n');
        std::fs::write(folder.join(&name), content).unwrap();
        let host = Server::plain(&folder);
        drive("changed", "", async |page| {
            page.console().await;
            page.open(&host.address).await;
            page.until(&format!("a word about {name}"), async || {
                let console = page.console().await;
                Ok((console.contains("integrity") && console.contains(&name)).then_some(()))
            })
            .await;
            assert_eq!(page.has("review").await, end == ".css", "{name}");
        });
    }
}
