//! Expressions over a block of runs. Everything is computed in every run, taken or not; what cannot be (a division by
//! figures that differ, a figure that is missing, text) gives `None`, and the block is settled otherwise.

use crate::Year;
use crate::columns::{Numbers, least_common_multiple};
use jcm_calculus::{
    Arithmetic, BandRow, CarriedId, Comparison, End, Expr, Level, MissingRule, Parameter, ParameterId,
    ScaleResult, ScaleRow, Settlement, StepId, Value, WeightRule,
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
    Truths(Arc<Vec<bool>>),
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
        self.truths(expr).map(|truths| Column::Truths(Arc::new(truths)))
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
                    Arithmetic::Add => left.with(&right, i128::checked_add)?,
                    Arithmetic::Subtract => left.with(&right, i128::checked_sub)?,
                    Arithmetic::Multiply => left.times(&right)?,
                    Arithmetic::Divide => left.divided_by(&right)?,
                }
            }
            Expr::Negate(value) => self.numbers(value)?.scaled(-1, 1)?,
            Expr::Absolute(value) => {
                let numbers = self.numbers(value)?;
                let above = numbers.above.iter().map(|number| number.checked_abs()).collect::<Option<_>>()?;
                Numbers { below: numbers.below, above }
            }
            Expr::Least(parts) => return self.extreme(parts, i128::min),
            Expr::Greatest(parts) => return self.extreme(parts, i128::max),
            Expr::Round { value, rounding } => {
                self.numbers(value)?.rounded(&rounding.grain, rounding.mode)?
            }
            Expr::Choose { cases, otherwise } => self.choose(cases, otherwise)?,
            Expr::Scale { value, rows } => scale(&*self.numbers(value)?, rows)?,
            Expr::Bands { value, rows } => self.bands(&*self.numbers(value)?, rows)?,
            Expr::Weighted { parts, missing } => self.weighted(parts, *missing)?,
            Expr::IfMissing(value, _) => return self.numbers(value),
            Expr::Carried(id) => return self.carried(*id),
            Expr::SumOfRows(part) => self.of_rows(|| self.numbers(part))?.summed(self.rows, self.runs)?,
            Expr::CountOfRows(part) => {
                let holds = self.of_rows(|| self.truths(part))?;
                let above = holds.into_iter().map(i128::from).collect();
                Numbers { below: 1, above }.summed(self.rows, self.runs)?
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

    fn extreme(&self, parts: &[Expr], pick: fn(i128, i128) -> i128) -> Option<Arc<Numbers>> {
        let (first, rest) = parts.split_first()?;
        let mut best = self.numbers(first)?;
        for part in rest {
            best = Arc::new(best.with(&*self.numbers(part)?, |left, right| Some(pick(left, right)))?);
        }
        Some(best)
    }

    fn choose(&self, cases: &[(Expr, Expr)], otherwise: &Expr) -> Option<Numbers> {
        let mut chosen = (*self.numbers(otherwise)?).clone();
        for (condition, value) in cases.iter().rev() {
            let (holds, value) = (self.truths(condition)?, self.numbers(value)?);
            let (taken, left, below) = value.alike(&chosen)?;
            let pick = |((holds, taken), left): ((bool, i128), i128)| if holds { taken } else { left };
            chosen = Numbers { below, above: holds.into_iter().zip(taken).zip(left).map(pick).collect() };
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
                inside = inside.with(&Numbers::constant(lower, self.width())?, |a, b| Some(a.max(b)))?;
            }
            if let Some(upper) = &row.upper {
                inside = inside.with(&Numbers::constant(upper, self.width())?, |a, b| Some(a.min(b)))?;
            }
            let part = inside.with(&Numbers::constant(&at_nought, self.width())?, i128::checked_sub)?;
            let (above, below) = row.rate.parts()?;
            sum = sum.with(&part.scaled(above, below)?, i128::checked_add)?;
        }
        Some(sum)
    }

    /// Nothing is missing here, so that no weight moves.
    fn weighted(&self, parts: &[(Exact, Expr)], missing: WeightRule) -> Option<Numbers> {
        let weights: Exact = parts.iter().map(|(weight, _)| weight).sum();
        if missing == WeightRule::Reweight && weights.is_zero() {
            return None;
        }
        let mut sum = Numbers::constant(&Exact::zero(), self.width())?;
        for (weight, part) in parts {
            let (above, below) = weight.parts()?;
            sum = sum.with(&self.numbers(part)?.scaled(above, below)?, i128::checked_add)?;
        }
        Some(sum)
    }

    pub(crate) fn truths(&self, expr: &Expr) -> Option<Vec<bool>> {
        match expr {
            Expr::Compare { op, left, right } => {
                let (left, right, _) = self.numbers(left)?.alike(&*self.numbers(right)?)?;
                let holds = |(left, right): (i128, i128)| match op {
                    Comparison::Equal => left == right,
                    Comparison::NotEqual => left != right,
                    Comparison::Less => left < right,
                    Comparison::LessOrEqual => left <= right,
                    Comparison::Greater => left > right,
                    Comparison::GreaterOrEqual => left >= right,
                };
                Some(left.into_iter().zip(right).map(holds).collect())
            }
            Expr::All(parts) => self.joined(parts, true, |a, b| a && b),
            Expr::Any(parts) => self.joined(parts, false, |a, b| a || b),
            Expr::Not(part) => Some(self.truths(part)?.into_iter().map(|truth| !truth).collect()),
            // What can be computed here is there.
            Expr::IsMissing(part) => self.numbers(part).map(|_| vec![false; self.width()]),
            Expr::Literal { value: Value::Truth(truth), .. } => Some(vec![*truth; self.width()]),
            Expr::Step(id) => match self.steps.get(id.index())? {
                Column::Truths(truths) => {
                    match (self.settlement.steps.get(id.index())?.level, self.level.get()) {
                        (Level::Case, Level::Row) => Some(
                            truths.iter().flat_map(|truth| std::iter::repeat_n(*truth, self.rows)).collect(),
                        ),
                        _ => Some(truths.to_vec()),
                    }
                }
                Column::Numbers(_) => None,
            },
            Expr::InPeriods(periods) => Some(vec![periods.contains(&self.period); self.width()]),
            _ => None,
        }
    }

    fn joined(&self, parts: &[Expr], start: bool, join: fn(bool, bool) -> bool) -> Option<Vec<bool>> {
        parts.iter().try_fold(vec![start; self.width()], |so_far, part| {
            Some(so_far.into_iter().zip(self.truths(part)?).map(|(a, b)| join(a, b)).collect())
        })
    }
}

/// A row of a whole-amount table as a straight line over a common denominator, with its ends as numerators of the
/// value.
struct Line {
    lower: Option<(Exact, bool)>,
    upper: Option<(Exact, bool)>,
    start: Exact,
    slope: Exact,
}

fn scale(value: &Numbers, rows: &[ScaleRow]) -> Option<Numbers> {
    let lines: Vec<Line> = rows.iter().map(line).collect::<Option<_>>()?;
    let mut below = 1;
    for line in &lines {
        let slope = line.slope.parts()?.1.checked_mul(value.below)?;
        below = least_common_multiple(least_common_multiple(below, line.start.parts()?.1)?, slope)?;
    }
    // For each row: its ends times the denominator of the value, and how much the start and each unit give.
    let end = |end: &Option<(Exact, bool)>| match end {
        None => Some(None),
        Some((value, included)) => {
            let (above, below) = value.parts()?;
            Some(Some((above, below, *included)))
        }
    };
    let mut known = Vec::with_capacity(lines.len());
    for line in &lines {
        let (start_above, start_below) = line.start.parts()?;
        let (slope_above, slope_below) = line.slope.parts()?;
        let start = start_above.checked_mul(below / start_below)?;
        let slope = slope_above.checked_mul(below / slope_below.checked_mul(value.below)?)?;
        known.push((end(&line.lower)?, end(&line.upper)?, start, slope));
    }
    let result = |number: &i128| {
        for (lower, upper, start, slope) in &known {
            let above = match lower {
                None => true,
                Some((end, under, included)) => {
                    let (left, right) = (number.checked_mul(*under)?, end.checked_mul(value.below)?);
                    left > right || (*included && left == right)
                }
            };
            let under = match upper {
                None => true,
                Some((end, under, included)) => {
                    let (left, right) = (number.checked_mul(*under)?, end.checked_mul(value.below)?);
                    left < right || (*included && left == right)
                }
            };
            if above && under {
                return start.checked_add(slope.checked_mul(*number)?);
            }
        }
        None
    };
    let above = value.above.iter().map(result).collect::<Option<_>>()?;
    Some(Numbers { below, above })
}

fn line(row: &ScaleRow) -> Option<Line> {
    let end = |end: &End| (end.value.clone(), end.included);
    let (start, slope) = match &row.result {
        ScaleResult::Flat(result) => (result.clone(), Exact::zero()),
        ScaleResult::Even { from, to } => {
            let (lower, upper) = (&row.lower.as_ref()?.value, &row.upper.as_ref()?.value);
            let slope = (to - from).checked_div(&(upper - lower))?;
            (from - &slope * lower, slope)
        }
    };
    Some(Line { lower: row.lower.as_ref().map(end), upper: row.upper.as_ref().map(end), start, slope })
}
