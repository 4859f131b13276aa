//! Scores, and sums and counts over the rows of a case.

use super::{Machine, Result};
use crate::Stop;
use crate::reading::{Held, Reading};
use jcm_calculus::{Arithmetic, Expr, WeightRule};
use jcm_quantity::{Exact, Statistic};

impl<R: Reading> Machine<'_, R> {
    pub(super) fn weighted(&mut self, parts: &[(Exact, Expr)], missing: WeightRule) -> Result<R::Number> {
        let mut sum = self.reading.exactly(&Exact::zero());
        let mut weights = Exact::zero();
        let mut some_missing = false;
        for (weight, part) in parts {
            let Some(number) = self.number(part)? else {
                some_missing = true;
                continue;
            };
            let weighted = self.combine(Arithmetic::Multiply, &self.reading.exactly(weight), &number)?;
            sum = self.combine(Arithmetic::Add, &sum, &weighted)?;
            weights = weights + weight;
        }
        match (missing, some_missing) {
            (WeightRule::Missing, true) => Ok(Held::MISSING),
            // Nothing that carries weight is there.
            (WeightRule::Reweight, _) if weights.is_zero() => Ok(Held::MISSING),
            (WeightRule::Reweight, true) => {
                let weights = self.reading.exactly(&weights);
                self.combine(Arithmetic::Divide, &sum, &weights).map(Held::Number)
            }
            _ => Ok(Held::Number(sum)),
        }
    }

    pub(super) fn sum_of_rows(&mut self, part: &Expr) -> Result<R::Number> {
        let mut sum = self.reading.exactly(&Exact::zero());
        self.for_each_row(|machine| {
            if let Some(number) = machine.number(part)? {
                sum = machine.combine(Arithmetic::Add, &sum, &number)?;
            }
            Ok(())
        })?;
        Ok(Held::Number(sum))
    }

    pub(super) fn count_of_rows(&mut self, condition: &Expr) -> Result<R::Number> {
        let mut count = Exact::zero();
        self.for_each_row(|machine| {
            if machine.truth(condition)? == Some(true) {
                count = &count + Exact::one();
            }
            Ok(())
        })?;
        Ok(Held::Number(self.reading.exactly(&count)))
    }

    /// Rows without the figure are left out, as cases are where something is worked out over all of them.
    pub(super) fn statistic_of_rows(&mut self, statistic: &Statistic, part: &Expr) -> Result<R::Number> {
        let mut numbers = Vec::new();
        self.for_each_row(|machine| {
            numbers.extend(machine.number(part)?);
            Ok(())
        })?;
        if numbers.is_empty() {
            return Ok(Held::MISSING);
        }
        self.statistic_of(statistic, &numbers)
    }

    fn for_each_row(
        &mut self,
        mut each: impl FnMut(&mut Self) -> std::result::Result<(), Stop>,
    ) -> std::result::Result<(), Stop> {
        if self.row.is_some() {
            return Err(self.broken("sums or counts the rows inside a row"));
        }
        for row in 0..self.row_steps.len() {
            self.row = Some(row);
            let result = each(self);
            self.row = None;
            result?;
        }
        Ok(())
    }
}
