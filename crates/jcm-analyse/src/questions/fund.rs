//! Whether a pooled fund has enough for all that is paid from it together.

use super::part::part_of;
use super::payees;
use crate::asking::{Asking, Bench, Number};
use crate::engine::{Open, Way};
use crate::reach::Reach;
use crate::reading::Cell;
use crate::sample::{Settled, kept, paid_in_all, settle};
use crate::span::Span;
use crate::subject::Fund;
use crate::{Claim, Kind, Of, Place, Statement, Verdict, Witness};
use jcm_calculus::{Allocation, Excess, Settlement, StepId, Value};
use jcm_eval::Held;
use jcm_quantity::{End, Exact, Range, RoundingMode};

/// A figure is doubled so often to see whether what is paid goes beyond the fund.
const MOST_DOUBLINGS: usize = 60;

pub(super) fn ask(asking: &Asking<'_>) -> Vec<Statement> {
    asking
        .subject
        .funds
        .iter()
        .filter(|fund| !fund.payments.is_empty())
        .map(|fund| one(asking, fund))
        .collect()
}

fn one(asking: &Asking<'_>, fund: &Fund) -> Statement {
    let Fund { title, budget, payments, .. } = fund;
    let say = |verdict: Verdict, said: String| Statement {
        kind: Kind::OverCommitted,
        said,
        about: format!("{} {}", budget.0, verdict == Verdict::Proved),
        given: String::new(),
        claim: match verdict {
            Verdict::Proved => Claim::Covered(*budget, payments.clone(), fund.kept.clone()),
            _ => Claim::None,
        },
        verdict,
        periods: asking.periods.clone(),
        place: Place::Step(*budget),
        size: None,
        to_look_at: false,
        witnesses: Vec::new(),
    };
    let enough = || format!("“{title}” has enough for all that is paid from it, whatever the figures are");
    let unknown = |why: String| {
        say(Verdict::NotDecided(why), format!("whether “{title}” has enough for all that is paid from it"))
    };
    let bench = match asking.bench(&[*budget], payments) {
        Ok(bench) => bench,
        Err(_) if is_covered_by_lines(asking, fund) => return say(Verdict::Proved, enough()),
        Err(open) => return unknown(open.words()),
    };
    let shown = is_enough(&bench, fund).or_else(|open| {
        let mut branched = asking.bench(&[*budget], payments)?;
        branched.engine.layout.branches = true;
        is_enough(&branched, fund).map_err(|_| open)
    });
    let Err(open) = shown else { return say(Verdict::Proved, enough()) };
    let Some(case) = beyond(&bench, fund) else { return unknown(open.words()) };
    let endless = endless(&bench, payments);
    let (paid, budget) = (paid_in_all(&case.outcome), budget_of(&case, *budget).unwrap_or_default());
    let over = beyond_by(asking.settlement(), &case, fund).unwrap_or_default();
    let size = endless.is_none().then(|| over.clone());
    let how = match &endless {
        Some(title) => format!("can come to more, as “{title}” has no limit"),
        None => {
            format!("can come to {}, which is {} more", asking.money(&paid), asking.money(&over))
        }
    };
    let kept = kept(asking.settlement(), &case.case, &fund.kept);
    let before = match kept.is_zero() {
        true => String::new(),
        false => format!(" and {} is carried into the period", asking.money(&kept)),
    };
    Statement {
        size,
        to_look_at: true,
        witnesses: vec![witness(&bench, &case, &paid)],
        ..say(
            Verdict::Refuted,
            format!(
                "{} is paid into “{title}”{before}, and all that is paid from it {how}",
                asking.money(&budget)
            ),
        )
    }
}

/// Whether what is left after all payments is never below nought.
fn is_enough(bench: &Bench<'_>, fund: &Fund) -> Result<(), Open> {
    bench.engine.holds(&bench.engine.whole, &bench.steps, |cell, view| {
        let is_there = |left: Span| left.range.low >= End::At(Exact::zero());
        view.ways.iter().all(|way| left(bench, fund, way, &cell.numbers).is_some_and(is_there))
    })
}

/// What is left of the budget, which is the first value of the way, and of what was left in the fund before, after all
/// payments, which follow it.
fn left(bench: &Bench<'_>, fund: &Fund, way: &Way, cell: &[Range]) -> Option<Span> {
    let mut values = way.values.iter();
    let Some(Held::Number(budget)) = values.next() else { return None };
    let mut left = budget.clone();
    for balance in &fund.kept {
        let own = bench.numbers.iter().position(|number| *number == Number::Carried(*balance));
        let kept = match own {
            Some(place) => Span::figure(place, cell),
            None => {
                let least = bench.asking.opening(*balance).low;
                Span::number(least.number()?.clone(), cell.len())
            }
        };
        left = left.plus(&kept, cell);
    }
    for (payment, value) in fund.payments.iter().zip(values) {
        let Held::Number(amount) = value else { return None };
        left = left.minus(&paid(bench.asking, *payment, amount, cell)?, cell);
    }
    Some(left)
}

/// What leaves the fund by a payment: its amount, unless its limits leave some of it with the payer.
fn paid(asking: &Asking<'_>, payment: usize, amount: &Span, cell: &[Range]) -> Option<Span> {
    let allocation = asking.settlement().allocations.get(payment)?;
    if leaves_whole(allocation) {
        return Some(amount.clone());
    }
    let mut all = Span::number(Exact::zero(), cell.len());
    for party in payees(asking, payment) {
        let mut part = part_of(asking, payment, party, amount)?;
        part.trends.resize(cell.len(), crate::span::Trend::Level);
        all = all.plus(&part, cell);
    }
    Some(all)
}

/// Whether an amount leaves the fund as it is: its shares come to all of it, and no limit leaves any with the payer.
fn leaves_whole(allocation: &Allocation) -> bool {
    let shares: Exact = allocation.shares.iter().map(|share| share.share.clone()).sum();
    shares == Exact::one() && allocation.excess != Some(Excess::Payer)
}

/// Whether the payments stay within the budget by what is known of each line alone, with any rows and cases.
fn is_covered_by_lines(asking: &Asking<'_>, fund: &Fund) -> bool {
    let most = fund.payments.iter().map(|payment| {
        let allocation = asking.settlement().allocations.get(*payment)?;
        let most = asking.facts.range(allocation.amount).high;
        most.number().filter(|_| leaves_whole(allocation)).cloned()
    });
    let most: Option<Vec<Exact>> = most.collect();
    let into = [asking.facts.range(fund.budget)].into_iter();
    let into = into.chain(fund.kept.iter().map(|balance| asking.opening(*balance)));
    let least: Option<Vec<Exact>> = into.map(|range| range.low.number().cloned()).collect();
    most.zip(least).is_some_and(|(most, least)| most.iter().sum::<Exact>() <= least.iter().sum())
}

fn budget_of(settled: &Settled, budget: StepId) -> Option<Exact> {
    match settled.outcome.value(budget, None)? {
        Value::Number(number) => Some(number.clone()),
        _ => None,
    }
}

/// By how much more is paid in a case than the fund has.
fn beyond_by(settlement: &Settlement, settled: &Settled, fund: &Fund) -> Option<Exact> {
    let has = budget_of(settled, fund.budget)? + kept(settlement, &settled.case, &fund.kept);
    Some(paid_in_all(&settled.outcome) - has)
}

fn is_beyond(bench: &Bench<'_>, settled: &Settled, fund: &Fund) -> bool {
    beyond_by(bench.asking.settlement(), settled, fund).is_some_and(|over| over.is_positive())
}

/// The first payment that goes on without end, as far as that is certain.
fn endless<'a>(bench: &Bench<'a>, payments: &[usize]) -> Option<&'a str> {
    let endless = payments.iter().find(|payment| {
        let Some(paid) = bench.asking.settlement().allocations.get(**payment) else { return false };
        Reach::of(bench, paid.amount).is_ok_and(|reach| reach.is_some_and(|reach| reach.up))
    });
    endless.map(|payment| bench.asking.payment(*payment))
}

/// A case in which more is paid than the fund has: the one with the most where there is a most, else one right beyond
/// the fund.
fn beyond(bench: &Bench<'_>, fund: &Fund) -> Option<Settled> {
    let sampler = bench.sampler();
    let most = sampler.each().max_by_key(|case| beyond_by(bench.asking.settlement(), case, fund));
    if let Some(most) = most.filter(|case| is_beyond(bench, case, fund))
        && endless(bench, &bench.payments).is_none()
    {
        return Some(most);
    }
    let points = sampler.points(1, None);
    let start = points.get(1).or(points.first())?;
    let figures = (0..bench.numbers.len()).find_map(|figure| {
        bench.engine.whole.iter().find_map(|cell| raised(bench, cell, (start, figure), fund))
    });
    figures.or_else(|| sampler.each().find(|case| is_beyond(bench, case, fund)))
}

/// The usual case with one figure raised until more is paid than the fund has, and no further than that.
fn raised(
    bench: &Bench<'_>,
    cell: &Cell,
    (start, figure): (&[Exact], usize),
    fund: &Fund,
) -> Option<Settled> {
    let grain = bench.asking.grain_of(*bench.numbers.get(figure)?);
    let range = cell.numbers.get(figure)?;
    let at = |value: &Exact| -> Option<Settled> {
        let mut point = start.to_vec();
        *point.get_mut(figure)? = value.clone();
        settle(bench, cell, &point)
    };
    let two = Exact::from_int(2);
    let mut below = start.get(figure)?.clone();
    let mut above = None;
    if is_beyond(bench, &at(&below)?, fund) {
        above = Some(std::mem::replace(&mut below, range.low.number()?.clone()));
        if is_beyond(bench, &at(&below)?, fund) {
            return None;
        }
    }
    let mut step = below.abs() + &grain;
    for _ in 0..MOST_DOUBLINGS {
        if above.is_some() {
            break;
        }
        let next = &below + &step;
        if !range.has(&next) {
            return None;
        }
        if is_beyond(bench, &at(&next)?, fund) {
            above = Some(next);
        } else {
            below = next;
        }
        step = &step * &two;
    }
    let mut above = above?;
    while &above - &below > grain {
        let middle = (&above + &below).checked_div(&two)?.round(&grain, RoundingMode::Floor);
        if middle <= below {
            break;
        }
        if is_beyond(bench, &at(&middle)?, fund) {
            above = middle;
        } else {
            below = middle;
        }
    }
    at(&above).filter(|case| is_beyond(bench, case, fund))
}

fn witness(bench: &Bench<'_>, settled: &Settled, paid: &Exact) -> Witness {
    let asking = bench.asking;
    let parts: Vec<String> = settled
        .outcome
        .allocations
        .iter()
        .zip(&bench.payments)
        .filter(|(amount, _)| !amount.amount.is_zero())
        .map(|(amount, payment)| {
            format!("{} by “{}”", asking.money(&amount.amount), asking.payment(*payment))
        })
        .collect();
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    let mut witness = bench.witness(settled, Of::Paid, Value::Number(paid.clone()));
    let figures = if witness.words.is_empty() { String::new() } else { format!(", with {}", witness.words) };
    witness.words = format!("{}: {}{figures}", asking.money(paid), super::perverse::listed(&parts));
    witness
}
