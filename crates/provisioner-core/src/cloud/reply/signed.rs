//! What the server says it signed, against what we signed. In: both texts. Out: the same, or where they part.
//!
//! The vendor's SDKs tell a wrong secret from a changed request in this way (aliyun-openapi-python-sdk, PR 211).
//! The text holds the STS token, which never goes into an error.

use percent_encoding::percent_decode_str;

use crate::cloud::sign::v3;
use crate::model::report::{SignedPart, SignedText};

/// How the gateway introduces the text of a V1 signature (document_detail/48054.html); it runs to the message's end.
const V1_INTRODUCTION: &str = "server string to sign is:";

/// The same for V3, where brackets hold it.
const V3_INTRODUCTION: &str = "server StringToSign is [";

/// Characters of a differing value that are shown.
const VALUE_CHARS: usize = 80;

/// Stands for a value that is not shown.
const HIDDEN: &str = "(hidden)";

/// The gateway's sentence and the text that it signed, if it tells that.
pub(super) fn split(message: &str) -> Option<(&str, &str)> {
    if let Some((sentence, theirs)) = message.split_once(V1_INTRODUCTION) {
        return Some((sentence.trim_end(), theirs.trim()));
    }
    let (sentence, theirs) = message.split_once(V3_INTRODUCTION)?;
    Some((sentence.trim_end(), theirs.split(']').next().unwrap_or_default().trim()))
}

/// Compares.
pub(super) fn compare(ours: &str, theirs: &str) -> SignedText {
    if ours == theirs {
        return SignedText::Same;
    }
    let (Some(our), Some(their)) = (V1::read(ours), V1::read(theirs)) else {
        // V3 shows a hash; anything else may hold the token.
        let shown = |text: &str| if text.starts_with(v3::ALGORITHM) { brief(text) } else { String::new() };
        return differs(SignedPart::Request, shown(ours), shown(theirs));
    };
    if our.method != their.method {
        return differs(SignedPart::Method, brief(our.method), brief(their.method));
    }
    // Both stand in the order of their names, so that the first that is not in the other's place is the one.
    let place = our.params.iter().zip(&their.params).take_while(|(our, their)| our == their).count();
    let (our, their) = (our.params.get(place), their.params.get(place));
    let Some(name) = [our, their].into_iter().flatten().map(|(name, _)| name).min() else {
        // The same parameters, encoded in another way.
        return differs(SignedPart::Request, String::new(), String::new());
    };
    let value = |param: Option<&(String, String)>| match param {
        Some((other, _)) if other != name => String::new(),
        Some(_) if name == "SecurityToken" => HIDDEN.to_owned(),
        Some((_, value)) => brief(value),
        None => String::new(),
    };
    differs(SignedPart::Parameter(name.clone()), value(our), value(their))
}

fn differs(part: SignedPart, ours: String, theirs: String) -> SignedText {
    SignedText::Differs { part, ours, theirs }
}

fn brief(text: &str) -> String {
    text.chars().take(VALUE_CHARS).collect()
}

/// A V1 text, taken apart.
struct V1<'t> {
    /// Method and path, as they stand there.
    method: &'t str,
    params: Vec<(String, String)>,
}

impl<'t> V1<'t> {
    fn read(text: &'t str) -> Option<Self> {
        let (method, rest) = text.split_once('&')?;
        let (path, canonical) = rest.split_once('&')?;
        // Text of another make, in which a parameter could pass for a part of the path.
        if canonical.contains('&')
            || [method, path].iter().any(|part| part.contains(['=', ' ']) || part.contains("%3D"))
        {
            return None;
        }
        let method = &text[..method.len() + 1 + path.len()];
        let canonical = percent_decode_str(canonical).decode_utf8_lossy();
        let decode = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
        let mut params = Vec::new();
        for pair in canonical.split('&') {
            let (name, value) = pair.split_once('=')?;
            params.push((decode(name), decode(value)));
        }
        Some(Self { method, params })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OURS: &str =
        "POST&%2F&Action%3DQueryDevice%26Count%3D1%26SecurityToken%3Dhidden%26Timestamp%3D2023-03-13T08%253A34%253A30Z";

    fn parting(theirs: &str) -> (SignedPart, String, String) {
        match compare(OURS, theirs) {
            SignedText::Differs { part, ours, theirs } => (part, ours, theirs),
            SignedText::Same => panic!(),
        }
    }

    #[test]
    fn the_same_text_is_the_same() {
        assert_eq!(compare(OURS, OURS), SignedText::Same);
    }

    #[test]
    fn the_parameter_that_was_changed_added_or_lost_is_named() {
        let part = |name: &str| SignedPart::Parameter(name.to_owned());
        assert_eq!(parting(&OURS.replace("Count%3D1", "Count%3D2")), (part("Count"), "1".into(), "2".into()));
        assert_eq!(parting(&OURS.replace("%26Count%3D1", "")), (part("Count"), "1".into(), String::new()));
        let added = OURS.replace("%26Count", "%26B%3Dx%26Count");
        assert_eq!(parting(&added), (part("B"), String::new(), "x".into()));
        let time = (part("Timestamp"), "2023-03-13T08:34:30Z".into(), "2023-03-13T08:34:30 ".into());
        assert_eq!(parting(&OURS.replace("30Z", "30%2520")), time);
    }

    #[test]
    fn another_method_is_named_before_anything_else() {
        let (part, ours, theirs) = parting("GET&%2F&Action%3DOther");
        assert_eq!((part, ours.as_str(), theirs.as_str()), (SignedPart::Method, "POST&%2F", "GET&%2F"));
    }

    #[test]
    fn a_token_is_never_shown() {
        let (part, ours, theirs) = parting(&OURS.replace("hidden", "hiddem"));
        assert_eq!(part, SignedPart::Parameter("SecurityToken".to_owned()));
        assert_eq!((ours.as_str(), theirs.as_str()), (HIDDEN, HIDDEN));
        // Not even where it stands in a text that has no parameters.
        let (_, ours, _) = match compare(OURS, "nothing of the kind") {
            SignedText::Differs { part, ours, theirs } => (part, ours, theirs),
            SignedText::Same => panic!(),
        };
        assert!(!ours.contains("hidden"), "{ours}");
    }

    #[test]
    fn a_token_in_a_text_of_another_make_is_not_shown_either() {
        for theirs in [
            "POST&%2F&Action%3DQueryProduct%26SecurityToken%3Dhidden%26V sign is:POST&%2F&Action%3DQueryProduct",
            "POST&%2F&Action=QueryDevice&SecurityToken=hidden&Version=2018-01-20",
            "SecurityToken%3Dhidden&%2F&Action%3DQueryDevice",
            "POST&/?SecurityToken=hidden&Action%3DQueryDevice",
        ] {
            assert_eq!(parting(theirs), (SignedPart::Request, String::new(), String::new()), "{theirs}");
        }
    }

    #[test]
    fn both_wordings_are_split_from_their_sentence() {
        assert_eq!(split("No match. server string to sign is:GET&%2F&A%3D1"), Some(("No match.", "GET&%2F&A%3D1")));
        let v3 = "No match. server StringToSign is [ACS3-HMAC-SHA256\nabc]";
        assert_eq!(split(v3), Some(("No match.", "ACS3-HMAC-SHA256\nabc")));
        assert_eq!(split("Specified access key is not found."), None);
    }
}
