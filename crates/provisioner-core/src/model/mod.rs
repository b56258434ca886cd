//! Plain data that every other module names: actions and their quotas, regions, and what a run reports.
//! Uses nothing; holds no behaviour beyond looking a value up.

pub mod action;
pub mod connection;
pub mod device;
pub mod error_code;
pub mod lookup;
pub mod policy;
pub mod region;
pub mod report;
