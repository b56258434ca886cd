//! What is told of a run when it is over. In: what happens, as it happens. Out: the facts for manifests and audit records;
//! no secret of any kind.

use provisioner_core::export::facts::{Facts, Happening, Place};
use provisioner_core::export::manifest::FileRecord;
use provisioner_core::run::Run;
use provisioner_core::secret::{AccessKey, MaskedId};
use provisioner_core::time::WallTime;

use super::effects::clock;

/// Happenings that are kept: a run of a hundred batches makes a few for each.
const EVENTS_MAX: usize = 2_000;

/// The notes on one run.
pub(super) struct Record {
    access_key_id: MaskedId,
    temporary: bool,
    started_at: WallTime,
    ended_at: Option<WallTime>,
    events: Vec<(WallTime, Happening)>,
    files: Vec<FileRecord>,
}

impl Record {
    /// Begins with how the run began.
    pub(super) fn new(key: &AccessKey, started_at: WallTime, how: Happening) -> Self {
        let mut record = Self {
            access_key_id: MaskedId::new(&key.id),
            temporary: key.token.is_some(),
            started_at,
            ended_at: None,
            events: Vec::new(),
            files: Vec::new(),
        };
        record.note(how);
        record
    }

    /// Notes what happened now.
    pub(super) fn note(&mut self, happening: Happening) {
        let now = clock::now().wall;
        if happening == Happening::Ended {
            self.ended_at = Some(now);
        }
        if self.events.len() < EVENTS_MAX {
            self.events.push((now, happening));
        }
    }

    /// The run goes on with this key.
    pub(super) fn take_key(&mut self, key: &AccessKey) {
        self.access_key_id = MaskedId::new(&key.id);
        self.temporary = key.token.is_some();
    }

    /// Notes a file that was saved.
    pub(super) fn saved(&mut self, file: FileRecord) {
        self.files.push(file);
    }

    /// All that is known of the run now.
    pub(super) fn facts(&self, run: &Run) -> Facts {
        let (plan, now) = (run.plan(), clock::now());
        Facts {
            place: Place {
                product_key: plan.product_key.clone(),
                iot_instance_id: plan.instance_id.clone(),
                region_id: plan.target.region_id.clone(),
                endpoint_host: plan.target.host.clone(),
            },
            access_key_id: self.access_key_id.clone(),
            temporary: self.temporary,
            started_at: self.started_at,
            ended_at: self.ended_at,
            report: run.report(now),
            events: self.events.clone(),
            files: self.files.clone(),
            told_at: now.wall,
        }
    }
}
