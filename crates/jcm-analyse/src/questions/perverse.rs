//! Whether a better figure ever lowers what a partner gets.

use super::part::{cut_at_limits, net_of};
use super::payments_on;
use crate::asking::{Asking, Bench, Number};
use crate::engine::{Engine, Open, Way};
use crate::facts::Trends;
use crate::sample::Settled;
use crate::span::Trend;
use crate::waist::waists;
use crate::{Claim, Kind, Meaning, Of, Place, Statement, Verdict};
use jcm_calculus::{InputId, PartyId, Value};
use jcm_eval::Held;
use jcm_quantity::Exact;

pub(super) fn ask(asking: &Asking<'_>) -> Vec<Statement> {
    let figures = (0u32..).map(InputId).zip(&asking.subject.figures);
    figures
        .filter_map(|(id, figure)| Some((id, figure.better.as_ref()?)))
        .flat_map(|(id, meaning)| of_input(asking, id, meaning))
        .collect()
}

fn of_input(asking: &Asking<'_>, input: InputId, meaning: &Meaning) -> Vec<Statement> {
    let payments = payments_on(asking, input);
    let parties = providers(asking, &payments);
    if payments.is_empty() || parties.is_empty() {
        return Vec::new();
    }
    let trends = asking.facts.trends(input);
    let goes_well = |party: &PartyId| by_lines(asking, &trends, &payments, meaning, *party);
    let (mut safe, open): (Vec<PartyId>, Vec<PartyId>) = parties.into_iter().partition(goes_well);
    let mut found = if open.is_empty() {
        Vec::new()
    } else {
        followed(asking, (input, meaning), &trends, (&payments, &open), &mut safe)
    };
    if !safe.is_empty() {
        let names: Vec<&str> = safe.iter().map(|party| asking.party(*party)).collect();
        let gets = if names.len() > 1 { "get" } else { "gets" };
        let said = format!("{} never lowers what {} {gets}", better(asking, input, meaning), listed(&names));
        found.push(Statement {
            claim: Claim::Trend { input, rises: meaning.more_is_better, parties: safe, payments },
            ..statement(asking, input, Verdict::Proved, said)
        });
    }
    found
}

/// Whether every payment that a party has a part in goes the right way, by its lines.
fn by_lines(
    asking: &Asking<'_>,
    trends: &Trends,
    payments: &[usize],
    meaning: &Meaning,
    party: PartyId,
) -> bool {
    let wanted = if meaning.more_is_better { Trend::Rises } else { Trend::Falls };
    payments.iter().all(|payment| {
        let amount = asking.settlement().allocations.get(*payment).map(|one| one.amount);
        let trend = amount.map_or(Trend::Unknown, |amount| trends.of(&asking.facts, amount));
        match (gives(asking, *payment, party), super::payees(asking, *payment).contains(&party)) {
            (false, false) => true,
            _ if trend == Trend::Level => true,
            (true, true) => false,
            (true, false) => trend == wanted.reversed(),
            (false, true) => trend == wanted,
        }
    })
}

/// What is found of parties over the figures of a case; who never gets less joins those who are safe.
fn followed(
    asking: &Asking<'_>,
    (input, meaning): (InputId, &Meaning),
    trends: &Trends,
    (payments, parties): (&[usize], &[PartyId]),
    safe: &mut Vec<PartyId>,
) -> Vec<Statement> {
    let bench = match asking.bench(&[], payments) {
        Ok(bench) => bench,
        Err(open) => {
            let said = format!("whether {} ever lowers what a partner gets", better(asking, input, meaning));
            return vec![statement(asking, input, Verdict::NotDecided(open.words()), said)];
        }
    };
    let Some(place) = bench.place_of(input) else { return Vec::new() };
    let lines = bench.sampler().lines(place);
    let mut found = Vec::new();
    for party in parties.iter().copied() {
        if let Some(worst) = worst(asking, meaning, party, &lines, payments.len()) {
            found.push(refuted(&bench, input, meaning, party, worst));
            continue;
        }
        match never_lowers(asking, (input, meaning), trends, party, payments) {
            Ok(()) => safe.push(party),
            Err(open) => {
                let said = format!(
                    "whether {} ever lowers what {} gets",
                    better(asking, input, meaning),
                    asking.party(party)
                );
                found.push(statement(asking, input, Verdict::NotDecided(open.words()), said));
            }
        }
    }
    found
}

/// Those who provide and are paid, or pay themselves.
fn providers(asking: &Asking<'_>, payments: &[usize]) -> Vec<PartyId> {
    let settlement = asking.settlement();
    let mut found: Vec<PartyId> = Vec::new();
    for payment in payments {
        let payer = settlement.allocations.get(*payment).map(|one| one.payer);
        let payer = payer.filter(|_| crate::sample::is_direct(settlement, *payment));
        for party in super::payees(asking, *payment).into_iter().chain(payer) {
            let provides = asking.subject.parties.get(party.index()).is_some_and(|stake| stake.provides);
            if provides && !found.contains(&party) {
                found.push(party);
            }
        }
    }
    found
}

/// Whether the payments that a party has a part in never lower what it gets: by a line through which alone the figure
/// reaches them, or by all that is behind them.
fn never_lowers(
    asking: &Asking<'_>,
    (input, meaning): (InputId, &Meaning),
    trends: &Trends,
    party: PartyId,
    payments: &[usize],
) -> Result<(), Open> {
    let has_part =
        |payment: &usize| gives(asking, *payment, party) || super::payees(asking, *payment).contains(&party);
    let own: Vec<usize> = payments.iter().copied().filter(has_part).collect();
    let wanted = if meaning.more_is_better { Trend::Rises } else { Trend::Falls };
    let amounts = asking.amounts(&own);
    for waist in waists(asking, trends, input, &amounts).flatten() {
        let wanted = if waist.trend == Trend::Rises { wanted } else { wanted.reversed() };
        if keeps(asking, &waist.engine, waist.place, wanted, party, &own).is_ok() {
            return Ok(());
        }
    }
    let bench = asking.bench(&[], &own)?;
    let place = bench.place_of(input).ok_or(Open::Budget)?;
    keeps(asking, &bench.engine, place, wanted, party, &own)
}

/// Whether what a party gets from some payments keeps a trend along one figure of the boxes.
fn keeps(
    asking: &Asking<'_>,
    engine: &Engine<'_>,
    place: usize,
    wanted: Trend,
    party: PartyId,
    payments: &[usize],
) -> Result<(), Open> {
    let start = cut_at_limits(asking, engine, payments);
    engine.holds(&start, &asking.amounts(payments), |cell, view| {
        // No part of a payment falls as it rises; so where each payment goes the right way, so does what anybody gets.
        let each = || {
            payments.iter().enumerate().all(|(nth, payment)| {
                let amount = |way: &Way| match way.values.get(nth) {
                    Some(Held::Number(amount)) => Some(amount.clone()),
                    _ => None,
                };
                match (gives(asking, *payment, party), super::payees(asking, *payment).contains(&party)) {
                    (true, true) => false,
                    (true, false) => view.keeps(cell, place, wanted.reversed(), amount),
                    (false, _) => view.keeps(cell, place, wanted, amount),
                }
            })
        };
        let net = |way: &Way| net_of(asking, payments, party, way, &cell.numbers);
        // Where some figures do not settle, what lies on both sides of them is not compared.
        !view.notes.stops && (each() || view.keeps(cell, place, wanted, net))
    })
}

/// Whether a party makes a payment from its own money.
fn gives(asking: &Asking<'_>, payment: usize, party: PartyId) -> bool {
    let payer = asking.settlement().allocations.get(payment).map(|one| one.payer);
    payer == Some(party) && crate::sample::is_direct(asking.settlement(), payment)
}

/// The case before, the case with the better figure, and by how much less the party gets.
type Worst<'s> = (&'s Settled, &'s Settled, Exact);

fn worst<'s>(
    asking: &Asking<'_>,
    meaning: &Meaning,
    party: PartyId,
    lines: &'s [Vec<Settled>],
    payments: usize,
) -> Option<Worst<'s>> {
    // A split to the penny can move one of a payment from one payee to another.
    let pennies = asking.grain() * Exact::from_int(i64::try_from(payments * 2).unwrap_or(2));
    let mut worst: Option<Worst<'s>> = None;
    for (less, more) in lines.iter().flat_map(|line| line.iter().zip(line.iter().skip(1))) {
        let (worse, better) = if meaning.more_is_better { (less, more) } else { (more, less) };
        let lost = asking.net(worse, party) - asking.net(better, party);
        if lost > pennies && worst.as_ref().is_none_or(|(_, _, known)| lost > *known) {
            worst = Some((worse, better, lost));
        }
    }
    worst
}

fn refuted(
    bench: &Bench<'_>,
    input: InputId,
    meaning: &Meaning,
    party: PartyId,
    (worse, better_case, lost): Worst<'_>,
) -> Statement {
    let asking = bench.asking;
    let number = Number::Input(input);
    let at = |settled: &Settled| match settled.case.inputs.get(&input) {
        Some(Value::Number(value)) => bench.asking.figure_shown(number, value),
        _ => String::new(),
    };
    let (before, after) = (asking.net(worse, party), asking.net(better_case, party));
    let said = format!(
        "{}, at {} instead of {}, lowers what {} gets from {} to {}",
        better(asking, input, meaning),
        at(better_case),
        at(worse),
        asking.party(party),
        asking.money(&before),
        asking.money(&after),
    );
    let show = |settled: &Settled, amount: Exact| {
        let mut witness = bench.witness(settled, Of::Net([Some(party), None]), Value::Number(amount.clone()));
        witness.words = format!("{}: {}", asking.money(&amount), witness.words);
        witness
    };
    let mut after_words = show(better_case, after.clone());
    let others = !bench.case_words(&better_case.case, Some(number)).is_empty();
    let others = if others { ", the others as before" } else { "" };
    after_words.words =
        format!("{}: {}{others}", asking.money(&after), bench.figure_words(&better_case.case, number));
    Statement {
        about: format!("{} {}", input.0, party.0),
        place: Place::Payment(most_lost(bench, party, worse, better_case)),
        size: Some(lost),
        to_look_at: true,
        witnesses: vec![show(worse, before), after_words],
        ..statement(asking, input, Verdict::Refuted, said)
    }
}

/// The payment by which a party loses most.
fn most_lost(bench: &Bench<'_>, party: PartyId, worse: &Settled, better: &Settled) -> usize {
    let lost = |payment: &usize| {
        let of = |settled: &Settled| {
            settled.part(*payment, party).map_or_else(Exact::zero, |(_, paid)| paid.clone())
        };
        of(worse) - of(better)
    };
    let all = bench.payments.iter().copied().map(|payment| (lost(&payment), payment));
    all.reduce(|a, b| if b.0 > a.0 { b } else { a }).map_or(0, |(_, payment)| payment)
}

/// What is better, in words.
fn better(asking: &Asking<'_>, input: InputId, meaning: &Meaning) -> String {
    let title = asking.settlement().inputs.get(input.index()).map_or("", |input| &input.title);
    let way = if meaning.more_is_better { "more" } else { "less" };
    if meaning.own {
        let way = if meaning.more_is_better { "higher" } else { "lower" };
        format!("a better, {way} “{title}”")
    } else {
        format!("{way} of “{title}”, which is better for “{}”", meaning.measure)
    }
}

fn statement(asking: &Asking<'_>, input: InputId, verdict: Verdict, said: String) -> Statement {
    Statement {
        kind: Kind::Perverse,
        verdict,
        said,
        about: String::new(),
        given: String::new(),
        claim: Claim::None,
        periods: asking.periods.clone(),
        place: Place::Input(input),
        size: None,
        to_look_at: false,
        witnesses: Vec::new(),
    }
}

pub(super) fn listed(names: &[&str]) -> String {
    match names.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
        None => String::new(),
    }
}
