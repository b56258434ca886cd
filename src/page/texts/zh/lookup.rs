//! 简体中文: what was learnt from the cloud before a run.

use provisioner_core::model::device::AuthType;
use provisioner_core::model::lookup::{Sought, SoughtNames};
use provisioner_core::plan::Route;

use super::super::LookupTexts;
use super::{duration, number};
use crate::protocol::Learnt;

/// What was learnt from the cloud.
pub(super) const LOOKUP: LookupTexts = LookupTexts {
    ask: "在云端查询产品",
    asking: "正在查询…",
    proven: |route| match route {
        Route::Demo => "演示用的模拟云响应正常。",
        Route::Proxy { .. } => "连接正常：AccessKey、时钟、接入地址和代理均无误。",
        Route::Direct => "连接正常：AccessKey、时钟和接入地址均无误。",
    },
    name: "产品名称",
    auth: "认证方式",
    auth_type: |auth_type| match auth_type {
        AuthType::Secret => "设备密钥",
        AuthType::X509 => "X.509证书",
        AuthType::Id2 => "ID²",
        AuthType::Other => "未知",
    },
    node: "节点类型",
    node_type: |is_gateway| if is_gateway { "网关" } else { "设备" },
    devices: "设备数（查询时）",
    device_count: |count| {
        count.map_or_else(|| "未提供".to_owned(), |count| number(count.try_into().unwrap_or(u32::MAX)))
    },
    denied: "此 AccessKey 无权查询产品（iot:QueryProductList）。这不要紧：任务本身不需要此权限。",
    absent: |plan, seen, total| {
        if u64::from(seen) < total {
            return format!(
                "共 {total} 个产品，最新的 {} 个中没有 {}。更早的产品不再查找；任务本身不需要此查询。",
                number(seen),
                plan.product_key
            );
        }
        let place = match &plan.instance_id {
            Some(instance) => ["实例 ", instance, " 中"].concat(),
            None => "未填实例 ID 时".to_owned(),
        };
        format!(
            "此账号在 {} {place}有 {} 个产品，其中没有 {}。请检查地域、实例 ID，以及 AccessKey 属于哪个账号。",
            plan.target.region_id,
            number(seen),
            plan.product_key
        )
    },
    x509: "此产品的认证方式为X.509证书：设备没有 DeviceSecret，任务结束后可在此页面获取证书的下载链接。名称按每批 1,000 个提交，\
           因为云端会丢弃超出的部分。",
    x509_region: |region| {
        ["X.509证书认证的产品仅限 cn-shanghai；", region, " 可能会拒绝（iot.device.RegionNotSupportX509）。"].concat()
    },
    x509_batches: "每批最多 1,000 个名称",
    x509_unknown: "如果此产品使用X.509证书，云端每次只接受 1,000 个名称，其余的会被丢弃且不作提示。请先查询产品，批次会随之调整。",
    names_ask: "核对产品中已有的名称",
    names_hint: |calls, ms| {
        [
            "需调用 ",
            &number(calls),
            " 次，至少 ",
            &duration(ms),
            "。响应中含有已存在设备的 DeviceSecret，此处只读取名称。",
        ]
        .concat()
    },
    names_too_many: |limit| {
        ["名称多于 ", &number(limit), " 个时，不在此处与产品核对；任务本身会检查全部名称。"].concat()
    },
    names_asked,
    names_stop: "停止",
    said: |learnt| match learnt {
        Learnt::Product(Sought::Found(product)) => Some(["已找到产品：", &product.name].concat()),
        Learnt::Product(Sought::Absent { .. }) => Some("没有找到此产品。".to_owned()),
        Learnt::Names(names) if names.is_over => Some(names_asked(names)),
        Learnt::Product(Sought::Denied) => Some("连接正常；此 AccessKey 无权查询产品。".to_owned()),
        Learnt::Product(Sought::Failed) | Learnt::Names(_) | Learnt::Connection(_) => None,
    },
};

fn names_asked(names: &SoughtNames) -> String {
    let &SoughtNames { asked, of, existing, is_over, .. } = names;
    let progress = ["已核对 ", &number(asked), " / ", &number(of), " 个名称"].concat();
    if !is_over {
        return progress;
    }
    let found = match existing {
        0 => "产品中都没有。".to_owned(),
        count => ["产品中已有 ", &number(count), " 个。"].concat(),
    };
    let rest = if asked < of { "其余名称尚未核对。" } else { "" };
    [&progress, "：", &found, rest].concat()
}
