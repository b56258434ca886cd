//! The form as it is being filled in. In: what is typed. Out: a plan, or every field's fault, as the core sees it.
//!
//! The AccessKey secret and the STS token stand in no signal: they stay in their input elements until they are
//! handed over.

use leptos::html;
use leptos::prelude::*;
use provisioner_core::model::region::DEFAULT_REGION_ID;
use provisioner_core::plan::{self, Connection, Field, FieldError, FormInput, Plan};
use zeroize::Zeroize;

use super::address::{self, Prefill};
use crate::protocol::Credentials;

/// The demo's product: the first of the simulated cloud.
pub(super) const DEMO_PRODUCT: &str = "a1SimCloud1";

/// Devices that the demo offers: enough to see pages and counters move, and over in seconds.
const DEMO_COUNT: &str = "100";

/// Every field, in the order of the form.
const FIELDS: [Field; 9] = [
    Field::ProxyUrl,
    Field::Region,
    Field::EndpointHost,
    Field::AccessKeyId,
    Field::AccessKeySecret,
    Field::SecurityToken,
    Field::ProductKey,
    Field::InstanceId,
    Field::Count,
];

/// The form.
#[derive(Clone, Copy)]
pub(super) struct Draft {
    /// How calls reach the cloud.
    pub connection: RwSignal<Connection>,
    /// Proxy address as typed.
    pub proxy_url: RwSignal<String>,
    /// RegionId or `simcloud`.
    pub region: RwSignal<String>,
    /// Custom endpoint host.
    pub endpoint_host: RwSignal<String>,
    /// AccessKey ID.
    pub access_key_id: RwSignal<String>,
    /// Where the AccessKey secret is typed.
    pub access_key_secret: NodeRef<html::Input>,
    /// Where the STS token is typed.
    pub security_token: NodeRef<html::Input>,
    /// ProductKey.
    pub product_key: RwSignal<String>,
    /// IotInstanceId.
    pub instance_id: RwSignal<String>,
    /// Number of devices as typed.
    pub count: RwSignal<String>,
    /// Whether ProductKey and number are still the demo's, put in by the page: they leave with the demo.
    demo_product: RwSignal<bool>,
    demo_count: RwSignal<bool>,
    /// Whether it was reviewed once: from then on faults are shown while typing.
    pub reviewed: RwSignal<bool>,
    /// What is wrong.
    pub errors: RwSignal<Vec<FieldError>>,
    /// The plan, after a review without faults and until the next change.
    pub plan: RwSignal<Option<Plan>>,
}

impl Draft {
    /// The form as the query string fills it in; the demo by default.
    pub fn new(prefill: Prefill) -> Self {
        let connection = prefill.connection.unwrap_or_default();
        let demo = connection == Connection::Demo;
        let filled = |given: Option<String>, text: &str| match given {
            Some(given) => (given, false),
            None if demo => (text.to_owned(), true),
            None => (String::new(), false),
        };
        let (product_key, demo_product) = filled(prefill.product_key, DEMO_PRODUCT);
        let (count, demo_count) = filled(prefill.count, DEMO_COUNT);
        Self {
            connection: RwSignal::new(connection),
            proxy_url: RwSignal::new(prefill.proxy_url.unwrap_or_else(|| "proxy".to_owned())),
            region: RwSignal::new(prefill.region.unwrap_or_else(|| DEFAULT_REGION_ID.to_owned())),
            endpoint_host: RwSignal::new(prefill.endpoint_host.unwrap_or_default()),
            access_key_id: RwSignal::new(String::new()),
            access_key_secret: NodeRef::new(),
            security_token: NodeRef::new(),
            product_key: RwSignal::new(product_key),
            instance_id: RwSignal::new(prefill.instance_id.unwrap_or_default()),
            count: RwSignal::new(count),
            demo_product: RwSignal::new(demo_product),
            demo_count: RwSignal::new(demo_count),
            reviewed: RwSignal::new(false),
            errors: RwSignal::new(Vec::new()),
            plan: RwSignal::new(None),
        }
    }

    /// Chooses a connection. The demo's own product and number leave with it; what the user typed stays.
    pub fn connect(self, connection: Connection) {
        let swap = |value: RwSignal<String>, is_demo: RwSignal<bool>, demo: &str| {
            if connection != Connection::Demo && is_demo.get_untracked() {
                value.set(String::new());
                is_demo.set(false);
            } else if connection == Connection::Demo && value.with_untracked(String::is_empty) {
                value.set(demo.to_owned());
                is_demo.set(true);
            }
        };
        swap(self.product_key, self.demo_product, DEMO_PRODUCT);
        swap(self.count, self.demo_count, DEMO_COUNT);
        self.connection.set(connection);
    }

    /// Notes that the user typed into a field.
    pub fn typed(self, field: Field) {
        match field {
            Field::ProductKey => self.demo_product.set(false),
            Field::Count => self.demo_count.set(false),
            _ => {}
        }
    }

    /// The signal behind a field; none for the two that are kept out of signals.
    pub fn value(self, field: Field) -> Option<RwSignal<String>> {
        match field {
            Field::ProxyUrl => Some(self.proxy_url),
            Field::Region => Some(self.region),
            Field::EndpointHost => Some(self.endpoint_host),
            Field::AccessKeyId => Some(self.access_key_id),
            Field::ProductKey => Some(self.product_key),
            Field::InstanceId => Some(self.instance_id),
            Field::Count => Some(self.count),
            Field::AccessKeySecret | Field::SecurityToken => None,
        }
    }

    /// Takes blanks and invisible characters out of a field.
    pub fn clean(self, field: Field) {
        if let Some(value) = self.value(field) {
            value.update(|text| *text = plan::clean(text));
        } else if let Some(input) = self.secret_input(field).get_untracked() {
            input.set_value(&plan::clean(&input.value()));
        }
    }

    /// Where a field that is kept out of signals is typed.
    pub fn secret_input(self, field: Field) -> NodeRef<html::Input> {
        if field == Field::SecurityToken { self.security_token } else { self.access_key_secret }
    }

    /// The form for the core and the engine.
    pub fn input(self) -> FormInput {
        FormInput {
            connection: self.connection.get_untracked(),
            proxy_url: address::absolute(&self.proxy_url.get_untracked()),
            region: self.region.get_untracked(),
            endpoint_host: self.endpoint_host.get_untracked(),
            product_key: self.product_key.get_untracked(),
            instance_id: self.instance_id.get_untracked(),
            count: self.count.get_untracked(),
        }
    }

    /// Reads the key pair from its fields. The caller wipes or hands over what it gets.
    pub fn credentials(self) -> Credentials {
        let typed = |input: NodeRef<html::Input>| input.get_untracked().map_or_else(String::new, |input| input.value());
        Credentials {
            access_key_id: self.access_key_id.get_untracked(),
            access_key_secret: typed(self.access_key_secret),
            security_token: typed(self.security_token),
        }
    }

    /// Empties the fields of the secret and the token.
    pub fn empty_secrets(self) {
        for input in [self.access_key_secret, self.security_token] {
            if let Some(input) = input.get_untracked() {
                input.set_value("");
            }
        }
    }

    /// Has the form checked; afterwards either `plan` or `errors` is filled.
    pub fn review(self, held_id: &str) {
        self.reviewed.set(true);
        match self.check(held_id) {
            Ok(plan) => {
                self.errors.set(Vec::new());
                self.plan.set(Some(plan));
            }
            Err(errors) => {
                self.plan.set(None);
                self.errors.set(errors);
            }
        }
    }

    /// To be called after every change: closes the plan and checks again, if there was a review.
    pub fn changed(self, held_id: &str) {
        self.plan.set(None);
        if self.reviewed.get_untracked() {
            self.errors.set(self.check(held_id).err().unwrap_or_default());
        }
    }

    fn check(self, held_id: &str) -> Result<Plan, Vec<FieldError>> {
        let input = self.input();
        let mut errors = Vec::new();
        if input.connection != Connection::Demo {
            let mut typed = self.credentials();
            let (id, secret, token) = (&typed.access_key_id, &typed.access_key_secret, &typed.security_token);
            errors = plan::check_credentials(id, secret, token, held_id);
            wipe(&mut typed);
        }
        match plan::parse(&input) {
            Ok(plan) if errors.is_empty() => return Ok(plan),
            Ok(_) => {}
            Err(more) => errors.extend(more),
        }
        Err(FIELDS.iter().flat_map(|field| errors.iter().filter(|error| error.field == *field)).cloned().collect())
    }
}

/// Wipes a key pair from the page's memory.
pub(super) fn wipe(credentials: &mut Credentials) {
    credentials.access_key_secret.zeroize();
    credentials.security_token.zeroize();
}
