//! English: what a run tells. In: a notice. Out: what happened, what is already true, what to do.

use provisioner_core::model::action::Action;
use provisioner_core::model::report::{Failure, Notice, NoticeKind, Rejection};

use super::super::{Said, Words};
use super::{counted, devices, failure, number, rows};

/// Where one finds a batch in the vendor's console.
const CONSOLE: &str = "In the console, Devices › Batch Management lists every batch with its time and size";

/// Puts a notice into words.
pub(in crate::words) fn notice(notice: &Notice, place: &str) -> Words {
    let batch = notice.batch.unwrap_or_default();
    let mut items = Vec::new();
    let mut quote = String::new();
    let mut said = |said: Said| {
        quote = said.quote;
        (said.what, said.todo)
    };
    let (what, first, todo) = match &notice.kind {
        NoticeKind::CheckFailed(failure) => {
            let (what, todo) = said(failure::said(failure, Action::QueryDevice, place));
            return Words {
                what: ["The check before the first batch failed. ", &what].concat(),
                quote,
                items,
                already: "Nothing was registered: no call that makes devices was sent.".into(),
                todo,
            };
        }
        NoticeKind::BatchRefused(failure) => {
            if let Failure::Refused(refusal) = failure {
                items = refusal.rejected.iter().map(|one| item(&one.name, &one.reason)).collect();
            }
            let (what, todo) = said(failure::said(failure, Action::BatchRegisterDevice, place));
            (format!("Batch {batch} was refused. {what}"), "No device of this batch was made.".to_owned(), todo)
        }
        NoticeKind::BatchUnknown(failure) => {
            let (what, todo) = said(failure::said(failure, Action::QueryBatchRegisterDeviceStatus, place));
            (
                format!("Batch {batch} cannot be read. {what}"),
                "Nothing was changed. Other batches, if there are any, are read all the same.".to_owned(),
                todo,
            )
        }
        NoticeKind::BatchEmpty(status) => (
            format!("Batch {batch} has no devices. Its status is {status}."),
            "There is nothing to be read of it.".to_owned(),
            [
                "If its names were only checked (CHECK_SUCCESS), register them in a new run. Otherwise its devices may have been \
                 deleted. ",
                CONSOLE,
                ".",
            ]
            .concat(),
        ),
        NoticeKind::BatchUnclear(failure) => {
            let (what, todo) = said(failure::said(failure, Action::BatchRegisterDevice, place));
            (
                format!("Batch {batch} was sent, but no clear answer came back. {what}"),
                "Its devices may or may not exist. Nothing is sent that could make them twice.".to_owned(),
                ["Keep this page open: it looks for them in the product once the other batches are finished. ", &todo]
                    .concat(),
            )
        }
        NoticeKind::BatchRebuilt(count) => (
            format!("Batch {batch}: {} of it were found in the product.", devices(*count)),
            "They are newer than the lost call and belong to no other batch, as many as were asked for.".to_owned(),
            "Nothing. These rows carry no ApplyId, since that was in the lost answer.".to_owned(),
        ),
        NoticeKind::BatchNotFound(asked, found) => (
            format!(
                "Batch {batch}: {} were asked for, and {} in the product can be theirs.",
                devices(*asked),
                counted(*found, "new device", "new devices")
            ),
            if found > asked {
                "Somebody else registers in this product too, or the call was carried out twice."
            } else if *found == 0 {
                "Most likely the call never arrived: nothing has appeared for ten minutes."
            } else {
                "Nothing more has appeared for ten minutes."
            }
            .to_owned(),
            "Resume looks again. Take what was found puts those rows into the table as they are. To register the \
             devices after all, end this run and begin a new one for their number."
                .to_owned(),
        ),
        NoticeKind::ProductTooLarge(total) => (
            format!("Batch {batch} cannot be looked for: the product holds {}.", devices(*total)),
            "The vendor's list of so large a product ends after 10,000 rows.".to_owned(),
            [CONSOLE, ": if this one is there, its credentials can be downloaded there. Then cancel here."].concat(),
        ),
        NoticeKind::Offline => (
            "This browser has lost its connection.".to_owned(),
            "Nothing more is sent; answers that were on their way may be lost.".to_owned(),
            "Nothing: the run goes on by itself when the connection is back.".to_owned(),
        ),
        NoticeKind::ProductFull(total, limit) => (
            format!(
                "The product has {total} devices; with those asked for it would have more than {limit}, the vendor's limit."
            ),
            "Nothing was registered.".to_owned(),
            "Ask for fewer devices, or use another product.".to_owned(),
        ),
        NoticeKind::ProductSurplus(count) => (
            format!("The product has {} more than this run made.", devices(*count)),
            "A call whose answer was lost may have been carried out twice, or somebody else registers too.".to_owned(),
            [CONSOLE, ": compare there, and delete what nobody asked for."].concat(),
        ),
        NoticeKind::NamesAbsent(count, first) => (
            format!(
                "Batch {batch}: {} not among the rows, the first is {first}.",
                counted(*count, "name is", "names are")
            ),
            "The other devices of this batch exist and are in the table.".to_owned(),
            "Look these names up in the console, then register those that are missing in a new run.".to_owned(),
        ),
        NoticeKind::JournalFailed(reason) => (
            ["This browser could not keep the run's journal, and the run is paused. ", reason].concat(),
            "Nothing was sent without being noted first.".to_owned(),
            "Free space on this computer's disk, then press Resume.".to_owned(),
        ),
        NoticeKind::Stopped(action, failure) => {
            let (what, todo) = said(failure::said(failure, *action, place));
            (
                format!("{} stopped, and the run is paused. {what}", action.name()),
                "What the cloud has accepted is safe there; the call that stopped was not carried out.".to_owned(),
                [&todo, " Then press Resume."].concat(),
            )
        }
        NoticeKind::BatchFailed(status, failed) => {
            items = failed.iter().map(|(name, said)| item(name, &Rejection::Said(said.clone()))).collect();
            let is_made = status != "CHECK_FAILED";
            (
                format!("The cloud ended batch {batch} with {status}: it found fault with single devices."),
                if is_made {
                    "The devices of this batch that were made stay and are fetched."
                } else {
                    "No device of this batch was made."
                }
                .to_owned(),
                if is_made {
                    "When the run has ended, make a new run for what is missing."
                } else {
                    "When the run has ended, make a new run for the other names, and change these."
                }
                .to_owned(),
            )
        }
        NoticeKind::CountDiffers(requested, created) => (
            format!(
                "Batch {batch}: {} were asked for, and the cloud reports {}.",
                devices(*requested),
                number(*created)
            ),
            "The reported devices exist and are fetched.".to_owned(),
            if created < requested {
                "Register the missing number in a new run.".to_owned()
            } else {
                [CONSOLE, ": compare there before you use the table."].concat()
            },
        ),
        NoticeKind::RowsUnusable(count, first) => (
            format!(
                "Batch {batch}: {} came without a DeviceName, DeviceSecret or IotId{}.",
                rows(*count),
                if first.is_empty() { String::new() } else { [", the first is ", first].concat() }
            ),
            "These devices exist, but they are not in the table.".to_owned(),
            "Look these devices up in the console and take their secrets from there.".to_owned(),
        ),
        NoticeKind::NoSecrets(count) => (
            format!("Batch {batch}: none of its {} has a DeviceSecret.", devices(*count)),
            "They exist, and are not in the table. Devices of an X.509 product have a certificate instead.".to_owned(),
            "When the run has ended, ask for the links to the certificates below. For another product, check what this key \
             may read."
                .to_owned(),
        ),
        NoticeKind::ArchiveUnknown(failure) => {
            let (what, todo) = said(failure::said(failure, Action::QueryCertUrlByApplyId, place));
            (
                [&format!("Batch {batch}: the cloud did not say where its certificates are. "), &what[..]].concat(),
                "The devices and their certificates exist.".to_owned(),
                [&todo, " Then ask for the links again; the console has them too."].concat(),
            )
        }
        NoticeKind::RowsMissing(count) => (
            format!("Batch {batch}: {} are missing, even after reading again.", rows(*count)),
            "The cloud says that these devices exist.".to_owned(),
            [CONSOLE, " and downloads all of its credentials."].concat(),
        ),
        NoticeKind::RowsConflict(count, first) => (
            format!(
                "Batch {batch}: {} came twice with different credentials, the first is {first}.",
                if *count == 1 { "one name".to_owned() } else { [&number(*count), " names"].concat() }
            ),
            "The table keeps what came first.".to_owned(),
            "Compare these devices with the console before you use them.".to_owned(),
        ),
        NoticeKind::RowsBeyondTotal(count) => (
            format!("Batch {batch}: {} more arrived than the cloud says exist.", rows(*count)),
            "All of them are in the table.".to_owned(),
            [CONSOLE, ": compare there before you use the table."].concat(),
        ),
        NoticeKind::BatchStuck(status, minutes) => (
            format!("Batch {batch} has not ended within {minutes} minutes. Its last status was {status}."),
            "The cloud has accepted the batch and may still finish it.".to_owned(),
            [CONSOLE, ". Note the ApplyId below, and look there later."].concat(),
        ),
    };
    Words { what, quote, items, already: [&first, " ", &standing(notice)].concat(), todo }
}

/// A name with its reason, where there is one.
fn item(name: &str, reason: &Rejection) -> String {
    let said = super::reason(reason);
    if said.is_empty() { name.to_owned() } else { [name, ": ", &said].concat() }
}

/// What the whole run has reached so far.
fn standing(notice: &Notice) -> String {
    let mut text =
        ["In all: ", &devices(notice.accepted), " accepted, ", &rows(notice.downloaded), " downloaded"].concat();
    if notice.unclear > 0 {
        text = [&text, ", ", &devices(notice.unclear), " unclear"].concat();
    }
    text.push('.');
    text
}
