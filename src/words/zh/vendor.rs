//! 简体中文: the vendor's codes. In: what a code means. Out: one sentence and what to do.

use provisioner_core::model::error_code::Meaning;
use provisioner_core::model::report::{SignedPart, SignedText};

/// What a meaning is in words, and what to do about it. `right` is the right in RAM that the call needs.
pub(super) fn advice(meaning: Meaning, right: &str, signed: Option<&SignedText>) -> (&'static str, String) {
    let (what, todo) = match meaning {
        Meaning::SignatureMismatch => return signature(signed),
        Meaning::NotAuthorized => {
            let todo = ["请在 RAM 控制台为此用户授予 ", right, " 权限，资源为 *。执行计划列出了全部所需权限。"];
            return ("此 AccessKey 没有执行该操作的权限。", todo.concat());
        }
        Meaning::Throttled => {
            ("账号的调用已超出配额，等待之后依然如此。", "同一账号的其他程序正在占用配额：请停止它们，或等待一分钟。")
        }
        Meaning::ServerFault | Meaning::QueryFailed => ("云端出现暂时性故障。", "请等待几分钟。"),
        Meaning::NonceUsed => ("云端已收到过这个请求：途中的某个环节发送了两次。", "请检查代理是否会重复发送请求。"),
        Meaning::ClockOff => ("云端认为本机的时间偏差过大。", "请校准本机的时钟和时区（开启自动同步）。"),
        Meaning::SignatureIncomplete => {
            ("到达的签名不完整。", "途中的某个环节删去了请求的一部分：请检查代理，尤其是它转发的请求头。")
        }
        Meaning::KeyUnknown => (
            "云端不认识此 AccessKey ID。",
            "请与 RAM 控制台核对：可能输入有误、已被删除，或属于另一站点（中国站或国际站）。",
        ),
        Meaning::KeyDisabled => ("此 AccessKey 已被禁用。", "请在 RAM 控制台启用它，或使用另一个。"),
        Meaning::TokenExpired => {
            ("SecurityToken 已过期。", "请重新获取临时 AccessKey（AssumeRole），并重新填写全部三项。")
        }
        Meaning::TokenMalformed => ("SecurityToken 不完整。", "请重新完整复制；它有数百个字符。"),
        Meaning::TokenOfAnotherKey => {
            ("SecurityToken 属于另一个 AccessKey。", "ID、Secret 和 Token 必须来自同一次返回结果。")
        }
        Meaning::TokenMissing => ("此临时 AccessKey 没有附带 SecurityToken。", "请填写与其一同返回的 Token。"),
        Meaning::RiskControl => {
            ("阿里云的风险控制已停用此账号的调用。", "请查看阿里云控制台中的消息，或联系阿里云技术支持。")
        }
        Meaning::ParameterMissing | Meaning::ParameterInvalid | Meaning::BodyChanged => (
            "请求到达时已被改动，或云端不接受其中某个值。",
            "请检查代理是否完整转发请求体。如果是，上方阿里云的原话指出了是哪个值。",
        ),
        Meaning::ApiUnknown => ("该主机不提供物联网平台的 API。", "请检查接入地址和代理。"),
        Meaning::TlsNeeded => ("该主机要求加密连接。", "请让代理以 https 访问接入地址。"),
        Meaning::RegionUnknown => ("云端没有这个地域。", "请选择控制台显示的地域。"),
        Meaning::InstanceUnknown => {
            ("云端找不到该实例。", "请按控制台显示填写实例 ID，并选择其地域。仅当控制台没有显示实例 ID 时才留空。")
        }
        Meaning::AccountUnknown => ("账号不存在，或尚未开通物联网平台。", "请用此账号在控制台开通物联网平台。"),
        Meaning::BillOverdue => ("账号已欠费。", "请在费用中心结清。"),
        Meaning::TenantInvalid => ("云端找不到该租户。", "请使用实例所属账号的 AccessKey。"),
        Meaning::NotInInstance => ("此类实例不支持该调用。", "请使用支持它的实例，或咨询阿里云技术支持。"),
        Meaning::ProductUnknown => {
            ("在此账号和地域中找不到该产品。", "请检查 ProductKey、地域和实例 ID；产品只在其所属的地域和实例中可见。")
        }
        Meaning::ProductOfAnother => ("该产品属于另一个账号。", "请使用产品所属账号的 AccessKey。"),
        Meaning::PageInvalid | Meaning::CommodityInvalid => {
            ("云端不接受列表的这一页。", "其限制可能已改变：请把下方的错误码告知此页面的维护者。")
        }
        Meaning::TooManyDevices => {
            ("设备数量超出单次调用或产品的上限。", "请在控制台查看该产品的设备数量上限，然后减少数量。")
        }
        Meaning::CreateFailed => {
            ("云端未能创建设备，或未能全部创建。", "继续注册之前，请在控制台核对产品的设备数量是否符合预期。")
        }
        Meaning::CreateRunning => ("云端仍在创建此批次。", "请等待其结束。"),
        Meaning::BatchUnknown | Meaning::BatchMismatch => {
            ("在此账号、产品和实例中找不到该批次。", "请检查账号、地域和实例是否与注册时一致。")
        }
        Meaning::NamesMissing => ("到达的名称清单是空的。", "请检查代理是否完整转发请求体。"),
        Meaning::NameInvalid => {
            ("有 DeviceName 不符合阿里云的规则。", "请使用 4 到 32 个字符，只含 A–Z、a–z、0–9 和 - _ @ . :")
        }
        Meaning::NicknameInvalid => (
            "有备注名称不符合阿里云的规则。",
            "长度须为 4 到 64，只含中文、日文、字母、数字和 _；一个中文或日文字符计 2。",
        ),
        Meaning::NameTaken => ("有 DeviceName 在此产品中已存在。", "请去掉它，或换一个名称。"),
        Meaning::DeviceUnknown => ("云端找不到该设备。", "请检查名称、产品和实例。"),
        Meaning::DeviceOfAnother => ("有设备属于另一个账号。", "请使用设备所属账号的 AccessKey。"),
        Meaning::X509Region => ("X.509 证书仅在华东2（上海）提供。", "请使用该地域的产品，或使用密钥认证的产品。"),
    };
    (what, todo.to_owned())
}

fn signature(signed: Option<&SignedText>) -> (&'static str, String) {
    match signed {
        Some(SignedText::Same) => (
            "AccessKey Secret 有误：云端对同样的文本签名，得到了不同的结果。",
            "请重新输入 AccessKey Secret，复制时请勿带入空格。云端认识此 AccessKey ID。".to_owned(),
        ),
        Some(SignedText::Differs { part, ours, theirs }) => {
            let place = match part {
                SignedPart::Method => "方法和路径".to_owned(),
                SignedPart::Parameter(name) => ["参数 ", name].concat(),
                SignedPart::Request => "主机、请求头或请求体".to_owned(),
            };
            let shown = |text: &str| if text.is_empty() { "空".to_owned() } else { ["“", text, "”"].concat() };
            let values = match part {
                SignedPart::Request => String::new(),
                SignedPart::Method | SignedPart::Parameter(_) => {
                    ["：此页面发送的是", &shown(ours), "，云端收到的是", &shown(theirs)].concat()
                }
            };
            let parts =
                ["差异在于", &place, &values, "。途中的某个环节改动了请求：请检查代理。密钥本身很可能没有问题。"];
            ("云端收到的文本与此页面签名的不同。", parts.concat())
        }
        None => ("签名不匹配。", "请重新输入 AccessKey Secret。如果仍然如此，请检查代理是否改动了请求。".to_owned()),
    }
}
