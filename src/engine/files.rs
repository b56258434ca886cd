//! Files of a run's rows. In: the run, a format. Out: an event with a Blob, whose bytes live outside the wasm heap.

use js_sys::{Array, Uint8Array};
use provisioner_core::export::{Context, csv, failed_csv, failed_name, file_name, json, list_to_try};
use provisioner_core::plan::{FormInput, NamingChoice};
use provisioner_core::run::Run;
use web_sys::{Blob, BlobPropertyBag};

use super::effects::clock;
use crate::protocol::{Event, Format};

/// Media type of CSV (RFC 7111).
const CSV: &str = "text/csv;charset=utf-8";

/// Writes all rows into a Blob.
pub(super) fn file(run: &Run, format: Format) -> Event {
    let apply_ids = run.apply_ids();
    let product_key = &run.plan().product_key;
    let context = Context { product_key, apply_ids: &apply_ids };
    let parts = Array::new();
    let mut piece = |bytes: &[u8]| {
        parts.push(&Uint8Array::from(bytes));
    };
    let (extension, media_type) = match format {
        Format::Csv => {
            csv(run.table(), &context, &mut piece);
            ("csv", CSV)
        }
        Format::Json => {
            json(run.table(), &context, &mut piece);
            ("json", "application/json")
        }
    };
    let rows = run.table().len();
    let name = file_name(product_key, rows, clock::now().wall, extension);
    Event::File { name, rows, is_table: true, blob: Some(blob(&parts, media_type)) }
}

/// Writes what the run misses into a Blob.
pub(super) fn failed(run: &Run, meanings: &[String]) -> Event {
    let parts = Array::new();
    let rows = failed_csv(run, meanings, &mut |bytes| {
        parts.push(&Uint8Array::from(bytes));
    });
    let name = failed_name(&run.plan().product_key, run.table().len(), clock::now().wall);
    Event::File { name, rows, is_table: false, blob: Some(blob(&parts, CSV)) }
}

/// What a new run would register of what this one misses.
pub(super) fn retry(run: &Run) -> Event {
    Event::Retry(match run.unmade() {
        0 => FormInput { naming: NamingChoice::List, names: list_to_try(run), ..FormInput::default() },
        unmade => FormInput { naming: NamingChoice::Random, count: unmade.to_string(), ..FormInput::default() },
    })
}

fn blob(parts: &Array, media_type: &str) -> Blob {
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    Blob::new_with_u8_array_sequence_and_options(parts, &options).expect("byte arrays make a Blob")
}
