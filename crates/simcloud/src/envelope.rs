//! The envelope: the outcome of a call goes in, HTTP status, content type and body come out (§2.0, §11).

use crate::Request;
use crate::claims::is_v3;
use crate::config::Config;
use crate::fault::Effect;
use crate::form::Params;
use crate::refusal::{Outcome, Refusal, error_message};
use crate::reply::{Fields, write_json_object};

/// In which form the reply is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    /// JSON.
    Json,
    /// XML.
    Xml,
}

impl Format {
    /// What the call asks for, unless a fault makes it XML; XML where it does not say or says something else (§2.0). `Format` belongs to the
    /// parameters of Signature V1; calls signed with V3 get JSON where they do not say, as the SDKs that sign so expect.
    pub fn of(request: &Request<'_>, params: &Params, hits: &[Effect]) -> Self {
        let json = match params.get("Format") {
            _ if hits.contains(&Effect::Xml) => false,
            Some(format) => format.eq_ignore_ascii_case("JSON"),
            None => is_v3(request),
        };
        if json { Self::Json } else { Self::by_default() }
    }

    fn by_default() -> Self {
        Self::Xml
    }

    /// `Content-Type` (§11.1).
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Json => "application/json;charset=utf-8",
            Self::Xml => "text/xml;charset=utf-8",
        }
    }
}

/// HTTP status and body of an answer.
pub(crate) fn write(
    outcome: Outcome,
    action: &str,
    request_id: String,
    config: &Config,
    format: Format,
) -> (u16, String) {
    let mut status = 200;
    let fields = match outcome {
        Ok(mut fields) => {
            fields.push(("RequestId", request_id.into()));
            fields.push(("Success", true.into()));
            if config.choices.empty_code_on_success {
                fields.push(("Code", "".into()));
                fields.push(("ErrorMessage", "".into()));
            }
            fields
        }
        Err(Refusal::Business { code, mut fields }) => {
            let message = error_message(&code, config.choices.language);
            fields.push(("RequestId", request_id.into()));
            fields.push(("Success", false.into()));
            fields.push(("Code", code.into_owned().into()));
            fields.push(("ErrorMessage", message.into()));
            fields
        }
        Err(Refusal::Gateway { status: refused, code, message }) => {
            status = refused;
            gateway_error(request_id, &config.host_id, &code, message)
        }
    };
    let mut text = String::new();
    write_fields(&fields, (action, status == 200), format, &mut text);
    (status, text)
}

fn write_fields(fields: &Fields, (action, replied): (&str, bool), format: Format, into: &mut String) {
    match format {
        Format::Json => write_json_object(fields, into),
        Format::Xml if replied => crate::xml::write_reply(action, fields, into),
        Format::Xml => crate::xml::write_error(fields, into),
    }
}

/// The body of §11.1.
fn gateway_error(request_id: String, host_id: &str, code: &str, message: String) -> Fields {
    let recommend = format!("https://error-center.aliyun.com/status/search?Keyword={code}&source=PopGw");
    vec![
        ("RequestId", request_id.into()),
        ("HostId", host_id.into()),
        ("Code", code.into()),
        ("Message", message.into()),
        ("Recommend", recommend.into()),
    ]
}
