//! Jumps of a payment that boxes do not follow, shown by drawn cases: two figures next to each other between which the
//! payment moves, and goes on moving however near they come.

use crate::asking::{Asking, Number};
use crate::drawn;
use crate::sample::Settled;
use crate::{Claim, Kind, Of, Place, Statement, Verdict};
use jcm_calculus::{InputId, Level, StepId, Value};
use jcm_eval::Case;
use jcm_quantity::{Exact, RoundingMode};

/// Cases in which one figure is moved.
const MOST_CASES: usize = 12;

/// Rows of a case in which it is moved.
const MOST_ROWS: usize = 2;

/// Ways of a figure that are looked at closely.
const MOST_WAYS: usize = 16;

/// A way shorter than the step between two figures is halved so often.
const HALVINGS: usize = 60;

/// Two cases that differ in one figure by the step in which it is reported.
struct Step {
    below: Settled,
    above: Settled,
    size: Exact,
    row: Option<usize>,
    input: InputId,
}

/// The greatest jump that is found along each figure behind some lines.
pub(super) fn shown(asking: &Asking<'_>, payment: usize, suspects: &[StepId]) -> Vec<Statement> {
    let (_, inputs, _) = asking.behind(suspects);
    let steps = inputs.into_iter().filter_map(|input| along(asking, payment, input));
    let said = steps.map(|step| {
        // What jumps first is the first line that can and that the figure reaches.
        let reached = |line: &&StepId| asking.behind(&[**line]).1.contains(&step.input);
        let line = suspects.iter().filter(reached).min().copied();
        Statement {
            place: line.map_or(Place::Payment(payment), Place::Step),
            ..describe(asking, payment, &step)
        }
    });
    said.collect()
}

fn along(asking: &Asking<'_>, payment: usize, input: InputId) -> Option<Step> {
    let level = asking.settlement().inputs.get(input.index())?.level;
    let values: Vec<Exact> = drawn::named(asking, input)
        .into_iter()
        .filter_map(|value| match value {
            Value::Number(number) => Some(number),
            _ => None,
        })
        .collect();
    let mut best: Option<Step> = None;
    let mut ways = 0;
    let settled =
        |case: &Settled| drawn::settled(asking, case.case.clone(), case.others.clone(), &[], &[payment]);
    for case in asking.drawn().iter().take(MOST_CASES).filter_map(settled) {
        let rows: Vec<Option<usize>> = match level {
            Level::Case => vec![None],
            Level::Row => (0..case.case.rows.len()).take(MOST_ROWS).map(Some).collect(),
        };
        for (row, value) in rows.iter().flat_map(|row| values.iter().map(move |value| (*row, value))) {
            let Some(other) = at(asking, payment, &case, (input, row), value) else { continue };
            if ways >= MOST_WAYS || amount(&other) == amount(&case) {
                continue;
            }
            ways += 1;
            let found = narrowed(asking, payment, (&case, &other), (input, row));
            if found.as_ref().map(|step| &step.size) > best.as_ref().map(|step| &step.size) {
                best = found;
            }
        }
    }
    best
}

/// The way from one case to another halved until it is one step of the figure, if the payment jumps on it.
fn narrowed(
    asking: &Asking<'_>,
    payment: usize,
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
    jumps.then(|| Step { below, above, size, row: place.1, input: place.0 })
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
            "“{}” jumps from {} to {} between “{title}” at {} and at {}{row}, in one case",
            asking.payment(payment),
            paid(&step.below),
            paid(&step.above),
            shown(&step.below),
            shown(&step.above),
        ),
        about: format!("{payment} {} drawn", step.input.0),
        given: String::new(),
        claim: Claim::None,
        periods: asking.periods.clone(),
        place: Place::Payment(payment),
        size: Some(step.size.clone()),
        to_look_at: true,
        witnesses: vec![witness(&step.below), witness(&step.above)],
    }
}
