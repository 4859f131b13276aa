//! Whom the contract is for, what matters to them, how it is measured and what is provided.

use super::{Thing, ids};
use crate::figures::figure;
use crate::spelling;
use jcm_model::{
    Better, Def, Disputed, Doubt, Late, Measure, MeasureId, MeasureUse, Missing, Outcome, ParameterOwner,
    Population, PopulationId, Program, Service, Suppressed, Ty,
};
use jcm_quantity::show_date;

pub(super) fn things(program: &Program) -> Vec<Thing<'_>> {
    let mut things: Vec<Thing<'_>> =
        ids(&program.populations, PopulationId).map(|(id, of)| population(program, id, of)).collect();
    things.extend(program.outcomes.iter().map(|of| outcome(program, of)));
    things.extend(ids(&program.measures, MeasureId).map(|(id, of)| measure(program, id, of)));
    things.extend(program.services.iter().map(|of| service(program, of)));
    things
}

fn population<'a>(program: &'a Program, id: PopulationId, population: &'a Population) -> Thing<'a> {
    Thing::of("population", &population.head)
        .fact("attributed", &population.attributed)
        .fact("counted on", &population.counted.map(show_date).unwrap_or_default())
        .fact("source", &population.source)
        .figures_of(program, &ParameterOwner::Population(id))
}

fn outcome<'a>(program: &'a Program, outcome: &'a Outcome) -> Thing<'a> {
    Thing::of("outcome", &outcome.head)
        .fact("statement", &outcome.statement)
        .named("for", program, outcome.population.map(Def::Population))
        .named("owners", program, outcome.owners.iter().map(|id| Def::Partner(*id)))
}

fn measure<'a>(program: &'a Program, id: MeasureId, measure: &'a Measure) -> Thing<'a> {
    let ty = measure.ty();
    Thing::of("measure", &measure.head)
        .named("outcome", program, measure.outcome.map(Def::Outcome))
        .fact(
            "use",
            match measure.used_for {
                MeasureUse::Payment => "payment",
                MeasureUse::Monitoring => "monitoring",
                MeasureUse::Balancing => "balancing",
            },
        )
        .exactly("unit", measure.unit.describe(), spelling::ty(program, &ty))
        .fact(
            "better",
            match measure.better {
                Better::Higher => "higher",
                Better::Lower => "lower",
            },
        )
        .fact("numerator", &measure.numerator)
        .fact("denominator", &measure.denominator)
        .fact("source", &measure.source)
        .fact("version", &measure.version)
        .fact(
            "baseline period",
            &measure.baseline.as_ref().map_or_else(String::new, |(_, period)| period.label.clone()),
        )
        .fact("collected by", &measure.collected_by)
        .fact("verified by", &measure.verified_by)
        .fact("where the figure is missing", &missing(program, &measure.missing, &ty))
        .fact("where the figure is disputed", measure.doubt.disputed.map_or("", disputed))
        .fact("where the figure is late", &measure.doubt.late.map_or_else(String::new, late))
        .fact("where the figure is suppressed", &suppressed(program, &measure.doubt, &ty))
        .particulars(&measure.particulars)
        .figures_of(program, &ParameterOwner::Measure(id))
}

fn service<'a>(program: &'a Program, service: &'a Service) -> Thing<'a> {
    Thing::of("service", &service.head)
        .named("provided by", program, service.providers.iter().map(|id| Def::Partner(*id)))
        .named("for", program, service.population.map(Def::Population))
        .fact("scope", if service.in_scope { "in" } else { "out" })
        .particulars(&service.particulars)
}

/// What a missing figure means.
pub(super) fn missing(program: &Program, rule: &Missing, ty: &Ty) -> String {
    match rule {
        Missing::Refuse => "nothing can be settled".to_owned(),
        Missing::Neutral => "it is left out".to_owned(),
        Missing::Use(value) => format!("{} stands in for it", figure(program, value, ty)),
        Missing::CarryForward { times, then } => format!(
            "the figure last reported stands in for it {times} {}, and then {}",
            if *times == 1 { "time" } else { "times" },
            missing(program, then, ty)
        ),
    }
}

/// What two figures for one mean.
pub(super) fn disputed(rule: Disputed) -> &'static str {
    match rule {
        Disputed::Undisputed => "the undisputed part is paid",
        Disputed::Hold => "the payment is held",
        Disputed::AsCollected => "the figure that was collected counts",
        Disputed::AsVerified => "the figure of who verifies it counts",
    }
}

fn late(late: Late) -> String {
    let until = if late.until_final { " (until the final settlement)" } else { "" };
    match (late.months, late.days) {
        (months, 0) => format!("it counts for {months} months{until}"),
        (months, days) => format!("it counts for {months} months and {days} days{until}"),
    }
}

fn suppressed(program: &Program, doubt: &Doubt, ty: &Ty) -> String {
    match &doubt.suppressed {
        None => String::new(),
        Some(Suppressed::Refuse) => "nothing can be settled".to_owned(),
        Some(Suppressed::AsMissing) => "it counts as missing".to_owned(),
        Some(Suppressed::Use(value)) => format!("{} stands in for it", figure(program, value, ty)),
    }
}

/// What an input says of figures in doubt, behind what it says of missing ones.
pub(super) fn doubt(program: &Program, doubt: &Doubt, ty: &Ty) -> String {
    let rules = [
        ("disputed", doubt.disputed.map_or_else(String::new, |rule| disputed(rule).to_owned())),
        ("late", doubt.late.map_or_else(String::new, late)),
        ("suppressed", suppressed(program, doubt, ty)),
    ];
    let said = rules.iter().filter(|(_, rule)| !rule.is_empty());
    said.map(|(when, rule)| format!("; where it is {when}, {rule}")).collect()
}
