//! L0113: a parameter that does not say where it comes from.

use super::finding;
use crate::view::View;
use jcm_diagnostics::Diagnostic;
use jcm_model::ParameterOwner;

pub(super) fn find(view: &View<'_>, _: &jcm_quantity::Exact) -> Vec<Diagnostic> {
    let declared = view.program.parameters.iter().filter(|p| p.owner == ParameterOwner::Declared);
    declared
        .filter(|parameter| parameter.source.is_empty())
        .map(|parameter| {
            let said = format!("“{}” does not say where it comes from", parameter.head.title);
            finding(said, parameter.head.name_span, "it has no `source`")
                .help("Write where it can be looked up, such as `source: \"Contract particulars, 2026\"`; a figure that the partners agree for each place is a `knob`")
        })
        .collect()
}
