//! Defined terms are used, and lines lead to payments.

use crate::checker::Checker;
use crate::problems::{UnpaidLine, UnusedDefinition};
use jcm_model::{BalanceKind, Def, DefinitionId, Expr, ExprKind, LineId, Piece};
use std::collections::BTreeSet;

/// Warns of what is said and never used.
pub(super) fn check(cx: &mut Checker<'_>) {
    definitions(cx);
    lines(cx);
}

fn definitions(cx: &mut Checker<'_>) {
    let clauses = cx.parts.clauses.iter().flatten().flat_map(|clause| &clause.paragraphs);
    let definitions = cx.parts.definitions.iter().flatten().flat_map(|definition| &definition.paragraphs);
    let used: BTreeSet<Def> = clauses
        .chain(definitions)
        .flat_map(|paragraph| &paragraph.pieces)
        .filter_map(|piece| match piece {
            Piece::Reference { def, .. } => Some(*def),
            Piece::Text(_) | Piece::Figure { .. } => None,
        })
        .collect();
    let unused: Vec<UnusedDefinition> = (0u32..)
        .zip(&cx.parts.definitions)
        .filter(|(id, _)| !used.contains(&Def::Definition(DefinitionId(*id))))
        .filter_map(|(_, definition)| definition.as_ref())
        .map(|definition| UnusedDefinition {
            name: definition.head.title.clone(),
            span: definition.head.name_span,
        })
        .collect();
    for problem in unused {
        cx.report::<()>(problem);
    }
}

/// A line of an incentive that no payment depends on, nor anything that is published or expected.
fn lines(cx: &mut Checker<'_>) {
    let mut open: Vec<LineId> = cx.parts.flows.iter().flatten().map(|flow| flow.amount).collect();
    let published =
        cx.parts.datasets.iter().flat_map(|dataset| &dataset.published).map(|published| published.line);
    open.extend(published);
    let mut reached: BTreeSet<LineId> = BTreeSet::new();
    while let Some(line) = open.pop() {
        if reached.insert(line)
            && let Some(line) = cx.line(line)
        {
            lines_in(&line.expr, &mut open);
            if !cx.parts.balances.is_empty() {
                closings_of(cx, &line.expr, &mut open);
            }
        }
    }
    let remainders: Vec<LineId> = cx
        .parts
        .balances
        .iter()
        .flatten()
        .filter_map(|balance| match balance.kind {
            BalanceKind::Declared { remainder, .. } => remainder,
            // A sum to date is made for the line that asks for it, and that line is told.
            BalanceKind::ToDate => Some(balance.closing),
            BalanceKind::OnAccount => None,
        })
        .collect();
    let unpaid: Vec<UnpaidLine> = cx
        .parts
        .incentives
        .iter()
        .flatten()
        .flat_map(|incentive| &incentive.lines)
        // What is left of a balance at its end and reaches no payment is a problem of its own.
        .filter(|line| !reached.contains(line) && !remainders.contains(line))
        .filter_map(|line| cx.line(*line))
        .map(|line| UnpaidLine {
            line: line.head.name.rsplit('.').next().unwrap_or_default().to_owned(),
            span: line.head.name_span,
        })
        .collect();
    for problem in unpaid {
        cx.report::<()>(problem);
    }
}

/// Every line that an expression uses.
pub(super) fn lines_in(expr: &Expr, found: &mut Vec<LineId>) {
    if let ExprKind::Line(line) = &expr.kind {
        found.push(*line);
    }
    for part in expr.parts() {
        lines_in(part, found);
    }
}

/// The closing line of every balance that an expression uses: the next period begins with it.
fn closings_of(cx: &Checker<'_>, expr: &Expr, found: &mut Vec<LineId>) {
    if let ExprKind::Balance(id) = &expr.kind {
        found.extend(cx.balance(*id).map(|balance| balance.closing));
    }
    for part in expr.parts() {
        closings_of(cx, part, found);
    }
}
