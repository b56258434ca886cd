//! A connection is tried out. In: where calls go, and who signs. Out: what was found, in words.

use provisioner_core::cloud::{StampSource, address};
use provisioner_core::model::action::Action;
use provisioner_core::model::connection::{Finding, Reached};
use provisioner_core::plan::{FormInput, instance_id, target};
use provisioner_core::probe::{Probe, Step, nobody};
use provisioner_core::run::ANSWER_WITHIN_MS;
use provisioner_core::secret::AccessKey;

use super::effects::demo::Demo;
use super::effects::{clock, fetch, random};
use super::exchange::Exchange;
use super::telling;
use crate::protocol::Tried;
use crate::words::{self, Way};

/// Tries out what a form says, with this key if it is whole.
pub(super) async fn try_out(form: &FormInput, key: AccessKey) -> Tried {
    let target = target(form).expect("the page tries out only what parses");
    // An id that cannot be sent is a fault of its own, and not of the connection.
    let instance_id = instance_id(&form.instance_id).unwrap_or_default();
    let mut probe = Probe::new(target, instance_id, !key.id.is_empty() && !key.secret.is_empty());
    let mut stamps = StampSource::new(random::seed());
    let (nobody, no_demo) = (nobody(), Demo::default());
    loop {
        match probe.next() {
            Step::Send { call, target, is_users } => {
                let signer = if is_users { &key } else { &nobody };
                let stamp = stamps.stamp(clock::now().wall);
                let exchange = Exchange::new(&call, &stamp, Some(signer), &target, &no_demo);
                probe.answered(exchange.perform(ANSWER_WITHIN_MS).await.0);
            }
            Step::Knock(target) => probe.knocked(fetch::knock(&address(&target)).await),
            Step::Done => return told(&probe),
        }
    }
}

fn told(probe: &Probe) -> Tried {
    let (target, finding) = (probe.target(), probe.finding().expect("it is over"));
    let place = telling::place(target);
    let origin = fetch::origin();
    let way = Way { place: &place, origin: &origin, target };
    let trouble = match finding {
        Finding::Reached(Reached::Refused(refusal)) => {
            Some(Box::new(words::of_refusal(refusal, Action::QueryProductList)))
        }
        _ => None,
    };
    Tried {
        works: matches!(finding, Finding::Reached(_)),
        is_direct_open: probe.direct() == Some(true),
        told: Box::new(words::of_finding(finding, probe.direct(), &way)),
        trouble,
    }
}
