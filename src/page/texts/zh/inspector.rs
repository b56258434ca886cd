//! 简体中文: the request inspector.

use super::super::InspectorTexts;

/// The request inspector.
pub(super) const INSPECTOR: InspectorTexts = InspectorTexts {
    heading: "此标签页发出的请求",
    hint: "最近 100 次调用，按发送时的内容显示：省略签名和 SecurityToken，AccessKey ID 只显示首尾。AccessKey Secret 不在其中。不保留响应。",
    none: "尚未发出任何调用。",
    look: "刷新",
};
