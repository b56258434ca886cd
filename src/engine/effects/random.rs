//! Seeds from the browser's cryptographic source.

/// Sixteen bytes that were never used before.
pub(in crate::engine) fn seed() -> [u8; 16] {
    let mut seed = [0; 16];
    let crypto = super::worker().crypto().expect("every worker has a source of random numbers");
    crypto.get_random_values_with_u8_array(&mut seed).expect("sixteen bytes are below the source's limit");
    seed
}
