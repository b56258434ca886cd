//! Formats that need large libraries: ZIP, XLSX, labels with QR codes, and encryption. In: rows. Out: bytes. A workbook
//! is read here too.
//!
//! They stand behind the cargo feature `exporter`, so that a program that is loaded first never carries them.

pub mod age;
pub mod device_files;
pub mod labels;
pub mod making;
pub mod sheet;
mod sink;
pub mod xlsx;
