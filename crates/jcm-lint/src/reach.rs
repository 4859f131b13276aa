//! What a line depends on, and which lines move money.

use jcm_model::{BalanceId, Expr, ExprKind, Flow, InputId, LineId, ParameterId, Program, TableId};
use std::collections::BTreeSet;

/// Everything that a line depends on, itself included.
#[derive(Debug, Default)]
pub(crate) struct Reach {
    pub(crate) lines: BTreeSet<LineId>,
    pub(crate) inputs: BTreeSet<InputId>,
    pub(crate) parameters: BTreeSet<ParameterId>,
    pub(crate) tables: BTreeSet<TableId>,
    balances: BTreeSet<BalanceId>,
}

impl Reach {
    /// What lies behind a line.
    pub(crate) fn of(program: &Program, line: LineId) -> Self {
        Self::of_lines(program, [line])
    }

    /// What lies behind the amounts of flows.
    pub(crate) fn of_flows<'a>(program: &Program, flows: impl IntoIterator<Item = &'a Flow>) -> Self {
        Self::of_lines(program, flows.into_iter().map(|flow| flow.amount))
    }

    /// What an expression refers to, and what lies behind that.
    pub(crate) fn of_expr(program: &Program, expr: &Expr) -> Self {
        let mut reach = Self::default();
        let mut open = Vec::new();
        reach.add(expr, &mut open);
        reach.follow(program, open);
        reach
    }

    /// What an expression itself refers to.
    pub(crate) fn direct(expr: &Expr) -> Self {
        let mut reach = Self::default();
        let mut lines = Vec::new();
        reach.add(expr, &mut lines);
        reach.lines.extend(lines);
        reach
    }

    fn of_lines(program: &Program, lines: impl IntoIterator<Item = LineId>) -> Self {
        let mut reach = Self::default();
        reach.follow(program, lines.into_iter().collect());
        reach
    }

    fn follow(&mut self, program: &Program, mut open: Vec<LineId>) {
        while let Some(id) = open.pop().or_else(|| self.closing_ahead(program)) {
            if self.lines.insert(id)
                && let Some(line) = program.line(id)
            {
                self.add(&line.expr, &mut open);
            }
        }
    }

    /// The closing line of a balance that is not looked at yet: what the period before came to there, this one begins
    /// with.
    fn closing_ahead(&self, program: &Program) -> Option<LineId> {
        let balances = self.balances.iter().filter_map(|id| program.balance(*id));
        balances.map(|balance| balance.closing).find(|line| !self.lines.contains(line))
    }

    fn add(&mut self, expr: &Expr, lines: &mut Vec<LineId>) {
        match &expr.kind {
            ExprKind::Line(id) => lines.push(*id),
            ExprKind::Input(id) => drop(self.inputs.insert(*id)),
            ExprKind::Balance(id) => drop(self.balances.insert(*id)),
            ExprKind::Parameter { parameter, .. } => drop(self.parameters.insert(*parameter)),
            ExprKind::Table { table, .. } => drop(self.tables.insert(*table)),
            _ => {}
        }
        expr.parts().into_iter().for_each(|part| self.add(part, lines));
    }
}

/// Whether an expression is worked out over rows or cases, so that one case does not show it.
pub(crate) fn is_collective(expr: &Expr) -> bool {
    matches!(
        expr.kind,
        ExprKind::SumOfRows(_)
            | ExprKind::CountOfRows(_)
            | ExprKind::StatisticOfRows { .. }
            | ExprKind::OverAll { .. }
            | ExprKind::CountOfCases { .. }
    )
}

/// Every part of an expression that belongs to the case itself, with the way to it; those inside another come after it.
pub(crate) fn own_parts(expr: &Expr) -> Vec<(Vec<usize>, &Expr)> {
    let mut found = Vec::new();
    let mut open = vec![(Vec::new(), expr)];
    while let Some((way, expr)) = open.pop() {
        if !is_collective(expr) {
            let parts = expr.parts().into_iter().enumerate().rev();
            open.extend(parts.map(|(place, part)| ([way.as_slice(), &[place]].concat(), part)));
        }
        found.push((way, expr));
    }
    found
}

/// An expression with another in the place that a way leads to; itself where the way leads nowhere.
pub(crate) fn with_part(expr: &Expr, way: &[usize], part: ExprKind) -> Expr {
    let mut changed = expr.clone();
    let mut at = &mut changed;
    for place in way {
        let Some(next) = at.parts_mut().into_iter().nth(*place) else { return expr.clone() };
        at = next;
    }
    at.kind = part;
    changed
}
