//! L0112: a measure whose figures come from the partner that they pay, and nobody else verifies them.

use super::finding;
use crate::view::View;
use jcm_diagnostics::Diagnostic;
use jcm_model::{Flow, Measure};

pub(super) fn find(view: &View<'_>, _: &jcm_quantity::Exact) -> Vec<Diagnostic> {
    view.program.measures.iter().filter_map(|measure| unverified(view, measure)).collect()
}

fn unverified(view: &View<'_>, measure: &Measure) -> Option<Diagnostic> {
    let input = measure.inputs().first().copied()?;
    let verified = !measure.verified_by.is_empty() && measure.verified_by != measure.collected_by;
    if verified || measure.collected_by.is_empty() {
        return None;
    }
    let depends = |flow: &&Flow| view.behind(flow).is_some_and(|behind| behind.inputs.contains(&input));
    let flows = view.program.flows.iter().filter(depends);
    let payees = flows.flat_map(|flow| flow.shares.iter().map(move |share| (flow, share.partner)));
    let (flow, payee) = payees
        .filter_map(|(flow, partner)| Some((flow, view.program.partner(partner)?)))
        .find(|(_, partner)| partner.head.title == measure.collected_by)?;
    let said = format!(
        "“{}” collects “{}”, is paid by it, and nobody else verifies it",
        payee.head.title, measure.head.title
    );
    Some(
        finding(said, measure.head.name_span, "see `collected` and `verified`")
            .also(flow.head.name_span, format!("“{}” is paid here", payee.head.title))
            .help("Write `verified: by external_auditor`, or let another partner collect it"),
    )
}
