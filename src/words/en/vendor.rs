//! English: the vendor's codes. In: what a code means. Out: one sentence and what to do.

use provisioner_core::model::error_code::Meaning;
use provisioner_core::model::report::{SignedPart, SignedText};

/// What a meaning is in words, and what to do about it. `right` is the right in RAM that the call needs.
pub(super) fn advice(meaning: Meaning, right: &str, signed: Option<&SignedText>) -> (&'static str, String) {
    let (what, todo) = match meaning {
        Meaning::SignatureMismatch => return signature(signed),
        Meaning::NotAuthorized => {
            let todo =
                ["Allow ", right, " with resource * for this user in the RAM console. The plan lists every right."];
            return ("This AccessKey may not do that.", todo.concat());
        }
        Meaning::Throttled => (
            "The account is over its call quota, even after waiting.",
            "Something else uses the same account's quota: stop it, or wait a minute.",
        ),
        Meaning::ServerFault | Meaning::QueryFailed => ("The cloud has a passing fault.", "Wait a few minutes."),
        Meaning::NonceUsed => (
            "The cloud has seen this very request before: something on the way sent it twice.",
            "Check that the proxy does not repeat requests.",
        ),
        Meaning::ClockOff => (
            "The cloud finds this computer's time too far off.",
            "Set the computer's clock and time zone right (let it synchronise).",
        ),
        Meaning::SignatureIncomplete => (
            "The signature arrived incomplete.",
            "Something on the way removes parts of the request: check the proxy, above all the headers that it forwards.",
        ),
        Meaning::KeyUnknown => (
            "The cloud does not know this AccessKey ID.",
            "Compare it with the RAM console: it may be mistyped, deleted, or of another cloud (China or international).",
        ),
        Meaning::KeyDisabled => ("This AccessKey is disabled.", "Enable it in the RAM console, or use another one."),
        Meaning::TokenExpired => {
            ("The SecurityToken has expired.", "Get a new temporary key (AssumeRole) and enter all three parts again.")
        }
        Meaning::TokenMalformed => {
            ("The SecurityToken is not whole.", "Copy it again completely; it is several hundred characters long.")
        }
        Meaning::TokenOfAnotherKey => (
            "The SecurityToken belongs to another AccessKey.",
            "Enter ID, secret and token from one and the same answer.",
        ),
        Meaning::TokenMissing => {
            ("This temporary AccessKey came without its SecurityToken.", "Enter the token that came with it.")
        }
        Meaning::RiskControl => (
            "The vendor's risk control has stopped this account.",
            "Look for messages in the Alibaba Cloud console, or ask the vendor's support.",
        ),
        Meaning::ParameterMissing | Meaning::ParameterInvalid | Meaning::BodyChanged => (
            "The request did not arrive as it was sent, or the cloud does not take a value in it.",
            "Check that the proxy passes the whole body on. If it does, the vendor's own words above name the value.",
        ),
        Meaning::ApiUnknown => ("This host does not offer the IoT API.", "Check the endpoint host and the proxy."),
        Meaning::TlsNeeded => {
            ("The host wants an encrypted connection.", "Have the proxy call the endpoint over https.")
        }
        Meaning::RegionUnknown => ("The cloud knows no such region.", "Choose the region that the console shows."),
        Meaning::InstanceUnknown => (
            "The cloud finds no such instance.",
            "Enter the instance ID as the console shows it, and choose its region. Leave it empty only if the console \
             shows none.",
        ),
        Meaning::AccountUnknown => (
            "The account does not exist, or has not opened IoT Platform.",
            "Open IoT Platform once in the console with this account.",
        ),
        Meaning::BillOverdue => ("The account has an unpaid bill.", "Settle it in the billing console."),
        Meaning::TenantInvalid => {
            ("The cloud finds no such tenant.", "Use an AccessKey of the account that owns the instance.")
        }
        Meaning::NotInInstance => {
            ("This type of instance does not offer the call.", "Use an instance that does, or ask the vendor.")
        }
        Meaning::ProductUnknown => (
            "The cloud finds no such product in this account and region.",
            "Check ProductKey, region and instance ID; a product is seen only in its own region and instance.",
        ),
        Meaning::ProductOfAnother => {
            ("The product belongs to another account.", "Use an AccessKey of the account that owns the product.")
        }
        Meaning::PageInvalid | Meaning::CommodityInvalid => (
            "The cloud does not take this page of the list.",
            "Its limits may have changed: tell whoever maintains this page, with the code below.",
        ),
        Meaning::TooManyDevices => (
            "That is more devices than one call may make, or than the product can hold.",
            "Look at the product's device limit in the console, then ask for fewer.",
        ),
        Meaning::CreateFailed => (
            "The cloud could not make the devices, or not all of them.",
            "Compare the product's device count in the console with what you expect before you register more.",
        ),
        Meaning::CreateRunning => ("The cloud is still making this batch.", "Wait until it has ended."),
        Meaning::BatchUnknown | Meaning::BatchMismatch => (
            "The cloud does not know this batch in this account, product and instance.",
            "Check that account, region and instance are those that registered it.",
        ),
        Meaning::NamesMissing => ("The list of names arrived empty.", "Check that the proxy passes the whole body on."),
        Meaning::NameInvalid => {
            ("A DeviceName breaks the vendor's rules.", "Use 4 to 32 characters of A–Z, a–z, 0–9 and - _ @ . :")
        }
        Meaning::NicknameInvalid => (
            "A nickname breaks the vendor's rules.",
            "Use 4 to 64 units of Chinese, Japanese, letters, digits and _; a Chinese or Japanese character counts two.",
        ),
        Meaning::NameTaken => ("A DeviceName exists in this product already.", "Leave it out, or choose another name."),
        Meaning::DeviceUnknown => ("The cloud finds no such device.", "Check name, product and instance."),
        Meaning::DeviceOfAnother => {
            ("A device belongs to another account.", "Use an AccessKey of the account that owns it.")
        }
        Meaning::X509Region => {
            ("X.509 certificates exist in China (Shanghai) only.", "Use a product of that region, or one with secrets.")
        }
    };
    (what, todo.to_owned())
}

fn signature(signed: Option<&SignedText>) -> (&'static str, String) {
    match signed {
        Some(SignedText::Same) => (
            "The AccessKey secret is wrong: the cloud signed the same text and got another signature.",
            "Type the AccessKey secret again, or copy it without blanks. The ID is known to the cloud.".to_owned(),
        ),
        Some(SignedText::Differs { part, ours, theirs }) => {
            let place = match part {
                SignedPart::Method => "method and path".to_owned(),
                SignedPart::Parameter(name) => ["the parameter ", name].concat(),
                SignedPart::Request => "the host, a header or the body".to_owned(),
            };
            let shown = |text: &str| if text.is_empty() { "nothing".to_owned() } else { ["“", text, "”"].concat() };
            let values = match part {
                SignedPart::Request => String::new(),
                SignedPart::Method | SignedPart::Parameter(_) => {
                    [": this page sent ", &shown(ours), ", the cloud received ", &shown(theirs)].concat()
                }
            };
            let parts = [
                "They part in ",
                &place,
                &values,
                ". Something on the way changes requests: check the proxy. The secret may well be right.",
            ];
            ("The cloud received another text than this page signed.", parts.concat())
        }
        None => (
            "The signature does not match.",
            "Type the AccessKey secret again. If that does not help, check that the proxy changes nothing.".to_owned(),
        ),
    }
}
