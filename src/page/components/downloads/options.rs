//! What a format can be told. In: the format that is chosen. Out: an element, and the whole format.

use leptos::prelude::*;
use provisioner_core::export::template::Template;
use provisioner_core::export::{
    DEVICE_FILES_MAX, Delimiter, Format, LABELS_MAX, NvsSettings, Paper, XLSX_ROWS_MAX, nvs,
};

use super::Choice;
use super::controls::{area, checkbox, choice as boxed, field, is_ticked, labelled, select, value};
use crate::page::Page;
use crate::page::components::common::el::{El, el};
use crate::page::components::common::icon::{ATTENTION, marked};
use crate::page::components::common::text::hint;
use crate::page::texts::texts;

/// The values of the select of formats, in the order of its words.
pub(super) const FORMATS: [&str; 10] =
    ["csv", "json", "ndjson", "xlsx", "nvs-csv", "template", "device-files", "labels", "audit-json", "audit-page"];

pub(super) const PRODUCT_SECRET: &str = "product-secret";
const NAMESPACE: &str = "nvs-namespace";
const CSV_FOR: &str = "csv-for";
const DELIMITER: &str = "csv-delimiter";
const BYTE_ORDER_MARK: &str = "csv-bom";
const TEMPLATE: &str = "template";
const KINDS: [&str; 3] = ["kind-json", "kind-c-header", "kind-nvs"];
const PAPER: &str = "label-paper";
const LABEL_SECRET: &str = "label-secret";

/// A template to begin with.
const TEMPLATE_FIRST: &str = "{{DeviceName}} {{DeviceSecret}}\n";

/// Papers, in the order of their words. The grids are those of common sheets: 24, 14 and 65 labels.
const PAPERS: [(&str, Paper); 5] = [
    ("a4-3x8", Paper::A4 { columns: 3, rows: 8, margin_y_mm: 4.5, margin_x_mm: 0.0, gap_mm: 0.0 }),
    ("a4-2x7", Paper::A4 { columns: 2, rows: 7, margin_y_mm: 15.15, margin_x_mm: 5.9, gap_mm: 0.0 }),
    ("a4-5x13", Paper::A4 { columns: 5, rows: 13, margin_y_mm: 10.7, margin_x_mm: 9.75, gap_mm: 0.0 }),
    ("roll-50x30", Paper::Roll { width_mm: 50.0, height_mm: 30.0 }),
    ("roll-40x30", Paper::Roll { width_mm: 40.0, height_mm: 30.0 }),
];

/// The options of the format that is chosen, and how many rows it bears where that matters.
pub(super) fn options(page: Page, choice: Choice) -> El {
    let index = move || {
        let chosen = choice.format.get();
        FORMATS.iter().position(|format| *format == chosen).and_then(|index| u32::try_from(index).ok()).unwrap_or(0)
    };
    let most = move || rows_max(&choice.format.get());
    let rows = move || super::rows_chosen(page, choice);
    let too_many = move || (texts().file.too_many)(rows(), most()).join(" ");
    el("div", "stack")
        .swap(index, move |index| of_format(FORMATS[index as usize], choice))
        .child(marked("attention", ATTENTION, too_many).flag_of("hidden", move || rows() <= most()))
}

fn of_format(format: &str, choice: Choice) -> Option<El> {
    let words = &texts().file;
    let options = el("div", "stack options");
    Some(match format {
        "csv" => {
            let readers = select(CSV_FOR, ["programs", "excel"].into_iter().zip(words.csv_readers), |_| {});
            let signs = ["comma", "semicolon", "tab"].into_iter().zip(words.delimiters);
            options
                .child(labelled(words.csv_for, CSV_FOR, readers))
                .child(labelled(words.delimiter, DELIMITER, select(DELIMITER, signs, |_| {})))
                .child(boxed(checkbox(words.byte_order_mark, BYTE_ORDER_MARK, false)))
                .child(hint(words.csv_hint))
        }
        "nvs-csv" => nvs_settings(options).child(hint(words.nvs_hint)),
        "template" => {
            let template = area(words.template, TEMPLATE, TEMPLATE_FIRST);
            let fields = Template::FIELDS.map(|field| ["{{", field, "}}"].concat()).join(" ");
            options
                .child(template.on("input", move |_| note_harmless(choice)))
                .child(el("p", "hint").text_string((words.template_hint)(&fields)))
        }
        "device-files" => {
            let kinds = KINDS.into_iter().zip(words.kind_names).enumerate();
            let boxes = kinds.map(|(index, (id, name))| boxed(checkbox(name, id, index == 0)));
            let group = el("fieldset", "kinds").child(el("legend", "label").text(words.kinds));
            nvs_settings(options.child(group.children(boxes.collect())))
        }
        "labels" => {
            let papers = PAPERS.iter().map(|(value, _)| *value).zip(words.papers);
            let (tick, name) = checkbox(words.label_secret, LABEL_SECRET, false);
            options
                .child(labelled(words.paper, PAPER, select(PAPER, papers, |_| {})))
                .child(boxed((tick.on("change", move |_| note_harmless(choice)), name)))
                .child(hint(words.label_hint))
        }
        _ => return None,
    })
}

fn nvs_settings(options: El) -> El {
    let words = &texts().file;
    options.child(field(words.namespace, NAMESPACE, "text", nvs::NAMESPACE)).child(field(
        words.product_secret,
        PRODUCT_SECRET,
        "password",
        "",
    ))
}

/// Whether a format is about the run.
pub(super) fn is_record(format: &str) -> bool {
    format.starts_with("audit-")
}

fn rows_max(format: &str) -> u32 {
    match format {
        "xlsx" => XLSX_ROWS_MAX,
        "device-files" => DEVICE_FILES_MAX,
        "labels" => LABELS_MAX,
        _ => u32::MAX,
    }
}

/// Notes whether the file will hold a secret, which the user is told before it is saved.
pub(super) fn note_harmless(choice: Choice) {
    let format = choice.format.get_untracked();
    choice.is_harmless.set(match format.as_str() {
        // Labels begin without it; their box may not be there yet.
        "labels" => !is_ticked(LABEL_SECRET),
        "template" => !value(TEMPLATE).contains("DeviceSecret") && !value(TEMPLATE).is_empty(),
        format => is_record(format),
    });
}

/// The format as it is chosen, with its options.
pub(super) fn chosen(format: &str) -> Format {
    match format {
        "json" => Format::Json,
        "ndjson" => Format::Ndjson,
        "xlsx" => Format::Xlsx,
        "nvs-csv" => Format::NvsCsv(nvs_chosen()),
        "template" => Format::Template(value(TEMPLATE)),
        "device-files" => {
            let [json, c_header, nvs] = KINDS.map(is_ticked);
            Format::DeviceFiles { json, c_header, nvs: nvs.then(nvs_chosen) }
        }
        "labels" => {
            let chosen = value(PAPER);
            let paper = PAPERS.into_iter().find(|(value, _)| *value == chosen).map_or(PAPERS[0].1, |(_, paper)| paper);
            Format::Labels { paper, with_secret: is_ticked(LABEL_SECRET) }
        }
        "audit-json" => Format::AuditJson,
        "audit-page" => Format::AuditPage,
        _ => {
            let delimiter = match value(DELIMITER).as_str() {
                "semicolon" => Delimiter::Semicolon,
                "tab" => Delimiter::Tab,
                _ => Delimiter::Comma,
            };
            let for_excel = value(CSV_FOR) == "excel";
            Format::Csv { delimiter, byte_order_mark: is_ticked(BYTE_ORDER_MARK), for_excel }
        }
    }
}

fn nvs_chosen() -> NvsSettings {
    NvsSettings { namespace: value(NAMESPACE), product_secret: value(PRODUCT_SECRET) }
}
