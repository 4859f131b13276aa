//! L0118: a figure that is rounded before the last step, so that what is paid depends on the order of the lines.

use super::finding;
use crate::reach::Reach;
use crate::view::View;
use jcm_diagnostics::Diagnostic;
use jcm_model::{Expr, ExprKind, Line, LineId};
use std::collections::BTreeMap;

pub(super) fn find(view: &View<'_>, _: &jcm_quantity::Exact) -> Vec<Diagnostic> {
    let reached: Vec<(LineId, &Line)> =
        view.behind_money().lines.into_iter().filter_map(|id| Some((id, view.program.line(id)?))).collect();
    let mut users: BTreeMap<LineId, &Line> = BTreeMap::new();
    for (_, line) in &reached {
        for used in Reach::direct(&line.expr).lines {
            users.entry(used).or_insert(line);
        }
    }
    let mut found = Vec::new();
    for (id, line) in &reached {
        let user = users.get(id);
        for round in roundings(&line.expr) {
            let is_last = std::ptr::eq(round, &raw const line.expr);
            let (place, used) = match (is_last, user) {
                (true, None) => continue,
                (true, Some(user)) => (format!("before “{}” uses it", user.head.title), Some(*user)),
                (false, _) => ("in the middle of the line".to_owned(), None),
            };
            let said = format!("“{}” is rounded {place}", line.head.title);
            let said = finding(said, round.span, "what is cut off here is multiplied further on");
            let said = match used {
                Some(user) => said.also(user.head.name_span, "used here"),
                None => said,
            };
            found.push(said.help(
                "Round once, in the last line or in the `rounding` of the contract; or say where the rule that rounds here stands",
            ));
        }
    }
    found
}

fn roundings(expr: &Expr) -> Vec<&Expr> {
    let own = matches!(expr.kind, ExprKind::Round { .. } | ExprKind::RoundToFigures { .. }).then_some(expr);
    own.into_iter().chain(expr.parts().into_iter().flat_map(roundings)).collect()
}
