//! Operators on numbers: sums, products, extremes, rounding and tables.

use super::{MOST_EXCESS_BITS, Machine, Result};
use crate::Stop;
use crate::reading::{Held, Reading};
use jcm_calculus::{Arithmetic, Expr, MOST_TIMES, ScaleRow, Type, type_of};
use jcm_quantity::{Exact, Irrational, Statistic, Unit};

impl<R: Reading> Machine<'_, R> {
    /// The number of an expression; `None` where it is missing.
    pub(super) fn number(&mut self, expr: &Expr) -> std::result::Result<Option<R::Number>, Stop> {
        match self.eval(expr)? {
            Held::Number(number) => Ok(Some(number)),
            missing if missing.is_missing() => Ok(None),
            Held::Other(_) => Err(self.wrong_kind("a number")),
        }
    }

    pub(super) fn on_number(
        &mut self,
        expr: &Expr,
        apply: impl FnOnce(&R, &R::Number) -> R::Number,
    ) -> Result<R::Number> {
        match self.number(expr)? {
            Some(number) => self.kept(apply(&self.reading, &number)),
            None => Ok(Held::MISSING),
        }
    }

    pub(super) fn arithmetic(&mut self, op: Arithmetic, left: &Expr, right: &Expr) -> Result<R::Number> {
        let (left, right) = (self.number(left)?, self.number(right)?);
        match (left, right) {
            (Some(left), Some(right)) => self.combine(op, &left, &right).map(Held::Number),
            _ => Ok(Held::MISSING),
        }
    }

    pub(super) fn combine(
        &mut self,
        op: Arithmetic,
        left: &R::Number,
        right: &R::Number,
    ) -> std::result::Result<R::Number, Stop> {
        let Some(number) = self.reading.combine(op, left, right) else {
            return Err(Stop::DivisionByZero { step: self.at });
        };
        if self.reading.excess_bits(&number) > MOST_EXCESS_BITS {
            return Err(Stop::TooLarge { step: self.at });
        }
        Ok(number)
    }

    pub(super) fn extreme(
        &mut self,
        parts: &[Expr],
        pick: impl Fn(&mut R, R::Number, R::Number) -> R::Number,
    ) -> Result<R::Number> {
        let mut best: Option<R::Number> = None;
        let mut some_missing = false;
        for part in parts {
            match self.number(part)? {
                None => some_missing = true,
                Some(number) => {
                    best = Some(match best {
                        None => number,
                        Some(best) => pick(&mut self.reading, best, number),
                    });
                }
            }
        }
        match best {
            Some(best) if !some_missing => Ok(Held::Number(best)),
            None if parts.is_empty() => {
                Err(self.broken("has nothing to choose the smallest or greatest from"))
            }
            _ => Ok(Held::MISSING),
        }
    }

    /// A value rounded as an expression says; unchanged by one that does not round.
    pub(super) fn rounded_as(&mut self, rounding: &Expr, held: Held<R::Number>) -> Result<R::Number> {
        match held {
            Held::Number(number) => self.kept(match rounding {
                Expr::Round { rounding, .. } => self.reading.round(&number, rounding),
                Expr::RoundToFigures { mode, figures, .. } => {
                    self.reading.round_to_figures(&number, *figures, *mode)
                }
                _ => number,
            }),
            missing if missing.is_missing() => Ok(missing),
            Held::Other(_) => Err(self.wrong_kind("a number to round")),
        }
    }

    pub(super) fn irrational(
        &mut self,
        function: Irrational,
        value: &Expr,
        decimals: u32,
    ) -> Result<R::Number> {
        let Some(number) = self.number(value)? else { return Ok(Held::MISSING) };
        match self.reading.irrational(function, &number, decimals) {
            Some(value) => self.kept(value),
            None => {
                let number = self.reading.some_point(&number);
                Err(Stop::NoValue { step: self.at, function, number })
            }
        }
    }

    pub(super) fn power(&mut self, value: &Expr, exponent: i32) -> Result<R::Number> {
        let Some(number) = self.number(value)? else { return Ok(Held::MISSING) };
        if exponent.unsigned_abs() > MOST_TIMES {
            return Err(self.broken("raises a figure to a power that is too high"));
        }
        let power = self.reading.power(&number, exponent.unsigned_abs());
        if exponent >= 0 {
            return self.kept(power);
        }
        let one = self.reading.exactly(&Exact::one());
        self.combine(Arithmetic::Divide, &one, &power).map(Held::Number)
    }

    /// What stands for several figures; missing where one of them is.
    pub(super) fn statistic(&mut self, statistic: &Statistic, parts: &[Expr]) -> Result<R::Number> {
        let mut numbers = Vec::with_capacity(parts.len());
        let mut some_missing = false;
        for part in parts {
            match self.number(part)? {
                Some(number) => numbers.push(number),
                None => some_missing = true,
            }
        }
        if some_missing {
            return Ok(Held::MISSING);
        }
        self.statistic_of(statistic, &numbers)
    }

    /// What stands for one or more numbers.
    pub(super) fn statistic_of(&mut self, statistic: &Statistic, numbers: &[R::Number]) -> Result<R::Number> {
        match self.reading.statistic(statistic, numbers) {
            Some(number) => self.kept(number),
            None => Err(self.broken("takes no figures together, or a share of them that does not exist")),
        }
    }

    pub(super) fn scale(&mut self, value: &Expr, rows: &[ScaleRow]) -> Result<R::Number> {
        let Some(number) = self.number(value)? else { return Ok(Held::MISSING) };
        if let Some(result) = self.reading.scale(&number, rows) {
            return self.kept(result);
        }
        let unit = match type_of(self.settlement(), value) {
            Ok(Type::Number(unit)) => unit,
            _ => Unit::none(),
        };
        Err(Stop::NoRow { step: self.at, value: self.reading.some_point(&number), unit })
    }

    /// A number that has not grown out of all use.
    fn kept(&self, number: R::Number) -> Result<R::Number> {
        if self.reading.excess_bits(&number) > MOST_EXCESS_BITS {
            return Err(Stop::TooLarge { step: self.at });
        }
        Ok(Held::Number(number))
    }
}
