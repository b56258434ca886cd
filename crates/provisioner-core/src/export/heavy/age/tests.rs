//! Files are opened with the other half of each lock, damaged, cut off, mixed up. In: a lock. Out: whether they count.

use super::*;
use crate::export::fixture::{bytes_of_all, context, table, text_of_all, write};
use crate::export::{Csv, Rows};

/// As quick as the format allows: these tests are not about the cost of guessing.
const QUICK: u8 = 2;

fn passphrase(text: &str) -> Secret {
    Secret::new(text.to_owned())
}

fn encrypted(lock: Lock) -> (Vec<u8>, Proof) {
    let mut format = Encrypted::new(Box::new(Csv::default()), lock).unwrap();
    let bytes = bytes_of_all(&mut format);
    (bytes, format.into_proof())
}

fn opened(file: &[u8], identity: &dyn Identity) -> String {
    let mut text = String::new();
    Decryptor::new(file).unwrap().decrypt(once(identity)).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn a_file_for_a_passphrase_opens_with_it_and_proves_itself() {
    let (file, proof) = encrypted(Lock::passphrase(&passphrase("correct horse"), QUICK).unwrap());
    assert!(file.starts_with(b"age-encryption.org/v1\n-> scrypt "));
    let identity = scrypt::Identity::new(SecretString::from("correct horse"));
    assert_eq!(opened(&file, &identity), text_of_all(&mut Csv::default()));
    assert_eq!(proof.check(file.as_slice()), Ok(()));
}

#[test]
fn a_file_for_recipients_opens_with_each_of_their_identities_and_has_no_other_stanza() {
    let identities = [x25519::Identity::generate(), x25519::Identity::generate()];
    let [one, other] = identities.each_ref().map(|identity| identity.to_public().to_string());
    let lock = Lock::recipients(&format!("# the line in Shenzhen\n{one}\r\n\n  {other}\n")).unwrap();
    let (file, proof) = encrypted(lock);
    for identity in &identities {
        assert_eq!(opened(&file, identity), text_of_all(&mut Csv::default()));
    }
    let header = String::from_utf8_lossy(&file[..400]).into_owned();
    // The library adds a stanza of random words, so that nobody comes to rely on there being none.
    assert_eq!(header.matches("-> X25519 ").count(), 2, "{header}");
    assert_eq!(proof.check(file.as_slice()), Ok(()));
}

#[test]
fn a_file_that_was_cut_off_changed_or_mixed_up_does_not_count() {
    let lock = || Lock::recipients(&x25519::Identity::generate().to_public().to_string()).unwrap();
    let (file, proof) = encrypted(lock());
    for length in [0, 20, 150, file.len() - 1] {
        assert!(matches!(proof.check(&file[..length]), Err(CheckFault::Damaged(_))), "{length}");
    }
    for at in [30, file.len() - 20] {
        let mut file = file.clone();
        file[at] ^= 1;
        assert!(matches!(proof.check(file.as_slice()), Err(CheckFault::Damaged(_))), "{at}");
    }
    let (another, _) = encrypted(lock());
    assert!(matches!(proof.check(another.as_slice()), Err(CheckFault::Damaged(_))));
}

#[test]
fn a_file_with_other_content_under_the_same_passphrase_does_not_count() {
    let lock = || Lock::passphrase(&passphrase("p"), QUICK).unwrap();
    let (_, proof) = encrypted(lock());
    let mut format = Encrypted::new(Box::new(Csv::default()), lock()).unwrap();
    let mut file = Vec::new();
    let table = crate::table::Table::default();
    write(&Rows::all(&table, context()), &mut format, &mut |piece| file.extend(piece)).unwrap();
    assert_eq!(proof.check(file.as_slice()), Err(CheckFault::Differs));
}

#[test]
fn a_file_without_its_end_does_not_open() {
    let mut format =
        Encrypted::new(Box::new(Csv::default()), Lock::passphrase(&passphrase("p"), QUICK).unwrap()).unwrap();
    let (table, mut file) = (table(), Vec::new());
    format.open(&mut file).unwrap();
    format.record(&Rows::all(&table, context()).record(0), &mut file).unwrap();
    let identity = scrypt::Identity::new(SecretString::from("p"));
    let mut reader = Decryptor::new(file.as_slice()).unwrap().decrypt(once(&identity as _)).unwrap();
    assert!(reader.read_to_end(&mut Vec::new()).is_err());
}

#[test]
fn a_lock_that_cannot_be_is_said_to_be_none() {
    let fault = |lock: Result<Lock, LockFault>| lock.err().unwrap();
    assert_eq!(fault(Lock::passphrase(&passphrase(""), QUICK)), LockFault::EmptyPassphrase);
    assert_eq!(fault(Lock::passphrase(&passphrase("p"), 23)), LockFault::WorkFactor);
    assert_eq!(fault(Lock::recipients(" \n# none\n")), LockFault::NoRecipient);
    let mut key = x25519::Identity::generate().to_public().to_string();
    key.pop();
    assert!(matches!(fault(Lock::recipients(&format!("#\n{key}"))), LockFault::Recipient { line: 2, .. }));
}
