//! A reader over the terms of one phrase, for the phases that give a phrase its meaning.

use crate::ast::{Name, Operator, Phrase, Term, Word};
use jcm_source::Span;

/// A place in a run of terms. Every method either eats what it names and says so, or eats nothing.
#[derive(Debug, Clone)]
pub struct Reader<'a> {
    terms: &'a [Term],
    end: Span,
}

impl<'a> Reader<'a> {
    /// Starts at the first term of a phrase.
    pub fn new(phrase: &'a Phrase) -> Self {
        Self { terms: &phrase.terms, end: phrase.span.after() }
    }

    /// Starts at the first of `terms`; `end` is the place to blame when there are none left.
    pub fn over(terms: &'a [Term], end: Span) -> Self {
        let end = terms.last().map_or(end, |last| last.span.after());
        Self { terms, end }
    }

    /// The next term, not eaten.
    pub fn peek(&self) -> Option<&'a Term> {
        self.terms.first()
    }

    /// The word of the next term, not eaten.
    pub fn peek_word(&self) -> Option<Word> {
        self.peek().and_then(Term::word)
    }

    /// Eats the next term.
    #[expect(clippy::should_implement_trait, reason = "a reader is a place, not a stream to adapt")]
    pub fn next(&mut self) -> Option<&'a Term> {
        let (first, rest) = self.terms.split_first()?;
        self.terms = rest;
        Some(first)
    }

    /// Eats the next term if it is this word of the grammar.
    pub fn word(&mut self, word: Word) -> bool {
        self.eat(|term| (term.word() == Some(word)).then_some(())).is_some()
    }

    /// Eats the next terms if they are these words in this order; all of them or none.
    pub fn words(&mut self, words: &[Word]) -> bool {
        let Some((ahead, rest)) = self.terms.split_at_checked(words.len()) else { return false };
        let all = ahead.iter().zip(words).all(|(term, word)| term.word() == Some(*word));
        if all {
            self.terms = rest;
        }
        all
    }

    /// Eats the next term if it is a single word spelled like this, which need not be in the grammar.
    pub fn spelled(&mut self, spelling: &str) -> bool {
        self.eat(|term| term.name().filter(|name| name.text == spelling)).is_some()
    }

    /// Eats the next term if it is this operator.
    pub fn operator(&mut self, operator: Operator) -> bool {
        self.eat(|term| (term.operator() == Some(operator)).then_some(())).is_some()
    }

    /// Eats a single word of any spelling.
    pub fn name(&mut self) -> Option<&'a Name> {
        self.eat(Term::name)
    }

    /// Eats a path of one or more words.
    pub fn path(&mut self) -> Option<&'a [Name]> {
        self.eat(Term::path)
    }

    /// Eats a text in quotes.
    pub fn text(&mut self) -> Option<&'a str> {
        self.eat(Term::as_text)
    }

    /// Eats a number; the digits as written.
    pub fn number(&mut self) -> Option<&'a str> {
        self.eat(Term::as_number)
    }

    /// Eats a percentage; the digits as written.
    pub fn percent(&mut self) -> Option<&'a str> {
        self.eat(Term::as_percent)
    }

    /// Eats an amount of money: the sign and the digits as written.
    pub fn money(&mut self) -> Option<(char, &'a str)> {
        self.eat(Term::as_money)
    }

    /// Eats a date.
    pub fn date(&mut self) -> Option<&'a str> {
        self.eat(Term::as_date)
    }

    /// Eats a financial year.
    pub fn year(&mut self) -> Option<&'a str> {
        self.eat(Term::as_year)
    }

    /// Every term that is left, not eaten.
    pub fn rest(&self) -> &'a [Term] {
        self.terms
    }

    /// Eats the terms up to one of these words at this nesting, and leaves the word; all of them if there is none.
    pub fn until(&mut self, words: &[Word]) -> &'a [Term] {
        let at = self.terms.iter().position(|term| term.word().is_some_and(|word| words.contains(&word)));
        let (before, rest) =
            self.terms.split_at_checked(at.unwrap_or(self.terms.len())).unwrap_or((self.terms, &[]));
        self.terms = rest;
        before
    }

    /// Whether every term is eaten.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// The next term's place, or the empty place after the last term.
    pub fn span_here(&self) -> Span {
        self.peek().map_or(self.end, |term| term.span)
    }

    fn eat<T>(&mut self, read: impl FnOnce(&'a Term) -> Option<T>) -> Option<T> {
        let (first, rest) = self.terms.split_first()?;
        let found = read(first)?;
        self.terms = rest;
        Some(found)
    }
}
