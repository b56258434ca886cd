//! A word to somebody who looks elsewhere: a notification, a sound. In: the run's end, or a question that it asks.
//! Out: what the user has asked for. Neither names anything but the product.
//!
//! Sources: Notifications API (notifications.spec.whatwg.org), Web Audio API (w3.org/TR/webaudio).

use std::cell::Cell;

use js_sys::Reflect;
use leptos::prelude::*;
use provisioner_core::model::report::Verdict;
use wasm_bindgen::prelude::*;
use web_sys::{AudioContext, Notification, NotificationPermission};

use super::texts::texts;
use super::{Page, follow};

/// How long and how loud a sound is: two short tones that are no alarm.
const TONE_S: f64 = 0.16;
const VOLUME: f32 = 0.15;
const TONES_HZ: [f32; 2] = [660.0, 880.0];

/// What the user wants to be told by. Only after a choice: browsers ask for it, and so it should be.
#[derive(Clone, Copy)]
pub(super) struct Alert {
    /// Whether notifications are wanted and allowed.
    pub notifies: RwSignal<bool>,
    /// Whether sounds are wanted.
    pub sounds: RwSignal<bool>,
    /// Counts what the browser answered.
    pub answers: RwSignal<u32>,
    /// Made by a click, without which a browser keeps it silent.
    audio: StoredValue<Option<AudioContext>, LocalStorage>,
}

impl Alert {
    /// Neither.
    pub fn new() -> Self {
        Self {
            notifies: RwSignal::new(false),
            sounds: RwSignal::new(false),
            answers: RwSignal::new(0),
            audio: StoredValue::new_local(None),
        }
    }

    /// Whether this browser has notifications.
    pub fn can_notify() -> bool {
        // Only an object that is no object makes this fail.
        Reflect::has(&window(), &"Notification".into()).unwrap_or_default()
    }

    /// Whether the user has told the browser to have none from this page.
    pub fn is_refused() -> bool {
        Notification::permission() == NotificationPermission::Denied
    }

    /// Wants notifications, or no longer; the browser asks the user.
    pub fn notify(self, is_wanted: bool) {
        self.notifies.set(is_wanted && Notification::permission() == NotificationPermission::Granted);
        if !is_wanted || self.notifies.get_untracked() {
            return;
        }
        let Ok(asked) = Notification::request_permission() else { return };
        let answered = Closure::once(move |answer: JsValue| {
            self.notifies.set(answer == "granted");
            self.answers.update(|answers| *answers += 1);
        });
        drop(asked.then(&answered));
        answered.forget();
    }

    /// Wants sounds, or no longer; lets one be heard.
    pub fn sound(self, is_wanted: bool) {
        self.sounds.set(is_wanted);
        if is_wanted {
            // Without a device for sound there is none.
            self.audio.set_value(AudioContext::new().ok());
            self.play();
        }
    }

    fn play(self) {
        self.audio.with_value(|audio| {
            if let Some(audio) = audio {
                // A sound that fails is silence.
                tones(audio).unwrap_or_default();
            }
        });
    }
}

fn tones(audio: &AudioContext) -> Result<(), JsValue> {
    let gain = audio.create_gain()?;
    gain.gain().set_value(VOLUME);
    gain.connect_with_audio_node(&audio.destination())?;
    let mut at = audio.current_time();
    for tone_hz in TONES_HZ {
        let tone = audio.create_oscillator()?;
        tone.frequency().set_value(tone_hz);
        tone.connect_with_audio_node(&gain)?;
        tone.start_with_when(at)?;
        at += TONE_S;
        tone.stop_with_when(at)?;
    }
    Ok(())
}

/// Tells of every end and every question from now on.
pub(super) fn attend(page: Page) {
    let told = Cell::new((None, None));
    follow(move || {
        let verdict: Option<Verdict> = page.state.of_run(|run| run.verdict);
        let now = (verdict, page.state.asking());
        if told.replace(now) == now || now == (None, None) {
            return;
        }
        let alert = page.alert;
        if alert.sounds.get_untracked() {
            alert.play();
        }
        if alert.notifies.get_untracked() && document().hidden() {
            let words = &texts().run;
            let product =
                untrack(|| page.state.read(|mirror| mirror.started.as_ref().map(|run| run.product_key.clone())));
            let product = product.unwrap_or_default();
            let title = match verdict {
                Some(verdict) => (words.title_done)(verdict, &product),
                None => (words.title_asks)(&product),
            };
            // Permission may have been withdrawn meanwhile.
            drop(Notification::new(&title));
        }
    });
}
