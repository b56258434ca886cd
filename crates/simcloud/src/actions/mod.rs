//! The actions: one file each; the table says what each is called, how often it may be called and what it must be given.

mod batch_check_device_names;
mod batch_query_device_detail;
mod batch_register_device;
mod batch_register_device_with_apply_id;
mod next_token;
mod query_batch_register_device_status;
mod query_cert_url_by_apply_id;
mod query_device;
mod query_page_by_apply_id;
mod query_product;

use crate::choices::Choices;
use crate::refusal::Outcome;
use crate::registry::{Call, Registry};
use crate::reply::Node;

/// One operation of the API.
pub(crate) struct Action {
    /// Its name, as `Action` has it.
    pub name: &'static str,
    /// Calls per account in every sliding second (§2.0).
    pub qps: u32,
    /// The same for calls that reach 100,000 rows or more into a list, where that is limited (§2.0).
    pub deep_qps: Option<u32>,
    /// Parameters whose absence the gateway refuses.
    pub mandatory: &'static [&'static str],
    /// Does it.
    pub run: fn(&mut Registry, &Call<'_>) -> Outcome,
}

/// All operations known here.
pub(crate) const ACTIONS: &[Action] = &[
    Action {
        name: "BatchRegisterDevice",
        qps: 10,
        deep_qps: None,
        mandatory: &["ProductKey", "Count"],
        run: batch_register_device::run,
    },
    Action {
        name: "QueryBatchRegisterDeviceStatus",
        qps: 30,
        deep_qps: None,
        mandatory: &["ApplyId", "ProductKey"],
        run: query_batch_register_device_status::run,
    },
    Action {
        name: "QueryPageByApplyId",
        qps: 50,
        deep_qps: None,
        mandatory: &["ApplyId"],
        run: query_page_by_apply_id::run,
    },
    Action { name: "QueryDevice", qps: 50, deep_qps: Some(2), mandatory: &["ProductKey"], run: query_device::run },
    Action {
        name: "BatchCheckDeviceNames",
        qps: 10,
        deep_qps: None,
        mandatory: &["ProductKey"],
        run: batch_check_device_names::run,
    },
    Action {
        name: "BatchRegisterDeviceWithApplyId",
        qps: 500,
        deep_qps: None,
        mandatory: &["ApplyId", "ProductKey"],
        run: batch_register_device_with_apply_id::run,
    },
    Action {
        name: "BatchQueryDeviceDetail",
        qps: 5,
        deep_qps: None,
        mandatory: &["ProductKey"],
        run: batch_query_device_detail::run,
    },
    Action { name: "QueryProduct", qps: 50, deep_qps: None, mandatory: &["ProductKey"], run: query_product::run },
    Action {
        name: "QueryProductList",
        qps: 50,
        deep_qps: Some(2),
        mandatory: &["CurrentPage", "PageSize"],
        run: query_product::run_list,
    },
    // No quota is documented for it; 50 is what most queries have.
    Action {
        name: "QueryCertUrlByApplyId",
        qps: 50,
        deep_qps: None,
        mandatory: &["ApplyId"],
        run: query_cert_url_by_apply_id::run,
    },
];

/// The action of a name.
pub(crate) fn find(name: &str) -> Option<&'static Action> {
    ACTIONS.iter().find(|action| action.name == name)
}

/// An ApplyId as a reply has it.
fn apply_id_node(apply_id: i64, choices: &Choices) -> Node {
    if choices.apply_id_as_text { apply_id.to_string().into() } else { apply_id.into() }
}
