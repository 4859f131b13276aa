//! All cases settled together, in stages.
//!
//! Before the first step with a part over all cases, every case is computed up to that step. Then the part is worked
//! out: the figure that it is made of is computed in each case, the figures of all cases are taken together (of the
//! same group, where the contract says so), and each case is told what that comes to for it. So the order of the
//! steps is the order of the stages, and no case can see a figure that is not there yet.

use crate::exact::Plain;
use crate::machine::Machine;
use crate::reading::Held;
use crate::{Case, Outcome, Prepared, Stop};
use jcm_calculus::{Expr, StepId, Value};
use jcm_quantity::{Exact, Figures, OverAll};
use std::collections::BTreeMap;

/// Why cases stop, by their places.
type Stops = Vec<(usize, Stop)>;

/// Settles all cases, or says of every one that stops in the first stage in which some do why it does. With `needed` only
/// these steps are worked out, and the cases are left without their payments.
pub(crate) fn settle(
    prepared: &Prepared<'_>,
    cases: &[Case],
    needed: Option<&[bool]>,
) -> Result<Vec<Outcome>, Stops> {
    let mut machines = every(cases.iter(), |case| Machine::new(prepared, Plain::new(case)))?;
    let mut known: Vec<&Expr> = Vec::new();
    for (place, step) in prepared.settlement().steps.iter().enumerate() {
        let Ok(id) = u32::try_from(place).map(StepId) else { break };
        let parts = step.expr.over_all();
        let wanted = needed.is_none_or(|needed| needed.get(place) == Some(&true));
        if !wanted || parts.is_empty() || cases.iter().all(|case| case.given_steps.contains_key(&id)) {
            continue;
        }
        every(machines.iter_mut(), |machine| machine.run_until(place, needed))?;
        for part in parts {
            if !known.contains(&part) {
                work_out(part, id, cases, &mut machines)?;
                known.push(part);
            }
        }
    }
    every(machines.into_iter(), |mut machine| {
        machine.run(needed)?;
        let outcome = machine.into_outcome();
        if needed.is_some() { Ok(outcome) } else { prepared.paid(outcome) }
    })
}

/// Works out one part over all cases and tells each case what it comes to for it.
fn work_out<'a>(
    part: &'a Expr,
    step: StepId,
    cases: &[Case],
    machines: &mut [Machine<'a, Plain<'_>>],
) -> Result<(), Stops> {
    let Expr::OverAll { function, value, same } = part else { return Ok(()) };
    let own = every(machines.iter_mut(), |machine| {
        let figure = machine.part(step, value)?;
        let group = match same {
            Some(same) => Some(crate::exact::value_of(machine.part(step, same)?)),
            None => None,
        };
        match (figure, group) {
            (_, Some(Value::Missing)) | (Held::Other(Value::Missing), _) => Ok(None),
            (Held::Number(figure), group) => Ok(Some((figure, group))),
            (Held::Other(_), _) => Err(Stop::WrongKind { step, wanted: "a number to take together" }),
        }
    })?;
    let mut groups: BTreeMap<(usize, &Option<Value>), Vec<Exact>> = BTreeMap::new();
    for (case, own) in cases.iter().zip(&own) {
        if let Some((figure, group)) = own {
            groups.entry((case.period, group)).or_default().push(figure.clone());
        }
    }
    // One figure for all of a group is worked out once, and not for every case.
    let groups: BTreeMap<_, _> = groups
        .into_iter()
        .map(|(group, figures)| {
            let figures = Figures::new(figures);
            let one_for_all = match function {
                OverAll::Statistic(statistic) => figures.statistic(statistic),
                _ => None,
            };
            (group, (figures, one_for_all))
        })
        .collect();
    let places = cases.iter().zip(&own).zip(machines);
    every(places, |((case, own), machine)| {
        let found = own.as_ref().and_then(|(own, group)| {
            let (figures, one_for_all) = groups.get(&(case.period, group))?;
            match function {
                OverAll::Statistic(_) => one_for_all.clone(),
                _ => figures.over_all(function, own),
            }
        });
        machine.note(step, part, found)
    })?;
    Ok(())
}

/// Does something for every case: all results, or every case that stops.
fn every<I, T>(
    cases: impl Iterator<Item = I>,
    mut each: impl FnMut(I) -> Result<T, Stop>,
) -> Result<Vec<T>, Stops> {
    let mut results = Vec::new();
    let mut stops = Vec::new();
    for (place, case) in cases.enumerate() {
        match each(case) {
            Ok(result) => results.push(result),
            Err(stop) => stops.push((place, stop)),
        }
    }
    if stops.is_empty() { Ok(results) } else { Err(stops) }
}
