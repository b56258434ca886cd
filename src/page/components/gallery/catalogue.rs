//! One of everything that can go wrong or be found. In: nothing. Out: values for the gallery to put into words.

use provisioner_core::export::template::{TemplateError, TemplateFault};
use provisioner_core::export::{CheckFault, ExportError, FileFault, LabelFault, LockFault, nvs::NvsFault};
use provisioner_core::model::action::Action;
use provisioner_core::model::connection::{Finding, Reached};
use provisioner_core::model::error_code::CATALOGUE;
use provisioner_core::model::lookup::SoughtNames;
use provisioner_core::model::report::{Failure, NoticeKind, Refusal, SignedPart, SignedText};
use provisioner_core::plan::list::ListFault;
use provisioner_core::plan::{Fault, Field, FormInput, PatternFault, outline, target};

use crate::page::texts::texts;
use crate::words::{self, Told, Way};

fn refused(code: &str, signed: Option<SignedText>) -> Failure {
    Failure::Refused(Box::new(Refusal {
        status: 400,
        code: code.into(),
        message: "Specified access key is not found.".into(),
        request_id: "A8F1F799-9F90-5D3B-8D68-8A8A2F2C5F6D".into(),
        signed,
        ..Refusal::default()
    }))
}

fn failures() -> Vec<Failure> {
    let differs = |part| SignedText::Differs { part, ours: "2026-11-23".into(), theirs: String::new() };
    let mut all: Vec<Failure> = CATALOGUE.iter().map(|(code, _)| refused(code, None)).collect();
    all.push(refused("SomethingNew", None));
    for signed in [
        SignedText::Same,
        differs(SignedPart::Method),
        differs(SignedPart::Parameter("Timestamp".into())),
        differs(SignedPart::Request),
    ] {
        all.push(refused("SignatureDoesNotMatch", Some(signed)));
    }
    for status in [200, 403, 404, 502] {
        all.push(Failure::Foreign { status, excerpt: "<html>Sign in to the network".into() });
    }
    all.push(Failure::Broken { detail: "the answer ends at character 512".into() });
    all.push(Failure::Unreachable);
    all.push(Failure::TimedOut { after_ms: 30_000 });
    all
}

/// What trying a connection out can show, through a proxy and without one.
pub(super) fn findings() -> Vec<Told> {
    let all = [
        Finding::Reached(Reached::KeyWorks),
        Finding::Reached(Reached::KeyMayNotLook),
        Finding::Reached(Reached::WithoutKey),
        Finding::Reached(Reached::Refused(Box::default())),
        Finding::HostNotListed,
        Finding::OriginNotListed,
        Finding::Redirected,
        Finding::Unreadable,
        Finding::PreflightRefused,
        Finding::Forbidden,
        Finding::Unreachable,
    ];
    let Ok(target) = target(&FormInput::default()) else { return Vec::new() };
    let ways = [("proxy.example.com", Some(true)), ("proxy.example.com", Some(false)), (&*target.host, None)];
    let told = |(place, direct)| {
        let way = Way { place, origin: "https://provisioner.example.com", target: &target };
        all.iter().map(move |finding| words::of_finding(finding, direct, &way)).collect::<Vec<_>>()
    };
    ways.into_iter().flat_map(told).collect()
}

/// What can happen to a run.
pub(super) fn kinds() -> Vec<NoticeKind> {
    let name = || "SN-0001".to_owned();
    let failed = || vec![(name(), "iot.device.DeviceNameExists".to_owned())];
    let mut all: Vec<NoticeKind> =
        failures().into_iter().map(|failure| NoticeKind::Stopped(Action::QueryDevice, failure)).collect();
    all.extend([
        NoticeKind::CheckFailed(Failure::Unreachable),
        NoticeKind::BatchRefused(Failure::Unreachable),
        NoticeKind::BatchUnknown(Failure::Unreachable),
        NoticeKind::BatchEmpty("CHECK_SUCCESS".into()),
        NoticeKind::BatchUnclear(Failure::Unreachable),
        NoticeKind::BatchRebuilt(1),
        NoticeKind::BatchNotFound(10_000, 0),
        NoticeKind::BatchNotFound(10_000, 1),
        NoticeKind::BatchNotFound(10_000, 20_000),
        NoticeKind::ProductTooLarge(20_000),
        NoticeKind::ProductSurplus(1),
        NoticeKind::NamesAbsent(1, name()),
        NoticeKind::Offline,
        NoticeKind::ProductFull(499_999, 500_000),
        NoticeKind::JournalFailed("QuotaExceededError".into()),
        NoticeKind::BatchFailed("CREATE_FAILED".into(), failed()),
        NoticeKind::BatchFailed("CHECK_FAILED".into(), failed()),
        NoticeKind::CountDiffers(10_000, 9_999),
        NoticeKind::CountDiffers(10_000, 10_001),
        NoticeKind::RowsUnusable(1, name()),
        NoticeKind::NoSecrets(1_000),
        NoticeKind::ArchiveUnknown(Failure::Unreachable),
        NoticeKind::RowsMissing(1),
        NoticeKind::RowsConflict(1, name()),
        NoticeKind::RowsBeyondTotal(1),
        NoticeKind::BatchStuck("CREATE".into(), 60),
    ]);
    all
}

/// What can be wrong with a field.
pub(super) fn faults() -> Vec<(Field, Fault)> {
    let found = '／';
    let mut all: Vec<(Field, Fault)> = [Field::Region, Field::Count, Field::Pattern, Field::Names, Field::ProductKey]
        .map(|field| (field, Fault::Missing))
        .into();
    all.extend([
        (Field::ProductKey, Fault::Invisible { position: 3 }),
        (Field::ProductKey, Fault::Character { found }),
        (Field::ProductKey, Fault::Length { found: 10, expected: 11 }),
        (Field::Count, Fault::NotANumber),
        (Field::Count, Fault::TooSmall { limit: 1 }),
        (Field::Count, Fault::TooLarge { limit: 1_000_000 }),
        (Field::Names, Fault::TooLarge { limit: 1_000_000 }),
        (Field::QuotaShare, Fault::TooLarge { limit: 100 }),
        (Field::ApplyIds, Fault::Missing),
        (Field::ApplyIds, Fault::TooLarge { limit: 100 }),
        (Field::ApplyIds, Fault::NotAnApplyId { lines: vec![2] }),
        (Field::ApplyIds, Fault::ApplyIdRepeated { lines: vec![3, 5] }),
        (Field::AccessKeyId, Fault::Swapped),
        (Field::SecurityToken, Fault::TokenMissing),
        (Field::ProxyUrl, Fault::NotAnAddress),
        (Field::ProxyUrl, Fault::NotEncrypted),
        (Field::EndpointHost, Fault::NotAHost),
        (Field::Region, Fault::UnknownRegion),
        (Field::Names, Fault::Rows { count: 10, faulty: 1 }),
        (Field::Names, Fault::FileTooLarge { limit_mb: 64 }),
    ]);
    let patterns = [
        PatternFault::NoRange,
        PatternFault::Brace { position: 4 },
        PatternFault::SecondRange { position: 4 },
        PatternFault::Bound { position: 4 },
        PatternFault::Reversed { position: 4 },
        PatternFault::Unknown { position: 4 },
        PatternFault::Date { position: 4 },
        PatternFault::Random { position: 4 },
        PatternFault::CheckNotLast { position: 4 },
        PatternFault::Unsettled { position: 4 },
        PatternFault::Character { position: 4, found },
        PatternFault::Length { name: "SN1".into() },
    ];
    let lists = [ListFault::Unreadable, ListFault::NotText, ListFault::OldWorkbook, ListFault::Workbook];
    all.extend(lists.map(|fault| (Field::Names, Fault::List(fault))));
    all.extend(patterns.map(|fault| (Field::Pattern, Fault::Pattern(fault))));
    all
}

/// What can be learnt of a product and of names, in words.
pub(super) fn lookups() -> Vec<String> {
    let words = &texts().lookup;
    let form = FormInput { product_key: "a1SimCloud1".into(), count: "1".into(), ..FormInput::default() };
    let absent =
        |(seen, total)| outline(&form, None).map(|plan| (words.absent)(&plan, seen, total)).unwrap_or_default();
    let asked = |(asked, existing)| SoughtNames { asked, of: 1_201, existing, is_over: true };
    let mut all: Vec<String> = [words.denied, words.x509, words.x509_unknown].map(str::to_owned).into();
    all.extend([(2_000, 2_001), (1, 1), (0, 0)].map(absent));
    all.extend([(words.x509_region)("eu-central-1"), (words.names_too_many)(100_000)]);
    all.extend([(1_201, 0), (100, 1), (1_200, 37)].map(asked).iter().map(words.names_asked));
    all
}

/// Why there can be no file.
pub(super) fn file_faults() -> Vec<FileFault> {
    let reason = || "QuotaExceededError".to_owned();
    let template = |fault| FileFault::Template(TemplateError { line: 2, column: 5, fault });
    vec![
        FileFault::Export(ExportError::TooManyRows { rows: 300_000, rows_max: 200_000 }),
        FileFault::Export(ExportError::Unfit { number: 7, reason: reason() }),
        FileFault::Export(ExportError::Failed(reason())),
        template(TemplateFault::UnknownField("DeviceSerial".into())),
        template(TemplateFault::Unclosed),
        template(TemplateFault::NoField),
        FileFault::Nvs(NvsFault::NamespaceLength),
        FileFault::Nvs(NvsFault::NamespaceCharacters),
        FileFault::Nvs(NvsFault::ProductSecret),
        FileFault::Label(LabelFault::Grid),
        FileFault::Lock(LockFault::EmptyPassphrase),
        FileFault::Lock(LockFault::NoRecipient),
        FileFault::Lock(LockFault::Recipient { line: 2, reason: reason() }),
        FileFault::Check(CheckFault::Damaged(reason())),
        FileFault::Check(CheckFault::Differs),
        FileFault::NotLoaded(reason()),
        FileFault::Broke(reason()),
        FileFault::NotWritten(reason()),
        FileFault::Cancelled,
    ]
}
