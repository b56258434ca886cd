//! The file that is being made, and what became of the last one. In: the engine's news. Out: what the components show.

use leptos::prelude::{document, set_timeout};
use std::time::Duration;
use wasm_bindgen::JsCast as _;
use web_sys::{Blob, HtmlAnchorElement, Url};

use crate::protocol::{Content, FileNews};
use crate::words::NoFile;

/// How long a browser may take to begin a download.
const HANDED_OVER_WITHIN: Duration = Duration::from_secs(60);

/// Hands a file to the browser as a download, for which no link stays.
pub(super) fn hand_over(name: &str, file: &Blob) {
    let link = document().create_element("a").ok().and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok());
    let (Some(link), Ok(url)) = (link, Url::create_object_url_with_blob(file)) else { return };
    link.set_href(&url);
    link.set_download(name);
    link.click();
    // An address that is not registered any more is as good as revoked.
    set_timeout(move || Url::revoke_object_url(&url).unwrap_or_default(), HANDED_OVER_WITHIN);
}

/// Where the making of a file is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Stage {
    /// None is being made.
    #[default]
    Idle,
    /// Rows are being written: so many of so many.
    Rows(u32, u32),
    /// All rows are written.
    Finishing,
}

/// What became of the last file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It is whole.
    Saved {
        /// Its name.
        name: String,
        /// Rows in it.
        rows: u32,
        /// What these are.
        content: Content,
        /// Whether it was decrypted and compared.
        is_encrypted: bool,
    },
    /// There is none.
    Failed(NoFile),
    /// The user gave up.
    GivenUp,
}

/// Files.
#[derive(Default)]
pub(super) struct Saving {
    /// Where the file is that is being made.
    pub stage: Stage,
    /// Counts what became of files, also of those beside them.
    pub told: u32,
    /// Counts files that are to be handed to the browser.
    pub to_hand_over: u32,
    /// What became of the last one.
    pub outcome: Option<Outcome>,
    /// Where the browser finds its bytes, unless it is where the user said.
    pub url: Option<String>,
    /// Names and addresses of the files beside it.
    pub beside: Vec<(String, String)>,
    /// Why it has no manifest, if it has none.
    pub no_manifest: Option<NoFile>,
    /// Rows that are in some file with their secrets.
    pub held: u32,
}

impl Saving {
    /// A file of so many rows is asked for; the last one's bytes may go.
    pub fn begin(&mut self, rows: u32) {
        self.drop_files();
        self.stage = Stage::Rows(0, rows);
    }

    /// The user gave up.
    pub fn give_up(&mut self) {
        self.end(Outcome::GivenUp);
    }

    /// There is no file.
    pub fn fail(&mut self, why: NoFile) {
        self.end(Outcome::Failed(why));
    }

    fn end(&mut self, outcome: Outcome) {
        self.stage = Stage::Idle;
        self.told += 1;
        self.outcome = Some(outcome);
    }

    /// Takes news over.
    pub fn take(&mut self, news: FileNews, blob: Option<&Blob>) {
        // An address can only be had for a Blob, and for each Blob.
        let url = blob.and_then(|blob| Url::create_object_url_with_blob(blob).ok());
        match news {
            // What was still on its way when the user gave up.
            FileNews::Making { .. } | FileNews::Finishing if self.stage == Stage::Idle => {}
            FileNews::Making { written, rows } => self.stage = Stage::Rows(written, rows),
            FileNews::Finishing => self.stage = Stage::Finishing,
            FileNews::Saved { name, rows, content, is_encrypted, held } => {
                self.drop_files();
                self.stage = Stage::Idle;
                self.told += 1;
                self.to_hand_over += u32::from(url.is_some());
                self.url = url;
                self.held = held;
                self.outcome = Some(Outcome::Saved { name, rows, content, is_encrypted });
            }
            FileNews::Beside { name } => {
                self.told += 1;
                self.beside.extend(url.map(|url| (name, url)));
            }
            FileNews::NoManifest(fault) => {
                self.told += 1;
                self.no_manifest = Some(fault);
            }
            FileNews::Failed(fault) => self.fail(fault),
        }
    }

    /// Forgets all files, and lets the browser free their bytes.
    pub fn clear(&mut self) {
        self.drop_files();
        self.stage = Stage::Idle;
        self.held = 0;
    }

    fn drop_files(&mut self) {
        let beside = self.beside.drain(..).map(|(_, url)| url);
        for url in self.url.take().into_iter().chain(beside) {
            // An address that is not registered any more is as good as revoked.
            Url::revoke_object_url(&url).unwrap_or_default();
        }
        self.outcome = None;
        self.no_manifest = None;
        self.told += 1;
    }
}
