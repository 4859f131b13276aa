//! L0101: a step at which a payment jumps.
//!
//! A comparison or the border between two rows of a scale is a step. From each example, one of its figures is moved
//! until the step is reached exactly; there the payment is worked out as on the one side and as on the other. What is
//! said is the greatest of these jumps.

use super::finding;
use crate::moving::{Figure, movable, moved};
use crate::reach::{Reach, own_parts, with_part};
use crate::view::{View, number};
use jcm_diagnostics::Diagnostic;
use jcm_model::{
    Arithmetic, Comparison, Constant, Example, Expr, ExprKind, Line, LineId, Table, TableKind, TableRow, Ty,
};
use jcm_quantity::Exact;
use jcm_source::Span;

/// The first attempt moves a figure by this part of it: so little that it stays on its side of a fold.
const ASIDE: i64 = 1024;

/// Figures that do not reach a step in so many attempts do not bend evenly.
const ATTEMPTS: usize = 8;

pub(super) fn find(view: &View<'_>, above: &Exact) -> Vec<Diagnostic> {
    let mut found: Vec<(Span, Jump)> = Vec::new();
    for id in view.behind_money().lines {
        let Some(line) = view.program.line(id).filter(|line| !line.per_row) else { continue };
        for step in steps(view, id, line) {
            let behind = Reach::of_expr(view.program, &step.beyond);
            let paid = view.paid_by(id);
            let examples = view.examples_for(&behind).filter(|example| !View::is_given(example, id));
            let jumps = examples.filter_map(|example| jump(view, &step, example, &behind, &paid));
            let greatest = jumps.reduce(|a, b| if b.size() > a.size() { b } else { a });
            let Some(greatest) = greatest.filter(|jump| jump.size() > *above) else { continue };
            match found.iter_mut().find(|(span, _)| *span == step.span) {
                Some((_, known)) if known.size() < greatest.size() => *known = greatest,
                Some(_) => {}
                None => found.push((step.span, greatest)),
            }
        }
    }
    found.into_iter().map(|(span, jump)| describe(view, span, &jump)).collect()
}

/// Two readings of a line that meet at a border.
struct Step<'e> {
    line: LineId,
    /// What is compared or looked up.
    what: &'e Expr,
    /// How far it is beyond the border.
    beyond: Expr,
    /// The line as it is below the border and above it.
    sides: [Expr; 2],
    span: Span,
}

/// A jump of a payment.
struct Jump {
    paid: LineId,
    from: Exact,
    to: Exact,
    /// What reaches the border, and the figure that it has there.
    what: String,
    at: String,
    example: Span,
}

impl Jump {
    fn size(&self) -> Exact {
        (&self.to - &self.from).abs()
    }
}

fn steps<'e>(view: &View<'e>, id: LineId, line: &'e Line) -> Vec<Step<'e>> {
    let mut steps = Vec::new();
    for (way, part) in own_parts(&line.expr) {
        let sides = |kinds: [ExprKind; 2]| kinds.map(|kind| with_part(&line.expr, &way, kind));
        match &part.kind {
            ExprKind::Compare { op, left, right } if matches!(left.ty, Ty::Number(_)) => {
                let Some(first) = side_below(*op) else { continue };
                let truth = |truth: bool| ExprKind::Constant(Constant::Truth(truth));
                let sides = sides([truth(first), truth(!first)]);
                let beyond = difference(left, right);
                steps.push(Step { line: id, what: left, beyond, sides, span: part.span });
            }
            ExprKind::Table { table, value } => {
                let Some(table) = view.program.table(*table) else { continue };
                for (border, below, above) in borders(table) {
                    let result = |number: &Exact| ExprKind::Constant(Constant::Number(number.clone()));
                    let sides = sides([result(below), result(above)]);
                    let border = Expr {
                        kind: ExprKind::Constant(Constant::Number(border.clone())),
                        ty: value.ty.clone(),
                        span: part.span,
                    };
                    let beyond = difference(value, &border);
                    let span = table.head.name_span;
                    steps.push(Step { line: id, what: value, beyond, sides, span });
                }
            }
            _ => {}
        }
    }
    steps
}

/// What a comparison says while its left side is the smaller; nothing for those that have no border.
fn side_below(op: Comparison) -> Option<bool> {
    match op {
        Comparison::Less | Comparison::LessOrEqual => Some(true),
        Comparison::Greater | Comparison::GreaterOrEqual => Some(false),
        Comparison::Equal | Comparison::NotEqual => None,
    }
}

/// The borders of a scale at which its result changes: where, from what, to what.
fn borders(table: &Table) -> impl Iterator<Item = (&Exact, &Exact, &Exact)> {
    let rows: &[TableRow] = if table.kind == TableKind::Scale { &table.rows } else { &[] };
    rows.iter().zip(rows.iter().skip(1)).filter_map(|(below, above)| {
        let (from, to) = (below.to.as_ref().unwrap_or(&below.from), &above.from);
        above.lower.as_ref().filter(|_| from != to).map(|border| (&border.value, from, to))
    })
}

fn difference(left: &Expr, right: &Expr) -> Expr {
    let (ty, span) = (left.ty.clone(), left.span);
    let (left, right) = (Box::new(left.clone()), Box::new(right.clone()));
    Expr { kind: ExprKind::Arithmetic { op: Arithmetic::Subtract, left, right }, ty, span }
}

/// The greatest jump of a payment at a step, from the figures of an example.
fn jump(
    view: &View<'_>,
    step: &Step<'_>,
    example: &Example,
    behind: &Reach,
    paid: &[LineId],
) -> Option<Jump> {
    let movable = movable(view, example, behind);
    let (figure, at_border) = movable.iter().find_map(|figure| {
        let reached = reach_border(view, step, example, figure)?;
        Some((figure, reached))
    })?;
    let worked = |side: &Expr| view.work_out(&at_border, paid, &[(step.line, side.clone())]);
    let [below, above] = &step.sides;
    let (below, above) = (worked(below)?, worked(above)?);
    let jumps = paid.iter().filter_map(|id| {
        let amount = |worked: &crate::Worked| number(worked.lines.get(&(*id, None))?).cloned();
        Some((*id, amount(&below)?, amount(&above)?))
    });
    let (paid, from, to) =
        jumps.reduce(|a, b| if (&b.2 - &b.1).abs() > (&a.2 - &a.1).abs() { b } else { a })?;
    let (what, at) = place_of(view, step, &at_border, figure)?;
    Some(Jump { paid, from, to, what, at, example: example.head.name_span })
}

/// The example with one figure moved to where the step is reached exactly; nothing where it is not reached with a
/// figure of the same sign.
fn reach_border(
    view: &View<'_>,
    step: &Step<'_>,
    example: &Example,
    (figure, given): &(Figure, Exact),
) -> Option<Example> {
    let beyond = |at: &Exact| {
        let values = view.evaluate(&moved(example, *figure, at), step.line, &step.beyond);
        number(values.first()?).cloned()
    };
    let hit = |at: &Exact| {
        let same_sign = at.is_zero() || given.is_zero() || at.is_negative() == given.is_negative();
        let possible = match figure {
            Figure::Line(id) => view.possible.line(*id).has(at),
            Figure::Input(_) => true,
        };
        (same_sign && possible).then(|| moved(example, *figure, at))
    };
    let (mut last, mut last_beyond) = (given.clone(), beyond(given)?);
    let aside = if given.is_zero() { Exact::one() } else { given.checked_div(&Exact::from_int(ASIDE))? };
    let mut at = given + aside;
    for _ in 0..ATTEMPTS {
        if last_beyond.is_zero() {
            return hit(&last);
        }
        // The next attempt is where a straight line through the last two would hit the border.
        let now = beyond(&at)?;
        let next = &at - (&now * (&at - &last)).checked_div(&(&now - &last_beyond))?;
        if next.excess_bits() > 0 {
            return None;
        }
        (last, last_beyond) = (std::mem::replace(&mut at, next), now);
    }
    None
}

/// What reaches the border and the figure that it has there: by its own name where it has one.
fn place_of(
    view: &View<'_>,
    step: &Step<'_>,
    at_border: &Example,
    figure: &(Figure, Exact),
) -> Option<(String, String)> {
    if let Some((title, named)) = named(view, step.what) {
        let value = view.evaluate(at_border, step.line, named).into_iter().next()?;
        return Some((title, view.value(&value, &named.ty)));
    }
    figure.0.named(view, at_border)
}

/// The line or input that an expression is, whatever its sign.
fn named<'e>(view: &View<'_>, expr: &'e Expr) -> Option<(String, &'e Expr)> {
    match &expr.kind {
        ExprKind::Line(id) => view.program.line(*id).map(|line| (line.head.title.clone(), expr)),
        ExprKind::Input(id) => view.program.input(*id).map(|input| (input.head.title.clone(), expr)),
        ExprKind::Absolute(inner) | ExprKind::Negate(inner) => named(view, inner),
        _ => None,
    }
}

fn describe(view: &View<'_>, span: Span, jump: &Jump) -> Diagnostic {
    let paid = view.program.line(jump.paid).map_or("", |line| &line.head.title);
    let (from, to) = (view.money(&jump.from), view.money(&jump.to));
    let said = format!("where “{}” reaches {}, “{paid}” jumps from {from} to {to}", jump.what, jump.at);
    let size = view.money(&jump.size());
    finding(said, span, format!("a difference too small to matter is worth {size} here"))
        .also(jump.example, "worked out from the figures of this example")
        .help("Let the payment rise evenly: pay for what lies beyond the step, or use a scale with `rising evenly from … to …`")
}
