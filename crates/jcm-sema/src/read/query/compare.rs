//! Two facts beside each other: `quorum at least 2`, `role includes provider`; what can never hold is refused.

use super::{At, names_of, operand, path_type, shape};
use crate::checker::Checker;
use crate::problems::{UnfitQuestion, near};
use crate::{schema, usual};
use jcm_model::{FactType, Operand, Query, Relation};
use jcm_source::Span;
use jcm_syntax::ast::{DeclarationKind, Operator, TermKind, Word};
use jcm_syntax::expression::Reader;

/// A fact, what it is, and where it stands.
struct Side {
    operand: Operand,
    ty: FactType,
    span: Span,
}

/// Reads a fact and what is asked of it.
pub(super) fn comparison(cx: &mut Checker<'_>, reader: &mut Reader<'_>, at: At, depth: u32) -> Option<Query> {
    let left = side(cx, reader, at, depth)?;
    if reader.word(Word::Is) {
        return is(cx, reader, at, left, depth);
    }
    match relation(reader) {
        Some(relation) => {
            let right = match plain_word(reader, at, left.ty) {
                Some(word) => word,
                None => side(cx, reader, at, depth)?,
            };
            compared(cx, at, relation, left, right)
        }
        None if left.ty == FactType::Truth => Some(Query::Truth(left.operand)),
        None => shape(
            cx,
            reader.span_here(),
            "`is given`, `is`, `includes`, `at least`, `before` and so on after a fact",
        ),
    }
}

/// `is given`, `is not given`, `is payment`, `is not payment`, `is at least 2`.
fn is(cx: &mut Checker<'_>, reader: &mut Reader<'_>, at: At, left: Side, depth: u32) -> Option<Query> {
    let not = reader.word(Word::Not);
    let negate = |query: Query| if not { Query::Not(Box::new(query)) } else { query };
    if reader.word(Word::Given) {
        return Some(negate(Query::Given(left.operand)));
    }
    if reader.word(Word::Missing) {
        return Some(negate(Query::Not(Box::new(Query::Given(left.operand)))));
    }
    if let Some(relation) = relation(reader) {
        let right = side(cx, reader, at, depth)?;
        return compared(cx, at, relation, left, right).map(negate);
    }
    let is_word = match reader.peek().map(|term| &term.kind) {
        Some(TermKind::Path(path)) => {
            path_type(at.kind, &names_of(path)).is_none()
                || matches!(left.ty, FactType::Word | FactType::OneOf(_))
        }
        _ => false,
    };
    let right = if is_word { word(reader)? } else { side(cx, reader, at, depth)? };
    compared(cx, at, Relation::Same, left, right).map(negate)
}

fn side(cx: &mut Checker<'_>, reader: &mut Reader<'_>, at: At, depth: u32) -> Option<Side> {
    let span = reader.span_here();
    operand(cx, reader, at, depth).map(|(operand, ty)| Side { operand, ty, span })
}

/// The word that stands here, whatever it would mean as a fact.
fn word(reader: &mut Reader<'_>) -> Option<Side> {
    let span = reader.span_here();
    let word = names_of(reader.path()?).join(".");
    Some(Side { operand: Operand::Word(word), ty: FactType::Word, span })
}

fn relation(reader: &mut Reader<'_>) -> Option<Relation> {
    let pairs = [
        (&[Word::At, Word::Least][..], Relation::AtLeast),
        (&[Word::At, Word::Most][..], Relation::AtMost),
        (&[Word::More, Word::Than][..], Relation::More),
        (&[Word::Less, Word::Than][..], Relation::Less),
        (&[Word::Before][..], Relation::Less),
        (&[Word::After][..], Relation::More),
    ];
    for (words, relation) in pairs {
        if reader.words(words) {
            return Some(relation);
        }
    }
    let operators = [
        (Operator::Equal, Relation::Same),
        (Operator::NotEqual, Relation::Different),
        (Operator::Less, Relation::Less),
        (Operator::LessOrEqual, Relation::AtMost),
        (Operator::Greater, Relation::More),
        (Operator::GreaterOrEqual, Relation::AtLeast),
    ];
    for (operator, relation) in operators {
        if reader.operator(operator) {
            return Some(relation);
        }
    }
    reader.spelled("includes").then_some(Relation::Includes)
}

/// Beside a word, a single name that is no fact of the thing at hand is a word: `role includes provider`.
fn plain_word(reader: &mut Reader<'_>, at: At, left: FactType) -> Option<Side> {
    let name = reader.peek()?.name()?.text.clone();
    let is_word = matches!(left, FactType::Words | FactType::Word | FactType::OneOf(_) | FactType::Text)
        && path_type(at.kind, std::slice::from_ref(&name)).is_none();
    if is_word { word(reader) } else { None }
}

/// The comparison, unless it can never hold.
fn compared(cx: &mut Checker<'_>, at: At, relation: Relation, left: Side, right: Side) -> Option<Query> {
    if !comparable(relation, left.ty, right.ty) {
        let help = help(left.ty);
        let (left, right) = ((left.span, said(left.ty)), (right.span, said(right.ty)));
        return cx.report(UnfitQuestion::Unlike { left, right, help });
    }
    if let Operand::Word(word) = &right.operand {
        check_word(cx, at, &left, word, right.span)?;
    }
    Some(Query::Compare { relation, left: left.operand, right: right.operand })
}

fn comparable(relation: Relation, left: FactType, right: FactType) -> bool {
    use FactType::{Date, Number, Thing, Things, Words};
    match relation {
        Relation::Includes => match (left, right) {
            (Things(a), Thing(b)) => a == b,
            (Words, right) => is_said(right),
            (left, right) => is_said(left) && is_said(right),
        },
        Relation::Same | Relation::Different => left == right || (is_said(left) && is_said(right)),
        _ => matches!((left, right), (Number, Number) | (Date, Date)),
    }
}

fn is_said(ty: FactType) -> bool {
    matches!(ty, FactType::Text | FactType::Word | FactType::OneOf(_))
}

/// Holds a word against those that the fact can be, or usually is.
fn check_word(cx: &mut Checker<'_>, at: At, left: &Side, word: &str, span: Span) -> Option<()> {
    let Operand::Path(path) = &left.operand else { return Some(()) };
    let (known, only) = match left.ty {
        FactType::OneOf(known) => (known.to_vec(), true),
        _ => (usual_words(cx, at, path).unwrap_or_default(), false),
    };
    if known.contains(&word) {
        return Some(());
    }
    let mut like = near(word, known.iter().copied());
    if like.is_empty() && only {
        like = known.iter().map(|&word| word.to_owned()).collect();
    }
    if like.is_empty() {
        return Some(());
    }
    let fact = path.last()?.clone();
    cx.report(UnfitQuestion::NoSuchWord { fact, word: word.to_owned(), span, near: like })
}

/// The words that the field of a fact usually has.
fn usual_words<'p>(cx: &Checker<'p>, at: At, path: &[String]) -> Option<Vec<&'p str>> {
    let [name] = path else { return None };
    let kind = DeclarationKind::ALL.iter().find(|kind| kind.word() == at.kind)?;
    usual::words(cx, schema::of(*kind)?.field(name)?.usual?)
}

/// What a fact is, for people.
fn said(ty: FactType) -> &'static str {
    match ty {
        FactType::Text => "a text",
        FactType::Number => "a number",
        FactType::Date => "a date",
        FactType::Truth => "yes or no",
        FactType::Word | FactType::OneOf(_) => "a word",
        FactType::Thing(_) => "a thing of the contract",
        FactType::Things(_) => "a list of things",
        FactType::Words => "a list of words",
    }
}

/// What may stand beside a fact.
fn help(ty: FactType) -> &'static str {
    match ty {
        FactType::Number => "Write a number: `quorum at least 2`",
        FactType::Date => "Write a date: `by before contract.start`, `by before 2026-04-01`",
        FactType::Truth => "Ask it without more: `some incentive has loss_is_limited`",
        FactType::Thing(_) => "Ask for its name, or for another thing: `host.name is council`",
        FactType::Things(_) => {
            "Ask how many there are, or whether a thing is among them: `count of owners at least 2`, `contributors includes host`"
        }
        FactType::Words => "Ask whether a word is among them: `role includes provider`",
        FactType::Text | FactType::Word | FactType::OneOf(_) => "Write a word or a text: `use is payment`",
    }
}
