//! L0135: money that is paid on no day that the contract names.

use super::finding;
use crate::view::View;
use jcm_diagnostics::Diagnostic;
use jcm_model::Head;
use jcm_quantity::Exact;

pub(super) fn find(view: &View<'_>, _: &Exact) -> Vec<Diagnostic> {
    let program = view.program;
    // What is settled finally by a day is known to be payable after it.
    if program.contract.final_months.is_some() {
        return Vec::new();
    }
    let says = |particulars: &[(String, String)]| particulars.iter().any(|(field, _)| field == "due");
    let incentives = program.incentives.iter().filter(|one| !one.flows.is_empty() && !says(&one.particulars));
    let payments = program.payments.iter().filter(|one| one.flow.is_some() && !says(&one.particulars));
    let heads = incentives.map(|one| &one.head).chain(payments.map(|one| &one.head));
    heads.map(undated).collect()
}

fn undated(head: &Head) -> Diagnostic {
    let said = format!("nothing says when “{}” is paid", head.title);
    finding(said, head.name_span, "it has no `due`, and the contract names no final settlement").help(
        "Write when, such as `due: within 30 days after each quarter`; or say in the contract by when a period is settled, \
         such as `settled: every financial_year, final within 6 months`",
    )
}
