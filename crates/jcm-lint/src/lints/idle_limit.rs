//! L0107: a cap or floor that is never reached, whatever the data are.

use super::finding;
use crate::possible::{Here, visit};
use crate::view::View;
use jcm_diagnostics::Diagnostic;
use jcm_model::{Constant, Expr, ExprKind, Line};
use jcm_quantity::{End, Exact};

pub(super) fn find(view: &View<'_>, _: &Exact) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for line in &view.program.lines {
        visit(&view.possible, &line.expr, &Here::new(), &mut |expr, here| {
            let of = |expr: &Expr| view.possible.number(expr, here);
            match &expr.kind {
                ExprKind::AtLeast { value, limit } => {
                    let (inner, floor) = (of(value), of(limit));
                    if let Some(low) = reaches(&inner.low, &floor.high, End::ge) {
                        let idle = Idle { what: "floor", side: "below", value, limit, end: low };
                        found.push(describe(view, line, idle));
                    }
                }
                ExprKind::AtMost { value, limit } => {
                    let (inner, cap) = (of(value), of(limit));
                    if let Some(high) = reaches(&inner.high, &cap.low, End::le) {
                        let idle = Idle { what: "cap", side: "above", value, limit, end: high };
                        found.push(describe(view, line, idle));
                    }
                }
                _ => {}
            }
        });
    }
    found
}

/// The end of a value's range, if it stops at the limit or before; both must be numbers.
fn reaches(end: &End, limit: &End, stops: fn(&End, &End) -> bool) -> Option<Exact> {
    limit.number()?;
    end.number().filter(|_| stops(end, limit)).cloned()
}

/// A limit, and the end that what it limits never goes beyond.
struct Idle<'e> {
    what: &'static str,
    side: &'static str,
    value: &'e Expr,
    limit: &'e Expr,
    end: Exact,
}

fn describe(view: &View<'_>, line: &Line, idle: Idle<'_>) -> Diagnostic {
    let Idle { what, side, value, limit, end } = idle;
    let end = view.value(&Constant::Number(end), &value.ty);
    let said = format!("“{}”: the {what} `{}` is never reached", line.head.title, view.words(limit.span));
    finding(said, limit.span, format!("`{}` is never {side} {end}", view.words(value.span)))
        .help(format!("Set the {what} where it is meant to hold, or remove it"))
}
