//! Defined terms are used, and lines lead to payments.

use super::uses::Uses;
use crate::checker::Checker;
use crate::problems::{UnpaidLine, UnusedDefinition};
use jcm_model::{BalanceId, BalanceKind, Def, DefinitionId, LineId, Piece};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Warns of what is said and never used.
pub(super) fn check(cx: &mut Checker<'_>, uses: &[Option<Arc<Uses>>]) {
    definitions(cx);
    lines(cx, uses);
}

fn definitions(cx: &mut Checker<'_>) {
    if cx.parts.definitions.is_empty() {
        return;
    }
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
fn lines(cx: &mut Checker<'_>, uses: &[Option<Arc<Uses>>]) {
    let mut open: Vec<LineId> = cx.parts.flows.iter().flatten().map(|flow| flow.amount).collect();
    let published =
        cx.parts.datasets.iter().flat_map(|dataset| &dataset.published).map(|published| published.line);
    open.extend(published);
    let reached = reached(uses, open, |id| cx.balance(id).map(|balance| balance.closing));
    let remainders: BTreeSet<LineId> = cx
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

/// Lines by their places.
pub(super) struct Reached(Vec<bool>);

impl Reached {
    pub(super) fn contains(&self, line: &LineId) -> bool {
        self.0.get(line.index()).copied().unwrap_or_default()
    }

    /// Whether the line was not there yet.
    fn insert(&mut self, line: LineId) -> bool {
        self.0.get_mut(line.index()).is_some_and(|reached| !std::mem::replace(reached, true))
    }
}

/// The lines that some lead to; `closing` gives the line of a balance with which the next period begins.
pub(super) fn reached(
    uses: &[Option<Arc<Uses>>],
    from: Vec<LineId>,
    closing: impl Fn(BalanceId) -> Option<LineId>,
) -> Reached {
    let mut open = from;
    let mut reached = Reached(vec![false; uses.len()]);
    while let Some(line) = open.pop() {
        if reached.insert(line)
            && let Some(Some(uses)) = uses.get(line.index())
        {
            open.extend(&uses.lines);
            open.extend(uses.balances.iter().filter_map(|id| closing(*id)));
        }
    }
    reached
}
