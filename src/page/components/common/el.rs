//! Elements of one single type. In: a tag, a class, attributes, children, closures. Out: a Leptos view.
//!
//! `view!` gives each element a type of its own with its own code for building, rebuilding and mounting: this page took
//! 170 kB (Brotli) that way, twice its share. Here the code exists once; reactivity, ownership and diffing stay Leptos'.

use std::sync::{Arc, Mutex};

use leptos::html::custom;
use leptos::prelude::*;
use leptos::tachys::html::attribute::any_attribute::{AnyAttribute, IntoAnyAttribute};
use leptos::tachys::html::attribute::custom::custom_attribute;
use leptos::tachys::html::event::on;
use leptos::tachys::html::property::prop;
use leptos::tachys::reactive_graph::SharedReactiveFunction;
use web_sys::Event;

/// An element that is being put together.
pub(in crate::page) struct El(Box<Parts>);

struct Parts {
    tag: &'static str,
    attributes: Vec<AnyAttribute>,
    children: Vec<AnyView>,
}

/// Begins an element with a class; an empty one is none.
#[inline(never)]
pub(in crate::page) fn el(tag: &'static str, class: &'static str) -> El {
    let element = El(Box::new(Parts { tag, attributes: Vec::new(), children: Vec::new() }));
    if class.is_empty() { element } else { element.attr("class", class) }
}

/// An option of a select.
#[inline(never)]
pub(in crate::page) fn option(value: &'static str, name: String, is_chosen: bool) -> El {
    let option = el("option", "").attr("value", value).text_string(name);
    if is_chosen { option.attr("selected", "") } else { option }
}

/// What stands in the input or select that an event comes from.
#[inline(never)]
pub(in crate::page) fn value_of(event: &Event) -> String {
    event_target_value(event)
}

fn shared<T: 'static>(read: Box<dyn Fn() -> T + Send>) -> SharedReactiveFunction<T> {
    Arc::new(Mutex::new(read))
}

impl El {
    /// Sets an attribute.
    #[inline(never)]
    pub fn attr(self, name: &'static str, value: &'static str) -> Self {
        self.with(custom_attribute(name, value).into_any_attr())
    }

    /// Sets an attribute to a text that was put together.
    #[inline(never)]
    pub fn attr_string(self, name: &'static str, value: String) -> Self {
        self.with(custom_attribute(name, value).into_any_attr())
    }

    /// Sets the `data-testid` that the contract names.
    pub fn testid(self, id: &'static str) -> Self {
        self.attr("data-testid", id)
    }

    /// Keeps an attribute up to date; `None` takes it away.
    pub fn attr_of(self, name: &'static str, read: impl Fn() -> Option<&'static str> + Send + 'static) -> Self {
        self.follow(name, Box::new(read))
    }

    /// Keeps an attribute up to date whose text is put together.
    pub fn attr_string_of(self, name: &'static str, read: impl Fn() -> String + Send + 'static) -> Self {
        self.follow_string(name, Box::new(read))
    }

    /// Keeps an attribute up to date that is there or not, such as `hidden`.
    pub fn flag_of(self, name: &'static str, read: impl Fn() -> bool + Send + 'static) -> Self {
        self.follow_flag(name, Box::new(read))
    }

    /// Keeps a text property up to date, such as an input's `value`.
    pub fn prop_of(self, name: &'static str, read: impl Fn() -> String + Send + 'static) -> Self {
        self.follow_prop(name, Box::new(read))
    }

    /// Listens to an event.
    pub fn on(self, event: &'static str, act: impl Fn(Event) + 'static) -> Self {
        self.listen(event, Box::new(act))
    }

    /// Adds text.
    #[inline(never)]
    pub fn text(self, text: &'static str) -> Self {
        self.view(text.into_any())
    }

    /// Adds text that was put together.
    #[inline(never)]
    pub fn text_string(self, text: String) -> Self {
        self.view(text.into_any())
    }

    /// Adds text that is kept up to date.
    pub fn text_of(self, read: impl Fn() -> String + Send + 'static) -> Self {
        self.follow_text(Box::new(read))
    }

    /// Adds an element.
    #[inline(never)]
    pub fn child(self, child: El) -> Self {
        self.view(child.into_view())
    }

    /// Adds elements.
    #[inline(never)]
    pub fn children(self, children: Vec<El>) -> Self {
        children.into_iter().fold(self, Self::child)
    }

    /// Adds what is made anew from a key whenever the key changes; what is read while it is made is not followed.
    pub fn swap(
        self,
        key: impl Fn() -> u32 + Send + Sync + 'static,
        make: impl Fn(u32) -> Option<El> + Send + 'static,
    ) -> Self {
        self.follow_view(Box::new(key), Box::new(make))
    }

    /// Adds an element that is there only while a condition holds.
    pub fn child_if(
        self,
        condition: impl Fn() -> bool + Send + Sync + 'static,
        make: impl Fn() -> El + Send + 'static,
    ) -> Self {
        self.swap(move || condition().into(), move |holds| (holds == 1).then(&make))
    }

    /// Adds a view.
    #[inline(never)]
    pub fn view(mut self, view: AnyView) -> Self {
        self.0.children.push(view);
        self
    }

    /// The whole as a Leptos view.
    #[inline(never)]
    pub fn into_view(self) -> AnyView {
        let Parts { tag, attributes, children } = *self.0;
        custom(tag).child(children).add_any_attr(attributes).into_any()
    }

    #[inline(never)]
    fn with(mut self, attribute: AnyAttribute) -> Self {
        self.0.attributes.push(attribute);
        self
    }

    #[inline(never)]
    fn follow(self, name: &'static str, read: Box<dyn Fn() -> Option<&'static str> + Send>) -> Self {
        self.with(custom_attribute(name, shared(read)).into_any_attr())
    }

    #[inline(never)]
    fn follow_string(self, name: &'static str, read: Box<dyn Fn() -> String + Send>) -> Self {
        self.with(custom_attribute(name, shared(read)).into_any_attr())
    }

    #[inline(never)]
    fn follow_flag(self, name: &'static str, read: Box<dyn Fn() -> bool + Send>) -> Self {
        self.follow(name, Box::new(move || read().then_some("")))
    }

    #[inline(never)]
    fn follow_prop(self, name: &'static str, read: Box<dyn Fn() -> String + Send>) -> Self {
        self.with(prop(name, shared(read)).into_any_attr())
    }

    #[inline(never)]
    fn follow_text(self, read: Box<dyn Fn() -> String + Send>) -> Self {
        self.view(shared(read).into_any())
    }

    #[inline(never)]
    fn follow_view(self, key: Box<dyn Fn() -> u32 + Send + Sync>, make: Box<dyn Fn(u32) -> Option<El> + Send>) -> Self {
        let key = Memo::new(move |_| key());
        let read = move || {
            let key = key.get();
            untrack(|| make(key)).map_or_else(|| ().into_any(), El::into_view)
        };
        self.view(shared(Box::new(read)).into_any())
    }

    #[inline(never)]
    fn listen(self, event: &'static str, act: Box<dyn FnMut(Event)>) -> Self {
        self.with(on(leptos::ev::Custom::new(event), act).into_any_attr())
    }
}
