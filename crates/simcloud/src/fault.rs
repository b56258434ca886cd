//! Faults on demand: rules that aim at calls by action and number go in, what happens to one call comes out.

use std::ops::Range;

use crate::identity::mix;
use crate::reply::Node;

/// A set of faults. In JSON, all fields optional:
///
/// ```json
/// {"seed": 1, "clock_skew_ms": 0, "faults": [
///   {"action": "BatchRegisterDevice", "nth": 2, "times": 1, "per_mille": 1000, "effect": {"answer_lost": {"close": true}}},
///   {"action": "QueryPageByApplyId", "times": 5, "effect": "throttle"}]}
/// ```
#[derive(Clone, Debug, Default)]
#[cfg_attr(not(target_arch = "wasm32"), derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(not(target_arch = "wasm32"), serde(default, deny_unknown_fields))]
pub struct Faults {
    /// What the draws of `per_mille` are derived from.
    pub seed: u64,
    /// How far the cloud's clock is ahead of the true time, in ms; negative when it is behind.
    pub clock_skew_ms: i64,
    /// The rules; a call is hit by every rule that aims at it.
    pub faults: Vec<Fault>,
}

/// One rule: which calls it hits, and what happens to them.
#[derive(Clone, Debug)]
#[cfg_attr(not(target_arch = "wasm32"), derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(not(target_arch = "wasm32"), serde(deny_unknown_fields))]
pub struct Fault {
    /// Only calls of this action count; empty for calls of every action.
    #[cfg_attr(not(target_arch = "wasm32"), serde(default))]
    pub action: String,
    /// The first call that is hit, counted from when the faults were set; 1 is the next one.
    #[cfg_attr(not(target_arch = "wasm32"), serde(default = "one"))]
    pub nth: u64,
    /// How many calls in a row are hit.
    #[cfg_attr(not(target_arch = "wasm32"), serde(default = "one"))]
    pub times: u64,
    /// How many of a thousand of those calls are really hit, drawn from the seed.
    #[cfg_attr(not(target_arch = "wasm32"), serde(default = "always"))]
    pub per_mille: u32,
    /// What happens.
    pub effect: Effect,
}

#[cfg(not(target_arch = "wasm32"))]
fn one() -> u64 {
    1
}

#[cfg(not(target_arch = "wasm32"))]
fn always() -> u32 {
    1000
}

/// What happens to a call that is hit. Rows are counted from 1 on the page that is served.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(not(target_arch = "wasm32"), serde(rename_all = "snake_case", deny_unknown_fields))]
pub enum Effect {
    /// `Throttling.User` where the quota is checked: not done, but its nonce is used.
    Throttle,
    /// A gateway error of your choice at the same place.
    Refuse {
        /// HTTP status.
        status: u16,
        /// The code.
        code: String,
    },
    /// A business error of your choice (HTTP 200) instead of doing what was asked.
    Fail {
        /// The code.
        code: String,
    },
    /// Lost on the way there: nothing is done, no nonce is used, no answer comes.
    RequestLost {
        /// Whether the connection is closed at once, or held open for ever.
        close: bool,
    },
    /// Lost on the way back: everything is done, no answer comes.
    AnswerLost {
        /// Whether the connection is closed at once, or held open for ever.
        close: bool,
    },
    /// The answer takes longer.
    Delay {
        /// By so much, in ms.
        ms: u64,
    },
    /// The answer takes longer, by a time that is drawn anew for each call.
    Jitter {
        /// At most so much, in ms.
        ms_max: u64,
    },
    /// A nonce that was used before is taken again, as if it had been forgotten.
    NonceForgotten,
    /// A web page instead of the answer, as proxies send them.
    Html {
        /// HTTP status: 502, 503, or 200.
        status: u16,
        /// Whether the call is done behind it.
        executed: bool,
    },
    /// The body ends early, and is said to be no longer.
    CutOff {
        /// After so many bytes.
        bytes: usize,
    },
    /// The connection breaks within the body.
    BrokenOff {
        /// After so many bytes of it.
        bytes: usize,
    },
    /// `text/plain` as the type of a body that is right.
    WrongContentType,
    /// XML, whatever was asked for.
    Xml,
    /// A row whose DeviceSecret is empty.
    EmptySecret {
        /// Which one.
        row: usize,
    },
    /// A row left out; `Total` still counts it.
    MissingRow {
        /// Which one.
        row: usize,
    },
    /// A row that stands in the place of the next one too.
    DuplicateRow {
        /// Which one.
        row: usize,
    },
    /// A row whose DeviceName is another's: `~` stands behind it.
    RenamedRow {
        /// Which one.
        row: usize,
    },
    /// On a page of a batch: its rows have moved since the pages before it, so that some come twice or never.
    ShiftedRows {
        /// So many rows later than they were; negative for earlier.
        by: i32,
    },
    /// On a page of a batch: its rows stand in an order that is drawn anew for each call.
    Reordered {
        /// What the order is drawn from, together with the seed of all faults.
        #[cfg_attr(not(target_arch = "wasm32"), serde(default))]
        seed: u64,
    },
    /// On a register call: the batch ends in CREATE_FAILED; on a name check: in CHECK_FAILED.
    FailDevices {
        /// So many devices or names fail.
        count: u32,
    },
    /// On a register call or a name check: the batch never ends.
    Stuck,
    /// On a status call: this word stands in `Status`.
    Status {
        /// The word.
        value: String,
    },
}

impl Effect {
    /// The effect on one call: what it leaves to chance is decided by this number.
    fn drawn(&self, number: u64) -> Self {
        match self {
            Self::Jitter { ms_max } => Self::Delay { ms: number % ms_max.saturating_add(1) },
            Self::Reordered { seed } => Self::Reordered { seed: mix(seed ^ number) },
            other => other.clone(),
        }
    }
}

/// The rules in force and how many calls each has seen.
pub(crate) struct FaultBook {
    faults: Faults,
    seen: Vec<u64>,
    draws: u64,
}

impl FaultBook {
    /// Counts from now.
    pub fn new(faults: Faults) -> Self {
        Self { seen: vec![0; faults.faults.len()], draws: 0, faults }
    }

    /// See [`Faults::clock_skew_ms`].
    pub fn clock_skew_ms(&self) -> i64 {
        self.faults.clock_skew_ms
    }

    /// Counts a call and says what happens to it. Without the feature `full` nothing does.
    pub fn hits(&mut self, action: &str) -> Vec<Effect> {
        let mut hits = Vec::new();
        for (fault, seen) in self.faults.faults.iter().zip(&mut self.seen) {
            if !fault.action.is_empty() && fault.action != action {
                continue;
            }
            *seen += 1;
            if *seen < fault.nth || *seen - fault.nth >= fault.times {
                continue;
            }
            self.draws += 1;
            let drawn = mix(self.faults.seed ^ mix(self.draws));
            if drawn % 1000 < u64::from(fault.per_mille) {
                hits.push(fault.effect.drawn(mix(drawn)));
            }
        }
        hits
    }
}

/// Spoils the rows of a page as the faults say.
pub(crate) fn spoil_rows(hits: &[Effect], rows: &mut Vec<Node>) {
    for hit in hits {
        match *hit {
            Effect::EmptySecret { row } => {
                if let Some(secret) = field(rows, row, "DeviceSecret") {
                    *secret = "".into();
                }
            }
            Effect::RenamedRow { row } => {
                if let Some(Node::Text(name)) = field(rows, row, "DeviceName") {
                    name.push('~');
                }
            }
            Effect::MissingRow { row } if (1..=rows.len()).contains(&row) => {
                rows.remove(row - 1);
            }
            Effect::DuplicateRow { row } => {
                if let Some(copy) = nth_row(rows, row).cloned() {
                    rows.insert(row, copy);
                    if row + 1 < rows.len() {
                        rows.remove(row + 1);
                    }
                }
            }
            _ => {}
        }
    }
}

fn nth_row(rows: &mut [Node], row: usize) -> Option<&mut Node> {
    rows.get_mut(row.checked_sub(1)?)
}

/// A field of a row.
fn field<'r>(rows: &'r mut [Node], row: usize, name: &str) -> Option<&'r mut Node> {
    let Node::Object(fields) = nth_row(rows, row)? else { return None };
    fields.iter_mut().find(|(found, _)| *found == name).map(|(_, value)| value)
}

/// The places of the rows that a page shows when the list has moved under it.
pub(crate) fn shifted(hits: &[Effect], places: Range<u64>, total: u64) -> Range<u64> {
    let by: i64 = hits.iter().map(|hit| if let Effect::ShiftedRows { by } = hit { i64::from(*by) } else { 0 }).sum();
    let moved = |place: u64| place.saturating_add_signed(-by).min(total);
    moved(places.start)..moved(places.end)
}

/// What an order of rows is drawn from, where the faults want one of their own.
pub(crate) fn reordering(hits: &[Effect]) -> Option<u64> {
    hits.iter().find_map(|hit| if let Effect::Reordered { seed } = hit { Some(*seed) } else { None })
}

/// How many devices the faults want to fail.
pub(crate) fn failing_devices(hits: &[Effect]) -> u32 {
    hits.iter().map(|hit| if let Effect::FailDevices { count } = hit { *count } else { 0 }).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn book(nth: u64, times: u64, per_mille: u32) -> FaultBook {
        let fault = Fault { action: "QueryPageByApplyId".to_owned(), nth, times, per_mille, effect: Effect::Throttle };
        FaultBook::new(Faults { seed: 3, clock_skew_ms: 0, faults: vec![fault] })
    }

    fn hit_calls(mut book: FaultBook, calls: usize) -> Vec<usize> {
        (1..=calls).filter(|_| !book.hits("QueryPageByApplyId").is_empty()).collect()
    }

    #[test]
    fn a_rule_hits_the_calls_it_aims_at_and_no_others() {
        assert_eq!(hit_calls(book(3, 2, 1000), 10), [3, 4]);
    }

    #[test]
    fn calls_of_other_actions_are_neither_hit_nor_counted() {
        let mut book = book(1, 1, 1000);
        assert!(book.hits("BatchRegisterDevice").is_empty());
        assert_eq!(book.hits("QueryPageByApplyId"), [Effect::Throttle]);
    }

    #[test]
    fn a_drawn_rule_hits_about_as_often_as_it_says_and_the_same_calls_again() {
        let hits = hit_calls(book(1, u64::MAX, 250), 10_000);
        assert!((2_300..2_700).contains(&hits.len()), "{}", hits.len());
        assert_eq!(hits, hit_calls(book(1, u64::MAX, 250), 10_000));
    }

    #[test]
    fn what_is_left_to_chance_differs_between_calls_and_stays_within_its_bounds() {
        let drawn = |effect: &Effect| -> Vec<Effect> { (0..100).map(|number| effect.drawn(mix(number))).collect() };
        let delays: Vec<u64> = drawn(&Effect::Jitter { ms_max: 9 })
            .into_iter()
            .map(|effect| if let Effect::Delay { ms } = effect { ms } else { panic!("{effect:?}") })
            .collect();
        assert_eq!((delays.iter().min(), delays.iter().max()), (Some(&0), Some(&9)));
        let mut orders: Vec<u64> = drawn(&Effect::Reordered { seed: 1 })
            .iter()
            .filter_map(|hit| reordering(std::slice::from_ref(hit)))
            .collect();
        orders.dedup();
        assert_eq!(orders.len(), 100);
        assert!(matches!(Effect::Jitter { ms_max: u64::MAX }.drawn(7), Effect::Delay { ms: 7 }));
    }

    #[test]
    fn a_list_that_moved_stays_within_its_ends() {
        let moved = |by: i32| shifted(&[Effect::ShiftedRows { by }], 50..100, 120);
        assert_eq!((moved(1), moved(-1), moved(0)), (49..99, 51..101, 50..100));
        assert_eq!((moved(i32::MAX), moved(i32::MIN)), (0..0, 120..120));
    }

    fn spoilt(effect: Effect) -> String {
        let mut rows: Vec<Node> =
            ["a", "b", "c"].into_iter().map(|secret| Node::Object(vec![("DeviceSecret", secret.into())])).collect();
        spoil_rows(&[effect], &mut rows);
        let mut text = String::new();
        Node::List(rows).write_json(&mut text);
        text.replace("\"DeviceSecret\":", "")
    }

    #[test]
    fn rows_are_spoilt_where_the_fault_says() {
        assert_eq!(spoilt(Effect::EmptySecret { row: 2 }), r#"[{"a"},{""},{"c"}]"#);
        assert_eq!(spoilt(Effect::MissingRow { row: 3 }), r#"[{"a"},{"b"}]"#);
        assert_eq!(spoilt(Effect::DuplicateRow { row: 1 }), r#"[{"a"},{"a"},{"c"}]"#);
        assert_eq!(spoilt(Effect::DuplicateRow { row: 3 }), r#"[{"a"},{"b"},{"c"},{"c"}]"#);
        assert_eq!(spoilt(Effect::MissingRow { row: 4 }), r#"[{"a"},{"b"},{"c"}]"#);
    }
}
