//! Words where any word may stand, held against those that the library, or the contract, lists as usual.

use crate::checker::Checker;
use crate::fields::members;
use crate::problems::{MisspeltWord, near};
use crate::schema::Field;
use jcm_model::UnusualWord;
use jcm_syntax::ast::{DeclarationKind, Member, Term};

/// Reports a word that is nearly one of those that a field usually has, and takes down one that is none of them.
pub(crate) fn check(cx: &mut Checker<'_>, field: &'static Field, member: &Member) {
    let Some(usual) = field.usual.and_then(|choice| words(cx, choice)) else { return };
    for name in member.value.iter().filter_map(|phrase| phrase.single().and_then(Term::name)) {
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
            let usual = usual.iter().map(|usual| (*usual).to_owned()).collect();
            let unusual = UnusualWord { field: field.name, word: name.text.clone(), span: name.span, usual };
            cx.parts.unusual.push(unusual);
        } else {
            let (word, span) = (name.text.clone(), name.span);
            cx.report::<()>(MisspeltWord { field: field.name, word, span, near });
        }
    }
}

/// The members of a choice.
pub(crate) fn words<'p>(cx: &Checker<'p>, choice: &str) -> Option<Vec<&'p str>> {
    let declaration = cx.names.get(choice)?.declaration;
    let phrases = members(declaration).iter().flat_map(|member| &member.value);
    let words = phrases.filter_map(|phrase| Some(&*phrase.terms.first()?.name()?.text)).collect();
    (declaration.kind == DeclarationKind::Choice).then_some(words)
}
