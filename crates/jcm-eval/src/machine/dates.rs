//! Dates: moved, counted between, and the days that they lead to.

use super::{Machine, Result};
use crate::Stop;
use crate::reading::{Held, Reading};
use jcm_calculus::{Arithmetic, Expr, Value};
use jcm_quantity::{Calendar, Date, DayCount, DayMark, Exact, NoDate, count_between, move_date};

impl<'a, R: Reading> Machine<'a, R> {
    pub(super) fn move_date(&mut self, date: &Expr, by: &Expr, count: DayCount) -> Result<R::Number> {
        let (date, by) = (self.date(date)?, self.eval(by)?);
        let by = match by {
            Held::Number(by) => by,
            Held::Other(Value::Missing) => return Ok(Held::MISSING),
            Held::Other(_) => return Err(self.wrong_kind("a number of days")),
        };
        let Some(date) = date else { return Ok(Held::MISSING) };
        let per_base = self.reading.exactly(&count.per_base());
        let by = self.reading.combine(Arithmetic::Multiply, &by, &per_base).unwrap_or(by);
        let Some(whole) = self.reading.whole(&by) else {
            return Err(Stop::PartOfDay { step: self.at, count, by: self.reading.some_point(&by) });
        };
        self.dated(move_date(date, whole, count, self.calendar()))
    }

    pub(super) fn count_between(&mut self, from: &Expr, to: &Expr, count: DayCount) -> Result<R::Number> {
        let (from, to) = (self.date(from)?, self.date(to)?);
        let (Some(from), Some(to)) = (from, to) else { return Ok(Held::MISSING) };
        let days = count_between(from, to, count, self.calendar()).map_err(|why| self.no_date(why))?;
        let figure = Exact::from_i128(i128::from(days)).checked_div(&count.per_base()).unwrap_or_default();
        Ok(Held::Number(self.reading.exactly(&figure)))
    }

    pub(super) fn mark_date(&mut self, date: &Expr, mark: DayMark) -> Result<R::Number> {
        let Some(date) = self.date(date)? else { return Ok(Held::MISSING) };
        self.dated(mark.of(date, self.calendar()))
    }

    /// A date; `None` if it is missing.
    fn date(&mut self, expr: &Expr) -> std::result::Result<Option<Date>, Stop> {
        match self.eval(expr)? {
            Held::Other(Value::Date(date)) => Ok(Some(date)),
            Held::Other(Value::Missing) => Ok(None),
            _ => Err(self.wrong_kind("a date")),
        }
    }

    fn dated(&self, date: std::result::Result<Date, NoDate>) -> Result<R::Number> {
        date.map(|date| Held::Other(Value::Date(date))).map_err(|why| self.no_date(why))
    }

    fn no_date(&self, why: NoDate) -> Stop {
        match why {
            NoDate::Uncovered(day) => Stop::Uncovered { step: self.at, day },
            NoDate::NoCalendar => self.broken("asks for operational days, and there is no calendar"),
            NoDate::OutOfRange => Stop::TooLarge { step: self.at },
        }
    }

    fn calendar(&self) -> Option<&'a Calendar> {
        self.prepared.settlement().calendar.as_ref()
    }
}
