//! The site as it is published: below a sub-path of a plain static host, under a strict policy, it does its job.

use crate::browser::drive;
use crate::main_job::through_the_proxy;
use crate::page::setting;
use crate::secrets::assert_nothing_secret_stays;
use crate::servers::Server;

#[test]
fn the_published_site_registers_devices_under_a_strict_policy_and_a_sub_path() {
    let site = Server::site(&setting("E2E_CLOUD_URL"));
    drive("published", "", async |page| {
        page.visit_site(&site.address).await;
        page.review_and_start().await;
        assert_eq!(page.verdict().await, "complete");
        assert_eq!(page.number("downloaded").await, 100);
        let (_, csv) = page.download("csv").await;
        assert_eq!(csv.lines().count(), 101);
    });
}

#[test]
fn the_published_site_leaves_no_secret_behind() {
    let site = Server::site(&setting("E2E_CLOUD_URL"));
    drive("published_secrets", "", async |page| {
        page.visit_site(&(site.address.clone() + &through_the_proxy("a1SimCloud1", 120))).await;
        assert_nothing_secret_stays(page).await;
    });
}
