//! L0116: an incentive that no example tries, or whose loss or gain none does.

use super::finding;
use crate::reach::Reach;
use crate::view::{View, number, owner};
use jcm_diagnostics::Diagnostic;
use jcm_model::{Arithmetic, Def, Example, Expr, ExprKind, Line, LineId, LineOwner};
use jcm_quantity::Exact;

pub(super) fn find(view: &View<'_>, _: &Exact) -> Vec<Diagnostic> {
    if !view.own_examples {
        return Vec::new();
    }
    let mut found = Vec::new();
    for id in view.paid() {
        let Some(line) = view.program.line(id) else { continue };
        let LineOwner::Incentive(incentive) = line.owner else { continue };
        let Some(incentive) = view.program.incentive(incentive) else { continue };
        let worked: Vec<Exact> =
            view.program.examples.iter().filter_map(|example| amount(view, example, id, line)).collect();
        let (title, name) = (&incentive.head.title, &incentive.head.name);
        let range = view.usual.line(id);
        if worked.is_empty() {
            if view.program.examples.iter().any(|example| tries(example, line)) {
                continue;
            }
            let said = format!("no example works out what “{title}” pays");
            found.push(finding(said, line.head.name_span, "nobody has seen this figure yet").help(format!(
                "Add an example, worked by hand: `example \"A saving of 3 %\" of {name} in …`"
            )));
        } else if range.can_be_negative() && subtracts(view, id) && !worked.iter().any(Exact::is_negative) {
            let said = format!("no example of “{title}” ends in a loss, and “{}” can be below nothing", line.head.title);
            found.push(finding(said, line.head.name_span, "who pays how much then has never been worked out").help(
                format!("Add an example in which the partners pay: `example \"An overspend\" of {name} in …`"),
            ));
        } else if range.can_be_positive() && !worked.iter().any(Exact::is_positive) {
            let said = format!("no example of “{title}” ends in a payment");
            found.push(finding(said, line.head.name_span, "what is earned has never been worked out").help(
                format!("Add an example in which something is earned: `example \"A saving\" of {name} in …`"),
            ));
        }
    }
    found
}

/// What an example comes to.
fn amount(view: &View<'_>, example: &Example, id: LineId, line: &Line) -> Option<Exact> {
    if !tries(example, line) {
        return None;
    }
    let worked = view.work_out(example, &[id], &[])?;
    number(worked.lines.get(&(id, None))?).cloned()
}

/// Whether an example is one of what owns a line, or of the whole contract.
fn tries(example: &Example, line: &Line) -> bool {
    example.of == Def::Contract || example.of == owner(line.owner)
}

/// Whether a loss is more than a negative figure of the data: money is taken away behind the line.
fn subtracts(view: &View<'_>, id: LineId) -> bool {
    let lines = Reach::of(view.program, id).lines;
    lines.into_iter().filter_map(|id| view.program.line(id)).any(|line| takes_away(&line.expr))
}

fn takes_away(expr: &Expr) -> bool {
    let taken_away =
        matches!(expr.kind, ExprKind::Arithmetic { op: Arithmetic::Subtract, .. } | ExprKind::Negate(_));
    let is_money = expr.ty.unit().is_some_and(|unit| unit.is_money().is_some());
    (taken_away && is_money) || expr.parts().into_iter().any(takes_away)
}
