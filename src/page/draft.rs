//! The form as it is being filled in. In: what is typed. Out: a plan, or every field's fault, as the core sees it.
//!
//! The AccessKey secret and the STS token stand in no signal: they stay in their input elements until they are
//! handed over. Neither does a list of names, which is the engine's.

mod fill;
mod list;
mod lookup;

use leptos::prelude::*;
use provisioner_core::model::device::AuthType;
use provisioner_core::model::region::DEFAULT_REGION_ID;
use provisioner_core::plan::{
    self, Connection, Fault, Field, FieldError, FormInput, NamingChoice, Outline, QUOTA_SHARE_PERCENT, Signature,
};
use web_sys::Blob;
use web_sys::js_sys::{Date, Math};
use zeroize::Zeroize;

use super::address::{self, Prefill};
use super::input;
use crate::protocol::Credentials;

pub(super) use fill::{choose, chosen};
pub(super) use list::{FILE_MB_MAX, Listing};
pub(super) use lookup::{Lookup, is_of_target};

/// The demo's product: the first of the simulated cloud.
pub(super) const DEMO_PRODUCT: &str = "a1SimCloud1";

/// Devices that the demo offers: enough to see pages and counters move, and over in seconds.
const DEMO_COUNT: &str = "100";

/// Every field, in the order of the form.
const FIELDS: [Field; 13] = [
    Field::ProxyUrl,
    Field::Region,
    Field::EndpointHost,
    Field::QuotaShare,
    Field::AccessKeyId,
    Field::AccessKeySecret,
    Field::SecurityToken,
    Field::ProductKey,
    Field::InstanceId,
    Field::Count,
    Field::Pattern,
    Field::Names,
    Field::ApplyIds,
];

/// The id of a field's element, which is also its `data-testid`.
pub(super) fn id_of(field: Field) -> &'static str {
    match field {
        Field::ProxyUrl => "proxy-url",
        Field::Region => "region",
        Field::EndpointHost => "endpoint-host",
        Field::AccessKeyId => "access-key-id",
        Field::AccessKeySecret => "access-key-secret",
        Field::SecurityToken => "security-token",
        Field::ProductKey => "product-key",
        Field::QuotaShare => "quota-share",
        Field::InstanceId => "instance-id",
        Field::Count => "count",
        Field::Pattern => "pattern",
        Field::Names => "names",
        Field::ApplyIds => "apply-ids",
    }
}

/// What is known of the form besides what is typed.
pub(super) struct Sheet {
    /// How calls reach the cloud.
    pub connection: Connection,
    /// How calls are signed.
    pub signature: Signature,
    /// Who names the devices.
    pub naming: NamingChoice,
    /// What is known of the list of names.
    pub listing: Listing,
    /// What was learnt from the cloud.
    pub lookup: Lookup,
    /// What is wrong.
    pub errors: Vec<FieldError>,
    /// The plan and its form, after a review without faults and until the next change.
    pub plan: Option<(Outline, FormInput)>,
    /// How often it was reviewed. From the first time on faults are shown while typing.
    pub reviews: u32,
    /// Whether ProductKey and number are still the demo's, put in by the page: they leave with the demo.
    demo_product: bool,
    demo_count: bool,
    /// Whether a review waits for what the engine says of the list.
    is_awaited: bool,
}

/// The form.
#[derive(Clone, Copy)]
pub(super) struct Draft {
    sheet: RwSignal<Sheet>,
    proxy_url: RwSignal<String>,
    region: RwSignal<String>,
    endpoint_host: RwSignal<String>,
    access_key_id: RwSignal<String>,
    product_key: RwSignal<String>,
    instance_id: RwSignal<String>,
    count: RwSignal<String>,
    pattern: RwSignal<String>,
    quota_share: RwSignal<String>,
    apply_ids: RwSignal<String>,
    /// The list that is kept beside its field.
    source: StoredValue<Option<Blob>, LocalStorage>,
    /// What the random characters of a pattern are drawn from, until a run has used it.
    seed: StoredValue<u64>,
}

impl Draft {
    /// The form as the query string fills it in; the demo by default.
    pub fn new(prefill: Prefill) -> Self {
        let connection = prefill.connection.unwrap_or_default();
        let demo = |text: &str| if connection == Connection::Demo { text.to_owned() } else { String::new() };
        let (demo_product, demo_count) = (prefill.product_key.is_none(), prefill.count.is_none());
        let sheet = Sheet {
            connection,
            signature: Signature::default(),
            naming: prefill.naming.unwrap_or_default(),
            listing: Listing::default(),
            lookup: Lookup::default(),
            errors: Vec::new(),
            plan: None,
            reviews: 0,
            demo_product,
            demo_count,
            is_awaited: false,
        };
        Self {
            sheet: RwSignal::new(sheet),
            proxy_url: RwSignal::new(prefill.proxy_url.unwrap_or_else(|| "proxy".to_owned())),
            region: RwSignal::new(prefill.region.unwrap_or_else(|| DEFAULT_REGION_ID.to_owned())),
            endpoint_host: RwSignal::new(prefill.endpoint_host.unwrap_or_default()),
            access_key_id: RwSignal::new(String::new()),
            product_key: RwSignal::new(prefill.product_key.unwrap_or_else(|| demo(DEMO_PRODUCT))),
            instance_id: RwSignal::new(prefill.instance_id.unwrap_or_default()),
            count: RwSignal::new(prefill.count.unwrap_or_else(|| demo(DEMO_COUNT))),
            pattern: RwSignal::new(prefill.pattern.unwrap_or_default()),
            quota_share: RwSignal::new(prefill.quota_share.unwrap_or_else(|| QUOTA_SHARE_PERCENT.to_string())),
            apply_ids: RwSignal::new(String::new()),
            source: StoredValue::new_local(None),
            seed: StoredValue::new(drawn_seed()),
        }
    }

    /// Reads what is known of the form.
    pub fn read<T>(self, read: impl FnOnce(&Sheet) -> T) -> T {
        self.sheet.with(read)
    }

    /// Whether the demo is chosen.
    pub fn is_demo(self) -> bool {
        self.read(|sheet| sheet.connection == Connection::Demo)
    }

    /// The fault of a field, if it has one.
    pub fn fault(self, field: Field) -> Option<Fault> {
        self.read(|sheet| sheet.errors.iter().find(|error| error.field == field).map(|error| error.fault.clone()))
    }

    /// Chooses a connection. The demo's own product and number leave with it; what the user typed stays.
    pub fn connect(self, connection: Connection) {
        let swap = |value: RwSignal<String>, is_ours: bool, demo: &str| {
            if is_ours {
                value.set(if connection == Connection::Demo { demo.to_owned() } else { String::new() });
            }
        };
        let (product, count) = untrack(|| self.read(|sheet| (sheet.demo_product, sheet.demo_count)));
        swap(self.product_key, product, DEMO_PRODUCT);
        swap(self.count, count, DEMO_COUNT);
        self.sheet.update(|sheet| sheet.connection = connection);
    }

    /// Checks the key pair alone, and shows what is wrong with it. Gives whether something is.
    pub fn lacks_key(self, held_id: &str) -> bool {
        let mut typed = self.credentials();
        let (id, secret, token) = (&typed.access_key_id, &typed.access_key_secret, &typed.security_token);
        let errors = plan::check_credentials(id, secret, token, held_id);
        wipe(&mut typed);
        let lacks = !errors.is_empty();
        self.sheet.update(|sheet| sheet.errors = errors);
        lacks
    }

    /// Notes that the user typed into a field.
    pub fn typed(self, field: Field) {
        self.sheet.update(|sheet| match field {
            Field::ProductKey => sheet.demo_product = false,
            Field::Count => sheet.demo_count = false,
            // Its lines have moved; the next check finds them again.
            Field::Names => {
                sheet.listing.forget();
                sheet.lookup.forget_names();
                sheet.is_awaited = false;
            }
            _ => {}
        });
    }

    /// Chooses who names the devices.
    pub fn name_by(self, naming: NamingChoice) {
        self.sheet.update(|sheet| sheet.naming = naming);
    }

    /// The signal behind a field; none for those that are kept out of signals.
    pub fn value(self, field: Field) -> Option<RwSignal<String>> {
        match field {
            Field::ProxyUrl => Some(self.proxy_url),
            Field::Region => Some(self.region),
            Field::EndpointHost => Some(self.endpoint_host),
            Field::AccessKeyId => Some(self.access_key_id),
            Field::ProductKey => Some(self.product_key),
            Field::InstanceId => Some(self.instance_id),
            Field::Count => Some(self.count),
            Field::Pattern => Some(self.pattern),
            Field::QuotaShare => Some(self.quota_share),
            Field::ApplyIds => Some(self.apply_ids),
            Field::AccessKeySecret | Field::SecurityToken | Field::Names => None,
        }
    }

    /// Takes blanks and invisible characters out of a field.
    pub fn clean(self, field: Field) {
        if let Some(value) = self.value(field) {
            value.update(|text| *text = plan::clean(text));
        } else if let Some(input) = input(id_of(field)) {
            let mut typed = input.value();
            let mut cleaned = plan::clean(&typed);
            input.set_value(&cleaned);
            typed.zeroize();
            cleaned.zeroize();
        }
    }

    /// The pattern with today's date and with a seed in it; what is read here is followed.
    pub fn settled_pattern(self) -> String {
        let today = Date::new_0();
        let day = today.get_full_year() * 10_000 + (today.get_month() + 1) * 100 + today.get_date();
        plan::settle(&self.pattern.get(), &day.to_string(), self.seed.get_value())
    }

    /// The form for the core and the engine; a list of names is the engine's.
    pub fn input(self) -> FormInput {
        let (connection, signature, naming, is_x509) = untrack(|| {
            self.read(|sheet| {
                let is_x509 = sheet.lookup.auth_type() == Some(AuthType::X509);
                (sheet.connection, sheet.signature, sheet.naming, is_x509)
            })
        });
        FormInput {
            connection,
            signature,
            naming,
            proxy_url: address::absolute(&self.proxy_url.get_untracked()),
            region: self.region.get_untracked(),
            endpoint_host: self.endpoint_host.get_untracked(),
            product_key: self.product_key.get_untracked(),
            instance_id: self.instance_id.get_untracked(),
            count: self.count.get_untracked(),
            pattern: untrack(|| self.settled_pattern()),
            quota_share: self.quota_share.get_untracked(),
            names: String::new(),
            apply_ids: self.apply_ids.get_untracked(),
            is_x509,
        }
    }

    /// Reads the key pair from its fields, none in the demo. The caller wipes or hands over what it gets.
    pub fn credentials(self) -> Credentials {
        if untrack(|| self.is_demo()) {
            let none = String::new;
            return Credentials { access_key_id: none(), access_key_secret: none(), security_token: none() };
        }
        let typed = |field| input(id_of(field)).map_or_else(String::new, |input| input.value());
        Credentials {
            access_key_id: self.access_key_id.get_untracked(),
            access_key_secret: typed(Field::AccessKeySecret),
            security_token: typed(Field::SecurityToken),
        }
    }

    /// Empties the fields of the secret and the token.
    pub fn empty_secrets() {
        for field in [Field::AccessKeySecret, Field::SecurityToken] {
            if let Some(input) = input(id_of(field)) {
                input.set_value("");
            }
        }
    }

    /// Chooses how calls are signed, which closes the plan.
    pub fn sign_with(self, signature: Signature) {
        self.sheet.update(|sheet| {
            sheet.signature = signature;
            sheet.plan = None;
        });
    }

    /// Lets the next report on the list end in a review.
    pub fn await_report(self) {
        self.sheet.update(|sheet| sheet.is_awaited = true);
    }

    /// Has the form checked; afterwards it has either a plan or errors.
    pub fn review(self, held_id: &str) {
        self.sheet.update(|sheet| {
            sheet.reviews += 1;
            sheet.listing.refused = None;
        });
        let form = self.input();
        let (plan, errors) = self.check(&form, held_id);
        self.sheet.update(|sheet| {
            sheet.plan = plan.filter(|_| errors.is_empty()).map(|plan| (plan, form));
            sheet.errors = errors;
        });
    }

    /// To be called after every change: closes the plan and checks again, if there was a review. Of a list that is what
    /// the engine said of it last.
    pub fn changed(self, held_id: &str) {
        let (_, errors) = self.check(&self.input(), held_id);
        let is_reviewed = untrack(|| self.read(|sheet| sheet.reviews > 0));
        self.sheet.update(|sheet| {
            sheet.plan = None;
            sheet.errors = errors;
            // A file is checked at once; whatever else is typed is not yet finished.
            sheet.errors.retain(|error| is_reviewed || error.field == Field::Names && sheet.listing.is_told());
        });
    }

    /// Closes the plan.
    pub fn close_plan(self) {
        self.sheet.update(|sheet| sheet.plan = None);
    }

    /// The plan and its form, closed with this, and the form back to where it shows no faults while typing. The next run
    /// draws other random characters.
    pub fn take_plan(self) -> Option<(Outline, FormInput)> {
        let mut plan = None;
        self.sheet.update(|sheet| {
            plan = sheet.plan.take();
            sheet.reviews = 0;
            sheet.lookup.give_up();
        });
        self.seed.set_value(drawn_seed());
        plan
    }

    /// The form against all rules, in the order of its fields.
    fn check(self, form: &FormInput, held_id: &str) -> (Option<Outline>, Vec<FieldError>) {
        let (listed, list_fault) = untrack(|| self.read(|sheet| (sheet.listing.listed(), sheet.listing.fault())));
        let (plan, mut errors) = match plan::outline(form, listed.as_ref()) {
            Ok(plan) => (Some(plan), Vec::new()),
            Err(errors) => (None, errors),
        };
        let list_fault = list_fault.filter(|_| form.naming == NamingChoice::List);
        errors.extend(list_fault.map(|fault| FieldError { field: Field::Names, fault }));
        (plan, self.with_credentials(errors, held_id))
    }

    /// Adds what is wrong with the key pair, and puts all in the order of the form.
    fn with_credentials(self, mut errors: Vec<FieldError>, held_id: &str) -> Vec<FieldError> {
        if !untrack(|| self.is_demo()) {
            let mut typed = self.credentials();
            let (id, secret, token) = (&typed.access_key_id, &typed.access_key_secret, &typed.security_token);
            errors.extend(plan::check_credentials(id, secret, token, held_id));
            wipe(&mut typed);
        }
        FIELDS.iter().flat_map(|field| errors.iter().filter(|error| error.field == *field)).cloned().collect()
    }
}

/// A number that nobody can foresee is not needed: names are no secrets.
fn drawn_seed() -> u64 {
    (Math::random() * 2f64.powi(53)) as u64
}

/// Wipes a key pair from the page's memory.
pub(super) fn wipe(credentials: &mut Credentials) {
    credentials.access_key_secret.zeroize();
    credentials.security_token.zeroize();
}
