//! The certificates of X.509 devices: they are in no row, the cloud hands out an archive of each batch. In: batches of the
//! run. Out: the address of each archive, which goes to the page and nowhere else.

use gloo_timers::future::TimeoutFuture;
use provisioner_core::cloud::actions::query_cert_url_by_apply_id;
use provisioner_core::cloud::{Answer, Call};
use provisioner_core::export::facts::Happening;
use provisioner_core::model::action::Action;
use provisioner_core::model::report::{Failure, Notice, NoticeKind};
use provisioner_core::run::ANSWER_WITHIN_MS;

use super::driver::{Inbox, Message};
use super::effects::{clock, port};
use super::exchange::Exchange;
use super::files::Question;
use super::session::Active;
use super::telling::tell as tell_notice;
use crate::protocol::Event;

/// The call for each of these batches, by number, that has an ApplyId.
pub(super) fn calls(active: &Active, batches: &[u32]) -> Vec<(u32, Call)> {
    let apply_ids = active.run.apply_ids();
    let call = |&number: &u32| {
        let apply_id = apply_ids.get(number.checked_sub(1)? as usize).filter(|id| !id.is_empty())?;
        Some((number, query_cert_url_by_apply_id::ask(active.run.plan(), apply_id)))
    };
    batches.iter().filter_map(call).collect()
}

/// Sends them one after the other, up to the first that fails. The run sends none of this kind, so that their quota is
/// theirs alone.
pub(super) async fn fetch(exchanges: Vec<(u32, Exchange)>, run: u32, inbox: Inbox) {
    for (batch, exchange) in exchanges {
        let (outcome, _) = exchange.perform(ANSWER_WITHIN_MS).await;
        let failed = outcome.is_err();
        let question: Question = match outcome {
            Ok(answer) => Box::new(move |_| tell(batch, answer)),
            Err(failure) => Box::new(move |active| tell_failure(active, batch, failure)),
        };
        // Of a run that has been replaced nothing is told. Only a worker that is being ended has no loop.
        let _ = inbox.unbounded_send(Message::Asked { run, question });
        if failed {
            break;
        }
        TimeoutFuture::new(1_000 / Action::QueryCertUrlByApplyId.quota_per_second()).await;
    }
}

fn tell(batch: u32, answer: Answer) {
    if let Answer::Certificates { address } = answer {
        port::post_secret(Event::Archive { batch, address: address.expose().to_owned() });
    }
}

fn tell_failure(active: &mut Active, batch: u32, failure: Failure) {
    let report = active.run.report(clock::now());
    let notice = Notice {
        kind: NoticeKind::ArchiveUnknown(failure),
        batch: Some(batch),
        accepted: report.accepted,
        unclear: report.unclear,
        downloaded: report.downloaded,
    };
    active.record.note(Happening::Told(notice.clone()));
    tell_notice(&notice, &active.run.plan().target);
}
