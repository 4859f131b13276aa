//! What the steps of a scale move in the lines that use it, so that a step in percent is also said in money.

use crate::document::plain;
use crate::english::{Wording, inside};
use crate::picture::plot::Step;
use crate::places::with_ids;
use jcm_model::{Arithmetic, Constant, Def, Expr, ExprKind, Line, LineId, Table, TableId, Ty};
use jcm_quantity::{Base, Unit, show};

/// The most lines of which it is said: a scale that is used by more says where it stands and no more.
const MOST: usize = 3;

/// `That moves the rebate (Schedule 3B, line 21) by 15% of the saving of the bid.`
pub(super) fn by(w: &Wording<'_>, id: TableId, table: &Table, steps: &[Step]) -> String {
    if !table.gives.is_percent() {
        return String::new();
    }
    let used = uses(w, id);
    if used.len() > MOST {
        return String::new();
    }
    let sentence = |(line, whole): (LineId, &Expr)| {
        let what = plain(&w.reference(Def::Line(line), "moves "));
        let parts: Vec<String> =
            steps.iter().map(|step| part(w, table, step, line, whole, steps.len())).collect();
        format!("That moves {what} {}.", crate::diagrams::listed(&parts))
    };
    used.into_iter().map(sentence).collect::<Vec<_>>().join(" ")
}

/// `by 15% of the saving at 3.5 stars`; an amount where what is shared is stated.
fn part(w: &Wording<'_>, table: &Table, step: &Step, line: LineId, whole: &Expr, steps: usize) -> String {
    let amount = match (&whole.kind, &whole.ty) {
        (ExprKind::Constant(Constant::Number(value)), Ty::Number(unit)) => {
            show(&(&step.apart() * value), unit)
        }
        _ => format!("{} of {}", show(&step.apart(), &table.gives), plain(&w.words_in(whole, Some(line)))),
    };
    match steps {
        1 => format!("by {amount}"),
        _ => format!("by {amount} at {}", show(&step.at, &table.of)),
    }
}

/// The lines that take a share as large as the scale says, and of what.
fn uses<'p>(w: &Wording<'p>, id: TableId) -> Vec<(LineId, &'p Expr)> {
    let lines = || with_ids(&w.program.lines, LineId);
    let is_result = |line: &Line| matches!(&line.expr.kind, ExprKind::Table { table, .. } if *table == id);
    let results: Vec<LineId> = lines().filter(|(_, line)| is_result(line)).map(|(id, _)| id).collect();
    let share = |expr: &Expr| match &expr.kind {
        ExprKind::Table { table, .. } => *table == id,
        ExprKind::Line(line) => results.contains(line),
        _ => false,
    };
    let mut found = Vec::new();
    for (line, own) in lines() {
        inside(&own.expr, &mut |part| {
            let ExprKind::Arithmetic { op: Arithmetic::Of | Arithmetic::Multiply, left, right } = &part.kind
            else {
                return;
            };
            let whole = match (share(left), share(right)) {
                (true, false) => right,
                (false, true) => left,
                _ => return,
            };
            if is_amount(&whole.ty) && !found.iter().any(|(known, _)| *known == line) {
                found.push((line, &**whole));
            }
        });
    }
    found
}

/// Whether a share of it is money.
fn is_amount(ty: &Ty) -> bool {
    let of_money = |unit: &Unit| unit.dims().iter().any(|(base, _)| matches!(base, Base::Money(_)));
    ty.unit().is_some_and(of_money)
}
