//! Every error and warning there is, in the page's language: `?gallery` in a debug build. In: the core's catalogue.
//! Out: an element, to be looked at and to be tested.

mod catalogue;

use leptos::prelude::location;
use provisioner_core::model::action::Action;
use provisioner_core::model::report::{Failure, Notice, Rejection};
use provisioner_core::plan::NameRule;

use super::common::el::{El, el};
use super::notices;
use crate::page::Page;
use crate::page::state::EngineFault;
use crate::page::texts::{spoken, texts};
use crate::words::{self, Told};
use catalogue::{faults, file_faults, findings, kinds, lookups};

/// Whether the address asks for it.
pub(super) fn is_wanted() -> bool {
    location().search().is_ok_and(|query| query.contains("gallery"))
}

/// All of it.
pub(super) fn gallery(page: Page) -> El {
    let texts = texts();
    let mut all = el("main", "page");
    for kind in kinds() {
        let notice = Notice { kind, batch: Some(2), accepted: 10_000, unclear: 1, downloaded: 9_999 };
        all = all.child(notices::told(page, &words::of_notice(&notice, "iot.cn-shanghai.aliyuncs.com")));
    }
    let of_engine = |fault| notices::of_engine(page, fault, "RuntimeError: unreachable");
    let engine = [EngineFault::Refused, EngineFault::Silent, EngineFault::Stopped, EngineFault::Garbled];
    all = all.children(engine.map(of_engine).into());
    all = all
        .child(notices::of_address(page))
        .child(notices::told(page, &words::of_failure(&Failure::Unreachable, Action::QueryProductList, "proxy")));
    let (faulty, good): (Vec<Told>, _) = findings().into_iter().partition(|told| told.is_error);
    all = all.children(faulty.iter().map(|told| notices::told(page, told)).collect());
    let mut lines: Vec<String> = faults().iter().map(|(field, fault)| (texts.form.fault)(*field, fault)).collect();
    lines.extend(NameRule::KINDS.iter().map(|rule| rule.told((texts.names.rule)(rule))));
    lines.extend(Rejection::PLAIN.iter().map(texts.run.reason).chain(lookups()));
    let good = good.iter().map(|told| spoken(&told.words));
    lines.extend(good.map(|words| [&*words.what, &words.already, &words.todo].join(" ")));
    lines.extend(file_faults().iter().map(|fault| spoken(&words::of_file(fault)).join(" ")));
    let lines = lines.into_iter().map(|line| el("li", "").testid("sentence").text_string(line));
    all.child(el("ul", "").children(lines.collect()))
}
