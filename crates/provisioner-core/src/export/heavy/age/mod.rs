//! Any file, encrypted as an age file (age-encryption.org/v1). In: a format, a passphrase or recipients. Out: the
//! encrypted file, without armour, and a proof to check it by before it counts as saved.
//!
//! A file for a passphrase is opened again with the passphrase itself. A file for recipients cannot be opened by us,
//! who lack their identities: there the file key is kept until the check, which proves everything but the recipients'
//! own stanzas, and those the library makes from keys whose checksums were right.

use std::cell::RefCell;
use std::collections::HashSet;
use std::io::{self, Read, Write as _};
use std::iter::once;
use std::rc::Rc;

use age::stream::StreamWriter;
use age::{DecryptError, Decryptor, EncryptError, Encryptor, Identity, scrypt, x25519};
use age_core::format::{FileKey, Stanza};
use age_core::secrecy::{ExposeSecret as _, SecretString};
use sha2::{Digest as _, Sha256};
use zeroize::Zeroize as _;

use super::sink::Sink;
use crate::export::{CheckFault, ExportError, FileFormat, LockFault, Record};
use crate::secret::Secret;

/// The work factor of the stock tool (filippo.io/age): scrypt with N = 2^18 and 256 MiB of memory, about a second.
pub const STOCK_WORK_FACTOR: u8 = 18;
/// The largest that the stock tool opens.
const WORK_FACTOR_MAX: u8 = 22;

/// What a file is encrypted with.
pub struct Lock(Kind);

enum Kind {
    Passphrase { passphrase: SecretString, work_factor: u8 },
    Recipients(Vec<x25519::Recipient>),
}

impl Lock {
    /// A passphrase, with the work factor as a power of two; [`STOCK_WORK_FACTOR`] for files that count.
    pub fn passphrase(passphrase: &Secret, work_factor: u8) -> Result<Self, LockFault> {
        if passphrase.is_empty() {
            return Err(LockFault::EmptyPassphrase);
        }
        if !(1..=WORK_FACTOR_MAX).contains(&work_factor) {
            return Err(LockFault::WorkFactor);
        }
        Ok(Self(Kind::Passphrase { passphrase: secret_string(passphrase), work_factor }))
    }

    /// Recipients, one a line; empty lines and those that begin with `#` do not count, as in the stock tool's files.
    pub fn recipients(lines: &str) -> Result<Self, LockFault> {
        let mut recipients = Vec::new();
        for (number, line) in (1..).zip(lines.lines().map(str::trim)) {
            if !line.is_empty() && !line.starts_with('#') {
                let fault = |reason: &str| LockFault::Recipient { line: number, reason: reason.to_owned() };
                recipients.push(line.parse::<x25519::Recipient>().map_err(fault)?);
            }
        }
        if recipients.is_empty() { Err(LockFault::NoRecipient) } else { Ok(Self(Kind::Recipients(recipients))) }
    }
}

fn secret_string(secret: &Secret) -> SecretString {
    SecretString::from(secret.expose().to_owned())
}

/// A format whose bytes are encrypted. Nothing of it is readable before [`FileFormat::close`], and nothing counts as
/// saved before [`Proof::check`].
pub struct Encrypted {
    inner: Box<dyn FileFormat>,
    stream: Option<StreamWriter<Sink>>,
    sink: Sink,
    plain: Vec<u8>,
    digest: PlainDigest,
    key: Key,
}

/// Length and hash of what was encrypted: comparing these takes no memory, however large the file.
#[derive(Clone, Default)]
struct PlainDigest {
    bytes: u64,
    sha256: Sha256,
}

impl PlainDigest {
    fn update(&mut self, plain: &[u8]) {
        self.bytes += plain.len() as u64;
        self.sha256.update(plain);
    }
}

/// What opens the file again.
enum Key {
    Passphrase { passphrase: SecretString, work_factor: u8 },
    FileKey(KeptFileKey),
}

impl Encrypted {
    /// Encrypts what `inner` writes. With a passphrase this takes a second.
    pub fn new(inner: Box<dyn FileFormat>, lock: Lock) -> Result<Self, ExportError> {
        let (encryptor, key) = match lock.0 {
            Kind::Passphrase { passphrase, work_factor } => {
                let mut recipient = scrypt::Recipient::new(passphrase.clone());
                recipient.set_work_factor(work_factor);
                (Encryptor::with_recipients(once(&recipient as _)), Key::Passphrase { passphrase, work_factor })
            }
            Kind::Recipients(recipients) => {
                let kept = KeptFileKey::default();
                let recipients: Vec<_> =
                    recipients.into_iter().map(|inner| Witness { inner, kept: kept.clone() }).collect();
                (Encryptor::with_recipients(recipients.iter().map(|recipient| recipient as _)), Key::FileKey(kept))
            }
        };
        let sink = Sink::default();
        let encryptor = encryptor.map_err(|error| ExportError::Failed(error.to_string()))?;
        let stream = encryptor.wrap_output(sink.clone()).map_err(failed)?;
        Ok(Self { inner, stream: Some(stream), sink, plain: Vec::new(), digest: PlainDigest::default(), key })
    }

    /// What to check the written file by.
    #[must_use]
    pub fn into_proof(mut self) -> Proof {
        let nothing = Key::FileKey(KeptFileKey::default());
        Proof { digest: core::mem::take(&mut self.digest), key: core::mem::replace(&mut self.key, nothing) }
    }

    /// Encrypts what the inner format has written.
    fn pass_on(&mut self, written: Result<(), ExportError>, out: &mut Vec<u8>) -> Result<(), ExportError> {
        written?;
        self.digest.update(&self.plain);
        if let Some(stream) = &mut self.stream {
            stream.write_all(&self.plain).map_err(failed)?;
        }
        self.plain.clear();
        self.sink.drain_into(out);
        Ok(())
    }
}

impl Drop for Encrypted {
    fn drop(&mut self) {
        self.plain.zeroize();
    }
}

impl FileFormat for Encrypted {
    fn open(&mut self, out: &mut Vec<u8>) -> Result<(), ExportError> {
        let written = self.inner.open(&mut self.plain);
        self.pass_on(written, out)
    }

    fn record(&mut self, record: &Record<'_>, out: &mut Vec<u8>) -> Result<(), ExportError> {
        let written = self.inner.record(record, &mut self.plain);
        self.pass_on(written, out)
    }

    fn close(&mut self, out: &mut Vec<u8>) -> Result<(), ExportError> {
        let written = self.inner.close(&mut self.plain);
        self.pass_on(written, out)?;
        if let Some(stream) = self.stream.take() {
            stream.finish().map_err(failed)?;
        }
        self.sink.drain_into(out);
        Ok(())
    }
}

fn failed(error: io::Error) -> ExportError {
    ExportError::Failed(error.to_string())
}

/// What a written file is checked by; holds the key, so it is to be dropped after the check.
pub struct Proof {
    digest: PlainDigest,
    key: Key,
}

impl Proof {
    /// Opens the file as it was saved, reads all of it, and compares it with what was encrypted.
    pub fn check(&self, file: impl Read) -> Result<(), CheckFault> {
        match &self.key {
            Key::Passphrase { passphrase, work_factor } => {
                self.check_with(file, &passphrase_identity(passphrase.clone(), *work_factor))
            }
            Key::FileKey(kept) => self.check_with(file, kept),
        }
    }

    fn check_with(&self, file: impl Read, identity: &dyn Identity) -> Result<(), CheckFault> {
        let damaged = |error: &dyn core::fmt::Display| CheckFault::Damaged(error.to_string());
        let decryptor = Decryptor::new(file).map_err(|error| damaged(&error))?;
        let mut plain = decryptor.decrypt(once(identity)).map_err(|error| damaged(&error))?;
        let mut digest = PlainDigest::default();
        let mut piece = vec![0; 1 << 16];
        let read = loop {
            match plain.read(&mut piece) {
                Ok(0) => break Ok(()),
                Ok(length) => digest.update(&piece[..length]),
                Err(error) => break Err(damaged(&error)),
            }
        };
        piece.zeroize();
        read?;
        let same =
            digest.bytes == self.digest.bytes && digest.sha256.finalize() == self.digest.sha256.clone().finalize();
        if same { Ok(()) } else { Err(CheckFault::Differs) }
    }
}

fn passphrase_identity(passphrase: SecretString, work_factor: u8) -> scrypt::Identity {
    let mut identity = scrypt::Identity::new(passphrase);
    identity.set_max_work_factor(work_factor);
    identity
}

/// The key that the file's content is encrypted with, kept until the file has been checked.
#[derive(Clone, Default)]
struct KeptFileKey(Rc<RefCell<Option<FileKey>>>);

fn copy(key: &FileKey) -> FileKey {
    FileKey::init_with_mut(|bytes| bytes.copy_from_slice(key.expose_secret()))
}

impl Identity for KeptFileKey {
    fn unwrap_stanza(&self, _: &Stanza) -> Option<Result<FileKey, DecryptError>> {
        self.0.borrow().as_ref().map(|key| Ok(copy(key)))
    }
}

/// A recipient that keeps the file key it is given.
struct Witness {
    inner: x25519::Recipient,
    kept: KeptFileKey,
}

impl age::Recipient for Witness {
    fn wrap_file_key(&self, key: &FileKey) -> Result<(Vec<Stanza>, HashSet<String>), EncryptError> {
        *self.kept.0.borrow_mut() = Some(copy(key));
        self.inner.wrap_file_key(key)
    }
}

#[cfg(test)]
mod tests;
