//! L0129: a payment from a fund that is always more than the whole fund.

use super::finding;
use crate::view::View;
use jcm_diagnostics::Diagnostic;
use jcm_model::{Def, Flow};
use jcm_quantity::Exact;

pub(super) fn find(view: &View<'_>, _: &Exact) -> Vec<Diagnostic> {
    view.program.flows.iter().filter_map(|flow| beyond(view, flow)).collect()
}

fn beyond(view: &View<'_>, flow: &Flow) -> Option<Diagnostic> {
    let Def::Payment(_) = view.payer_of(flow)? else { return None };
    let pool = view.program.pool(flow.pool?)?;
    let (paid, fund) = (view.possible.line(flow.amount), view.possible.line(pool.budget));
    // Whatever year it is: the least that it can be is above the most that the fund can be.
    let (least, most) = (paid.low.number()?, fund.high.number()?);
    if least <= most {
        return None;
    }
    let said = format!(
        "“{}” pays {} from “{}”, which has {}",
        flow.head.title,
        view.money(least),
        pool.head.title,
        view.money(most)
    );
    Some(
        finding(said, flow.head.name_span, "more than the whole fund, in every period")
            .also(pool.head.name_span, "see what is contributed here")
            .help("Write the contributions that pay for it, or who pays the rest"),
    )
}
