//! Identities derived on demand: the seed and a device's number go in, its name, secret and ids come out, so that a
//! million random devices cost no memory at all.

/// Length of a random DeviceName, and of every DeviceId (§6).
pub(crate) const NAME_LENGTH: usize = 20;
const SECRET_LENGTH: usize = 32;
/// What an IotId has after the 20 characters it shares with the DeviceId, in every sample of §6.
const IOT_ID_TAIL: &str = "000100";

const ALPHABET: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/// The least number of base-62 digits that hold 64 bits: 62^11 > 2^64.
const DIGITS_OF_64_BITS: usize = 11;

/// Step and multipliers of SplitMix64 (Steele, Lea, Flood 2014). Each step of `mix` can be undone, so that different
/// numbers never give the same name, and a name gives its number back.
const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;
const FIRST_FACTOR: u64 = 0xBF58_476D_1CE4_E5B9;
const SECOND_FACTOR: u64 = 0x94D0_49BB_1331_11EB;

/// Spreads a number over 64 bits; different numbers stay different.
pub(crate) fn mix(number: u64) -> u64 {
    let mut bits = number;
    bits = (bits ^ (bits >> 30)).wrapping_mul(FIRST_FACTOR);
    bits = (bits ^ (bits >> 27)).wrapping_mul(SECOND_FACTOR);
    bits ^ (bits >> 31)
}

/// The 20 characters that a device of this number has as its DeviceId, at the head of its IotId, and as its DeviceName
/// when nobody chose one (§6).
pub(crate) fn device_id(seed: u64, number: u64) -> String {
    let head = mix(number.wrapping_add(mix(seed)));
    let mut text = String::with_capacity(NAME_LENGTH);
    push_digits(&mut text, head, DIGITS_OF_64_BITS);
    push_digits(&mut text, mix(head ^ GOLDEN), NAME_LENGTH - DIGITS_OF_64_BITS);
    text
}

/// The number of the device that has this name as its random one.
pub(crate) fn number_of(seed: u64, name: &str) -> Option<u64> {
    let head = name.get(..DIGITS_OF_64_BITS)?;
    let bits = head.bytes().rev().try_fold(0_u64, |bits, digit| {
        let value = ALPHABET.iter().position(|known| *known == digit)?;
        bits.checked_mul(62)?.checked_add(value as u64)
    })?;
    let number = unmix(bits).wrapping_sub(mix(seed));
    // Only the head was read: the rest of a name that somebody chose need not fit.
    (device_id(seed, number) == name).then_some(number)
}

/// Undoes `mix`.
fn unmix(mixed: u64) -> u64 {
    let mut bits = unshift(mixed, 31).wrapping_mul(inverse(SECOND_FACTOR));
    bits = unshift(bits, 27).wrapping_mul(inverse(FIRST_FACTOR));
    unshift(bits, 30)
}

/// Undoes `bits ^ (bits >> shift)`: every round makes as many more bits right as are shifted.
fn unshift(shifted: u64, shift: u32) -> u64 {
    (0..64 / shift).fold(shifted, |bits, _| shifted ^ (bits >> shift))
}

/// The number that gives 1 when multiplied with an odd one, modulo 2^64: Newton's method, which doubles the right bits
/// in every round and has three to start with.
fn inverse(odd: u64) -> u64 {
    (0..5).fold(odd, |guess, _| guess.wrapping_mul(2_u64.wrapping_sub(odd.wrapping_mul(guess))))
}

/// The IotId that belongs to a DeviceId: 26 characters (§6).
pub(crate) fn iot_id(device_id: &str) -> String {
    format!("{device_id}{IOT_ID_TAIL}")
}

/// The device's secret: 32 letters and digits (§6).
pub(crate) fn device_secret(seed: u64, number: u64) -> String {
    let mut text = String::with_capacity(SECRET_LENGTH);
    let mut bits = mix(number ^ mix(seed.wrapping_add(GOLDEN)));
    while text.len() < SECRET_LENGTH {
        bits = mix(bits.wrapping_add(GOLDEN));
        // Eight digits of each step: below 62^8 all are drawn evenly enough.
        push_digits(&mut text, bits, 8);
    }
    text
}

/// A product's secret: 16 letters and digits (§6).
pub(crate) fn product_secret(seed: u64, product: u64) -> String {
    let mut text = String::new();
    push_digits(&mut text, mix(product ^ mix(seed ^ SECOND_FACTOR)), 8);
    push_digits(&mut text, mix(product ^ mix(seed ^ FIRST_FACTOR)), 8);
    text
}

/// An upper-case UUID, as RequestIds are (§2.0).
pub(crate) fn request_id(seed: u64, serial: u64) -> String {
    let high = mix(serial.wrapping_add(mix(seed ^ GOLDEN)));
    let low = mix(high.wrapping_add(GOLDEN));
    format!(
        "{:08X}-{:04X}-4{:03X}-A{:03X}-{:012X}",
        high >> 32,
        high >> 16 & 0xFFFF,
        high & 0xFFF,
        low >> 52,
        low & 0xFFFF_FFFF_FFFF
    )
}

fn push_digits(text: &mut String, mut bits: u64, count: usize) {
    for _ in 0..count {
        text.push(char::from(ALPHABET[(bits % 62) as usize]));
        bits /= 62;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn ids_and_secrets_have_the_documented_lengths_and_characters() {
        let (id, secret) = (device_id(1, 7), device_secret(1, 7));
        assert_eq!((id.len(), iot_id(&id).len(), secret.len()), (20, 26, 32));
        assert!((id + &secret).chars().all(|character| character.is_ascii_alphanumeric()));
    }

    #[test]
    fn a_hundred_thousand_devices_share_neither_name_nor_secret() {
        let names: BTreeSet<_> = (0..100_000).map(|number| device_id(5, number)).collect();
        let secrets: BTreeSet<_> = (0..100_000).map(|number| device_secret(5, number)).collect();
        assert_eq!((names.len(), secrets.len()), (100_000, 100_000));
    }

    #[test]
    fn the_same_seed_gives_the_same_device_and_another_seed_another() {
        assert_eq!(device_id(1, 9), device_id(1, 9));
        assert_ne!(device_id(1, 9), device_id(2, 9));
        assert_ne!(device_secret(1, 9), device_secret(2, 9));
    }

    #[test]
    fn a_random_name_tells_its_number_and_another_name_none() {
        for number in [0, 1, 77, 999_999, u64::MAX] {
            assert_eq!(number_of(3, &device_id(3, number)), Some(number));
            assert_ne!(number_of(4, &device_id(3, number)), Some(number));
        }
        for name in ["", "short", "zzzzzzzzzzzzzzzzzzzz", "sensor-000000000001", "灯灯灯灯灯灯灯灯"] {
            assert_eq!(number_of(3, name), None, "{name}");
        }
    }

    #[test]
    fn a_request_id_is_an_upper_case_uuid() {
        let id = request_id(0, 1);
        let lengths: Vec<usize> = id.split('-').map(str::len).collect();
        assert_eq!(lengths, [8, 4, 4, 4, 12]);
        assert!(id.chars().all(|c| c == '-' || c.is_ascii_digit() || ('A'..='F').contains(&c)), "{id}");
        assert_ne!(id, request_id(0, 2));
    }
}
