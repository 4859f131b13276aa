//! `vary actual_cost ~ normal, mean 99% of alliance_fund.budget, sd 3%`

use crate::checker::Checker;
use crate::fields::read_terms;
use crate::problems::{Shape as BadShape, UnitMismatch, UnknownName, WrongKind, near};
use crate::read::{elsewhere, measure};
use crate::typing::{self, Scope, kind_words};
use crate::units::describe;
use jcm_model::{Change, Constant, Def, Expr, ExprKind, Figure, InputId, MeasureId, Shape, Ty, Vary};
use jcm_quantity::Unit;
use jcm_syntax::ast::{Member, Name, Operator, Term, Word};
use jcm_syntax::expression::Reader;

/// Reads the statement.
pub(super) fn vary(cx: &mut Checker<'_>, scope: &Scope, member: &Member) -> Option<Vary> {
    if member.broken {
        return None;
    }
    let (first, rest) = member.value.split_first()?;
    let mut reader = Reader::new(first);
    reader.next();
    let Some(path) = reader.path() else { return shape_of(cx, member, Shape::Normal) };
    let (input, whole) = drawn(cx, scope, path)?;
    let Some(Ty::Number(unit)) = ty_of(cx, input, whole) else {
        let (name, span) = (joined(path), path.first()?.span.to(path.last()?.span));
        let (found, wanted) = ("no figure".to_owned(), "an input that is a figure".to_owned());
        return cx.report(WrongKind { name, span, found, wanted, near: Vec::new() });
    };
    if !reader.operator(Operator::Tilde) {
        return shape_of(cx, member, Shape::Normal);
    }
    let Some(name) = reader.name() else { return shape_of(cx, member, Shape::Normal) };
    let Some(shape) = Shape::ALL.into_iter().find(|shape| shape.name() == name.text) else {
        let names = Shape::ALL.map(Shape::name);
        let near = near(&name.text, names);
        // Where no name is like it, all of them are said, and none is put in its place.
        let wanted = match near.is_empty() {
            true => format!("distribution ({})", names.join(", ")),
            false => "distribution".to_owned(),
        };
        return cx.report(UnknownName { name: name.text.clone(), span: name.span, wanted, near });
    };
    let column = match of_history(shape).then(|| column(&mut reader)) {
        Some(None) => return shape_of(cx, member, shape),
        Some(Some(column)) => column,
        None => None,
    };
    let (mut figures, mut changes) = (Vec::new(), Vec::new());
    let mut part = Part { cx, scope, unit: &unit, shape, member };
    part.phrase(reader.rest(), &mut figures)?;
    for phrase in rest {
        match part.change(phrase)? {
            // What a missing or disputed figure means is said of each part, not of what is put together from them.
            Some(Change::Missing { .. } | Change::Disputed { .. }) if whole.is_some() => {
                return measure::one_input(cx, whole?, phrase.span).and(None);
            }
            Some(change) => changes.push(change),
            None => part.phrase(&phrase.terms, &mut figures)?,
        }
    }
    if !fits(shape, &figures) {
        return shape_of(cx, member, shape);
    }
    let per_row = cx.input(input).is_some_and(|input| input.per_row);
    Some(Vary { input, whole, unit, shape, figures, column, changes, per_row, span: member.span })
}

/// Whether a shape takes its figures from the history.
fn of_history(shape: Shape) -> bool {
    matches!(shape, Shape::Empirical | Shape::History)
}

/// `column "Total cost"`, if it is there; nothing where it is something else.
fn column(reader: &mut Reader<'_>) -> Option<Option<String>> {
    if reader.is_empty() {
        return Some(None);
    }
    let name = if reader.spelled("column") { reader.text() } else { None };
    name.filter(|_| reader.is_empty()).map(|name| Some(name.to_owned()))
}

/// What a name stands for that is drawn: an input, of an incentive, a payment or a measure; or the first part of a measure that
/// is put together from the parts of a period, with the measure, which is then drawn whole.
pub(super) fn drawn(
    cx: &mut Checker<'_>,
    scope: &Scope,
    path: &[Name],
) -> Option<(InputId, Option<MeasureId>)> {
    if let [name] = path
        && !scope.locals.contains_key(&name.text)
        && cx.names.get(&name.text).is_none()
        && let near @ [_, ..] = elsewhere::named(cx, &name.text, false).as_slice()
    {
        let (text, near) = (name.text.clone(), near.to_vec());
        let wanted = "input of the whole contract".to_owned();
        return cx.report(UnknownName { name: text, span: name.span, wanted, near });
    }
    let def = typing::resolve(cx, scope, path)?;
    match def {
        Def::Input(id) => Some((id, None)),
        Def::Measure(id) => match measure::reported(cx, id)? {
            Def::Input(input) => Some((input, None)),
            _ => {
                let measure = cx.parts.measures.get(id.index())?.as_ref()?;
                Some((measure.inputs().first().copied()?, Some(id)))
            }
        },
        other => cx.report(WrongKind {
            name: joined(path),
            span: path.first()?.span.to(path.last()?.span),
            found: kind_words(other).to_owned(),
            wanted: "an input or a measure".to_owned(),
            near: Vec::new(),
        }),
    }
}

/// What kind of figure is drawn.
fn ty_of(cx: &Checker<'_>, input: InputId, whole: Option<MeasureId>) -> Option<Ty> {
    match whole {
        Some(id) => Some(cx.parts.measures.get(id.index())?.as_ref()?.ty()),
        None => cx.input(input).map(|input| input.ty.clone()),
    }
}

fn joined(path: &[Name]) -> String {
    path.iter().map(|name| name.text.as_str()).collect::<Vec<_>>().join(".")
}

fn shape_of<T>(cx: &mut Checker<'_>, member: &Member, shape: Shape) -> Option<T> {
    if let Some(problem) = crate::fields::comma_for_point(cx, &member.value) {
        return cx.report(problem);
    }
    cx.report(BadShape {
        what: "this `vary`".to_owned(),
        span: member.span,
        expected: "an input, `~`, a distribution and its figures".to_owned(),
        example: shape.example().to_owned(),
    })
}

/// Whether a shape has the figures that it needs, each once, and no others.
fn fits(shape: Shape, figures: &[(Figure, Expr)]) -> bool {
    let count = |wanted: Figure| figures.iter().filter(|(figure, _)| *figure == wanted).count();
    let spread = count(Figure::Sd) + count(Figure::SdOfMean);
    let (from, to, likely) = (count(Figure::From), count(Figure::To), count(Figure::Likely));
    let (mean, value) = (count(Figure::Mean), count(Figure::Value));
    let (of, chance) = (count(Figure::Of), count(Figure::Chance));
    if from > 1 || to > 1 || figures.len() != spread + from + to + likely + mean + value + of + chance {
        return false;
    }
    let ends = from == 1 && to == 1;
    let rest = [mean, spread, likely, value, of, chance];
    match shape {
        Shape::Fixed => rest == [0, 0, 0, 1, 0, 0] && from + to == 0,
        Shape::OneOf => value > 0 && rest == [0, 0, 0, value, 0, 0] && from + to == 0,
        Shape::Uniform => ends && rest == [0; 6],
        Shape::Triangular | Shape::Pert => ends && rest == [0, 0, 1, 0, 0, 0],
        Shape::Normal | Shape::Lognormal | Shape::Gamma => rest == [1, 1, 0, 0, 0, 0],
        Shape::Beta => ends && mean == 1 && spread <= 1 && rest == [1, spread, 0, 0, 0, 0],
        Shape::Poisson => rest == [1, 0, 0, 0, 0, 0],
        Shape::Binomial => rest == [0, 0, 0, 0, 1, 1],
        Shape::Empirical | Shape::History => figures.is_empty(),
    }
}

/// What the figures of one statement are read with.
pub(super) struct Part<'a, 'p> {
    pub(super) cx: &'a mut Checker<'p>,
    scope: &'a Scope,
    pub(super) unit: &'a Unit,
    shape: Shape,
    pub(super) member: &'a Member,
}

impl Part<'_, '_> {
    /// Figures after the name of the distribution: `from … likely … to …`, or one such as `mean …` after a comma.
    fn phrase(&mut self, terms: &[Term], figures: &mut Vec<(Figure, Expr)>) -> Option<()> {
        let mut reader = Reader::over(terms, self.member.span.after());
        while !reader.is_empty() {
            let figure = self.figure(&mut reader);
            let ends: &[Word] = match figure {
                Figure::From | Figure::Likely | Figure::To => &[Word::Likely, Word::To],
                _ => &[],
            };
            let terms = reader.until(ends);
            // `normal(82%, 3%)` does not say which figure is which.
            let unnamed = figure == Figure::Value && !matches!(self.shape, Shape::Fixed | Shape::OneOf);
            if terms.is_empty() || unnamed {
                return shape_of(self.cx, self.member, self.shape);
            }
            let expr = self.expression(figure, terms)?;
            figures.push(expr);
        }
        Some(())
    }

    fn figure(&self, reader: &mut Reader<'_>) -> Figure {
        if reader.word(Word::From) {
            Figure::From
        } else if reader.word(Word::Likely) {
            Figure::Likely
        } else if reader.word(Word::To) {
            Figure::To
        } else if reader.word(Word::Of) {
            Figure::Of
        } else if reader.spelled("mean") {
            Figure::Mean
        } else if reader.spelled("sd") {
            Figure::Sd
        } else if reader.spelled("chance") {
            Figure::Chance
        } else {
            Figure::Value
        }
    }

    /// A figure in its unit; one without a unit is in that of the input.
    pub(super) fn expression(&mut self, figure: Figure, terms: &[Term]) -> Option<(Figure, Expr)> {
        let expr = read_terms(self.cx, terms)?;
        let needed = Ty::Number(match figure {
            Figure::Chance => Unit::percent(),
            _ => self.unit.clone(),
        });
        let typed = typing::typed(self.cx, self.scope, &expr, Some(&needed))?;
        if typing::fits(&typed.ty, &needed) {
            return Some((figure, typed));
        }
        let is_percent = typed.ty.unit().is_some_and(|unit| unit.is_none() && unit.is_percent());
        if figure == Figure::Sd && is_percent {
            return Some((Figure::SdOfMean, typed));
        }
        if let (Some(unit), ExprKind::Constant(Constant::Number(number))) = (typed.ty.unit(), &typed.kind)
            && unit.is_none()
            && !unit.is_percent()
            && self.unit.is_money().is_none()
            && !self.unit.is_percent()
            && figure != Figure::Chance
        {
            let value = number.checked_div(&self.unit.scale())?;
            return Some((
                figure,
                Expr { kind: ExprKind::Constant(Constant::Number(value)), ty: needed, span: typed.span },
            ));
        }
        let bare = typed.ty.unit().is_some_and(|unit| unit.is_none() && !unit.is_percent());
        let is_figure = matches!(typed.kind, ExprKind::Constant(_));
        let percent = needed.unit().is_some_and(Unit::is_percent) && bare && is_figure;
        let plain = needed.unit().is_some_and(|unit| unit.is_none() && !unit.is_percent()) && is_figure;
        let text = self.cx.text(typed.span);
        // Of `200 people` the number is left where a plain one is needed.
        let number =
            text.split_whitespace().next().filter(|word| word.starts_with(|c: char| c.is_ascii_digit()));
        let number = number.filter(|word| plain && !word.ends_with('%') && *word != text);
        let mend = if percent { Some(format!("{text}%")) } else { number.map(str::to_owned) };
        let problem = UnitMismatch {
            span: typed.span,
            found: describe(self.cx, &typed.ty),
            expected: describe(self.cx, &needed),
            why: "for this distribution".to_owned(),
            declared: None,
            mend,
        };
        self.cx.report(problem)
    }
}
