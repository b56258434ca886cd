//! Where calls go. In: what a form says of it. Out: a [`Target`], or what is wrong with each field.

use super::parse::{invisible, keep};
use super::{Connection, Fault, Field, FieldError, FormInput, Route, Signature, Target};
use crate::model::region::{self, DEFAULT_REGION_ID, SIMCLOUD};

/// Checks what a form says of the way to the cloud, and nothing else.
///
/// # Errors
/// Every field that breaks a rule, in the order of the form.
pub fn target(input: &FormInput) -> Result<Target, Vec<FieldError>> {
    let mut target = Target::demo();
    if input.connection == Connection::Demo {
        return Ok(target);
    }
    let mut errors = Vec::new();
    target.route = match input.connection {
        Connection::Proxy => Route::Proxy { base: keep(Field::ProxyUrl, proxy_base(&input.proxy_url), &mut errors) },
        Connection::Direct | Connection::Demo => Route::Direct,
    };
    target.signature = input.signature;
    let region = keep(Field::Region, region_id(&input.region), &mut errors);
    let custom_host = keep(Field::EndpointHost, custom_host(&input.endpoint_host), &mut errors);
    if !custom_host.is_empty() {
        // A host of the vendor's, typed in, is sent its own region.
        if let Some(region) = region::by_host(&custom_host) {
            target.region_id = region.id.to_owned();
        }
        target.host = custom_host;
    } else if let Some(region) = region::by_id(&region) {
        region.host.clone_into(&mut target.host);
        target.region_id = region.id.to_owned();
    }
    if errors.is_empty() { Ok(target) } else { Err(errors) }
}

impl Target {
    /// The simulated cloud inside the engine.
    pub(super) fn demo() -> Self {
        Self {
            route: Route::Demo,
            host: SIMCLOUD.to_owned(),
            region_id: DEFAULT_REGION_ID.to_owned(),
            signature: Signature::V1,
        }
    }
}

fn region_id(typed: &str) -> Result<String, Fault> {
    if typed == SIMCLOUD || region::by_id(typed).is_some() { Ok(typed.to_owned()) } else { Err(Fault::UnknownRegion) }
}

fn custom_host(typed: &str) -> Result<String, Fault> {
    let value = typed.trim();
    if value.is_empty() {
        return Ok(String::new());
    }
    invisible(value)?;
    let (name, port) = match value.rsplit_once(':') {
        Some((name, port)) => (name, Some(port)),
        None => (value, None),
    };
    let port_fits = port.is_none_or(|port| port.parse::<u16>().is_ok_and(|number| number > 0));
    let label_fits = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    if port_fits && name.len() <= 253 && name.split('.').all(label_fits) {
        let host = value.to_ascii_lowercase();
        // Browsers leave the default port out of `Host`, which V3 signs.
        Ok(host.strip_suffix(":443").map_or(host.clone(), str::to_owned))
    } else {
        Err(Fault::NotAHost)
    }
}

fn proxy_base(typed: &str) -> Result<String, Fault> {
    let value = typed.trim();
    if value.is_empty() {
        return Err(Fault::Missing);
    }
    invisible(value)?;
    let lower = value.to_ascii_lowercase();
    let (encrypted, rest) = match (lower.strip_prefix("https://"), lower.strip_prefix("http://")) {
        (Some(rest), _) => (true, rest),
        (None, Some(rest)) => (false, rest),
        (None, None) => return Err(Fault::NotAnAddress),
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if authority.is_empty() || authority.contains('@') || value.contains(['?', '#']) {
        return Err(Fault::NotAnAddress);
    }
    if !encrypted && !is_loopback(authority) {
        return Err(Fault::NotEncrypted);
    }
    Ok(value.trim_end_matches('/').to_owned())
}

/// Whether `host` or `host:port` names this computer: `localhost`, 127.0.0.0/8 or `[::1]` (RFC 6761 §6.3, RFC 1122).
#[must_use]
pub fn is_loopback(authority: &str) -> bool {
    if authority == "[::1]" || authority.starts_with("[::1]:") {
        return true;
    }
    let name = authority.split(':').next().unwrap_or_default();
    name == "localhost"
        || name.ends_with(".localhost")
        || name.parse::<core::net::Ipv4Addr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn real() -> FormInput {
        FormInput {
            connection: Connection::Proxy,
            proxy_url: "https://proxy.example/iot/".into(),
            region: "eu-central-1".into(),
            ..FormInput::default()
        }
    }

    fn fault(input: &FormInput) -> (Field, Fault) {
        let errors = target(input).unwrap_err();
        assert_eq!(errors.len(), 1, "{errors:?}");
        (errors[0].field, errors[0].fault.clone())
    }

    #[test]
    fn a_proxy_is_https_or_on_this_computer() {
        let with = |url: &str| fault(&FormInput { proxy_url: url.into(), ..real() });
        assert_eq!(with("proxy"), (Field::ProxyUrl, Fault::NotAnAddress));
        assert_eq!(with("https://user@host/"), (Field::ProxyUrl, Fault::NotAnAddress));
        assert_eq!(with("http://proxy.example/"), (Field::ProxyUrl, Fault::NotEncrypted));
        assert_eq!(with("http://127.0.0.1.example/"), (Field::ProxyUrl, Fault::NotEncrypted));
        for url in ["http://127.0.0.1:8080/proxy", "http://localhost/proxy", "http://[::1]:8080/proxy"] {
            assert!(target(&FormInput { proxy_url: url.into(), ..real() }).is_ok(), "{url}");
        }
    }

    #[test]
    fn a_custom_host_replaces_the_regions_and_sends_the_default_region_id() {
        let target = target(&FormInput { endpoint_host: "IoT.private.example:8443".into(), ..real() }).unwrap();
        assert_eq!((target.host.as_str(), target.region_id.as_str()), ("iot.private.example:8443", "cn-shanghai"));
        for host in ["a/b", "https://a", "a..b", "a:b", "-a", "a b"] {
            let (field, _) = fault(&FormInput { endpoint_host: host.into(), ..real() });
            assert_eq!(field, Field::EndpointHost, "{host}");
        }
    }
}
