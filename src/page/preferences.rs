//! Language, theme, and when to lock. In: the query string, what was chosen on an earlier visit, the browser's own languages. Out:
//! what to begin with; a choice is kept in this browser, where it keeps anything.

use leptos::prelude::window;
use web_sys::Storage;

use super::address::Prefill;
use super::texts::Language;

/// Key of the language in the browser's storage; the value is its tag.
pub(super) const LANGUAGE: &str = "language";

/// Key of the theme; the value is `system`, `light` or `dark`.
pub(super) const THEME: &str = "theme";

/// Key of the idle minutes after which the page locks; the value is a number.
pub(super) const LOCK_AFTER: &str = "lock-after";

/// The language to begin with: the address asks for it, or it was chosen before, or the browser prefers it.
pub(super) fn language(prefill: &Prefill) -> Language {
    let chosen = || Language::of(&kept(LANGUAGE)?);
    let preferred = || window().navigator().languages().iter().find_map(|tag| Language::of(&tag.as_string()?));
    prefill.language.or_else(chosen).or_else(preferred).unwrap_or(Language::English)
}

/// The theme to begin with.
pub(super) fn theme(prefill: &Prefill) -> String {
    let chosen = || kept(THEME).filter(|theme| matches!(theme.as_str(), "light" | "dark"));
    prefill.theme.clone().or_else(chosen).unwrap_or_else(|| "system".to_owned())
}

/// What was chosen on an earlier visit.
pub(super) fn kept(key: &str) -> Option<String> {
    storage()?.get_item(key).ok()?
}

/// Keeps a choice for the next visit.
pub(super) fn keep(key: &str, value: &str) {
    if let Some(storage) = storage() {
        // A browser that keeps nothing asks again on the next visit.
        storage.set_item(key, value).unwrap_or_default();
    }
}

/// The browser's storage, where it keeps anything for this page.
pub(super) fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}
