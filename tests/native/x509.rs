//! Names for an X.509 product: a check takes a thousand and drops the rest without a word.

use provisioner_core::journal::{Header, Record as _};
use provisioner_core::model::report::Verdict;
use provisioner_core::plan::{FormInput, NamingChoice, parse};

use crate::setting::Setting;

const NAMES: u32 = 2_500;

fn form() -> FormInput {
    FormInput {
        product_key: "a1SimCloud3".into(),
        naming: NamingChoice::Pattern,
        pattern: format!("SN-{{000001..{NAMES:06}}}"),
        is_x509: true,
        ..FormInput::default()
    }
}

fn setting() -> Setting {
    let batches = parse(&form()).unwrap().batches;
    Setting { product_key: "a1SimCloud3", batches, is_named: true, ..Setting::default() }
}

#[test]
fn every_name_is_registered_by_a_plan_that_knows_of_it() {
    let ending = setting().run();
    assert_eq!((ending.existing.len(), ending.table.len()), (NAMES as usize, NAMES as usize));
    assert_eq!((ending.report.batches.len(), ending.report.verdict), (3, Some(Verdict::Complete)));
}

#[test]
fn a_run_that_is_resumed_has_the_same_batches() {
    let header = Header { form: form(), started_at_ms: 1 };
    let again = parse(&Header::read(&header.record()).unwrap().form).unwrap();
    assert_eq!(again, parse(&header.form).unwrap());
    assert_eq!(again.batches, [1_000, 1_000, 500]);
    for crash in [500, 1_500, 2_500, 4_000] {
        let ending = Setting { crashes: vec![crash], ..setting() }.run();
        let verdict = ending.report.verdict;
        assert_eq!((ending.existing.len(), verdict), (NAMES as usize, Some(Verdict::Complete)), "crash at {crash} ms");
    }
}
