//! What a case carries from one settlement period to the next, and how periods make years.

use crate::{Contract, Head, IncentiveId, LineId};
use jcm_quantity::{Date, Exact, Unit};

/// A figure that each case carries from one period to the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Balance {
    /// Name (`incentive.bank`), title, place.
    pub head: Head,
    /// The incentive that keeps it.
    pub owner: IncentiveId,
    /// What it is.
    pub kind: BalanceKind,
    /// Its unit.
    pub unit: Unit,
    /// What it begins with, in the base of its unit.
    pub opening: Exact,
    /// Whether it begins anew in every year, or only with the contract.
    pub every_year: bool,
    /// The line whose value the next period begins with.
    pub closing: LineId,
}

impl Balance {
    /// The periods that it begins in with its opening figure, by their places.
    pub fn begins(&self, contract: &Contract) -> Vec<usize> {
        contract.periods_at(if self.every_year { Occasion::StartOfYear } else { Occasion::StartOfContract })
    }
}

/// What a balance is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BalanceKind {
    /// A `balance` of the contract.
    Declared {
        /// The line with what is left where it ends; `None` where that is no money or is written off.
        remainder: Option<LineId>,
        /// Whether what is left is written off.
        written_off: bool,
    },
    /// The earlier periods of a sum to date.
    ToDate,
    /// What was paid on account in the earlier periods of the year.
    OnAccount,
}

/// When something happens in the course of a contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Occasion {
    /// In the first period of each year.
    StartOfYear,
    /// In the last period of each year, and of the contract.
    EndOfYear,
    /// In the first period.
    StartOfContract,
    /// In the last period.
    EndOfContract,
}

impl Occasion {
    /// Every occasion.
    pub const ALL: [Occasion; 4] =
        [Occasion::StartOfYear, Occasion::EndOfYear, Occasion::StartOfContract, Occasion::EndOfContract];

    /// Its name in the source.
    pub fn name(self) -> &'static str {
        match self {
            Occasion::StartOfYear => "start_of_year",
            Occasion::EndOfYear => "end_of_year",
            Occasion::StartOfContract => "start_of_contract",
            Occasion::EndOfContract => "end_of_contract",
        }
    }

    /// The occasion of a name.
    pub fn from_name(name: &str) -> Option<Occasion> {
        Occasion::ALL.into_iter().find(|occasion| occasion.name() == name)
    }
}

impl Contract {
    /// The settlement periods of an occasion, by their places, ascending.
    pub fn periods_at(&self, occasion: Occasion) -> Vec<usize> {
        let count = self.periods.len();
        let last = count.checked_sub(1);
        let starts_year =
            |place: usize| place == 0 || self.periods.get(place).is_some_and(|p| self.begins_a_year(p.start));
        let is_it = |place: &usize| match occasion {
            Occasion::StartOfYear => starts_year(*place),
            Occasion::EndOfYear => Some(*place) == last || starts_year(place.saturating_add(1)),
            Occasion::StartOfContract => *place == 0,
            Occasion::EndOfContract => Some(*place) == last,
        };
        (0..count).filter(is_it).collect()
    }

    /// Whether a day is the first of a year by which the contract is reconciled.
    fn begins_a_year(&self, day: Date) -> bool {
        self.reconciled_every.period_of(day, self.start).is_some_and(|year| year.start == day)
    }
}
