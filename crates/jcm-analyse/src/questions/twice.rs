//! Whether one event is paid for by two payments.

use super::payments_on;
use crate::asking::{Asking, Bench};
use crate::sample::Settled;
use crate::{Claim, Kind, Of, Place, Statement, Verdict};
use jcm_calculus::{InputId, Value};
use jcm_quantity::Exact;

pub(super) fn ask(asking: &Asking<'_>) -> Vec<Statement> {
    let mut found = Vec::new();
    for (id, figure) in (0u32..).map(InputId).zip(&asking.subject.figures) {
        if figure.counts.is_empty() {
            continue;
        }
        let payments = payments_on(asking, id);
        for (place, one) in payments.iter().enumerate() {
            for other in payments.iter().skip(place + 1) {
                found.extend(both(asking, id, *one, *other));
            }
        }
    }
    found.extend(same_event(asking));
    found
}

/// Two payments that the same figure moves the same way.
fn both(asking: &Asking<'_>, input: InputId, one: usize, other: usize) -> Option<Statement> {
    let title = asking.settlement().inputs.get(input.index()).map_or("", |input| &input.title);
    let (first, second) = (asking.payment(one), asking.payment(other));
    let said = format!("“{title}” is paid for twice, by “{first}” and by “{second}”");
    let mut statement = Statement {
        kind: Kind::PaidTwice,
        verdict: Verdict::Refuted,
        said,
        about: String::new(),
        given: String::new(),
        claim: Claim::None,
        periods: asking.periods.clone(),
        place: Place::Payment(other),
        size: None,
        to_look_at: true,
        witnesses: Vec::new(),
    };
    let bench = match asking.bench(&[], &[one, other]) {
        Ok(bench) => bench,
        Err(open) => {
            statement.verdict = Verdict::NotDecided(open.words());
            statement.said = format!("whether “{title}” is paid for twice, by “{first}” and by “{second}”");
            statement.to_look_at = false;
            return Some(statement);
        }
    };
    let lines = bench.sampler().lines(bench.place_of(input)?);
    let paid = |settled: &Settled, place: usize| -> Exact {
        settled.outcome.allocations.get(place).map(|one| one.amount.clone()).unwrap_or_default()
    };
    let pairs = lines.iter().flat_map(|line| line.iter().zip(line.iter().skip(1)));
    let rises = |(a, b): &(&Settled, &Settled)| {
        let first = paid(b, 0) - paid(a, 0);
        let second = paid(b, 1) - paid(a, 1);
        (first.is_positive() && second.is_positive()) || (first.is_negative() && second.is_negative())
    };
    let (before, after) = pairs.filter(rises).max_by_key(|(a, b)| (paid(b, 1) - paid(a, 1)).abs())?;
    let both = |settled: &Settled| show(&bench, settled, &[paid(settled, 0), paid(settled, 1)]);
    statement.size =
        Some((paid(after, 0) - paid(before, 0)).abs().min((paid(after, 1) - paid(before, 1)).abs()));
    statement.witnesses = vec![both(before), both(after)];
    Some(statement)
}

fn show(bench: &Bench<'_>, settled: &Settled, amounts: &[Exact]) -> crate::Witness {
    let asking = bench.asking;
    let all: Exact = amounts.iter().cloned().sum();
    let mut witness = bench.witness(settled, Of::Amount, Value::Number(all));
    let amounts: Vec<String> = amounts.iter().map(|amount| asking.money(amount)).collect();
    witness.words = format!("{}: {}", amounts.join(" and "), witness.words);
    witness
}

/// Two inputs of one event that both move money.
fn same_event(asking: &Asking<'_>) -> Vec<Statement> {
    let figures: Vec<(InputId, &str)> = (0u32..)
        .map(InputId)
        .zip(&asking.subject.figures)
        .filter(|(id, figure)| !figure.counts.is_empty() && !payments_on(asking, *id).is_empty())
        .map(|(id, figure)| (id, figure.counts.as_str()))
        .collect();
    let title = |id: InputId| asking.settlement().inputs.get(id.index()).map_or("", |input| &input.title);
    let mut found = Vec::new();
    for (place, (one, counts)) in figures.iter().enumerate() {
        for (other, _) in figures.iter().skip(place + 1).filter(|(_, other)| other == counts) {
            found.push(Statement {
                kind: Kind::PaidTwice,
                verdict: Verdict::NotDecided(format!(
                    "Both count: {counts}. Whether an event is in both figures is not in the contract."
                )),
                said: format!(
                    "whether one event is paid for as “{}” and as “{}”",
                    title(*one),
                    title(*other)
                ),
                about: String::new(),
                given: String::new(),
                claim: Claim::None,
                periods: asking.periods.clone(),
                place: Place::Input(*other),
                size: None,
                to_look_at: false,
                witnesses: Vec::new(),
            });
        }
    }
    found
}
