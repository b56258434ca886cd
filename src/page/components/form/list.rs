//! The list of names: a field, a file, and every faulty row. In: the draft. Out: an element.

use leptos::task::spawn_local;
use provisioner_core::plan::{Fault, Field, RowFault};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

use crate::page::components::common::button::button;
use crate::page::components::common::each::each;
use crate::page::components::common::el::{El, el};
use crate::page::components::common::field::{control, framed};
use crate::page::components::common::text::hint;
use crate::page::draft::FILE_MB_MAX;
use crate::page::texts::texts;
use crate::page::{Page, input};

/// Id of the file's input.
const FILE: &str = "names-file";

/// Faulty rows that are on show; the number of all of them stands above.
const ROWS_SHOWN_MAX: usize = 100;

/// The list.
pub(super) fn list(page: Page) -> El {
    let is_kept = move || page.draft.read(|sheet| sheet.kept.is_some());
    let field = control(page, Field::Names, "textarea")
        .attr("rows", "6")
        .attr("wrap", "off")
        .flag_of("readonly", is_kept)
        .on("input", move |_| {
            page.draft.relieve_field();
            page.changed(Field::Names);
        });
    let shown =
        move || page.draft.faulty_rows(|rows| u32::try_from(rows.len().min(ROWS_SHOWN_MAX)).unwrap_or(u32::MAX));
    el("div", "stack")
        .child(framed(page, Field::Names, field))
        .child_if(is_kept, move || kept(page))
        .child_if(move || shown() > 0, move || faulty_rows(page, shown))
        .child(file(page))
}

/// What is known of a list that the field shows the beginning of.
fn kept(page: Page) -> El {
    let words = &texts().form;
    let text = move || {
        page.draft
            .read(|sheet| sheet.kept.as_ref().map(|kept| (words.list_kept)(&kept.name, kept.lines)).unwrap_or_default())
    };
    let remove = move || {
        forget_file();
        take(page, String::new(), String::new());
    };
    el("p", "with-button").testid("names-kept").child(el("span", "").text_of(text)).child(button(
        "button small",
        "",
        words.list_remove,
        remove,
    ))
}

fn file(page: Page) -> El {
    let words = &texts().form;
    let input = el("input", "input")
        .attr("id", FILE)
        .testid(FILE)
        .attr("type", "file")
        .attr("accept", ".csv,.tsv,.txt,text/plain,text/csv")
        .attr("aria-describedby", "names-file-hint")
        // A corrected file has the same name; without this choosing it again would change nothing.
        .on("click", |_| forget_file())
        .on("change", move |_| read(page));
    el("div", "field")
        .child(el("label", "").attr("for", FILE).text(words.names_file))
        .child(input)
        .child(hint(words.names_file_hint).attr("id", "names-file-hint"))
}

/// Reads the file that was chosen, unless another one is chosen meanwhile.
fn read(page: Page) {
    let Some(file) = chosen() else { return };
    if file.size() > f64::from(FILE_MB_MAX) * 1e6 {
        page.draft.refuse_file(Fault::FileTooLarge { limit_mb: FILE_MB_MAX });
        return;
    }
    spawn_local(async move {
        let text = JsFuture::from(file.text()).await;
        if chosen().map(JsValue::from) != Some(JsValue::from(file.clone())) {
            return;
        }
        match text.ok().and_then(|text| text.as_string()) {
            Some(text) => take(page, file.name(), text),
            None => page.draft.refuse_file(Fault::Unreadable),
        }
    });
}

fn forget_file() {
    if let Some(input) = input(FILE) {
        input.set_value("");
    }
}

fn chosen() -> Option<File> {
    input(FILE).and_then(|input| input.files()).and_then(|files| files.item(0))
}

fn take(page: Page, name: String, text: String) {
    page.draft.take_list(name, text);
    page.changed(Field::Names);
}

/// One line for each faulty row, up to a limit.
fn faulty_rows(page: Page, shown: impl Fn() -> u32 + Send + Sync + 'static) -> El {
    let more = move || {
        let all = page.draft.faulty_rows(<[RowFault]>::len);
        if all > ROWS_SHOWN_MAX { (texts().form.rows_shown)(ROWS_SHOWN_MAX, all) } else { String::new() }
    };
    el("div", "preflight")
        .attr("role", "region")
        .attr("aria-label", texts().form.rows_name)
        .attr("tabindex", "0")
        .child(el("ul", "").view(each(move || 0..shown(), false, move |index| row(page, index as usize))))
        .child(el("p", "hint").text_of(more))
}

fn row(page: Page, index: usize) -> El {
    let of_row = move |read: fn(&RowFault) -> String| {
        move || page.draft.faulty_rows(|rows| rows.get(index).map(read).unwrap_or_default())
    };
    el("li", "")
        .testid("preflight-row")
        .child(el("span", "").text_of(of_row(|row| (texts().form.row_line)(row.line))))
        .child(el("code", "").text_of(of_row(|row| row.value.clone())))
        .child(el("span", "").text_of(of_row(|row| (texts().form.row_rule)(&row.rule))))
}
