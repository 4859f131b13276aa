//! What stands at a place of a text.

use crate::analysis::Analysis;
use crate::index::SymbolId;
use jcm_sema::schema::{self, Field};
use jcm_source::{FileId, Span};
use jcm_syntax::ast::{Body, Declaration, DeclarationKind as Kind, Member, Phrase, Piece, Term, TermKind};

/// What stands at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Spot {
    /// The word that begins a declaration.
    Kind(Kind, Span),
    /// The name of a field.
    Field(Kind, &'static Field, Span),
    /// A name of something.
    Symbol(SymbolId, Span),
    /// The path of a module.
    Module(String, Span),
    /// Another word.
    Word(String, Span),
}

/// What stands at a place, if it is a word that can be said something of.
pub(crate) fn spot(analysis: &Analysis, file: FileId, at: u32) -> Option<Spot> {
    if let Some(reference) = analysis.index().at(file, at) {
        return Some(Spot::Symbol(reference.symbol, reference.span));
    }
    let declaration = analysis.declaration_at(file, at)?;
    if holds(declaration.kind_span, at) {
        return Some(Spot::Kind(declaration.kind, declaration.kind_span));
    }
    if let (Kind::Use | Kind::Include, Some(name)) = (declaration.kind, &declaration.name)
        && holds(name.span, at)
    {
        return Some(Spot::Module(name.text.clone(), name.span));
    }
    field_at(declaration, at).or_else(|| word_at(declaration, at))
}

pub(crate) fn holds(span: Span, at: u32) -> bool {
    span.start <= at && at <= span.end
}

/// The members of a declaration.
pub(crate) fn members(declaration: &Declaration) -> &[Member] {
    match &declaration.body {
        Body::Block(members) => members,
        _ => &[],
    }
}

/// The place of a member's key.
pub(crate) fn key_span(member: &Member) -> Option<Span> {
    let key = member.key.as_deref()?;
    Some(key.first()?.span.to(key.last()?.span))
}

/// The field of a kind that a member states.
pub(crate) fn field_of(kind: Kind, member: &Member) -> Option<&'static Field> {
    schema::of(kind)?.field(&member.key_words()?)
}

fn field_at(declaration: &Declaration, at: u32) -> Option<Spot> {
    members(declaration).iter().find_map(|member| {
        let key = key_span(member).filter(|key| holds(*key, at))?;
        Some(Spot::Field(declaration.kind, field_of(declaration.kind, member)?, key))
    })
}

fn word_at(declaration: &Declaration, at: u32) -> Option<Spot> {
    let mut found = None;
    each_term(declaration, &mut |term| {
        if let (TermKind::Path(names), None) = (&term.kind, &found) {
            let name = names.iter().find(|name| holds(name.span, at));
            found = name.map(|name| Spot::Word(name.text.clone(), name.span));
        }
    });
    found
}

/// Calls `visit` for every term of a declaration, those within others too, in the order of the text.
pub(crate) fn each_term<'d>(declaration: &'d Declaration, visit: &mut impl FnMut(&'d Term)) {
    in_phrases(&declaration.header, visit);
    match &declaration.body {
        Body::None => {}
        Body::Block(members) => in_members(members, visit),
        Body::Prose(paragraphs) => {
            for piece in paragraphs.iter().flat_map(|paragraph| &paragraph.pieces) {
                if let Piece::Hole(phrases, _) = piece {
                    in_phrases(phrases, visit);
                }
            }
        }
    }
}

fn in_members<'d>(members: &'d [Member], visit: &mut impl FnMut(&'d Term)) {
    for member in members {
        in_phrases(member.key.as_deref().unwrap_or(&[]), visit);
        in_phrases(&member.value, visit);
    }
}

fn in_phrases<'d>(phrases: &'d [Phrase], visit: &mut impl FnMut(&'d Term)) {
    for term in phrases.iter().flat_map(|phrase| &phrase.terms) {
        visit(term);
        match &term.kind {
            TermKind::Group(inner) | TermKind::List(inner) => in_phrases(inner, visit),
            TermKind::Block(members) => in_members(members, visit),
            _ => {}
        }
    }
}
