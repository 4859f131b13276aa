//! From a deadline to its dates over the term of the contract.

use jcm_model::{Contract, Due, Every, Mark, Program};
use jcm_quantity::{Calendar, Date, DayCount, NoDate, Period, move_date};

/// A date with the period that it is about.
pub(crate) type Dated = (Option<Period>, Result<Date, NoDate>);

/// Every date of a deadline, in order. What is counted from the last day of a period may lie after the term.
pub(crate) fn dates(program: &Program, due: &Due) -> Vec<Dated> {
    let calendar = program.calendar.as_ref().map(|calendar| &calendar.calendar);
    let moved = |(period, day): Dated| {
        let date = match due.offset {
            Some(offset) => day.and_then(|day| move_date(day, i64::from(offset.count), offset.of, calendar)),
            None => day,
        };
        (period, date)
    };
    marks(&program.contract, due.mark, calendar).into_iter().map(moved).collect()
}

/// The days from which a deadline is counted.
fn marks(contract: &Contract, mark: Mark, calendar: Option<&Calendar>) -> Vec<Dated> {
    let in_term = |day: Date| contract.start <= day && day < contract.end;
    let each = |every: Every, day: &dyn Fn(&Period) -> Date, open: Option<bool>| -> Vec<Dated> {
        let periods = periods(contract, every).into_iter().filter(|period| in_term(day(period)));
        periods.map(|period| (Some(period.clone()), operational(day(&period), open, calendar))).collect()
    };
    let first = |period: &Period| period.start;
    match mark {
        Mark::Date(date) => vec![(None, Ok(date))],
        Mark::TermStart => vec![(None, Ok(contract.start))],
        Mark::TermEnd => vec![(None, Ok(contract.end.yesterday().unwrap_or(contract.end)))],
        Mark::Yearly { month, day } => {
            let years = contract.start.year()..=contract.end.year();
            let days = years.filter_map(|year| Date::new(year, month, day).ok()).filter(|day| in_term(*day));
            days.map(|day| (Period::calendar_year(day.year()), Ok(day))).collect()
        }
        Mark::ProvisionalSettlement => settled(contract, contract.provisional_months),
        Mark::FinalSettlement => settled(contract, contract.final_months),
        Mark::First(every) => each(every, &first, None),
        Mark::Last(every) => each(every, &Period::last_day, None),
        Mark::FirstOperational(every) => each(every, &first, Some(true)),
        Mark::LastOperational(every) => each(every, &Period::last_day, Some(false)),
    }
}

/// The last day by which each settlement period is settled, so many months after its end; none where nothing is said.
pub(crate) fn settled(contract: &Contract, months: Option<u32>) -> Vec<Dated> {
    let Some(months) = months else { return Vec::new() };
    let by = |period: &Period| move_date(period.last_day(), i64::from(months), DayCount::Months, None);
    contract.periods.iter().map(|period| (Some(period.clone()), by(period))).collect()
}

/// Every date of a deadline on which money is to be paid: where a day is not operational, the next one that is. Beyond
/// the days of the calendar no holiday is known, and only the days that are closed each week give way.
pub(crate) fn payable(program: &Program, due: &Due) -> Vec<Dated> {
    let calendar = program.calendar.as_ref().map(|calendar| &calendar.calendar);
    let open =
        |calendar: &Calendar, day: Date| calendar.next_operational(day).or_else(|_| calendar.next_open(day));
    let moved = |day: Date| calendar.and_then(|calendar| open(calendar, day).ok()).unwrap_or(day);
    dates(program, due).into_iter().map(|(period, date)| (period, date.map(moved))).collect()
}

/// The day, or the operational day at or after (`Some(true)`) or before it.
fn operational(day: Date, later: Option<bool>, calendar: Option<&Calendar>) -> Result<Date, NoDate> {
    let Some(later) = later else { return Ok(day) };
    let calendar = calendar.ok_or(NoDate::NoCalendar)?;
    if later { calendar.next_operational(day) } else { calendar.last_operational(day) }
}

/// Every period of a kind that shares a day with the term, in order.
fn periods(contract: &Contract, every: Every) -> Vec<Period> {
    let period_of = |day: Date| match every {
        Every::Cycle(cycle) => cycle.period_of(day, contract.start),
        Every::SettlementPeriod => contract.periods.iter().find(|period| period.contains(day)).cloned(),
    };
    let mut found = Vec::new();
    let mut day = contract.start;
    while let Some(period) = (day < contract.end).then(|| period_of(day)).flatten() {
        day = period.end;
        found.push(period);
    }
    found
}
