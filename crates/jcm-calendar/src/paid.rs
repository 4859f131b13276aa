//! When what is settled for a period is to be paid.

use crate::expand::{Dated, dates, payable};
use jcm_model::{Due, Mark, Program};
use jcm_quantity::{Date, NoDate, Period};

/// A day on which money is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueOn {
    /// The period that it is about, such as `April 2027`; empty if it is about none.
    pub period: String,
    /// The day, if it follows from the contract.
    pub date: Result<Date, NoDate>,
}

/// The days on which what is settled for each of some periods is due, in the order of the periods. What follows from the
/// results of a period, as an incentive does, is not due on a day of the year before the period ends.
pub fn due_in_each(program: &Program, due: &Due, settled: &[Period], after: bool) -> Vec<Vec<DueOn>> {
    let all = payable(program, due);
    settled.iter().map(|period| due_in(&all, due, period, after)).collect()
}

/// The day that a deadline names, where it is not operational and money is due on this day instead.
pub fn moved_from(program: &Program, due: &Due, day: Date) -> Option<Date> {
    let named = dates(program, due).into_iter().zip(payable(program, due));
    named
        .filter_map(|((_, named), (_, paid))| Some((named.ok()?, paid.ok()?)))
        .find_map(|(named, paid)| (paid == day && named != day).then_some(named))
}

fn due_in(all: &[Dated], due: &Due, settled: &Period, after: bool) -> Vec<DueOn> {
    if let (Mark::Yearly { .. }, true) = (due.mark, after) {
        let first = all.iter().find(|(_, date)| date.as_ref().is_ok_and(|date| settled.end <= *date));
        return first.map(|(_, date)| DueOn { period: String::new(), date: *date }).into_iter().collect();
    }
    let is_of = |(own, date): &&Dated| match (due.mark, own) {
        (Mark::Date(_) | Mark::TermStart | Mark::TermEnd, _) => true,
        (Mark::Yearly { .. }, _) | (_, None) => date.as_ref().is_ok_and(|date| settled.contains(*date)),
        (_, Some(own)) => settled.start <= own.start && own.end <= settled.end,
    };
    let all = all.iter().filter(is_of);
    let dated = |(own, date): &Dated| DueOn {
        period: own.as_ref().map_or_else(String::new, |own| own.label.clone()),
        date: *date,
    };
    all.map(dated).collect()
}
