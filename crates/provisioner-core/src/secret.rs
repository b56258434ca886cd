//! A text that must not be seen. In: the text. Out: only to who asks by name; never by `Debug`, wiped when dropped.

use core::fmt;

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

#[cfg(test)]
mod tests {
    use super::*;

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
