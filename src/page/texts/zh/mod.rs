//! 简体中文。In: what is to be said. Out: the words of the vendor's own Chinese console, its API words untranslated.

mod file;
mod form;
mod history;
mod inspector;
mod list;
mod lock;
mod lookup;
mod names;
mod notice;
mod run;
mod table;
mod trust;
mod unfinished;

use super::{PageTexts, Texts};
use crate::page::state::NextVersion;
use crate::words::zh::{devices, duration, number, reason, rows};

/// Simplified Chinese.
pub(super) static TEXTS: Texts = Texts {
    page: PageTexts {
        name: "IoT Provisioner",
        purpose: "在阿里云物联网平台批量注册设备，并取回全部设备证书。",
        demo_badge: "演示：模拟云，没有任何真实设备",
        language: "语言",
        theme: "主题",
        theme_system: "跟随系统",
        theme_light: "浅色",
        theme_dark: "深色",
        title_error: |title| ["错误：", title].concat(),
        copy: "复制",
        copy_named: |what| ["复制", what].concat(),
        copied: |what| [what, "已复制到剪贴板。"].concat(),
        copy_refused: "浏览器不允许复制。请选中文字后手动复制。",
        number,
        unknown: "未知",
        duration,
        next_version: |next| match next {
            NextVersion::Waiting => "此页面的新版本已就绪。",
            NextVersion::Blocked => "此页面的新版本已就绪。请先关闭它的其他标签页，其中可能有任务正在进行。",
        },
        use_next: "立即使用",
        footer: "所有操作都在此标签页内完成。关闭标签页后，AccessKey 和表格不再保留；此浏览器只记录提交过哪些批次，不含任何密钥。",
    },
    form: form::FORM,
    trust: trust::TRUST,
    names: list::NAMES,
    plan: form::PLAN,
    lookup: lookup::LOOKUP,
    run: run::RUN,
    table: table::TABLE,
    file: file::FILE,
    history: history::HISTORY,
    inspector: inspector::INSPECTOR,
    lock: lock::LOCK,
    unfinished: unfinished::UNFINISHED,
    notice: notice::NOTICE,
};
