//! `score quality "…" : percent { admissions 60% by quality_points of progress from baseline to target }`

use super::share::{percent_forgotten, without_percent};
use super::{measure, refer};
use crate::checker::Checker;
use crate::fields::{Fields, head};
use crate::problems::{DuplicateName, NoFigureOfMeasure, Shape, UnitMismatch, WeightsSum, WrongCount};
use crate::units::{describe, describe_unit, number, read_type};
use jcm_model::{
    Def, Expr, ExprKind, Head, Line, LineId, LineOwner, MeasureId, MeasureUse, Score, ScoreId, TableId, Ty,
    WeightRule,
};
use jcm_quantity::{Exact, Unit, show};
use jcm_source::Span;
use jcm_syntax::ast::{Declaration, Member, Name, Operator, Word};
use jcm_syntax::expression::Reader;

/// Reads every score of the contract.
pub(super) fn read_all<'p>(cx: &mut Checker<'p>) {
    let declarations = cx.names.numbered("score");
    let one = |cx: &mut Checker<'p>, id: u32, declaration: &'p Declaration| {
        let home = cx.names.enter(declaration);
        let of = ScoreId(id);
        let read = |cx: &mut Checker<'p>| read(cx, declaration, of);
        let score = cx.remembered(("score", id), Some(Def::Score(of)), declaration, read);
        cx.names.go_home(home);
        score
    };
    cx.read_ahead("score", &declarations, one);
    cx.parts.scores = declarations.into_iter().map(|(id, declaration)| one(cx, id, declaration)).collect();
}

fn read<'p>(cx: &mut Checker<'p>, declaration: &'p Declaration, id: ScoreId) -> Option<Score> {
    let head = head(cx, declaration)?;
    let fields = Fields::of(cx, declaration, None)?;
    let unit = unit(cx, declaration)?;
    let missing = missing(cx, &fields)?;
    let mut parts: Vec<(Exact, LineId, Span, String)> = Vec::new();
    let mut failed = false;
    for member in &fields.others {
        match part(cx, &fields, member, &head, id, &unit) {
            Some(part) => {
                if let Some((_, _, first, _)) = parts.iter().find(|(_, _, _, name)| *name == part.3) {
                    let problem = DuplicateName { name: part.3.clone(), span: part.2, first: *first };
                    cx.report::<()>(problem);
                }
                parts.push(part);
            }
            None => failed = true,
        }
    }
    if failed {
        return None;
    }
    check_weights(cx, &head, &parts);
    let line = total(cx, &head, id, &unit, &parts, missing);
    let parts = parts.into_iter().map(|(weight, line, _, _)| (weight, line)).collect();
    Some(Score { head, parts, missing, line })
}

fn unit(cx: &mut Checker<'_>, declaration: &Declaration) -> Option<Unit> {
    let header = declaration.header.first();
    let mut reader = header.map(Reader::new);
    let colon = reader.as_mut().is_some_and(|reader| reader.operator(Operator::Colon));
    let (Some(reader), Some(header), true) = (reader, header, colon) else {
        return cx.report(Shape {
            what: "this score".to_owned(),
            span: declaration.kind_span,
            expected: "a colon and a unit after the title".to_owned(),
            example: "score quality \"Quality score\" : percent {".to_owned(),
        });
    };
    match read_type(cx, reader.rest(), header.span)? {
        Ty::Number(unit) => Some(unit),
        _ => None,
    }
}

fn missing<'p>(cx: &mut Checker<'p>, fields: &Fields<'p>) -> Option<WeightRule> {
    match fields.text(cx, "missing").as_str() {
        "reweight the rest" => Some(WeightRule::Reweight),
        "zero" => Some(WeightRule::Zero),
        "refuse" | "" => Some(WeightRule::Missing),
        _ => fields.shape(cx, "missing"),
    }
}

/// `measure 60% by table of progress from baseline to target`
fn part<'p>(
    cx: &mut Checker<'p>,
    fields: &Fields<'p>,
    member: &'p Member,
    of: &Head,
    id: ScoreId,
    unit: &Unit,
) -> Option<(Exact, LineId, Span, String)> {
    let [phrase] = member.value.as_slice() else {
        fields.report_stray(cx, member);
        return None;
    };
    let mut reader = Reader::new(phrase);
    let name = reader.name();
    let weight_span = reader.span_here();
    let weight = reader.percent();
    let (Some(name), Some(weight), None) = (name, weight, &member.key) else {
        if let (Some(name), None, Some(mend)) =
            (name, &member.key, percent_forgotten(cx, phrase, weight_span))
        {
            return without_percent(cx, weight_span, &format!("for the weight of `{}`", name.text), mend);
        }
        fields.report_stray(cx, member);
        return None;
    };
    let weight = number(cx, weight, weight_span)? * Exact::ten_to(-2);
    let measure = refer::refer(cx, name, "measure", |def| match def {
        Def::Measure(id) => Some(id),
        _ => None,
    })?;
    for_payment(cx, measure, name)?;
    let expr = if cx.parts.measures.get(measure.index())?.as_ref()?.choice.is_some() {
        by_choice(cx, measure, name, &mut reader)?
    } else if reader.is_empty() {
        plain(cx, measure, name)?
    } else {
        by_table(cx, of, id, measure, name, &mut reader)?
    };
    if !expr.ty.unit()?.same_kind(unit) {
        return cx.report(UnitMismatch {
            span: phrase.span,
            found: describe_unit(expr.ty.unit()?),
            expected: describe_unit(unit),
            why: format!("for the score `{}`", of.name),
            declared: Some((of.name_span, "the unit is stated here".to_owned())),
            mend: None,
        });
    }
    let title = cx.parts.measures.get(measure.index())?.as_ref()?.head.title.clone();
    let line = part_line(of, id, name, &title, expr, phrase.span);
    let line = cx.add_line(line);
    cx.members.insert(Def::Score(id), name.text.clone(), Def::Line(line));
    Some((weight, line, weight_span, name.text.clone()))
}

fn for_payment(cx: &mut Checker<'_>, measure: MeasureId, name: &Name) -> Option<()> {
    let used_for = cx.parts.measures.get(measure.index())?.as_ref()?.used_for;
    if used_for == MeasureUse::Payment {
        return Some(());
    }
    let declared = measure::name_span(cx, measure)?;
    cx.report(crate::problems::NotForPayment { measure: name.text.clone(), span: name.span, declared })
}

fn part_line(of: &Head, id: ScoreId, name: &Name, title: &str, expr: Expr, span: Span) -> Line {
    let head = Head {
        name: format!("{}.{}", of.name, name.text),
        title: title.to_owned(),
        doc: String::new(),
        span,
        name_span: name.span,
    };
    Line { head, owner: LineOwner::Score(id), ty: expr.ty.clone(), per_row: false, expr }
}

/// The measure's own figure.
fn plain(cx: &mut Checker<'_>, measure: MeasureId, name: &Name) -> Option<Expr> {
    measure::figure(cx, measure, name.span)
}

/// `by rating_points for performance`: what a parameter holds for the choice that is reported.
fn by_choice(cx: &mut Checker<'_>, measure: MeasureId, name: &Name, reader: &mut Reader<'_>) -> Option<Expr> {
    let span = reader.span_here();
    let table = if reader.word(Word::By) { reader.name() } else { None };
    let (Some(table), true, true, true) =
        (table, reader.word(Word::For), reader.spelled("performance"), reader.is_empty())
    else {
        return cx.report(Shape {
            what: "this part of the score".to_owned(),
            span,
            expected: format!(
                "`by`, a parameter with a figure for each choice that `{}` can report, and `for performance`",
                name.text
            ),
            example: "inspection  20%  by rating_points for performance".to_owned(),
        });
    };
    let id = refer::refer(cx, table, "parameter", |def| match def {
        Def::Parameter(id) => Some(id),
        _ => None,
    })?;
    let value = plain(cx, measure, name)?;
    let parameter = cx.parameter(id)?;
    let (keys, gives) = (parameter.keys.clone(), parameter.columns.first()?.1.clone());
    let [(_, key)] = keys.as_slice() else {
        let found = keys.len();
        let expected = "one key, which is the choice of the measure".to_owned();
        return cx.report(WrongCount { what: table.text.clone(), span: table.span, found, expected });
    };
    let mismatch = |found: String, expected: String, why: &str| UnitMismatch {
        span: table.span,
        found,
        expected,
        why: why.to_owned(),
        declared: None,
        mend: None,
    };
    if *key != value.ty {
        let problem = mismatch(describe(cx, key), describe(cx, &value.ty), "as the key of this parameter");
        return cx.report(problem);
    }
    if gives.unit().is_none() {
        let problem = mismatch(describe(cx, &gives), "a figure".to_owned(), "for a part of a score");
        return cx.report(problem);
    }
    Some(Expr { kind: ExprKind::Parameter { parameter: id, column: 0, keys: vec![value] }, ty: gives, span })
}

/// `by table of progress from baseline to target`, `by table of the figure`.
fn by_table(
    cx: &mut Checker<'_>,
    of: &Head,
    id: ScoreId,
    measure: MeasureId,
    name: &Name,
    reader: &mut Reader<'_>,
) -> Option<Expr> {
    let span = reader.span_here();
    let table = if reader.word(Word::By) { reader.name() } else { None };
    let Some(table) = table else { return part_shape(cx, span) };
    let table_id = table_of(cx, table)?;
    if !reader.word(Word::Of) {
        return part_shape(cx, span);
    }
    let value = if reader.spelled("progress") {
        progress(cx, of, id, measure, name, reader)?
    } else if reader.spelled("performance") && reader.is_empty() {
        plain(cx, measure, name)?
    } else {
        return part_shape(cx, span);
    };
    let (needed, gives) = {
        let table = cx.parts.tables.get(table_id.index())?.as_ref()?;
        (table.of.clone(), table.gives.clone())
    };
    if !value.ty.unit()?.same_kind(&needed) {
        return cx.report(UnitMismatch {
            span,
            found: describe_unit(value.ty.unit()?),
            expected: describe_unit(&needed),
            why: format!("to be looked up in `{}`", table.text),
            declared: None,
            mend: None,
        });
    }
    Some(Expr {
        kind: ExprKind::Table { table: table_id, value: Box::new(value) },
        ty: Ty::Number(gives),
        span,
    })
}

fn table_of(cx: &mut Checker<'_>, name: &Name) -> Option<TableId> {
    refer::refer(cx, name, "scale", |def| match def {
        Def::Table(id) => Some(id),
        _ => None,
    })
}

/// `from baseline to target`, as a line of its own so that it can be seen.
fn progress(
    cx: &mut Checker<'_>,
    of: &Head,
    id: ScoreId,
    measure: MeasureId,
    name: &Name,
    reader: &mut Reader<'_>,
) -> Option<Expr> {
    let span = reader.span_here();
    let stated = reader.word(Word::From)
        && reader.spelled("baseline")
        && reader.word(Word::To)
        && reader.spelled("target");
    if !stated || !reader.is_empty() {
        return part_shape(cx, span);
    }
    let from = figure_of(cx, measure, name, "baseline")?;
    let to = figure_of(cx, measure, name, "target")?;
    let value = plain(cx, measure, name)?;
    let kind = ExprKind::Progress { value: Box::new(value), from: Box::new(from), to: Box::new(to) };
    let expr = Expr { kind, ty: Ty::Number(Unit::percent()), span };
    let title = format!("Progress: {}", cx.parts.measures.get(measure.index())?.as_ref()?.head.title);
    let mut line = part_line(of, id, name, &title, expr, span);
    line.head.name = format!("{}.{}.progress", of.name, name.text);
    let line = cx.add_line(line);
    cx.members.insert(Def::Score(id), format!("{}.progress", name.text), Def::Line(line));
    Some(Expr { kind: ExprKind::Line(line), ty: Ty::Number(Unit::percent()), span })
}

/// A measure's baseline or target.
fn figure_of(cx: &mut Checker<'_>, measure: MeasureId, name: &Name, part: &str) -> Option<Expr> {
    let Some(Def::Parameter(id)) = cx.members.get(Def::Measure(measure), part) else {
        let (measure, part) = (name.text.clone(), part.to_owned());
        return cx.report(NoFigureOfMeasure { measure, part, span: name.span });
    };
    let ty = cx.parameter(id)?.columns.first()?.1.clone();
    Some(Expr {
        kind: ExprKind::Parameter { parameter: id, column: 0, keys: Vec::new() },
        ty,
        span: name.span,
    })
}

fn part_shape<T>(cx: &mut Checker<'_>, span: Span) -> Option<T> {
    cx.report(Shape {
        what: "this part of the score".to_owned(),
        span,
        expected: "`by` a scale `of progress from baseline to target`, or `of performance`".to_owned(),
        example: "emergency_admissions  60%  by quality_points of progress from baseline to target"
            .to_owned(),
    })
}

fn check_weights(cx: &mut Checker<'_>, head: &Head, parts: &[(Exact, LineId, Span, String)]) {
    let sum: Exact = parts.iter().map(|(weight, ..)| weight.clone()).sum();
    if sum != Exact::one() {
        let rows = parts.iter().map(|(weight, _, span, _)| (*span, show(weight, &Unit::percent()))).collect();
        let sum = show(&sum, &Unit::percent());
        cx.report::<()>(WeightsSum { score: head.name.clone(), span: head.name_span, sum, rows });
    }
}

fn total(
    cx: &mut Checker<'_>,
    head: &Head,
    id: ScoreId,
    unit: &Unit,
    parts: &[(Exact, LineId, Span, String)],
    missing: WeightRule,
) -> LineId {
    let ty = Ty::Number(unit.clone());
    let of = |line: &LineId| Expr { kind: ExprKind::Line(*line), ty: ty.clone(), span: head.span };
    let parts = parts.iter().map(|(weight, line, _, _)| (weight.clone(), of(line))).collect();
    let expr = Expr { kind: ExprKind::Weighted { parts, missing }, ty: ty.clone(), span: head.span };
    cx.add_line(Line { head: head.clone(), owner: LineOwner::Score(id), ty, per_row: false, expr })
}
