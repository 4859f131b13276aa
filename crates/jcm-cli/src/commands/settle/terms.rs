//! What a contract says of its payments besides what they come to: when they are due, and where that is printed.

use jcm::{Due, Instalments, OddPence, Period, Program, due_for};
use jcm_quantity::add_months;
use jcm_settle::{DueParts, OddPart};
use jcm_statement::ContractPage;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// What the column says where the contract does not say when a payment is due.
const NOT_SAID: &str = "the contract does not say";
/// The same where only the settlement specification was there.
const NOT_THERE: &str = "the contract says when; settlement.json does not";

/// When each payment is due, by its name and the place of the period. A settlement specification says nothing of it.
#[derive(Debug, Default)]
pub(super) struct Terms {
    days: BTreeMap<(String, usize), DueParts>,
    /// The places in the contract that a link can lead to.
    anchors: BTreeSet<String>,
    /// Whether there is a contract and not only its specification.
    has_contract: bool,
}

/// What a contract says of one payment.
struct Payment<'a> {
    /// When, in its words; empty if it does not say.
    words: &'a str,
    deadline: Option<&'a Due>,
    instalments: Option<Instalments>,
    /// Whether what is paid follows from the results of the period.
    after: bool,
}

impl Terms {
    /// What a contract says.
    pub(super) fn of(program: &Program) -> Terms {
        let mut terms = Terms { has_contract: true, ..Terms::default() };
        for (flow, payment) in payments(program) {
            let Some(name) = program.flow(flow).map(|flow| flow.head.name.clone()) else { continue };
            for (place, period) in program.contract.periods.iter().enumerate() {
                let parts = parts(program, &payment, period);
                terms.days.insert((name.clone(), place), parts);
            }
        }
        terms
    }

    /// The same with the places of the contract, for statements that lead to them.
    pub(super) fn with_places(mut self, document: &jcm::Document) -> Terms {
        self.anchors = document.anchors().into_iter().map(str::to_owned).collect();
        self
    }

    /// When a payment is due in the period at a place.
    pub(super) fn of_payment(&self, payment: &str, period: usize) -> DueParts {
        let not_said = if self.has_contract { NOT_SAID } else { NOT_THERE };
        let silent = || DueParts { days: vec![not_said.to_owned()], ..DueParts::default() };
        self.days.get(&(payment.to_owned(), period)).cloned().unwrap_or_else(silent)
    }

    /// The page of the contract, as a link from a folder.
    pub(super) fn page(&self, path: &Path, folder: &Path) -> ContractPage {
        ContractPage { address: address(path, folder), anchors: self.anchors.clone() }
    }
}

/// Every flow of money with what is said of it.
fn payments(program: &Program) -> Vec<(jcm::FlowId, Payment<'_>)> {
    let mut all = Vec::new();
    for payment in &program.payments {
        let own = Payment {
            words: words(&payment.particulars),
            deadline: payment.deadline.as_ref(),
            instalments: payment.instalments,
            after: false,
        };
        all.extend(payment.flow.map(|flow| (flow, own)));
    }
    for incentive in &program.incentives {
        for flow in &incentive.flows {
            let own = Payment {
                words: words(&incentive.particulars),
                deadline: incentive.deadline.as_ref(),
                instalments: None,
                after: true,
            };
            all.push((*flow, own));
        }
    }
    all
}

fn words(particulars: &[(String, String)]) -> &str {
    particulars.iter().find(|(field, _)| field == "due").map_or("", |(_, words)| words)
}

/// The days of one payment in one period.
fn parts(program: &Program, payment: &Payment<'_>, period: &Period) -> DueParts {
    let days = payment.deadline.map(|due| due_for(program, due, period, payment.after)).unwrap_or_default();
    let rule = payment.words;
    let said = |day: &jcm::DueOn| match &day.date {
        Ok(date) => date.to_string(),
        Err(_) if day.period.is_empty() => rule.to_owned(),
        Err(_) => format!("{rule}: {}", day.period),
    };
    let odd = payment.instalments.map_or(OddPart::Last, |parts| match parts.odd {
        OddPence::Last => OddPart::Last,
        OddPence::First => OddPart::First,
        OddPence::OneEach => OddPart::OneEach,
    });
    let whole = match days.as_slice() {
        [day] => said(day),
        _ if !rule.is_empty() => rule.to_owned(),
        _ => not_said(program, period),
    };
    let difference = format!("{NOT_SAID} when a difference from what was paid before is due");
    let days = match payment.instalments {
        Some(_) if days.len() > 1 => days.iter().map(said).collect(),
        // A contract that names parts and no days pays them in words of its own.
        Some(parts) if payment.deadline.is_none() && is_a_year(period) => {
            (1..=parts.parts).map(|part| format!("{rule}: part {part}")).collect()
        }
        _ => vec![whole],
    };
    DueParts { days, difference, odd }
}

/// What is known where no term of payment is agreed: by when the period is settled.
fn not_said(program: &Program, period: &Period) -> String {
    let months = program.contract.final_months.and_then(|months| i32::try_from(months).ok());
    let settled = months.and_then(|months| add_months(period.last_day(), months));
    settled.map_or_else(|| NOT_SAID.to_owned(), |day| format!("{NOT_SAID}; it is settled by {day}"))
}

/// Whether a period is as long as what an amount of a year is divided over.
fn is_a_year(period: &Period) -> bool {
    add_months(period.start, 12).is_some_and(|end| end == period.end)
}

/// A path as a link from a folder: both seen from where the command runs.
fn address(path: &Path, folder: &Path) -> String {
    let text = |path: &Path| path.to_string_lossy().replace('\\', "/");
    if path.is_absolute() || text(path).contains("://") {
        return text(path);
    }
    let parts = |path: &Path| -> Vec<String> {
        text(path).split('/').filter(|part| !part.is_empty() && *part != ".").map(str::to_owned).collect()
    };
    let (to, from) = (parts(path), parts(folder));
    let shared = to.iter().zip(&from).take_while(|(a, b)| a == b).count();
    let mut steps: Vec<String> = from.iter().skip(shared).map(|_| "..".to_owned()).collect();
    steps.extend(to.into_iter().skip(shared));
    steps.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_found_from_the_folder_of_the_statements() {
        let link = |path: &str, folder: &str| address(Path::new(path), Path::new(folder));
        assert_eq!(link("out/contract.html", "statements"), "../out/contract.html");
        assert_eq!(link("contract.html", "./a/b/"), "../../contract.html");
        assert_eq!(link("out/contract.html", "out"), "contract.html");
        assert_eq!(
            link("https://alliance.example/contract.html", "out"),
            "https://alliance.example/contract.html"
        );
    }
}
