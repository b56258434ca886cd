//! Settings as JSON: the text of a configuration or of a set of faults goes in, the checked value comes out.

use std::fmt;

use crate::choices::Choices;
use crate::config::Config;
use crate::fault::Faults;

/// How far the cloud's clock may be off: 100 years, so that its year always has the four digits of an HTTP date.
const CLOCK_SKEW_MS_MAX: u64 = 100 * 365 * 86_400_000;
/// Where ApplyIds may begin at most, so that counting up stays within a `Long`.
const FIRST_APPLY_ID_MAX: i64 = i64::MAX / 2;

/// Why settings were not taken.
#[derive(Debug)]
pub enum SettingsError {
    /// Not JSON, or a field that does not exist or holds the wrong kind of value.
    Unreadable(serde_json::Error),
    /// Readable, but the cloud could not work with it; the sentence says what and why.
    Impossible(String),
}

impl fmt::Display for SettingsError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(error) => write!(formatter, "{error}"),
            Self::Impossible(sentence) => formatter.write_str(sentence),
        }
    }
}

impl std::error::Error for SettingsError {}

impl Config {
    /// Reads a configuration; what the text leaves out keeps its default.
    pub fn from_json(text: &str) -> Result<Self, SettingsError> {
        let config: Self = serde_json::from_str(text).map_err(SettingsError::Unreadable)?;
        config.check()?;
        Ok(config)
    }

    fn check(&self) -> Result<(), SettingsError> {
        let impossible = |sentence: String| Err(SettingsError::Impossible(sentence));
        if self.devices_per_second == 0 {
            return impossible("devices_per_second is 0: no batch would ever end; use the fault \"stuck\"".to_owned());
        }
        if !(1..=FIRST_APPLY_ID_MAX).contains(&self.first_apply_id) {
            return impossible(format!("first_apply_id is not between 1 and {FIRST_APPLY_ID_MAX}"));
        }
        for product in &self.products {
            let key = &product.product_key;
            if key.len() != 11 || !key.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
                return impossible(format!("product_key {key:?} is not 11 letters and digits: no call could name it"));
            }
        }
        self.faults.check()
    }
}

impl Choices {
    /// Reads choices; what the text leaves out is the default.
    pub fn from_json(text: &str) -> Result<Self, SettingsError> {
        serde_json::from_str(text).map_err(SettingsError::Unreadable)
    }
}

impl Faults {
    /// Reads a set of faults; an empty object means none.
    pub fn from_json(text: &str) -> Result<Self, SettingsError> {
        let faults: Self = serde_json::from_str(text).map_err(SettingsError::Unreadable)?;
        faults.check()?;
        Ok(faults)
    }

    fn check(&self) -> Result<(), SettingsError> {
        if self.clock_skew_ms.unsigned_abs() > CLOCK_SKEW_MS_MAX {
            return Err(SettingsError::Impossible("clock_skew_ms is more than 100 years".to_owned()));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fault::Effect;

    #[test]
    fn what_is_left_out_keeps_its_default() {
        let config = Config::from_json(r#"{"seed": 9, "choices": {"row_order": "shuffled"}}"#).unwrap();
        assert_eq!((config.seed, config.devices_per_second, config.products.len()), (9, 1000, 3));
        assert_eq!(config.choices.nonce_memory_ms, 1_800_000);
    }

    #[test]
    fn the_default_survives_being_written_and_read() {
        let written = serde_json::to_value(Config::default()).unwrap();
        let read = Config::from_json(&written.to_string()).unwrap();
        assert_eq!(serde_json::to_value(read).unwrap(), written);
    }

    #[test]
    fn a_misspelt_setting_is_named() {
        let error = Config::from_json(r#"{"devices_per_secnd": 1}"#).err().unwrap().to_string();
        assert!(error.contains("devices_per_secnd"), "{error}");
    }

    #[test]
    fn a_product_that_no_call_could_name_is_refused() {
        let error = Config::from_json(r#"{"products": [{"product_key": "short"}]}"#).err().unwrap().to_string();
        assert!(error.contains("short"), "{error}");
    }

    #[test]
    fn numbers_that_would_overflow_are_refused_by_name() {
        for (text, name) in [
            (r#"{"first_apply_id": 0}"#, "first_apply_id"),
            (r#"{"first_apply_id": 9223372036854775807}"#, "first_apply_id"),
            (r#"{"faults": {"clock_skew_ms": -9223372036854775808}}"#, "clock_skew_ms"),
        ] {
            let error = Config::from_json(text).err().unwrap().to_string();
            assert!(error.contains(name), "{error}");
        }
        assert!(Faults::from_json(r#"{"clock_skew_ms": 9223372036854775807}"#).is_err());
        assert!(Faults::from_json(r#"{"clock_skew_ms": -2000000000000}"#).is_ok());
    }

    #[test]
    fn faults_are_read_with_and_without_details() {
        let text = r#"{"faults": [
            {"action": "QueryPageByApplyId", "nth": 3, "times": 2, "effect": "throttle"},
            {"effect": {"answer_lost": {"close": true}}}]}"#;
        let faults = Faults::from_json(text).unwrap().faults;
        assert_eq!((faults[0].nth, faults[0].times, faults[0].per_mille), (3, 2, 1000));
        assert_eq!(
            (faults[0].effect.clone(), faults[1].effect.clone()),
            (Effect::Throttle, Effect::AnswerLost { close: true })
        );
        assert_eq!((faults[1].action.as_str(), faults[1].nth, faults[1].times), ("", 1, 1));
    }

    #[test]
    fn an_effect_that_does_not_exist_is_named() {
        let error = Faults::from_json(r#"{"faults": [{"effect": "thrttle"}]}"#).err().unwrap().to_string();
        assert!(error.contains("thrttle"), "{error}");
    }
}
