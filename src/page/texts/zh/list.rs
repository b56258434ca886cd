//! 简体中文: the list of names.

use provisioner_core::plan::NameRule;

use super::super::NamesTexts;
use super::{number, rows};

/// The list of names.
pub(super) const NAMES: NamesTexts = NamesTexts {
    file: "从文件读取名称",
    file_hint: "CSV、TSV、文本或 XLSX 文件，可选择，也可拖放到上方的清单，并取代该清单。只在此标签页内读取。",
    template: "下载模板（CSV）",
    template_name: "设备名称.csv",
    template_content: "data:text/csv;charset=utf-8,%EF%BB%BF%E8%AE%BE%E5%A4%87%E5%90%8D%E7%A7%B0,%E5%A4\
                       %87%E6%B3%A8%E5%90%8D%E7%A7%B0%0D%0ASN-0001,%E8%B7%AF%E7%81%AF_1%0D%0ASN-0002,%0D%0A",
    checking: "正在检查名称…",
    kept: |name, found| {
        let name = if name.is_empty() { "粘贴的清单" } else { name };
        let found = found.map(|count| [" 共 ", &rows(count), "；输入框只显示开头的有效行"].concat());
        [name, &found.unwrap_or_default(), "。"].concat()
    },
    remove: "移除",
    columns: "清单的列",
    column_name: "设备名称（DeviceName）所在列",
    column_nickname: "备注名称（Nickname）所在列",
    column_none: "无",
    column: |number, title| format!("第 {number} 列：{title}"),
    header: "第一行是列标题",
    rows_name: "需要更正的行",
    found: |report| {
        let faulty = [&rows(report.faulty), "需要更正"].concat();
        let warned = [&rows(report.warned), "请留意，可以不改"].concat();
        let all = match (report.faulty, report.warned) {
            (_, 0) => faulty,
            (0, _) => warned,
            _ => [&faulty, "，另有 ", &warned].concat(),
        };
        let shown = u32::try_from(report.faults.len()).unwrap_or(u32::MAX);
        if shown < report.faulty + report.warned {
            [&all, "。下方显示前 ", &rows(shown), "，全部见文件。"].concat()
        } else {
            all + "。"
        }
    },
    fix_all: "采用全部建议",
    drop_all: "略去这些行",
    save: "将这些行保存为文件",
    row_line: |line| ["第 ", &number(line), " 行"].concat(),
    rule,
    corrected: |fault| {
        let what = if fault.rule.is_of_nickname() { "备注名称" } else { "设备名称" };
        let how = if fault.fix.is_some() { "（建议）" } else { "" };
        ["第 ", &number(fault.line), " 行的", what, how].concat()
    },
    apply: "采用",
    drop: "略去",
    reason: "原因",
};

fn rule(rule: &NameRule) -> &'static str {
    match rule {
        NameRule::Missing => "此行没有 DeviceName。",
        NameRule::Quote => "引号没有成对：其后的各行被当作此行的一部分。",
        NameRule::Invisible { .. } => "第 # 个字符是空白或不可见字符；DeviceName 不能包含。",
        NameRule::Shortened => "电子表格缩短了这个数字，丢失了部分位数。请在文本格式的列中重新填写。",
        NameRule::Character { .. } => "第 # 个字符为“%”；DeviceName 只能包含字母、数字和 - _ @ . :。",
        NameRule::Length { .. } => "有 # 个字符；DeviceName 须为 4 到 32 个字符。",
        NameRule::NicknameCharacter { .. } => "第 # 个字符为“%”；备注名称只能包含中文、日文、字母、数字和 _。",
        NameRule::NicknameLength { .. } => "备注名称长度为 #；须为 4 到 64，一个中文或日文字符计 2。",
        NameRule::Columns => "单元格多于清单的列数。",
        NameRule::LeadingZeros { .. } => "多数名称为 # 位数字：开头的 0 可能被电子表格去掉了。",
        NameRule::Repeated { .. } => "与第 # 行的 DeviceName 相同。",
        NameRule::Existing => "产品中已有同名设备。请略去此行，或更换名称。",
    }
}
