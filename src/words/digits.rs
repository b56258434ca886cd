//! Whole numbers as every language of the page writes them. In: a number. Out: its digits.

/// Digits in groups of three: `1,000,000`, as both the English and the Chinese console write them.
pub(crate) fn number(value: u32) -> String {
    let digits = value.to_string();
    let mut grouped = String::with_capacity(digits.len() + 3);
    for (index, digit) in digits.char_indices() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// At least two digits: `05`.
pub(super) fn two(value: u64) -> String {
    if value < 10 { format!("0{value}") } else { value.to_string() }
}
