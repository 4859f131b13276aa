//! L0117: a case of a line, or a row of a scale, that no example reaches.

use super::finding;
use crate::reach::{Reach, own_parts};
use crate::view::{View, number};
use jcm_diagnostics::Diagnostic;
use jcm_model::{Constant, End, Expr, ExprKind, LineId, Table, TableId, TableKind, TableRow, Ty};
use jcm_quantity::{Exact, Unit};
use jcm_source::Span;
use std::collections::{BTreeMap, BTreeSet};

/// More rows than these are counted and not named.
const NAMED: usize = 3;

pub(super) fn find(view: &View<'_>, _: &Exact) -> Vec<Diagnostic> {
    if !view.own_examples {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut looked_up: BTreeMap<TableId, BTreeSet<Exact>> = BTreeMap::new();
    for id in view.behind_money().lines {
        let Some(line) = view.program.line(id) else { continue };
        for (_, part) in own_parts(&line.expr) {
            match &part.kind {
                // A case of a function is one of several lines, and tried by any of them.
                ExprKind::When { cases, otherwise } if is_inside(part.span, line.head.span) => {
                    let taken = results(view, id, &which(cases, otherwise, part));
                    let values = cases.iter().map(|(value, _)| value).chain([otherwise.as_ref()]);
                    let untried: Vec<&Expr> = values
                        .zip(0i64..)
                        .filter(|(_, place)| !taken.contains(&Exact::from_int(*place)))
                        .map(|(value, _)| value)
                        .collect();
                    if !taken.is_empty() {
                        found.extend(untried.iter().map(|value| untried_case(view, &line.head.title, value)));
                    }
                }
                ExprKind::Table { table, value } => {
                    looked_up.entry(*table).or_default().extend(results(view, id, value));
                }
                _ => {}
            }
        }
    }
    for (id, values) in looked_up.into_iter().filter(|(_, values)| !values.is_empty()) {
        found.extend(view.program.table(id).and_then(|table| untried_rows(view, table, &values)));
    }
    found
}

/// What an expression of a line comes to in the examples that work the line out.
fn results(view: &View<'_>, line: LineId, expr: &Expr) -> BTreeSet<Exact> {
    let behind = Reach::of_expr(view.program, expr);
    let computed = view.examples_for(&behind).filter(|example| !View::is_given(example, line));
    let values = computed.flat_map(|example| view.evaluate(example, line, expr));
    values.filter_map(|value| number(&value).cloned()).collect()
}

/// The place of the case that is taken.
fn which(cases: &[(Expr, Expr)], otherwise: &Expr, whole: &Expr) -> Expr {
    let place = |place: i64, of: &Expr| Expr {
        kind: ExprKind::Constant(Constant::Number(place.into())),
        ty: Ty::Number(Unit::none()),
        span: of.span,
    };
    let last = i64::try_from(cases.len()).unwrap_or(i64::MAX);
    let cases =
        cases.iter().zip(0i64..).map(|((value, condition), at)| (place(at, value), condition.clone()));
    let kind = ExprKind::When { cases: cases.collect(), otherwise: Box::new(place(last, otherwise)) };
    Expr { kind, ty: Ty::Number(Unit::none()), span: whole.span }
}

fn untried_case(view: &View<'_>, line: &str, value: &Expr) -> Diagnostic {
    let said = format!("no example reaches the case `{}` of “{line}”", view.words(value.span));
    finding(said, value.span, "what follows from it has never been worked out")
        .help("Add an example with figures that lead here, worked by hand")
}

fn untried_rows(view: &View<'_>, table: &Table, values: &BTreeSet<Exact>) -> Option<Diagnostic> {
    let reached = |row: &&TableRow| {
        values.iter().any(|value| match table.kind {
            TableKind::Scale => holds(row, value),
            TableKind::Bands => goes_through(row, value),
        })
    };
    let untried: Vec<&TableRow> = table.rows.iter().filter(|row| !reached(row)).collect();
    let rows: Vec<String> = untried.iter().take(NAMED).map(|row| in_words(view, table, row)).collect();
    let named = match untried.len().checked_sub(NAMED) {
        None if rows.is_empty() => return None,
        None | Some(0) => rows.join("; "),
        Some(more) => format!("{}; and {more} more", rows.join("; ")),
    };
    let (count, all, title) = (untried.len(), table.rows.len(), &table.head.title);
    let said = format!("no example reaches {count} of the {all} rows of “{title}”: {named}");
    Some(
        finding(said, table.head.name_span, "what these rows give has never been worked out")
            .help("Add an example with a figure in such a row, worked by hand"),
    )
}

fn holds(row: &TableRow, value: &Exact) -> bool {
    let above = |end: &End| *value > end.value || (end.included && *value == end.value);
    let below = |end: &End| *value < end.value || (end.included && *value == end.value);
    row.lower.as_ref().is_none_or(above) && row.upper.as_ref().is_none_or(below)
}

/// Whether a part of what lies between nothing and a value falls into a band.
fn goes_through(row: &TableRow, value: &Exact) -> bool {
    let from = row.lower.as_ref().is_none_or(|end| end.value < *value.max(&Exact::zero()));
    let to = row.upper.as_ref().is_none_or(|end| end.value > *value.min(&Exact::zero()));
    from && to
}

fn is_inside(part: Span, whole: Span) -> bool {
    part.file == whole.file && whole.start <= part.start && part.end <= whole.end
}

fn in_words(view: &View<'_>, table: &Table, row: &TableRow) -> String {
    let shown = |end: &End| view.value(&Constant::Number(end.value.clone()), &Ty::Number(table.of.clone()));
    match (&row.lower, &row.upper) {
        (Some(lower), Some(upper)) => {
            // `500 to 999 people`: the words of the unit are said once.
            let (from, least) = (if lower.included { "" } else { "above " }, shown(lower));
            let to = if upper.included { "to" } else { "to below" };
            format!("{from}{} {to} {}", least.split(' ').next().unwrap_or_default(), shown(upper))
        }
        (Some(lower), None) if lower.included => format!("{} or more", shown(lower)),
        (Some(lower), None) => format!("above {}", shown(lower)),
        (None, Some(upper)) if upper.included => format!("{} or less", shown(upper)),
        (None, Some(upper)) => format!("below {}", shown(upper)),
        (None, None) => "any".to_owned(),
    }
}
