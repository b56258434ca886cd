//! A temporary key: its answer pasted whole, and how long it lives. In: what is pasted into a field of the key. Out: the
//! fields filled in, and the time that is left.
//!
//! Source: AssumeRole (alibabacloud.com/help/en/ram/api-assumerole), whose answer has `Credentials` with `AccessKeyId`,
//! `AccessKeySecret`, `SecurityToken` and `Expiration`, the last in UTC as ISO 8601 writes it. A server's own role gives
//! the same four without the wrapper.

use std::time::Duration;

use js_sys::{Date, JSON, Object, Reflect};
use leptos::prelude::*;
use provisioner_core::plan::Field;
use wasm_bindgen::prelude::*;
use web_sys::Event;
use zeroize::Zeroize as _;

use super::draft::id_of;
use super::{Page, clipboard, input};

/// Below so much it is soon: what a new key takes a person to fetch, and a run to end its calls.
const SOON_MS: f64 = 10.0 * 60e3;

/// How often the time that is left is worked out anew.
const TICK: Duration = Duration::from_secs(1);

/// When the key in the form expires, or the one that the engine holds, as far as that is known.
#[derive(Clone, Copy)]
pub(super) struct Expiry {
    at_ms: RwSignal<Option<f64>>,
    now_ms: RwSignal<f64>,
}

impl Expiry {
    /// Not known; followed from now on, once it is.
    pub fn new() -> Self {
        let expiry = Self { at_ms: RwSignal::new(None), now_ms: RwSignal::new(0.0) };
        let tick = move || {
            if expiry.at_ms.get_untracked().is_some() {
                expiry.now_ms.set(Date::now());
            }
        };
        // Only a browser without timers refuses.
        drop(set_interval_with_handle(tick, TICK));
        expiry
    }

    /// Milliseconds that are left, 0 once it has expired; none where that is not known.
    pub fn left_ms(self) -> Option<u64> {
        let now_ms = self.now_ms.get();
        self.at_ms.get().map(|at_ms| (at_ms - now_ms).max(0.0) as u64)
    }

    /// Whether it has expired, or does so soon.
    pub fn is_soon(self) -> bool {
        self.left_ms().is_some_and(|left_ms| left_ms as f64 <= SOON_MS)
    }

    /// The key is another one, or none.
    pub fn forget(self) {
        self.at_ms.set(None);
    }

    fn set(self, at_ms: f64) {
        self.now_ms.set(Date::now());
        // What is no time is not known.
        self.at_ms.set((!at_ms.is_nan()).then_some(at_ms));
    }
}

/// Whether a field is a part of the key.
pub(super) fn is_of_key(field: Field) -> bool {
    matches!(field, Field::AccessKeyId | Field::AccessKeySecret | Field::SecurityToken)
}

impl Page {
    /// Takes an answer of AssumeRole apart that is pasted into a field of the key; any other text goes into that field.
    pub(super) fn paste_key(self, event: &Event) {
        let Some(mut text) = clipboard::pasted(event).map(String::from) else { return };
        let answer = JSON::parse(&text);
        text.zeroize();
        let Ok(answer) = answer else { return };
        let of = |object: &JsValue, name: &str| Reflect::get(object, &name.into()).unwrap_or_default();
        let wrapped = of(&answer, "Credentials");
        let key = if wrapped.is_object() { wrapped } else { answer };
        if !key.is_instance_of::<Object>() {
            return;
        }
        let part = |name| of(&key, name).as_string().filter(|part| !part.is_empty());
        let (Some(id), Some(secret), Some(token)) =
            (part("AccessKeyId"), part("AccessKeySecret"), part("SecurityToken"))
        else {
            return;
        };
        event.prevent_default();
        if let Some(field) = self.draft.value(Field::AccessKeyId) {
            field.set(id);
        }
        for (field, mut text) in [(Field::AccessKeySecret, secret), (Field::SecurityToken, token)] {
            if let Some(input) = input(id_of(field)) {
                input.set_value(&text);
            }
            text.zeroize();
        }
        self.changed(Field::AccessKeyId);
        self.expiry.set(part("Expiration").map_or(f64::NAN, |text| Date::parse(&text)));
        self.say.set(super::texts::texts().form.key_pasted.to_owned());
    }
}
