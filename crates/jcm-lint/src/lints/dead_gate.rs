//! L0106: a condition that always holds or never does, whatever the data are.

use super::finding;
use crate::possible::{Here, visit};
use crate::view::View;
use jcm_diagnostics::Diagnostic;
use jcm_model::ExprKind;

pub(super) fn find(view: &View<'_>, _: &jcm_quantity::Exact) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for line in &view.program.lines {
        visit(&view.possible, &line.expr, &Here::new(), &mut |expr, here| {
            let ExprKind::When { cases, .. } = &expr.kind else { return };
            let mut left = Some(here.clone());
            for (value, condition) in cases {
                let Some(here) = &left else { return };
                let truth = view.possible.truth(condition, here);
                let words = view.words(condition.span);
                if !truth.yes {
                    let said = format!("“{}”: the condition `{words}` never holds here", line.head.title);
                    let label = format!("so the case `{}` is never taken", view.words(value.span));
                    found.push(finding(said, condition.span, label).help(
                        "Compare it with the cases before it and with the range of its figures; put the stricter case first, or remove it",
                    ));
                } else if !truth.no {
                    let said = format!("“{}”: the condition `{words}` always holds here", line.head.title);
                    let label = "so what comes after it is never taken";
                    found.push(finding(said, condition.span, label).help(
                        "Compare it with the range of its figures, and change the figure that is meant to stop somebody; or remove the condition",
                    ));
                }
                left = view.possible.assuming(condition, false, here);
            }
        });
    }
    found
}
