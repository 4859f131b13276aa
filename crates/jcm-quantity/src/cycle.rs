//! The periods into which time is divided again and again: those of the calendar, and those that a contract counts from
//! its own first day.

use crate::date::{Period, add_months};
use crate::timespan::{DayCount, count_between};
use jiff::civil::Date;

/// A way of dividing time into periods.
///
/// Where the first day is 1 October 2027, the first contract year is `Year 1`, from 1 October 2027 to 30 September 2028, its
/// first quarter `Q1 Year 1` and its first month `Month 1 Year 1`. Each begins so many months after the first day, so
/// that a month that has no such day shortens none but itself: from 31 January, the months begin on 28 February and
/// 31 March.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cycle {
    /// The year from 1 April.
    FinancialYear,
    /// The year from 1 January.
    CalendarYear,
    /// Three months of a financial year.
    Quarter,
    /// A month of the calendar.
    Month,
    /// A year from the first day of the contract, or from the same day of a later year.
    ContractYear,
    /// Three months of a contract year.
    ContractQuarter,
    /// A month of a contract year.
    ContractMonth,
}

impl Cycle {
    /// Every one.
    pub const ALL: [Cycle; 7] = [
        Cycle::FinancialYear,
        Cycle::CalendarYear,
        Cycle::Quarter,
        Cycle::Month,
        Cycle::ContractYear,
        Cycle::ContractQuarter,
        Cycle::ContractMonth,
    ];

    /// Its name in the source: `financial_year`.
    pub fn name(self) -> &'static str {
        match self {
            Cycle::FinancialYear => "financial_year",
            Cycle::CalendarYear => "calendar_year",
            Cycle::Quarter => "quarter",
            Cycle::Month => "month",
            Cycle::ContractYear => "contract_year",
            Cycle::ContractQuarter => "contract_quarter",
            Cycle::ContractMonth => "contract_month",
        }
    }

    /// Its name in a sentence: `financial year`.
    pub fn words(self) -> &'static str {
        match self {
            Cycle::FinancialYear => "financial year",
            Cycle::CalendarYear => "calendar year",
            Cycle::Quarter => "quarter",
            Cycle::Month => "month",
            Cycle::ContractYear => "contract year",
            Cycle::ContractQuarter => "contract quarter",
            Cycle::ContractMonth => "contract month",
        }
    }

    /// The cycle of a name in the source.
    pub fn named(name: &str) -> Option<Cycle> {
        Cycle::ALL.into_iter().find(|cycle| cycle.name() == name)
    }

    /// How many months one of its periods has.
    pub fn months(self) -> u32 {
        match self {
            Cycle::FinancialYear | Cycle::CalendarYear | Cycle::ContractYear => 12,
            Cycle::Quarter | Cycle::ContractQuarter => 3,
            Cycle::Month | Cycle::ContractMonth => 1,
        }
    }

    /// Whether its periods are counted from the first day of a contract.
    pub fn is_of_contract(self) -> bool {
        matches!(self, Cycle::ContractYear | Cycle::ContractQuarter | Cycle::ContractMonth)
    }

    /// The year that its periods make up, where nothing else is said.
    pub fn year(self) -> Cycle {
        match self {
            Cycle::CalendarYear => Cycle::CalendarYear,
            _ if self.is_of_contract() => Cycle::ContractYear,
            _ => Cycle::FinancialYear,
        }
    }

    /// Whether its periods make up whole years of a kind: quarters of the financial year are named by it, and make up no
    /// calendar year.
    pub fn makes_up(self, year: Cycle) -> bool {
        let of_calendar = matches!(year, Cycle::FinancialYear | Cycle::CalendarYear);
        year == self.year()
            || (self == Cycle::Month && of_calendar)
            || (matches!(self, Cycle::Month | Cycle::Quarter) && year == Cycle::ContractYear)
    }

    /// The period that a day lies in; those of a contract are counted from its first day, and before it there are none.
    pub fn period_of(self, day: Date, first_day: Date) -> Option<Period> {
        match self {
            Cycle::FinancialYear => Period::financial_year_of(day),
            Cycle::CalendarYear => Period::calendar_year(day.year()),
            Cycle::Quarter => Period::quarter_of(day),
            Cycle::Month => Period::month_of(day),
            Cycle::ContractYear | Cycle::ContractQuarter | Cycle::ContractMonth => {
                let into = count_between(first_day, day, DayCount::Months, None).ok()?;
                let into = u32::try_from(into).ok().filter(|_| first_day <= day)?;
                self.of_contract(first_day, i32::try_from(into.checked_div(self.months())?).ok()?)
            }
        }
    }

    /// The period of a contract by its place, from 0; -1 is the one before the first day. `None` for periods of the calendar.
    pub fn of_contract(self, first_day: Date, place: i32) -> Option<Period> {
        let months = i32::try_from(self.months()).ok()?;
        let parts = 12_i32.checked_div(months)?;
        let (year, part) = (place.div_euclid(parts) + 1, place.rem_euclid(parts) + 1);
        let label = match self {
            Cycle::ContractYear => format!("Year {year}"),
            Cycle::ContractQuarter => format!("Q{part} Year {year}"),
            Cycle::ContractMonth => format!("Month {part} Year {year}"),
            _ => return None,
        };
        let begins = |place: i32| add_months(first_day, place.checked_mul(months)?);
        Period::between(&label, begins(place)?, begins(place.checked_add(1)?)?)
    }
}
