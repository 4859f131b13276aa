//! By which periods a contract is settled that begins on a day, and what of a template changes with it.
//!
//! A template is written for financial years. One that begins on another first day of a quarter is settled by quarters,
//! and on any other first of a month by months, so that its periods fill the term.

use jcm::Date;
use jcm_quantity::{Period, add_months};

/// How often a contract is settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Settled {
    Yearly,
    Quarterly,
    Monthly,
}

impl Settled {
    /// The longest periods that a term can begin with.
    pub(super) fn from_start(start: Date) -> Settled {
        match start.month() {
            4 => Settled::Yearly,
            1 | 7 | 10 => Settled::Quarterly,
            _ => Settled::Monthly,
        }
    }

    /// How many periods there are in a year.
    pub(super) fn parts(self) -> i64 {
        match self {
            Settled::Yearly => 1,
            Settled::Quarterly => 4,
            Settled::Monthly => 12,
        }
    }

    fn noun(self) -> &'static str {
        match self {
            Settled::Yearly => "year",
            Settled::Quarterly => "quarter",
            Settled::Monthly => "month",
        }
    }

    /// What to say of a contract that is not settled by years.
    pub(super) fn note(self) -> Option<String> {
        let noun = self.noun();
        (self != Settled::Yearly).then(|| {
            format!(
                "it is settled every {noun}, because it does not begin with a financial year, on 1 April\n"
            )
        })
    }

    fn label(self, start: Date) -> Option<String> {
        let period = match self {
            Settled::Yearly => Period::financial_year(start.year()),
            Settled::Quarterly => Period::quarter(start),
            Settled::Monthly => Period::month(start),
        };
        period.map(|period| period.label)
    }

    /// The contract with the lines that name a period, where it is not a financial year. `years` are the labels of the
    /// template's first and second year, as they are in the contract.
    pub(super) fn rewritten(self, contract: &str, start: Date, years: &[String]) -> Option<String> {
        if self == Settled::Yearly {
            return Some(contract.to_owned());
        }
        let months = i32::try_from(12 / self.parts()).ok()?;
        let first: Vec<(&String, String)> = (0..)
            .zip(years)
            .map(|(number, year)| Some((year, self.label(add_months(start, number * 12)?)?)))
            .collect::<Option<_>>()?;
        let last: Vec<(&String, String)> = (1..)
            .zip(years)
            .map(|(number, year)| Some((year, self.label(add_months(start, number * 12 - months)?)?)))
            .collect::<Option<_>>()?;
        let mut out = String::with_capacity(contract.len());
        for line in contract.lines() {
            out.push_str(&self.line(line, &first, &last));
            out.push('\n');
        }
        Some(out)
    }

    fn line(self, line: &str, first: &[(&String, String)], last: &[(&String, String)]) -> String {
        let replaced = |text: &str, with: &[(&String, String)]| {
            with.iter().fold(text.to_owned(), |text, (year, label)| text.replace(*year, label))
        };
        let noun = self.noun();
        let bare = line.trim_start();
        let titled =
            ["parameter ", "dataset ", "incentive ", "input "].iter().any(|kind| bare.starts_with(kind));
        if bare.starts_with("settled:") {
            line.replace("every financial_year", &format!("every {noun}"))
        } else if bare.starts_with("years:") {
            let (from, to) = line.split_once(" to ").unwrap_or((line, ""));
            format!("{} to {}", replaced(from, first), replaced(to, last))
        } else if bare.starts_with("period:") {
            replaced(line, first)
        } else if bare.starts_with("example ") {
            let (title, period) = line.rsplit_once(" in ").unwrap_or((line, ""));
            format!("{title} in {}", replaced(period, first))
        } else if titled {
            ["in a ", "of a ", "of the "].iter().fold(line.to_owned(), |line, before| {
                line.replace(&format!("{before}year"), &format!("{before}{noun}"))
            })
        } else {
            line.to_owned()
        }
    }
}
