//! 简体中文: the credential table.

use super::super::TableTexts;
use super::{devices, number, rows};
use crate::page::choice::Column;
use crate::protocol::{Copied, SortedBy};

/// The table.
pub(super) const TABLE: TableTexts = TableTexts {
    heading: |count| ["设备证书：", &rows(count)].concat(),
    name: "设备证书表",
    row: "行号",
    column: |column| match column {
        Column::DeviceName => "DeviceName",
        Column::DeviceSecret => "DeviceSecret",
        Column::IotId => "IotId",
        Column::Nickname => "备注名称",
        Column::DeviceId => "DeviceId",
        Column::Batch => "批次",
        Column::Status => "状态",
    },
    actions: "操作",
    reveal: "显示",
    mask: "隐藏",
    masked: "已隐藏",
    saved: "已保存",
    unsaved: "未保存",
    filter: "按名称、IotId 或备注名称筛选",
    filter_failed: "按名称、备注名称、错误码或原因筛选",
    filter_clear: "清除",
    count,
    count_failed,
    show_failed: |count| ["显示失败的 ", &devices(count)].concat(),
    sorting: "正在排序…",
    searching: "正在搜索…",
    looked: |look, rows, of| {
        let order = match look.sorted_by {
            SortedBy::Arrival => "按获取顺序",
            SortedBy::DeviceName => "按 DeviceName",
            SortedBy::IotId => "按 IotId",
            SortedBy::Nickname => "按备注名称",
            SortedBy::DeviceId => "按 DeviceId",
            SortedBy::Batch => "按批次",
        };
        let direction = if look.is_descending { "降序" } else { "" };
        [&if look.is_missing { count_failed(rows, of) } else { count(rows, of) }, "，", order, direction, "。"].concat()
    },
    none: "没有包含此文本的行。",
    columns: "列与行高",
    compact: "紧凑行高",
    copied: "复制内容",
    copied_name: |copied| match copied {
        Copied::Triple => "ProductKey,DeviceName,DeviceSecret",
        Copied::DeviceName => "DeviceName",
        Copied::DeviceSecret => "DeviceSecret",
        Copied::IotId => "IotId",
    },
    of_device: |copied, device| [device, " 的", copied_words(copied)].concat(),
    of_rows: |copied, count| [&rows(count), "的", copied_words(copied)].concat(),
    copy_rows: |count| ["复制 ", &rows(count)].concat(),
    copy_too_many: |most| ["最多可复制 ", &rows(most), "；更多请保存为文件。"].concat(),
    copy_ask: |count| {
        ["要把 ", &number(count), " 个 DeviceSecret 以明文放到剪贴板吗？本机的任何程序都能读取，有些还会保留下来。"]
            .concat()
    },
    copy_sure: "复制密钥",
    copy_not: "不复制",
    hint: "“显示”会显示一个密钥 30 秒，标签页被隐藏时立即收起。“复制”直接放到剪贴板而不显示。在表格中，Page Up、Page Down、Home 和 End \
           用于滚动；方向键可在各行的按钮之间移动。",
};

fn count(count: u32, of: u32) -> String {
    if count == of { ["共 ", &rows(of)].concat() } else { [&number(count), " / ", &rows(of)].concat() }
}

fn count_failed(count: u32, of: u32) -> String {
    let of_all = if count == of { String::new() } else { [&number(count), " / "].concat() };
    ["失败设备：", &of_all, &devices(of)].concat()
}

fn copied_words(copied: Copied) -> &'static str {
    match copied {
        Copied::Triple => "设备证书（ProductKey、DeviceName、DeviceSecret）",
        Copied::DeviceName => " DeviceName ",
        Copied::DeviceSecret => " DeviceSecret ",
        Copied::IotId => " IotId ",
    }
}
