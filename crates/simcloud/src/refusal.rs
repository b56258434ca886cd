//! Refusals: why a call was not done, with the vendor's codes and texts; gateway errors (§11.1) and business errors (§11.2).

use std::borrow::Cow;

use crate::choices::Language;
use crate::reply::Fields;

/// What an action answers: its own fields, or a refusal.
pub(crate) type Outcome = Result<Fields, Refusal>;

/// A call that was not done.
pub(crate) enum Refusal {
    /// Refused before the platform saw it: HTTP status other than 200, `Code` and `Message`.
    Gateway {
        /// HTTP status.
        status: u16,
        /// The vendor's code.
        code: Cow<'static, str>,
        /// English text.
        message: String,
    },
    /// Refused by the platform: HTTP 200, `Success:false`, `Code` and `ErrorMessage`.
    Business {
        /// The vendor's code.
        code: Cow<'static, str>,
        /// Fields beside the envelope; only the name check has any (§2.4).
        fields: Fields,
    },
}

impl Refusal {
    /// A gateway error.
    pub fn gateway(status: u16, code: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Self {
        Self::Gateway { status, code: code.into(), message: message.into() }
    }

    /// `Missing<Name>`: a mandatory parameter was left out.
    pub fn missing(name: &str) -> Self {
        Self::gateway(400, format!("Missing{name}"), format!("{name} is mandatory for this action."))
    }

    /// `Invalid<Name>`: a parameter that cannot be read.
    pub fn invalid(name: &str) -> Self {
        Self::gateway(400, format!("Invalid{name}"), format!("Specified parameter {name} is not valid."))
    }

    /// A business error without fields of its own.
    pub fn business(code: impl Into<Cow<'static, str>>) -> Self {
        Self::Business { code: code.into(), fields: Fields::new() }
    }

    /// The vendor's code.
    pub fn code(&self) -> &str {
        match self {
            Self::Gateway { code, .. } | Self::Business { code, .. } => code,
        }
    }
}

/// The text of a gateway error that a fault asks for by its code (§11.1, where "gist" leaves the wording open).
pub(crate) fn gateway_message(code: &str) -> &'static str {
    match code {
        "Throttling" => "Request was denied due to request throttling.",
        "Throttling.User" => "Request was denied due to user flow control.",
        "Throttling.Api" => "Request was denied due to api flow control.",
        "ServiceUnavailable" => "The request has failed due to a temporary failure of the server.",
        "InternalError" => "The request processing has failed due to some unknown error, exception or failure.",
        "InvalidTimeStamp.Expired" => "Specified time stamp or date value is expired.",
        "SignatureNonceUsed" => "Specified signature nonce was used already.",
        "InvalidProtocol.NeedSsl" => "Your request is denied as lack of ssl protect.",
        "Forbidden.RAM" | "NoPermission" => "You are not authorized to do this action.",
        _ => "The request was refused.",
    }
}

/// The text of a business error. The documentation's samples are Chinese (§2.0); clients must not match on either.
pub(crate) fn error_message(code: &str, language: Language) -> &'static str {
    let mut known = MESSAGES.iter().chain(MESSAGES_OF_FAULTS);
    let (_, english, chinese) =
        known.find(|(known, ..)| *known == code).copied().unwrap_or(("", "The request failed.", "请求失败。"));
    match language {
        Language::English => english,
        Language::Chinese => chinese,
    }
}

/// Code, English, Chinese; the meanings are those of §11.2.
const MESSAGES: &[(&str, &str, &str)] = &[
    ("iot.system.SystemException", "A system exception occurred. Try again later.", "系统异常，请稍后重试。"),
    ("iot.system.IllegalRequest", "A request parameter is illegal.", "请求参数不合法。"),
    ("iot.Sre.IotInstanceNotFound", "The instance does not exist.", "实例不存在。"),
    ("iot.common.InvalidPageParams", "The page parameters are invalid.", "分页参数错误。"),
    ("iot.common.RamActionPermissionDeny", "The RAM permission is missing.", "缺少RAM权限。"),
    ("iot.prod.NullProductKey", "The ProductKey is empty.", "产品标识不能为空。"),
    ("iot.prod.InvalidFormattedProductkey", "The format of the ProductKey is invalid.", "产品标识格式错误。"),
    ("iot.prod.NotExistedProduct", "The product does not exist.", "产品不存在。"),
    ("iot.prod.InvalidAliyunCommodityCode", "The AliyunCommodityCode is invalid.", "商品编码错误。"),
    ("iot.device.ApplyManyDevicesFailed", "The batch application failed.", "批量申请设备失败。"),
    ("iot.device.DeviceCountExceeded", "Too many devices in one call.", "单次申请设备数量超过上限。"),
    ("iot.device.CreateDeviceTaskIsRunning", "The devices are still being created.", "创建设备的任务正在执行。"),
    ("iot.device.DeviceApplyIsNotFound", "The application does not exist.", "申请单不存在。"),
    ("iot.device.InvalidFormattedApplyId", "The format of the ApplyId is invalid.", "申请单号格式错误。"),
    ("iot.device.NullApplyId", "The ApplyId is empty.", "申请单号不能为空。"),
    ("iot.device.IncorrentDeviceApplyInfo", "The application data is incorrect.", "申请单信息错误。"),
    ("iot.device.QueryDeviceApplyActionError", "The application could not be read.", "查询申请单失败。"),
    ("iot.device.NoneDeviceNameElement", "The list of names is empty.", "设备名称列表为空。"),
    ("iot.device.NullDeviceName", "A DeviceName is empty.", "设备名称不能为空。"),
    ("iot.device.InvalidFormattedDeviceName", "A DeviceName is invalid.", "设备名称格式错误。"),
    ("iot.device.InvalidDeviceNickNameExisted", "The list holds illegal nicknames.", "列表中存在不合法的备注名称。"),
    ("iot.device.AlreadyExistedDeviceName", "The DeviceName exists already.", "设备名称已存在。"),
    ("iot.device.QueryDeviceListActionError", "The devices could not be listed.", "查询设备列表失败。"),
];

/// The documented codes that only a fault gives.
const MESSAGES_OF_FAULTS: &[(&str, &str, &str)] = &[
    ("iot.system.InstanceNotFound", "The instance does not exist.", "实例不存在。"),
    ("iot.system.UidNotFound", "The account does not exist or has not opened the service.", "账号不存在或未开通服务。"),
    ("Iot.system.BillIsOverDue", "The account is in arrears.", "账号已欠费。"),
    ("iot.common.InvalidTenant", "The tenant is invalid.", "租户不合法。"),
    ("iot.common.AuthActionPermissionDeny", "The device does not belong to the account.", "设备不属于当前账号。"),
    ("iot.common.APINotSupportedInInstance", "The instance does not support this API.", "当前实例不支持该接口。"),
    ("iot.common.InvalidFormattedParameter", "The format of a parameter is invalid.", "参数格式错误。"),
    ("iot.check.InvalidFormattedParameter", "The format of a parameter is invalid.", "参数格式错误。"),
    ("iot.common.QueryDeviceActionError", "The devices could not be queried.", "查询设备失败。"),
    ("iot.common.QueryProductActionError", "The product could not be queried.", "查询产品失败。"),
    ("iot.common.QueryProductCountActionError", "The products could not be counted.", "查询产品数量失败。"),
    ("iot.Prod.NotProductOwner", "The account does not own the product.", "不是产品的所有者。"),
    ("iot.prod.QueryProductListActionError", "The products could not be listed.", "查询产品列表失败。"),
    ("iot.prod.QueryDeviceCountActionError", "The devices could not be counted.", "查询设备数量失败。"),
    ("iot.device.CreateDeviceFailed", "The device could not be created.", "创建设备失败。"),
    ("iot.device.DeviceHasDistributed", "The device has been distributed already.", "设备已被分发。"),
    ("iot.device.NotExistedDevice", "The device does not exist.", "设备不存在。"),
    ("iot.device.InvalidIoTId", "The IotId is invalid.", "设备标识不合法。"),
    ("iot.device.QueryDeviceStatusFailed", "The status of the device could not be queried.", "查询设备状态失败。"),
    ("iot.device.QueryDeviceStatisticsFailed", "The statistics could not be queried.", "查询设备统计失败。"),
    ("iot.device.VerifyDeviceFailed", "The device could not be verified.", "校验设备失败。"),
    ("iot.device.RegionNotSupportX509", "The region does not support X.509 certificates.", "当前地域不支持X.509证书。"),
    ("iot.messagebroker.RateLimit", "The request was throttled.", "请求被限流。"),
];
