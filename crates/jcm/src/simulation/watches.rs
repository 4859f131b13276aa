//! What is counted of every calculation: which conditions hold, and which limits bind.

use jcm_calculus::{Comparison, Expr, Level, Settlement, StepId};
use std::collections::BTreeSet;

/// Something that is counted.
#[derive(Debug, Clone)]
pub(super) struct Watch {
    /// In words, with the title of the line.
    pub(super) text: String,
    /// What it is.
    pub(super) expr: Expr,
}

/// What is counted of some lines: the first condition of each choice between amounts, and each limit by another line
/// or figure.
pub(super) fn watches(settlement: &Settlement, needed: &BTreeSet<StepId>) -> Vec<Watch> {
    let mut watches = Vec::new();
    let lines = needed.iter().filter_map(|id| settlement.steps.get(id.index()));
    for line in lines.filter(|line| line.level == Level::Case && !line.title.is_empty()) {
        limits(&line.expr, &line.title, &mut watches);
        if let Expr::Choose { cases, .. } = &line.expr
            && let Some((condition, _)) = cases.first()
        {
            let text = format!("{}: its condition holds", line.title);
            watches.push(Watch { text, expr: condition.clone() });
        }
    }
    watches
}

fn limits(expr: &Expr, title: &str, watches: &mut Vec<Watch>) {
    let (parts, op, which) = match expr {
        Expr::Greatest(parts) => (parts, Comparison::Less, "lower"),
        Expr::Least(parts) => (parts, Comparison::Greater, "upper"),
        _ => return,
    };
    let [value, limit] = parts.as_slice() else { return };
    limits(value, title, watches);
    let expr = Expr::Compare { op, left: Box::new(value.clone()), right: Box::new(limit.clone()) };
    watches.push(Watch { text: format!("{title}: the {which} limit binds"), expr });
}
