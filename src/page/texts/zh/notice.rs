//! 简体中文: the page's own errors, and the frame of every notice. In: trouble. Out: what happened, what is true, what to do.

use super::super::NoticeTexts;
use crate::page::state::EngineFault;
use crate::words::Words;

/// Errors and warnings.
pub(super) const NOTICE: NoticeTexts = NoticeTexts {
    engine,
    address: || Words {
        what: "此页面的地址中含有凭证。已忽略该凭证，并从地址栏中移除。".into(),
        quote: String::new(),
        items: Vec::new(),
        already: "该地址可能仍留在浏览器的历史记录，以及把您带到这里的系统的日志中。".into(),
        todo: "请视该 AccessKey 为已泄露：在 RAM 控制台禁用它，并新建一个。凭证只应填写在表单中。".into(),
    },
    already: "当前状况",
    todo: "处理办法",
    code: "错误码",
    request_id: "RequestId",
    reference: "错误码和 RequestId",
    recommend: "阿里云错误中心：此错误码的说明（在新标签页中打开）",
    error: "错误",
    warning: "警告",
    more: |count| format!("更早的 {count} 条消息"),
};

fn engine(fault: EngineFault, detail: &str) -> Words {
    let (what, already, todo) = match fault {
        EngineFault::Refused => (
            "引擎（完成全部工作的后台线程）无法启动。",
            "没有发送任何请求。",
            "请使用较新的 Chrome、Edge、Firefox 或 Safari。如果已是新版，则是策略或扩展程序拦截了此站点的模块 Worker 或 \
             WebAssembly：请放行后重新加载。",
        ),
        EngineFault::Silent => (
            "引擎尚未启动。其文件可能仍在加载，或被拦截。",
            "没有发送任何请求。",
            "网络较慢时请稍候。如果一直如此，请检查引擎文件是否与此页面一同提供，以及是否有策略或扩展程序拦截 \
             WebAssembly，然后重新加载。",
        ),
        EngineFault::Stopped => (
            "引擎因本程序的错误而停止。",
            "云端已接受的批次会保留，其 ApplyId 见此页面。没有保存为文件的行已从此标签页丢失。",
            "请记下 ApplyId，然后重新加载页面。控制台列出这些批次，并可下载其设备证书。",
        ),
        EngineFault::Garbled => (
            "引擎与页面的版本不一致，无法互相理解。",
            "此页面显示的内容可能已过时。",
            "请记下 ApplyId，然后绕过浏览器缓存重新加载页面。",
        ),
    };
    Words { what: what.into(), quote: detail.into(), items: Vec::new(), already: already.into(), todo: todo.into() }
}
