//! The least and the most that each payee can get by a payment.

use super::{part_of, payees};
use crate::asking::{Asking, Bench};
use crate::drawn;
use crate::engine::{Open, View};
use crate::reading::Cell;
use crate::sample::Settled;
use crate::span::Span;
use crate::{Claim, Kind, Of, Place, Statement, Verdict, Witness};
use jcm_calculus::{PartyId, Value};
use jcm_eval::Held;
use jcm_quantity::{End, Exact, Range};

/// Boxes that the domain is split into.
const MOST_PIECES: usize = 200;

pub(super) fn ask(asking: &Asking<'_>, payment: usize) -> Vec<Statement> {
    let bench = match asking.bench(&[], &[payment]) {
        Ok(bench) => bench,
        Err(open) => return by_lines(asking, payment, &open),
    };
    let mut pieces = Vec::new();
    for start in &bench.engine.whole {
        match bench.engine.pieces(start, &bench.steps, MOST_PIECES) {
            Ok(found) => pieces.extend(found),
            Err(open) => return vec![open_range(asking, payment, &open)],
        }
    }
    let cases = bench.sampler().cases();
    let payees = payees(asking, payment);
    payees.iter().filter_map(|party| of_party(&bench, payment, *party, &pieces, &cases)).collect()
}

fn of_party(
    bench: &Bench<'_>,
    payment: usize,
    party: PartyId,
    pieces: &[(Cell, View)],
    cases: &[Settled],
) -> Option<Statement> {
    let asking = bench.asking;
    let mut outer: Option<Range> = None;
    let (mut up, mut down) = (false, false);
    for (_, view) in pieces {
        for way in &view.ways {
            let Some(Held::Number(amount)) = way.values.first() else { continue };
            let part = part_of(asking, payment, party, amount)?;
            // A straight line that is the only way over its box really goes as far as its range says.
            let exact = view.ways.len() == 1 && part.form.as_ref().is_some_and(|form| form.is_multilinear());
            up |= exact && part.range.high == End::Above;
            down |= exact && part.range.low == End::Below;
            outer = Some(outer.map_or(part.range.clone(), |known| known.or(&part.range)));
        }
    }
    let shows = |settled: &Settled, amount: &Exact| {
        bench.witness(settled, Of::Part(party), Value::Number(amount.clone()))
    };
    let open = Open::Cannot("The lines cannot be followed without end.".to_owned());
    statement(asking, (payment, party), (outer?, up, down), (cases, &shows), &open)
}

/// What is said by what is known of each line alone, and by cases that were drawn.
fn by_lines(asking: &Asking<'_>, payment: usize, open: &Open) -> Vec<Statement> {
    let drawn = asking.drawn();
    let range = asking
        .settlement()
        .allocations
        .get(payment)
        .map_or(Range::ALL, |paid| asking.facts.range(paid.amount));
    let amount = Span { range, form: None, trends: Vec::new() };
    let one = |party: &PartyId| {
        let outer = part_of(asking, payment, *party, &amount)?.range;
        let shows = |settled: &Settled, amount: &Exact| {
            let same = |case: &Settled| case.part(payment, *party).is_some_and(|(exact, _)| exact == amount);
            let of = (&[][..], &[payment][..]);
            let small = drawn::smallest(asking, settled, of, same);
            let shown = small.as_ref().unwrap_or(settled);
            asking.drawn_witness(shown, of, Of::Part(*party), Value::Number(amount.clone()))
        };
        statement(asking, (payment, *party), (outer, false, false), (drawn, &shows), open)
    };
    let found: Vec<Statement> = payees(asking, payment).iter().filter_map(one).collect();
    if found.is_empty() { vec![open_range(asking, payment, open)] } else { found }
}

/// A case as what shows an amount.
type Shows<'a> = dyn Fn(&Settled, &Exact) -> Witness + 'a;

/// The statement of what lies within a range, and of what cases reach of it.
fn statement(
    asking: &Asking<'_>,
    (payment, party): (usize, PartyId),
    (outer, up, down): (Range, bool, bool),
    (cases, witness): (&[Settled], &Shows<'_>),
    open: &Open,
) -> Option<Statement> {
    let (title, name) = (asking.payment(payment), asking.party(party));
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
        let mut witness = witness(settled, amount);
        witness.words = format!("{word} {}: {}", shown(amount), witness.words);
        witness
    };
    Some(Statement {
        kind: Kind::Range,
        verdict,
        said,
        about: format!("{payment} {}", party.0),
        claim: Claim::Within(payment, party, outer),
        periods: asking.periods.clone(),
        place: Place::Payment(payment),
        size: None,
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
        claim: Claim::None,
        periods: asking.periods.clone(),
        place: Place::Payment(payment),
        size: None,
        to_look_at: false,
        witnesses: Vec::new(),
    }
}
