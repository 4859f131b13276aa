//! Words where any word may stand, held against those that the library, or the contract, lists as usual.

use crate::checker::Checker;
use crate::fields::members;
use crate::problems::{MisspeltWord, near};
use crate::schema::Field;
use jcm_model::UnusualWord;
use jcm_source::Span;
use jcm_syntax::ast::{DeclarationKind, Member, Phrase, Term};

/// Reports a word that is nearly one of those that a field usually has, and takes down one that is none of them.
pub(crate) fn check(cx: &mut Checker<'_>, field: &'static Field, member: &Member) {
    let Some(usual) = field.usual.and_then(|choice| words(cx, choice)) else { return };
    for phrase in &member.value {
        let Some(term) = phrase.single() else {
            in_parts(cx, field, phrase, &usual);
            continue;
        };
        let Some(name) = term.name() else {
            meant(cx, field, term, &usual);
            continue;
        };
        let word = name.text.to_lowercase();
        if usual.contains(&name.text.as_str()) {
            continue;
        }
        // A word that holds a usual one, such as `co_provider`, says more than it.
        let parts = format!("_{word}_");
        let others = usual.iter().copied();
        let others = others.filter(|usual| word == *usual || !parts.contains(&format!("_{usual}_")));
        let near = near(&name.text, others);
        if near.is_empty() {
            take_down(cx, field, name.text.clone(), name.span, &usual);
        } else {
            let (word, span) = (name.text.clone(), name.span);
            cx.report::<()>(MisspeltWord { field: field.name, word, span, near });
        }
    }
}

/// Reports a usual word that is written as several, such as `local government`.
fn in_parts(cx: &mut Checker<'_>, field: &'static Field, phrase: &Phrase, usual: &[&str]) {
    let parts: Option<Vec<&str>> =
        phrase.terms.iter().map(|term| term.name().map(|name| &*name.text)).collect();
    let Some(parts) = parts else { return };
    let near = near(&parts.join("_").to_lowercase(), usual.iter().copied());
    if !near.is_empty() {
        cx.report::<()>(MisspeltWord { field: field.name, word: parts.join(" "), span: phrase.span, near });
    }
}

/// Takes down a text that is none of the usual words: in quotation marks it is meant, and may still be one that nobody
/// asks for.
fn meant(cx: &mut Checker<'_>, field: &'static Field, term: &Term, usual: &[&str]) {
    let Some(text) = term.as_text().map(str::trim).filter(|text| !text.is_empty()) else { return };
    if !usual.contains(&text.replace(' ', "_").to_lowercase().as_str()) {
        let span =
            Span::new(term.span.file, term.span.start.saturating_add(1), term.span.end.saturating_sub(1));
        take_down(cx, field, text.to_owned(), span, usual);
    }
}

fn take_down(cx: &mut Checker<'_>, field: &'static Field, word: String, span: Span, usual: &[&str]) {
    let usual = usual.iter().map(|usual| (*usual).to_owned()).collect();
    cx.parts.unusual.push(UnusualWord { field: field.name, word, span, usual });
}

/// The members of a choice.
pub(crate) fn words<'p>(cx: &Checker<'p>, choice: &str) -> Option<Vec<&'p str>> {
    let declaration = cx.names.get(choice)?.declaration;
    let phrases = members(declaration).iter().flat_map(|member| &member.value);
    let words = phrases.filter_map(|phrase| Some(&*phrase.terms.first()?.name()?.text)).collect();
    (declaration.kind == DeclarationKind::Choice).then_some(words)
}

/// What the list of a field's usual words calls one of them.
pub(crate) fn title(cx: &Checker<'_>, field: &Field, word: &str) -> Option<String> {
    let declaration = cx.names.get(field.usual?)?.declaration;
    let mut phrases = members(declaration).iter().flat_map(|member| &member.value);
    let phrase = phrases
        .find(|phrase| phrase.terms.first().and_then(Term::name).is_some_and(|name| name.text == word))?;
    phrase.terms.get(1)?.as_text().map(str::to_owned)
}
