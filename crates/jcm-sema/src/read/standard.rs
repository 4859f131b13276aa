//! `model`, `element`, `profile` and `criterion`, for those that the contract follows; and `waives` in the contract.

use super::query;
use crate::checker::Checker;
use crate::fields::{Fields, head};
use crate::problems::{Shape, UnknownName};
use jcm_model::{Criterion, Gravity, Head, MessagePiece, Standard, StandardId, Waiver};
use jcm_source::Span;
use jcm_syntax::ast::{Declaration, DeclarationKind as Kind, Member, Name, Phrase, Term, TermKind, Word};
use jcm_syntax::expression::Reader;

/// Reads the models and profiles that the contract follows with their criteria; and those that the project declares
/// itself, so that one that is not followed is checked too. Those of the library are in order.
pub(super) fn read_all(cx: &mut Checker<'_>) {
    let follows: Vec<(String, Span)> =
        cx.parts.contract.as_ref().map(|contract| contract.follows.clone()).unwrap_or_default();
    let standards: Vec<&Declaration> = cx.names.every(|kind| matches!(kind, Kind::Model | Kind::Profile));
    let names: Vec<&str> =
        standards.iter().filter_map(|d| d.name.as_ref()).map(|name| name.text.as_str()).collect();
    for (name, span) in &follows {
        if !names.contains(&name.as_str()) {
            let near = crate::problems::near(name, names.iter().copied());
            let wanted = "model or profile (is its library named with `use`?)".to_owned();
            cx.report::<()>(UnknownName { name: name.clone(), span: *span, wanted, near });
        }
    }
    for declaration in &standards {
        let name = declaration.name.as_ref().map_or("", |name| name.text.as_str());
        let followed = follows.iter().any(|(followed, _)| followed == name);
        if !followed && cx.names.is_of_library(declaration) {
            continue;
        }
        let Some(standard) = standard(cx, declaration) else { continue };
        let before = if followed { &cx.parts.standards } else { &cx.parts.unfollowed.standards };
        let id = StandardId(u32::try_from(before.len()).unwrap_or(u32::MAX));
        let criteria = criteria_of(cx, &standard.head.name, id);
        if followed {
            cx.parts.standards.push(standard);
            cx.parts.criteria.extend(criteria);
        } else {
            cx.parts.unfollowed.standards.push(standard);
            cx.parts.unfollowed.criteria.extend(criteria);
        }
    }
    waivers(cx);
}

fn standard(cx: &mut Checker<'_>, declaration: &Declaration) -> Option<Standard> {
    let head = head(cx, declaration)?;
    let fields = Fields::of(cx, declaration, None)?;
    let (about, source) = (fields.text(cx, "about"), fields.text(cx, "source"));
    Some(Standard { head, is_profile: declaration.kind == Kind::Profile, about, source })
}

/// The criteria of a standard: those `of` it and those of its elements, in the order of their declarations.
fn criteria_of(cx: &mut Checker<'_>, standard: &str, id: StandardId) -> Vec<Criterion> {
    let elements = cx.names.every(|kind| kind == Kind::Element);
    let own: Vec<(String, String)> = elements
        .iter()
        .filter(|element| of(element).is_some_and(|(name, _)| name == standard))
        .filter_map(|element| {
            let title = element.title.as_ref().map(|title| title.text.clone()).unwrap_or_default();
            Some((element.name.as_ref()?.text.clone(), title))
        })
        .collect();
    let declarations = cx.names.every(|kind| kind == Kind::Criterion);
    declarations
        .into_iter()
        .filter_map(|declaration| {
            let (name, _) = of(declaration)?;
            let element = own.iter().find(|(element, _)| *element == name).map(|(_, title)| title.clone());
            let element = element.or_else(|| (name == standard).then(String::new))?;
            criterion(cx, declaration, id, element)
        })
        .collect()
}

/// What a declaration is `of`.
fn of(declaration: &Declaration) -> Option<(String, Span)> {
    let mut reader = Reader::new(declaration.header.first()?);
    let name = if reader.word(Word::Of) { reader.name() } else { None };
    name.map(|name| (name.text.clone(), name.span))
}

fn criterion(
    cx: &mut Checker<'_>,
    declaration: &Declaration,
    standard: StandardId,
    element: String,
) -> Option<Criterion> {
    let head: Head = head(cx, declaration)?;
    let fields = Fields::of(cx, declaration, None)?;
    let gravity = match fields.name(cx, "severity").map(|name| name.text.as_str()) {
        Some("error") => Gravity::Error,
        Some("warning") => Gravity::Warning,
        Some("note") => Gravity::Note,
        _ => return fields.shape(cx, "severity"),
    };
    let check = query::question(cx, &fields.get("check")?.value)?;
    let otherwise = message(cx, &fields, query::subject(&check))?;
    let (asks, help, source) = (fields.text(cx, "asks"), fields.text(cx, "help"), fields.text(cx, "source"));
    Some(Criterion { head, standard, element, asks, gravity, check, otherwise, help, source })
}

/// `"the outcome {title} has {count of owners} owner"`: text with facts between braces.
fn message(cx: &mut Checker<'_>, fields: &Fields<'_>, subject: &'static str) -> Option<Vec<MessagePiece>> {
    let text = fields.text(cx, "otherwise");
    let span = fields.span_of("otherwise");
    let mut pieces = Vec::new();
    let (mut rest, mut from) = (text.as_str(), 0);
    while let Some((before, after)) = rest.split_once('{') {
        let Some((inside, tail)) = after.split_once('}') else { return fields.shape(cx, "otherwise") };
        pieces.push(MessagePiece::Text(before.to_owned()));
        let place = hole(cx, inside, span, &mut from).unwrap_or(span);
        pieces.push(MessagePiece::Fact(fact(cx, inside, subject, place)?));
        rest = tail;
    }
    pieces.push(MessagePiece::Text(rest.to_owned()));
    Some(pieces)
}

/// Where the next hole with this fact stands in a text, so that a mend changes the fact and not the text.
fn hole(cx: &Checker<'_>, inside: &str, text: Span, from: &mut usize) -> Option<Span> {
    let written = cx.text(text);
    let at = written.get(*from..)?.find(&format!("{{{inside}}}"))?.checked_add(*from)?.checked_add(1)?;
    *from = at.checked_add(inside.len())?;
    let start = text.start.checked_add(u32::try_from(at).ok()?)?;
    let end = text.start.checked_add(u32::try_from(*from).ok()?)?;
    Some(Span::new(text.file, start, end))
}

/// A fact written inside a text: read as a phrase of its own, at the place of the text.
fn fact(cx: &mut Checker<'_>, text: &str, subject: &'static str, span: Span) -> Option<jcm_model::Operand> {
    if let Some(terms) = plain_words(text, span) {
        return query::fact_in_message(cx, &terms, subject, span);
    }
    let wrapped = format!("jcm 1\n\nclause it \"It\" {{ {{{text}}} }}\n");
    let ast = jcm_syntax::ast(&jcm_syntax::parse(&wrapped), span.file);
    let hole = ast.declarations.first().and_then(|declaration| match &declaration.body {
        jcm_syntax::ast::Body::Prose(paragraphs) => {
            paragraphs.first()?.pieces.iter().find_map(|piece| match piece {
                jcm_syntax::ast::Piece::Hole(phrases, _) => phrases.first().cloned(),
                jcm_syntax::ast::Piece::Text(..) => None,
            })
        }
        _ => None,
    });
    let Some(Phrase { mut terms, .. }) = hole else {
        return cx.report(Shape {
            what: "this message".to_owned(),
            span,
            expected: "the name of a fact between the braces".to_owned(),
            example: "otherwise: \"the outcome {title} has {count of owners} owner\"".to_owned(),
        });
    };
    // The places inside the text are not those of the file: blame the whole text.
    for term in &mut terms {
        *term = Term { span, ..term.clone() };
    }
    query::fact_in_message(cx, &terms, subject, span)
}

/// The terms of a text of nothing but words, as nearly all are: an editor reads them at each key, and need not parse them.
fn plain_words(text: &str, span: Span) -> Option<Vec<Term>> {
    let is_word = |word: &&str| {
        word.chars().next().is_some_and(|first| first.is_ascii_alphabetic())
            && word.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
    };
    let words: Vec<&str> = text.split_ascii_whitespace().collect();
    let term = |word: &&str| {
        let name = Name { text: (*word).to_owned(), span };
        Term { kind: TermKind::Path(vec![name]), span, spaced: true }
    };
    (!words.is_empty() && words.iter().all(is_word)).then(|| words.iter().map(term).collect())
}

/// `waives small_numbers because "…" by leadership_team until 2027-03-31`, in the contract.
fn waivers(cx: &mut Checker<'_>) {
    let Some(contract) = cx.names.all("contract").first().copied() else { return };
    for member in crate::fields::members(contract) {
        if let Some(reader) = waives(member) {
            let waiver = waiver(cx, reader, member);
            cx.parts.waivers.extend(waiver);
        }
    }
}

/// A reader after the word `waives`, if a member begins with it.
pub(super) fn waives(member: &Member) -> Option<Reader<'_>> {
    let [phrase] = member.value.as_slice() else { return None };
    let mut reader = Reader::new(phrase);
    (member.key.is_none() && reader.spelled("waives")).then_some(reader)
}

fn waiver(cx: &mut Checker<'_>, mut reader: Reader<'_>, member: &Member) -> Option<Waiver> {
    let name = reader.name();
    let reason = if reader.spelled("because") { reader.text().map(str::to_owned) } else { None };
    let by = if reader.word(Word::By) { reader.next() } else { None };
    let by = by.map(|term| match term.name().and_then(|name| super::obligation::body_title(cx, name)) {
        Some(title) => title,
        None => cx.text(term.span).replace('_', " ").replace('"', ""),
    });
    let until = if reader.word(Word::Until) { Some(reader.date()) } else { None };
    let (Some(name), Some(reason), Some(by), true) =
        (name, reason, by, reader.is_empty() && until != Some(None))
    else {
        return cx.report(Shape {
            what: "this waiver".to_owned(),
            span: member.span,
            expected: "`waives` a criterion `because` a text `by` somebody, and `until` a date if it ends"
                .to_owned(),
            example:
                "waives small_numbers because \"numbers are too small\" by leadership_team until 2027-03-31"
                    .to_owned(),
        });
    };
    let until = match until.flatten() {
        Some(text) => Some(crate::units::date(cx, text, member.span)?),
        None => None,
    };
    let known = cx.parts.criteria.iter().any(|criterion| criterion.head.name == name.text);
    // A criterion that could not be read has its own problem.
    let unread = || cx.names.get(&name.text).is_some_and(|named| named.declaration.kind == Kind::Criterion);
    if !known && !unread() {
        let near = crate::problems::near(
            &name.text,
            cx.parts.criteria.iter().map(|criterion| criterion.head.name.as_str()),
        );
        let wanted = "criterion of what the contract follows".to_owned();
        return cx.report(UnknownName { name: name.text.clone(), span: name.span, wanted, near });
    }
    Some(Waiver { criterion: name.text.clone(), reason, by, until, span: member.span })
}
