//! What the cloud says of the plan's product, which is also how a connection is tried out. In: what was learnt. Out: an
//! element; to ask is its action.

use provisioner_core::model::device::{AuthType, Product};
use provisioner_core::model::lookup::Sought;
use provisioner_core::model::region::X509_REGION_ID;
use provisioner_core::plan::Outline;

use super::common::button::button;
use super::common::el::{El, el};
use super::common::icon::{ATTENTION, GOOD, marked};
use super::common::text::hint;
use super::notices;
use crate::page::Page;
use crate::page::texts::texts;
use crate::protocol::Subject;
use crate::words::Told;

/// The button, and what was learnt.
pub(super) fn lookup(page: Page, plan: &Outline) -> El {
    let words = &texts().lookup;
    let is_asking = move || page.draft.read(|sheet| sheet.lookup.asking == Some(Subject::Product));
    let ask = button("button", "plan-lookup", words.ask, move || page.ask(Subject::Product))
        .attr("id", "plan-lookup")
        .attr_of("aria-disabled", move || page.draft.read(|sheet| sheet.lookup.asking.map(|_| "true")));
    let asking = move || if is_asking() { words.asking.to_owned() } else { String::new() };
    let is_beyond = plan.is_beyond_x509();
    let is_unknown = move || is_beyond && page.draft.read(|sheet| sheet.lookup.auth_type().is_none());
    let plan = plan.clone();
    let changes = move || page.draft.read(|sheet| sheet.lookup.changes);
    let answer = move |_| {
        page.draft.read(|sheet| {
            let failure = sheet.lookup.product_failure.as_deref();
            sheet.lookup.product.as_ref().map(|sought| told(page, &plan, sought, failure))
        })
    };
    el("div", "lookup")
        .child(el("div", "actions").child(ask).child(el("span", "hint").text_of(asking)))
        .swap(changes, answer)
        .child_if(is_unknown, move || hint(words.x509_unknown).testid("plan-x509-unknown"))
}

fn told(page: Page, plan: &Outline, sought: &Sought, failure: Option<&Told>) -> El {
    let words = &texts().lookup;
    let told = el("div", "lookup").testid("plan-product");
    let works = (words.proven)(&plan.target.route);
    let proven = marked("done", GOOD, || works.to_owned());
    let attention = |text: String| marked("attention", ATTENTION, move || text.clone());
    match sought {
        Sought::Found(product) => {
            let told = told.child(proven).child(facts(product));
            if product.auth_type != AuthType::X509 {
                return told;
            }
            let told = told.child(attention(words.x509.to_owned()));
            let region = &plan.target.region_id;
            if region == X509_REGION_ID { told } else { told.child(attention((words.x509_region)(region))) }
        }
        &Sought::Absent { seen, total } => told.child(proven).child(attention((words.absent)(plan, seen, total))),
        Sought::Denied => told.child(proven).child(hint(words.denied)),
        Sought::Failed => told.children(failure.map(|failure| notices::told(page, failure)).into_iter().collect()),
    }
}

fn facts(product: &Product) -> El {
    let words = &texts().lookup;
    let fact = |name: &'static str, value: String| {
        el("div", "").child(el("dt", "").text(name)).child(el("dd", "").text_string(value))
    };
    el("dl", "facts")
        .child(fact(words.name, product.name.clone()))
        .child(fact(words.auth, (words.auth_type)(product.auth_type).to_owned()))
        .child(fact(words.node, (words.node_type)(product.is_gateway).to_owned()))
        .child(fact(words.devices, (words.device_count)(product.device_count)))
}
