//! A text that must not be seen. In: the text. Out: only to who asks by name; never by `Debug`, wiped when dropped. And an
//! id of which a part may be.

use core::fmt;

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

/// A secret text. It has no `Display`, no `Serialize` and no equality.
#[derive(Clone)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes the text over.
    #[must_use]
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// The text itself, for signing and for handing one value to the user.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Whether there is no text.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secret(***)")
    }
}

/// An AccessKey: who signs.
#[derive(Clone, Debug)]
pub struct AccessKey {
    /// AccessKey ID.
    pub id: String,
    /// AccessKey secret.
    pub secret: Secret,
    /// STS token, for temporary credentials.
    pub token: Option<Secret>,
}

/// An AccessKey ID of which enough is shown to tell it from the account's others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MaskedId(String);

impl MaskedId {
    /// The first and the last four characters of an id of sixteen or more (the vendor's have 16 to 30), else none.
    #[must_use]
    pub fn new(id: &str) -> Self {
        const SHOWN: usize = 4;
        const LENGTH_MIN: usize = 16;
        if id.len() < LENGTH_MIN || !id.is_ascii() {
            return Self("****".into());
        }
        Self([&id[..SHOWN], "****", &id[id.len() - SHOWN..]].concat())
    }

    /// What is shown.
    #[must_use]
    pub fn shown(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_an_access_key_id_only_both_ends_are_shown() {
        for (id, shown) in
            [("LTAI5tABCDEFGHIJKLMN1234", "LTAI****1234"), ("testid", "****"), ("灯灯灯灯灯灯灯", "****")]
        {
            assert_eq!(MaskedId::new(id), MaskedId(shown.into()));
        }
    }

    #[test]
    fn debug_never_shows_the_text() {
        let key = AccessKey {
            id: "testid".into(),
            secret: Secret::new("hidden".into()),
            token: Some(Secret::new("also".into())),
        };
        let shown = format!("{key:?}");
        assert!(shown.contains("testid") && !shown.contains("hidden") && !shown.contains("also"), "{shown}");
    }
}
