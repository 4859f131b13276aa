//! Expressions over a block of runs. Everything is computed in every run, taken or not; what cannot be (a division by
//! figures that differ, a figure that is missing, text) gives `None`, and the block is settled otherwise.

use crate::Year;
use crate::columns::Numbers;
use crate::lane::{Lane, answer};
use crate::scales::scale;
use jcm_calculus::{
    Arithmetic, BandRow, CarriedId, Expr, Level, MissingRule, Parameter, ParameterId, Settlement, StepId,
    Value, WeightRule,
};
use jcm_quantity::Exact;
use std::cell::Cell;
use std::sync::Arc;

/// One value for each run.
#[derive(Debug, Clone)]
pub(crate) enum Column {
    /// Numbers.
    Numbers(Arc<Numbers>),
    /// Yes or no.
    Truths(Arc<Lane>),
}

/// A block of runs that is being settled.
pub(crate) struct Runs<'a> {
    settlement: &'a Settlement,
    period: usize,
    runs: usize,
    rows: usize,
    carried: &'a [Option<Arc<Numbers>>],
    /// Whether what is computed is of each row of a case.
    level: Cell<Level>,
    /// The drawn inputs, by id; `None` for those that are not drawn.
    pub(crate) inputs: Vec<Option<Arc<Numbers>>>,
    /// The steps so far.
    pub(crate) steps: Vec<Column>,
}

impl<'a> Runs<'a> {
    /// A block of so many runs, before anything is computed.
    pub(crate) fn new(year: &Year<'a>, runs: usize, carried: &'a [Option<Arc<Numbers>>]) -> Runs<'a> {
        Runs {
            settlement: year.settlement,
            period: year.period,
            runs,
            rows: year.rows,
            carried,
            level: Cell::new(Level::Case),
            inputs: vec![None; year.settlement.inputs.len()],
            steps: Vec::with_capacity(year.settlement.steps.len()),
        }
    }

    /// Computes every step.
    pub(crate) fn compute(&mut self) -> Option<()> {
        for step in &self.settlement.steps {
            self.level.set(step.level);
            let column = self.column(&step.expr)?;
            self.steps.push(column);
        }
        self.level.set(Level::Case);
        Some(())
    }

    /// How many figures a column has at this level.
    fn width(&self) -> usize {
        match self.level.get() {
            Level::Case => self.runs,
            Level::Row => self.runs * self.rows,
        }
    }

    /// Figures of a level, as many as are needed at this one.
    fn at_level(&self, numbers: Arc<Numbers>, level: Level) -> Arc<Numbers> {
        match (level, self.level.get()) {
            (Level::Case, Level::Row) => Arc::new(numbers.repeated(self.rows)),
            _ => numbers,
        }
    }

    /// What is computed of every row.
    fn of_rows<T>(&self, compute: impl FnOnce() -> Option<T>) -> Option<T> {
        let outer = self.level.replace(Level::Row);
        let made = compute();
        self.level.set(outer);
        made
    }

    /// What the period before left, or what a balance opens with.
    fn carried(&self, id: CarriedId) -> Option<Arc<Numbers>> {
        let carried = self.settlement.carried.get(id.index())?;
        if carried.begins_in(self.period) {
            return Numbers::constant(&carried.opening, self.width()).map(Arc::new);
        }
        Some(self.at_level(self.carried.get(id.index())?.clone()?, Level::Case))
    }

    /// The numbers of a step.
    pub(crate) fn numbers_of(&self, step: StepId) -> Option<Arc<Numbers>> {
        let level = self.settlement.steps.get(step.index())?.level;
        match self.steps.get(step.index())? {
            Column::Numbers(numbers) => Some(self.at_level(Arc::clone(numbers), level)),
            Column::Truths(_) => None,
        }
    }

    fn column(&self, expr: &Expr) -> Option<Column> {
        match expr {
            Expr::Step(id) if matches!(self.steps.get(id.index())?, Column::Truths(_)) => {
                self.truth_column(expr)
            }
            Expr::Literal { value: Value::Truth(_), .. }
            | Expr::Compare { .. }
            | Expr::All(_)
            | Expr::Any(_)
            | Expr::Not(_)
            | Expr::IsMissing(_)
            | Expr::InPeriods(_) => self.truth_column(expr),
            _ => self.numbers(expr).map(Column::Numbers),
        }
    }

    fn truth_column(&self, expr: &Expr) -> Option<Column> {
        self.truths(expr).map(Column::Truths)
    }

    fn numbers(&self, expr: &Expr) -> Option<Arc<Numbers>> {
        let made = match expr {
            Expr::Literal { value, .. } => self.constant(value)?,
            Expr::Input(id) => return self.input(id.index()),
            Expr::Step(id) => return self.numbers_of(*id),
            Expr::Parameter { parameter, column, keys } => self.parameter(*parameter, *column, keys)?,
            Expr::Arithmetic { op, left, right } => {
                let (left, right) = (self.numbers(left)?, self.numbers(right)?);
                match op {
                    Arithmetic::Add => left.plus(&right)?,
                    Arithmetic::Subtract => left.minus(&right)?,
                    Arithmetic::Multiply => left.times(&right)?,
                    Arithmetic::Divide => left.divided_by(&right)?,
                }
            }
            Expr::Negate(value) => self.numbers(value)?.scaled(-1, 1)?,
            Expr::Absolute(value) => self.numbers(value)?.absolute()?,
            Expr::Least(parts) => return self.extreme(parts, Numbers::lesser),
            Expr::Greatest(parts) => return self.extreme(parts, Numbers::greater),
            Expr::Round { value, rounding } => {
                self.numbers(value)?.rounded(&rounding.grain, rounding.mode)?
            }
            Expr::Choose { cases, otherwise } => return self.choose(cases, otherwise),
            Expr::Scale { value, rows } => scale(&*self.numbers(value)?, rows)?,
            Expr::Bands { value, rows } => self.bands(&*self.numbers(value)?, rows)?,
            Expr::Weighted { parts, missing } => self.weighted(parts, *missing)?,
            Expr::IfMissing(value, _) => return self.numbers(value),
            Expr::Carried(id) => return self.carried(*id),
            Expr::SumOfRows(part) => self.of_rows(|| self.numbers(part))?.summed(self.rows, self.runs)?,
            Expr::CountOfRows(part) => {
                let holds = self.of_rows(|| self.truths(part))?;
                Numbers::of_answers(&holds).summed(self.rows, self.runs)?
            }
            _ => return None,
        };
        Some(Arc::new(made))
    }

    fn constant(&self, value: &Value) -> Option<Numbers> {
        match value {
            Value::Number(number) => Numbers::constant(number, self.width()),
            _ => None,
        }
    }

    fn input(&self, place: usize) -> Option<Arc<Numbers>> {
        let input = self.settlement.inputs.get(place)?;
        if let Some(drawn) = self.inputs.get(place)? {
            return Some(self.at_level(Arc::clone(drawn), input.level));
        }
        match &input.missing {
            MissingRule::Use(value) => self.constant(value).map(Arc::new),
            _ => None,
        }
    }

    fn parameter(&self, id: ParameterId, column: u32, keys: &[Expr]) -> Option<Numbers> {
        let parameter: &Parameter = self.settlement.parameters.get(id.index())?;
        let day = self.settlement.periods.get(self.period)?.start;
        let wanted: Vec<&Value> = keys
            .iter()
            .map(|key| match key {
                Expr::Literal { value, .. } => Some(value),
                _ => None,
            })
            .collect::<Option<_>>()?;
        let row = parameter.rows.iter().find(|row| {
            row.from.is_none_or(|from| from <= day)
                && row.until.is_none_or(|until| day < until)
                && row.keys.iter().eq(wanted.iter().copied())
        })?;
        self.constant(row.values.get(usize::try_from(column).ok()?)?)
    }

    fn extreme(
        &self,
        parts: &[Expr],
        pick: fn(&Numbers, &Numbers) -> Option<Numbers>,
    ) -> Option<Arc<Numbers>> {
        let (first, rest) = parts.split_first()?;
        let mut best = self.numbers(first)?;
        for part in rest {
            best = Arc::new(pick(&best, &*self.numbers(part)?)?);
        }
        Some(best)
    }

    fn choose(&self, cases: &[(Expr, Expr)], otherwise: &Expr) -> Option<Arc<Numbers>> {
        let mut chosen = self.numbers(otherwise)?;
        for (condition, value) in cases.iter().rev() {
            chosen = Arc::new(self.numbers(value)?.where_it(&*self.truths(condition)?, &chosen)?);
        }
        Some(chosen)
    }

    fn bands(&self, value: &Numbers, rows: &[BandRow]) -> Option<Numbers> {
        let mut sum = Numbers::constant(&Exact::zero(), self.width())?;
        for row in rows {
            let at_nought = Exact::zero();
            let at_nought =
                row.lower.as_ref().map_or(at_nought.clone(), |lower| at_nought.max(lower.clone()));
            let at_nought =
                row.upper.as_ref().map_or(at_nought.clone(), |upper| at_nought.min(upper.clone()));
            let mut inside = value.clone();
            if let Some(lower) = &row.lower {
                inside = inside.greater(&Numbers::constant(lower, self.width())?)?;
            }
            if let Some(upper) = &row.upper {
                inside = inside.lesser(&Numbers::constant(upper, self.width())?)?;
            }
            let part = inside.minus(&Numbers::constant(&at_nought, self.width())?)?;
            let (above, below) = row.rate.parts()?;
            sum = sum.plus(&part.scaled(above, below)?)?;
        }
        Some(sum)
    }

    /// Nothing is missing here, so that no weight moves.
    fn weighted(&self, parts: &[(Exact, Expr)], missing: WeightRule) -> Option<Numbers> {
        let weights: Exact = parts.iter().map(|(weight, _)| weight).sum();
        if missing == WeightRule::Reweight && weights.is_zero() {
            return None;
        }
        let mut sum = None;
        for (weight, part) in parts {
            let (above, below) = weight.parts()?;
            let part = self.numbers(part)?.scaled(above, below)?;
            sum = Some(match sum {
                Some(sum) => part.plus(&sum)?,
                None => part,
            });
        }
        sum.or_else(|| Numbers::constant(&Exact::zero(), self.width()))
    }

    fn truths(&self, expr: &Expr) -> Option<Arc<Lane>> {
        let everywhere = |holds: bool| Lane::same(answer(holds), self.width());
        let made = match expr {
            Expr::Compare { op, left, right } => self.numbers(left)?.compared(*op, &*self.numbers(right)?)?,
            Expr::All(parts) => self.joined(parts, everywhere(true), |a, b| a & b)?,
            Expr::Any(parts) => self.joined(parts, everywhere(false), |a, b| a | b)?,
            Expr::Not(part) => Lane::each(&self.truths(part)?, |holds| !holds),
            // What can be computed here is there.
            Expr::IsMissing(part) => self.numbers(part).map(|_| everywhere(false))?,
            Expr::Literal { value: Value::Truth(truth), .. } => everywhere(*truth),
            Expr::Step(id) => match self.steps.get(id.index())? {
                Column::Truths(truths) => {
                    match (self.settlement.steps.get(id.index())?.level, self.level.get()) {
                        (Level::Case, Level::Row) => truths.repeated(self.rows),
                        _ => return Some(Arc::clone(truths)),
                    }
                }
                Column::Numbers(_) => return None,
            },
            Expr::InPeriods(periods) => everywhere(periods.contains(&self.period)),
            _ => return None,
        };
        Some(Arc::new(made))
    }

    fn joined(&self, parts: &[Expr], start: Lane, join: impl Fn(i64, i64) -> i64) -> Option<Lane> {
        parts.iter().try_fold(start, |mut so_far, part| {
            so_far.change(&self.truths(part)?, &join);
            Some(so_far)
        })
    }
}
