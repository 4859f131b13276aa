//! When what is settled for a period is to be paid.

use crate::expand::payable;
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

/// The days on which what is settled for a period is due. What follows from the results of the period, as an incentive
/// does, is not due on a day of the year before the period ends.
pub fn due_for(program: &Program, due: &Due, settled: &Period, after: bool) -> Vec<DueOn> {
    let all = payable(program, due);
    if let (Mark::Yearly { .. }, true) = (due.mark, after) {
        let first = all.into_iter().find(|(_, date)| date.as_ref().is_ok_and(|date| settled.end <= *date));
        return first.map(|(_, date)| DueOn { period: String::new(), date }).into_iter().collect();
    }
    let is_of = |(own, date): &(Option<Period>, Result<Date, NoDate>)| match (due.mark, own) {
        (Mark::Date(_) | Mark::TermStart | Mark::TermEnd, _) => true,
        (Mark::Yearly { .. }, _) | (_, None) => date.as_ref().is_ok_and(|date| settled.contains(*date)),
        (_, Some(own)) => settled.start <= own.start && own.end <= settled.end,
    };
    let all = all.into_iter().filter(is_of);
    all.map(|(own, date)| DueOn { period: own.map_or_else(String::new, |own| own.label), date }).collect()
}
