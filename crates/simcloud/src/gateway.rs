//! The gateway: a raw call goes in, an admitted call comes out or the refusal of §11.1 that the first failed check gives.
//!
//! The checks, in this order: HTTP method, `Format`, common parameters present, version, action, signature method and
//! version, time stamp, key, security token, signature, nonce, RAM, the action's own mandatory parameters, quota.
//! A nonce is remembered as soon as the signature that covers it was found right, whatever happens after that: so a
//! call that is repeated byte for byte is told apart from one that never arrived, and a stranger without the secret
//! cannot use up anybody's nonces.

use crate::Request;
use crate::actions::{self, Action};
use crate::calendar::parse_timestamp;
use crate::choices::RamDenial;
use crate::claims::Claims;
use crate::config::{Config, Credential};
use crate::fault::Effect;
use crate::form::Params;
use crate::nonce::Nonces;
use crate::paging;
use crate::quota::{Entry, Quotas};
use crate::refusal::{Refusal, gateway_message};

/// The API version of the product `Iot`.
const VERSION: &str = "2018-01-20";
/// From here on a list call reaches deep (§2.0, QueryDevice and QueryProductList).
const DEEP_REACH: u64 = 100_000;

/// What the gateway remembers between calls.
#[derive(Default)]
pub(crate) struct Gateway {
    nonces: Nonces,
    /// The windows of the quotas.
    pub quotas: Quotas,
}

/// The moment a call arrives, on two clocks.
#[derive(Clone, Copy)]
pub(crate) struct Arrival {
    /// True unix time in ms; windows and batches go by it.
    pub now_ms: u64,
    /// What the cloud believes the time to be; time stamps go by it.
    pub cloud_ms: i64,
}

impl Gateway {
    /// Runs all checks.
    pub fn admit<'c>(
        &mut self,
        config: &'c Config,
        request: &Request<'_>,
        params: &Params,
        hits: &[Effect],
        at: Arrival,
    ) -> Result<(&'static Action, &'c Credential), Refusal> {
        if !matches!(request.method, "GET" | "POST") {
            return Err(Refusal::gateway(400, "UnsupportedHTTPMethod", "This http method is not supported."));
        }
        check_format(params)?;
        let claims = Claims::read(request, params)?;
        if claims.version != VERSION {
            return Err(Refusal::gateway(400, "InvalidVersion", "Specified parameter Version is not valid."));
        }
        let action = actions::find(&claims.action).ok_or_else(|| {
            Refusal::gateway(
                404,
                "InvalidApi.NotFound",
                "Specified api is not found, please check your url and method.",
            )
        })?;
        check_timestamp(&claims.timestamp, at.cloud_ms, config.choices.timestamp_window_ms)?;
        let credential = known_key(config, &claims.access_key_id)?;
        check_security_token(config, credential, &claims.security_token, at.cloud_ms)?;
        claims.proof.check(&credential.access_key_secret)?;
        let unused = self.nonces.take(&claims.access_key_id, &claims.nonce, config.choices.nonce_memory_ms, at.now_ms);
        if !unused && !hits.contains(&Effect::NonceForgotten) {
            return Err(Refusal::gateway(400, "SignatureNonceUsed", "Specified signature nonce was used already."));
        }
        if !credential.may(action.name) {
            return Err(match config.choices.ram_denial {
                RamDenial::Gateway => {
                    Refusal::gateway(403, "Forbidden.RAM", "You are not authorized to do this action.")
                }
                RamDenial::Platform => Refusal::business("iot.common.RamActionPermissionDeny"),
            });
        }
        if let Some(name) = action.mandatory.iter().find(|name| params.get(name).is_none()) {
            return Err(Refusal::missing(name));
        }
        self.check_flow(config, action, credential, params, hits, at.now_ms)?;
        Ok((action, credential))
    }

    /// The last check: faults that refuse, then the quota.
    fn check_flow(
        &mut self,
        config: &Config,
        action: &'static Action,
        credential: &Credential,
        params: &Params,
        hits: &[Effect],
        now_ms: u64,
    ) -> Result<(), Refusal> {
        let throttled = || Refusal::gateway(400, "Throttling.User", "Request was denied due to user flow control.");
        for hit in hits {
            match hit {
                Effect::Throttle => return Err(throttled()),
                Effect::Refuse { status, code } => {
                    return Err(Refusal::gateway(*status, code.clone(), gateway_message(code)));
                }
                _ => {}
            }
        }
        let deep_limit = action.deep_qps.filter(|_| paging::reach(params) >= DEEP_REACH);
        let limit = config.quotas.get(action.name).copied().unwrap_or(action.qps);
        let entry = Entry {
            account: &credential.account,
            action: action.name,
            deep: deep_limit.is_some(),
            limit: deep_limit.unwrap_or(limit),
            account_limit: config.choices.account_qps,
            always_counts: config.choices.refused_calls_use_quota,
        };
        if self.quotas.admit(&entry, now_ms) { Ok(()) } else { Err(throttled()) }
    }
}

fn check_format(params: &Params) -> Result<(), Refusal> {
    let known = match params.get("Format") {
        None => true,
        Some(format) => format.eq_ignore_ascii_case("JSON") || format.eq_ignore_ascii_case("XML"),
    };
    if known {
        Ok(())
    } else {
        Err(Refusal::gateway(400, "InvalidParameter.Format", "Specified parameter Format is not valid."))
    }
}

fn check_timestamp(text: &str, cloud_ms: i64, window_ms: u64) -> Result<(), Refusal> {
    let stamp_ms = parse_timestamp(text).ok_or_else(|| {
        Refusal::gateway(400, "InvalidTimeStamp.Format", "Specified time stamp or date value is not well formatted.")
    })?;
    if stamp_ms.abs_diff(cloud_ms) > window_ms {
        return Err(Refusal::gateway(
            400,
            "InvalidTimeStamp.Expired",
            "Specified time stamp or date value is expired.",
        ));
    }
    Ok(())
}

fn known_key<'c>(config: &'c Config, access_key_id: &str) -> Result<&'c Credential, Refusal> {
    let credential =
        config.credentials.iter().find(|credential| credential.access_key_id == access_key_id).ok_or_else(|| {
            Refusal::gateway(404, "InvalidAccessKeyId.NotFound", "Specified access key is not found.")
        })?;
    if credential.disabled {
        return Err(Refusal::gateway(400, "InvalidAccessKeyId.Inactive", "Specified access key is disabled."));
    }
    Ok(credential)
}

fn check_security_token(config: &Config, credential: &Credential, token: &str, cloud_ms: i64) -> Result<(), Refusal> {
    if token == credential.security_token {
        let expires_at_ms = credential.token_expires_at_ms as i64;
        if !token.is_empty() && expires_at_ms > 0 && cloud_ms >= expires_at_ms {
            return Err(Refusal::gateway(400, "InvalidSecurityToken.Expired", "Specified SecurityToken is expired."));
        }
        return Ok(());
    }
    if token.is_empty() {
        return Err(Refusal::missing("SecurityToken"));
    }
    if credential.security_token.is_empty() || config.credentials.iter().any(|other| other.security_token == token) {
        return Err(Refusal::gateway(
            400,
            "InvalidSecurityToken.MismatchWithAccessKey",
            "Specified SecurityToken mismatch with the AccessKey.",
        ));
    }
    Err(Refusal::gateway(400, "InvalidSecurityToken.Malformed", "Specified SecurityToken is malformed."))
}
