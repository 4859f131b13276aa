//! What a line is worked out from, found once for each line while an editor checks a contract again and again.

use crate::checker::Checker;
use jcm_model::{BalanceId, Expr, ExprKind, InputId, Line, LineId};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// What a line uses.
#[derive(Default)]
pub(crate) struct Uses {
    /// Every line in it.
    pub(super) lines: Vec<LineId>,
    /// Every balance in it.
    pub(super) balances: Vec<BalanceId>,
    /// What is needed to work it out, whichever of its branches is taken.
    pub(super) needed: Needed,
}

/// What is certain to be asked for.
#[derive(Default)]
pub(super) struct Needed {
    pub(super) inputs: Vec<InputId>,
    pub(super) balances: Vec<BalanceId>,
    pub(super) lines: Vec<LineId>,
}

/// What lines use, by their places in memory; the lines are kept, so that no other takes such a place.
#[derive(Default)]
pub(crate) struct KnownUses {
    known: FxHashMap<usize, (Arc<Line>, Arc<Uses>)>,
}

/// How many lines that are gone may be kept besides.
const SPARE: usize = 1_000;

impl KnownUses {
    fn of(&mut self, line: &Arc<Line>) -> Arc<Uses> {
        let place = Arc::as_ptr(line).addr();
        let new = || (line.clone(), Arc::new(Uses::of(&line.expr)));
        self.known.entry(place).or_insert_with(new).1.clone()
    }
}

/// What each line of the contract uses, by its place in the list.
pub(super) fn of_lines(cx: &mut Checker<'_>) -> Vec<Option<Arc<Uses>>> {
    let mut known = cx.recall.as_mut().map(|recall| std::mem::take(&mut recall.uses)).unwrap_or_default();
    if known.known.len() > cx.parts.lines.len().saturating_add(SPARE) {
        known = KnownUses::default();
    }
    let uses = cx.parts.lines.iter().map(|line| line.as_ref().map(|line| known.of(line))).collect();
    if let Some(recall) = &mut cx.recall {
        recall.uses = known;
    }
    uses
}

impl Uses {
    fn of(expr: &Expr) -> Self {
        let mut uses = Self::default();
        uses.everything_in(expr);
        uses.needed.certain_in(expr);
        uses
    }

    fn everything_in(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::Line(line) => self.lines.push(*line),
            ExprKind::Balance(balance) => self.balances.push(*balance),
            _ => {}
        }
        expr.parts().into_iter().for_each(|part| self.everything_in(part));
    }
}

impl Needed {
    fn certain_in(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::Input(id) => self.inputs.push(*id),
            ExprKind::Balance(id) => self.balances.push(*id),
            ExprKind::Line(id) => self.lines.push(*id),
            // A branch that is not taken needs nothing: only the conditions are certain to be worked out.
            ExprKind::When { cases, .. } => {
                cases.iter().take(1).for_each(|(_, test)| self.certain_in(test));
                return;
            }
            ExprKind::Cases { rows, .. } => {
                rows.iter().take(1).for_each(|(_, test)| self.certain_in(test));
                return;
            }
            ExprKind::IfMissing { .. } | ExprKind::IsMissing(_) => return,
            _ => {}
        }
        expr.parts().into_iter().for_each(|part| self.certain_in(part));
    }
}
