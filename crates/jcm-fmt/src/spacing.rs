//! Which pieces touch: one space between words, none inside brackets, before commas and after a minus sign that
//! turns the sign.

use crate::tree::{Piece, What};
use jcm_syntax::ast::{Operator, Word};
use jcm_syntax::{SyntaxKind, Token};
use std::borrow::Cow;

/// The text of a token, with a plain space for the narrow or unbreakable one that a percentage may have inside.
pub(crate) fn inside(token: Token<'_>) -> Cow<'_, str> {
    match token.kind {
        SyntaxKind::Percent if !token.text.is_ascii() => {
            Cow::Owned(token.text.split_whitespace().collect::<Vec<_>>().join(" "))
        }
        _ => Cow::Borrowed(token.text),
    }
}

/// Keeps together what was written together. In words, unlike in a formula, the space is part of what is said:
/// `open-book review` goes into the document as it stands.
pub(crate) fn keep_words(pieces: &mut [Piece<'_>]) {
    for at in 1..pieces.len() {
        let Some((before, [piece, ..])) = pieces.split_at_mut_checked(at) else { continue };
        let after_separator = before
            .last()
            .is_some_and(|last| matches!(last.what, What::Colon) || last.what.is(SyntaxKind::Comma));
        let is_separator = matches!(piece.what, What::Colon) || piece.what.is(SyntaxKind::Comma);
        if !after_separator && !is_separator && !piece.what.is_body() {
            piece.space = piece.spaced;
        }
    }
}

/// Whether a space belongs between the last of `before` and `next`; `spaced` says whether white space stands there.
pub(crate) fn between(before: &[Piece<'_>], next: &What<'_>, spaced: bool) -> bool {
    let Some((last, earlier)) = before.split_last() else { return false };
    if last.what.opens() || next.closes() || next.is(SyntaxKind::Comma) {
        return false;
    }
    // `abs(x)` is a call and `abs (x)` is not.
    if next.opens() && matches!(last.what.kind(), Some(SyntaxKind::Path | SyntaxKind::Name)) {
        return spaced;
    }
    if is_operator(&last.what, Operator::Minus) && turns_the_sign(earlier) {
        // A line goes on with a minus sign only when a space follows it.
        return spaced && earlier.last().is_some_and(|before| is_hard_break(before, last));
    }
    true
}

/// Whether a minus sign after these pieces turns the sign of what follows: there is nothing to subtract from.
fn turns_the_sign(before: &[Piece<'_>]) -> bool {
    let Some(last) = before.last() else { return true };
    match &last.what {
        What::Colon => true,
        What::Token(SyntaxKind::Operator | SyntaxKind::Colon | SyntaxKind::Comma, _) => true,
        What::Token(SyntaxKind::Path, _) => ends_in_a_word(before),
        what => what.opens(),
    }
}

/// Whether the last of these is a word that belongs between amounts, such as `least`; where an amount must begin it is
/// somebody's name: `= before - in_bank`.
fn ends_in_a_word(pieces: &[Piece<'_>]) -> bool {
    let Some((last, earlier)) = pieces.split_last() else { return false };
    let What::Token(SyntaxKind::Path, text) = &last.what else { return false };
    let Some(word) = Word::from_word(text).filter(|word| word.is_connective()) else { return false };
    let begins_an_amount =
        earlier.last().is_some_and(|before| before.what.is(SyntaxKind::Operator) || before.what.opens());
    !begins_an_amount || word == Word::Not
}

pub(crate) fn is_operator(what: &What<'_>, operator: Operator) -> bool {
    what.is(SyntaxKind::Operator) && Operator::from_symbol(what.text()) == Some(operator)
}

/// Whether a person broke a line between two pieces at a place where the layout does not.
pub(crate) fn is_hard_break(before: &Piece<'_>, after: &Piece<'_>) -> bool {
    let is_needed = after.broken && !after.what.is_body() && !before.what.is(SyntaxKind::Comma);
    is_needed || !after.comments.is_empty()
}

/// Whether one of these pieces begins a line where the layout would not begin one.
pub(crate) fn has_hard_break(pieces: &[Piece<'_>]) -> bool {
    pieces.windows(2).any(|pair| matches!(pair, [before, after] if is_hard_break(before, after)))
}
