//! Browsers: started for a test, with a profile that may be opened again, or with one that nobody sees again. Chromium,
//! or the one that `E2E_BROWSER` names.

use std::panic::{AssertUnwindSafe, resume_unwind};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use fantoccini::{Client, ClientBuilder};
use futures_util::FutureExt as _;
use serde_json::{Map, Value, json};

use crate::page::{Page, setting};

/// The server and the faults are shared: one test at a time.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// Opens the page with a query in a new browser, lets the test drive it, and leaves a screenshot if it fails.
pub fn drive(name: &str, query: &str, test: impl AsyncFnOnce(&Page)) {
    drive_with(name, query, &json!({}), test);
}

/// The same in a browser with preferences of its own.
pub fn drive_with(name: &str, query: &str, preferences: &Value, test: impl AsyncFnOnce(&Page)) {
    let _alone = ONE_AT_A_TIME.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    crate::cloud::reset();
    let folder = empty_folder(name);
    block_on(async {
        let page = start(&folder, None, preferences).await;
        let steps = async {
            page.visit(query).await;
            test(&page).await;
        };
        let outcome = AssertUnwindSafe(steps).catch_unwind().await;
        if outcome.is_err() {
            page.picture(&folder.join("failed.png")).await;
        }
        page.close().await.unwrap();
        if let Err(panic) = outcome {
            resume_unwind(panic);
        }
    });
}

/// A folder for a test's files, with nothing in it.
pub fn empty_folder(name: &str) -> PathBuf {
    emptied(PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name))
}

fn emptied(folder: PathBuf) -> PathBuf {
    // Left over from an earlier run, if there was one.
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// Runs a test's steps.
pub fn block_on<T>(steps: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(steps)
}

/// Starts the browser that is tested, its downloads in a folder. Without a profile it gets one that nobody sees again;
/// only Chromium takes a profile and preferences.
pub async fn start(downloads: &Path, profile: Option<&Path>, preferences: &Value) -> Page {
    let (capabilities, downloads) = match setting("E2E_BROWSER").as_str() {
        "chromium" => (chromium(downloads, profile, preferences), downloads.to_owned()),
        "firefox" => (firefox(downloads), downloads.to_owned()),
        // It saves where its driver was told to.
        "webkit" => (Map::new(), emptied(PathBuf::from(setting("E2E_DOWNLOADS")))),
        other => panic!("no browser {other}"),
    };
    let connector = hyper_util::client::legacy::connect::HttpConnector::new();
    let mut builder = ClientBuilder::new(connector);
    let client: Client = builder.capabilities(capabilities).connect(&setting("E2E_WEBDRIVER_URL")).await.unwrap();
    client.set_window_size(1280, 1600).await.unwrap();
    Page::new(client, &downloads)
}

fn chromium(downloads: &Path, profile: Option<&Path>, preferences: &Value) -> Map<String, Value> {
    let mut flags: Vec<String> = [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage",
        "--window-size=1280,1600",
    ]
    .map(str::to_owned)
    .to_vec();
    flags.extend(profile.map(user_data));
    let mut all = json!({
        "download.default_directory": downloads,
        "download.prompt_for_download": false,
        "profile.default_content_setting_values.automatic_downloads": 1,
    });
    all.as_object_mut().unwrap().extend(preferences.as_object().unwrap().clone());
    let mut capabilities = Map::new();
    capabilities.insert("goog:chromeOptions".to_owned(), json!({ "args": flags, "prefs": all }));
    capabilities.insert("goog:loggingPrefs".to_owned(), json!({ "browser": "ALL" }));
    capabilities
}

/// As the tests in a page start it, and downloads go to a folder.
fn firefox(downloads: &Path) -> Map<String, Value> {
    let mut all: Value = serde_json::from_str(include_str!("../../webdriver.json")).unwrap();
    let mut options = all["moz:firefoxOptions"].take();
    options["prefs"]["browser.download.dir"] = json!(downloads);
    // A folder of one's own, in Firefox's numbers.
    options["prefs"]["browser.download.folderList"] = json!(2);
    Map::from_iter([("moz:firefoxOptions".to_owned(), options)])
}

/// The argument by which a browser, and every process of it, is known.
pub fn user_data(profile: &Path) -> String {
    format!("--user-data-dir={}", profile.display())
}
