//! Questions that criteria ask of a contract: `every outcome has count of owners at least 2`.
//!
//! The words are those of the field; what can be asked of a kind is in the table of facts, and a name that is not
//! there is refused with those that are.

mod compare;

use crate::checker::Checker;
use crate::problems::{Shape, UnknownName, near};
use crate::units::{date, quantity};
use jcm_model::{COMMON, FactType, KINDS, Operand, Quantifier, Query, Source, Things, fact_kind};
use jcm_source::Span;
use jcm_syntax::ast::{Phrase, Term, TermKind, Word};
use jcm_syntax::expression::{Literal, Reader};

/// What a name can mean at one place: the facts of a kind, or of the whole contract.
#[derive(Clone, Copy)]
struct At {
    kind: &'static str,
}

/// Reads the question of a criterion.
pub(super) fn question(cx: &mut Checker<'_>, phrases: &[Phrase]) -> Option<Query> {
    let [phrase] = phrases else {
        let span = phrases.first()?.span;
        return shape(cx, span, "one question, without commas");
    };
    let mut reader = Reader::new(phrase);
    let query = either(cx, &mut reader, At { kind: "contract" }, 0)?;
    if reader.is_empty() {
        Some(query)
    } else {
        shape(cx, reader.span_here(), "the end of the question, `and` or `or`")
    }
}

/// Reads a fact inside a message: `{count of owners}`.
pub(super) fn fact_in_message(
    cx: &mut Checker<'_>,
    terms: &[Term],
    kind: &'static str,
    span: Span,
) -> Option<Operand> {
    let mut reader = Reader::over(terms, span);
    let (operand, _) = operand(cx, &mut reader, At { kind }, 0)?;
    if reader.is_empty() { Some(operand) } else { shape(cx, reader.span_here(), "one fact") }
}

/// The kind of what makes the answer no, for the facts in its message: that of its first `every` or `no`.
pub(super) fn subject(query: &Query) -> &'static str {
    asked_of(query).unwrap_or("contract")
}

fn asked_of(query: &Query) -> Option<&'static str> {
    match query {
        Query::Quantified { quantifier: Quantifier::Every | Quantifier::No, things, .. } => {
            let Source::Kind(name) = &things.from else { return None };
            fact_kind(name).map(|kind| kind.kind)
        }
        Query::And(left, right) => asked_of(left).or_else(|| asked_of(right)),
        _ => None,
    }
}

fn either(cx: &mut Checker<'_>, reader: &mut Reader<'_>, at: At, depth: u32) -> Option<Query> {
    if depth > 32 {
        return shape(cx, reader.span_here(), "fewer questions inside each other");
    }
    let mut left = both(cx, reader, at, depth)?;
    while reader.word(Word::Or) {
        let right = both(cx, reader, at, depth)?;
        left = Query::Or(Box::new(left), Box::new(right));
    }
    Some(left)
}

fn both(cx: &mut Checker<'_>, reader: &mut Reader<'_>, at: At, depth: u32) -> Option<Query> {
    let mut left = single(cx, reader, at, depth)?;
    while reader.word(Word::And) {
        let right = single(cx, reader, at, depth)?;
        left = Query::And(Box::new(left), Box::new(right));
    }
    Some(left)
}

fn single(cx: &mut Checker<'_>, reader: &mut Reader<'_>, at: At, depth: u32) -> Option<Query> {
    if depth > 32 {
        return shape(cx, reader.span_here(), "fewer questions inside each other");
    }
    if reader.word(Word::Not) {
        return single(cx, reader, at, depth + 1).map(|query| Query::Not(Box::new(query)));
    }
    if let Some(TermKind::Group(phrases)) = reader.peek().map(|term| &term.kind) {
        let span = reader.span_here();
        let [phrase] = phrases.as_slice() else { return shape(cx, span, "one question in the brackets") };
        let mut inner = Reader::new(phrase);
        let query = either(cx, &mut inner, at, depth + 1)?;
        reader.next();
        return if inner.is_empty() {
            Some(query)
        } else {
            shape(cx, inner.span_here(), "the end of the brackets")
        };
    }
    let quantifier = if reader.word(Word::Every) {
        Some(Quantifier::Every)
    } else if reader.spelled("some") {
        Some(Quantifier::Some)
    } else if reader.spelled("no") {
        Some(Quantifier::No)
    } else {
        None
    };
    match quantifier {
        Some(quantifier) => quantified(cx, reader, at, quantifier, depth),
        None => compare::comparison(cx, reader, at, depth),
    }
}

/// `outcome where … has …`
fn quantified(
    cx: &mut Checker<'_>,
    reader: &mut Reader<'_>,
    at: At,
    quantifier: Quantifier,
    depth: u32,
) -> Option<Query> {
    let start = reader.span_here();
    let (things, inner) = things(cx, reader, at, depth)?;
    let holds = if reader.spelled("has") || reader.spelled("have") {
        Some(Box::new(either(cx, reader, inner, depth + 1)?))
    } else {
        None
    };
    if holds.is_none() && quantifier == Quantifier::Every {
        return shape(cx, start, "`has` and what every one has");
    }
    Some(Query::Quantified { quantifier, things, holds })
}

/// A kind, or a list that is a fact of the thing at hand; `where` chooses among them.
fn things(cx: &mut Checker<'_>, reader: &mut Reader<'_>, at: At, depth: u32) -> Option<(Things, At)> {
    let span = reader.span_here();
    let Some(path) = reader.path() else {
        return shape(cx, span, "a kind such as `outcome`, or a list such as `owners`");
    };
    let names: Vec<String> = path.iter().map(|name| name.text.clone()).collect();
    let name = names.join(".");
    let (from, inner) = match fact_kind(&name) {
        Some(kind) => (Source::Kind(name), kind.kind),
        None => match path_type(at.kind, &names) {
            Some(FactType::Things(kind) | FactType::Thing(kind)) => (Source::Path(names), kind),
            _ => {
                let lists = facts_of(at.kind, |ty| matches!(ty, FactType::Things(_)));
                let known: Vec<&str> = KINDS.iter().map(|kind| kind.kind).chain(lists).collect();
                let near = near(&name, known);
                let wanted = format!("kind of declaration or list of {}", crate::problems::a(at.kind));
                return cx.report(UnknownName { name, span, wanted, near });
            }
        },
    };
    let inner = At { kind: inner };
    let only = if reader.spelled("where") {
        Some(Box::new(single_or_brackets(cx, reader, inner, depth)?))
    } else {
        None
    };
    Some((Things { from, only }, inner))
}

/// What stands after `where`: questions joined by `and`, up to `has`.
fn single_or_brackets(cx: &mut Checker<'_>, reader: &mut Reader<'_>, at: At, depth: u32) -> Option<Query> {
    both(cx, reader, at, depth + 1)
}

fn names_of(path: &[jcm_syntax::ast::Name]) -> Vec<String> {
    path.iter().map(|name| name.text.clone()).collect()
}

/// A fact, a count, a sum or a figure, with its type.
fn operand(cx: &mut Checker<'_>, reader: &mut Reader<'_>, at: At, depth: u32) -> Option<(Operand, FactType)> {
    let span = reader.span_here();
    if reader.spelled("count") {
        reader.word(Word::Of);
        let (things, _) = things(cx, reader, at, depth)?;
        return Some((Operand::Count(things), FactType::Number));
    }
    if reader.spelled("sum") {
        reader.word(Word::Of);
        let of = reader.path().map(names_of).unwrap_or_default();
        if !reader.word(Word::Over) {
            return shape(cx, reader.span_here(), "`over` and a kind or list");
        }
        let (things, inner) = things(cx, reader, at, depth)?;
        return match path_type(inner.kind, &of) {
            Some(FactType::Number) => Some((Operand::Sum { of, over: things }, FactType::Number)),
            _ => unknown_fact(cx, &of, inner.kind, span),
        };
    }
    let term = reader.next();
    match term.map(|term| &term.kind) {
        Some(TermKind::Text(text)) => Some((Operand::Text(text.clone()), FactType::Text)),
        Some(TermKind::Date(text)) => date(cx, text, span).map(|date| (Operand::Date(date), FactType::Date)),
        Some(TermKind::Number(digits)) => {
            figure(cx, Literal::Number { digits: digits.clone(), unit: bare(span) }, span)
        }
        Some(TermKind::Percent(digits)) => {
            figure(cx, Literal::Percent { digits: digits.clone(), unit: bare(span) }, span)
        }
        Some(TermKind::Money { symbol, digits }) => {
            figure(cx, Literal::Money { symbol: *symbol, digits: digits.clone(), unit: bare(span) }, span)
        }
        Some(TermKind::Path(path)) => {
            let names = names_of(path);
            match path_type(at.kind, &names) {
                Some(ty) => Some((Operand::Path(names), ty)),
                None => unknown_fact(cx, &names, at.kind, span),
            }
        }
        _ => shape(cx, span, "a fact, a figure or `count of` a kind or list"),
    }
}

fn bare(span: Span) -> jcm_syntax::expression::UnitWords {
    jcm_syntax::expression::UnitWords { words: Vec::new(), per: Vec::new(), span }
}

fn figure(cx: &mut Checker<'_>, literal: Literal, span: Span) -> Option<(Operand, FactType)> {
    quantity(cx, &literal, span).map(|(value, _)| (Operand::Number(value), FactType::Number))
}

/// The type of a path of facts from a kind; `contract.start` starts at the contract from anywhere.
fn path_type(kind: &str, path: &[String]) -> Option<FactType> {
    let (first, rest) = path.split_first()?;
    if first == "contract" && !rest.is_empty() {
        return path_type("contract", rest);
    }
    let ty = fact_kind(kind)?.fact(first)?.ty;
    match (ty, rest) {
        (ty, []) => Some(ty),
        (FactType::Thing(kind), rest) => path_type(kind, rest),
        _ => None,
    }
}

fn facts_of(kind: &str, suits: impl Fn(FactType) -> bool) -> Vec<&'static str> {
    let facts = fact_kind(kind).map_or(&[][..], |kind| kind.facts);
    facts.iter().filter(|rule| suits(rule.ty)).map(|rule| rule.name).collect()
}

/// Names the first fact of a path that its kind does not have, with those like it.
fn unknown_fact<T>(cx: &mut Checker<'_>, names: &[String], kind: &str, span: Span) -> Option<T> {
    let known = (1..=names.len()).take_while(|&count| names.get(..count).is_some_and(|to| is_fact(kind, to)));
    let (before, after) = names.split_at(known.count());
    let kind = match path_type(kind, before) {
        Some(FactType::Thing(kind)) => kind,
        _ => kind,
    };
    let mut near = after.first().map_or_else(Vec::new, |name| {
        near(name, facts_of(kind, |_| true).into_iter().chain(COMMON.iter().map(|rule| rule.name)))
    });
    if near.is_empty() {
        near = facts_of(kind, |_| true).into_iter().take(3).map(str::to_owned).collect();
    }
    let rest = after.get(1..).unwrap_or_default();
    let whole =
        |fact: String| before.iter().cloned().chain([fact]).chain(rest.iter().cloned()).collect::<Vec<_>>();
    let near = near.into_iter().map(|fact| whole(fact).join(".")).collect();
    let wanted = format!("fact of {}", crate::problems::a(kind));
    cx.report(UnknownName { name: names.join("."), span, wanted, near })
}

fn is_fact(kind: &str, path: &[String]) -> bool {
    matches!(path, [contract] if contract == "contract") || path_type(kind, path).is_some()
}

fn shape<T>(cx: &mut Checker<'_>, span: Span, expected: &str) -> Option<T> {
    cx.report(Shape {
        what: "this question".to_owned(),
        span,
        expected: expected.to_owned(),
        example: "every outcome has count of owners at least 2".to_owned(),
    })
}
