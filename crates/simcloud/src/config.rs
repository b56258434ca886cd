//! Configuration: who may call, which products exist, how fast batches run; the default is what outside tests rely on.

use std::collections::BTreeMap;

use crate::choices::Choices;
use crate::fault::Faults;

/// The whole configuration. Without `Debug`, because it holds secrets.
#[derive(Clone)]
#[cfg_attr(not(target_arch = "wasm32"), derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(not(target_arch = "wasm32"), serde(default, deny_unknown_fields))]
pub struct Config {
    /// What every name, secret and id is derived from; 1.
    pub seed: u64,
    /// `HostId` in gateway errors; `iot.cn-shanghai.aliyuncs.com`.
    pub host_id: String,
    /// Who may call; `testid`, `STS.testid` and `deniedid`, all of one account.
    pub credentials: Vec<Credential>,
    /// The products; `a1SimCloud1`, `a1SimCloud2` in the instance `iot-sim00001`, and `a1SimCloud3`, an X.509 product.
    pub products: Vec<Product>,
    /// Calls of an action that an account may make in every sliding second, where that is not the documented number
    /// (§2.0); none.
    pub quotas: BTreeMap<String, u32>,
    /// Devices that one batch makes in a second; 1,000. Batches run in parallel.
    pub devices_per_second: u32,
    /// The least time that a batch takes, in ms; 1,000.
    pub batch_ms_min: u32,
    /// Time that the check of a list of names takes, in ms; 1,000.
    pub check_ms: u32,
    /// Added to every answer, in ms; 0.
    pub delay_ms: u64,
    /// ApplyId of the first batch, those that follow count up; 10,000,001. Above 2^53 it no longer fits a double.
    pub first_apply_id: i64,
    /// Devices that one product can hold; 3,000,000, the limit of cn-shanghai (§6).
    pub devices_per_product_max: u32,
    /// What the documentation leaves open.
    pub choices: Choices,
    /// Faults that are set from the start, and again after a reset; none.
    pub faults: Faults,
}

/// An AccessKey and what it may do.
#[derive(Clone)]
#[cfg_attr(not(target_arch = "wasm32"), derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(not(target_arch = "wasm32"), serde(default, deny_unknown_fields))]
pub struct Credential {
    /// AccessKey ID; those of temporary credentials start with `STS.`.
    pub access_key_id: String,
    /// AccessKey secret.
    pub access_key_secret: String,
    /// The STS token that has to come along; empty for a long-lived key.
    pub security_token: String,
    /// When the token ends, unix time in ms; 0 for never.
    pub token_expires_at_ms: u64,
    /// The account whose products and quotas these are; RAM users and roles share their account's (§2.0).
    pub account: String,
    /// Actions without a right to them; `*` for every action.
    pub denied_actions: Vec<String>,
    /// Whether the key is switched off.
    pub disabled: bool,
}

/// A product that devices can be registered under.
#[derive(Clone, Debug)]
#[cfg_attr(not(target_arch = "wasm32"), derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(not(target_arch = "wasm32"), serde(default, deny_unknown_fields))]
pub struct Product {
    /// ProductKey: 11 letters and digits (§6).
    pub product_key: String,
    /// Its name in the console.
    pub product_name: String,
    /// The instance it lives in; empty for an instance without an ID.
    pub iot_instance_id: String,
    /// `secret` or `x509` (§2.8).
    pub auth_type: String,
    /// The account that owns it.
    pub account: String,
}

const DEFAULT_ACCOUNT: &str = "simulated";

impl Default for Config {
    fn default() -> Self {
        let credential = |access_key_id: &str, security_token: &str, denied_actions: &[&str]| Credential {
            access_key_id: access_key_id.to_owned(),
            access_key_secret: "testsecret".to_owned(),
            security_token: security_token.to_owned(),
            denied_actions: denied_actions.iter().map(|action| (*action).to_owned()).collect(),
            ..Credential::default()
        };
        let product = |product_key: &str, iot_instance_id: &str, auth_type: &str| Product {
            product_key: product_key.to_owned(),
            product_name: format!("product {product_key}"),
            iot_instance_id: iot_instance_id.to_owned(),
            auth_type: auth_type.to_owned(),
            ..Product::default()
        };
        Self {
            seed: 1,
            host_id: "iot.cn-shanghai.aliyuncs.com".to_owned(),
            credentials: vec![
                credential("testid", "", &[]),
                credential("STS.testid", "testtoken", &[]),
                credential("deniedid", "", &["*"]),
            ],
            products: vec![
                product("a1SimCloud1", "", "secret"),
                product("a1SimCloud2", "iot-sim00001", "secret"),
                product("a1SimCloud3", "", "x509"),
            ],
            quotas: BTreeMap::new(),
            devices_per_second: 1000,
            batch_ms_min: 1000,
            check_ms: 1000,
            delay_ms: 0,
            first_apply_id: 10_000_001,
            devices_per_product_max: 3_000_000,
            choices: Choices::default(),
            faults: Faults::default(),
        }
    }
}

impl Default for Credential {
    fn default() -> Self {
        Self {
            access_key_id: String::new(),
            access_key_secret: String::new(),
            security_token: String::new(),
            token_expires_at_ms: 0,
            account: DEFAULT_ACCOUNT.to_owned(),
            denied_actions: Vec::new(),
            disabled: false,
        }
    }
}

impl Default for Product {
    fn default() -> Self {
        Self {
            product_key: String::new(),
            product_name: String::new(),
            iot_instance_id: String::new(),
            auth_type: "secret".to_owned(),
            account: DEFAULT_ACCOUNT.to_owned(),
        }
    }
}

impl Credential {
    /// Whether RAM lets this key call the action.
    pub(crate) fn may(&self, action: &str) -> bool {
        !self.denied_actions.iter().any(|denied| denied == "*" || denied == action)
    }
}

impl Config {
    /// How long a batch of this many devices takes, in ms.
    pub(crate) fn batch_ms(&self, devices: u32) -> u64 {
        let at_full_speed = u64::from(devices) * 1000 / u64::from(self.devices_per_second.max(1));
        at_full_speed.max(self.batch_ms_min.into())
    }
}
