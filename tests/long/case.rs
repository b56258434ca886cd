//! One kill: a run in a browser that dies, and what comes of it. In: a moment and faults. Out: a line that says how it
//! went, or a panic.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::browser::{block_on, empty_folder, start};
use crate::cloud::Cloud;
use crate::kill::kill;
use crate::page::{Page, setting};
use crate::rows::{csv_rows, field};
use crate::servers::Server;

const PRODUCT: &str = "a1SimCloud1";
const DEVICES: usize = 25_000;

/// How far the cloud is away.
const DELAY_MS: &str = "40";

/// A lost call is looked for until ten minutes have brought nothing new.
const END_WITHIN: Duration = Duration::from_secs(15 * 60);

/// Whose names the devices get.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Names {
    Random,
    Pattern,
}

/// When the browser dies.
#[derive(Clone, Copy, Debug)]
pub enum Moment {
    /// So many milliseconds after the click on Start.
    AfterStart(u64),
    /// So many after the run's panel showed this phase.
    In(&'static str, u64),
}

/// One kill, or none.
pub struct Case {
    pub number: u64,
    pub names: Names,
    pub moment: Option<Moment>,
    /// Killed once more, so many milliseconds after it went on.
    pub again_ms: Option<u64>,
    pub faults: Value,
}

/// The servers and folders of one case.
struct Place {
    cloud: Cloud,
    site: Server,
    profile: PathBuf,
    downloads: PathBuf,
    _server: Server,
}

impl Case {
    pub fn carry_out(&self) {
        let server = Server::start(Command::new(setting("E2E_SIMCLOUD")).args([
            "--listen",
            "127.0.0.1:0",
            "--delay-ms",
            DELAY_MS,
        ]));
        let folder = empty_folder(&format!("kill_{}", self.number));
        let place = Place {
            cloud: Cloud::at(&server.address),
            site: Server::site(&server.address),
            profile: folder.join("profile"),
            downloads: folder.join("downloads"),
            _server: server,
        };
        std::fs::create_dir_all(&place.downloads).unwrap();
        place.cloud.set_faults(&self.faults);
        let began_at = Instant::now();
        let how = block_on(self.run(&place));
        println!("| kill {} {:?} {how}; {} s", self.number, self.names, began_at.elapsed().as_secs());
        // A profile takes some megabytes; that of a failed case stays.
        std::fs::remove_dir_all(folder).unwrap();
    }

    async fn run(&self, place: &Place) -> String {
        let mut page = place.open(self.query()).await;
        begin(&page).await;
        let mut how = "not killed".to_owned();
        if let Some(moment) = self.moment {
            how = moment.pass(&page).await;
            how.push_str(&place.kill(page).await);
            page = place.open("").await;
            if place.offers_the_run(&page).await {
                go_on(&page).await;
            } else {
                how.push_str(", nothing was begun");
                page.visit_site(&[&place.site.address, self.query()].concat()).await;
                begin(&page).await;
            }
        }
        if let Some(wait_ms) = self.again_ms {
            tokio::time::sleep(Duration::from_millis(wait_ms)).await;
            how.push_str(&format!(", again after {wait_ms} ms:{}", place.kill(page).await));
            page = place.open("").await;
            page.find("resume-banner").await;
            go_on(&page).await;
        }
        how.push_str(&self.end(&page, place).await);
        page.close().await.unwrap();
        how
    }

    /// Waits for the end, does what the page asks for, and compares the files with what exists.
    async fn end(&self, page: &Page, place: &Place) -> String {
        let mut files = Vec::new();
        let verdict = verdict(page).await;
        if verdict.is_empty() {
            // As the page says: end this run and begin a new one for the missing number.
            page.text_with("notice", &["Most likely the call never arrived"]).await;
            place.cloud.set_faults(&json!({}));
            page.click("cancel").await;
            page.find("cancel-dismiss").await;
            page.click("cancel").await;
            assert_eq!(page.verdict().await, "cancelled");
            files.push(page.download("csv").await.1);
            let missing = DEVICES as u64 - page.number("downloaded").await;
            page.fill("count", &missing.to_string()).await;
            page.review_and_start().await;
            page.number_is("requested", missing).await;
            assert_eq!(page.verdict().await, "complete");
        } else {
            assert_eq!(verdict, "complete");
            for counter in ["requested", "created", "downloaded"] {
                assert_eq!(page.number(counter).await, DEVICES as u64, "{counter}");
            }
        }
        files.push(page.download("csv").await.1);
        let devices = place.cloud.devices(PRODUCT);
        assert_eq!(devices.len(), DEVICES, "devices on the server");
        let rows: Vec<_> = files.iter().flat_map(|file| csv_rows(file)).collect();
        assert_eq!(rows.len(), DEVICES, "downloaded rows");
        let told = |device: &Value| ["DeviceName", "DeviceSecret", "IotId"].map(|name| field(device, name));
        let existing: BTreeSet<_> = devices.iter().map(told).collect();
        for (_, row) in rows {
            let row = ["DeviceName", "DeviceSecret", "IotId"].map(|name| row[name].clone());
            assert!(existing.contains(&row), "{} is not what exists", row[0]);
        }
        if self.names == Names::Pattern {
            let asked: BTreeSet<_> = (1..=DEVICES).map(|number| format!("SN-{number:05}")).collect();
            assert_eq!(existing.into_iter().map(|[name, ..]| name).collect::<BTreeSet<_>>(), asked);
        }
        if verdict.is_empty() { " → it asked, a second run was complete" } else { " → complete" }.to_owned()
    }

    fn query(&self) -> &'static str {
        match self.names {
            Names::Random => "?connection=proxy&region=simcloud&product=a1SimCloud1&naming=random&count=25000",
            Names::Pattern => {
                "?connection=proxy&region=simcloud&product=a1SimCloud1&naming=pattern&pattern=SN-%7B00001..25000%7D"
            }
        }
    }
}

impl Moment {
    async fn pass(self, page: &Page) -> String {
        let (when, wait_ms) = match self {
            Self::AfterStart(wait_ms) => ("Start", wait_ms),
            Self::In(phase, wait_ms) => {
                page.phase(phase).await;
                (phase, wait_ms)
            }
        };
        tokio::time::sleep(Duration::from_millis(wait_ms)).await;
        format!("{wait_ms} ms after {when}:")
    }
}

impl Place {
    async fn open(&self, query: &str) -> Page {
        let page = start(&self.downloads, Some(&self.profile), &json!({})).await;
        page.visit_site(&[&self.site.address, query].concat()).await;
        page
    }

    /// Kills the browser, and says what the server had by then.
    async fn kill(&self, page: Page) -> String {
        kill(&self.profile).await;
        // The driver is told to forget it; there is nothing left to close.
        let _ = page.close().await;
        let state = self.cloud.state();
        let calls = |actions: &[&str]| actions.iter().filter_map(|action| state["calls"][action].as_u64()).sum::<u64>();
        format!(
            " {} register calls, {} pages, {} devices",
            calls(&["BatchRegisterDevice", "BatchRegisterDeviceWithApplyId"]),
            calls(&["QueryPageByApplyId"]),
            state["devices"][PRODUCT].as_u64().unwrap_or_default()
        )
    }

    /// Whether the page offers the run. It may do otherwise only where nothing had been sent yet.
    async fn offers_the_run(&self, page: &Page) -> bool {
        if self.cloud.state()["calls"] != json!({}) {
            page.find("resume-banner").await;
        } else {
            tokio::time::sleep(Duration::from_secs(3)).await;
        }
        page.has("resume-banner").await
    }
}

async fn begin(page: &Page) {
    page.fill_credentials("testsecret").await;
    page.review_and_start().await;
}

async fn go_on(page: &Page) {
    page.fill_credentials("testsecret").await;
    page.click("resume-run").await;
}

/// Waits for the verdict; empty where the run asks instead.
async fn verdict(page: &Page) -> String {
    let began_at = Instant::now();
    let look = "const run = document.querySelector(\"[data-testid='run']\"); return [run?.dataset.phase, run?.dataset.verdict]";
    loop {
        let now = page.script(look).await;
        if now[0] == "paused" {
            return String::new();
        }
        match now[1].as_str() {
            Some(verdict) if !verdict.is_empty() => return verdict.to_owned(),
            _ => {}
        }
        assert!(began_at.elapsed() < END_WITHIN, "no verdict in {} s", END_WITHIN.as_secs());
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}
