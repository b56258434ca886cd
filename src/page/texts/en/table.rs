//! English: the credential table.

use super::super::TableTexts;
use super::{devices, number, rows};
use crate::page::choice::Column;
use crate::protocol::{Copied, SortedBy};

/// The table.
pub(super) const TABLE: TableTexts = TableTexts {
    heading: |count| ["Credentials: ", &rows(count)].concat(),
    name: "Credential table",
    row: "Row",
    column: |column| match column {
        Column::DeviceName => "DeviceName",
        Column::DeviceSecret => "DeviceSecret",
        Column::IotId => "IotId",
        Column::Nickname => "Nickname",
        Column::DeviceId => "DeviceId",
        Column::Batch => "Batch",
        Column::Status => "Status",
    },
    actions: "Actions",
    reveal: "Show",
    mask: "Hide",
    masked: "hidden",
    saved: "saved",
    unsaved: "not saved",
    filter: "Filter by name, IotId or nickname",
    filter_failed: "Filter by name, nickname, code or reason",
    filter_clear: "Clear",
    count,
    count_failed,
    show_failed: |count| ["Show the ", &devices(count), " that failed"].concat(),
    sorting: "Sorting…",
    searching: "Searching…",
    looked: |look, rows, of| {
        let order = match look.sorted_by {
            SortedBy::Arrival => "as the rows came",
            SortedBy::DeviceName => "by DeviceName",
            SortedBy::IotId => "by IotId",
            SortedBy::Nickname => "by Nickname",
            SortedBy::DeviceId => "by DeviceId",
            SortedBy::Batch => "by batch",
        };
        let direction = if look.is_descending { ", descending" } else { "" };
        [&if look.is_missing { count_failed(rows, of) } else { count(rows, of) }, ", ", order, direction, "."].concat()
    },
    none: "No row holds this text.",
    columns: "Columns and row height",
    compact: "Compact rows",
    copied: "Columns to copy",
    copied_name: |copied| match copied {
        Copied::Triple => "ProductKey,DeviceName,DeviceSecret",
        Copied::DeviceName => "DeviceName",
        Copied::DeviceSecret => "DeviceSecret",
        Copied::IotId => "IotId",
    },
    of_device: |copied, device| [copied_words(copied), " of ", device].concat(),
    of_rows: |copied, count| [copied_words(copied), " of ", &rows(count)].concat(),
    copy_rows: |count| ["Copy ", &rows(count)].concat(),
    copy_too_many: |most| ["Up to ", &number(most), " rows can be copied; save a file for more."].concat(),
    copy_ask: |count| {
        [
            "Put ",
            &number(count),
            " DeviceSecrets on the clipboard in plain text? Every program on this computer can read them there, and \
             some keep them.",
        ]
        .concat()
    },
    copy_sure: "Copy the secrets",
    copy_not: "Do not copy",
    hint: "Show uncovers one secret for 30 seconds, or until the tab is hidden. Copy puts it on the clipboard without \
           showing it. In the table, Page Up, Page Down, Home and End scroll; the arrow keys go from a row's buttons to \
           those of the next.",
};

fn count(count: u32, of: u32) -> String {
    if count == of { rows(of) } else { [&number(count), " of ", &rows(of)].concat() }
}

fn count_failed(count: u32, of: u32) -> String {
    if count == of {
        [&devices(of), " failed"].concat()
    } else {
        [&number(count), " of ", &devices(of), " that failed"].concat()
    }
}

fn copied_words(copied: Copied) -> &'static str {
    match copied {
        Copied::Triple => "ProductKey, DeviceName and DeviceSecret",
        Copied::DeviceName => "DeviceName",
        Copied::DeviceSecret => "DeviceSecret",
        Copied::IotId => "IotId",
    }
}
