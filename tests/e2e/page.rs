//! The page, as a test drives it: by test ids, so that a test reads as what a person does.

use std::cell::Cell;
use std::path::{Path, PathBuf};
use std::time::Duration;

use fantoccini::actions::{InputSource as _, KeyAction, KeyActions};
use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use fantoccini::key::Key;
use fantoccini::{Client, Locator};
use serde_json::{Value, json};

/// Longest wait for anything; a run of ten thousand devices takes a quarter of it.
const PATIENCE: Duration = Duration::from_secs(120);

/// How often a file is looked at, and has not grown, before it is read.
const LOOKS_WITHOUT_GROWTH: u32 = 6;

/// A browser with the page in it.
pub struct Page {
    client: Client,
    downloads: PathBuf,
}

/// What `cargo xtask test e2e` puts into the environment.
pub fn setting(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| panic!("{name} is not set: start these tests with `cargo xtask test e2e`"))
}

impl Page {
    /// A browser that has just been started; its downloads go to this folder.
    pub fn new(client: Client, downloads: &Path) -> Self {
        Self { client, downloads: downloads.to_owned() }
    }

    /// Ends the browser; one that was killed has nothing left to end, and is forgotten.
    pub async fn close(self) -> Result<(), CmdError> {
        self.client.close().await
    }

    /// Keeps what the browser shows.
    pub async fn picture(&self, file: &Path) {
        std::fs::write(file, self.client.screenshot().await.unwrap()).unwrap();
        eprintln!("what the browser showed: {}", file.display());
    }

    /// Goes to the page with another query.
    pub async fn visit(&self, query: &str) {
        self.visit_site(&format!("{}/{query}", setting("E2E_PAGE_URL").trim_end_matches('/'))).await;
    }

    /// Goes to the gallery of every error, in the language that was chosen last.
    pub async fn visit_gallery(&self) {
        self.client.goto(&format!("{}?gallery", setting("E2E_PAGE_URL"))).await.unwrap();
        self.find("sentence").await;
    }

    /// Goes to a page that stands elsewhere.
    pub async fn visit_site(&self, address: &str) {
        self.open(address).await;
        self.find("review").await;
    }

    /// Goes to an address, whatever is there.
    pub async fn open(&self, address: &str) {
        self.client.goto(address).await.unwrap();
    }

    /// Waits for an element.
    pub async fn find(&self, id: &str) -> Element {
        let css = css(id);
        let waiting = self.client.wait().at_most(PATIENCE).for_element(Locator::Css(&css));
        waiting.await.unwrap_or_else(|error| panic!("no {id}: {error}"))
    }

    /// All elements with a test id, at this moment.
    pub async fn all(&self, id: &str) -> Vec<Element> {
        self.client.find_all(Locator::Css(&css(id))).await.unwrap()
    }

    /// Whether an element is there at this moment.
    pub async fn has(&self, id: &str) -> bool {
        !self.all(id).await.is_empty()
    }

    /// Clicks.
    pub async fn click(&self, id: &str) {
        self.find(id).await.click().await.unwrap_or_else(|error| panic!("{id} cannot be clicked: {error}"));
    }

    /// Types into an emptied field.
    pub async fn fill(&self, id: &str, text: &str) {
        let field = self.find(id).await;
        field.clear().await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    /// Puts a text into a field as pasting does: characters that no key types come through.
    pub async fn paste(&self, id: &str, text: &str) {
        self.find(id).await;
        let script = "const field = document.querySelector(arguments[0]); field.value = arguments[1];
            field.dispatchEvent(new Event('input', { bubbles: true }));";
        self.client.execute(script, vec![css(id).into(), text.into()]).await.unwrap();
    }

    /// Chooses from a select.
    pub async fn choose(&self, id: &str, value: &str) {
        self.find(id).await.select_by_value(value).await.unwrap_or_else(|error| panic!("{id} has no {value}: {error}"));
    }

    /// The visible text of an element.
    pub async fn text(&self, id: &str) -> String {
        self.find(id).await.text().await.unwrap()
    }

    /// What stands in a field.
    pub async fn value(&self, id: &str) -> String {
        self.find(id).await.prop("value").await.unwrap().unwrap_or_default()
    }

    /// Waits until what stands in a field holds this, and gives it.
    pub async fn value_with(&self, id: &str, part: &str) -> String {
        self.until(&format!("{part} in {id}"), async || {
            let field = self.client.find(Locator::Css(&css(id))).await?;
            Ok(field.prop("value").await?.filter(|value| value.contains(part)))
        })
        .await
    }

    /// An attribute, empty where there is none.
    pub async fn attribute(&self, id: &str, name: &str) -> String {
        self.find(id).await.attr(name).await.unwrap().unwrap_or_default()
    }

    /// `data-value` as a number.
    pub async fn number(&self, id: &str) -> u64 {
        self.attribute(id, "data-value").await.parse().unwrap_or_else(|_| panic!("{id} has no number"))
    }

    /// Waits until an element's text holds all of these, and gives the text.
    pub async fn text_with(&self, id: &str, parts: &[&str]) -> String {
        self.until(&format!("{id} with {parts:?}"), async || {
            for element in self.all(id).await {
                let text = element.text().await?;
                if parts.iter().all(|part| text.contains(part)) {
                    return Ok(Some(text));
                }
            }
            Ok(None)
        })
        .await
    }

    /// Waits for the run's verdict.
    pub async fn verdict(&self) -> String {
        self.until("a verdict", async || {
            let run = self.client.find(Locator::Css(&css("run"))).await?;
            Ok(run.attr("data-verdict").await?.filter(|verdict| !verdict.is_empty()))
        })
        .await
    }

    /// Waits until the run is in this phase.
    pub async fn phase(&self, phase: &str) {
        self.until(&format!("the phase {phase}"), async || {
            let run = self.client.find(Locator::Css(&css("run"))).await?;
            Ok(run.attr("data-phase").await?.filter(|now| now == phase))
        })
        .await;
    }

    /// Waits until `data-value` is this number.
    pub async fn number_is(&self, id: &str, number: u64) {
        let text = number.to_string();
        self.until(&format!("{id} to be {number}"), async || {
            let element = self.client.find(Locator::Css(&css(id))).await?;
            Ok(element.attr("data-value").await?.filter(|now| *now == text))
        })
        .await;
    }

    /// Types the key pair of the simulated cloud's account in.
    pub async fn fill_credentials(&self, secret: &str) {
        self.fill("access-key-id", "testid").await;
        self.fill("access-key-secret", secret).await;
    }

    /// Reviews the form and starts what it says.
    pub async fn review_and_start(&self) {
        self.click("review").await;
        self.click("start").await;
        self.find("run").await;
    }

    /// Downloads in a format and gives the file's name and text.
    pub async fn download(&self, format: &str) -> (String, String) {
        self.choose("download", format).await;
        self.download_by("download-start", &format!(".{format}")).await
    }

    /// Clicks what downloads a file whose name ends so, and gives its name and text.
    pub async fn download_by(&self, id: &str, ending: &str) -> (String, String) {
        self.click(id).await;
        let file = self.downloaded(ending).await;
        let text = std::fs::read_to_string(&file).unwrap();
        // So that the next one is not taken for it.
        std::fs::remove_file(&file).unwrap();
        (file.file_name().unwrap().to_str().unwrap().to_owned(), text)
    }

    /// Waits for a downloaded file whose name ends so, and grows no more.
    pub async fn downloaded(&self, ending: &str) -> PathBuf {
        // Firefox begins with an empty file of this name, and fills another beside it; WebKit fills the file itself.
        let is_it = |file: &PathBuf| file.to_str().is_some_and(|name| name.ends_with(ending));
        let last = Cell::new((0, 0));
        self.until(&format!("a file that ends with {ending}"), async || {
            let file = self.downloads().into_iter().find(is_it);
            let size = file.as_ref().and_then(|file| file.metadata().ok()).map_or(0, |data| data.len());
            let looks = if size > 0 && size == last.get().0 { last.get().1 + 1 } else { 0 };
            last.set((size, looks));
            Ok(file.filter(|_| looks == LOOKS_WITHOUT_GROWTH))
        })
        .await
    }

    /// All files that were downloaded and not taken away.
    pub fn downloads(&self) -> Vec<PathBuf> {
        std::fs::read_dir(&self.downloads).unwrap().map(|entry| entry.unwrap().path()).collect()
    }

    /// Runs JavaScript and gives its value.
    pub async fn script(&self, script: &str) -> Value {
        self.client.execute(script, Vec::new()).await.unwrap()
    }

    /// Runs JavaScript that hands its value to its last argument, and gives that.
    pub async fn script_later(&self, script: &str) -> Value {
        self.client.execute_async(script, Vec::new()).await.unwrap()
    }

    /// Waits until JavaScript gives this value.
    pub async fn script_is(&self, script: &str, value: &Value) {
        self.until(&format!("{value} from {script}"), async || {
            Ok(Some(self.client.execute(script, Vec::new()).await?).filter(|now| now == value))
        })
        .await;
    }

    /// Waits until the table shows what it was last asked for.
    pub async fn settled(&self) {
        let script = "const table = document.querySelector(\"[data-testid='credential-table']\");
            return !table.ariaBusy && !table.textContent.includes('…')";
        self.script_is(script, &Value::Bool(true)).await;
    }

    /// Presses a key, by its name, where the focus is.
    pub async fn press(&self, key: &str) {
        let key = match key {
            "Tab" => Key::Tab,
            "Space" => Key::Space,
            "Enter" => Key::Enter,
            "ArrowUp" => Key::Up,
            "ArrowDown" => Key::Down,
            "PageUp" => Key::PageUp,
            "PageDown" => Key::PageDown,
            "Home" => Key::Home,
            "End" => Key::End,
            other => panic!("no key {other}"),
        };
        self.keys(&[KeyAction::Down { value: key.into() }, KeyAction::Up { value: key.into() }]).await;
    }

    /// Presses a letter with the control key held down, where the focus is.
    pub async fn press_with_control(&self, letter: char) {
        let (control, value) = (Key::Control.into(), letter);
        let down = [KeyAction::Down { value: control }, KeyAction::Down { value }];
        let up = [KeyAction::Up { value }, KeyAction::Up { value: control }];
        self.keys(&[down, up].concat()).await;
    }

    /// Types a text where the focus is, key by key.
    pub async fn write(&self, text: &str) {
        let press = |value| [KeyAction::Down { value }, KeyAction::Up { value }];
        self.keys(&text.chars().flat_map(press).collect::<Vec<_>>()).await;
    }

    async fn keys(&self, actions: &[KeyAction]) {
        let keys = KeyActions::new("keys".to_owned());
        let keys = actions.iter().cloned().fold(keys, |keys, action| keys.then(action));
        self.client.perform_actions(keys).await.unwrap();
    }

    /// Looks at another tab, and comes back.
    pub async fn in_another_tab(&self) {
        let here = self.client.window().await.unwrap();
        let there = self.client.new_window(true).await.unwrap();
        self.client.switch_to_window(there.handle).await.unwrap();
        self.client.close_window().await.unwrap();
        self.client.switch_to_window(here).await.unwrap();
    }

    /// Makes the window so many px wide.
    pub async fn narrow(&self, width_px: u32) {
        self.client.set_window_size(width_px, 900).await.unwrap();
    }

    /// Tells the browser itself something, in the words of the DevTools protocol.
    pub async fn tell_browser(&self, method: &str, parameters: Value) {
        self.ask_browser(method, parameters).await;
    }

    /// Asks the browser itself something, in the words of the DevTools protocol.
    pub async fn ask_browser(&self, method: &str, parameters: Value) -> Value {
        self.ask_driver("goog/cdp/execute", &json!({ "cmd": method, "params": parameters })).await
    }

    /// What was written to the console since this was asked for last.
    pub async fn console(&self) -> String {
        self.ask_driver("se/log", &json!({ "type": "browser" })).await.to_string()
    }

    /// A command of the driver's that WebDriver does not have.
    async fn ask_driver(&self, command: &str, body: &Value) -> Value {
        let session = self.client.session_id().await.unwrap().unwrap();
        let address = format!("{}session/{session}/{command}", setting("E2E_WEBDRIVER_URL"));
        let mut answer = ureq::post(address).send(body.to_string()).unwrap();
        let answer: Value = serde_json::from_str(&answer.body_mut().read_to_string().unwrap()).unwrap();
        answer["value"].clone()
    }

    /// Opens the page in a second tab and goes there.
    pub async fn open_tab(&self) {
        let tab = self.client.new_window(true).await.unwrap().handle;
        self.client.switch_to_window(tab).await.unwrap();
        self.visit("").await;
    }

    /// Closes the first tab and goes to the one that is left.
    pub async fn close_first_tab(&self) {
        let [first, second] = self.client.windows().await.unwrap().try_into().unwrap();
        self.client.switch_to_window(first).await.unwrap();
        self.client.close_window().await.unwrap();
        self.client.switch_to_window(second).await.unwrap();
    }

    /// The address bar.
    pub async fn address(&self) -> String {
        self.client.current_url().await.unwrap().to_string()
    }

    /// Asks again and again until there is something. An element that is replaced meanwhile is asked for anew.
    pub async fn until<T>(&self, what: &str, ask: impl AsyncFn() -> Result<Option<T>, CmdError>) -> T {
        let start = tokio::time::Instant::now();
        loop {
            if let Ok(Some(found)) = ask().await {
                return found;
            }
            assert!(start.elapsed() < PATIENCE, "waited in vain for {what}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
}

fn css(id: &str) -> String {
    format!("[data-testid='{id}']")
}
