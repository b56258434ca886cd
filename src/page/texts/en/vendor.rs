//! English: the vendor's codes. In: a code as it was sent. Out: what it means and what to do; empty for unknown codes.
//!
//! Meanings: error-center pages 48054 and 434846 (gateway), help page 87387 (IoT business errors).

/// What a code means and what to do about it.
pub(super) fn advice(code: &str, action: &str, same_string_to_sign: Option<bool>) -> (&'static str, String) {
    let (what, todo) = match code {
        "SignatureDoesNotMatch" | "IncompleteSignature" => return signature(same_string_to_sign),
        "Forbidden.RAM" | "NoPermission" | "Forbidden" | "iot.common.RamActionPermissionDeny" => {
            return (
                "This AccessKey may not do that.",
                ["Allow the action iot:", action, " with resource * for this user in the RAM console."].concat(),
            );
        }
        "InvalidAccessKeyId.NotFound" => (
            "The cloud does not know this AccessKey ID.",
            "Compare it with the RAM console: it may be mistyped, deleted, or of another cloud (China or international).",
        ),
        "InvalidAccessKeyId.Inactive" | "Forbidden.AccessKeyDisabled" => {
            ("This AccessKey is disabled.", "Enable it in the RAM console, or use another one.")
        }
        "InvalidSecurityToken.Expired" => {
            ("The SecurityToken has expired.", "Get a new temporary key (AssumeRole) and enter all three parts again.")
        }
        "InvalidSecurityToken.Malformed" => {
            ("The SecurityToken is not whole.", "Copy it again completely; it is several hundred characters long.")
        }
        "InvalidSecurityToken.MismatchWithAccessKey" => (
            "The SecurityToken belongs to another AccessKey.",
            "Enter ID, secret and token from one and the same answer.",
        ),
        "MissingSecurityToken" => {
            ("This temporary AccessKey came without its SecurityToken.", "Enter the token that came with it.")
        }
        "InvalidTimeStamp.Expired" | "IllegalTimestamp" => (
            "The cloud finds this computer's time too far off.",
            "Set the computer's clock and time zone right (let it synchronise).",
        ),
        "ServiceUnavailable" | "InternalError" | "UnknownError" | "iot.system.SystemException" => {
            ("The cloud has a passing fault.", "Wait a few minutes.")
        }
        "iot.prod.NotExistedProduct" | "iot.prod.InvalidFormattedProductkey" | "iot.prod.NullProductKey" => (
            "The cloud finds no such product in this account and region.",
            "Check ProductKey, region and instance ID; a product is seen only in its own region and instance.",
        ),
        "iot.system.InstanceNotFound" | "iot.Sre.IotInstanceNotFound" => (
            "The cloud finds no such instance.",
            "Enter the instance ID as the console shows it, and choose its region. Leave it empty only if the console \
             shows none.",
        ),
        "iot.common.APINotSupportedInInstance" => {
            ("This type of instance does not offer the call.", "Use an instance that does, or ask the vendor.")
        }
        "iot.Prod.NotProductOwner" => {
            ("The product belongs to another account.", "Use an AccessKey of the account that owns the product.")
        }
        "iot.system.UidNotFound" => (
            "The account does not exist, or has not opened IoT Platform.",
            "Open IoT Platform once in the console with this account.",
        ),
        "Iot.system.BillIsOverDue" | "iot.system.BillIsOverDue" => {
            ("The account has an unpaid bill.", "Settle it in the billing console.")
        }
        "iot.device.DeviceCountExceeded" => (
            "That is more devices than one call may make, or than the product can hold.",
            "Look at the product's device limit in the console, then ask for fewer.",
        ),
        "iot.device.DeviceApplyIsNotFound" | "iot.device.IncorrentDeviceApplyInfo" => (
            "The cloud does not know this batch in this account, product and instance.",
            "Check that account, region and instance are those that registered it.",
        ),
        "InvalidApi.NotFound" | "InvalidAction.NotFound" | "InvalidVersion" | "InvalidProduct.NotFound" => {
            ("This host does not offer the IoT API.", "Check the endpoint host and the proxy.")
        }
        _ if code.contains("Throttling") || code == "iot.messagebroker.RateLimit" => (
            "The account is over its call quota, even after waiting.",
            "Something else uses the same account's quota: stop it, or wait a minute.",
        ),
        _ => ("", ""),
    };
    (what, todo.to_owned())
}

fn signature(same_string_to_sign: Option<bool>) -> (&'static str, String) {
    match same_string_to_sign {
        Some(true) => (
            "The AccessKey secret is wrong: the cloud signed the same text and got another signature.",
            "Type the AccessKey secret again, or copy it without blanks. The ID is known to the cloud.".to_owned(),
        ),
        Some(false) => (
            "The cloud received another text than this page signed.",
            "Something on the way changes requests: check the proxy. The secret may well be right.".to_owned(),
        ),
        None => (
            "The signature does not match.",
            "Type the AccessKey secret again. If that does not help, check that the proxy changes nothing.".to_owned(),
        ),
    }
}
