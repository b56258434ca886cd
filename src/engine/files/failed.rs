//! What a run misses. In: the run. Out: a file that names each device with its reason, and what a new run would register.

use js_sys::{Array, Uint8Array};
use provisioner_core::export::{failed_csv, failed_name, list_to_try};
use provisioner_core::plan::{FormInput, NamingChoice};
use provisioner_core::run::Run;

use super::tell;
use crate::engine::effects::clock;
use crate::engine::effects::sink::blob;
use crate::engine::session::Active;
use crate::protocol::{Content, Event, FileNews};

/// Hands the file over. It is short and holds no secret: nobody waits for it.
pub(in crate::engine) fn save(active: &Active, meanings: &[String]) {
    let run = &active.run;
    let parts = Array::new();
    let rows = failed_csv(run, meanings, &mut |bytes| {
        parts.push(&Uint8Array::from(bytes));
    });
    let name = failed_name(&run.plan().product_key, run.table().len(), clock::now().wall);
    let news = FileNews::Saved { name, rows, content: Content::Failed, is_encrypted: false, held: active.held.count() };
    tell(news, Some(blob(&parts, "text/csv;charset=utf-8")));
}

/// What a new run would register of what this one misses.
pub(in crate::engine) fn retry(run: &Run) -> Event {
    Event::Retry(match run.unmade() {
        0 => FormInput { naming: NamingChoice::List, names: list_to_try(run), ..FormInput::default() },
        unmade => FormInput { naming: NamingChoice::Random, count: unmade.to_string(), ..FormInput::default() },
    })
}
