//! 简体中文: a run that another life of the page left behind.

use provisioner_core::journal::{Unreadable, VERSION};
use provisioner_core::plan::NamingChoice;

use super::super::UnfinishedTexts;
use super::{devices, duration, number};

/// A run that was not finished.
pub(super) const UNFINISHED: UnfinishedTexts = UnfinishedTexts {
    heading: "未完成的任务",
    what: |found, ago_ms| {
        let begun = [&duration(ago_ms), "前在此浏览器中开始了"].concat();
        let (what, todo) = match &found.form {
            Ok(form) => (
                [
                    &begun,
                    "一个任务（",
                    form.product_key.trim(),
                    "，",
                    &if form.naming == NamingChoice::Existing {
                        "重新获取已有批次".to_owned()
                    } else {
                        devices(found.devices)
                    },
                    "），其表格没有保存。",
                ]
                .concat(),
                "如要继续，请在下方输入 AccessKey。不会重复注册任何设备。",
            ),
            Err(Unreadable::Version(version)) => (
                format!(
                    "{begun}一个任务，由此页面的另一版本创建：其进度记录为版本 {version}，此页面读取版本 {VERSION}。记录保持原样。"
                ),
                "如要继续，请打开当时所用版本的页面。",
            ),
            Err(Unreadable::Damaged) => (
                format!("{begun}一个任务，其进度记录已损坏：无法再判断哪些调用已经发送，继续可能会重复注册设备。"),
                "请在控制台查看该产品的批次，在那里也可以下载设备证书。",
            ),
        };
        let accepted = u32::try_from(found.apply_ids.len()).unwrap_or(u32::MAX);
        let accepted = match (&found.form, accepted) {
            (_, 0) => String::new(),
            (Ok(_), count) => ["当时云端已接受 ", &number(count), " 个批次。"].concat(),
            (Err(_), _) => ["云端已接受以下批次（ApplyId）：", &found.apply_ids.join("、"), "。"].concat(),
        };
        (what + &accepted, [todo, "“不再保留”不会改变云端的任何内容。"].concat())
    },
    resume: "继续任务",
    discard: "不再保留",
};
