//! A run with secrets that cannot be found by chance, behind each server; then a search of every place in which a page,
//! its server and its browser can leave something. In: nothing. Out: nothing but what the user asked for, and after the
//! lock not even that.
//!
//! Heaps are searched once their garbage was thrown away. What a browser frees it does not overwrite, which no page can
//! change: SECURITY.md says so.

use std::fs;
use std::panic::{AssertUnwindSafe, resume_unwind};
use std::path::{Path, PathBuf};

use fantoccini::{Client, Locator};
use futures_util::FutureExt as _;
use serde_json::{Value, json};

use crate::browser::{block_on, browser_with, console};
use crate::cloud::Cloud;
use crate::devtools::{Devtools, PAGE, Worker};
use crate::ledger::{Asked, Ledger};
use crate::page::Page;
use crate::places::{self, CANARY, HALVES};
use crate::server::{Kind, Shape};
use crate::sought::Sought;
use crate::world::{Plan, World};

const PRODUCT: &str = "a1LeakTest9";
const KEY_ID: &str = "STS.Nx4TgK8wQz";
const KEY_SECRET: &str = "qZ7vKfT3mWx9RbLp2NdYs8HcJg4Uea";
const TOKEN: &str = "Vt5rQk8ZpLw2XhYc9MdGs3BnFj7KauEx6TzWq";
const PASSPHRASE: &str = "hX4mTz9QwLk7RvBp3NcYd8SfGj2Uea";
const PATTERN: &str = "LK-{0001..0120}-t9";
const DEVICES: usize = 120;

/// A page of the vendor's answers: what has arrived when the run is held up.
const ARRIVED: usize = 50;

const NOTHING: Asked<'static> = &[];

/// Of a length at which a message that outgrew its place left a copy of the key there.
fn token() -> String {
    format!("CAIS{TOKEN}{}", "tOkEn0+/".repeat(5))
}

/// Longer in UTF-8 than it has characters.
fn passphrase() -> String {
    format!("{PASSPHRASE}-größer-密码")
}

fn sought(kind: Kind, cloud: &Cloud) -> Sought {
    let owned = |(name, text): (&'static str, &str)| (name, text.to_owned());
    let known = [
        ("ProductKey", PRODUCT),
        ("canary", CANARY),
        ("held", &HALVES.concat()),
        ("site", "http-equiv=\"Content-Security-Policy\""),
        ("action", "QueryBatchRegisterDeviceStatus"),
        ("encryption", "age-encryption.org/v1"),
        ("call", places::CALL),
        ("logged", if kind == Kind::Nginx { &cloud.address } else { places::CALL }),
    ];
    let secrets = [("key", KEY_SECRET), ("token", TOKEN), ("passphrase", PASSPHRASE)];
    let (mut known, mut secrets) = (Vec::from(known.map(owned)), Vec::from(secrets.map(owned)));
    for device in &cloud.devices_of(PRODUCT) {
        known.push(owned(("DeviceName", device["DeviceName"].as_str().unwrap())));
        secrets.push(owned(("DeviceSecret", device["DeviceSecret"].as_str().unwrap())));
    }
    Sought::new(known, secrets)
}

/// What a test has at hand.
struct Stage {
    client: Client,
    page: Page,
    devtools: Devtools,
    cloud: Cloud,
    console: String,
}

impl Stage {
    async fn open(world: &World, cloud: Cloud, profile: &Path, downloads: &Path) -> Self {
        let flags = [
            format!("--user-data-dir={}", profile.display()),
            // A service worker asks for its certificate beside what the driver lets pass.
            "--ignore-certificate-errors".to_owned(),
            // Long texts are not to be cut off in the picture of a heap.
            "--js-flags=--heap-snapshot-string-limit=1000000000".to_owned(),
            "--window-size=1280,1600".to_owned(),
        ];
        let preferences = json!({
            "download.default_directory": downloads,
            "download.prompt_for_download": false,
            "profile.default_content_setting_values.automatic_downloads": 1,
        });
        let client = browser_with(&flags, preferences).await;
        let address = client.capabilities().unwrap()["goog:chromeOptions"]["debuggerAddress"].clone();
        let query = format!("?connection=proxy&region=simcloud&product={PRODUCT}&naming=pattern&pattern={PATTERN}");
        client.goto(&format!("{}/{query}", world.origin())).await.unwrap();
        let page = Page::new(client.clone(), downloads);
        page.find("review").await;
        let mut devtools = Devtools::attach(address.as_str().unwrap());
        places::plant(&mut devtools, PAGE);
        devtools.evaluate(PAGE, "navigator.serviceWorker.ready.then(() => null)");
        Self { client, page, devtools, cloud, console: String::new() }
    }

    /// Searches all places of the page.
    async fn search(&mut self, ledger: &mut Ledger, moment: &str, asked: Asked<'_>) {
        self.console.extend(console(&self.client).await.iter().map(Value::to_string));
        ledger.search(moment, places::of_page(&mut self.devtools, &self.console), asked);
    }

    /// Searches the one engine, once nothing else that the page has started is there, and gives it.
    fn search_engine(&mut self, ledger: &mut Ledger, moment: &str, asked: &[(&'static str, usize)]) -> Worker {
        let are = |workers: &[Worker]| workers.iter().filter(|worker| worker.kind == "worker").count() == 1;
        let workers = self.devtools.workers_that("one engine, and no exporter", are);
        let engine = workers.into_iter().find(|worker| worker.kind == "worker").unwrap();
        assert!(engine.url.contains("/worker-"), "{engine:?}");
        let asked: Vec<_> = asked.iter().map(|(name, count)| ("engine: WebAssembly memory", *name, *count)).collect();
        ledger.search(moment, places::of_engine(&mut self.devtools, &engine.session), &asked);
        engine
    }

    /// Types the credentials and has the product looked up; in between the page is shown in another language.
    async fn look_up(&self) {
        let page = &self.page;
        page.fill("access-key-id", KEY_ID).await;
        // As it comes out of a console: with a blank that nobody sees, and that the page takes out.
        page.fill("access-key-secret", &format!("{KEY_SECRET}\u{a0}")).await;
        page.fill("security-token", &token()).await;
        page.click("review").await;
        let clean = self.client.find(Locator::Css("#access-key-secret-error button")).await.unwrap();
        clean.click().await.unwrap();
        for language in ["zh-CN", "en"] {
            page.choose("language", language).await;
            page.script_is("return document.documentElement.lang", &language.into()).await;
        }
        page.click("review").await;
        page.click("plan-lookup").await;
        page.text_with("plan-product", &["leak test"]).await;
    }

    /// Starts; the cloud holds the run up after its first page of rows.
    async fn start(&self) {
        let throttled = json!({ "action": "QueryPageByApplyId", "nth": 2, "times": 1_000_000, "effect": "throttle" });
        self.cloud.set_faults(&json!({ "faults": [throttled] }));
        self.page.click("start").await;
        self.page.number_is("downloaded", ARRIVED as u64).await;
        self.page.click("pause").await;
        self.page.phase("paused").await;
        self.page.find("row").await;
    }

    /// Lets the run come to its end, asks the fields for what stood in them, and keeps a profile.
    async fn finish(&self) {
        let page = &self.page;
        self.cloud.set_faults(&json!({}));
        page.click("resume").await;
        assert_eq!(page.verdict().await, "complete");
        page.script("document.getElementById('profile-name').closest('details').open = true").await;
        for (field, text) in [("profile-name", "Line 3"), ("access-key-secret", ""), ("security-token", "")] {
            page.click(field).await;
            page.write(text).await;
            // More often than it takes for what was typed in one go.
            for _ in 0..5 {
                page.press_with_control('z').await;
            }
            assert_eq!(page.value(field).await, "", "{field}");
        }
        page.fill("profile-name", "Line 3").await;
        page.click("profile-save").await;
        page.find("profile").await;
    }

    /// Shows a secret, or masks it again.
    async fn reveal(&self, shown: u32) {
        self.page.click("reveal").await;
        self.page.script_is("return document.querySelectorAll('.uncovered').length", &shown.into()).await;
    }

    /// Types a passphrase, as if a file was to be encrypted.
    async fn type_passphrase(&self) {
        self.page.click("download-encrypt").await;
        for field in ["passphrase", "passphrase-again"] {
            self.page.fill(field, &passphrase()).await;
        }
    }

    /// Saves audit record, encrypted table, plain table and manifest under these names.
    async fn save(&self, downloads: &Path) {
        let page = &self.page;
        let keep = |file: PathBuf, name: &str| fs::rename(file, downloads.join(name)).unwrap();
        page.choose("download", "audit-json").await;
        page.click("download-start").await;
        keep(page.downloaded(".json").await, "audit record");
        page.choose("download", "csv").await;
        self.type_passphrase().await;
        page.click("download-start").await;
        keep(page.downloaded(".csv.age").await, "encrypted table");
        page.text_with("download-saved", &["decrypted and compared"]).await;
        page.click("download-encrypt").await;
        // Typed in vain.
        self.type_passphrase().await;
        page.click("download-encrypt").await;
        page.click("download-start").await;
        keep(page.downloaded(".csv").await, "plain table");
        page.click("download-beside").await;
        keep(page.downloaded("_manifest.json").await, "manifest");
    }

    /// Goes through a run up to the lock, and searches wherever it stops.
    async fn play(&mut self, kind: Kind, downloads: &Path, ledger: &mut Ledger) {
        self.look_up().await;
        self.search(ledger, "looked up", &[("fields", "key", 1), ("fields", "token", 1)]).await;
        self.search_engine(ledger, "looked up", &[]);

        self.start().await;
        ledger.sought = sought(kind, &self.cloud);
        self.search(ledger, "held up", NOTHING).await;
        self.search_engine(ledger, "held up", &[("key", 1), ("token", 1), ("DeviceSecret", ARRIVED)]);

        self.finish().await;
        self.reveal(1).await;
        let shown = ["document", "WebAssembly memory"].map(|place| (place, "DeviceSecret", 1));
        self.search(ledger, "one shown", &shown).await;

        self.reveal(0).await;
        self.save(downloads).await;
        self.search(ledger, "complete", NOTHING).await;
        let engine = self.search_engine(ledger, "complete", &[("key", 1), ("token", 1), ("DeviceSecret", DEVICES)]);

        self.type_passphrase().await;
        self.page.click("lock").await;
        self.page.find("locked").await;
        let is_gone = |workers: &[Worker]| workers.iter().all(|worker| worker.session != engine.session);
        self.devtools.workers_that("the engine's end", is_gone);
        self.search(ledger, "locked", NOTHING).await;
        // The page has started another one, to look for journals.
        self.search_engine(ledger, "locked", &[]);
    }
}

/// A cloud with an account of the test's own.
fn cloud(folder: &Path) -> Cloud {
    let config = json!({
        "credentials": [{ "access_key_id": KEY_ID, "access_key_secret": KEY_SECRET, "security_token": token() }],
        "products": [{ "product_key": PRODUCT, "product_name": "leak test" }],
    });
    let file = folder.join("simcloud.json");
    fs::write(&file, config.to_string()).unwrap();
    Cloud::configured(&file)
}

fn search_all(kind: Kind) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("leaks-{kind:?}"));
    // Left over from an earlier run, if there was one.
    let _ = fs::remove_dir_all(&folder);
    let [profile, downloads] = ["profile", "downloads"].map(|name| folder.join(name));
    fs::create_dir_all(&downloads).unwrap();
    let cloud = cloud(&folder);
    let world = World::planned("leaks", kind, Shape::SiteAndProxy, Plan { hosts: cloud.host(), ..Plan::new() });
    block_on(async {
        let mut stage = Stage::open(&world, cloud, &profile, &downloads).await;
        let mut ledger = Ledger::new(sought(kind, &stage.cloud));
        let outcome = AssertUnwindSafe(stage.play(kind, &downloads, &mut ledger)).catch_unwind().await;
        if outcome.is_err() {
            ledger.tell(&format!("{kind}: secrets found until it failed"));
            stage.page.picture(&folder.join("failed.png")).await;
        }
        stage.page.close().await.unwrap();
        outcome.unwrap_or_else(|panic| resume_unwind(panic));

        let kept = places::of_folder("browser's own folder", &profile, &["ProductKey", "canary", "site"]);
        // An answer that was kept would be compressed, but not the address that it is kept under.
        assert!(!ledger.sought.found_in(&kept.bytes).contains_key("call"), "{kind}: an answer was kept");
        let file = |name, known| places::of_file(name, &downloads.join(name), known);
        let places = [
            kept,
            places::of_text("proxy's logs", world.server.logs(), &["logged"]),
            file("audit record", &["ProductKey"]),
            file("manifest", &["ProductKey"]),
            file("encrypted table", &["encryption"]),
            file("plain table", &["ProductKey", "DeviceName"]),
        ];
        assert_eq!(fs::read_dir(&downloads).unwrap().count(), 4, "{kind}: all files were searched");
        ledger.search("ended", places, &[("plain table", "DeviceSecret", DEVICES)]);
        ledger.tell(&format!("{kind}: secrets found"));
        assert!(ledger.wrong.is_empty(), "{kind}:\n{}", ledger.wrong.join("\n"));
    });
}

#[test]
fn behind_nginx_secrets_are_only_where_the_user_asked_for_them_and_nowhere_after_the_lock() {
    search_all(Kind::Nginx);
}

#[test]
fn behind_caddy_secrets_are_only_where_the_user_asked_for_them_and_nowhere_after_the_lock() {
    search_all(Kind::Caddy);
}
