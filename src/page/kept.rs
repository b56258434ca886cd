//! What this browser keeps from visit to visit: the runs that ended, and settings under a name. In: runs, forms. Out: the
//! same again. Nothing secret is in either: a form never holds a credential.

use js_sys::{Array, JSON, Object, Reflect};
use provisioner_core::model::report::{BatchReport, BatchState, Verdict};
use provisioner_core::plan::{FormInput, NamingChoice};
use wasm_bindgen::JsValue;

use super::address::{CONNECTIONS, NAMINGS, SIGNATURES, name_of, named};
use super::preferences;
use super::state::Mirror;

/// Runs that are kept; older ones are dropped.
const RUNS_MAX: usize = 100;

/// Profiles that are kept; a new one takes the place of the oldest.
const PROFILES_MAX: usize = 50;

/// Keys in the browser's storage; each value is a JSON array of objects.
const RUNS: &str = "history";
const PROFILES: &str = "profiles";

/// The names of texts that say where calls go.
const SETTINGS: [&str; 8] = ["connection", "proxy", "region", "endpoint", "signature", "product", "instance", "share"];
/// Of texts that say what a run was and what came of it: times in milliseconds since 1970, whole numbers; `batches` has a
/// line for each, with ApplyId, devices and state.
const OF_RUN: [&str; 9] =
    ["startedAt", "endedAt", "naming", "pattern", "requested", "created", "downloaded", "verdict", "batches"];
/// Of what a profile is called.
const NAME: &str = "name";

/// Verdicts as they are kept.
const VERDICTS: [(&str, Verdict); 4] = [
    ("complete", Verdict::Complete),
    ("incomplete", Verdict::Incomplete),
    ("failed", Verdict::Failed),
    ("cancelled", Verdict::Cancelled),
];

/// States of a batch at a run's end, as they are kept.
const STATES: [(&str, BatchState); 6] = [
    ("complete", BatchState::Complete),
    ("incomplete", BatchState::Incomplete),
    ("refused", BatchState::Refused),
    ("unclear", BatchState::Unclear),
    ("notSent", BatchState::NotSent),
    ("cancelled", BatchState::Cancelled),
];

/// A run that ended, or a profile: texts by their names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Item(Vec<(&'static str, String)>);

/// A batch of a run that ended.
pub(super) struct KeptBatch<'i> {
    /// ApplyId.
    pub apply_id: &'i str,
    /// Devices.
    pub devices: u32,
    /// How it ended.
    pub state: BatchState,
}

impl<'i> KeptBatch<'i> {
    fn read(line: &'i str) -> Option<Self> {
        let mut words = line.split(' ');
        let (apply_id, devices, state) = (words.next()?, words.next()?, words.next()?);
        Some(Self { apply_id, devices: devices.parse().ok()?, state: named(&STATES, state)? })
    }
}

/// All that is kept.
#[derive(Default)]
pub(super) struct Kept {
    /// The runs, the newest first.
    pub runs: Vec<Item>,
    /// The profiles, the newest first.
    pub profiles: Vec<Item>,
    /// Whether the browser refused to keep something: it is gone with the tab.
    pub is_refused: bool,
    /// How often anything has changed.
    pub changes: u32,
}

impl Kept {
    /// What was kept on earlier visits.
    pub fn read() -> Self {
        Self { runs: read(RUNS), profiles: read(PROFILES), ..Self::default() }
    }

    /// Keeps a run, in place of what was kept of it before or of an earlier reading of the same batches.
    pub fn add_run(&mut self, run: Item) {
        self.change(|kept| {
            let apply_ids = run.form().apply_ids;
            let is_same = |other: &Item, key: &str| other.text(key) == run.text(key);
            let has_same_batches = |other: &Item| !apply_ids.is_empty() && other.form().apply_ids == apply_ids;
            let is_it =
                |other: &Item| is_same(other, "startedAt") || is_same(other, "naming") && has_same_batches(other);
            kept.runs.retain(|other| !is_it(other));
            kept.runs.insert(0, run);
            kept.runs.truncate(RUNS_MAX);
        });
    }

    /// Forgets the run that was started then, as it is kept.
    pub fn forget_run(&mut self, started_at: &str) {
        self.change(|kept| kept.runs.retain(|run| run.text("startedAt") != started_at));
    }

    /// Forgets all runs.
    pub fn forget_runs(&mut self) {
        self.change(|kept| kept.runs.clear());
    }

    /// Keeps settings under a name, in place of what has it already.
    pub fn add_profile(&mut self, name: &str, form: &FormInput) {
        let mut profile = Item::settings(form);
        profile.0.push((NAME, name.to_owned()));
        self.change(|kept| {
            kept.profiles.retain(|other| other.name() != name);
            kept.profiles.insert(0, profile);
            kept.profiles.truncate(PROFILES_MAX);
        });
    }

    /// Forgets the profile of this name.
    pub fn forget_profile(&mut self, name: &str) {
        self.change(|kept| kept.profiles.retain(|profile| profile.name() != name));
    }

    /// Changes what is kept; what another tab has kept meanwhile stays.
    fn change(&mut self, change: impl FnOnce(&mut Self)) {
        if !self.is_refused {
            (self.runs, self.profiles) = (read(RUNS), read(PROFILES));
        }
        change(self);
        self.is_refused = !(write(RUNS, &self.runs) && write(PROFILES, &self.profiles));
        self.changes += 1;
    }
}

impl Item {
    /// Where the calls of a form go.
    fn settings(form: &FormInput) -> Self {
        let texts = [
            name_of(&CONNECTIONS, form.connection),
            &form.proxy_url,
            &form.region,
            &form.endpoint_host,
            name_of(&SIGNATURES, form.signature),
            &form.product_key,
            &form.instance_id,
            &form.quota_share,
        ];
        Self(SETTINGS.into_iter().zip(texts.map(str::to_owned)).collect())
    }

    /// The run that ended, if one has that is to be kept: those of the demo vanish with the tab.
    pub fn of(mirror: &Mirror) -> Option<Self> {
        let (started, run) = (mirror.started.as_ref().filter(|started| !started.demo)?, mirror.run.as_ref()?);
        let verdict = name_of(&VERDICTS, run.verdict?);
        let mut item = Self::settings(&started.form);
        let texts = [
            started.at_ms.to_string(),
            (started.shown_at_ms + run.elapsed_ms).to_string(),
            name_of(&NAMINGS, started.form.naming).to_owned(),
            started.form.pattern.clone(),
            run.requested.to_string(),
            run.created.to_string(),
            run.downloaded.to_string(),
            verdict.to_owned(),
            run.batches.iter().filter_map(batch_line).collect(),
        ];
        item.0.extend(OF_RUN.into_iter().zip(texts));
        Some(item)
    }

    /// The text of this name; empty where there is none.
    pub fn text(&self, name: &str) -> &str {
        self.0.iter().find(|(other, _)| *other == name).map_or("", |(_, text)| text)
    }

    /// The same as a number; 0 where it is none.
    pub fn number<N: std::str::FromStr + Default>(&self, name: &str) -> N {
        self.text(name).parse().unwrap_or_default()
    }

    /// What a profile is called.
    pub fn name(&self) -> &str {
        self.text(NAME)
    }

    /// How the run ended.
    pub fn verdict(&self) -> Option<Verdict> {
        named(&VERDICTS, self.text("verdict"))
    }

    /// How its devices were named.
    pub fn naming(&self) -> NamingChoice {
        named(&NAMINGS, self.text("naming")).unwrap_or_default()
    }

    /// Each batch that was registered.
    pub fn batches(&self) -> Vec<KeptBatch<'_>> {
        self.text("batches").lines().filter_map(KeptBatch::read).collect()
    }

    /// A form with these settings, and with the batches of a run to be read again.
    pub fn form(&self) -> FormInput {
        let text = |name: &str| self.text(name).to_owned();
        let apply_ids: Vec<&str> = self.batches().iter().map(|batch| batch.apply_id).collect();
        FormInput {
            connection: named(&CONNECTIONS, self.text("connection")).unwrap_or_default(),
            proxy_url: text("proxy"),
            region: text("region"),
            endpoint_host: text("endpoint"),
            signature: named(&SIGNATURES, self.text("signature")).unwrap_or_default(),
            product_key: text("product"),
            instance_id: text("instance"),
            quota_share: text("share"),
            naming: NamingChoice::Existing,
            apply_ids: apply_ids.join("\n"),
            ..FormInput::default()
        }
    }
}

/// A batch that was registered: names that were only checked have no devices.
fn batch_line(batch: &BatchReport) -> Option<String> {
    let apply_id = batch.apply_id.as_ref()?;
    let state = name_of(&STATES, batch.state);
    let is_known = !matches!(batch.state, BatchState::Refused | BatchState::NotSent) && !state.is_empty();
    is_known.then(|| [apply_id, " ", &batch.devices.to_string(), " ", state, "\n"].concat())
}

fn read(key: &str) -> Vec<Item> {
    let text = preferences::kept(key);
    // What somebody else put there is no list of ours.
    let list = text.and_then(|text| JSON::parse(&text).ok()).unwrap_or_else(|| Array::new().into());
    let text = |object: &JsValue, name| Reflect::get(object, &JsValue::from_str(name)).ok()?.as_string();
    let names = || SETTINGS.into_iter().chain(OF_RUN).chain([NAME]);
    let item = |object: JsValue| Item(names().filter_map(|name| Some((name, text(&object, name)?))).collect());
    if Array::is_array(&list) { Array::from(&list).iter().map(item).collect() } else { Vec::new() }
}

/// Whether it is kept.
fn write(key: &str, items: &[Item]) -> bool {
    let object = |item: &Item| {
        let pair = |(name, text): &(&str, String)| Array::of2(&JsValue::from_str(name), &text.into());
        Object::from_entries(&item.0.iter().map(pair).collect::<Array>())
    };
    let list: Result<Array, JsValue> = items.iter().map(|item| object(item).map(JsValue::from)).collect();
    let text = list.and_then(|list| JSON::stringify(&list)).map(String::from);
    preferences::storage().zip(text.ok()).is_some_and(|(storage, text)| storage.set_item(key, &text).is_ok())
}
