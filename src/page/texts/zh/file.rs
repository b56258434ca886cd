//! 简体中文: saving to a file. In: what is to be said. Out: the words.

use super::super::FileTexts;
use super::{devices, number, rows};
use crate::protocol::Content;
use crate::words::zh::file;

/// Saving to a file.
pub(super) const FILE: FileTexts = FileTexts {
    heading: "保存为文件",
    encrypt: "加密文件（推荐）",
    encrypt_hint: "生成 age 文件。可用免费工具 age 或 rage 打开，多数编程语言也有相应的库。",
    lock: "加密方式",
    locks: ["使用口令", "使用公钥"],
    passphrase: "口令",
    passphrase_again: "再次输入口令",
    strength: |characters| match characters {
        0 => "没有口令，谁也打不开此文件，也无法找回。",
        1..12 => "太短：计算机可以猜出来。请使用四个以上互不相关的词。",
        12..20 => "尚可，只要不是常用语或人名。",
        _ => "足够长，只要不是常用语或人名。",
    },
    no_passphrase: "请输入口令，两次。",
    passphrases_differ: "两次输入的口令不一致，请重新输入。",
    recipients: "公钥，每行一个",
    recipients_hint: "均以 age1 开头。持有其中任一公钥对应私钥的人可以打开文件。",
    format: "格式",
    formats: [
        "CSV",
        "JSON",
        "NDJSON，每行一个对象",
        "XLSX，用于 Excel",
        "乐鑫 NVS：数据 CSV 和配置 CSV",
        "自定义模板",
        "每台设备一个文件，打包为 ZIP",
        "二维码标签，用于打印",
        "任务审计记录，JSON",
        "任务审计记录，用于打印",
    ],
    csv_for: "用途",
    csv_readers: ["程序：值保持不变", "Excel：防止数值被自动转换"],
    csv_hint: "用于 Excel 时，会被识别成数字、日期或公式的值前面加一个单引号。XLSX 不需要这类标记。",
    delimiter: "分隔符",
    delimiters: ["逗号", "分号", "制表符"],
    byte_order_mark: "以字节顺序标记（BOM）开头，使 Excel 按 UTF-8 识别中文",
    namespace: "键的命名空间",
    product_secret: "ProductSecret（可不填）",
    nvs_hint: "供 ESP-IDF 的批量生产工具（mass manufacturing utility）使用，配置文件一并生成。阿里云的 API 不返回 ProductSecret，\
               请在控制台查看。",
    template: "模板，每行数据写一次",
    template_hint: |fields| ["可用字段：", fields, "。{{{{ 输出 {{。请以换行结尾，否则所有数据连成一行。"].concat(),
    kinds: "每台设备的文件",
    kind_names: ["JSON", "C 头文件", "NVS，供乐鑫的分区生成工具使用"],
    paper: "纸张",
    papers: [
        "A4，3 × 8 张标签，70 × 36 mm",
        "A4，2 × 7 张标签，99 × 38 mm",
        "A4，5 × 13 张标签，38 × 21 mm",
        "卷纸，标签 50 × 30 mm",
        "卷纸，标签 40 × 30 mm",
    ],
    label_secret: "把 DeviceSecret 写入二维码：扫到标签的人就拥有了该设备",
    label_hint: "二维码内容为 ProductKey,DeviceName。打印已保存的页面时，请选择 100% 缩放、无页边距。",
    only_shown: |count| ["只保存表格当前显示的内容，按其顺序：", &rows(count)].concat(),
    start: |count, is_plain| [if is_plain { "以明文保存 " } else { "保存 " }, &rows(count)].concat(),
    start_record: "保存审计记录",
    to_file: "保存到指定位置",
    plain: "文件以明文包含每个 DeviceSecret。请只存放在需要的人才能读取的地方。",
    encrypted: "文件会先解密并比对，确认无误后才算已保存。",
    harmless: "文件不含任何密钥。",
    making: |written, count| ["已写入 ", &number(written), " / ", &rows(count)].concat(),
    finishing: "所有行均已写入，正在关闭并核对文件…",
    cancel: "放弃此文件",
    cancelled: "已放弃，没有保存任何内容。",
    saved: |name, count, content, is_chosen| {
        let what = match content {
            Content::Rows => rows(count),
            Content::Record => "审计记录".to_owned(),
            Content::Failed => ["失败的 ", &devices(count), "清单"].concat(),
        };
        [what.as_str(), if is_chosen { "已保存为 " } else { "已交给浏览器下载：" }, name].concat()
    },
    proven: "已解密并比对：文件完整。打开方法：age -d -o 文件 文件.age。",
    save_again: "如果没有保存成功，请使用此链接",
    beside: |name| ["保存 ", name].concat(),
    no_manifest: |why| ["文件完整，但无法生成其清单。", why].concat(),
    too_many: file::too_many,
    not_written: file::not_written,
    nothing_left: "没有保存任何可能被误认为完整文件的内容。所有行仍在此处。",
    exported: |held, count| [&rows(count), "中有 ", &rows(held), "已连同密钥保存到文件。"].concat(),
    unsaved: |count| ["尚有 ", &rows(count), "未保存，关闭标签页就会丢失。"].concat(),
    partial: |count, requested| {
        let of = requested.map_or_else(|| rows(count), |all| [&number(count), " / ", &devices(all)].concat());
        ["任务仍在进行：现在生成的文件只含 ", &of, "。"].concat()
    },
};
