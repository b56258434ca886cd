//! What was learnt from the cloud about the form. In: what the engine says. Out: what form and plan show, and a plan that
//! heeds it.
//!
//! It is about one product, asked for by one key: a change of either forgets it.

use leptos::prelude::*;
use provisioner_core::model::device::{AuthType, Product};
use provisioner_core::model::lookup::{Sought, SoughtNames};
use provisioner_core::plan::{self, Field, FormInput};

use super::Draft;
use crate::protocol::{Learnt, Subject, Tried};
use crate::words::Told;

/// What was learnt.
#[derive(Default)]
pub(in crate::page) struct Lookup {
    /// What the engine is asking for.
    pub asking: Option<Subject>,
    /// Of the connection.
    pub tried: Option<Tried>,
    /// Of the product.
    pub product: Option<Sought>,
    /// Why the cloud did not say it, if it did not.
    pub product_failure: Option<Box<Told>>,
    /// Of the names.
    pub names: Option<SoughtNames>,
    /// Why the cloud did not say the rest, if it did not.
    pub names_failure: Option<Box<Told>>,
    /// Counts what was learnt of connection and product, and what was forgotten.
    pub changes: u32,
    /// The last question.
    number: u32,
}

impl Lookup {
    /// How the product's devices prove who they are, if that is known.
    pub fn auth_type(&self) -> Option<AuthType> {
        self.found().map(|product| product.auth_type)
    }

    /// The product, if it was found.
    pub fn found(&self) -> Option<&Product> {
        match &self.product {
            Some(Sought::Found(product)) => Some(product),
            _ => None,
        }
    }

    /// The question at hand is of no interest any more.
    pub(super) fn give_up(&mut self) {
        self.number += 1;
        self.asking = None;
    }

    /// The list changes: what is asked about it is of no interest any more.
    pub(super) fn overtake_names(&mut self) {
        if self.asking == Some(Subject::Names) {
            self.give_up();
        }
    }

    /// The names are others now.
    pub(super) fn forget_names(&mut self) {
        self.overtake_names();
        self.names = None;
    }

    /// The product or the key is another one now.
    pub(super) fn forget(&mut self) {
        let (number, changes) = (self.number + 1, self.changes + 1);
        *self = Self { number, changes, ..Self::default() };
    }
}

/// Whether a field says which product is meant, or who asks for it.
pub(in crate::page) fn is_of_target(field: Field) -> bool {
    !matches!(field, Field::QuotaShare | Field::Count | Field::Pattern | Field::Names | Field::ApplyIds)
}

impl Draft {
    /// Begins a question about what the plan is for, or about the connection that is filled in: its number, and the form.
    /// None while another is asked, or if no connection can be made of what is filled in, whose faults show then.
    pub fn ask_cloud(self, subject: Subject) -> Option<(u32, FormInput)> {
        let mut asked = None;
        let filled_in = (subject == Subject::Connection).then(|| self.input());
        self.sheet.update(|sheet| {
            let form = match &filled_in {
                Some(form) => plan::target(form).map_err(|errors| sheet.errors = errors).ok().and(filled_in.as_ref()),
                None => sheet.plan.as_ref().map(|(_, form)| form),
            };
            let form = form.filter(|_| sheet.lookup.asking.is_none()).cloned();
            asked = form.map(|form| {
                sheet.lookup.number += 1;
                sheet.lookup.asking = Some(subject);
                (sheet.lookup.number, form)
            });
        });
        asked
    }

    /// Takes over what was learnt. Gives whether the plan is another one because of it.
    pub fn learn(self, number: u32, learnt: Learnt, failure: Option<Box<Told>>) -> bool {
        let mut is_changed = false;
        self.sheet.update(|sheet| {
            if sheet.lookup.number != number {
                return;
            }
            match learnt {
                Learnt::Connection(tried) => {
                    sheet.lookup.asking = None;
                    sheet.lookup.tried = Some(tried);
                    sheet.lookup.changes += 1;
                }
                Learnt::Product(sought) => {
                    sheet.lookup.asking = None;
                    sheet.lookup.product = Some(sought);
                    sheet.lookup.product_failure = failure;
                    sheet.lookup.changes += 1;
                }
                Learnt::Names(names) => {
                    sheet.lookup.asking = (!names.is_over).then_some(Subject::Names);
                    sheet.lookup.names = Some(names);
                    sheet.lookup.names_failure = failure;
                }
            }
            let is_x509 = sheet.lookup.auth_type() == Some(AuthType::X509);
            let listed = sheet.listing.listed();
            if let Some((plan, form)) = sheet.plan.as_mut().filter(|(_, form)| form.is_x509 != is_x509) {
                form.is_x509 = is_x509;
                if let Ok(other) = plan::outline(form, listed.as_ref()) {
                    *plan = other;
                    // Shows it anew.
                    sheet.reviews += 1;
                    is_changed = true;
                }
            }
        });
        is_changed
    }

    /// Forgets what was learnt. Gives whether names of the list count as names that the product has.
    pub fn forget_learnt(self) -> bool {
        let mut was_marked = false;
        self.sheet.update(|sheet| {
            was_marked = sheet.lookup.names.as_ref().is_some_and(|names| names.existing > 0);
            sheet.lookup.forget();
        });
        was_marked
    }
}
