//! What the partners' own texts mark as still to be written, by the word `TBC`.

use super::blank;
use crate::checker::Checker;
use jcm_model::{Def, TO_BE_CONFIRMED, Unfinished};
use jcm_source::Span;
use jcm_syntax::ast::{Body, Declaration, DeclarationKind as Kind, Member, Phrase, Piece, TermKind};

/// Finds every such text, in the order of the source.
pub(super) fn find_all(cx: &mut Checker<'_>) {
    let mut found = Vec::new();
    for module in cx.project.modules.iter().filter(|module| module.is_own()) {
        for declaration in module.ast.declarations() {
            if !cx.names.named_in.of(declaration).is_unfinished {
                continue;
            }
            let of = thing(cx, declaration);
            for (field, text, span) in texts(declaration) {
                let title = match declaration.kind {
                    Kind::Include => blank::title(cx, declaration, &field),
                    _ if of.is_none() => {
                        declaration.title.as_ref().map_or_else(String::new, |title| title.text.clone())
                    }
                    _ => String::new(),
                };
                found.push(Unfinished { of, title, field, text, span });
            }
        }
    }
    cx.parts.unfinished = found;
}

/// Whether a declaration has such a text.
pub(crate) fn is_in(declaration: &Declaration) -> bool {
    !texts(declaration).is_empty()
}

/// What a declaration becomes in the contract.
fn thing(cx: &Checker<'_>, declaration: &Declaration) -> Option<Def> {
    if declaration.kind == Kind::Contract {
        return Some(Def::Contract);
    }
    cx.names.get(&declaration.name.as_ref()?.text)?.def
}

/// The marked texts of a declaration, each with the words of its field.
fn texts(declaration: &Declaration) -> Vec<(String, String, Span)> {
    let mut found = Vec::new();
    if let Some(title) = &declaration.title {
        add(&mut found, "", &title.text, title.span);
    }
    for phrase in &declaration.header {
        of_phrase(&mut found, "", phrase);
    }
    match &declaration.body {
        Body::None => {}
        Body::Block(members) => members.iter().for_each(|member| of_member(&mut found, "", member)),
        Body::Prose(paragraphs) => {
            for paragraph in paragraphs {
                let words = paragraph.pieces.iter().map(|piece| match piece {
                    Piece::Text(text, _) => text.as_str(),
                    Piece::Hole(..) => "…",
                });
                add(&mut found, "", words.collect::<String>().trim(), paragraph.span);
            }
        }
    }
    found
}

fn of_member(found: &mut Vec<(String, String, Span)>, above: &str, member: &Member) {
    let field = member.key_words().unwrap_or(above.into());
    for phrase in &member.value {
        of_phrase(found, &field, phrase);
    }
}

fn of_phrase(found: &mut Vec<(String, String, Span)>, field: &str, phrase: &Phrase) {
    for term in &phrase.terms {
        match &term.kind {
            TermKind::Text(text) => add(found, field, text, term.span),
            TermKind::Group(phrases) | TermKind::List(phrases) => {
                phrases.iter().for_each(|phrase| of_phrase(found, field, phrase));
            }
            TermKind::Block(members) => members.iter().for_each(|member| of_member(found, field, member)),
            _ => {}
        }
    }
}

fn add(found: &mut Vec<(String, String, Span)>, field: &str, text: &str, span: Span) {
    let mut words = text.split(|letter: char| !letter.is_alphanumeric());
    if words.any(|word| word == TO_BE_CONFIRMED) {
        found.push((field.to_owned(), text.to_owned(), span));
    }
}
