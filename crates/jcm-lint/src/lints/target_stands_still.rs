//! L0110: a target that is no better than the one before.

use super::finding;
use crate::view::{View, number};
use jcm_diagnostics::Diagnostic;
use jcm_model::{Better, Constant, Measure, Ty};
use jcm_quantity::show_date;

pub(super) fn find(view: &View<'_>, _: &jcm_quantity::Exact) -> Vec<Diagnostic> {
    view.program.measures.iter().filter_map(|measure| stands_still(view, measure)).collect()
}

fn stands_still(view: &View<'_>, measure: &Measure) -> Option<Diagnostic> {
    let target = view.program.parameter(measure.target?)?;
    let mut rows: Vec<_> = target.rows.iter().collect();
    rows.sort_by_key(|row| row.from);
    let figures: Vec<_> =
        rows.iter().filter_map(|row| Some((row.from, number(row.values.first()?)?))).collect();
    let ty = Ty::Number(measure.unit.clone());
    let shown = |value: &jcm_quantity::Exact| view.value(&Constant::Number(value.clone()), &ty);
    for ((_, before), (from, after)) in figures.iter().zip(figures.iter().skip(1)) {
        let better = match measure.better {
            Better::Higher => after > before,
            Better::Lower => after < before,
        };
        if better {
            continue;
        }
        let from = from.map_or_else(String::new, |from| format!(" from {}", show_date(from)));
        let (how, before, after) =
            (if after == before { "no better" } else { "worse" }, shown(before), shown(after));
        let said = format!(
            "the target of “{}”{from} is {how} than the one before: {after} after {before}",
            measure.head.title
        );
        return Some(finding(said, measure.head.name_span, "see its `target`").help(
            "Let each target be better than the last, write one target that holds on, or say in a clause why it stands still",
        ));
    }
    None
}
