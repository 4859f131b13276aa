//! Comparisons, conditions and choices.

use super::{Machine, Result};
use crate::Stop;
use crate::exact::holds;
use crate::reading::{Held, Reading};
use jcm_calculus::{Comparison, Expr, Value};

impl<R: Reading> Machine<'_, R> {
    /// Whether a condition holds; `None` where that is missing.
    pub(super) fn truth(&mut self, expr: &Expr) -> std::result::Result<Option<bool>, Stop> {
        match self.eval(expr)? {
            Held::Other(Value::Truth(truth)) => Ok(Some(truth)),
            Held::Other(Value::Missing) => Ok(None),
            _ => Err(self.wrong_kind("yes or no")),
        }
    }

    pub(super) fn compare(&mut self, op: Comparison, left: &Expr, right: &Expr) -> Result<R::Number> {
        let (left, right) = (self.eval(left)?, self.eval(right)?);
        if left.is_missing() || right.is_missing() {
            return Ok(Held::MISSING);
        }
        let same = match op {
            Comparison::Equal => Some(true),
            Comparison::NotEqual => Some(false),
            _ => None,
        };
        let truth = match (&left, &right) {
            (Held::Number(a), Held::Number(b)) => self.reading.compare(op, a, b),
            (Held::Other(Value::Date(a)), Held::Other(Value::Date(b))) => holds(op, a, b),
            (Held::Other(a), Held::Other(b)) if std::mem::discriminant(a) == std::mem::discriminant(b) => {
                let Some(same) = same else {
                    return Err(self.wrong_kind("numbers or dates to compare by size"));
                };
                (a == b) == same
            }
            _ => return Err(self.wrong_kind("two values of one kind to compare")),
        };
        Ok(Held::truth(truth))
    }

    /// True as soon as a part is `decisive` (or false, for "all"); otherwise missing if some part is.
    pub(super) fn until(&mut self, parts: &[Expr], decisive: bool) -> Result<R::Number> {
        let mut some_missing = false;
        for part in parts {
            match self.truth(part)? {
                Some(truth) if truth == decisive => return Ok(Held::truth(decisive)),
                Some(_) => {}
                None => some_missing = true,
            }
        }
        Ok(if some_missing { Held::MISSING } else { Held::truth(!decisive) })
    }

    pub(super) fn choose(&mut self, cases: &[(Expr, Expr)], otherwise: &Expr) -> Result<R::Number> {
        for (condition, value) in cases {
            match self.truth(condition)? {
                Some(true) => return self.eval(value),
                Some(false) => {}
                None => return Ok(Held::MISSING),
            }
        }
        self.eval(otherwise)
    }
}
