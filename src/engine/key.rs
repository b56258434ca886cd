//! The AccessKey that this and later runs sign with. In: what is typed in. Out: the key; the page is told its id.

use provisioner_core::secret::{AccessKey, Secret};

use super::effects::port;
use crate::protocol::{Credentials, Event};

/// The key that is held, if there is one.
#[derive(Default)]
pub(super) struct HeldKey(Option<AccessKey>);

impl HeldKey {
    /// The key.
    pub(super) fn key(&self) -> Option<&AccessKey> {
        self.0.as_ref()
    }

    /// Keeps the key that was typed in.
    pub(super) fn take(&mut self, credentials: Credentials) {
        let key = self.meant_by(credentials);
        port::post(&Event::KeyHeld { access_key_id: key.id.clone() });
        self.0 = Some(key);
    }

    /// The key that was typed in. An empty secret means the one that is held for the same id.
    pub(super) fn meant_by(&self, credentials: Credentials) -> AccessKey {
        let Credentials { access_key_id: id, access_key_secret, security_token } = credentials;
        match &self.0 {
            Some(held) if access_key_secret.is_empty() && held.id == id => held.clone(),
            _ => {
                let token = (!security_token.is_empty()).then(|| Secret::new(security_token));
                AccessKey { id, secret: Secret::new(access_key_secret), token }
            }
        }
    }
}
