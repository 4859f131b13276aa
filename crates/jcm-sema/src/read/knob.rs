//! `knob sharing_rate "Sharing rate" : percent = 50%, from 30% to 60%`

use super::population::always;
use crate::checker::Checker;
use crate::constants::{figure, range};
use crate::fields::{Fields, head, read_terms};
use crate::problems::{OutOfRange, Shape, WrongType};
use crate::units::{describe, read_type};
use jcm_model::{Constant, Parameter, ParameterOwner, Ty};
use jcm_syntax::ast::{Declaration, Operator, Term, Word};
use jcm_syntax::expression::Reader;

pub(super) fn read<'p>(cx: &mut Checker<'p>, declaration: &'p Declaration) -> Option<Parameter> {
    let head = head(cx, declaration)?;
    let fields = Fields::of(cx, declaration, None)?;
    let [first, second] = declaration.header.as_slice() else { return shape(cx, declaration) };
    let mut reader = Reader::new(first);
    if !reader.operator(Operator::Colon) {
        return shape(cx, declaration);
    }
    let rest = reader.rest();
    let Some(equal) = rest.iter().position(|term| term.operator() == Some(Operator::Equal)) else {
        return shape(cx, declaration);
    };
    let (ty_terms, value_terms) = rest.split_at_checked(equal)?;
    let ty = read_type(cx, ty_terms, first.span)?;
    let Ty::Number(unit) = &ty else {
        let found = describe(cx, &ty);
        return cx.report(WrongType {
            case: "",
            span: first.span,
            found,
            expected: "a figure with a unit".to_owned(),
            help: None,
        });
    };
    let value = read_terms(cx, value_terms.get(1..).unwrap_or(&[]))?;
    let what = format!("`{}`", head.name);
    let (value_span, value) = (value.span, figure(cx, &value, unit, &what)?);
    let mut reader = Reader::new(second);
    if !reader.word(Word::From) {
        return shape(cx, declaration);
    }
    let from: &[Term] = reader.until(&[Word::To]);
    if !reader.word(Word::To) {
        return shape(cx, declaration);
    }
    let from = read_terms(cx, from)?;
    let to = read_terms(cx, reader.rest())?;
    let (from, to) = (figure(cx, &from, unit, &what)?, figure(cx, &to, unit, &what)?);
    if from > to {
        let what = format!("the range of {what}");
        let value = range(&from, &to, unit);
        let range = "what a range can be: its smaller end comes first".to_owned();
        return cx.report(OutOfRange { what, span: second.span, value, range });
    }
    if value < from || value > to {
        let shown = jcm_quantity::show(&value, unit);
        let range = range(&from, &to, unit);
        return cx.report(OutOfRange { what, span: value_span, value: shown, range });
    }
    let rows = vec![always(Constant::Number(value))];
    let source = fields.text(cx, "source");
    Some(Parameter {
        head,
        owner: ParameterOwner::Knob { from, to },
        keys: Vec::new(),
        columns: vec![(String::new(), ty)],
        rows,
        source,
    })
}

fn shape<T>(cx: &mut Checker<'_>, declaration: &Declaration) -> Option<T> {
    if declaration.broken {
        return None;
    }
    if let Some(problem) = crate::fields::comma_for_point(cx, &declaration.header) {
        return cx.report(problem);
    }
    cx.report(Shape {
        what: "this knob".to_owned(),
        span: declaration.span,
        expected: "a unit, the figure, and its range".to_owned(),
        example: "knob sharing_rate \"Sharing rate\" : percent = 50%, from 30% to 60%".to_owned(),
    })
}
