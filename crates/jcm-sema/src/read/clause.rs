//! `clause purpose "Purpose" in commitment { … {older_people} … }` and `definition services "Services" { … }`

use super::blank;
use crate::checker::Checker;
use crate::constants::{fold, not_constant, shown};
use crate::fields::{head, read_value};
use crate::memory::Lasting;
use crate::problems::{Shape, UnknownName};
use crate::typing::{self, Scope};
use jcm_model::{Clause, Constant, Def, Definition, Paragraph, Part, Piece, Ty};
use jcm_source::Span;
use jcm_syntax::ast::{self, Body, Declaration, Name, Phrase, Term, Word};
use jcm_syntax::expression::{self, Expr, Literal, Reader};
use std::sync::Arc;

/// Reads every clause and definition; everything they can refer to has been read.
pub(super) fn read_all<'p>(cx: &mut Checker<'p>) {
    let definitions = cx.names.numbered("definition");
    let one = |cx: &mut Checker<'p>, id: u32, declaration: &'p Declaration| {
        remembered(cx, ("definition", id), declaration, |cx| definition(cx, declaration))
    };
    cx.read_ahead("definition", &definitions, one);
    cx.parts.definitions = definitions.into_iter().map(|(id, definition)| one(cx, id, definition)).collect();
    let clauses = cx.names.numbered("clause");
    let one = |cx: &mut Checker<'p>, id: u32, declaration: &'p Declaration| {
        remembered(cx, ("clause", id), declaration, |cx| clause(cx, declaration))
    };
    cx.read_ahead("clause", &clauses, one);
    cx.parts.clauses = clauses.into_iter().map(|(id, clause)| one(cx, id, clause)).collect();
}

/// What fills the blanks of an included file may have changed in any way, so that its clauses are always read.
fn remembered<'p, T: Lasting>(
    cx: &mut Checker<'p>,
    key: (&'static str, u32),
    declaration: &'p Declaration,
    read: impl FnOnce(&mut Checker<'p>) -> Option<T>,
) -> Option<Arc<T>> {
    let file = declaration.span.file;
    let has_blanks = cx.blanks.range((file, "")..).next().is_some_and(|((of, _), _)| *of == file);
    if has_blanks {
        return cx.followed(key, declaration, read).map(Arc::new);
    }
    cx.remembered(key, None, declaration, read)
}

fn definition(cx: &mut Checker<'_>, declaration: &Declaration) -> Option<Definition> {
    let head = head(cx, declaration)?;
    let paragraphs = paragraphs(cx, declaration)?;
    Some(Definition { head, paragraphs })
}

fn clause(cx: &mut Checker<'_>, declaration: &Declaration) -> Option<Clause> {
    let head = head(cx, declaration)?;
    let (part, covers) = place(cx, declaration)?;
    let paragraphs = paragraphs(cx, declaration)?;
    Some(Clause { head, part, covers, paragraphs })
}

/// What stands between the title of a clause and its text.
#[derive(Default)]
pub(crate) struct Heading<'p> {
    /// The part of the body.
    part: Option<&'p Name>,
    /// What the clause covers.
    covers: Vec<&'p Name>,
    /// The blank and the choice that the clause is for.
    pub(crate) when: Option<(&'p Name, &'p Name)>,
}

/// `in information covers audit, records when access is wide`, each part of it where it is there.
pub(crate) fn heading(declaration: &Declaration) -> Option<Heading<'_>> {
    let mut heading = Heading::default();
    for (place, phrase) in declaration.header.iter().enumerate() {
        let mut reader = Reader::new(phrase);
        if place == 0 && reader.word(Word::In) {
            heading.part = Some(reader.name()?);
        }
        if place > 0 || reader.spelled("covers") {
            heading.covers.push(reader.name()?);
        }
        if reader.word(Word::When) {
            let blank = reader.name()?;
            let choice = if reader.word(Word::Is) { reader.name()? } else { return None };
            heading.when = Some((blank, choice));
        }
        if !reader.is_empty() || (place > 0 && heading.covers.len() == 1) {
            return None;
        }
    }
    Some(heading)
}

/// The part of the body, the general one where none is named, and what the clause covers.
fn place(cx: &mut Checker<'_>, declaration: &Declaration) -> Option<(Part, Vec<String>)> {
    let Some(heading) = heading(declaration) else {
        let spans = declaration.header.iter().map(|phrase| phrase.span);
        return cx.report(Shape {
            what: "this clause".to_owned(),
            span: spans.reduce(Span::to).unwrap_or(declaration.kind_span),
            expected: "`in` and a part of the contract after the title, and `covers` with what it covers"
                .to_owned(),
            example: "clause leaving \"Leaving\" in change covers leaving, notice {".to_owned(),
        });
    };
    let part = heading.part.map_or(Some(Part::General), |name| part_named(cx, name))?;
    Some((part, heading.covers.iter().map(|name| name.text.clone()).collect()))
}

fn part_named(cx: &mut Checker<'_>, name: &Name) -> Option<Part> {
    if let Some(part) = Part::named(&name.text) {
        return Some(part);
    }
    let mut near = crate::problems::near(&name.text, Part::ALL.map(Part::name));
    if near.is_empty() {
        near = Part::ALL.map(|part| part.name().to_owned()).to_vec();
    }
    cx.report(UnknownName {
        name: name.text.clone(),
        span: name.span,
        wanted: "part of a contract".to_owned(),
        near,
    })
}

fn paragraphs(cx: &mut Checker<'_>, declaration: &Declaration) -> Option<Vec<Paragraph>> {
    let Body::Prose(prose) = &declaration.body else {
        if declaration.broken {
            return None;
        }
        let kind = declaration.kind.word();
        return cx.report(Shape {
            what: format!("this {kind}"),
            span: declaration.kind_span,
            expected: "its text between braces".to_owned(),
            example: format!("{kind} purpose \"Purpose\" {{ The partners shall work together. }}"),
        });
    };
    let read: Vec<Option<Paragraph>> = prose.iter().map(|paragraph| self::paragraph(cx, paragraph)).collect();
    read.into_iter().collect()
}

fn paragraph(cx: &mut Checker<'_>, paragraph: &ast::Paragraph) -> Option<Paragraph> {
    let pieces: Vec<Option<Piece>> = paragraph
        .pieces
        .iter()
        .map(|piece| match piece {
            ast::Piece::Text(text, _) => Some(Piece::Text(text.clone())),
            ast::Piece::Hole(phrases, span) => hole(cx, phrases, *span),
        })
        .collect();
    Some(Paragraph { pieces: pieces.into_iter().collect::<Option<_>>()?, span: paragraph.span })
}

/// `{gain_share.payable}`, `{15 operational days}`, `{40% of saving}` is not allowed: prose refers, it does not calculate.
fn hole(cx: &mut Checker<'_>, phrases: &[Phrase], span: Span) -> Option<Piece> {
    if phrases.is_empty() {
        return None;
    }
    if let [phrase] = phrases
        && let Some(path) = phrase.single().and_then(Term::path)
    {
        return match blank::filled(cx, path) {
            Some(filled) => figure_or_reference(cx, &filled?, span),
            None => reference(cx, path, span),
        };
    }
    figure_or_reference(cx, phrases, span)
}

/// What a blank is filled with is in another file, so the place is that of the brace.
fn figure_or_reference(cx: &mut Checker<'_>, phrases: &[Phrase], span: Span) -> Option<Piece> {
    let single = match phrases {
        [phrase] => phrase.single(),
        _ => None,
    };
    if let Some(text) = single.and_then(Term::as_text) {
        return Some(Piece::Text(text.to_owned()));
    }
    if let Some(path) = single.and_then(Term::path) {
        return reference(cx, path, span);
    }
    let expr = read_value(cx, phrases)?;
    if let Some(duration) = duration(&expr) {
        return Some(Piece::Figure {
            value: Constant::Text(duration.clone()),
            ty: Ty::Text,
            written: duration,
            span,
        });
    }
    let typed = typing::typed(cx, &Scope::empty(), &expr, None)?;
    let Some(value) = fold(&typed) else {
        return not_constant(cx, (&typed, span), "what legal text says", None);
    };
    let written = shown(&value, &typed.ty);
    Some(Piece::Figure { value, ty: typed.ty, written, span })
}

fn reference(cx: &mut Checker<'_>, path: &[Name], span: Span) -> Option<Piece> {
    if let [owner, part] = path
        && part.text == "total"
        && let Some(Def::Ladder(id)) = cx.names.get(&owner.text).and_then(|symbol| symbol.def)
    {
        let written = cx.parts.ladders.get(id.index())?.as_ref()?.total();
        return Some(Piece::Figure { value: Constant::Text(written.clone()), ty: Ty::Text, written, span });
    }
    let [name] = path else {
        return typing::resolve(cx, &Scope::empty(), path).map(|def| Piece::Reference { def, span });
    };
    if cx.names.get(&name.text).is_none() && cx.members.named(&name.text).next().is_none() {
        let near = cx.names.near(&name.text, |_| true);
        let wanted = "measure, partner, definition or other declaration".to_owned();
        return cx.report(UnknownName { name: name.text.clone(), span: name.span, wanted, near });
    }
    typing::resolve(cx, &Scope::empty(), path).map(|def| Piece::Reference { def, span })
}

/// A length of time as people write it: `15 operational days`, `3 months`.
pub(super) fn duration(expr: &Expr) -> Option<String> {
    let expression::ExprKind::Literal(Literal::Number { digits, unit }) = &expr.kind else { return None };
    let words: Vec<&str> = unit.words.iter().map(|word| word.text.as_str()).collect();
    let last = words.last()?;
    let time = matches!(
        *last,
        "day"
            | "days"
            | "week"
            | "weeks"
            | "month"
            | "months"
            | "quarter"
            | "quarters"
            | "year"
            | "years"
            | "hour"
            | "hours"
    );
    let known = match words.as_slice() {
        [_] => true,
        [first, _] => matches!(*first, "operational" | "working" | "calendar" | "financial"),
        _ => false,
    };
    (time && known && unit.per.is_empty()).then(|| format!("{digits} {}", words.join(" ")))
}
