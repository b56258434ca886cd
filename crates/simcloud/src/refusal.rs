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

/// The text of a business error. The documentation's samples are Chinese (§2.0); clients must not match on either.
pub(crate) fn error_message(code: &str, language: Language) -> &'static str {
    let (_, english, chinese) = MESSAGES.iter().find(|(known, ..)| *known == code).copied().unwrap_or((
        "",
        "The request failed.",
        "请求失败。",
    ));
    match language {
        Language::English => english,
        // The demo speaks one language, to stay small.
        Language::Chinese if cfg!(not(feature = "full")) => english,
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
