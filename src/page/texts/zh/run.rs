//! 简体中文: the run.

use provisioner_core::model::report::{BatchState, Phase, Verdict};

use super::super::RunTexts;
use super::{devices, number, rows};

use crate::page::state::Happened;

/// The run.
pub(super) const RUN: RunTexts = RunTexts {
    heading: |run, product| {
        let what = if run.is_existing { (RUN.batches)(run.batches.len()) } else { devices(run.requested) };
        [product, " 的 ", &what].concat()
    },
    phase: |phase| match phase {
        Phase::Submitting => "正在提交批次",
        Phase::Registering => "云端正在创建设备",
        Phase::Fetching => "正在获取设备证书",
        Phase::Checking => "正在比对数量和数据",
        Phase::Paused => "已暂停：不发送任何请求",
        Phase::Done => "已结束",
    },
    stages: [
        (Phase::Submitting, "提交"),
        (Phase::Registering, "创建"),
        (Phase::Fetching, "获取"),
        (Phase::Checking, "比对"),
    ],
    stages_name: "阶段",
    progress: "已下载的设备证书",
    progress_value: |run, percent| match run.requested_known() {
        Some(all) => format!("{} / {}（{percent}%）", number(run.downloaded), number(all)),
        None => rows(run.downloaded),
    },
    title: |percent, product| format!("{percent}% · {product}"),
    title_done: |verdict, product| [verdict_name(verdict), " · ", product].concat(),
    title_asks: |product| ["等待您的选择 · ", product].concat(),
    log: "日志",
    log_line: |happened| match happened {
        Happened::Phase(phase) => (RUN.phase)(*phase).to_owned(),
        Happened::Batch { number: batch, state, apply_id } => {
            let name = ["批次 ", &number(*batch), "：", (RUN.batch_state_name)(*state)].concat();
            match apply_id {
                Some(id) => [&name, "（ApplyId ", id, "）"].concat(),
                None => name,
            }
        }
        Happened::Told(what) => what[1].clone(),
    },
    telling: "提醒",
    notify: "结束或需要选择时显示通知",
    notify_refused: "浏览器不允许此页面显示通知，可在浏览器的网站设置中更改。",
    sound: "提示音",
    said_progress: |percent| format!("已下载百分之 {percent}。"),
    elapsed: "已用时间",
    left: "剩余时间",
    left_unknown: "正在估算",
    left_paused: "已暂停",
    left_offline: "离线，等待中",
    requested: "请求",
    requested_hint: "您申请的数量",
    requested_existing: "这些批次中的设备",
    created: "已创建",
    created_hint: "以云端报告为准",
    downloaded: "已下载",
    downloaded_hint: "表格中完整的行",
    rate: "最近一分钟的每秒调用次数",
    rate_value: |rate| match rate {
        Some(rate) => format!("{}：每秒 {} 次，配额 {} 次", rate.action.name(), rate.per_second, rate.quota),
        None => "最近一秒没有调用".to_owned(),
    },
    calls: |run| {
        [
            &number(run.calls),
            " 次调用 · ",
            &(if run.throttled == 0 {
                "从未触发限流".to_owned()
            } else {
                [&number(run.throttled), " 次触发限流并等待"].concat()
            }),
            " · ",
            &(if run.retried == 0 {
                "无重发".to_owned()
            } else {
                ["重发 ", &number(run.retried), " 次"].concat()
            }),
        ]
        .concat()
    },
    verdict: verdict_name,
    verdict_text: |verdict, run| match verdict {
        Verdict::Complete if run.is_existing => {
            ["云端报告的这些批次的全部设备均在表格中：", &number(run.requested), "。每行的名称各不相同，且均有密钥。"]
                .concat()
        }
        Verdict::Complete => {
            ["请求、已创建、已下载三者相等：", &number(run.requested), "。每行的名称各不相同，且均有密钥。"].concat()
        }
        Verdict::Incomplete if run.is_existing => {
            ["表格中有 ", &rows(run.downloaded), "；缺少或不确定的部分见下方消息。可以重新读取，或先保存已有的部分。"]
                .concat()
        }
        Verdict::Incomplete => [
            "表格中有 ",
            &number(run.downloaded),
            " / ",
            &devices(run.requested),
            "；缺少或不确定的部分见下方消息。可以重新读取、为缺少的设备新建任务，或先保存已有的部分。",
        ]
        .concat(),
        Verdict::Failed if run.is_existing => "没有读取到任何数据。原因和处理办法见下方消息。".to_owned(),
        Verdict::Failed => "没有注册任何设备。原因和处理办法见下方消息。".to_owned(),
        Verdict::Cancelled if run.is_existing => {
            ["您结束了任务。它没有更改任何内容；表格中有 ", &rows(run.downloaded), "。"].concat()
        }
        Verdict::Cancelled => [
            "您结束了任务。云端已接受 ",
            &devices(run.accepted),
            "，它们会保留在云端；表格中有 ",
            &rows(run.downloaded),
            "。",
        ]
        .concat(),
    },
    reason: super::reason,
    read_again: "重新读取",
    retry: |count| ["为可以重试的 ", &devices(count), "新建任务"].concat(),
    save_failed: |count| ["保存失败的 ", &devices(count), "清单"].concat(),
    leave: "请保持此标签页打开。如果标签页被关闭或崩溃，请在同一浏览器中重新打开此页面，即可继续。",
    pause: "暂停",
    resume: "继续",
    take: "采用已找到的",
    cancel: "取消",
    cancel_ask: |run| {
        if run.is_existing {
            return "要结束任务吗？它没有更改任何内容，尚未获取的行将会缺失。".to_owned();
        }
        let unclear = if run.unclear == 0 {
            String::new()
        } else {
            ["另有 ", &devices(run.unclear), "可能已存在。"].concat()
        };
        [
            "要结束任务吗？云端已接受 ",
            &devices(run.accepted),
            "，仍会创建并保留。",
            &unclear,
            "此后不再发送任何请求，尚未获取的行将会缺失。",
        ]
        .concat()
    },
    cancel_sure: "结束任务",
    cancel_not: "不结束",
    again: "新任务",
    own_account: "改用自己的账号",
    batches: |count| [&number(u32::try_from(count).unwrap_or(u32::MAX)), " 个批次"].concat(),
    batch: "批次",
    batch_devices: "设备数",
    batch_apply_id: "ApplyId",
    batch_state: "状态",
    batch_state_name: |state| match state {
        BatchState::Waiting => "等待中",
        BatchState::Submitting => "提交中",
        BatchState::Registering => "创建中",
        BatchState::Fetching => "获取中",
        BatchState::Complete => "完整",
        BatchState::Incomplete => "不完整",
        BatchState::Refused => "被拒绝",
        BatchState::Unclear => "不确定",
        BatchState::NotSent => "未发送",
        BatchState::Cancelled => "已取消",
    },
    batch_rows: |batch| match batch.created {
        Some(created) => [&number(batch.downloaded), " / ", &number(created)].concat(),
        None => number(batch.downloaded),
    },
    batch_rows_name: "已下载 / 已创建",
    batch_no_apply_id: "无",
    archives: "证书",
    archives_hint: "X.509 认证的产品，其设备使用证书，没有密钥。云端把每个批次的证书保存为一个压缩包；链接 30 天内有效，\
                    任何拿到链接的人都会得到私钥。",
    archives_ask: "获取链接",
    archive: |batch, host| ["批次 ", &number(batch), "：证书压缩包，位于 ", host, "（在新标签页中打开）"].concat(),
};

fn verdict_name(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Complete => "全部完成",
        Verdict::Incomplete => "不完整",
        Verdict::Failed => "失败",
        Verdict::Cancelled => "已取消",
    }
}
