//! Jumps of a payment that boxes do not follow, shown by drawn cases: two figures next to each other between which the
//! payment moves, and goes on moving however near they come.

use crate::asking::{Asking, Number};
use crate::drawn;
use crate::sample::Settled;
use crate::{Claim, Kind, Of, Place, Statement, Verdict};
use jcm_calculus::{InputId, Level, StepId, Value};
use jcm_eval::Case;
use jcm_quantity::{Exact, RoundingMode};
use std::collections::{BTreeMap, BTreeSet};

/// Cases in which one figure is moved.
const MOST_CASES: usize = 24;

/// Rows of a case in which it is moved.
const MOST_ROWS: usize = 8;

/// Ways of a figure that are looked at closely.
const MOST_WAYS: usize = 32;

/// A way shorter than the step between two figures is halved so often.
const HALVINGS: usize = 60;

/// Two cases that differ in one figure by the step in which it is reported.
struct Step {
    below: Settled,
    above: Settled,
    size: Exact,
    row: Option<usize>,
    input: InputId,
    /// The first line that jumps between them.
    line: StepId,
}

/// The greatest jump that is found at each of some lines.
pub(super) fn shown(asking: &Asking<'_>, payment: usize, suspects: &[StepId]) -> Vec<(StepId, Statement)> {
    let cases = lively(asking, payment);
    let mut best: BTreeMap<StepId, Step> = BTreeMap::new();
    for input in asking.behind(suspects).1 {
        let reached = |line: &StepId| asking.behind(&[*line]).1.contains(&input);
        let lines: Vec<StepId> = suspects.iter().copied().filter(reached).collect();
        for step in along(asking, payment, input, &lines, &cases) {
            if best.get(&step.line).is_none_or(|known| step.size > known.size) {
                best.insert(step.line, step);
            }
        }
    }
    best.into_iter().map(|(line, step)| (line, describe(asking, payment, &step))).collect()
}

/// Drawn cases settled for a payment: first those that each come to something else.
fn lively(asking: &Asking<'_>, payment: usize) -> Vec<Settled> {
    let mut seen = BTreeSet::from([Exact::zero()]);
    let new = |settled: &&Settled| {
        let paid = settled.outcome.allocations.get(payment).map(|paid| paid.amount_exact.clone());
        seen.insert(paid.unwrap_or_default())
    };
    let (new, same): (Vec<&Settled>, Vec<&Settled>) = asking.drawn().iter().partition(new);
    let cases = new.into_iter().chain(same).take(MOST_CASES);
    cases
        .filter_map(|case| drawn::settled(asking, case.case.clone(), case.others.clone(), &[], &[payment]))
        .collect()
}

/// Jumps along an input, until each line that it reaches has one.
fn along(
    asking: &Asking<'_>,
    payment: usize,
    input: InputId,
    lines: &[StepId],
    cases: &[Settled],
) -> Vec<Step> {
    let level = asking.settlement().inputs.get(input.index()).map(|input| input.level);
    let values: Vec<Exact> = drawn::named(asking, input)
        .into_iter()
        .filter_map(|value| match value {
            Value::Number(number) => Some(number),
            _ => None,
        })
        .collect();
    let mut found: Vec<Step> = Vec::new();
    let mut ways = 0;
    for case in cases {
        let rows: Vec<Option<usize>> = match level {
            Some(Level::Row) => (0..case.case.rows.len()).take(MOST_ROWS).map(Some).collect(),
            _ => vec![None],
        };
        for (row, value) in rows.iter().flat_map(|row| values.iter().map(move |value| (*row, value))) {
            if ways >= MOST_WAYS || lines.iter().all(|line| found.iter().any(|step| step.line == *line)) {
                return found;
            }
            let Some(other) = at(asking, payment, case, (input, row), value) else { continue };
            if amount(&other) == amount(case) {
                continue;
            }
            ways += 1;
            found.extend(narrowed(asking, (payment, lines), (case, &other), (input, row)));
        }
    }
    found
}

/// The way from one case to another halved until it is one step of the figure, if the payment jumps on it.
fn narrowed(
    asking: &Asking<'_>,
    (payment, lines): (usize, &[StepId]),
    (one, other): (&Settled, &Settled),
    place: (InputId, Option<usize>),
) -> Option<Step> {
    let value = |settled: &Settled| figure(&settled.case, place).cloned();
    let (mut below, mut above) =
        if value(one)? < value(other)? { (one.clone(), other.clone()) } else { (other.clone(), one.clone()) };
    let grain = asking.grain_of(Number::Input(place.0));
    let two = Exact::from_int(2);
    let middle = |below: &Settled, above: &Settled| (value(below)? + value(above)?).checked_div(&two);
    let halve = |below: &mut Settled, above: &mut Settled, value: &Exact| -> Option<()> {
        let between = at(asking, payment, below, place, value)?;
        let (from, to) = (amount(below)?, amount(above)?);
        let own = amount(&between)?;
        if (&own - &from).abs() > (&to - &own).abs() {
            *above = between
        } else {
            *below = between
        }
        Some(())
    };
    loop {
        let half = middle(&below, &above)?.round(&grain, RoundingMode::Floor);
        if half <= value(&below)? || half >= value(&above)? {
            break;
        }
        halve(&mut below, &mut above, &half)?;
    }
    let size = (amount(&above)? - amount(&below)?).abs();
    let (mut nearer, mut beyond) = (below.clone(), above.clone());
    for _ in 0..HALVINGS {
        let half = middle(&nearer, &beyond)?;
        halve(&mut nearer, &mut beyond, &half)?;
    }
    // A line runs on however steep it is, and next to nothing of it is left of a way as short as this.
    let left = (amount(&beyond)? - amount(&nearer)?).abs();
    let jumps = left.is_positive() && &left * &two >= size && left > grain_of_money(asking, payment);
    if !jumps {
        return None;
    }
    let line = first_line(asking, lines, (&nearer, &beyond), place.1)?;
    Some(Step { below, above, size, row: place.1, input: place.0, line })
}

/// The first of some lines that is something else on both sides of a way that is next to nothing.
fn first_line(
    asking: &Asking<'_>,
    lines: &[StepId],
    (below, above): (&Settled, &Settled),
    row: Option<usize>,
) -> Option<StepId> {
    let values = |settled: &Settled| {
        let settled = drawn::settled(asking, settled.case.clone(), settled.others.clone(), lines, &[])?;
        let value = |line: &StepId| {
            let of = |row: Option<usize>| settled.outcome.value(*line, row).cloned();
            of(None).or_else(|| of(row))
        };
        Some(lines.iter().map(value).collect::<Vec<Option<Value>>>())
    };
    let pairs = values(below)?.into_iter().zip(values(above)?);
    // What runs on moves by next to nothing over a way so short.
    let little = Exact::ten_to(-9);
    let jumps = |(one, other): (Option<Value>, Option<Value>)| match (one, other) {
        (Some(Value::Number(one)), Some(Value::Number(other))) => (one - other).abs() > little,
        (one, other) => one != other,
    };
    lines.iter().zip(pairs).find(|(_, pair)| jumps(pair.clone())).map(|(line, _)| *line)
}

fn grain_of_money(asking: &Asking<'_>, payment: usize) -> Exact {
    let paid = asking.settlement().allocations.get(payment);
    let rounding = paid.map(|paid| paid.rounding.grain.clone()).unwrap_or_default();
    // A line may be rounded to whole pounds, which is no jump that anybody means.
    let whole = Exact::one();
    if rounding > whole { rounding } else { whole }
}

fn amount(settled: &Settled) -> Option<Exact> {
    settled.outcome.allocations.first().map(|paid| paid.amount_exact.clone())
}

fn figure(case: &Case, (input, row): (InputId, Option<usize>)) -> Option<&Exact> {
    let figures = match row {
        Some(row) => case.rows.get(row)?,
        None => &case.inputs,
    };
    match figures.get(&input)? {
        Value::Number(number) => Some(number),
        _ => None,
    }
}

/// The case with one figure at another value, settled for the payment.
fn at(
    asking: &Asking<'_>,
    payment: usize,
    settled: &Settled,
    (input, row): (InputId, Option<usize>),
    value: &Exact,
) -> Option<Settled> {
    figure(&settled.case, (input, row))?;
    let mut case = settled.case.clone();
    let figures = match row {
        Some(row) => case.rows.get_mut(row)?,
        None => &mut case.inputs,
    };
    figures.insert(input, Value::Number(value.clone()));
    drawn::settled(asking, case, settled.others.clone(), &[], &[payment])
}

fn describe(asking: &Asking<'_>, payment: usize, step: &Step) -> Statement {
    let settlement = asking.settlement();
    let title = settlement.inputs.get(step.input.index()).map_or("", |input| &input.title);
    let shown = |settled: &Settled| {
        let value = figure(&settled.case, (step.input, step.row)).cloned().unwrap_or_default();
        asking.figure_shown(Number::Input(step.input), &value)
    };
    let paid = |settled: &Settled| asking.money(&amount(settled).unwrap_or_default());
    let line = settlement.steps.get(step.line.index()).map_or("", |line| &line.title);
    let row = step.row.map_or_else(String::new, |row| format!(" in row {}", row.saturating_add(1)));
    let witness = |settled: &Settled| {
        let paid = settled.outcome.allocations.first().map(|paid| paid.amount.clone()).unwrap_or_default();
        let of = (Of::Amount, Value::Number(paid.clone()));
        let mut witness = drawn::witness(asking, settled, (&[], &[payment]), of);
        witness.words = format!("{}: {}", asking.money(&paid), witness.words);
        witness
    };
    Statement {
        kind: Kind::Cliff,
        verdict: Verdict::Refuted,
        said: format!(
            "“{}” jumps from {} to {} in “{line}” between “{title}” at {} and at {}{row}, in one case",
            asking.payment(payment),
            paid(&step.below),
            paid(&step.above),
            shown(&step.below),
            shown(&step.above),
        ),
        about: format!("{payment} {} drawn", step.line.0),
        given: String::new(),
        claim: Claim::None,
        periods: asking.periods.clone(),
        place: Place::Step(step.line),
        size: Some(step.size.clone()),
        to_look_at: true,
        witnesses: vec![witness(&step.below), witness(&step.above)],
    }
}
