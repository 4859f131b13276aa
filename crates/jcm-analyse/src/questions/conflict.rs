//! Whether two partners can gain together, or one only as the other loses.

use super::part::net_of;
use super::payees;
use crate::asking::{Asking, Bench};
use crate::sample::Settled;
use crate::{Claim, Kind, Of, Place, Statement, Verdict};
use jcm_calculus::{PartyId, Value};
use jcm_quantity::Exact;
use std::rc::Rc;

pub(super) fn ask(asking: &Asking<'_>) -> Vec<Statement> {
    let mut parties: Vec<PartyId> = Vec::new();
    for payment in 0..asking.settlement().allocations.len() {
        for party in payees(asking, payment) {
            let provides = asking.subject.parties.get(party.index()).is_some_and(|one| one.provides);
            if provides && !parties.contains(&party) {
                parties.push(party);
            }
        }
    }
    let mut found = Vec::new();
    let mut known: Known = Vec::new();
    for (place, one) in parties.iter().enumerate() {
        for other in parties.iter().skip(place + 1) {
            found.extend(pair(asking, *one, *other, &mut known));
        }
    }
    found
}

/// The payments of either of two parties.
fn payments_of(asking: &Asking<'_>, parties: [PartyId; 2]) -> Vec<usize> {
    let of = |payment: &usize| payees(asking, *payment).iter().any(|party| parties.contains(party));
    (0..asking.settlement().allocations.len()).filter(of).collect()
}

/// The cases of the payments that were asked about before.
type Known = Vec<(Vec<usize>, Rc<Vec<Settled>>)>;

fn pair(asking: &Asking<'_>, one: PartyId, other: PartyId, known: &mut Known) -> Option<Statement> {
    let (first, second) = (asking.party(one), asking.party(other));
    let payments = payments_of(asking, [one, other]);
    let mut statement = Statement {
        kind: Kind::Conflict,
        verdict: Verdict::Proved,
        said: format!("{first} and {second} can gain together"),
        about: String::new(),
        given: String::new(),
        claim: Claim::None,
        periods: asking.periods.clone(),
        place: Place::Payment(payments.first().copied()?),
        size: None,
        to_look_at: false,
        witnesses: Vec::new(),
    };
    let open = match asking.bench(&[], &payments) {
        Err(open) => open,
        Ok(bench) => {
            let before = known.iter().find(|(of, _)| *of == payments).map(|(_, cases)| Rc::clone(cases));
            let cases = before.unwrap_or_else(|| {
                let cases = Rc::new(bench.sampler().cases());
                known.push((payments.clone(), Rc::clone(&cases)));
                cases
            });
            let net = |settled: &Settled| (asking.net(settled, one), asking.net(settled, other));
            let together = together(&cases, net);
            if let Some((a, b)) = together {
                let show = |settled: &Settled| {
                    let (x, y) = net(settled);
                    let mut witness =
                        bench.witness(settled, Of::Net([Some(one), Some(other)]), Value::Number(&x + &y));
                    witness.words =
                        format!("{} and {}: {}", asking.money(&x), asking.money(&y), witness.words);
                    witness
                };
                statement.witnesses = vec![show(a), show(b)];
                return Some(statement);
            }
            if stays(&bench, one, &cases) || stays(&bench, other, &cases) {
                // One of them gains nothing by any figure.
                return None;
            }
            match sum_is_fixed(&bench, one, other, &cases) {
                Ok(()) => {
                    statement.said =
                        format!("{first} gains only what {second} loses: what both get together is fixed");
                    statement.to_look_at = true;
                    return Some(statement);
                }
                Err(open) => open,
            }
        }
    };
    statement.verdict = Verdict::NotDecided(open.words());
    statement.said = format!("whether {first} and {second} can gain together");
    Some(statement)
}

/// Two cases, the second of which is better for both.
fn together(cases: &[Settled], net: impl Fn(&Settled) -> (Exact, Exact)) -> Option<(&Settled, &Settled)> {
    let worst = cases.iter().min_by_key(|case| net(case))?;
    let (low, beside) = net(worst);
    let better = cases.iter().find(|case| {
        let (x, y) = net(case);
        x > low && y > beside
    });
    better.map(|better| (worst, better)).or_else(|| {
        let few: Vec<&Settled> = cases.iter().step_by(cases.len().div_ceil(60).max(1)).collect();
        few.iter().find_map(|a| {
            let (x, y) = net(a);
            few.iter().find(|b| net(b).0 > x && net(b).1 > y).map(|b| (*a, *b))
        })
    })
}

/// Whether what one gets is the same whatever the figures are.
fn stays(bench: &Bench<'_>, party: PartyId, cases: &[Settled]) -> bool {
    let asking = bench.asking;
    let nets = || cases.iter().map(|case| asking.net(case, party));
    let first = nets().next();
    // Rounding may hide a difference.
    nets().all(|net| Some(net) == first)
        && bench
            .engine
            .holds(&bench.engine.whole, &bench.steps, |cell, view| {
                let mut spans =
                    view.ways.iter().map(|way| net_of(asking, &bench.payments, party, way, &cell.numbers));
                spans.all(|span| {
                    let point = span.and_then(|span| span.point());
                    point.is_some_and(|point| {
                        let paid = point.round(&asking.grain(), jcm_quantity::RoundingMode::HalfEven);
                        Some(paid) == first
                    })
                })
            })
            .is_ok()
}

/// Whether what both get together is one amount, whatever the figures are.
fn sum_is_fixed(
    bench: &Bench<'_>,
    one: PartyId,
    other: PartyId,
    cases: &[Settled],
) -> Result<(), crate::engine::Open> {
    let asking = bench.asking;
    let fixed = cases.first().map(|case| {
        let exact = |party| -> Exact {
            let own = case.outcome.payments.iter().filter(|one| one.to == party);
            own.map(|one| one.exact.clone()).sum()
        };
        exact(one) + exact(other)
    });
    let is_direct_payer = bench.payments.iter().any(|payment| {
        let payer = asking.settlement().allocations.get(*payment).map(|paid| paid.payer);
        payer == Some(one) || payer == Some(other)
    });
    if is_direct_payer {
        return Err(crate::engine::Open::Cannot("One of them pays, too.".to_owned()));
    }
    bench.engine.holds(&bench.engine.whole, &bench.steps, |cell, view| {
        view.ways.iter().all(|way| {
            let own = net_of(asking, &bench.payments, one, way, &cell.numbers);
            let beside = net_of(asking, &bench.payments, other, way, &cell.numbers);
            own.zip(beside).is_some_and(|(a, b)| {
                let sum = a.plus(&b, &cell.numbers);
                sum.point().is_some() && sum.point() == fixed
            })
        })
    })
}
