//! L0109: a target, or a full score, that is met before anything is better.

use super::finding;
use crate::possible::{Here, Known};
use crate::reach::Reach;
use crate::view::{View, number};
use jcm_diagnostics::Diagnostic;
use jcm_model::{Constant, Measure, ParameterId, Ty};
use jcm_quantity::Exact;

pub(super) fn find(view: &View<'_>, _: &Exact) -> Vec<Diagnostic> {
    view.program
        .measures
        .iter()
        .filter_map(|measure| target(view, measure).or_else(|| score(view, measure)))
        .collect()
}

fn baseline<'a>(view: &View<'a>, measure: &Measure) -> Option<(ParameterId, &'a Exact)> {
    let (id, _) = measure.baseline.as_ref()?;
    let row = view.program.parameter(*id)?.rows.first()?;
    Some((*id, number(row.values.first()?)?))
}

/// A target that is the baseline.
fn target(view: &View<'_>, measure: &Measure) -> Option<Diagnostic> {
    let (_, start) = baseline(view, measure)?;
    let target = view.program.parameter(measure.target?)?;
    let met = target.rows.iter().any(|row| row.values.first().and_then(number) == Some(start));
    if !met {
        return None;
    }
    let start = view.value(&Constant::Number(start.clone()), &Ty::Number(measure.unit.clone()));
    let said = format!("the target of “{}” is met at the baseline: both are {start}", measure.head.title);
    Some(
        finding(said, measure.head.name_span, "nothing has to be better to reach it")
            .help("Set a target beyond the baseline, or use the measure for monitoring"),
    )
}

/// A part of a score that is full with the figure of the baseline.
fn score(view: &View<'_>, measure: &Measure) -> Option<Diagnostic> {
    let (baseline, start) = baseline(view, measure)?;
    let input = measure.input?;
    let parts =
        view.program.scores.iter().flat_map(|score| score.parts.iter().map(move |(_, line)| (score, *line)));
    for (score, part) in parts {
        let reach = Reach::of(view.program, part);
        // Progress counts from the baseline: what is earned there is for the scale to say, and it is nothing.
        if !reach.inputs.contains(&input) || reach.parameters.contains(&baseline) {
            continue;
        }
        let line = view.program.line(part)?;
        let here = Here::from([(Known::Input(input), jcm_quantity::Range::point(start.clone()))]);
        let (at_start, ever) = (view.possible.number(&line.expr, &here), view.possible.line(part));
        let full = ever.high.number().filter(|full| at_start.low.number() == Some(full))?;
        if ever.low == ever.high {
            continue;
        }
        let ty = Ty::Number(measure.unit.clone());
        let (start, full) = (
            view.value(&Constant::Number(start.clone()), &ty),
            view.value(&Constant::Number(full.clone()), &line.ty),
        );
        let said = format!(
            "“{}” earns its full {full} in “{}” at the baseline of {start}",
            measure.head.title, score.head.title
        );
        return Some(
            finding(said, line.head.name_span, "nothing has to be better to earn it")
                .also(measure.head.name_span, format!("its baseline is {start}"))
                .help("Begin the scale at the baseline, or pay for progress from baseline to target"),
        );
    }
    None
}
