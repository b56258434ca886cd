//! How a world ended. In: the world. Out: what the run says, and what is true in the cloud.

use provisioner_core::journal::{Entry, Record as _};
use provisioner_core::model::report::{NoticeKind, RunReport};
use provisioner_core::table::Row;
use simcloud::Device;

use crate::world::{EPOCH_MS, World};

pub struct Ending {
    pub report: RunReport,
    pub notices: Vec<NoticeKind>,
    pub state: simcloud::State,
    /// Register calls that left, whether they arrived or not.
    pub registers_sent: u32,
    /// What a resume would begin with.
    pub journal: Vec<Entry>,
    /// When each entry was kept, in virtual milliseconds.
    pub kept_at: Vec<u64>,
    /// When it had its verdict, in virtual milliseconds.
    pub ended_at_ms: u64,
    /// Memory that the table takes, in bytes.
    pub table_bytes: usize,
    /// What the journal's records take in the browser's store, in bytes.
    pub journal_bytes: usize,
    /// Devices that exist and were not there before, as (DeviceName, DeviceSecret, IotId), sorted.
    pub existing: Vec<[String; 3]>,
    /// Rows of the table, likewise.
    pub table: Vec<[String; 3]>,
    /// DeviceName and nickname of what exists, and of the rows of the table, sorted; where there is one.
    pub nicknames: [Vec<[String; 2]>; 2],
    /// What the run says of each device that it misses: DeviceName, code, and whether a new run may ask for it.
    pub failed: Vec<(String, String, bool)>,
    /// Devices with random names that were surely not made.
    pub unmade: u32,
}

impl World {
    pub fn ending(self, product_key: &str) -> Ending {
        // A day later every batch has ended.
        let late = EPOCH_MS + self.now_ms + 86_400_000;
        let mut made = self.cloud.devices(product_key, late, 0, u64::from(u32::MAX));
        made.retain(|device| !self.foreign.contains(&device.device_name));
        let device = |device: &Device| [&device.device_name, &device.device_secret, &device.iot_id].map(String::clone);
        let row = |row: Row<'_>| [row.device_name, row.device_secret, row.iot_id].map(str::to_owned);
        let rows = || self.run.table().rows();
        let named = |nickname: &[String; 2]| !nickname[1].is_empty();
        let made_nicknames = made.iter().map(|device| [device.device_name.clone(), device.nickname.clone()]);
        let nicknames = rows().map(|row| [row.device_name, row.nickname].map(str::to_owned));
        let mut failed = Vec::new();
        self.run.each_failed(&mut |device| {
            failed.push((device.device_name.to_owned(), device.code.to_owned(), device.may_be_tried));
        });
        Ending {
            report: self.run.report(self.clocks()),
            state: self.cloud.state(late),
            registers_sent: self.registers_sent,
            ended_at_ms: self.now_ms,
            table_bytes: self.run.table().memory(),
            journal_bytes: self.journal.iter().map(|entry| entry.record().len()).sum(),
            existing: sorted(made.iter().map(device)),
            table: sorted(rows().map(row)),
            nicknames: [sorted(made_nicknames.filter(named)), sorted(nicknames.filter(named))],
            failed,
            unmade: self.run.unmade(),
            notices: self.notices.into_iter().map(|notice| notice.kind).collect(),
            journal: self.journal,
            kept_at: self.kept_at,
        }
    }
}

fn sorted<T: Ord>(all: impl Iterator<Item = T>) -> Vec<T> {
    let mut all: Vec<T> = all.collect();
    all.sort_unstable();
    all
}
