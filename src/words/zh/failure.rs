//! 简体中文: what came instead of an answer. In: a failure and its action. Out: what happened and what to do.

use provisioner_core::model::action::Action;
use provisioner_core::model::error_code;
use provisioner_core::model::report::{Failure, Refusal};

use super::super::{Said, Words};
use super::duration;
use super::vendor::advice;

/// Puts the failure of a question outside of a run into words.
pub(in crate::words) fn outside(failure: &Failure, action: Action, place: &str) -> Words {
    let Said { what, quote, todo } = said(failure, action, place);
    Words { what, quote, items: Vec::new(), already: "没有任何改动：此处只作查询。".to_owned(), todo }
}

/// Puts a failure into words.
pub(super) fn said(failure: &Failure, action: Action, place: &str) -> Said {
    match failure {
        Failure::Refused(refusal) => refused(refusal, action),
        Failure::Foreign { status, excerpt } => Said {
            what: format!("返回响应的不是阿里云，而是此页面与阿里云之间的某个环节（HTTP 状态码 {status}）。"),
            quote: excerpt.clone(),
            todo: match status {
                // A web server that has nothing there, or only files.
                404 | 405 | 501 => "请检查代理地址和接入地址：该地址没有转发到阿里云。",
                401 | 403 | 407 => "请检查代理是否允许访问该接入地址，以及中间是否有防火墙或登录页拦截。",
                502..=504 => "代理无法连接到接入地址。请与代理的管理员核对该地址。",
                _ => "请检查代理地址，以及中间是否有防火墙或登录页拦截。",
            }
            .to_owned(),
        },
        Failure::Broken { detail } => Said {
            what: "响应被截断，或缺少必需的内容。".to_owned(),
            quote: detail.clone(),
            todo: "网络或代理丢失了部分数据，请检查二者。".to_owned(),
        },
        Failure::Unreachable => Said {
            what: ["无法连接 ", place, "，或浏览器不允许读取其响应。"].concat(),
            quote: String::new(),
            todo:
                "请检查：本机是否联网；代理是否在所填地址上运行；代理是否允许此页面的来源（Origin）。直连时，浏览器本身\
                   可能拦截该调用（CORS），此时请改用代理。表单中的“测试连接”可以区分这些情况。"
                    .to_owned(),
        },
        Failure::TimedOut { after_ms } => Said {
            what: [place, " 在 ", &duration(*after_ms), "内没有响应。"].concat(),
            quote: String::new(),
            todo: "网络或代理过慢，或已卡住，请检查二者。".to_owned(),
        },
    }
}

fn refused(refusal: &Refusal, action: Action) -> Said {
    let name = action.name();
    let right = refusal.denied.clone().unwrap_or_else(|| ["iot:", name].concat());
    let (what, todo) = match error_code::meaning(&refusal.code) {
        Some(meaning) => {
            let (what, todo) = advice(meaning, &right, refusal.signed.as_ref());
            (what.to_owned(), todo)
        }
        None => (
            format!("阿里云拒绝了 {name}，错误码为 {}。", refusal.code),
            "阿里云的原话见上。其技术支持可凭 RequestId 查询此次调用。".to_owned(),
        ),
    };
    Said { what, quote: refusal.message.clone(), todo }
}
