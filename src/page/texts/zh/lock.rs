//! 简体中文：锁定。

use super::super::LockTexts;
use super::number;

/// 锁定。
pub(super) const LOCK: LockTexts = LockTexts {
    lock: "锁定",
    after: "空闲时锁定",
    minutes: |minutes| match minutes {
        0 => "从不".to_owned(),
        60 => "1 小时后".to_owned(),
        _ => [&number(minutes), " 分钟后"].concat(),
    },
    after_hint: "锁定后，AccessKey 和表格不再保留在此标签页的内存中。任务运行期间不会锁定。",
    question: |count, is_demo| {
        let rest = if is_demo {
            "演示的设备也随之消失。"
        } else {
            "设备仍在云端，此页面会提供重新读取的选项。"
        };
        ["有 ", &number(count), " 行尚未保存为文件，锁定会将其从此标签页移除。", rest].concat()
    },
    confirm: "仍然锁定",
    cancel: "保持打开",
    locked: |minutes| {
        let when = match minutes {
            0 => String::new(),
            60 => "空闲 1 小时后".to_owned(),
            _ => ["空闲 ", &number(minutes), " 分钟后"].concat(),
        };
        [&when, "已锁定：AccessKey 和表格已从此标签页的内存中清除。"].concat()
    },
    locked_hint: "表单保持不变。如要继续，请重新输入 AccessKey Secret；任务已注册的设备可从云端重新读取。",
};
