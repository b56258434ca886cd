//! What a plan comes to, without its names. In: [`FormInput`] and what is known of a list. Out: an [`Outline`], or every
//! field error at once. It takes no longer for a million names than for one.

use serde::{Deserialize, Serialize};

use super::parse::{devices, surroundings};
use super::{Field, FieldError, FormInput, NamingChoice, Pattern, Target, apply_ids, split};
use crate::model::action::{Action, ROWS_PER_PAGE_MAX, X509_NAMES_PER_BATCH_MAX};

/// What is known of a list of names that was read elsewhere and found good.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// Devices.
    pub devices: u32,
    /// First DeviceName.
    pub first: String,
    /// Last DeviceName.
    pub last: String,
}

/// A plan as it is shown before a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outline {
    /// Which cloud, through what.
    pub target: Target,
    /// ProductKey.
    pub product_key: String,
    /// IotInstanceId, where the instance has one.
    pub instance_id: Option<String>,
    /// Devices in each batch, in order; 0 for one that exists already.
    pub batches: Vec<u32>,
    /// The ApplyIds of batches that exist already; none where batches are registered.
    pub apply_ids: Vec<String>,
    /// The first and the last DeviceName; none where the cloud makes them.
    pub names: Option<(String, String)>,
    /// Percent of each quota that the run takes.
    pub share_percent: u32,
    /// Whether the product is known to be an X.509 one.
    pub is_x509: bool,
    /// Whether the names are a list's, in which those that the product has can be found.
    pub is_list: bool,
}

/// Checks the whole form but for its list of names, of which `listed` tells what is known; `None`: it was found faulty, or
/// not looked at yet.
///
/// # Errors
/// Every field that breaks a rule, in the order of the form. A list that is not known is none of them.
pub fn outline(input: &FormInput, listed: Option<&Listed>) -> Result<Outline, Vec<FieldError>> {
    let mut errors = Vec::new();
    let (target, product_key, instance_id, share_percent) = surroundings(input, &mut errors);
    let named = |devices, first: &str, last: &str| (devices, Some((first.to_owned(), last.to_owned())), Vec::new());
    let (field, counted) = match input.naming {
        NamingChoice::Random => (Field::Count, devices(&input.count).map(|devices| (devices, None, Vec::new()))),
        NamingChoice::Pattern => (
            Field::Pattern,
            Pattern::parse(&input.pattern).map(|it| named(it.count(), &it.name(0), &it.name(it.count() - 1))),
        ),
        NamingChoice::List => (
            Field::Names,
            match listed {
                Some(Listed { devices, first, last }) => Ok(named(*devices, first, last)),
                None => return Err(errors),
            },
        ),
        NamingChoice::Existing => {
            (Field::ApplyIds, apply_ids::read(&input.apply_ids).map(|apply_ids| (0, None, apply_ids)))
        }
    };
    match counted {
        Ok((devices, names, apply_ids)) if errors.is_empty() => {
            let batches = if apply_ids.is_empty() { split(devices, input) } else { vec![0; apply_ids.len()] };
            let (is_x509, is_list) = (input.is_x509, input.naming == NamingChoice::List);
            Ok(Outline { target, product_key, instance_id, batches, apply_ids, names, share_percent, is_x509, is_list })
        }
        Ok(_) => Err(errors),
        Err(fault) => {
            errors.push(FieldError { field, fault });
            Err(errors)
        }
    }
}

impl Outline {
    /// Whether the batches exist already: nothing is registered, and how many devices, pages and calls there will be, the
    /// cloud has yet to say.
    #[must_use]
    pub fn is_existing(&self) -> bool {
        !self.apply_ids.is_empty()
    }

    /// Whether a batch has more names than the cloud takes, should the product be an X.509 one.
    #[must_use]
    pub fn is_beyond_x509(&self) -> bool {
        self.names.is_some() && self.batches.iter().any(|&devices| devices > X509_NAMES_PER_BATCH_MAX)
    }

    /// Devices in all batches.
    #[must_use]
    pub fn devices(&self) -> u32 {
        self.batches.iter().sum()
    }

    /// Pages that hold all rows.
    #[must_use]
    pub fn pages(&self) -> u32 {
        self.batches.iter().map(|devices| devices.div_ceil(ROWS_PER_PAGE_MAX)).sum()
    }

    /// Calls of an undisturbed run without its polls: two a batch and one a page. The two are a look at the product's
    /// newest device and the registration; of names that are given, their check and their registration, after one look.
    #[must_use]
    pub fn calls(&self) -> u32 {
        let looks_before = u32::from(self.names.is_some());
        looks_before + 2 * self.batch_count() + self.pages()
    }

    /// What the run does, each of which needs a right in RAM.
    #[must_use]
    pub fn actions(&self) -> &'static [Action] {
        self.naming().actions()
    }

    /// What may be looked up before the run: rights that it does not need.
    #[must_use]
    pub fn lookups(&self) -> &'static [Action] {
        self.naming().lookups()
    }

    /// How its devices are named.
    #[must_use]
    pub fn naming(&self) -> NamingChoice {
        match self.names {
            None if self.is_existing() => NamingChoice::Existing,
            None => NamingChoice::Random,
            Some(_) if self.is_list => NamingChoice::List,
            Some(_) => NamingChoice::Pattern,
        }
    }

    /// The least time in whole seconds at the pace that a run keeps, the cloud's own time to make devices left out.
    #[must_use]
    pub fn seconds_min(&self) -> u32 {
        let quota_seconds =
            |calls: u32, action: Action| calls.saturating_sub(1) / action.pace_per_second(self.share_percent);
        // The slowest of a batch's calls; the others leave in its pauses.
        let submits = match self.names {
            None => Action::BatchRegisterDevice,
            Some(_) => Action::BatchCheckDeviceNames,
        };
        1 + quota_seconds(self.batch_count(), submits) + quota_seconds(self.pages(), Action::QueryPageByApplyId)
    }

    fn batch_count(&self) -> u32 {
        u32::try_from(self.batches.len()).unwrap_or(u32::MAX)
    }
}

impl NamingChoice {
    /// What a run does whose devices are named so, each of which needs a right in RAM.
    #[must_use]
    pub fn actions(self) -> &'static [Action] {
        match self {
            Self::Existing => {
                &[Action::QueryDevice, Action::QueryBatchRegisterDeviceStatus, Action::QueryPageByApplyId]
            }
            Self::Random => &[
                Action::QueryDevice,
                Action::BatchRegisterDevice,
                Action::QueryBatchRegisterDeviceStatus,
                Action::QueryPageByApplyId,
            ],
            Self::Pattern | Self::List => &[
                Action::QueryDevice,
                Action::BatchCheckDeviceNames,
                Action::BatchRegisterDeviceWithApplyId,
                Action::QueryBatchRegisterDeviceStatus,
                Action::QueryPageByApplyId,
            ],
        }
    }

    /// What may be looked up before such a run: rights that it does not need.
    #[must_use]
    pub fn lookups(self) -> &'static [Action] {
        match self {
            Self::List => &[Action::QueryProductList, Action::BatchQueryDeviceDetail],
            Self::Random | Self::Pattern | Self::Existing => &[Action::QueryProductList],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Connection, Naming, parse};
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

    #[test]
    fn pages_calls_and_seconds_follow_from_the_devices_and_the_share_of_the_quota() {
        let with = |share: &str| outline(&FormInput { quota_share: share.into(), ..real() }, None).unwrap();
        let plan = with("");
        assert_eq!((plan.devices(), plan.pages(), plan.calls()), (25_000, 500, 506));
        assert_eq!((plan.seconds_min(), with("100").seconds_min(), with("10").seconds_min()), (12, 10, 102));
    }

    #[test]
    fn a_named_run_looks_once_and_checks_and_registers_each_batch() {
        let form = FormInput { naming: NamingChoice::Pattern, pattern: "SN-{00001..25000}".into(), ..real() };
        let plan = outline(&form, None).unwrap();
        assert_eq!(plan.batches, [10_000, 10_000, 5_000]);
        assert_eq!((plan.pages(), plan.calls(), plan.seconds_min()), (500, 507, 12));
        assert_eq!(plan.names, Some(("SN-00001".to_owned(), "SN-25000".to_owned())));
        assert!(plan.is_beyond_x509() && !outline(&real(), None).unwrap().is_beyond_x509());
        assert!(!outline(&FormInput { is_x509: true, ..form }, None).unwrap().is_beyond_x509());
        let actions: Vec<&str> = plan.actions().iter().map(|action| action.name()).collect();
        assert_eq!(
            actions,
            [
                "QueryDevice",
                "BatchCheckDeviceNames",
                "BatchRegisterDeviceWithApplyId",
                "QueryBatchRegisterDeviceStatus",
                "QueryPageByApplyId"
            ]
        );
    }

    #[test]
    fn batches_that_exist_are_read_and_no_right_to_register_is_asked_for() {
        let form = FormInput { naming: NamingChoice::Existing, apply_ids: "1\n2\n3".into(), ..real() };
        let plan = outline(&form, None).unwrap();
        assert_eq!((plan.is_existing(), plan.batches.len(), plan.devices()), (true, 3, 0));
        let names: Vec<&str> = plan.actions().iter().map(|action| action.name()).collect();
        assert_eq!(names, ["QueryDevice", "QueryBatchRegisterDeviceStatus", "QueryPageByApplyId"]);
    }

    #[test]
    fn it_says_of_a_form_what_its_plan_does() {
        let naming = [NamingChoice::Random, NamingChoice::Pattern, NamingChoice::List, NamingChoice::Existing];
        let names = "SN-1\nSN-2".to_owned();
        let form = FormInput { pattern: "SN-{0001..2500}".into(), names, is_x509: true, ..real() };
        for form in naming.map(|naming| FormInput { naming, apply_ids: "7".into(), ..form.clone() }) {
            let plan = parse(&form).unwrap();
            let listed = Listed { devices: 2, first: "SN-1".into(), last: "SN-2".into() };
            let outline = outline(&form, Some(&listed)).unwrap();
            let names = match &plan.naming {
                Naming::Named(names) => Some((names.device_name(0).into(), names.device_name(names.len() - 1).into())),
                Naming::Random | Naming::Existing(_) => None,
            };
            assert_eq!((outline.target, outline.batches, outline.names), (plan.target, plan.batches, names));
        }
    }

    #[test]
    fn a_list_that_is_not_known_is_no_error_and_makes_no_outline() {
        let form = FormInput { naming: NamingChoice::List, ..real() };
        assert_eq!(outline(&form, None), Err(Vec::new()));
        let faults = outline(&FormInput { product_key: String::new(), ..form }, None).unwrap_err();
        assert_eq!(faults.iter().map(|error| error.field).collect::<Vec<_>>(), [Field::ProductKey]);
    }
}
