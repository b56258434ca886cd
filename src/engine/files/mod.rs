//! Files of a run. In: what is wanted, and a place for it. Out: the file, written piece by piece while the run goes on, news
//! of it for the page, and what stands beside it.
//!
//! A file is made by a task of its own, which asks the session for what it needs of the run ([`desk::Desk`]), so that
//! answers and clicks are heard between two pieces. Formats that need no library are written here ([`light`]); for all
//! others rows cross to a program in a worker of its own ([`heavy`]).

mod desk;
pub(super) mod failed;
mod heavy;
mod held;
mod light;
mod picked;

use std::cell::Cell;
use std::rc::Rc;

use js_sys::{Array, JsString};
use provisioner_core::export::facts::Facts;
use provisioner_core::export::manifest::{FileRecord, beside};
use provisioner_core::export::{FileFault, Order};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Blob, FileSystemFileHandle};

pub(super) use desk::{Desk, Question};
use heavy::Heavy;
pub(super) use held::Held;
use light::Light;
use picked::Picked;

use super::effects::exporter::Ending;
use super::effects::sink::{Sink, blob};
use super::effects::{clock, port};
use crate::protocol::{Content, Event, FileNews};
use crate::words;

/// At most ten words on progress a second.
const NEWS_EVERY_MS: u64 = 100;

/// The file that is being made, if one is.
#[derive(Clone, Default)]
pub(super) struct Files {
    /// Counts up with each, so that one that was given up knows it.
    current: Rc<Cell<u32>>,
    ending: Rc<Cell<Option<Ending>>>,
}

impl Files {
    /// Begins a file; one that is being made is given up.
    pub(super) fn begin(&self, desk: Desk, order: Order, handle: Option<FileSystemFileHandle>) {
        self.cancel();
        let job = Job { files: self.clone(), number: self.current.get(), desk, told_at_ms: 0 };
        spawn_local(job.perform(order, handle));
    }

    /// Gives up the file that is being made.
    pub(super) fn cancel(&self) {
        self.current.set(self.current.get() + 1);
        if let Some(ending) = self.ending.take() {
            ending.end();
        }
    }
}

/// A file on its way.
struct Job {
    files: Files,
    number: u32,
    desk: Desk,
    told_at_ms: u64,
}

/// A file that is whole.
struct Made {
    record: FileRecord,
    picked: Picked,
    file: Blob,
    /// The text of the config file beside it, where there is one.
    config: Option<String>,
    /// The program that made it, where one did: it makes the manifest too.
    heavy: Option<Heavy>,
}

impl Job {
    async fn perform(mut self, order: Order, handle: Option<FileSystemFileHandle>) {
        let is_chosen = handle.is_some();
        match self.make(&order, handle).await {
            Ok(made) => match self.saved(&order, made, is_chosen).await {
                // Whoever began another run knows.
                Ok(()) | Err(FileFault::Cancelled) => {}
                Err(fault) => tell(FileNews::NoManifest(words::of_file(&fault)), None),
            },
            // Whoever gave it up knows.
            Err(FileFault::Cancelled) => {}
            Err(fault) => tell(FileNews::Failed(words::of_file(&fault)), None),
        }
    }

    async fn make(&mut self, order: &Order, handle: Option<FileSystemFileHandle>) -> Result<Made, FileFault> {
        let sink = Sink::open(handle).await?;
        let made = self.fill(order, &sink).await;
        if made.is_err() {
            sink.discard().await;
        }
        made
    }

    /// Writes all pieces and lets the file take its place.
    async fn fill(&mut self, order: &Order, sink: &Sink) -> Result<Made, FileFault> {
        let (is_record, only_shown) = (order.format.is_record(), order.only_shown);
        let (picked, product_key, all) = self
            .desk
            .ask(move |active| {
                let picked = if is_record { Picked::none() } else { Picked::new(active, only_shown) };
                (picked, active.run.plan().product_key.clone(), active.run.table().len())
            })
            .await?;
        let rows = picked.count();
        order.admit(rows)?;
        let named_rows = if is_record { all } else { rows };
        let name = sink.chosen_name().unwrap_or_else(|| order.file_name(&product_key, named_rows, clock::now().wall));
        match order.light() {
            Some(format) => {
                let mut light = Light::new(format, picked.clone());
                while let Some(piece) = light.next_piece(&self.desk).await? {
                    sink.write(&piece).await?;
                    self.go_on(light.written(), rows)?;
                }
                let file = sink.close(order.media_type()).await?;
                Ok(Made { record: light.record(name), picked, file, config: None, heavy: None })
            }
            None => {
                let facts = self.facts().await?;
                let mut heavy = Heavy::open(&self.files.ending);
                sink.write(&heavy.begin(order, facts).await?).await?;
                while heavy.written() < rows {
                    sink.write(&heavy.next_piece(&self.desk, &picked).await?).await?;
                    self.go_on(heavy.written(), rows)?;
                }
                tell(FileNews::Finishing, None);
                sink.write(&heavy.close().await?).await?;
                let file = sink.close(order.media_type()).await?;
                heavy.check(&file).await?;
                let (record, config) = (heavy.record(name).await?, heavy.config().await?);
                Ok(Made { record, picked, file, config, heavy: Some(heavy) })
            }
        }
    }

    /// Tells how far it is, unless it was given up.
    fn go_on(&mut self, written: u32, rows: u32) -> Result<(), FileFault> {
        self.ensure_wanted()?;
        let now_ms = clock::now().mono.0;
        if now_ms.saturating_sub(self.told_at_ms) >= NEWS_EVERY_MS {
            self.told_at_ms = now_ms;
            tell(FileNews::Making { written, rows }, None);
        }
        Ok(())
    }

    /// Tells that the file is there, and makes what stands beside it.
    ///
    /// # Errors
    /// Why there is no manifest. The file is whole all the same: it was checked on its own.
    async fn saved(&self, order: &Order, made: Made, is_chosen: bool) -> Result<(), FileFault> {
        let Made { record, picked, file, config, heavy } = made;
        let (is_record, secrets) = (order.format.is_record(), order.format.holds_secrets());
        let content = if is_record { Content::Record } else { Content::Rows };
        let (name, rows, is_encrypted) = (record.name.clone(), record.rows, record.encrypted);
        let held = self.desk.saved(record.clone(), (secrets && !is_record).then_some(picked)).await?;
        tell(FileNews::Saved { name, rows, content, is_encrypted, held }, (!is_chosen).then_some(file));
        if let Some(text) = config {
            companion(beside(&record.name, "config.csv"), &text, "text/csv;charset=utf-8");
        }
        let text = self.manifest(&record, heavy).await?;
        companion(beside(&record.name, "manifest.json"), &text, "application/json");
        Ok(())
    }

    async fn manifest(&self, record: &FileRecord, heavy: Option<Heavy>) -> Result<String, FileFault> {
        let facts = self.facts().await?;
        // The next file may have been asked for meanwhile.
        self.ensure_wanted()?;
        heavy.unwrap_or_else(|| Heavy::open(&self.files.ending)).manifest(&facts, record).await
    }

    fn ensure_wanted(&self) -> Result<(), FileFault> {
        if self.files.current.get() == self.number { Ok(()) } else { Err(FileFault::Cancelled) }
    }

    async fn facts(&self) -> Result<Facts, FileFault> {
        self.desk.ask(|active| active.record.facts(&active.run)).await
    }
}

fn companion(name: String, text: &str, media_type: &str) {
    tell(FileNews::Beside { name }, Some(blob(&Array::of1(&JsString::from(text)), media_type)));
}

fn tell(news: FileNews, blob: Option<Blob>) {
    port::post(&Event::File { news, blob });
}
