//! Claims: what a call says about itself and how it proves it, read from its parameters.

use crate::Request;
use crate::form::Params;
use crate::refusal::Refusal;
use crate::sign;

/// What a call says about itself, whichever way it is signed.
pub(crate) struct Claims {
    /// Operation name.
    pub action: String,
    /// API version.
    pub version: String,
    /// Who calls.
    pub access_key_id: String,
    /// What makes the call unique.
    pub nonce: String,
    /// When it was signed, as written.
    pub timestamp: String,
    /// The STS token, empty without one.
    pub security_token: String,
    /// The signature.
    pub proof: Proof,
}

/// A signature and what it was made over.
pub(crate) struct Proof {
    /// The signature that came along.
    pub signature: String,
    /// The strings that it may have been made over; the caller is told the first.
    pub texts: Vec<String>,
    /// Makes a signature from the secret and a string.
    pub signer: fn(&str, &str) -> String,
    /// What the caller is told when it is not right.
    pub mismatch: String,
}

impl Proof {
    /// Checks the signature with the secret that should have made it.
    pub fn check(&self, access_key_secret: &str) -> Result<(), Refusal> {
        if self.texts.iter().any(|text| (self.signer)(access_key_secret, text) == self.signature) {
            return Ok(());
        }
        Err(Refusal::gateway(400, "SignatureDoesNotMatch", self.mismatch.clone()))
    }
}

/// How much of a string to sign is told: 10,000 names fit, a hostile body of many megabytes, twice encoded, does not.
const TOLD_BYTES_MAX: usize = 2 * 1024 * 1024;

/// Name of Signature V3 in its header.
pub(crate) const V3_ALGORITHM: &str = "ACS3-HMAC-SHA256";

/// Whether a call is signed with V3; without the feature `full` none is.
pub(crate) fn is_v3(request: &Request<'_>) -> bool {
    request.header("authorization").is_some_and(|value| value.starts_with(V3_ALGORITHM))
}

/// The action a call says it is, before anything about it was checked; empty when it does not say.
pub(crate) fn action_name<'a>(request: &Request<'a>, params: &'a Params) -> &'a str {
    if is_v3(request) {
        return request.header("x-acs-action").unwrap_or_default();
    }
    params.get("Action").unwrap_or_default()
}

impl Claims {
    /// Reads them; refuses what is missing or signed in a way that is not known.
    pub fn read(request: &Request<'_>, params: &Params) -> Result<Self, Refusal> {
        if is_v3(request) {
            return crate::sign_v3::claims(request);
        }
        let common = |name: &str| match params.get(name) {
            None | Some("") => Err(Refusal::missing(name)),
            Some(value) => Ok(value.to_owned()),
        };
        let action = common("Action")?;
        let version = common("Version")?;
        let access_key_id = common("AccessKeyId")?;
        let signature_method = common("SignatureMethod")?;
        let signature_version = common("SignatureVersion")?;
        let nonce = common("SignatureNonce")?;
        let timestamp = common("Timestamp")?;
        let signature = common("Signature")?;
        if signature_method != "HMAC-SHA1" {
            return Err(Refusal::invalid("SignatureMethod"));
        }
        if signature_version != "1.0" {
            return Err(Refusal::invalid("SignatureVersion"));
        }
        let text = sign::string_to_sign(request.method, params);
        // Wording: §11.1. The text is ASCII, but for a method that no client sends.
        let told = text.get(..TOLD_BYTES_MAX).unwrap_or(&text);
        let mismatch =
            format!("Specified signature is not matched with our calculation. server string to sign is:{told}");
        let proof = Proof { signature, texts: vec![text], signer: sign::signature, mismatch };
        let security_token = params.get("SecurityToken").unwrap_or_default().to_owned();
        Ok(Self { action, version, access_key_id, nonce, timestamp, security_token, proof })
    }
}
