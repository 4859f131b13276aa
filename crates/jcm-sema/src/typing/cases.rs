//! `cases of track, progress { basic, below 50% : 0% … }`: a table with a row for every case.

use super::{Scope, choosing, make, typed, wrong_type};
use crate::checker::Checker;
use crate::checks::{Axis, Row, check_cases};
use crate::problems::{Shape, UnknownName, WrongCount, near};
use crate::read::table_ends;
use crate::units::describe;
use jcm_model::{CaseKey, Comparison, Constant, End, Expr, ExprKind, Ty};
use jcm_source::Span;
use jcm_syntax::ast::{Member, Phrase, Term, Word};
use jcm_syntax::expression as syn;

pub(super) fn cases(
    cx: &mut Checker<'_>,
    scope: &Scope,
    of: &[syn::Expr],
    members: &[Member],
    span: Span,
    expected: Option<&Ty>,
) -> Option<Expr> {
    let of: Vec<Option<Expr>> = of.iter().map(|subject| self::subject(cx, scope, subject)).collect();
    let of: Vec<Expr> = of.into_iter().collect::<Option<_>>()?;
    let head = of.last().map_or(span, |last| Span::new(span.file, span.start, last.span.end));
    let mut rows: Vec<Row> = Vec::new();
    let mut made: Vec<(Expr, Expr)> = Vec::new();
    let (mut otherwise, mut ty, mut failed) = (None, None, false);
    for member in members {
        let last = otherwise.is_some();
        let key = if last { None } else { self::key(cx, member, &of) };
        if last {
            row_shape::<()>(cx, member, "nothing after `otherwise`: it comes last");
        }
        let value = value(cx, scope, member, expected, &mut ty);
        match (key, value) {
            (Some(Key::Otherwise), Some(value)) => otherwise = Some((value, member.span)),
            (Some(Key::Row(keys)), Some(value)) => {
                made.push((value, condition(&of, &keys, member.span)));
                rows.push(Row { keys, span: crate::fields::key_span(member) });
            }
            _ => failed = true,
        }
    }
    if failed {
        return None;
    }
    let Some((first, _)) = made.first() else { return no_rows(cx, head) };
    let ty = first.ty.clone();
    let axes: Vec<Axis> = of.iter().map(|subject| axis(cx, subject)).collect();
    check_cases(cx, &axes, &rows, head, otherwise.as_ref().map(|(_, span)| *span))?;
    let keys = rows.into_iter().map(|row| row.keys).collect();
    let otherwise = otherwise.map(|(value, _)| Box::new(value));
    make(ExprKind::Cases { of, keys, rows: made, otherwise }, ty, span)
}

/// What cases can be of: a choice, a figure, or yes and no.
fn subject(cx: &mut Checker<'_>, scope: &Scope, subject: &syn::Expr) -> Option<Expr> {
    let subject = typed(cx, scope, subject, None)?;
    if matches!(subject.ty, Ty::Choice(_) | Ty::Number(_) | Ty::Truth) {
        return Some(subject);
    }
    let found = describe(cx, &subject.ty);
    wrong_type(cx, subject.span, &found, "a choice, a figure, or yes or no", None)
}

enum Key {
    Row(Vec<CaseKey>),
    Otherwise,
}

/// `enhanced, 50% to below 80%`, `otherwise`.
fn key(cx: &mut Checker<'_>, member: &Member, of: &[Expr]) -> Option<Key> {
    let Some(phrases) = member.key.as_deref() else {
        return row_shape(cx, member, "what the row is for, a colon, and what it gives");
    };
    if let [only] = phrases
        && only.is_words(&[Word::Otherwise])
    {
        return Some(Key::Otherwise);
    }
    if phrases.len() != of.len() {
        let subjects: Vec<String> = of.iter().map(|subject| format!("`{}`", cx.text(subject.span))).collect();
        return cx.report(WrongCount {
            what: "this row".to_owned(),
            span: crate::fields::key_span(member),
            found: phrases.len(),
            expected: format!("one part for each of {}", subjects.join(" and ")),
        });
    }
    let keys: Vec<Option<CaseKey>> =
        phrases.iter().zip(of).map(|(phrase, subject)| part(cx, member, phrase, subject)).collect();
    keys.into_iter().collect::<Option<_>>().map(Key::Row)
}

fn part(cx: &mut Checker<'_>, member: &Member, phrase: &Phrase, subject: &Expr) -> Option<CaseKey> {
    let word = phrase.single().and_then(Term::name).map(|name| name.text.as_str());
    if word == Some("any") {
        return Some(CaseKey::Any);
    }
    match &subject.ty {
        Ty::Choice(id) => members(cx, member, phrase, *id),
        Ty::Truth => match word {
            Some("yes") => Some(CaseKey::Truth(true)),
            Some("no") => Some(CaseKey::Truth(false)),
            _ => row_shape(cx, member, "`yes`, `no` or `any` where the table is of a condition"),
        },
        _ => {
            let (lower, upper) = table_ends(cx, phrase, subject.ty.unit()?)?;
            if let (Some(lower), Some(upper)) = (&lower, &upper)
                && (lower.value > upper.value
                    || (lower.value == upper.value && !(lower.included && upper.included)))
            {
                return row_shape(cx, member, "figures from the lower to the higher");
            }
            Some(CaseKey::Range { lower, upper })
        }
    }
}

/// `enhanced`, `basic or enhanced`.
fn members(
    cx: &mut Checker<'_>,
    member: &Member,
    phrase: &Phrase,
    id: jcm_model::ChoiceId,
) -> Option<CaseKey> {
    let choice = cx.parts.choices.get(id.index()).and_then(Option::as_ref)?;
    let (title, known): (String, Vec<String>) =
        (choice.head.title.clone(), choice.members.iter().map(|(name, _)| name.clone()).collect());
    let mut found = Vec::new();
    for terms in phrase.terms.split(|term| term.word() == Some(Word::Or)) {
        let [term] = terms else {
            return row_shape(cx, member, "a choice, or several with `or` between them");
        };
        let Some(name) = term.name() else {
            return row_shape(cx, member, "a choice, or several with `or` between them");
        };
        if !known.contains(&name.text) {
            let near = near(&name.text, known.iter().map(String::as_str));
            let near = if near.is_empty() { known } else { near };
            let wanted = format!("choice of {title}");
            return cx.report(UnknownName { name: name.text.clone(), span: name.span, wanted, near });
        }
        found.push(name.text.clone());
    }
    Some(CaseKey::Members(found))
}

fn value(
    cx: &mut Checker<'_>,
    scope: &Scope,
    member: &Member,
    expected: Option<&Ty>,
    ty: &mut Option<(Ty, Span)>,
) -> Option<Expr> {
    member.key.as_ref()?;
    let value = crate::fields::read_value(cx, &member.value)?;
    choosing::alternative(cx, scope, &value, expected, ty)
}

fn row_shape<T>(cx: &mut Checker<'_>, member: &Member, expected: &str) -> Option<T> {
    if member.broken {
        return None;
    }
    cx.report(Shape {
        what: "this row".to_owned(),
        span: member.span,
        expected: expected.to_owned(),
        example: "enhanced, 50% to below 80% : 20%".to_owned(),
    })
}

fn no_rows<T>(cx: &mut Checker<'_>, span: Span) -> Option<T> {
    cx.report(Shape {
        what: "this table of cases".to_owned(),
        span,
        expected: "a row for every case between the braces".to_owned(),
        example: "cases of track { basic : 10%, enhanced : 20% }".to_owned(),
    })
}

fn axis(cx: &Checker<'_>, subject: &Expr) -> Axis {
    let words = cx.text(subject.span);
    match &subject.ty {
        Ty::Choice(id) => {
            let choice = cx.parts.choices.get(id.index()).and_then(Option::as_ref);
            let members = choice.map_or(&[][..], |choice| choice.members.as_slice());
            Axis::Choice { words, members: members.iter().map(|(name, _)| name.clone()).collect() }
        }
        Ty::Number(unit) => Axis::Figure { words, unit: unit.clone() },
        _ => Axis::Truth { words },
    }
}

/// The condition under which a row holds.
fn condition(of: &[Expr], keys: &[CaseKey], span: Span) -> Expr {
    let parts = of.iter().zip(keys).flat_map(|(subject, key)| holds(subject, key));
    let truth = |kind| Expr { kind, ty: Ty::Truth, span };
    let all = parts.reduce(|left, right| truth(ExprKind::And(Box::new(left), Box::new(right))));
    all.unwrap_or_else(|| truth(ExprKind::Constant(Constant::Truth(true))))
}

/// What one key asks of its subject.
fn holds(subject: &Expr, key: &CaseKey) -> Vec<Expr> {
    let truth = |kind| Expr { kind, ty: Ty::Truth, span: subject.span };
    let beside = |op, constant| {
        let right = Expr { kind: ExprKind::Constant(constant), ty: subject.ty.clone(), span: subject.span };
        truth(ExprKind::Compare { op, left: Box::new(subject.clone()), right: Box::new(right) })
    };
    let end = |end: &End, strict, loose| {
        beside(if end.included { loose } else { strict }, Constant::Number(end.value.clone()))
    };
    match key {
        CaseKey::Any => Vec::new(),
        CaseKey::Truth(true) => vec![subject.clone()],
        CaseKey::Truth(false) => vec![truth(ExprKind::Not(Box::new(subject.clone())))],
        CaseKey::Members(members) => members
            .iter()
            .map(|member| beside(Comparison::Equal, Constant::Member(member.clone())))
            .reduce(|left, right| truth(ExprKind::Or(Box::new(left), Box::new(right))))
            .into_iter()
            .collect(),
        CaseKey::Range { lower: Some(lower), upper: Some(upper) } if lower.value == upper.value => {
            vec![beside(Comparison::Equal, Constant::Number(lower.value.clone()))]
        }
        CaseKey::Range { lower, upper } => {
            let lower = lower.iter().map(|lower| end(lower, Comparison::Greater, Comparison::GreaterOrEqual));
            let upper = upper.iter().map(|upper| end(upper, Comparison::Less, Comparison::LessOrEqual));
            lower.chain(upper).collect()
        }
    }
}
