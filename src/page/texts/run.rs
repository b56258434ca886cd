//! The sentences of the run, as every language has to provide them.

use provisioner_core::model::report::{BatchReport, BatchState, Phase, Rate, Rejection, RunReport, Verdict};

use crate::page::state::Happened;

/// The run.
pub(in crate::page) struct RunTexts {
    /// Heading: devices, or batches that exist already, and ProductKey.
    pub heading: fn(&RunReport, product: &str) -> String,
    /// Name of a phase, for the live region and the panel.
    pub phase: fn(Phase) -> &'static str,
    /// The stages in order.
    pub stages: [(Phase, &'static str); 4],
    /// Name of the list of stages.
    pub stages_name: &'static str,
    /// Name of the progress bar.
    pub progress: &'static str,
    /// `n of N (p %)`.
    pub progress_value: fn(&RunReport, percent: u32) -> String,
    /// Title of the tab.
    pub title: fn(percent: u32, product: &str) -> String,
    /// Title of the tab after the end.
    pub title_done: fn(verdict: Verdict, product: &str) -> String,
    /// Title of a notification: the run asks something.
    pub title_asks: fn(product: &str) -> String,
    /// Name of the log.
    pub log: &'static str,
    /// A line of the log.
    pub log_line: fn(&Happened) -> String,
    /// What can be done so that one may look elsewhere.
    pub telling: &'static str,
    /// Box: a notification.
    pub notify: &'static str,
    /// The browser does not allow them.
    pub notify_refused: &'static str,
    /// Box: a sound.
    pub sound: &'static str,
    /// Said every ten per cent.
    pub said_progress: fn(percent: u32) -> String,
    /// Name of the time that has passed.
    pub elapsed: &'static str,
    /// Name of the time that is left.
    pub left: &'static str,
    /// No estimate yet.
    pub left_unknown: &'static str,
    /// Nothing is left to wait for while the run is paused.
    pub left_paused: &'static str,
    /// Nothing is sent until the browser has a connection again.
    pub left_offline: &'static str,
    /// Counter: asked for.
    pub requested: &'static str,
    /// Below it.
    pub requested_hint: &'static str,
    /// Below it, where the batches existed before.
    pub requested_existing: &'static str,
    /// Counter: reported by the cloud.
    pub created: &'static str,
    /// Below it.
    pub created_hint: &'static str,
    /// Counter: in the table.
    pub downloaded: &'static str,
    /// Below it.
    pub downloaded_hint: &'static str,
    /// Name of the chart of the rate.
    pub rate: &'static str,
    /// The rate, as the last second had it.
    pub rate_value: fn(Option<Rate>) -> String,
    /// Calls, throttled and retried, in words.
    pub calls: fn(&RunReport) -> String,
    /// A verdict, in one or two words.
    pub verdict: fn(Verdict) -> &'static str,
    /// What it means for this run.
    pub verdict_text: fn(Verdict, &RunReport) -> String,
    /// Why a device is missing.
    pub reason: fn(&Rejection) -> String,
    /// Button that reads again what was not read whole.
    pub read_again: &'static str,
    /// Button that fills the form in for so many missing devices.
    pub retry: fn(u32) -> String,
    /// Button that saves a list of so many missing devices.
    pub save_failed: fn(u32) -> String,
    /// What closing the tab does, while the run goes on.
    pub leave: &'static str,
    /// Button that takes the rows that were found for an unclear batch.
    pub take: &'static str,
    /// Button.
    pub pause: &'static str,
    /// Button.
    pub resume: &'static str,
    /// Button.
    pub cancel: &'static str,
    /// What cancelling leaves behind.
    pub cancel_ask: fn(&RunReport) -> String,
    /// Button that cancels after that question.
    pub cancel_sure: &'static str,
    /// Button that does not.
    pub cancel_not: &'static str,
    /// Button after the end.
    pub again: &'static str,
    /// Button after a run of the demo: the same with one's own account.
    pub own_account: &'static str,
    /// Heading of the batches.
    pub batches: fn(count: usize) -> String,
    /// Column: number.
    pub batch: &'static str,
    /// Column: devices.
    pub batch_devices: &'static str,
    /// Column: ApplyId.
    pub batch_apply_id: &'static str,
    /// Column: state.
    pub batch_state: &'static str,
    /// Name of a state.
    pub batch_state_name: fn(BatchState) -> &'static str,
    /// Rows of a batch: downloaded of created.
    pub batch_rows: fn(&BatchReport) -> String,
    /// Column of those.
    pub batch_rows_name: &'static str,
    /// No ApplyId yet.
    pub batch_no_apply_id: &'static str,
    /// Heading of the certificates of X.509 devices.
    pub archives: &'static str,
    /// What the links to them are.
    pub archives_hint: &'static str,
    /// Button: asks the cloud for the links.
    pub archives_ask: &'static str,
    /// The link of one batch, and the host that it leads to.
    pub archive: fn(batch: u32, host: &str) -> String,
}
