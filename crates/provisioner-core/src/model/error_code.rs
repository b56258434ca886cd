//! The vendor's error codes. In: a code as it was sent. Out: what it means, and whether sending again can help.
//!
//! Sources: error-center pages 48054 and 434846 and Q&A 278265 (gateway), help page 87387 of October 2023 (IoT
//! business errors). The sentences for each meaning stand in the page's texts.

/// What a code means, as far as the user's next step differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Meaning {
    /// Too many calls.
    Throttled,
    /// A passing fault of the cloud.
    ServerFault,
    /// The nonce was seen before.
    NonceUsed,
    /// The request's time is too far from the cloud's.
    ClockOff,
    /// The signature is not the one that the cloud computes.
    SignatureMismatch,
    /// The signature lacks a part, or its method is unknown: something changed the request.
    SignatureIncomplete,
    /// No such AccessKey.
    KeyUnknown,
    /// The AccessKey is disabled.
    KeyDisabled,
    /// The STS token has expired.
    TokenExpired,
    /// The STS token is not whole.
    TokenMalformed,
    /// The STS token belongs to another AccessKey.
    TokenOfAnotherKey,
    /// A temporary AccessKey came without its token.
    TokenMissing,
    /// RAM does not allow the action.
    NotAuthorized,
    /// The vendor's risk control has stopped the account.
    RiskControl,
    /// A parameter did not arrive.
    ParameterMissing,
    /// A parameter has a form that the cloud does not take.
    ParameterInvalid,
    /// The body arrived changed.
    BodyChanged,
    /// The host offers no such API.
    ApiUnknown,
    /// The host wants TLS.
    TlsNeeded,
    /// The host has no such region.
    RegionUnknown,
    /// The instance does not exist here.
    InstanceUnknown,
    /// The account has not opened the service.
    AccountUnknown,
    /// The account has an unpaid bill.
    BillOverdue,
    /// The tenant is not valid.
    TenantInvalid,
    /// This type of instance lacks the operation.
    NotInInstance,
    /// The product does not exist here.
    ProductUnknown,
    /// The product belongs to another account.
    ProductOfAnother,
    /// The commodity code is neither `iothub` nor `iothub_senior`.
    CommodityInvalid,
    /// Page number or page size.
    PageInvalid,
    /// The cloud could not read what was asked for.
    QueryFailed,
    /// More devices than one call, or the product, may hold.
    TooManyDevices,
    /// Making devices failed, perhaps in part.
    CreateFailed,
    /// The batch is being made already.
    CreateRunning,
    /// No such batch.
    BatchUnknown,
    /// The batch belongs to another product or account, or is not ready for this.
    BatchMismatch,
    /// The list of names is empty.
    NamesMissing,
    /// A name breaks the rules.
    NameInvalid,
    /// A nickname breaks the rules.
    NicknameInvalid,
    /// A name exists in the product.
    NameTaken,
    /// No such device.
    DeviceUnknown,
    /// A device of another account.
    DeviceOfAnother,
    /// X.509 products exist in cn-shanghai only.
    X509Region,
}

/// Whether sending a call again can help.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retry {
    /// After a wait: it was refused before it was carried out.
    AfterWait,
    /// A few times, reads alone: a call that registers may have been carried out.
    ReadsOnly,
    /// With a new nonce, reads alone: the first may have been carried out.
    NewNonce,
    /// Never by itself, and part of it may have been carried out.
    Unsure,
    /// Not before somebody has put something right.
    Never,
}

/// Every documented code.
pub const CATALOGUE: &[(&str, Meaning)] = &[
    ("Throttling", Meaning::Throttled),
    ("Throttling.User", Meaning::Throttled),
    ("Throttling.Api", Meaning::Throttled),
    ("iot.messagebroker.RateLimit", Meaning::Throttled),
    ("ServiceUnavailable", Meaning::ServerFault),
    ("InternalError", Meaning::ServerFault),
    ("UnknownError", Meaning::ServerFault),
    ("iot.system.SystemException", Meaning::ServerFault),
    ("SignatureNonceUsed", Meaning::NonceUsed),
    ("InvalidTimeStamp.Expired", Meaning::ClockOff),
    ("IllegalTimestamp", Meaning::ClockOff),
    ("InvalidTimeStamp.Format", Meaning::ParameterInvalid),
    ("SignatureDoesNotMatch", Meaning::SignatureMismatch),
    ("IncompleteSignature", Meaning::SignatureIncomplete),
    ("InvalidSignatureMethod", Meaning::SignatureIncomplete),
    ("InvalidAccessKeyId.NotFound", Meaning::KeyUnknown),
    ("InvalidAccessKeyId.Inactive", Meaning::KeyDisabled),
    ("Forbidden.AccessKeyDisabled", Meaning::KeyDisabled),
    ("InvalidSecurityToken.Expired", Meaning::TokenExpired),
    ("InvalidSecurityToken.Malformed", Meaning::TokenMalformed),
    ("InvalidSecurityToken.MismatchWithAccessKey", Meaning::TokenOfAnotherKey),
    ("MissingSecurityToken", Meaning::TokenMissing),
    ("Forbidden.RAM", Meaning::NotAuthorized),
    ("NoPermission", Meaning::NotAuthorized),
    ("iot.common.RamActionPermissionDeny", Meaning::NotAuthorized),
    ("Forbidden.RiskControl", Meaning::RiskControl),
    ("MissingParameter", Meaning::ParameterMissing),
    ("InvalidParameter.Format", Meaning::ParameterInvalid),
    ("UnsupportedHTTPMethod", Meaning::ParameterInvalid),
    ("iot.system.IllegalRequest", Meaning::ParameterInvalid),
    ("iot.common.InvalidFormattedParameter", Meaning::ParameterInvalid),
    ("iot.check.InvalidFormattedParameter", Meaning::ParameterInvalid),
    ("ContentMD5NotMatched", Meaning::BodyChanged),
    ("ContentLengthDoesNotMatch", Meaning::BodyChanged),
    ("InvalidApi.NotFound", Meaning::ApiUnknown),
    ("InvalidAction.NotFound", Meaning::ApiUnknown),
    ("InvalidVersion", Meaning::ApiUnknown),
    ("InvalidProduct.NotFound", Meaning::ApiUnknown),
    ("InvalidProtocol.NeedSsl", Meaning::TlsNeeded),
    ("InvalidRegion.NotFound", Meaning::RegionUnknown),
    ("iot.system.InstanceNotFound", Meaning::InstanceUnknown),
    ("iot.Sre.IotInstanceNotFound", Meaning::InstanceUnknown),
    ("iot.system.UidNotFound", Meaning::AccountUnknown),
    ("Iot.system.BillIsOverDue", Meaning::BillOverdue),
    ("iot.system.BillIsOverDue", Meaning::BillOverdue),
    ("iot.common.InvalidTenant", Meaning::TenantInvalid),
    ("iot.common.APINotSupportedInInstance", Meaning::NotInInstance),
    ("iot.prod.NullProductKey", Meaning::ProductUnknown),
    ("iot.prod.InvalidFormattedProductkey", Meaning::ProductUnknown),
    ("iot.prod.NotExistedProduct", Meaning::ProductUnknown),
    ("iot.Prod.NotProductOwner", Meaning::ProductOfAnother),
    ("iot.prod.InvalidAliyunCommodityCode", Meaning::CommodityInvalid),
    ("iot.common.InvalidPageParams", Meaning::PageInvalid),
    ("iot.common.QueryDeviceActionError", Meaning::QueryFailed),
    ("iot.common.QueryProductActionError", Meaning::QueryFailed),
    ("iot.common.QueryProductCountActionError", Meaning::QueryFailed),
    ("iot.prod.QueryProductListActionError", Meaning::QueryFailed),
    ("iot.prod.QueryDeviceCountActionError", Meaning::QueryFailed),
    ("iot.device.QueryDeviceApplyActionError", Meaning::QueryFailed),
    ("iot.device.QueryDeviceListActionError", Meaning::QueryFailed),
    ("iot.device.QueryDeviceStatusFailed", Meaning::QueryFailed),
    ("iot.device.QueryDeviceStatisticsFailed", Meaning::QueryFailed),
    ("iot.device.VerifyDeviceFailed", Meaning::QueryFailed),
    ("iot.device.DeviceCountExceeded", Meaning::TooManyDevices),
    ("iot.device.ApplyManyDevicesFailed", Meaning::CreateFailed),
    ("iot.device.CreateDeviceFailed", Meaning::CreateFailed),
    ("iot.device.DeleteDeviceFailed", Meaning::CreateFailed),
    ("iot.device.CreateDeviceTaskIsRunning", Meaning::CreateRunning),
    ("iot.device.DeviceApplyIsNotFound", Meaning::BatchUnknown),
    ("iot.device.InvalidFormattedApplyId", Meaning::BatchUnknown),
    ("iot.device.NullApplyId", Meaning::BatchUnknown),
    ("iot.device.IncorrentDeviceApplyInfo", Meaning::BatchMismatch),
    ("iot.device.NoneDeviceNameElement", Meaning::NamesMissing),
    ("iot.device.NullDeviceName", Meaning::NamesMissing),
    ("iot.device.InvalidFormattedDeviceName", Meaning::NameInvalid),
    ("iot.device.InvalidDeviceNickNameExisted", Meaning::NicknameInvalid),
    ("iot.device.AlreadyExistedDeviceName", Meaning::NameTaken),
    ("iot.device.DeviceHasDistributed", Meaning::NameTaken),
    ("iot.device.NotExistedDevice", Meaning::DeviceUnknown),
    ("iot.device.InvalidIoTId", Meaning::DeviceUnknown),
    ("iot.common.AuthActionPermissionDeny", Meaning::DeviceOfAnother),
    ("iot.device.RegionNotSupportX509", Meaning::X509Region),
];

/// What a code means: by the catalogue, else by how the vendor builds its codes (`Missing` and `Invalid` before a
/// parameter's name, a family's name inside); none for a code that says nothing to us.
#[must_use]
pub fn meaning(code: &str) -> Option<Meaning> {
    if let Some((_, meaning)) = CATALOGUE.iter().find(|(known, _)| *known == code) {
        return Some(*meaning);
    }
    if code.contains("Throttling") || code.ends_with("RateLimit") {
        Some(Meaning::Throttled)
    } else if code.ends_with("SystemException") {
        Some(Meaning::ServerFault)
    } else if code.ends_with("ActionError") {
        Some(Meaning::QueryFailed)
    } else if code.starts_with("Forbidden") {
        Some(Meaning::NotAuthorized)
    } else if code.starts_with("Missing") {
        Some(Meaning::ParameterMissing)
    } else if code.starts_with("Invalid") {
        Some(Meaning::ParameterInvalid)
    } else {
        None
    }
}

impl Meaning {
    /// Whether sending again can help.
    #[must_use]
    pub fn retry(self) -> Retry {
        match self {
            Self::Throttled => Retry::AfterWait,
            Self::ServerFault | Self::QueryFailed => Retry::ReadsOnly,
            Self::NonceUsed => Retry::NewNonce,
            Self::CreateFailed | Self::CreateRunning => Retry::Unsure,
            _ => Retry::Never,
        }
    }
}

/// Whether sending again can help, by code and HTTP status: 408, 429 and 5xx count whatever the code says, since
/// they may come from something in between.
#[must_use]
pub fn retry(status: u16, code: &str) -> Retry {
    match meaning(code).map(Meaning::retry) {
        Some(Retry::Never) | None if status == 429 => Retry::AfterWait,
        Some(Retry::Never) | None if status == 408 || status >= 500 => Retry::ReadsOnly,
        Some(retry) => retry,
        None => Retry::Never,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_stands_once() {
        let mut codes: Vec<&str> = CATALOGUE.iter().map(|(code, _)| *code).collect();
        codes.sort_unstable();
        assert!(codes.windows(2).all(|pair| pair[0] != pair[1]));
    }

    #[test]
    fn families_of_codes_are_known_by_how_they_are_built() {
        assert_eq!(meaning("Throttling.Resource"), Some(Meaning::Throttled));
        assert_eq!(meaning("MissingProductKey"), Some(Meaning::ParameterMissing));
        assert_eq!(meaning("InvalidPageSize"), Some(Meaning::ParameterInvalid));
        assert_eq!(meaning("iot.new.ThingActionError"), Some(Meaning::QueryFailed));
        assert_eq!(meaning("SomethingNew"), None);
    }

    #[test]
    fn whether_to_send_again_follows_the_vendors_tables() {
        assert_eq!(retry(400, "Throttling.Api"), Retry::AfterWait);
        assert_eq!(retry(503, "ServiceUnavailable"), Retry::ReadsOnly);
        assert_eq!(retry(200, "iot.system.SystemException"), Retry::ReadsOnly);
        assert_eq!(retry(400, "SignatureNonceUsed"), Retry::NewNonce);
        assert_eq!(retry(200, "iot.device.ApplyManyDevicesFailed"), Retry::Unsure);
        assert_eq!(retry(404, "InvalidAccessKeyId.NotFound"), Retry::Never);
        assert_eq!(retry(429, "SomethingNew"), Retry::AfterWait);
        assert_eq!(retry(502, "SomethingNew"), Retry::ReadsOnly);
        assert_eq!(retry(400, "SomethingNew"), Retry::Never);
    }
}
