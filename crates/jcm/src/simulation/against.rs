//! Another contract under the same draws: what the same years would have meant for everybody under other terms.
//!
//! Its inputs are those of the simulated contract by name: `gain_share.actual_cost` there is `actual_cost` of whatever
//! incentive here. Where the last word of a name fits nothing, the title does.

use super::drawn_whole::stand_in;
use super::plan::{
    Place, Template, append, months, needed, refers, refuses, rows, settles_alone, stakes, truth,
};
use super::watches::watches;
use crate::excerpt::{Excerpt, Instead};
use crate::{problems, settlement};
use jcm_calculus::{Expr, InputId, Settlement, StepId};
use jcm_diagnostics::Diagnostic;
use jcm_model::{Input, LocalityId, Measure, Program, Simulation, Vary};
use jcm_simulate::Varied;
use jcm_source::Sources;
use std::collections::{BTreeMap, BTreeSet};

/// Another contract, to be simulated with the same draws.
#[derive(Debug, Clone, Copy)]
pub struct Alternative<'a> {
    /// The contract.
    pub program: &'a Program,
    /// Its texts.
    pub sources: &'a Sources,
}

impl Place {
    /// The place of `base` under another contract.
    pub(super) fn under(
        other: &Template<'_>,
        simulated: &Program,
        simulation: &Simulation,
        base: &Place,
        place: Option<LocalityId>,
    ) -> Result<Place, Box<Diagnostic>> {
        let locality = match place.and_then(|place| simulated.localities.get(place.index())) {
            None => None,
            Some(wanted) => Some(other.program.locality_named(&wanted.head.name).ok_or_else(|| {
                Box::new(problems::alternative_lacks(
                    other.program,
                    &format!("the locality `{}`", wanted.head.name),
                ))
            })?),
        };
        let there = other.in_place(locality);
        let periods = periods(other.program, simulated, simulation)?;
        let mut whole = settlement(&there, other.sources);
        let wholes = drawn_whole(&there, &mut whole, simulated, simulation);
        let needed = needed(&whole, stakes(&there).map(|(_, flow)| StepId(flow.amount.0)));
        settles_alone(&there, &whole, &needed, &there_simulation(simulation, &periods))
            .map_err(|_| problems::alternative_unsettled(other.program))?;
        let inputs = inputs(&there, &whole, &needed, (simulated, simulation), wholes)?;
        let watches = watches(&whole, &needed);
        let counted = append(&mut whole, watches.iter().map(|watch| truth(watch.expr.clone())).collect());
        let needed: BTreeSet<StepId> = needed.into_iter().chain(counted.iter().copied()).collect();
        let excerpt = |_: &usize| Excerpt::of(&whole, &needed, &BTreeMap::new(), &Instead::new());
        let years: Vec<Excerpt> = periods.iter().map(excerpt).collect();
        let here = |(year, varied): (&Excerpt, &Vec<Varied>)| -> Vec<Varied> {
            let one = |(varied, input): (&Varied, &Option<InputId>)| Varied {
                input: input.and_then(|input| year.input(input)),
                ..varied.clone()
            };
            varied.iter().zip(&inputs).map(one).collect()
        };
        let varied = years.iter().zip(&base.varied).map(here).collect();
        let title = other.title_of(locality);
        let (months, rows, cases) = (months(&there, &periods), rows(simulation), base.cases);
        Ok(Place { title, program: there, years, watches, periods, counted, varied, months, rows, cases })
    }
}

/// The simulation with its periods by their places in the other contract.
fn there_simulation(simulation: &Simulation, periods: &[usize]) -> Simulation {
    Simulation { periods: periods.to_vec(), ..simulation.clone() }
}

/// The same periods of the other contract, by their names.
fn periods(
    other: &Program,
    simulated: &Program,
    simulation: &Simulation,
) -> Result<Vec<usize>, Box<Diagnostic>> {
    let of_label = |place: &usize| {
        let period = simulated.contract.periods.get(*place)?;
        let found = other.contract.periods.iter().position(|own| own.label == period.label);
        Some(found.ok_or_else(|| {
            Box::new(problems::alternative_lacks(other, &format!("the settlement period {}", period.label)))
        }))
    };
    simulation.periods.iter().filter_map(of_label).collect()
}

/// For each figure that is drawn, the input of the other contract that it is.
fn inputs(
    other: &Program,
    whole: &Settlement,
    needed: &BTreeSet<StepId>,
    (simulated, simulation): (&Program, &Simulation),
    wholes: Vec<Option<InputId>>,
) -> Result<Vec<Option<InputId>>, Box<Diagnostic>> {
    let mut used = BTreeSet::new();
    for step in needed.iter().filter_map(|id| whole.steps.get(id.index())) {
        refers(&step.expr, &mut |expr| {
            if let Expr::Input(id) = expr {
                used.insert(*id);
            }
        });
    }
    let mut found: Vec<Option<InputId>> =
        wholes.into_iter().map(|whole| whole.filter(|id| used.contains(id))).collect();
    for (id, input) in used.into_iter().filter_map(|id| Some((id, other.inputs.get(id.index())?))) {
        let known = simulation.vary.iter().position(|vary| is_same(simulated, vary, input));
        if let Some(place) = found.get_mut(known.unwrap_or(usize::MAX)) {
            *place = Some(id);
        } else if whole.inputs.get(id.index()).is_some_and(|input| refuses(&input.missing)) {
            let known = simulation.vary.iter().filter_map(|vary| simulated.drawn(vary));
            let known: Vec<&str> = known.map(|head| head.name.as_str()).collect();
            return Err(problems::alternative_needs(input, simulation, &known).into());
        }
    }
    Ok(found)
}

/// For each figure that is drawn, the input of the other contract that stands where it puts a measure of that name and unit
/// together from the parts of a period.
fn drawn_whole(
    other: &Program,
    whole: &mut Settlement,
    simulated: &Program,
    simulation: &Simulation,
) -> Vec<Option<InputId>> {
    let of_vary = |vary: &Vary| {
        let drawn = simulated.drawn(vary)?;
        let is_it = |measure: &&Measure| {
            measure.combined.is_some() && measure.head.name == drawn.name && measure.unit == vary.unit
        };
        stand_in(whole, other.measures.iter().find(is_it)?)
    };
    simulation.vary.iter().map(of_vary).collect()
}

/// Whether a figure that is drawn is this input: the same unit, and the same name or title.
fn is_same(simulated: &Program, vary: &Vary, input: &Input) -> bool {
    let Some(drawn) = simulated.drawn(vary) else { return false };
    let last = |name: &str| name.rsplit('.').next().unwrap_or_default().to_owned();
    let alike = last(&drawn.name) == last(&input.head.name)
        || (!input.head.title.is_empty() && drawn.title == input.head.title);
    alike && input.per_row == vary.per_row && input.ty.unit() == Some(&vary.unit)
}
