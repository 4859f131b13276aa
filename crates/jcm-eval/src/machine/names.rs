//! What is looked up by name: inputs after their missing rule, earlier steps, parameters in force.

use super::{Machine, Result};
use crate::Stop;
use crate::reading::{Held, Reading};
use jcm_calculus::{CarriedId, Expr, InputId, Level, MissingRule, ParameterId, StepId};

impl<R: Reading> Machine<'_, R> {
    pub(super) fn input(&mut self, id: InputId) -> Result<R::Number> {
        let Some(input) = self.settlement().inputs.get(id.index()) else {
            return Err(self.broken("uses an input that the contract does not have"));
        };
        let row = self.row_of(input.level)?;
        let given = self.reading.input(id, row);
        if given.is_missing() { self.stand_in(id, row, &input.missing) } else { Ok(given) }
    }

    /// What stands in for a missing input.
    fn stand_in(&self, input: InputId, row: Option<usize>, rule: &MissingRule) -> Result<R::Number> {
        let mut rule = rule;
        loop {
            match rule {
                MissingRule::Refuse => return Err(Stop::MissingInput { input, row }),
                MissingRule::Neutral => return Ok(Held::MISSING),
                MissingRule::Use(value) => return Ok(self.reading.held(value)),
                MissingRule::CarryForward { times, then } => match self.reading.last_reported(input) {
                    Some((value, age)) if age <= *times && !value.is_missing() => return Ok(value),
                    _ => rule = then,
                },
            }
        }
    }

    pub(super) fn step(&self, id: StepId) -> Result<R::Number> {
        let Some(step) = self.settlement().steps.get(id.index()) else {
            return Err(self.broken("uses a line that the contract does not have"));
        };
        let row = self.row_of(step.level)?;
        self.result(id, row).cloned().ok_or_else(|| self.broken("uses a line that does not come before it"))
    }

    /// What the case brings from the period before, or the opening figure.
    pub(super) fn carried(&self, id: CarriedId) -> Result<R::Number> {
        let Some(carried) = self.settlement().carried.get(id.index()) else {
            return Err(self.broken("uses a balance that the contract does not have"));
        };
        let period = self.reading.period();
        if carried.begins_in(period) {
            return Ok(Held::Number(self.reading.exactly(&carried.opening)));
        }
        self.reading.carried(id).ok_or(Stop::NothingCarried { carried: id, period })
    }

    /// The row to look in: none for a thing of case level, the present one for a thing of row level.
    fn row_of(&self, level: Level) -> std::result::Result<Option<usize>, Stop> {
        match (level, self.row) {
            (Level::Case, _) => Ok(None),
            (Level::Row, Some(row)) => Ok(Some(row)),
            (Level::Row, None) => Err(self.broken("uses a figure of a row outside of a row")),
        }
    }

    pub(super) fn parameter(&mut self, id: ParameterId, column: u32, keys: &[Expr]) -> Result<R::Number> {
        let mut found = Vec::with_capacity(keys.len());
        for key in keys {
            match self.eval(key)? {
                Held::Number(_) => return Err(self.wrong_kind("a choice or text to look a parameter up by")),
                missing if missing.is_missing() => return Ok(Held::MISSING),
                Held::Other(value) => found.push(value),
            }
        }
        let period = self.reading.period();
        let Some(row) = self.prepared.row(id, &found, period) else {
            return Err(Stop::NoParameter { parameter: id, keys: found, period });
        };
        let value = usize::try_from(column).ok().and_then(|column| row.values.get(column));
        let value = value.ok_or_else(|| self.broken("uses a column that its parameter does not have"))?;
        Ok(self.reading.held(value))
    }
}
