//! L0104: a gain that is shared without the loss, or a loss without the gain.

use super::finding;
use crate::possible::{Here, visit};
use crate::reach::Reach;
use crate::view::View;
use jcm_diagnostics::Diagnostic;
use jcm_model::{Expr, ExprKind, LineId, LineOwner};

pub(super) fn find(view: &View<'_>, _: &jcm_quantity::Exact) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for id in view.paid() {
        let Some(line) = view.program.line(id) else { continue };
        let LineOwner::Incentive(incentive) = line.owner else { continue };
        let title = view.program.incentive(incentive).map_or("", |incentive| &incentive.head.title);
        let range = view.usual.line(id);
        let Some(balance) = balance_behind(view, id) else { continue };
        let name = &line.head.title;
        let (said, label) = match (range.can_be_positive(), range.can_be_negative()) {
            (true, false) => (
                format!("“{title}” shares a gain and no loss: “{name}” is never below nothing"),
                "an overspend stays wholly with the payer",
            ),
            (false, true) => (
                format!("“{title}” shares a loss and no gain: “{name}” is never above nothing"),
                "a saving stays wholly with the payer",
            ),
            _ => continue,
        };
        let found_here = finding(said, line.head.name_span, label)
            .also(balance, "this can be above nothing and below it")
            .help("Share both, with a limit on what each partner can lose; or say in a clause why one side bears it");
        found.push(found_here);
    }
    found
}

/// A difference of money behind a line that can have either sign: a saving or an overspend.
fn balance_behind(view: &View<'_>, line: LineId) -> Option<jcm_source::Span> {
    let mut balance = None;
    for id in Reach::of(view.program, line).lines {
        let Some(line) = view.program.line(id) else { continue };
        visit(&view.usual, &line.expr, &Here::new(), &mut |expr, here| {
            let range = view.usual.number(expr, here);
            if balance.is_none() && is_difference(expr) && range.can_be_positive() && range.can_be_negative()
            {
                balance = Some(expr.span);
            }
        });
    }
    balance
}

fn is_difference(expr: &Expr) -> bool {
    let is_money = expr.ty.unit().is_some_and(|unit| unit.is_money().is_some());
    is_money && matches!(expr.kind, ExprKind::Arithmetic { op: jcm_model::Arithmetic::Subtract, .. })
}
