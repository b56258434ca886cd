//! Files of a run's rows. In: the run, a format. Out: an event with a Blob, whose bytes live outside the wasm heap.

use js_sys::{Array, Uint8Array};
use provisioner_core::export::{Context, csv, file_name, json};
use provisioner_core::run::Run;
use web_sys::{Blob, BlobPropertyBag};

use super::effects::clock;
use crate::protocol::{Event, Format};

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
            ("csv", "text/csv;charset=utf-8")
        }
        Format::Json => {
            json(run.table(), &context, &mut piece);
            ("json", "application/json")
        }
    };
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &options).expect("byte arrays make a Blob");
    let rows = run.table().len();
    Event::File { name: file_name(product_key, rows, clock::now().wall, extension), rows, blob: Some(blob) }
}
