//! The least and the most that each payee can get by a payment.

use super::part::part_of;
use super::payees;
use crate::asking::Asking;
use crate::drawn;
use crate::engine::Open;
use crate::reach::Reach;
use crate::sample::Settled;
use crate::span::Span;
use crate::{Claim, Kind, Of, Place, Statement, Verdict, Witness};
use jcm_calculus::{PartyId, StepId, Value};
use jcm_quantity::{End, Exact};

pub(super) fn ask(asking: &Asking<'_>, payment: usize) -> Vec<Statement> {
    let Some(amount) = asking.settlement().allocations.get(payment).map(|paid| paid.amount) else {
        return Vec::new();
    };
    let bench = match asking.bench(&[], &[payment]) {
        Ok(bench) => bench,
        Err(open) => return by_lines(asking, payment, amount, &open),
    };
    let reach = match Reach::of(&bench, amount) {
        Ok(Some(reach)) => reach,
        Ok(None) => return Vec::new(),
        Err(open) => return vec![open_range(asking, payment, &open)],
    };
    let cases = bench.sampler().cases();
    let open = Open::Cannot("The lines cannot be followed without end.".to_owned());
    let shows = |settled: &Settled, party: PartyId, amount: &Exact| {
        bench.witness(settled, Of::Part(party), Value::Number(amount.clone()))
    };
    let one = |party: &PartyId| statement(asking, (payment, *party), &reach, (&cases, &shows), &open);
    payees(asking, payment).iter().filter_map(one).collect()
}

/// What is said by what is known of each line alone, and by cases that were drawn.
fn by_lines(asking: &Asking<'_>, payment: usize, amount: StepId, open: &Open) -> Vec<Statement> {
    let reach = Reach::within(asking.facts.range(amount));
    let shows = |settled: &Settled, party: PartyId, amount: &Exact| {
        let same = |case: &Settled| case.part(payment, party).is_some_and(|(exact, _)| exact == amount);
        let of = (Of::Part(party), Value::Number(amount.clone()));
        drawn::shown(asking, settled, (&[], &[payment]), same, of)
    };
    let cases = asking.drawn();
    let one = |party: &PartyId| statement(asking, (payment, *party), &reach, (cases, &shows), open);
    let found: Vec<Statement> = payees(asking, payment).iter().filter_map(one).collect();
    if !found.is_empty() {
        return found;
    }
    let none = drawn::stop(asking).filter(|_| cases.is_empty());
    let none = none.map(|why| Open::Cannot(format!("No case was found that settles: {why}")));
    vec![open_range(asking, payment, none.as_ref().unwrap_or(open))]
}

/// How far the part of a party goes by an amount that goes so far.
fn part_reach(asking: &Asking<'_>, payment: usize, party: PartyId, amount: &Reach) -> Option<Reach> {
    let span = Span { range: amount.range.clone(), form: None, trends: Vec::new() };
    let range = part_of(asking, payment, party, &span)?.range;
    let shares = &asking.settlement().allocations.get(payment)?.shares;
    let own = || shares.iter().filter(|one| one.party == party && one.share.is_positive());
    // A share that no limit holds goes on with the amount.
    let up = amount.up && own().any(|one| one.gaining_at_most.is_none());
    let down = amount.down && own().any(|one| one.losing_at_most.is_none());
    Some(Reach { range, up, down })
}

/// A case as what shows an amount.
type Shows<'a> = dyn Fn(&Settled, PartyId, &Exact) -> Witness + 'a;

/// The statement of what lies within a range, and of what cases reach of it.
fn statement(
    asking: &Asking<'_>,
    (payment, party): (usize, PartyId),
    amount: &Reach,
    (cases, witness): (&[Settled], &Shows<'_>),
    open: &Open,
) -> Option<Statement> {
    let (title, name) = (asking.payment(payment), asking.party(party));
    let Reach { range: outer, up, down } = part_reach(asking, payment, party, amount)?;
    let got = |settled: &&Settled| settled.part(payment, party).map(|(exact, _)| exact.clone());
    let least = cases.iter().min_by_key(got)?;
    let most = cases.iter().max_by_key(got)?;
    let (low, high) = (got(&least)?, got(&most)?);
    let shown = |amount: &Exact| asking.money(amount);
    let side = |end: &End, reached: &Exact, endless: bool, word: &str| match end {
        End::At(end) if end == reached => (format!("{} at {word}", shown(end)), true),
        End::At(end) => (format!("{} at {word}, reached {}", shown(end), shown(reached)), true),
        _ if endless => (format!("no limit to the {word}"), true),
        _ => (format!("no limit to the {word} found"), false),
    };
    let (low_words, low_known) = side(&outer.low, &low, down, "least");
    let (high_words, high_known) = side(&outer.high, &high, up, "most");
    let verdict = if low_known && high_known { Verdict::Proved } else { Verdict::NotDecided(open.words()) };
    let said = if low == high && outer.low == outer.high {
        format!("“{title}” gives {name} {} whatever the figures are", shown(&low))
    } else {
        format!("“{title}” gives {name} {low_words} and {high_words}")
    };
    let shows = |settled: &Settled, amount: &Exact, word: &str| -> Witness {
        let mut witness = witness(settled, party, amount);
        witness.words = format!("{word} {}: {}", shown(amount), witness.words);
        witness
    };
    Some(Statement {
        kind: Kind::Range,
        verdict,
        said,
        about: format!("{payment} {}", party.0),
        given: String::new(),
        claim: Claim::Within(payment, party, outer),
        periods: asking.periods.clone(),
        place: Place::Payment(payment),
        size: Some(&high - &low),
        to_look_at: false,
        witnesses: vec![shows(least, &low, "least"), shows(most, &high, "most")],
    })
}

fn open_range(asking: &Asking<'_>, payment: usize, open: &Open) -> Statement {
    Statement {
        kind: Kind::Range,
        verdict: Verdict::NotDecided(open.words()),
        said: format!("how much “{}” can come to", asking.payment(payment)),
        about: String::new(),
        given: String::new(),
        claim: Claim::None,
        periods: asking.periods.clone(),
        place: Place::Payment(payment),
        size: None,
        to_look_at: false,
        witnesses: Vec::new(),
    }
}
