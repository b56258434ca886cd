//! The sentences of the form and of the plan, as every language has to provide them.

use provisioner_core::model::region::Region;
use provisioner_core::plan::{Connection, Fault, Field, NamingChoice, Pattern, Signature};

/// The form.
pub(in crate::page) struct FormTexts {
    /// Heading.
    pub heading: &'static str,
    /// Heading after a run.
    pub heading_again: &'static str,
    /// Instead of the form while a run is going on.
    pub hidden_while_running: &'static str,
    /// Heading of the error summary.
    pub summary: &'static str,
    /// Label of a field.
    pub label: fn(Field) -> &'static str,
    /// Hint of a field; empty for none.
    pub hint: fn(Field) -> &'static str,
    /// What is wrong with a field.
    pub fault: fn(Field, &Fault) -> String,
    /// Button that removes invisible characters.
    pub clean: &'static str,
    /// Added to a label.
    pub optional: &'static str,
    /// Legend of the first group.
    pub connection_group: &'static str,
    /// Label of the connection select.
    pub connection: &'static str,
    /// Name of a connection.
    pub connection_name: fn(Connection) -> &'static str,
    /// Who sees what with a connection, in one line.
    pub connection_hint: fn(Connection) -> &'static str,
    /// Where a region is.
    pub region_place: fn(&Region) -> &'static str,
    /// The region that stands for the simulated cloud's server.
    pub region_simcloud: &'static str,
    /// Label of the signature select.
    pub signature: &'static str,
    /// Name of a signature.
    pub signature_name: fn(Signature) -> &'static str,
    /// What it asks of the way to the cloud.
    pub signature_hint: fn(Signature) -> &'static str,
    /// Legend of the second group.
    pub account_group: &'static str,
    /// Instead of the second group in the demo.
    pub account_demo: &'static str,
    /// The engine holds a secret for this AccessKey ID.
    pub key_held: fn(id: &str) -> String,
    /// What stands below a key that is not temporary.
    pub key_lasting: &'static str,
    /// Said when an answer of AssumeRole was pasted.
    pub key_pasted: &'static str,
    /// A temporary key has so many milliseconds left; 0: it has expired.
    pub expires: fn(left_ms: u64) -> String,
    /// Button that shows what is typed into a secret field.
    pub show: &'static str,
    /// Button that hides it again.
    pub hide: &'static str,
    /// Legend of the third group.
    pub product_group: &'static str,
    /// Beside the ProductKey in the demo.
    pub product_demo: &'static str,
    /// Legend of the fourth group.
    pub devices_group: &'static str,
    /// Legend of the choice of names.
    pub naming: &'static str,
    /// A way to name devices.
    pub naming_name: fn(NamingChoice) -> &'static str,
    /// What it means.
    pub naming_hint: fn(NamingChoice) -> &'static str,
    /// The names that a pattern makes: the first two, the last, how many.
    pub pattern_preview: fn(&Pattern) -> String,
    /// The button.
    pub review: &'static str,
    /// Beside it.
    pub review_hint: &'static str,
    /// What stands where the plan will be: how to try the demo, what one's own account needs, or how batches
    /// that exist are read again.
    pub guide: fn(Connection, is_existing: bool) -> Guide,
}

/// A few steps, in words.
pub(in crate::page) struct Guide {
    /// Heading.
    pub heading: &'static str,
    /// One sentence below it.
    pub lead: &'static str,
    /// Each a title and a sentence.
    pub steps: [(&'static str, &'static str); 4],
}

/// The plan.
pub(in crate::page) struct PlanTexts {
    /// Heading.
    pub heading: &'static str,
    /// Name of the number of devices.
    pub devices: &'static str,
    /// Name of the number of batches.
    pub batches: &'static str,
    /// Below it.
    pub batches_hint: &'static str,
    /// Name of the number of calls.
    pub calls: &'static str,
    /// Below it.
    pub calls_hint: &'static str,
    /// Below it, where the batches exist already.
    pub calls_existing: &'static str,
    /// Name of the time.
    pub seconds: &'static str,
    /// The time, in seconds.
    pub seconds_value: fn(u32) -> String,
    /// Below it.
    pub seconds_hint: &'static str,
    /// Name of the host and region.
    pub cloud: &'static str,
    /// The demo's cloud.
    pub cloud_demo: &'static str,
    /// A real cloud: host and RegionId.
    pub cloud_named: fn(host: &str, region: &str) -> String,
    /// Name of the ProductKey.
    pub product: &'static str,
    /// Name of the instance.
    pub instance: &'static str,
    /// No instance id.
    pub instance_none: &'static str,
    /// Name of the DeviceNames.
    pub names: &'static str,
    /// The cloud makes them.
    pub names_random: &'static str,
    /// They are given: the first and the last.
    pub names_given: fn(first: &str, last: &str) -> String,
    /// Name of the ApplyIds of batches that exist already: the first and the last stand as those of names.
    pub apply_ids: &'static str,
    /// The temporary key expires before the run can end.
    pub expires_early: &'static str,
    /// Heading: who sees the secrets.
    pub trust: &'static str,
    /// Demo.
    pub trust_demo: &'static str,
    /// Through the proxy with this host.
    pub trust_proxy: fn(host: &str) -> String,
    /// Straight to this host.
    pub trust_direct: fn(host: &str) -> String,
    /// Heading: what cannot be undone.
    pub undo: &'static str,
    /// In the demo.
    pub undo_demo: &'static str,
    /// On a real cloud.
    pub undo_real: &'static str,
    /// Where nothing is registered.
    pub undo_existing: &'static str,
    /// Heading: what closing the tab does.
    pub leave: &'static str,
    /// What it does.
    pub leave_text: &'static str,
    /// The same in the demo.
    pub leave_demo: &'static str,
    /// Heading: the right that the AccessKey needs.
    pub policy: &'static str,
    /// What the text below it is for.
    pub policy_text: &'static str,
    /// What its second statement is for.
    pub policy_optional: &'static str,
    /// What the text is called when it is copied.
    pub policy_name: &'static str,
    /// Label of the box to be ticked where the browser keeps no journal.
    pub no_journal: &'static str,
    /// Label of the confirmation: the number to type.
    pub confirm: fn(devices: u32) -> String,
    /// The typed number is not the plan's.
    pub confirm_differs: fn(devices: u32) -> String,
    /// The table holds rows that were never saved.
    pub discard: fn(rows: u32) -> String,
    /// The button.
    pub start: fn(devices: u32) -> String,
    /// The button, where the batches exist already.
    pub start_existing: &'static str,
    /// Button that closes the plan.
    pub back: &'static str,
}
