//! What a world is made of. Plain data; `world` brings it to life.

use provisioner_core::plan::Signature;
use simcloud::{Choices, Effect};

use crate::computer::Sleep;

/// In place of a batch's devices: an ApplyId that the cloud never gave.
pub const NO_BATCH: u32 = 0;

/// What is to be run; every field has a plain default.
pub struct Setting {
    pub devices: u32,
    pub product_key: &'static str,
    pub instance_id: &'static str,
    pub region_id: &'static str,
    pub access_key: (&'static str, &'static str, Option<&'static str>),
    pub faults: Vec<(&'static str, u64, u64, Effect)>,
    pub clock_skew_ms: i64,
    pub seed: u64,
    pub signature: Signature,
    /// The user's clicks, at virtual milliseconds.
    pub clicks: Vec<(u64, Click)>,
    /// What the user answers to each question, in order; the last one again and again.
    pub answers: Vec<Click>,
    /// Devices in each batch, where they are to be smaller than the vendor's limit.
    pub batches: Vec<u32>,
    /// Devices of batches that somebody submitted half a second before the run, which reads them and registers nothing.
    pub existing: Vec<u32>,
    /// Whether the devices have names of the user's own.
    pub is_named: bool,
    /// Whether most of these have a nickname too.
    pub has_nicknames: bool,
    /// So many of the last names are those of the first devices once more, which no form would let through.
    pub repeated_names: u32,
    /// Whether the user has the run read again what is missing after its end.
    pub reads_again: bool,
    /// Moments at which the program dies, each followed by a resume a second later.
    pub crashes: Vec<u64>,
    /// Numbers of the appends, from 0, that the browser cannot keep; tried once more, an entry counts as another.
    pub unkept: Vec<usize>,
    /// Devices that somebody else had in the product an hour before the run.
    pub devices_before: u32,
    /// Batches that somebody else submits: at a virtual millisecond, so many devices.
    pub strangers: Vec<(u64, u32)>,
    /// When the line goes down, and when it is up again.
    pub offline: Vec<(u64, u64)>,
    /// When the computer sleeps.
    pub sleeps: Vec<Sleep>,
    /// When the computer's calendar is set forward, or back, by so many milliseconds.
    pub calendar: Vec<(u64, i64)>,
    /// What nobody knows of the cloud.
    pub choices: Choices,
    /// Percent of each quota that the run takes.
    pub share_percent: u32,
}

/// What the user does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Click {
    Pause,
    Resume,
    Take,
    Cancel,
}

impl Default for Setting {
    fn default() -> Self {
        Self {
            devices: 100,
            product_key: "a1SimCloud1",
            instance_id: "",
            region_id: "cn-shanghai",
            access_key: ("testid", "testsecret", None),
            faults: Vec::new(),
            clock_skew_ms: 0,
            seed: 1,
            signature: Signature::V1,
            clicks: Vec::new(),
            answers: vec![Click::Cancel],
            batches: Vec::new(),
            existing: Vec::new(),
            is_named: false,
            has_nicknames: false,
            repeated_names: 0,
            reads_again: false,
            crashes: Vec::new(),
            unkept: Vec::new(),
            devices_before: 0,
            strangers: Vec::new(),
            offline: Vec::new(),
            sleeps: Vec::new(),
            calendar: Vec::new(),
            choices: Choices::default(),
            share_percent: 90,
        }
    }
}
