//! The site as it is published: below a sub-path of a plain static host, under a strict policy, it does its job.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use crate::page::drive;

/// The static host; ended when it is dropped.
struct Host(Child);

impl Drop for Host {
    fn drop(&mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

fn host() -> (Host, String) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut node = Command::new("node");
    node.arg(root.join("tests/e2e/static.mjs")).arg(root.join("dist")).stdout(Stdio::piped());
    let mut child = node.spawn().unwrap();
    let mut address = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut address).unwrap();
    (Host(child), address.trim().to_owned())
}

#[test]
fn the_published_site_registers_devices_under_a_strict_policy_and_a_sub_path() {
    let (_host, address) = host();
    drive("published", "", async |page| {
        page.visit_site(&address).await;
        page.review_and_start().await;
        assert_eq!(page.verdict().await, "complete");
        assert_eq!(page.number("downloaded").await, 100);
        let (_, csv) = page.download("csv").await;
        assert_eq!(csv.lines().count(), 101);
    });
}
