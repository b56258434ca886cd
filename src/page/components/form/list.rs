//! The list of names: a field, a file, and what is known of both. In: the draft. Out: an element.

use provisioner_core::plan::{Fault, Field};
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::js_sys::Reflect;
use web_sys::{Event, File, FileList};

use super::{columns, faults};
use crate::page::components::common::button::button;
use crate::page::components::common::el::{El, el};
use crate::page::components::common::field::{control, framed};
use crate::page::components::common::text::hint;
use crate::page::draft::FILE_MB_MAX;
use crate::page::texts::texts;
use crate::page::{Page, clipboard, input};

/// Id of the file's input.
const FILE: &str = "names-file";

/// The list.
pub(super) fn list(page: Page) -> El {
    let is_kept = move || page.draft.read(|sheet| sheet.listing.is_kept);
    let is_asked = move || page.draft.read(|sheet| sheet.listing.is_asked);
    let field = control(page, Field::Names, "textarea")
        .attr("rows", "6")
        .attr("wrap", "off")
        .flag_of("readonly", is_kept)
        .on("input", move |_| {
            if page.draft.relieve_field() {
                page.read_names();
            } else {
                page.changed(Field::Names);
            }
        })
        .on("paste", move |event| paste(page, &event))
        .on("dragover", |event| event.prevent_default())
        .on("drop", move |event| drop_file(page, &event));
    el("div", "stack")
        .child(framed(page, Field::Names, field))
        .child_if(is_kept, move || kept(page))
        .child(
            el("p", "hint")
                .attr("role", "status")
                .text_of(move || (if is_asked() { texts().names.checking } else { "" }).to_owned()),
        )
        .child(columns::columns(page))
        .child(faults::faults(page))
        .child(file(page))
}

/// What is known of a list that the field shows the beginning of.
fn kept(page: Page) -> El {
    let words = &texts().names;
    let text = move || {
        page.draft.read(|sheet| {
            let rows = sheet.listing.report().map(|report| report.rows);
            (words.kept)(&sheet.listing.name, rows)
        })
    };
    let remove = move || {
        forget_file();
        page.draft.take_list("");
        page.changed(Field::Names);
    };
    el("p", "with-button").testid("names-kept").child(el("span", "").text_of(text)).child(button(
        "button small",
        "",
        words.remove,
        remove,
    ))
}

fn file(page: Page) -> El {
    let words = &texts().names;
    let input = el("input", "input")
        .attr("id", FILE)
        .testid(FILE)
        .attr("type", "file")
        .attr("accept", ".csv,.tsv,.txt,.xlsx,text/plain,text/csv")
        .attr("aria-describedby", "names-file-hint")
        // A corrected file has the same name; without this choosing it again would change nothing.
        .on("click", |_| forget_file())
        .on("change", move |_| take(page, input(FILE).and_then(|input| input.files())));
    let template = el("a", "")
        .testid("names-template")
        .attr("href", words.template_content)
        .attr("download", words.template_name)
        .text(words.template);
    el("div", "field")
        .child(el("label", "").attr("for", FILE).text(words.file))
        .child(input)
        .child(hint(words.file_hint).attr("id", "names-file-hint").text(" ").child(template))
}

/// A long text goes past the field, which would take seconds over it.
fn paste(page: Page, event: &Event) {
    if clipboard::pasted(event).is_some_and(|text| page.draft.take_paste(&text)) {
        event.prevent_default();
        page.read_names();
    }
}

fn drop_file(page: Page, event: &Event) {
    let of = |object: &JsValue, key: &str| Reflect::get(object, &key.into()).ok();
    // HTML Standard, "drag and drop": `DragEvent`, `DataTransfer`.
    let dropped = of(event, "dataTransfer").and_then(|dropped| of(&dropped, "files")?.dyn_into::<FileList>().ok());
    // A text that is dropped goes into the field as always.
    if dropped.as_ref().is_some_and(|files| files.length() > 0) {
        event.prevent_default();
        take(page, dropped);
    }
}

/// Takes the first file as the list.
fn take(page: Page, files: Option<FileList>) {
    let Some(file) = files.and_then(|files| files.item(0)) else { return };
    if file.size() > f64::from(FILE_MB_MAX) * 1e6 {
        page.draft.refuse_file(Fault::FileTooLarge { limit_mb: FILE_MB_MAX });
        page.recheck();
        return;
    }
    page.draft.take_file(File::name(&file), file.into());
    page.read_names();
}

fn forget_file() {
    if let Some(input) = input(FILE) {
        input.set_value("");
    }
}
