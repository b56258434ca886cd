//! 简体中文: why there is no file. In: a fault. Out: what happened and what to do.

use provisioner_core::export::nvs::NvsFault;
use provisioner_core::export::template::{TemplateError, TemplateFault};
use provisioner_core::export::{CheckFault, ExportError, FileFault, LabelFault, LockFault};

use super::{number, rows};

/// Puts a fault into words.
pub(in crate::words) fn fault(fault: &FileFault) -> [String; 2] {
    let plain = |what: &str, todo: &str| [what.to_owned(), todo.to_owned()];
    match fault {
        FileFault::Export(ExportError::TooManyRows { rows, rows_max }) => too_many(*rows, *rows_max),
        FileFault::Export(ExportError::Unfit { number: row, reason }) => [
            ["第 ", &number(*row), " 行不适合此格式：", reason, "。"].concat(),
            "请选择其他格式，或用表格的筛选排除该行。".to_owned(),
        ],
        FileFault::Export(ExportError::Failed(reason)) => [["无法生成文件：", reason, "。"].concat(), AGAIN.to_owned()],
        FileFault::Template(error) => [template(error), "请更正后再次保存。".to_owned()],
        FileFault::Nvs(fault) => plain(nvs(*fault), "请更正后再次保存。"),
        FileFault::Label(LabelFault::Grid | LabelFault::Length) => {
            plain("这些标签放不进所选纸张。", "请选择其他纸张。")
        }
        FileFault::Lock(fault) => [lock(fault), "请更正后再次保存。".to_owned()],
        FileFault::Check(CheckFault::Damaged(reason)) => {
            [["文件已写入，但无法打开：", reason, "。"].concat(), AGAIN.to_owned()]
        }
        FileFault::Check(CheckFault::Differs) => plain("文件已写入且能打开，但内容不一致。", AGAIN),
        FileFault::NotLoaded(reason) => [
            ["无法加载生成此类文件的程序（", reason, "）。"].concat(),
            "请检查网络后重试；明文的 CSV、JSON 和 NDJSON 无需加载。".to_owned(),
        ],
        FileFault::Broke(reason) => [
            ["生成此类文件的程序出错（", reason, "），很可能是内存不足。"].concat(),
            "请关闭其他标签页后重试，或保存为 CSV、JSON 或 NDJSON：它们几乎不占内存。".to_owned(),
        ],
        FileFault::NotWritten(reason) => not_written(reason),
        FileFault::Cancelled => plain(CANCELLED, ""),
    }
}

const CANCELLED: &str = "已放弃，没有保存任何内容。";
const NO_PASSPHRASE: &str = "请输入口令，两次。";
const AGAIN: &str = "请重试，或保存到其他位置。";
const TOO_MANY_TODO: &str = "CSV、JSON 和 NDJSON 可容纳全部；用表格的筛选也可减少行数。";

/// A format does not bear so many rows.
pub(crate) fn too_many(count: u32, rows_max: u32) -> [String; 2] {
    [["此格式最多 ", &rows(rows_max), "，当前有 ", &rows(count), "。"].concat(), TOO_MANY_TODO.to_owned()]
}

/// The browser did not write; with its name for that, or its words.
pub(crate) fn not_written(reason: &str) -> [String; 2] {
    let (why, todo) = browser(reason);
    [["无法写入文件：", why, "（", reason, "）。"].concat(), todo.to_owned()]
}

/// What the browser's names of errors mean for a file ("File System Standard"; "Web IDL"): why, and what to do.
fn browser(reason: &str) -> (&'static str, &'static str) {
    match reason.split(':').next() {
        Some("QuotaExceededError") => ("空间不足", "请释放空间，或选择其他位置。"),
        Some("NotFoundError") => ("该位置已不存在", "请选择其他位置。"),
        Some("NotAllowedError" | "SecurityError") => {
            ("浏览器不再允许写入该位置", "请重新选择位置，并在浏览器询问时允许。")
        }
        Some("NoModificationAllowedError") => ("该文件被其他程序占用", "请在该程序中关闭它，或选择其他位置。"),
        Some("NotReadableError") => ("浏览器丢失了其中的内容", "请释放内存或磁盘空间后重试，或为文件指定位置。"),
        _ => ("浏览器拒绝写入", AGAIN),
    }
}

fn template(error: &TemplateError) -> String {
    let what = match &error.fault {
        TemplateFault::UnknownField(name) => ["没有字段 {{", name, "}}"].concat(),
        TemplateFault::Unclosed => "有字段在本行内没有用 }} 结束".to_owned(),
        TemplateFault::NoField => "没有任何字段，每台设备都会得到相同的文本".to_owned(),
    };
    ["模板第 ", &number(error.line), " 行第 ", &number(error.column), " 个字符：", &what, "。"].concat()
}

fn nvs(fault: NvsFault) -> &'static str {
    match fault {
        NvsFault::NamespaceLength => "命名空间长度须为 1 到 15 个字符。",
        NvsFault::NamespaceCharacters => "命名空间只能包含 ASCII 字母、数字、-、_ 和 .。",
        NvsFault::ProductSecret => "ProductSecret 含有密钥中不会出现的字符：空白，或非 ASCII 字符。",
    }
}

fn lock(fault: &LockFault) -> String {
    match fault {
        LockFault::EmptyPassphrase | LockFault::WorkFactor => NO_PASSPHRASE.to_owned(),
        LockFault::NoRecipient => "请至少填写一个公钥。".to_owned(),
        LockFault::Recipient { line, reason } => ["第 ", &number(*line), " 行不是 age 公钥：", reason, "。"].concat(),
    }
}
