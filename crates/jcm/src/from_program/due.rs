//! When each flow of money is due, for every period: so that whoever has only the settlement knows it too.

use jcm_calculus::{DueOn, OddPart, PaymentDue};
use jcm_calendar::{DueOn as Dated, due_in_each, moved_from};
use jcm_model::{Due, FlowId, Instalments, Mark, OddPence, Program};
use jcm_quantity::{Period, add_months, show_date};
use std::collections::BTreeMap;

/// What is said where the contract does not say when a payment is due.
const NOT_SAID: &str = "the contract does not say";

/// What a contract says of one flow.
#[derive(Default)]
struct Terms<'a> {
    /// When, in its words; empty if it does not say.
    words: &'a str,
    deadline: Option<&'a Due>,
    instalments: Option<Instalments>,
    /// Whether what is paid follows from the results of the period.
    after: bool,
}

/// When every flow is due, in the order of the flows.
pub(super) fn of_flows(program: &Program) -> Vec<Vec<PaymentDue>> {
    let mut said = terms(program);
    let flows = (0..).map(FlowId).zip(&program.flows);
    flows.map(|(flow, _)| of_flow(program, &said.remove(&flow).unwrap_or_default())).collect()
}

/// What is said of each flow of money of which anything is said.
fn terms(program: &Program) -> BTreeMap<FlowId, Terms<'_>> {
    let mut all = BTreeMap::new();
    for payment in &program.payments {
        let own = Terms {
            words: words(&payment.particulars),
            deadline: payment.deadline.as_ref(),
            instalments: payment.instalments,
            after: false,
        };
        all.extend(payment.flow.map(|flow| (flow, own)));
    }
    for incentive in &program.incentives {
        for flow in &incentive.flows {
            let own = Terms {
                words: words(&incentive.particulars),
                deadline: incentive.deadline.as_ref(),
                instalments: None,
                after: true,
            };
            all.insert(*flow, own);
        }
    }
    all
}

fn words(particulars: &[(String, String)]) -> &str {
    particulars.iter().find(|(field, _)| field == "due").map_or("", |(_, words)| words)
}

fn of_flow(program: &Program, terms: &Terms<'_>) -> Vec<PaymentDue> {
    let periods = &program.contract.periods;
    let mut dates = terms.deadline.map(|due| due_in_each(program, due, periods, terms.after));
    let of_period = |(place, period): (usize, &Period)| {
        let own = dates.as_mut().and_then(|dates| dates.get_mut(place)).map(std::mem::take);
        in_period(program, terms, place, period, &own.unwrap_or_default())
    };
    periods.iter().enumerate().map(of_period).collect()
}

/// The parts of what is settled for one period.
fn in_period(
    program: &Program,
    terms: &Terms<'_>,
    place: usize,
    period: &Period,
    dates: &[Dated],
) -> PaymentDue {
    let rule = terms.words;
    let dated = |day: &Dated| match &day.date {
        Ok(date) => DueOn::Day(*date),
        Err(_) if day.period.is_empty() => DueOn::Words(said(program, rule, period)),
        Err(_) => DueOn::Words(format!("{rule}: {}", day.period)),
    };
    let odd = match terms.instalments.map(|parts| parts.odd) {
        None | Some(OddPence::Last) => OddPart::Last,
        Some(OddPence::First) => OddPart::First,
        Some(OddPence::OneEach) => OddPart::OneEach,
    };
    let parts = match (terms.instalments, dates) {
        (Some(_), [_, _, ..]) => dates.iter().map(dated).collect(),
        // A contract that names parts and no days pays them in words of its own.
        (Some(parts), _) if terms.deadline.is_none() && is_a_year(period) => {
            (1..=parts.parts).map(|part| DueOn::Words(format!("{rule}: part {part}"))).collect()
        }
        (_, [day]) => vec![dated(day)],
        _ => vec![DueOn::Words(said(program, rule, period))],
    };
    let day = parts.iter().find_map(|part| match part {
        DueOn::Day(day) => Some(*day),
        DueOn::Words(_) => None,
    });
    let rule = day.map_or_else(String::new, |day| {
        let rule = with_settlement(program, terms, period);
        let named = terms.deadline.filter(|_| parts.len() == 1).and_then(|due| moved_from(program, due, day));
        named.map_or_else(|| rule.clone(), |named| format!("{rule}; {} is not operational", show_date(named)))
    });
    PaymentDue { period: place, parts, odd, rule }
}

/// The words of the contract, with the day of the settlement that they count from.
fn with_settlement(program: &Program, terms: &Terms<'_>, period: &Period) -> String {
    let counted_from = terms.deadline.map(|due| due.mark);
    let months = match counted_from {
        Some(Mark::FinalSettlement) => program.contract.final_months,
        Some(Mark::ProvisionalSettlement) => program.contract.provisional_months,
        _ => None,
    };
    let months = months.and_then(|months| i32::try_from(months).ok());
    match months.and_then(|months| add_months(period.last_day(), months)) {
        Some(day) => format!("{}, which is by {}", terms.words, show_date(day)),
        None => terms.words.to_owned(),
    }
}

/// The words of the contract; where it has none, by when the period is settled.
fn said(program: &Program, rule: &str, period: &Period) -> String {
    if !rule.is_empty() {
        return rule.to_owned();
    }
    let months = program.contract.final_months.and_then(|months| i32::try_from(months).ok());
    let settled = months.and_then(|months| add_months(period.last_day(), months));
    settled
        .map_or_else(|| NOT_SAID.to_owned(), |day| format!("{NOT_SAID}; it is settled by {}", show_date(day)))
}

/// Whether a period is as long as what an amount of a year is divided over.
fn is_a_year(period: &Period) -> bool {
    add_months(period.start, 12).is_some_and(|end| end == period.end)
}
