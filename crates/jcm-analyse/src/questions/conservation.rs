//! What is paid arrives: the parts of every payment sum to it, and nobody is left to bear what limits cut off.

use crate::asking::Asking;
use crate::sample::settle;
use crate::{Claim, Kind, Of, Place, Statement, Verdict, Witness};
use jcm_calculus::{Allocation, Excess, Value};
use jcm_eval::{Held, Stop};
use jcm_quantity::{End, Exact};

pub(super) fn ask(asking: &Asking<'_>, payment: usize) -> Vec<Statement> {
    let Some(allocation) = asking.settlement().allocations.get(payment) else { return Vec::new() };
    let title = asking.payment(payment);
    let shares: Exact = allocation.shares.iter().map(|share| share.share.clone()).sum();
    let (verdict, said, witnesses) = match limits(allocation) {
        _ if shares != Exact::one() => return Vec::new(),
        (None, None) => {
            let cut = matches!(allocation.excess, Some(Excess::Payer));
            let rest = if cut { "; what limits cut off stays with the payer" } else { "" };
            (
                Verdict::Proved,
                format!("the parts of “{title}” sum to what is paid, to the last penny{rest}"),
                Vec::new(),
            )
        }
        (loss, gain) => {
            let said = format!(
                "the parts of “{title}” sum to what is paid: the limits of the payees leave room for it"
            );
            let (verdict, witnesses) = room(asking, payment, loss.as_ref(), gain.as_ref());
            (verdict, said, witnesses)
        }
    };
    let to_look_at = verdict == Verdict::Refuted;
    vec![Statement {
        kind: Kind::Conservation,
        verdict,
        said,
        about: String::new(),
        given: String::new(),
        claim: Claim::None,
        periods: asking.periods.clone(),
        place: Place::Payment(payment),
        size: None,
        to_look_at,
        witnesses,
    }]
}

/// The most that all payees together can lose and gain, where the others bear what one does not.
fn limits(allocation: &Allocation) -> (Option<Exact>, Option<Exact>) {
    if allocation.excess != Some(Excess::Others) {
        return (None, None);
    }
    let first: Exact = allocation.first.iter().map(|one| one.up_to.clone()).sum();
    let all = |limit: fn(&jcm_calculus::AllocationShare) -> &Option<Exact>| {
        let limits: Option<Vec<Exact>> = allocation.shares.iter().map(|share| limit(share).clone()).collect();
        limits.map(|limits| limits.iter().sum::<Exact>() + &first)
    };
    (all(|share| &share.losing_at_most), all(|share| &share.gaining_at_most))
}

/// Whether the amount stays within what the payees can bear and take.
fn room(
    asking: &Asking<'_>,
    payment: usize,
    loss: Option<&Exact>,
    gain: Option<&Exact>,
) -> (Verdict, Vec<Witness>) {
    let bench = match asking.bench(&[], &[payment]) {
        Ok(bench) => bench,
        Err(open) => return (Verdict::NotDecided(open.words()), Vec::new()),
    };
    let fits = bench.engine.holds(&bench.engine.whole, &bench.steps, |_, view| {
        view.ways.iter().all(|way| match way.values.first() {
            Some(Held::Number(amount)) => {
                let low = loss.is_none_or(|loss| amount.range.low >= End::At(-loss));
                low && gain.is_none_or(|gain| amount.range.high <= End::At(gain.clone()))
            }
            _ => false,
        })
    });
    let Err(open) = fits else { return (Verdict::Proved, Vec::new()) };
    let sampler = bench.sampler();
    for cell in &bench.engine.whole {
        for point in sampler.points(400, None) {
            if settle(&bench, cell, &point).is_some() {
                continue;
            }
            let case = bench.case_at(cell, &point);
            let stop = asking.prepared.settle_part(&case, &bench.steps, &bench.payments).err();
            if let Some(stop @ Stop::LimitsReached { .. }) = stop {
                let words = format!("{}: {}", bench.case_words(&case, None), stop.words(asking.settlement()));
                let (steps, payments) = (bench.steps.clone(), bench.payments.clone());
                return (
                    Verdict::Refuted,
                    vec![Witness {
                        case,
                        others: Vec::new(),
                        steps,
                        payments,
                        of: Of::Amount,
                        shows: Value::Missing,
                        words,
                    }],
                );
            }
        }
    }
    (Verdict::NotDecided(open.words()), Vec::new())
}
