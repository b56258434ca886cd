//! 简体中文: what trying a connection out has shown. In: what was found, on which way. Out: what it means and what to do.

use provisioner_core::model::action::Action;
use provisioner_core::model::connection::{Finding, Reached};

use super::super::{Way, Words};
use super::failure;

/// Puts it into words.
pub(in crate::words) fn found(finding: &Finding, direct: Option<bool>, way: &Way<'_>) -> Words {
    let Way { place, origin, target } = way;
    let host = &target.host;
    let (what, items, todo): (String, &[&str], String) = match finding {
        Finding::Reached(reached) => return said_of_reached(reached, direct, way),
        Finding::Failed(failure) => return failure::outside(failure, Action::QueryProductList, place),
        Finding::HostNotListed => (
            format!("代理 {place} 工作正常，但 {host} 不在其允许列表中。"),
            &[],
            format!("请代理的管理员为 {host} 添加一行，或选择其他地域。"),
        ),
        Finding::OriginNotListed => (
            format!("代理 {place} 工作正常，但此页面的来源（Origin）{origin} 不在其允许列表中。"),
            &[],
            format!("请代理的管理员添加 {origin}：须完全一致，末尾不带斜杠。"),
        ),
        Finding::Redirected => (
            format!("{place} 将浏览器转到了另一个地址，通常是登录页。"),
            &[],
            "请在另一个标签页中登录后再测试，或让代理的路径免于登录。".to_owned(),
        ),
        Finding::Unreadable if way.is_proxied() => (
            format!("{place} 有响应，但不允许此页面读取（CORS）。浏览器不会告诉页面原因。"),
            &[
                "代理的来源列表中没有此页面的来源（见下）。",
                "地址或路径不是代理的，而是其他服务的。",
                "防火墙、网关或登录页代替代理作出了响应。",
            ],
            format!(
                "请逐项检查；浏览器开发者工具的“网络”面板会显示页面无权看到的内容。此页面的来源（Origin）是 {origin}。"
            ),
        ),
        Finding::Unreadable => {
            (format!("{host} 有响应，但不允许浏览器中的页面读取（CORS）。"), &[], "无法直连，请使用代理。".to_owned())
        }
        Finding::PreflightRefused => (
            format!("{place} 允许此页面读取响应，但不接受带有 V3 签名请求头的调用。"),
            &[],
            if way.is_proxied() {
                "请选择 V1 签名；或让代理响应 OPTIONS，并转发 Authorization 和 x-acs- 请求头。"
            } else {
                "请选择 V1 签名：它不需要额外的请求头。"
            }
            .to_owned(),
        ),
        Finding::Forbidden => (
            format!("本站点的策略（Content-Security-Policy）禁止调用 {place}，没有任何请求发出。"),
            &[],
            format!("请使用策略允许的代理，或请此页面的管理员将 {place} 加入引擎的 connect-src。"),
        ),
        Finding::Unreachable => (
            format!("{place} 没有任何响应。浏览器不会告诉页面原因。"),
            &[
                "本机没有联网，或不在可以访问它的网络（VPN）中。",
                "域名或端口有误，或服务器没有运行。",
                "浏览器不信任其证书：请在另一个标签页中打开查看。",
                "防火墙或浏览器扩展拦截了调用。",
            ],
            "请逐项检查。".to_owned(),
        ),
    };
    Words {
        what,
        quote: String::new(),
        items: items.iter().map(|&item| item.to_owned()).collect(),
        already: "没有任何改动：此处只作查询。".to_owned(),
        todo,
    }
}

/// The cloud answered: that, what it says of the key, and whether the proxy is needed at all.
fn said_of_reached(reached: &Reached, direct: Option<bool>, way: &Way<'_>) -> Words {
    let Way { place, target, .. } = way;
    let host = &target.host;
    let what = if way.is_proxied() {
        format!("阿里云通过 {place} 作出了响应，此页面可以读取。")
    } else {
        format!("{host} 作出了响应，此页面可以读取：无需代理。")
    };
    let todo = match reached {
        Reached::KeyWorks => "AccessKey 有效。",
        Reached::KeyMayNotLook => "AccessKey 有效。它无权查询产品列表，而任务并不需要此权限。",
        Reached::WithoutKey => "尚未验证 AccessKey：填写后再次测试即可一并验证。",
        Reached::Refused(_) => "但它指出了问题：",
    };
    let already = match direct {
        Some(true) => format!("不经代理也可以访问：这样只有 {host} 能读到响应。"),
        Some(false) => format!("需要代理：不经代理时，此浏览器得不到 {host} 的响应。"),
        None => String::new(),
    };
    Words { what, already, todo: todo.to_owned(), ..Words::default() }
}
