//! 简体中文: what is wrong with a pattern or with a device that was not made.

use provisioner_core::plan::PatternFault;

const NAME_CHARACTERS: &str = "DeviceName 只能包含字母、数字和 - _ @ . :";

const NAME_LENGTH: &str = "DeviceName 须为 4 到 32 个字符";

pub(super) fn pattern_fault(fault: &PatternFault) -> String {
    let at = |position: &usize| format!("（第 {position} 个字符）");
    match fault {
        PatternFault::NoRange => "规则中没有递增的部分。请加入一个范围，例如 {0001..5000}。".to_owned(),
        PatternFault::Brace { position } => ["花括号不成对", &at(position), "。"].concat(),
        PatternFault::SecondRange { position } => {
            ["规则只能有一个范围；此处开始了第二个", &at(position), "。"].concat()
        }
        PatternFault::Bound { position } => {
            ["花括号中须为两个整数和两个点，例如 {0001..5000}", &at(position), "。"].concat()
        }
        PatternFault::Reversed { position } => ["终止编号小于起始编号", &at(position), "。"].concat(),
        PatternFault::Unknown { position } => {
            ["花括号中可以是 {0001..5000}、{date}、{rand:6} 或 {check}", &at(position), "。"].concat()
        }
        PatternFault::Date { position } => ["{date} 中不能有其他内容", &at(position), "。"].concat(),
        PatternFault::Random { position } => ["{rand:6} 须写明 1 到 12 的个数", &at(position), "。"].concat(),
        PatternFault::CheckNotLast { position } => ["{check} 必须位于规则末尾", &at(position), "。"].concat(),
        PatternFault::Unsettled { position } => {
            ["此处的日期或随机字符尚未生成", &at(position), "。请重新核对。"].concat()
        }
        PatternFault::Character { position, found } => {
            [&character(*position, *found), "；", NAME_CHARACTERS, "。"].concat()
        }
        PatternFault::Length { name } => {
            format!("此规则生成的 {name} 有 {} 个字符；{NAME_LENGTH}。", name.len())
        }
    }
}

fn character(position: usize, found: char) -> String {
    match found {
        char::REPLACEMENT_CHARACTER => format!("第 {position} 个字符无法按 UTF-8 读取"),
        found if found.is_whitespace() || found.is_control() => format!("第 {position} 个字符是空白或不可见字符"),
        found => format!("第 {position} 个字符为“{found}”"),
    }
}
