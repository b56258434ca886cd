//! Quotas: an account's calls go in, whether there is room in the sliding second comes out.

use std::collections::VecDeque;

const SECOND_MS: u64 = 1000;

/// The calls of the last second, oldest first. A call counts for exactly 1,000 ms.
#[derive(Default)]
struct Window(VecDeque<u64>);

impl Window {
    /// How many calls count at this moment.
    fn used(&mut self, now_ms: u64) -> usize {
        while self.0.front().is_some_and(|at| at + SECOND_MS <= now_ms) {
            self.0.pop_front();
        }
        self.0.len()
    }

    fn count(&mut self, now_ms: u64) {
        self.0.push_back(now_ms);
    }
}

/// One call that wants to be let in.
pub(crate) struct Entry<'a> {
    /// Whose quota it uses.
    pub account: &'a str,
    /// The action.
    pub action: &'static str,
    /// Whether it asks for a page so deep that a quota of its own applies (§2.0).
    pub deep: bool,
    /// Calls of this kind that are let in per second.
    pub limit: u32,
    /// Calls of all kinds that the account may make per second; 0 for no such limit.
    pub account_limit: u32,
    /// Whether it counts even when it is refused.
    pub always_counts: bool,
}

/// Whose calls of what a window holds: account, action, whether deep. Empty texts stand for all.
type Owner = (String, &'static str, bool);

/// The windows of all accounts and actions: a few dozen at most, so that looking through them costs nothing.
#[derive(Default)]
pub(crate) struct Quotas {
    windows: Vec<(Owner, Window)>,
    peaks: Vec<(&'static str, u64)>,
}

impl Quotas {
    /// Lets a call in, or not.
    pub fn admit(&mut self, entry: &Entry<'_>, now_ms: u64) -> bool {
        let own = self.window(entry.account, entry.action, entry.deep);
        let all = self.window(entry.account, "", false);
        let accepted = self.window("", entry.action, false);
        let room_of_its_own = self.windows[own].1.used(now_ms) < entry.limit as usize;
        let room_in_all = entry.account_limit == 0 || self.windows[all].1.used(now_ms) < entry.account_limit as usize;
        let admitted = room_of_its_own && room_in_all;
        if admitted || entry.always_counts {
            self.windows[own].1.count(now_ms);
            if entry.account_limit > 0 {
                self.windows[all].1.count(now_ms);
            }
        }
        if admitted {
            self.windows[accepted].1.count(now_ms);
            let in_this_second = self.windows[accepted].1.used(now_ms) as u64;
            match self.peaks.iter_mut().find(|(action, _)| *action == entry.action) {
                Some((_, peak)) => *peak = in_this_second.max(*peak),
                None => self.peaks.push((entry.action, in_this_second)),
            }
        }
        admitted
    }

    /// Action and most calls let in within any one second, of all accounts together.
    pub fn peaks(&self) -> &[(&'static str, u64)] {
        &self.peaks
    }

    fn window(&mut self, account: &str, action: &'static str, deep: bool) -> usize {
        let found = self.windows.iter().position(|((have_account, have_action, have_deep), _)| {
            have_account == account && *have_action == action && *have_deep == deep
        });
        found.unwrap_or_else(|| {
            self.windows.push(((account.to_owned(), action, deep), Window::default()));
            self.windows.len() - 1
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(limit: u32) -> Entry<'static> {
        Entry { account: "a", action: "X", deep: false, limit, account_limit: 0, always_counts: false }
    }

    fn admitted_at(quotas: &mut Quotas, entry: &Entry<'_>, times: &[u64]) -> Vec<bool> {
        times.iter().map(|at| quotas.admit(entry, *at)).collect()
    }

    #[test]
    fn a_call_counts_for_exactly_one_second() {
        let mut quotas = Quotas::default();
        assert_eq!(
            admitted_at(&mut quotas, &entry(2), &[5000, 5400, 5999, 6000, 6001, 6399, 6400]),
            [true, true, false, true, false, false, true]
        );
    }

    #[test]
    fn refused_calls_use_no_quota_unless_they_are_told_to() {
        let times = [0, 999, 1000];
        assert_eq!(admitted_at(&mut Quotas::default(), &entry(1), &times), [true, false, true]);
        let harsh = Entry { always_counts: true, ..entry(1) };
        assert_eq!(admitted_at(&mut Quotas::default(), &harsh, &times), [true, false, false]);
    }

    #[test]
    fn accounts_actions_and_deep_pages_have_windows_of_their_own() {
        let mut quotas = Quotas::default();
        assert!(quotas.admit(&entry(1), 0));
        assert!(quotas.admit(&Entry { account: "b", ..entry(1) }, 0));
        assert!(quotas.admit(&Entry { action: "Y", ..entry(1) }, 0));
        assert!(quotas.admit(&Entry { deep: true, ..entry(1) }, 0));
        assert!(!quotas.admit(&entry(1), 0));
    }

    #[test]
    fn an_account_wide_limit_counts_all_actions_together() {
        let mut quotas = Quotas::default();
        let first = Entry { account_limit: 2, ..entry(5) };
        let second = Entry { action: "Y", account_limit: 2, ..entry(5) };
        assert!(quotas.admit(&first, 0) && quotas.admit(&second, 1));
        assert!(!quotas.admit(&first, 2));
        assert!(quotas.admit(&second, 1000));
    }

    #[test]
    fn the_peak_is_the_fullest_second_not_the_sum() {
        let mut quotas = Quotas::default();
        admitted_at(&mut quotas, &entry(10), &[0, 100, 200, 1050, 1150, 1190, 3000]);
        assert_eq!(quotas.peaks(), [("X", 4)]);
    }
}
