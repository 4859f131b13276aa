//! Figures at which a payment jumps.

use super::continuity;
use super::perverse::listed;
use super::steps;
use crate::asking::{Asking, Bench, Number};
use crate::engine::Open;
use crate::ray::{Piece, ray};
use crate::sample::{Settled, settle};
use crate::{Claim, Kind, Of, Place, Statement, Verdict};
use jcm_calculus::{Expr, StepId, Value};
use jcm_eval::Held;
use jcm_quantity::{End, Exact};
use std::collections::BTreeMap;

/// Rays along each figure.
const MOST_RAYS: usize = 16;

/// The jumps of one line along one figure that are told: the greatest.
const MOST_JUMPS: usize = 4;

/// A jump along a ray.
struct Jump {
    /// What is below the border, at it and above it.
    below: Exact,
    above: Exact,
    figure: usize,
    /// The ray that it lies on, by its place among those of the figure.
    ray: usize,
    at: Exact,
    /// The line that jumps first.
    step: StepId,
    beside: Vec<Settled>,
}

impl Jump {
    fn size(&self) -> Exact {
        (&self.above - &self.below).abs()
    }
}

pub(super) fn ask(asking: &Asking<'_>, payment: usize) -> Vec<Statement> {
    let title = asking.payment(payment);
    let say = |verdict, said: String| Statement {
        kind: Kind::Cliff,
        said,
        about: String::new(),
        given: String::new(),
        claim: if verdict == Verdict::Proved { Claim::Unbroken(payment) } else { Claim::None },
        verdict,
        periods: asking.periods.clone(),
        place: Place::Payment(payment),
        size: None,
        to_look_at: false,
        witnesses: Vec::new(),
    };
    let mut suspects = continuity::suspects(asking, payment);
    // What is paid is rounded in any case.
    let amount = asking.settlement().allocations.get(payment).map(|paid| paid.amount);
    let rounded = |line: &StepId| Some(*line) == amount && asking.facts.runs_on_unrounded(*line);
    let but = if suspects.iter().any(rounded) { ", but for its rounding" } else { "" };
    suspects.retain(|line| !rounded(line));
    let never = || format!("“{title}” never jumps as a figure moves{but}");
    let say = |verdict, said: String| {
        let said = say(verdict, said);
        if but.is_empty() { said } else { Statement { claim: Claim::None, ..said } }
    };
    if suspects.is_empty() {
        return vec![say(Verdict::Proved, never())];
    }
    let elsewhere = |doubtful: &[StepId], found: &[StepId], why: String| match (doubtful, found) {
        ([], []) => say(Verdict::Proved, never()),
        ([], found) => {
            let only = format!("“{title}” jumps in no other line than {}{but}", titles(asking, found));
            Statement { claim: Claim::None, ..say(Verdict::Proved, only) }
        }
        (doubtful, found) => {
            let why = format!("{} {why}", only_by(asking, doubtful, !found.is_empty()));
            let also = if found.is_empty() { "" } else { " elsewhere too" };
            say(Verdict::NotDecided(why), format!("whether “{title}” jumps{also}"))
        }
    };
    let bench = match asking.bench(&[], &[payment]) {
        Ok(bench) => bench,
        Err(open) => {
            let shown = steps::shown(asking, payment, &suspects);
            let (lines, mut said): (Vec<StepId>, Vec<Statement>) = shown.into_iter().unzip();
            suspects.retain(|line| !lines.contains(line));
            said.push(elsewhere(&suspects, &lines, open.words()));
            return said;
        }
    };
    if bench.numbers.is_empty() && bench.engine.whole.len() == 1 {
        return Vec::new();
    }
    if is_smooth(&bench) {
        return vec![say(Verdict::Proved, never())];
    }
    let (jumps, open) = jumps(&bench, &suspects);
    // With one figure, a ray is the whole domain.
    let followed = open.is_none() && bench.numbers.len() <= 1;
    let in_doubt = |line: &StepId| {
        !followed && jumps.iter().all(|jump| jump.step != *line) && !continuity::by_boxes(&bench, *line)
    };
    let doubtful: Vec<StepId> = suspects.iter().copied().filter(in_doubt).collect();
    let mut said: Vec<Statement> =
        jumps.iter().enumerate().map(|(nth, jump)| describe(&bench, payment, nth, jump)).collect();
    let mut lines: Vec<StepId> = jumps.iter().map(|jump| jump.step).collect();
    lines.dedup();
    let unfollowed = "No jump was found, and not every combination of figures was followed.";
    let why = open.map_or_else(|| unfollowed.to_owned(), |open| open.words());
    said.push(elsewhere(&doubtful, &lines, why));
    said
}

fn titles(asking: &Asking<'_>, lines: &[StepId]) -> String {
    let steps = &asking.settlement().steps;
    let title = |line: &StepId| steps.get(line.index()).map(|step| format!("“{}”", step.title));
    let titles: Vec<String> = lines.iter().filter_map(title).collect();
    listed(&titles.iter().map(String::as_str).collect::<Vec<&str>>())
}

/// Which lines may jump; all others are shown not to.
fn only_by(asking: &Asking<'_>, lines: &[StepId], also: bool) -> String {
    let it = if lines.len() == 1 { "Only this line can jump" } else { "Only these lines can jump" };
    let also = if also { " too" } else { "" };
    format!("{it}{also}: {}.", titles(asking, lines))
}

/// Whether nothing behind the payment can jump.
fn is_smooth(bench: &Bench<'_>) -> bool {
    bench.engine.whole.iter().all(|cell| {
        let view = bench.engine.view(cell, &bench.steps);
        view.is_ok_and(|view| {
            view.notes.jumps.is_empty()
                && view.ways.iter().all(|way| {
                    way.decisions.is_empty() && matches!(way.values.first(), Some(Held::Number(_)))
                })
        })
    })
}

/// The greatest jumps at each line along each figure, and why some ray could not be followed.
fn jumps(bench: &Bench<'_>, suspects: &[StepId]) -> (Vec<Jump>, Option<Open>) {
    let steps: Vec<StepId> = bench.steps.iter().chain(suspects).copied().collect();
    let sampler = bench.sampler();
    let mut found: Vec<Jump> = Vec::new();
    let mut open = None;
    let (_, inputs, carried) = bench.asking.behind(suspects);
    let moves = |figure: &usize| match bench.numbers.get(*figure) {
        Some(Number::Input(id)) => inputs.contains(id),
        Some(Number::Carried(id)) => carried.contains(id),
        None => false,
    };
    for figure in (0..bench.numbers.len()).filter(moves) {
        for (nth, (cell, point)) in sampler.rays(MOST_RAYS, figure).into_iter().enumerate() {
            let pieces = match ray(bench, cell, &point, figure, &steps) {
                Ok(pieces) => pieces,
                Err(why) => {
                    open = Some(why);
                    continue;
                }
            };
            // Where it is no straight line or curve, it may jump inside a piece.
            if pieces.iter().any(|piece| piece.forms.first().is_none_or(Option::is_none)) {
                open = Some(Open::Cannot(
                    "A figure is rounded on the way, or not followed as a line.".to_owned(),
                ));
            }
            for (below, above) in pieces.iter().zip(pieces.iter().skip(1)) {
                let settle = |value: &Exact| {
                    let mut point = point.clone();
                    if let Some(own) = point.get_mut(figure) {
                        *own = value.clone();
                    }
                    settle(bench, cell, &point)
                };
                match between(bench, &steps, figure, (below, above), settle) {
                    Ok(Some(jump)) => found.push(Jump { ray: nth, ..jump }),
                    Ok(None) => {}
                    Err(why) => open = Some(why),
                }
            }
        }
    }
    (greatest(found), open)
}

/// The greatest jump at each border of each line along each figure. Where a border depends on the other figures there are
/// as many as these have values, and the jumps of the ray that has the greatest stand for all.
fn greatest(mut found: Vec<Jump>) -> Vec<Jump> {
    found.sort_by(|a, b| (b.size(), a.ray, &a.at).cmp(&(a.size(), b.ray, &b.at)));
    let mut all: BTreeMap<(StepId, usize), Vec<Jump>> = BTreeMap::new();
    for jump in found {
        let known = all.entry((jump.step, jump.figure)).or_default();
        if known.iter().all(|known| known.at != jump.at) {
            known.push(jump);
        }
    }
    for known in all.values_mut() {
        if known.len() > MOST_JUMPS {
            let ray = known.first().map(|jump| jump.ray);
            known.retain(|jump| Some(jump.ray) == ray);
            known.truncate(MOST_JUMPS);
        }
        known.sort_by(|a, b| a.at.cmp(&b.at));
    }
    all.into_values().flatten().collect()
}

/// The jump between two pieces, if there is one.
fn between(
    bench: &Bench<'_>,
    steps: &[StepId],
    figure: usize,
    (below, above): (&Piece, &Piece),
    settle: impl Fn(&Exact) -> Option<Settled>,
) -> Result<Option<Jump>, Open> {
    let End::At(at) = &below.range.high else { return Ok(None) };
    if above.range.low != End::At(at.clone()) {
        return Ok(None);
    }
    let sides = |step: usize| Some((below.limit(step, figure, at)?, above.limit(step, figure, at)?));
    let Some((from, to)) = sides(0) else {
        return Err(Open::Cannot("A figure is rounded on the way or runs along a curve.".to_owned()));
    };
    if from == to {
        return Ok(None);
    }
    let jumps = |place: &usize| sides(*place).is_some_and(|(below, above)| below != above);
    // The steps after the first are in the order of the contract.
    let first = (1..steps.len()).find(jumps).and_then(|place| steps.get(place));
    let step = first.or(steps.first()).copied().unwrap_or(StepId(0));
    let number = bench.numbers.get(figure).copied();
    let grain = number.map_or_else(Exact::one, |number| bench.asking.grain_of(number));
    let on_grid = at.round(&grain, jcm_quantity::RoundingMode::Floor);
    let near = [&on_grid - &grain, on_grid.clone(), &on_grid + &grain];
    let inside = |value: &&Exact| below.range.has(value) || above.range.has(value);
    let beside: Vec<Settled> = near.iter().filter(inside).filter_map(settle).collect();
    Ok(Some(Jump { below: from, above: to, figure, ray: 0, at: at.clone(), step, beside }))
}

fn describe(bench: &Bench<'_>, payment: usize, nth: usize, jump: &Jump) -> Statement {
    let asking = bench.asking;
    let number = bench.numbers.get(jump.figure).copied().unwrap_or(Number::Input(jcm_calculus::InputId(0)));
    let at = bench.asking.figure_shown(number, &jump.at);
    let (from, to) = (asking.money(&jump.below), asking.money(&jump.above));
    let others = jump.beside.first().map(|settled| bench.case_words(&settled.case, Some(number)));
    let step = asking.settlement().steps.get(jump.step.index());
    let cause = step
        .filter(|step| matches!(step.expr, Expr::Choose { .. } | Expr::Scale { .. } | Expr::Round { .. }));
    let cause = cause.map_or_else(String::new, |step| format!(" in “{}”", step.title));
    let witnesses = jump.beside.iter().filter_map(|settled| {
        let paid = settled.outcome.allocations.first()?.amount.clone();
        let mut witness = bench.witness(settled, Of::Amount, Value::Number(paid.clone()));
        // The sentence says where the other figures are.
        witness.words = format!("{}: {}", asking.money(&paid), bench.figure_words(&settled.case, number));
        Some(witness)
    });
    Statement {
        kind: Kind::Cliff,
        verdict: Verdict::Refuted,
        said: format!(
            "“{}” jumps from {from} to {to}{cause} as “{}” passes {at}",
            asking.payment(payment),
            bench.title(number)
        ),
        about: format!("{} {} {nth}", jump.step.0, jump.figure),
        given: others.unwrap_or_default(),
        claim: Claim::None,
        periods: asking.periods.clone(),
        place: Place::Step(jump.step),
        size: Some(jump.size()),
        to_look_at: true,
        witnesses: witnesses.collect(),
    }
}
