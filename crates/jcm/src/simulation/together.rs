//! What everybody comes to in all places together, run by run: all places have the same draws, so that run by run they can
//! be summed, and no figure of the sum is guessed from those of the places.

use super::accounts::Account;
use super::result::{Range, Simulated};
use std::collections::BTreeMap;

/// What everybody gets in each run, summed over places, by name; the name of everybody who pays is empty.
#[derive(Debug, Default)]
pub(super) struct Together {
    sums: BTreeMap<String, Vec<i64>>,
}

impl Together {
    /// Adds what somebody gets in one place.
    pub(super) fn add(&mut self, account: &Account) {
        let whole = account.whole();
        match self.sums.get_mut(&account.name) {
            Some(sums) => {
                for (sum, amount) in sums.iter_mut().zip(&whole) {
                    *sum = sum.saturating_add(*amount);
                }
            }
            None => {
                self.sums.insert(account.name.clone(), whole);
            }
        }
    }

    /// What that says of everybody, under a contract.
    pub(super) fn ranges(&self, simulated: &Simulated) -> Vec<(String, Range)> {
        let of_one = |(name, sums): (&String, &Vec<i64>)| {
            let range = match name.is_empty() {
                true => simulated.range_paid(sums),
                false => simulated.range_of(sums),
            };
            (name.clone(), range)
        };
        self.sums.iter().map(of_one).collect()
    }
}
