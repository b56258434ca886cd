//! A form that was filled in before. In: the form of an earlier run, or what a new one should register. Out: its fields.

use leptos::prelude::*;
use provisioner_core::plan::{FormInput, NamingChoice};
use wasm_bindgen::JsCast as _;
use web_sys::HtmlSelectElement;

use super::Draft;
use crate::page::address::{CONNECTIONS, SIGNATURES, name_of};
use crate::page::input;

impl Draft {
    /// Fills the form in as it was when a run was begun.
    pub fn fill(self, form: &FormInput) {
        self.fill_settings(form);
        self.fill_devices(form);
    }

    /// Fills in where calls go and how.
    pub fn fill_settings(self, form: &FormInput) {
        // The number that the demo offers leaves with it.
        self.connect(form.connection);
        self.sheet.update(|sheet| {
            sheet.signature = form.signature;
            sheet.demo_product = false;
            sheet.plan = None;
            sheet.lookup.forget();
        });
        for (value, text) in [
            (self.proxy_url, &form.proxy_url),
            (self.region, &form.region),
            (self.endpoint_host, &form.endpoint_host),
            (self.product_key, &form.product_key),
            (self.instance_id, &form.instance_id),
            (self.quota_share, &form.quota_share),
        ] {
            value.set(text.clone());
        }
        let (connection, signature) = (name_of(&CONNECTIONS, form.connection), name_of(&SIGNATURES, form.signature));
        for (id, value) in [("connection", connection), ("signature", signature), ("region", &form.region)] {
            choose(id, value);
        }
    }

    /// Fills in how the devices are named, and thereby how many there are.
    pub fn fill_devices(self, form: &FormInput) {
        self.sheet.update(|sheet| {
            sheet.naming = form.naming;
            sheet.demo_count = false;
            sheet.plan = None;
        });
        let chosen = match form.naming {
            NamingChoice::Random => {
                self.count.set(form.count.clone());
                "naming-random"
            }
            NamingChoice::Pattern => {
                self.pattern.set(form.pattern.clone());
                "naming-pattern"
            }
            NamingChoice::List => {
                self.take_list(&form.names);
                "naming-list"
            }
            NamingChoice::Existing => {
                self.apply_ids.set(form.apply_ids.clone());
                "naming-existing"
            }
        };
        if let Some(radio) = input(chosen) {
            radio.set_checked(true);
        }
    }
}

/// Shows another choice in the select with this id, which tells nobody of it.
pub(in crate::page) fn choose(id: &str, value: &str) {
    if let Some(select) = select(id) {
        select.set_value(value);
    }
}

/// What is chosen in the select with this id; empty where there is none.
pub(in crate::page) fn chosen(id: &str) -> String {
    select(id).map(|select| select.value()).unwrap_or_default()
}

fn select(id: &str) -> Option<HtmlSelectElement> {
    document().get_element_by_id(id).and_then(|found| found.dyn_into().ok())
}
