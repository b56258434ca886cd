//! 简体中文: what a run tells. In: a notice. Out: what happened, what is already true, what to do.

use provisioner_core::model::action::Action;
use provisioner_core::model::report::{Failure, Notice, NoticeKind, Rejection};

use super::super::{Said, Words};
use super::{devices, failure, number, rows};

/// Where one finds a batch in the vendor's console.
const CONSOLE: &str = "控制台的“设备 > 批次管理”列出每个批次及其时间和数量";

/// Puts a notice into words.
pub(in crate::words) fn notice(notice: &Notice, place: &str) -> Words {
    let batch = notice.batch.unwrap_or_default();
    let mut items = Vec::new();
    let mut quote = String::new();
    let mut said = |said: Said| {
        quote = said.quote;
        (said.what, said.todo)
    };
    let (what, first, todo) = match &notice.kind {
        NoticeKind::CheckFailed(failure) => {
            let (what, todo) = said(failure::said(failure, Action::QueryDevice, place));
            return Words {
                what: ["首个批次之前的检查未通过。", &what].concat(),
                quote,
                items,
                already: "没有注册任何设备：尚未发送任何创建设备的调用。".into(),
                todo,
            };
        }
        NoticeKind::BatchRefused(failure) => {
            if let Failure::Refused(refusal) = failure {
                items = refusal.rejected.iter().map(|one| item(&one.name, &one.reason)).collect();
            }
            let (what, todo) = said(failure::said(failure, Action::BatchRegisterDevice, place));
            (format!("批次 {batch} 被拒绝。{what}"), "此批次没有创建任何设备。".to_owned(), todo)
        }
        NoticeKind::BatchUnknown(failure) => {
            let (what, todo) = said(failure::said(failure, Action::QueryBatchRegisterDeviceStatus, place));
            (
                format!("批次 {batch} 无法读取。{what}"),
                "没有更改任何内容，其他批次照常读取。".to_owned(),
                todo,
            )
        }
        NoticeKind::BatchEmpty(status) => (
            format!("批次 {batch} 中没有设备，其状态为 {status}。"),
            "此批次没有可以读取的数据。".to_owned(),
            [
                "如果只校验过名称（CHECK_SUCCESS），请新建任务注册这些名称；否则其设备可能已被删除。",
                CONSOLE,
                "。",
            ]
            .concat(),
        ),
        NoticeKind::BatchUnclear(failure) => {
            let (what, todo) = said(failure::said(failure, Action::BatchRegisterDevice, place));
            (
                format!("批次 {batch} 已发送，但没有收到明确的响应。{what}"),
                "其设备可能已存在，也可能没有。不会发送任何可能重复创建的请求。".to_owned(),
                ["请保持此页面打开：其他批次完成后，会在产品中查找这些设备。", &todo].concat(),
            )
        }
        NoticeKind::BatchRebuilt(count) => (
            format!("批次 {batch}：已在产品中找到其 {}。", devices(*count)),
            "这些设备晚于丢失响应的调用，不属于任何其他批次，数量与请求一致。".to_owned(),
            "无需处理。这些行没有 ApplyId，因为它在丢失的响应中。".to_owned(),
        ),
        NoticeKind::BatchNotFound(asked, found) => (
            format!("批次 {batch}：请求了 {}，产品中可能属于它的新设备有 {} 台。", devices(*asked), number(*found)),
            if found > asked {
                "有其他人也在此产品中注册设备，或者该调用被执行了两次。"
            } else if *found == 0 {
                "该调用很可能没有到达：十分钟内没有出现任何新设备。"
            } else {
                "十分钟内没有再出现新设备。"
            }
            .to_owned(),
            "“继续”会再次查找；“采用已找到的”会把这些行原样放入表格。如果仍要注册这些设备，请结束此任务，再按其数量新建任务。"
                .to_owned(),
        ),
        NoticeKind::ProductTooLarge(total) => (
            format!("无法查找批次 {batch}：产品中已有 {}。", devices(*total)),
            "对这么大的产品，阿里云的列表只返回前 10,000 行。".to_owned(),
            [CONSOLE, "：如果其中有此批次，可在那里下载其设备证书，然后在此取消任务。"].concat(),
        ),
        NoticeKind::Offline => (
            "此浏览器已断开网络。".to_owned(),
            "不再发送任何请求；途中的响应可能丢失。".to_owned(),
            "无需处理：网络恢复后，任务会自动继续。".to_owned(),
        ),
        NoticeKind::ProductFull(total, limit) => (
            format!("产品已有 {total} 台设备；加上本次请求的，将超过阿里云的上限 {limit} 台。"),
            "没有注册任何设备。".to_owned(),
            "请减少设备数量，或使用其他产品。".to_owned(),
        ),
        NoticeKind::ProductSurplus(count) => (
            format!("产品中比此任务创建的多出 {}。", devices(*count)),
            "可能某个丢失响应的调用被执行了两次，也可能有其他人同时在注册。".to_owned(),
            [CONSOLE, "：请在那里核对，并删除多余的设备。"].concat(),
        ),
        NoticeKind::NamesAbsent(count, first) => (
            format!("批次 {batch}：有 {} 个名称不在返回的数据中，第一个是 {first}。", number(*count)),
            "此批次的其他设备均已存在，并在表格中。".to_owned(),
            "请在控制台查找这些名称，再为缺少的设备新建任务。".to_owned(),
        ),
        NoticeKind::JournalFailed(reason) => (
            ["此浏览器无法保存任务的进度记录，任务已暂停。", reason].concat(),
            "所有已发送的请求，都事先记录过。".to_owned(),
            "请清理本机的磁盘空间，再点击“继续”。".to_owned(),
        ),
        NoticeKind::Stopped(action, failure) => {
            let (what, todo) = said(failure::said(failure, *action, place));
            (
                format!("{} 无法继续，任务已暂停。{what}", action.name()),
                "云端已接受的内容是安全的；中断的这次调用没有执行。".to_owned(),
                [&todo, "然后点击“继续”。"].concat(),
            )
        }
        NoticeKind::BatchFailed(status, failed) => {
            items = failed.iter().map(|(name, said)| item(name, &Rejection::Said(said.clone()))).collect();
            let is_made = status != "CHECK_FAILED";
            (
                format!("云端以状态 {status} 结束了批次 {batch}：其中个别设备有误。"),
                if is_made { "此批次中已创建的设备会保留并获取。" } else { "此批次没有创建任何设备。" }.to_owned(),
                if is_made {
                    "任务结束后，请为缺少的设备新建任务。"
                } else {
                    "任务结束后，请更正这些名称，并为其余名称新建任务。"
                }
                .to_owned(),
            )
        }
        NoticeKind::CountDiffers(requested, created) => (
            format!("批次 {batch}：请求了 {}，云端报告 {} 台。", devices(*requested), number(*created)),
            "云端报告的设备已存在，并会获取。".to_owned(),
            if created < requested {
                "请为缺少的数量新建任务。".to_owned()
            } else {
                [CONSOLE, "：使用表格之前，请在那里核对。"].concat()
            },
        ),
        NoticeKind::RowsUnusable(count, first) => (
            format!(
                "批次 {batch}：有 {}缺少 DeviceName、DeviceSecret 或 IotId{}。",
                rows(*count),
                if first.is_empty() { String::new() } else { ["，第一个是 ", first].concat() }
            ),
            "这些设备已存在，但不在表格中。".to_owned(),
            "请在控制台查找这些设备，并在那里获取其密钥。".to_owned(),
        ),
        NoticeKind::NoSecrets(count) => (
            format!("批次 {batch}：其 {}都没有 DeviceSecret。", devices(*count)),
            "这些设备已存在，但不在表格中。X.509 认证的产品使用证书，没有密钥。".to_owned(),
            "任务结束后，可在下方获取证书链接。如果是其他产品，请检查此 AccessKey 的读取权限。".to_owned(),
        ),
        NoticeKind::ArchiveUnknown(failure) => {
            let (what, todo) = said(failure::said(failure, Action::QueryCertUrlByApplyId, place));
            (
                [&format!("批次 {batch}：未能得知其证书所在的位置。"), &what[..]].concat(),
                "设备及其证书均已存在。".to_owned(),
                [&todo, "然后再次获取链接；控制台也提供下载。"].concat(),
            )
        }
        NoticeKind::RowsMissing(count) => (
            format!("批次 {batch}：重新读取后仍缺少 {}。", rows(*count)),
            "云端报告这些设备已存在。".to_owned(),
            [CONSOLE, "，可在那里下载其全部设备证书。"].concat(),
        ),
        NoticeKind::RowsConflict(count, first) => (
            format!("批次 {batch}：有 {} 个名称出现两次且证书不同，第一个是 {first}。", number(*count)),
            "表格保留先收到的。".to_owned(),
            "使用这些设备之前，请与控制台核对。".to_owned(),
        ),
        NoticeKind::RowsBeyondTotal(count) => (
            format!("批次 {batch}：收到的数据比云端报告的多 {}。", rows(*count)),
            "它们全部在表格中。".to_owned(),
            [CONSOLE, "：使用表格之前，请在那里核对。"].concat(),
        ),
        NoticeKind::BatchStuck(status, minutes) => (
            format!("批次 {batch} 在 {minutes} 分钟内没有结束，最后的状态为 {status}。"),
            "云端已接受此批次，仍可能完成它。".to_owned(),
            [CONSOLE, "。请记下下方的 ApplyId，稍后到那里查看。"].concat(),
        ),
    };
    Words { what, quote, items, already: first + &standing(notice), todo }
}

/// A name with its reason, where there is one.
fn item(name: &str, reason: &Rejection) -> String {
    let said = super::reason(reason);
    if said.is_empty() { name.to_owned() } else { [name, "：", &said].concat() }
}

/// What the whole run has reached so far.
fn standing(notice: &Notice) -> String {
    let mut text = ["总计：已接受 ", &devices(notice.accepted), "，已下载 ", &rows(notice.downloaded)].concat();
    if notice.unclear > 0 {
        text = [&text, "，不确定 ", &devices(notice.unclear)].concat();
    }
    text.push('。');
    text
}
