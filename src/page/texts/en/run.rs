//! English: the run.

use provisioner_core::model::report::{BatchState, Phase, Verdict};

use super::super::RunTexts;
use super::{counted, devices, number, rows};

use crate::page::state::Happened;

/// The run.
pub(super) const RUN: RunTexts = RunTexts {
    heading: |run, product| {
        let what = if run.is_existing { (RUN.batches)(run.batches.len()) } else { devices(run.requested) };
        [&what, " in ", product].concat()
    },
    phase: |phase| match phase {
        Phase::Submitting => "Sending the batches",
        Phase::Registering => "The cloud is making the devices",
        Phase::Fetching => "Fetching the credentials",
        Phase::Checking => "Comparing counts and rows",
        Phase::Paused => "Paused: nothing is sent",
        Phase::Done => "Ended",
    },
    stages: [
        (Phase::Submitting, "Submit"),
        (Phase::Registering, "Register"),
        (Phase::Fetching, "Fetch"),
        (Phase::Checking, "Check"),
    ],
    stages_name: "Stages",
    progress: "Credentials downloaded",
    progress_value: |run, percent| match run.requested_known() {
        Some(all) => format!("{} of {} ({percent} %)", number(run.downloaded), number(all)),
        None => rows(run.downloaded),
    },
    title: |percent, product| format!("{percent} % · {product}"),
    title_done: |verdict, product| [verdict_name(verdict), " · ", product].concat(),
    title_asks: |product| ["Waiting for you · ", product].concat(),
    log: "Log",
    log_line: |happened| match happened {
        Happened::Phase(phase) => (RUN.phase)(*phase).to_owned(),
        Happened::Batch { number: batch, state, apply_id } => {
            let name = ["Batch ", &number(*batch), ": ", (RUN.batch_state_name)(*state)].concat();
            match apply_id {
                Some(id) => [&name, " (ApplyId ", id, ")"].concat(),
                None => name,
            }
        }
        Happened::Told(what) => what[0].clone(),
    },
    telling: "Alerts",
    notify: "Notification when it ends or asks",
    notify_refused: "The browser does not allow notifications from this page; its site settings do.",
    sound: "Sound",
    said_progress: |percent| format!("{percent} per cent downloaded."),
    elapsed: "Elapsed",
    left: "Left",
    left_unknown: "not known yet",
    left_paused: "paused",
    left_offline: "Offline: waiting",
    requested: "Requested",
    requested_hint: "by you",
    requested_existing: "devices in these batches",
    created: "Created",
    created_hint: "as the cloud reports",
    downloaded: "Downloaded",
    downloaded_hint: "whole rows in the table",
    rate: "Calls a second, in the last minute",
    rate_value: |rate| match rate {
        Some(rate) => {
            format!("{}: {} of {} a second", rate.action.name(), rate.per_second, rate.quota)
        }
        None => "No call in the last second".to_owned(),
    },
    calls: |run| {
        [
            &counted(run.calls, "call", "calls"),
            " · ",
            &(if run.throttled == 0 {
                "never over a quota".to_owned()
            } else {
                [&counted(run.throttled, "call was", "calls were"), " over a quota and waited"].concat()
            }),
            " · ",
            &(if run.retried == 0 { "none".to_owned() } else { number(run.retried) }),
            " sent again",
        ]
        .concat()
    },
    verdict: verdict_name,
    verdict_text: |verdict, run| {
        match verdict {
        Verdict::Complete if run.is_existing => [
            "All devices that the cloud reports for these batches are in the table: ",
            &number(run.requested),
            ". Every row has a distinct name and a secret.",
        ]
        .concat(),
        Verdict::Complete => [
            "Requested, created and downloaded are equal: ",
            &number(run.requested),
            ". Every row has a distinct name and a secret.",
        ]
        .concat(),
        Verdict::Incomplete if run.is_existing => [
            &rows(run.downloaded),
            " are in the table; the messages below say what is missing or not known. Read it again, or save what is there.",
        ]
        .concat(),
        Verdict::Incomplete => [
            &number(run.downloaded),
            " of ",
            &devices(run.requested),
            " are in the table; the messages below say what is missing or not known. Read it again, make a new run of it, or \
             save what is there.",
        ]
        .concat(),
        Verdict::Failed if run.is_existing => {
            "Nothing could be read. The message below says why and what to do.".to_owned()
        }
        Verdict::Failed => "No device was registered. The message below says why and what to do.".to_owned(),
        Verdict::Cancelled if run.is_existing => {
            ["You ended the run. It changed nothing; ", &rows(run.downloaded), " are in the table."].concat()
        }
        Verdict::Cancelled => [
            "You ended the run. The cloud has accepted ",
            &devices(run.accepted),
            ", and they stay there; ",
            &rows(run.downloaded),
            " are in the table.",
        ]
        .concat(),
    }
    },
    reason: super::reason,
    read_again: "Read again",
    retry: |count| ["New run for ", &devices(count), " that may be tried again"].concat(),
    save_failed: |count| ["Save the list of ", &devices(count), " that failed"].concat(),
    leave: "Keep this tab open. If it is closed or crashes, open this page again in this browser: it offers to go on.",
    pause: "Pause",
    resume: "Resume",
    take: "Take what was found",
    cancel: "Cancel",
    cancel_ask: |run| {
        if run.is_existing {
            return "End the run? It has changed nothing. Rows not fetched yet will be missing.".to_owned();
        }
        let unclear =
            if run.unclear == 0 { String::new() } else { [" ", &devices(run.unclear), " more may exist."].concat() };
        [
            "End the run? The cloud has accepted ",
            &devices(run.accepted),
            "; they are made all the same and stay.",
            &unclear,
            " Nothing more is sent, and rows not fetched yet will be missing.",
        ]
        .concat()
    },
    cancel_sure: "End the run",
    cancel_not: "Go on",
    again: "New run",
    own_account: "Now with my own account",
    batches: |count| counted(u32::try_from(count).unwrap_or(u32::MAX), "batch", "batches"),
    batch: "Batch",
    batch_devices: "Devices",
    batch_apply_id: "ApplyId",
    batch_state: "State",
    batch_state_name: |state| match state {
        BatchState::Waiting => "waiting",
        BatchState::Submitting => "being sent",
        BatchState::Registering => "being made",
        BatchState::Fetching => "being fetched",
        BatchState::Complete => "complete",
        BatchState::Incomplete => "incomplete",
        BatchState::Refused => "refused",
        BatchState::Unclear => "unclear",
        BatchState::NotSent => "not sent",
        BatchState::Cancelled => "cancelled",
    },
    batch_rows: |batch| match batch.created {
        Some(created) => [&number(batch.downloaded), " of ", &number(created)].concat(),
        None => number(batch.downloaded),
    },
    batch_rows_name: "Downloaded of created",
    batch_no_apply_id: "none",
    archives: "Certificates",
    archives_hint: "Devices of an X.509 product have a certificate in place of a secret. The cloud keeps those of each batch \
                    in an archive; its link holds for 30 days, and whoever has it has the private keys.",
    archives_ask: "Ask for the links",
    archive: |batch, host| {
        ["Batch ", &number(batch), ": archive of certificates on ", host, " (opens a new tab)"].concat()
    },
};

fn verdict_name(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Complete => "Complete",
        Verdict::Incomplete => "Incomplete",
        Verdict::Failed => "Failed",
        Verdict::Cancelled => "Cancelled",
    }
}
