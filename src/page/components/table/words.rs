//! Elements that are made by hand, and texts in them. In: tags, classes, texts. Out: what stands in the document; it is
//! touched only when a text is another one than before.

use leptos::prelude::document;
use web_sys::{Element, Text};

/// A text in the document, and what stands in it.
pub(super) struct Words {
    node: Text,
    now: String,
}

impl Words {
    /// An empty text at the end of an element.
    pub fn within(parent: &Element) -> Self {
        let node = document().create_text_node("");
        append(parent, &node);
        Self { node, now: String::new() }
    }

    /// Has it say this.
    pub fn put(&mut self, text: &str) {
        if self.now != text {
            self.node.set_data(text);
            text.clone_into(&mut self.now);
        }
    }
}

/// An element at the end of another.
pub(super) fn child(parent: &Element, tag: &str, class: &str) -> Element {
    let child = made(tag, class);
    append(parent, &child);
    child
}

/// An element with a class; an empty one is none.
pub(super) fn made(tag: &str, class: &str) -> Element {
    let element = document().create_element(tag).expect("it is a tag of HTML");
    if !class.is_empty() {
        element.set_class_name(class);
    }
    element
}

fn append(parent: &Element, child: &web_sys::Node) {
    // Neither is inside of the other.
    parent.append_child(child).map(drop).unwrap_or_default();
}

/// Sets an attribute.
pub(super) fn set(element: &Element, name: &str, value: &str) {
    // It is a valid name.
    element.set_attribute(name, value).unwrap_or_default();
}
