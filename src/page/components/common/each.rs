//! A list whose items come and go. In: a range of numbers and what each stands for. Out: a Leptos view.

use std::ops::Range;
use std::sync::Arc;

use leptos::prelude::*;

use super::el::El;

/// Shows one element for each number; those that stay are left alone. With `backwards` the last comes first.
pub(in crate::page::components) fn each(
    range: impl Fn() -> Range<u32> + Send + Sync + 'static,
    backwards: bool,
    item: impl Fn(u32) -> El + Send + Sync + 'static,
) -> AnyView {
    let numbers = move || {
        let range = range();
        let numbers: Vec<u32> = if backwards { range.rev().collect() } else { range.collect() };
        numbers
    };
    let numbers: Box<dyn Fn() -> Vec<u32> + Send + Sync> = Box::new(numbers);
    let item: Arc<dyn Fn(u32) -> El + Send + Sync> = Arc::new(item);
    view! { <For each=numbers key=|number| *number children=move |number| item(number).into_view() /> }.into_any()
}
