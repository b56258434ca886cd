//! The form's own rules. In: [`FormInput`]. Out: a [`Plan`], or every field error at once.

use super::target::target;
use super::{
    Connection, DEVICES_PER_RUN_MAX, Fault, Field, FieldError, FormInput, Names, Naming, NamingChoice, Pattern, Plan,
    QUOTA_SHARE_PERCENT, QUOTA_SHARE_PERCENT_MIN, Target, apply_ids, list, number, split,
};

/// Characters of a ProductKey: 11 letters and digits in every published sample (api-da6eaf, esp-aliyun notes).
const PRODUCT_KEY_CHARS: usize = 11;

/// Checks the whole form, and makes or reads its names.
///
/// # Errors
/// Every field that breaks a rule, in the order of the form.
pub fn parse(input: &FormInput) -> Result<Plan, Vec<FieldError>> {
    let named = |names: Names| (split(names.len(), input), Naming::Named(names));
    let existing = |apply_ids: Vec<String>| (vec![0; apply_ids.len()], Naming::Existing(apply_ids));
    let (field, devices) = match input.naming {
        NamingChoice::Random => {
            (Field::Count, devices(&input.count).map(|devices| (split(devices, input), Naming::Random)))
        }
        NamingChoice::Pattern => (Field::Pattern, Pattern::parse(&input.pattern).map(|pattern| named(pattern.names()))),
        NamingChoice::List => (Field::Names, list::read(&input.names).map(named)),
        NamingChoice::Existing => (Field::ApplyIds, apply_ids::read(&input.apply_ids).map(existing)),
    };
    let mut errors = Vec::new();
    let (target, product_key, instance_id, share_percent) = surroundings(input, &mut errors);
    match devices {
        Ok((batches, naming)) if errors.is_empty() => {
            return Ok(Plan { target, product_key, instance_id, batches, naming, share_percent });
        }
        Ok(_) => {}
        Err(fault) => errors.push(FieldError { field, fault }),
    }
    Err(errors)
}

/// Checks what a form says of where calls go, and nothing else: a plan without a device.
///
/// # Errors
/// Every field that breaks a rule, in the order of the form.
pub fn without_devices(input: &FormInput) -> Result<Plan, Vec<FieldError>> {
    let mut errors = Vec::new();
    let (target, product_key, instance_id, share_percent) = surroundings(input, &mut errors);
    let plan = Plan { target, product_key, instance_id, batches: Vec::new(), naming: Naming::Random, share_percent };
    if errors.is_empty() { Ok(plan) } else { Err(errors) }
}

/// Everything but the devices: target, ProductKey, IotInstanceId, share of the quota; what is wrong goes to `errors`.
pub(super) fn surroundings(input: &FormInput, errors: &mut Vec<FieldError>) -> (Target, String, Option<String>, u32) {
    let (target, product_key, instance_id) = product(input, errors);
    (target, product_key, instance_id, quota_share(input, errors))
}

/// Which product in which cloud; what is wrong goes to `errors`.
fn product(input: &FormInput, errors: &mut Vec<FieldError>) -> (Target, String, Option<String>) {
    let target = target(input).unwrap_or_else(|faults| {
        errors.extend(faults);
        Target::demo()
    });
    let mut keep = |field, result| keep(field, result, errors);
    let product_key = keep(Field::ProductKey, product_key(&input.product_key));
    let instance_id = keep(Field::InstanceId, instance_id(&input.instance_id));
    (target, product_key, (!instance_id.is_empty()).then_some(instance_id))
}

/// The value of a field, or an empty one; what is wrong with it goes to `errors`.
pub(super) fn keep(field: Field, result: Result<String, Fault>, errors: &mut Vec<FieldError>) -> String {
    result.unwrap_or_else(|fault| {
        errors.push(FieldError { field, fault });
        String::new()
    })
}

/// Percent of each quota; what is wrong goes to `errors`.
fn quota_share(input: &FormInput, errors: &mut Vec<FieldError>) -> u32 {
    let typed = input.quota_share.trim();
    if typed.is_empty() || input.connection == Connection::Demo {
        return QUOTA_SHARE_PERCENT;
    }
    number::whole(typed, QUOTA_SHARE_PERCENT_MIN, 100).unwrap_or_else(|fault| {
        errors.push(FieldError { field: Field::QuotaShare, fault });
        QUOTA_SHARE_PERCENT
    })
}

/// The text without any blank, line break or invisible character.
#[must_use]
pub fn clean(text: &str) -> String {
    // It may be a secret, of which a text that outgrew its place would leave a part there.
    let mut cleaned = String::with_capacity(text.len());
    cleaned.extend(text.chars().filter(|&character| !is_invisible(character)));
    cleaned
}

/// Whether a character cannot be seen, or looks like a blank: what pasting from a console or a chat leaves behind.
pub(super) fn is_invisible(character: char) -> bool {
    character.is_whitespace()
        || character.is_control()
        || matches!(character, '\u{00AD}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
}

/// The first invisible character's place, counted from 1.
pub(super) fn invisible(text: &str) -> Result<(), Fault> {
    match text.chars().position(is_invisible) {
        Some(index) => Err(Fault::Invisible { position: index + 1 }),
        None => Ok(()),
    }
}

fn only(text: &str, allowed: impl Fn(char) -> bool) -> Result<(), Fault> {
    match text.chars().find(|&character| !allowed(character)) {
        Some(found) => Err(Fault::Character { found }),
        None => Ok(()),
    }
}

fn product_key(typed: &str) -> Result<String, Fault> {
    let value = typed.trim();
    if value.is_empty() {
        return Err(Fault::Missing);
    }
    invisible(value)?;
    only(value, |character| character.is_ascii_alphanumeric())?;
    match value.len() {
        PRODUCT_KEY_CHARS => Ok(value.to_owned()),
        found => Err(Fault::Length { found, expected: PRODUCT_KEY_CHARS }),
    }
}

/// Checks an IotInstanceId; an empty one is none.
///
/// # Errors
/// The rule that it breaks.
pub fn instance_id(typed: &str) -> Result<String, Fault> {
    let value = typed.trim();
    invisible(value)?;
    only(value, |character| character.is_ascii_alphanumeric() || matches!(character, '-' | '_' | '*'))?;
    Ok(value.to_owned())
}

/// The number of devices under random names.
pub(super) fn devices(typed: &str) -> Result<u32, Fault> {
    number::whole(typed, 1, DEVICES_PER_RUN_MAX)
}

#[cfg(test)]
mod tests {
    use super::super::Route;
    use super::*;

    fn real() -> FormInput {
        FormInput {
            connection: Connection::Proxy,
            proxy_url: "https://proxy.example/iot/".into(),
            region: "eu-central-1".into(),
            product_key: "a1SimCloud1".into(),
            count: "25000".into(),
            ..FormInput::default()
        }
    }

    fn fault(input: &FormInput) -> (Field, Fault) {
        let errors = parse(input).unwrap_err();
        assert_eq!(errors.len(), 1, "{errors:?}");
        (errors[0].field, errors[0].fault.clone())
    }

    #[test]
    fn a_whole_form_becomes_a_plan_split_at_ten_thousand() {
        let plan = parse(&real()).unwrap();
        assert_eq!(plan.batches, [10_000, 10_000, 5_000]);
        assert_eq!(plan.target.host, "iot.eu-central-1.aliyuncs.com");
        assert_eq!(plan.target.region_id, "eu-central-1");
        assert_eq!(plan.target.route, Route::Proxy { base: "https://proxy.example/iot".into() });
        assert_eq!(plan.devices(), 25_000);
    }

    #[test]
    fn every_error_of_an_empty_form_is_named_at_once() {
        let errors = parse(&FormInput { connection: Connection::Proxy, ..FormInput::default() }).unwrap_err();
        let fields: Vec<Field> = errors.iter().map(|error| error.field).collect();
        assert_eq!(fields, [Field::ProxyUrl, Field::Region, Field::ProductKey, Field::Count]);
    }

    #[test]
    fn a_count_must_be_a_whole_number_within_the_limit() {
        let with = |count: &str| fault(&FormInput { count: count.into(), ..real() });
        assert_eq!(with(""), (Field::Count, Fault::Missing));
        assert_eq!(with("0"), (Field::Count, Fault::TooSmall { limit: 1 }));
        assert_eq!(with("-5"), (Field::Count, Fault::TooSmall { limit: 1 }));
        assert_eq!(with("ten"), (Field::Count, Fault::NotANumber));
        assert_eq!(with("1e3"), (Field::Count, Fault::NotANumber));
        assert_eq!(with("10,000"), (Field::Count, Fault::NotANumber));
        assert_eq!(with("1000001"), (Field::Count, Fault::TooLarge { limit: 1_000_000 }));
        assert_eq!(with("99999999999999999999"), (Field::Count, Fault::TooLarge { limit: 1_000_000 }));
    }

    #[test]
    fn a_run_takes_the_share_of_the_quota_that_is_typed_or_nine_tenths() {
        let with = |share: &str| FormInput { quota_share: share.into(), ..real() };
        let plan = |share: &str| parse(&with(share)).unwrap();
        assert_eq!((plan("").share_percent, plan(" 10").share_percent, plan("100").share_percent), (90, 10, 100));
        assert_eq!(fault(&with("9")), (Field::QuotaShare, Fault::TooSmall { limit: 10 }));
        assert_eq!(fault(&with("101")), (Field::QuotaShare, Fault::TooLarge { limit: 100 }));
        assert_eq!(fault(&with("x")), (Field::QuotaShare, Fault::NotANumber));
        let demo = FormInput { connection: Connection::Demo, ..with("x") };
        assert_eq!(parse(&demo).unwrap().share_percent, 90);
    }

    #[test]
    fn full_width_digits_and_outer_blanks_are_accepted() {
        assert_eq!(parse(&FormInput { count: " １０００ ".into(), ..real() }).unwrap().devices(), 1_000);
    }

    #[test]
    fn names_come_from_a_pattern_or_a_list_as_the_form_chooses() {
        let form = FormInput { pattern: "SN-{0001..5000}".into(), names: "SN-9,lamp\nSN-8".into(), ..real() };
        let plan = |naming| parse(&FormInput { naming, ..form.clone() }).unwrap();
        assert_eq!((plan(NamingChoice::Random).devices(), plan(NamingChoice::Random).naming), (25_000, Naming::Random));
        let Naming::Named(names) = plan(NamingChoice::Pattern).naming else { panic!("not named") };
        assert_eq!((names.len(), names.device_name(4_999)), (5_000, "SN-5000"));
        let list = plan(NamingChoice::List);
        assert_eq!(list.batches, [2]);
        let Naming::Named(names) = list.naming else { panic!("not named") };
        assert_eq!((names.device_name(0), names.device_name(1)), ("SN-9", "SN-8"));
    }

    #[test]
    fn batches_that_exist_have_as_many_devices_as_the_cloud_will_say() {
        let apply_ids = "10000001\n9007199254740993".to_owned();
        let plan = parse(&FormInput { naming: NamingChoice::Existing, apply_ids, ..real() }).unwrap();
        assert_eq!((&plan.batches[..], plan.devices()), (&[0, 0][..], 0));
        assert_eq!(plan.naming, Naming::Existing(vec!["10000001".into(), "9007199254740993".into()]));
    }

    #[test]
    fn names_for_an_x509_product_go_in_thousands_and_devices_without_names_as_always() {
        let form = FormInput { pattern: "SN-{00001..12500}".into(), is_x509: true, ..real() };
        let batches = |naming| parse(&FormInput { naming, ..form.clone() }).unwrap().batches;
        assert_eq!(batches(NamingChoice::Random), [10_000, 10_000, 5_000]);
        assert_eq!(batches(NamingChoice::Pattern), [vec![1_000; 12], vec![500]].concat());
    }

    #[test]
    fn a_plan_without_devices_asks_for_everything_else() {
        let plan = parse(&real()).unwrap();
        let bare = without_devices(&FormInput { count: String::new(), ..real() }).unwrap();
        assert_eq!((&bare.target, &bare.product_key, bare.devices()), (&plan.target, &plan.product_key, 0));
        let errors = without_devices(&FormInput { product_key: String::new(), ..real() }).unwrap_err();
        assert_eq!(errors, [FieldError { field: Field::ProductKey, fault: Fault::Missing }]);
    }

    #[test]
    fn only_the_chosen_naming_is_checked() {
        let text = || "x".to_owned();
        let form = FormInput { count: text(), pattern: text(), names: text(), apply_ids: text(), ..real() };
        let faulty = |naming| fault(&FormInput { naming, ..form.clone() }).0;
        assert_eq!(faulty(NamingChoice::Random), Field::Count);
        assert_eq!(faulty(NamingChoice::Pattern), Field::Pattern);
        assert_eq!(faulty(NamingChoice::List), Field::Names);
        assert_eq!(faulty(NamingChoice::Existing), Field::ApplyIds);
    }

    #[test]
    fn a_product_key_is_eleven_letters_and_digits() {
        let with = |key: &str| fault(&FormInput { product_key: key.into(), ..real() });
        assert_eq!(with("  "), (Field::ProductKey, Fault::Missing));
        assert_eq!(with("a1Sim"), (Field::ProductKey, Fault::Length { found: 5, expected: 11 }));
        assert_eq!(with("a1SimCloud!"), (Field::ProductKey, Fault::Character { found: '!' }));
        assert_eq!(with("a1Sim\u{200B}Cloud1"), (Field::ProductKey, Fault::Invisible { position: 6 }));
    }
}
