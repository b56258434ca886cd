//! The page tries its connection out through each server: a proxy that works is told from one whose lists lack the host or
//! the page, and where the cloud lets pages read its answers, the way without a proxy is found and taken.

use std::path::Path;

use serde_json::json;

use crate::browser::{block_on, browser_with};
use crate::page::Page;
use crate::server::{Kind, Shape};
use crate::world::{SHANGHAI, World};

/// A page at an address, in a browser to which the vendor's host is the test's cloud.
async fn open(address: &str, world: &World) -> Page {
    let rule = format!("--host-resolver-rules=MAP {SHANGHAI}:443 127.0.0.1:{}", world.cloud.port);
    let client = browser_with(&[rule], json!({})).await;
    client.set_window_size(1280, 1600).await.unwrap();
    client.goto(address).await.unwrap();
    Page::new(client, Path::new(""))
}

async fn tried(page: &Page, words: &[&str]) {
    page.click("connection-test").await;
    page.text_with("connection-tried", words).await;
}

#[test]
fn a_proxy_that_is_not_needed_is_told_and_the_direct_way_is_taken() {
    for kind in [Kind::Nginx, Kind::Caddy] {
        let world = World::start("tried", kind, Shape::SiteAndProxy);
        block_on(async {
            let address = format!("{}/?connection=proxy&region=cn-shanghai&lang=en", world.origin());
            let page = open(&address, &world).await;
            tried(&page, &["The cloud answers through localhost", "It works without the proxy too"]).await;
            page.click("use-direct").await;
            assert_eq!(page.value("connection").await, "direct", "{kind}");
            tried(&page, &[SHANGHAI, "no proxy is needed", "No key was tried"]).await;
            page.close().await.unwrap();
        });
        // Nobody's name, and no secret: through the proxy, past it, and past it once more.
        let calls = world.cloud.arrived();
        assert_eq!(calls.len(), 3, "{kind}");
        for call in calls {
            let body = String::from_utf8(call.body).unwrap();
            assert!(
                body.contains("AccessKeyId=connection-test") && body.contains("QueryProductList"),
                "{kind}: {body}"
            );
        }
    }
}

#[test]
fn a_proxy_whose_lists_lack_the_host_or_the_page_is_told_from_one_that_works() {
    for kind in [Kind::Nginx, Kind::Caddy] {
        let site = World::start("tried-page", kind, Shape::SiteAndProxy);
        // Its list holds its own origin alone.
        let elsewhere = World::start("tried-elsewhere", kind, Shape::ProxyAlone);
        block_on(async {
            let query = "/?connection=proxy&region=cn-shanghai&endpoint=iot.private.example&lang=en";
            let page = open(&format!("{}{query}", site.origin()), &site).await;
            tried(&page, &["The proxy localhost", "works, but iot.private.example is not on its list"]).await;
            page.paste("endpoint-host", "").await;
            page.fill("proxy-url", &format!("{}/proxy", elsewhere.origin())).await;
            let here = format!("This page's origin is {}.", site.origin());
            tried(&page, &["does not let this page read it (CORS)", &here]).await;
            page.close().await.unwrap();
        });
        assert_eq!((site.cloud.connections(), elsewhere.cloud.connections()), (0, 0), "{kind}");
    }
}
