//! 简体中文: earlier runs and profiles.

use provisioner_core::plan::NamingChoice;

use super::super::HistoryTexts;
use super::form::FORM;
use super::number;

/// What this browser keeps.
pub(super) const HISTORY: HistoryTexts = HistoryTexts {
    heading: |runs| match runs {
        0 => "历史任务".to_owned(),
        runs => format!("历史任务（{runs}）"),
    },
    hint: "仅保存在此浏览器中，保留最近 100 个，不含任何密钥。演示任务不保存。",
    refused: "此浏览器未能保存：存储已满、已被关闭，或当前为隐私窗口。关闭此标签页后，这些内容不再保留。",
    open: "按 ApplyId 打开批次",
    table: "历史任务",
    columns: ["开始时间", "产品", "设备", "结果", "操作"],
    devices: |run| {
        let count = [number(run.number("downloaded")).as_str(), " / ", &number(run.number("requested"))].concat();
        let naming = match run.naming() {
            NamingChoice::Pattern => run.text("pattern"),
            naming => (FORM.naming_name)(naming),
        };
        [&count, "，", naming].concat()
    },
    fetch: "重新获取设备证书",
    reuse: "沿用此设置",
    forget: "删除记录",
    forget_all: "删除全部记录",
    forget_all_ask: "要删除全部历史任务的记录吗？云端的内容不会改变，但此处将不再有这些批次的 ApplyId。",
    forget_all_sure: "全部删除",
    forget_all_not: "保留",
    profile: "配置方案",
    profile_none: "未选择",
    profile_delete: "删除",
    profile_new: "将当前设置保存为方案",
    profile_name: "方案名称",
    profile_hint: "包括连接方式、地域、产品、实例和占用配额的比例，仅保存在此浏览器中，从不包含凭证。",
    profile_save: "保存",
};
