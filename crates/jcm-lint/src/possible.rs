//! What every line and every part of a line can come to, whatever the data are.
//!
//! An input can be any number, or what it usually is. Figures of the contract lie within their rows, knobs within their ranges and the
//! figures of localities. Inside `value when condition` the condition is known to hold, and to fail further on.

use jcm_model::{
    Arithmetic, Balance, Comparison, Constant, Example, Expr, ExprKind, InputId, LineId, Parameter,
    ParameterId, ParameterOwner, Program, TableId, TableKind, TableRow, Ty, WeightRule,
};
use jcm_quantity::{End, Exact, Range, Statistic};
use std::collections::BTreeMap;

/// What a yes or no can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Truth {
    pub(crate) yes: bool,
    pub(crate) no: bool,
}

impl Truth {
    const OPEN: Truth = Truth { yes: true, no: true };
}

/// A figure whose range a condition can narrow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Known {
    Input(InputId),
    Line(LineId),
}

/// What is known where an expression stands, beyond what always holds.
pub(crate) type Here = BTreeMap<Known, Range>;

/// The ranges of a contract.
pub(crate) struct Possible<'a> {
    program: &'a Program,
    inputs: Vec<Range>,
    parameters: Vec<Vec<Range>>,
    balances: Vec<Range>,
    lines: Vec<Range>,
}

/// So many periods are followed one by one to see where a balance can lie.
const MOST_PERIODS: usize = 24;

impl<'a> Possible<'a> {
    /// With inputs of any number.
    pub(crate) fn of(program: &'a Program) -> Self {
        Self::with_inputs(program, vec![Range::ALL; program.inputs.len()])
    }

    /// With inputs that are not below nought, but for those that an example gives below nought: costs, counts and rates.
    pub(crate) fn usual(program: &'a Program) -> Self {
        let given = |example: &'a Example| {
            let rows = example.rows.iter().flat_map(|(_, given)| given);
            let others = example.others.iter().flat_map(|(_, given)| given);
            example.periods().flat_map(|period| period.given).chain(rows).chain(others)
        };
        let is_negative = |id: InputId| {
            let mut figures = program.examples.iter().flat_map(given).filter(|(given, _)| *given == id);
            figures.any(|(_, value)| matches!(value, Constant::Number(number) if number.is_negative()))
        };
        let range = |id| if is_negative(id) { Range::ALL } else { Range::at_least(Exact::zero()) };
        let inputs = (0u32..).map(InputId).zip(&program.inputs).map(|(id, _)| range(id)).collect();
        Self::with_inputs(program, inputs)
    }

    fn with_inputs(program: &'a Program, inputs: Vec<Range>) -> Self {
        let parameters = (0u32..)
            .map(ParameterId)
            .zip(&program.parameters)
            .map(|(id, parameter)| columns(program, id, parameter))
            .collect();
        let balances: Vec<Range> =
            program.balances.iter().map(|balance| Range::point(balance.opening.clone())).collect();
        let mut possible = Self { program, inputs, parameters, balances, lines: Vec::new() };
        possible.work_out_lines();
        let most = longest_run(program).min(MOST_PERIODS);
        for _ in 1..most {
            possible.carry(|known, closing| known.or(closing));
        }
        // What still moves then can lie anywhere, and so can what it moves.
        while longest_run(program) > most && possible.carry(|_, _| Range::ALL) {}
        possible
    }

    fn work_out_lines(&mut self) {
        self.lines = Vec::with_capacity(self.program.lines.len());
        // A line refers only to earlier ones.
        for line in &self.program.lines {
            let range = self.number(&line.expr, &Here::new());
            self.lines.push(range);
        }
    }

    /// One period further: what a period ends with can be what the next begins with. Whether that was not known yet.
    fn carry(&mut self, grown: impl Fn(&Range, &Range) -> Range) -> bool {
        let mut moved = false;
        let closing: Vec<Range> =
            self.program.balances.iter().map(|balance| self.line(balance.closing)).collect();
        for (known, closing) in self.balances.iter_mut().zip(&closing) {
            if known.or(closing) != *known {
                *known = grown(known, closing);
                moved = true;
            }
        }
        if moved {
            self.work_out_lines();
        }
        moved
    }

    /// Where a line can lie.
    pub(crate) fn line(&self, line: LineId) -> Range {
        self.lines.get(line.index()).cloned().unwrap_or(Range::ALL)
    }

    /// Where the number that an expression gives can lie.
    pub(crate) fn number(&self, expr: &Expr, here: &Here) -> Range {
        let of = |expr: &Expr| self.number(expr, here);
        let all = |list: &[Expr]| list.iter().map(of).collect::<Vec<Range>>();
        match &expr.kind {
            ExprKind::Constant(Constant::Number(number)) => Range::point(number.clone()),
            ExprKind::Input(id) => {
                let always = self.inputs.get(id.index()).cloned().unwrap_or(Range::ALL);
                here.get(&Known::Input(*id)).and_then(|here| here.and(&always)).unwrap_or(always)
            }
            ExprKind::Line(id) => {
                let always = self.line(*id);
                here.get(&Known::Line(*id)).and_then(|here| here.and(&always)).unwrap_or(always)
            }
            ExprKind::Balance(id) => self.balances.get(id.index()).cloned().unwrap_or(Range::ALL),
            ExprKind::Parameter { parameter, column, .. } => self.parameter(*parameter, *column),
            ExprKind::Arithmetic { op, left, right } => arithmetic(*op, &of(left), &of(right)),
            ExprKind::Negate(value) => of(value).negated(),
            ExprKind::Absolute(value) => of(value).absolute(),
            ExprKind::Smallest(values) => reduced(all(values), Range::lesser),
            ExprKind::Greatest(values) => reduced(all(values), Range::greater),
            ExprKind::AtLeast { value, limit } => of(value).greater(&of(limit)),
            ExprKind::AtMost { value, limit } => of(value).lesser(&of(limit)),
            ExprKind::Round { value, rounding } => {
                of(value).through(|end| end.round(&rounding.grain, rounding.mode))
            }
            ExprKind::RoundToFigures { value, mode, figures } => {
                of(value).through(|end| end.round_to_figures(*figures, *mode))
            }
            ExprKind::Power { exponent, .. } if *exponent >= 0 && exponent % 2 == 0 => {
                Range::at_least(Exact::zero())
            }
            ExprKind::Statistic { statistic, values } => of_statistic(statistic, all(values)),
            ExprKind::WeightedMean(parts) => {
                let weights = parts.iter().all(|(_, weight)| !of(weight).can_be_negative());
                let values = Range::around(parts.iter().map(|(value, _)| of(value)));
                values.filter(|_| weights).unwrap_or(Range::ALL)
            }
            ExprKind::CountOfCases { .. } | ExprKind::CountOfRows(_) => Range::at_least(Exact::zero()),
            ExprKind::SumOfRows(value) => many(&of(value)),
            ExprKind::StatisticOfRows { statistic, value } => of_statistic(statistic, vec![of(value)]),
            ExprKind::When { cases, otherwise } => self.chosen(cases, Some(otherwise), here),
            ExprKind::Cases { rows, otherwise, .. } => self.chosen(rows, otherwise.as_deref(), here),
            ExprKind::Table { table, value } => self.table(*table, &of(value)),
            ExprKind::Progress { value, from, to } => {
                let from = of(from).negated();
                of(value).plus(&from).over(&of(to).plus(&from))
            }
            ExprKind::Weighted { parts, missing } => {
                let parts = parts.iter().map(|(weight, part)| (weight, of(part))).collect::<Vec<_>>();
                weighted(&parts, *missing)
            }
            ExprKind::IfMissing { value, default } => of(value).or(&of(default)),
            _ => Range::ALL,
        }
    }

    /// What a condition can be.
    pub(crate) fn truth(&self, condition: &Expr, here: &Here) -> Truth {
        match &condition.kind {
            ExprKind::Constant(Constant::Truth(truth)) => Truth { yes: *truth, no: !*truth },
            ExprKind::Compare { op, left, right } if matches!(left.ty, Ty::Number(_)) => {
                compared(*op, &self.number(left, here), &self.number(right, here))
            }
            ExprKind::And(left, right) => {
                let first = self.truth(left, here);
                let Some(then) = self.assuming(left, true, here) else {
                    return Truth { yes: false, no: true };
                };
                let second = self.truth(right, &then);
                Truth { yes: first.yes && second.yes, no: first.no || second.no }
            }
            ExprKind::Or(left, right) => {
                let first = self.truth(left, here);
                let Some(then) = self.assuming(left, false, here) else {
                    return Truth { yes: true, no: false };
                };
                let second = self.truth(right, &then);
                Truth { yes: first.yes || second.yes, no: first.no && second.no }
            }
            ExprKind::Not(inner) => {
                let inner = self.truth(inner, here);
                Truth { yes: inner.no, no: inner.yes }
            }
            _ => Truth::OPEN,
        }
    }

    /// What is known where a condition holds or fails; `None` where it cannot.
    pub(crate) fn assuming(&self, condition: &Expr, holds: bool, here: &Here) -> Option<Here> {
        let possible = self.truth_at_once(condition, here);
        if !(if holds { possible.yes } else { possible.no }) {
            return None;
        }
        match (&condition.kind, holds) {
            (ExprKind::And(left, right), true) | (ExprKind::Or(left, right), false) => {
                let then = self.assuming(left, holds, here)?;
                self.assuming(right, holds, &then)
            }
            (ExprKind::Not(inner), _) => self.assuming(inner, !holds, here),
            (ExprKind::Compare { op, left, right }, _) if matches!(left.ty, Ty::Number(_)) => {
                let op = if holds { *op } else { opposite(*op) };
                let then = narrowed(left, op, &self.number(right, here), here)?;
                let left = self.number(left, here);
                narrowed(right, mirrored(op), &left, &then)
            }
            _ => Some(here.clone()),
        }
    }

    /// As [`Possible::truth`], for conditions that are not made of others.
    fn truth_at_once(&self, condition: &Expr, here: &Here) -> Truth {
        match &condition.kind {
            ExprKind::And(..) | ExprKind::Or(..) | ExprKind::Not(_) => Truth::OPEN,
            _ => self.truth(condition, here),
        }
    }

    fn chosen(&self, cases: &[(Expr, Expr)], otherwise: Option<&Expr>, here: &Here) -> Range {
        let mut found = Vec::new();
        let mut left = Some(here.clone());
        for (value, condition) in cases {
            let Some(here) = left else { break };
            if let Some(then) = self.assuming(condition, true, &here) {
                found.push(self.value_of_case(value, &then));
            }
            left = self.assuming(condition, false, &here);
        }
        let other = left.zip(otherwise).map(|(here, otherwise)| self.value_of_case(otherwise, &here));
        found.extend(other);
        Range::around(found.into_iter().flatten()).unwrap_or(Range::ALL)
    }

    /// The value of a case; nothing where the case says that there is none.
    fn value_of_case(&self, value: &Expr, here: &Here) -> Option<Range> {
        let none = matches!(value.kind, ExprKind::Constant(Constant::Missing));
        (!none).then(|| self.number(value, here))
    }

    fn parameter(&self, id: ParameterId, column: u32) -> Range {
        let columns = self.parameters.get(id.index());
        let column = usize::try_from(column).ok().and_then(|column| columns?.get(column));
        column.cloned().unwrap_or(Range::ALL)
    }

    fn table(&self, id: TableId, value: &Range) -> Range {
        let Some(table) = self.program.table(id) else { return Range::ALL };
        match table.kind {
            TableKind::Scale => {
                let rows = table.rows.iter().filter(|row| row_range(row).and(value).is_some());
                Range::around(rows.map(results)).unwrap_or(Range::ALL)
            }
            TableKind::Bands => {
                let rates = Range::around(table.rows.iter().map(results)).unwrap_or(Range::ALL);
                rates.or(&Range::point(Exact::zero())).times(value)
            }
        }
    }
}

/// Where the figures of each column lie, in the contract and in its localities.
fn columns(program: &Program, id: ParameterId, parameter: &Parameter) -> Vec<Range> {
    let settings = program.localities.iter().flat_map(|locality| &locality.sets);
    let elsewhere = settings.filter(|setting| setting.parameter == id).flat_map(|setting| &setting.rows);
    let rows: Vec<_> = parameter.rows.iter().chain(elsewhere).collect();
    let column = |place: usize| {
        let figures = rows.iter().filter_map(|row| match row.values.get(place) {
            Some(Constant::Number(number)) => Some(Range::point(number.clone())),
            _ => None,
        });
        let figures = Range::around(figures);
        match (&parameter.owner, figures) {
            (ParameterOwner::Knob { from, to }, Some(figures)) => {
                figures.or(&Range { low: End::At(from.clone()), high: End::At(to.clone()) })
            }
            (_, figures) => figures.unwrap_or(Range::ALL),
        }
    };
    (0..parameter.columns.len()).map(column).collect()
}

/// The values that a row of a table holds.
fn row_range(row: &TableRow) -> Range {
    let low = row.lower.as_ref().map_or(End::Below, |end| End::At(end.value.clone()));
    Range { low, high: row.upper.as_ref().map_or(End::Above, |end| End::At(end.value.clone())) }
}

/// What a row of a table gives.
fn results(row: &TableRow) -> Range {
    let from = Range::point(row.from.clone());
    row.to.as_ref().map_or(from.clone(), |to| from.or(&Range::point(to.clone())))
}

fn arithmetic(op: Arithmetic, left: &Range, right: &Range) -> Range {
    match op {
        Arithmetic::Add => left.plus(right),
        Arithmetic::Subtract => left.plus(&right.negated()),
        Arithmetic::Multiply | Arithmetic::Of => left.times(right),
        Arithmetic::Divide => left.over(right),
    }
}

/// The most periods from one that a balance begins in with its opening figure to the last before the next such.
fn longest_run(program: &Program) -> usize {
    let contract = &program.contract;
    let of = |balance: &Balance| {
        let mut ends = balance.begins(contract);
        ends.push(contract.periods.len());
        ends.windows(2).filter_map(|pair| pair.get(1)?.checked_sub(*pair.first()?)).max()
    };
    program.balances.iter().filter_map(of).max().unwrap_or(0)
}

fn reduced(ranges: Vec<Range>, by: fn(&Range, &Range) -> Range) -> Range {
    ranges.into_iter().reduce(|a, b| by(&a, &b)).unwrap_or(Range::ALL)
}

fn of_statistic(statistic: &Statistic, ranges: Vec<Range>) -> Range {
    match statistic {
        Statistic::Sum => reduced(ranges, Range::plus),
        Statistic::Least => reduced(ranges, Range::lesser),
        Statistic::Greatest => reduced(ranges, Range::greater),
        Statistic::Variance | Statistic::StandardDeviation { .. } => Range::at_least(Exact::zero()),
        Statistic::Mean | Statistic::Median | Statistic::Quantile { .. } => {
            Range::around(ranges).unwrap_or(Range::ALL)
        }
    }
}

/// The sum of any number of figures in a range, none of them included.
fn many(one: &Range) -> Range {
    let nought = End::At(Exact::zero());
    let low = if one.can_be_negative() { End::Below } else { nought.clone() };
    Range { low, high: if one.can_be_positive() { End::Above } else { nought } }
}

fn weighted(parts: &[(&Exact, Range)], missing: WeightRule) -> Range {
    let sum = |zero: bool| {
        let part = |(weight, part): &(&Exact, Range)| {
            let part = if zero { part.or(&Range::point(Exact::zero())) } else { part.clone() };
            part.times(&Range::point((*weight).clone()))
        };
        reduced(parts.iter().map(part).collect(), Range::plus)
    };
    match missing {
        WeightRule::Missing => sum(false),
        WeightRule::Zero => sum(true),
        WeightRule::Reweight if parts.iter().any(|(weight, _)| weight.is_negative()) => Range::ALL,
        WeightRule::Reweight => {
            Range::around(parts.iter().map(|(_, part)| part.clone())).unwrap_or(Range::ALL)
        }
    }
}

fn compared(op: Comparison, left: &Range, right: &Range) -> Truth {
    let points = left == right && left.low == left.high;
    let apart = left.high < right.low || right.high < left.low;
    match op {
        Comparison::Less => Truth { yes: left.low < right.high, no: left.high >= right.low },
        Comparison::LessOrEqual => Truth { yes: left.low <= right.high, no: left.high > right.low },
        Comparison::Greater => compared(Comparison::Less, right, left),
        Comparison::GreaterOrEqual => compared(Comparison::LessOrEqual, right, left),
        Comparison::Equal => Truth { yes: !apart, no: !points },
        Comparison::NotEqual => Truth { yes: !points, no: !apart },
    }
}

fn opposite(op: Comparison) -> Comparison {
    match op {
        Comparison::Equal => Comparison::NotEqual,
        Comparison::NotEqual => Comparison::Equal,
        Comparison::Less => Comparison::GreaterOrEqual,
        Comparison::LessOrEqual => Comparison::Greater,
        Comparison::Greater => Comparison::LessOrEqual,
        Comparison::GreaterOrEqual => Comparison::Less,
    }
}

/// The same comparison with its sides exchanged.
fn mirrored(op: Comparison) -> Comparison {
    match op {
        Comparison::Less => Comparison::Greater,
        Comparison::LessOrEqual => Comparison::GreaterOrEqual,
        Comparison::Greater => Comparison::Less,
        Comparison::GreaterOrEqual => Comparison::LessOrEqual,
        same => same,
    }
}

/// What is known once a figure is known to compare so with a range; `None` where it cannot.
fn narrowed(figure: &Expr, op: Comparison, other: &Range, here: &Here) -> Option<Here> {
    let known = match &figure.kind {
        ExprKind::Input(id) => Known::Input(*id),
        ExprKind::Line(id) => Known::Line(*id),
        _ => return Some(here.clone()),
    };
    let limit = match op {
        Comparison::Less | Comparison::LessOrEqual => Range { low: End::Below, high: other.high.clone() },
        Comparison::Greater | Comparison::GreaterOrEqual => {
            Range { low: other.low.clone(), high: End::Above }
        }
        Comparison::Equal => other.clone(),
        Comparison::NotEqual => return Some(here.clone()),
    };
    let before = here.get(&known).cloned().unwrap_or(Range::ALL);
    let mut then = here.clone();
    then.insert(known, before.and(&limit)?);
    Some(then)
}

/// Shows every part of an expression that can be reached, with what is known there.
pub(crate) fn visit<'e>(
    possible: &Possible<'_>,
    expr: &'e Expr,
    here: &Here,
    see: &mut dyn FnMut(&'e Expr, &Here),
) {
    see(expr, here);
    let ExprKind::When { cases, otherwise } = &expr.kind else {
        expr.parts().into_iter().for_each(|part| visit(possible, part, here, see));
        return;
    };
    let mut left = Some(here.clone());
    for (value, condition) in cases {
        let Some(here) = left else { return };
        visit(possible, condition, &here, see);
        if let Some(then) = possible.assuming(condition, true, &here) {
            visit(possible, value, &then, see);
        }
        left = possible.assuming(condition, false, &here);
    }
    if let Some(here) = left {
        visit(possible, otherwise, &here, see);
    }
}
