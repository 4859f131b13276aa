//! The typed view of a file: plain owned structs with spans, made in one walk over the green tree.
//!
//! A view says what stands in the text and where; what a phrase means for a kind and a field is read by
//! the phases that follow, with a [`Reader`](crate::expression::Reader) and
//! [`read_value`](crate::expression::read_value).

pub use crate::generated::{DeclarationKind, Operator, Word};
use jcm_source::Span;
use std::borrow::Cow;
use std::sync::Arc;

/// A whole file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// The edition that the first line names (`jcm 1` gives `1`), as written.
    pub edition: Option<(String, Span)>,
    /// Every declaration, also the broken ones, in the order of the text.
    pub declarations: Vec<Arc<Declaration>>,
}

/// `kind name "Title" header { members }`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declaration {
    /// What is declared.
    pub kind: DeclarationKind,
    /// Where the kind is spelled.
    pub kind_span: Span,
    /// The name; dotted for `use` and `include`.
    pub name: Option<Name>,
    /// The title in quotes.
    pub title: Option<Text>,
    /// What stands between the title and the body, cut at commas; `:` and `=` are operators here.
    pub header: Vec<Phrase>,
    /// What stands between the braces.
    pub body: Body,
    /// The lines of the `///` comment before it, without the slashes.
    pub doc: String,
    /// From the kind to the end of the body, without the doc comment.
    pub span: Span,
    /// Whether a syntax problem lies inside.
    pub broken: bool,
    /// Stays while only its place in the file changes.
    pub identity: Identity,
}

/// What a declaration keeps from one view of a file to the next, as long as nothing but its place has changed. It says
/// nothing about what a declaration holds, so that all are equal.
#[derive(Debug, Clone, Default)]
pub struct Identity(Arc<()>);

impl Identity {
    /// A number that no other identity has at the same time.
    pub fn number(&self) -> usize {
        Arc::as_ptr(&self.0).addr()
    }
}

impl PartialEq for Identity {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Identity {}

/// What stands between the braces of a declaration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// No braces.
    None,
    /// Members.
    Block(Vec<Member>),
    /// The legal text of a `clause` or `definition`.
    Prose(Vec<Paragraph>),
}

/// A paragraph of legal text; blank lines part paragraphs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// Text and holes in the order in which they are read.
    pub pieces: Vec<Piece>,
    /// From the first to the last character that is not a space.
    pub span: Span,
}

/// A part of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Words, with escapes resolved and line breaks and indentation folded to single spaces.
    Text(String, Span),
    /// `{ value }`: the phrases inside the braces; the span includes the braces.
    Hole(Vec<Phrase>, Span),
}

/// One entry of a block: `key : value`, or a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The lines of the `///` comment before it, without the slashes.
    pub doc: String,
    /// From its first to its last term.
    pub span: Span,
    /// The phrases before the `:`; `None` for a statement.
    pub key: Option<Vec<Phrase>>,
    /// The phrases after the `:`, or the statement itself.
    pub value: Vec<Phrase>,
    /// Whether a syntax problem lies inside.
    pub broken: bool,
}

/// A run of terms between commas; never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    /// The terms, at least one.
    pub terms: Vec<Term>,
    /// From the first to the last term.
    pub span: Span,
}

/// A literal, a path, an operator or something in brackets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// What it is.
    pub kind: TermKind,
    /// Where it is.
    pub span: Span,
    /// Whether white space stands before it: `abs(x)` is a call, `abs (x)` is not.
    pub spaced: bool,
}

/// What a term is. Literals keep their text as written, commas between thousands included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TermKind {
    /// `24,310` or `0.5`.
    Number(String),
    /// `2.5%`, without the sign.
    Percent(String),
    /// `£84,000,000.50`; a sign alone, as in `input cost : £`, has no digits.
    Money {
        /// `£`, `€` or `$`.
        symbol: char,
        /// The digits as written, or nothing.
        digits: String,
    },
    /// `2026-04-01`.
    Date(String),
    /// A financial year, `2027/28`.
    Year(String),
    /// `"words"`, without the quotes and with `\"` and `\\` resolved.
    Text(String),
    /// `contracts@example.org`.
    Address(String),
    /// One or more words with dots between them; at least one.
    Path(Vec<Name>),
    /// An operator.
    Operator(Operator),
    /// `( … )`, cut at commas.
    Group(Vec<Phrase>),
    /// `[ … ]`, cut at commas.
    List(Vec<Phrase>),
    /// `{ … }`.
    Block(Vec<Member>),
    /// Characters that mean nothing here; the problem is already reported.
    Bad(String),
}

/// A name as written, dots included where it is a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// As written.
    pub text: String,
    /// Where.
    pub span: Span,
}

/// A text in quotes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// Without the quotes, with escapes resolved.
    pub text: String,
    /// Where, quotes included.
    pub span: Span,
}

impl File {
    /// Every declaration, in the order of the text.
    pub fn declarations(&self) -> impl DoubleEndedIterator<Item = &Declaration> {
        self.declarations.iter().map(|declaration| &**declaration)
    }
}

impl Term {
    /// The word, where the term is a single word that the grammar spells.
    pub fn word(&self) -> Option<Word> {
        self.name().and_then(|name| Word::from_word(&name.text))
    }

    /// The name, where the term is a single word of any spelling.
    pub fn name(&self) -> Option<&Name> {
        match &self.kind {
            TermKind::Path(names) => match names.as_slice() {
                [name] => Some(name),
                _ => None,
            },
            _ => None,
        }
    }

    /// The names of a path of one or more words.
    pub fn path(&self) -> Option<&[Name]> {
        match &self.kind {
            TermKind::Path(names) => Some(names),
            _ => None,
        }
    }

    /// The operator.
    pub fn operator(&self) -> Option<Operator> {
        match self.kind {
            TermKind::Operator(operator) => Some(operator),
            _ => None,
        }
    }

    /// The text in quotes, without them.
    pub fn as_text(&self) -> Option<&str> {
        match &self.kind {
            TermKind::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The digits of a number as written.
    pub fn as_number(&self) -> Option<&str> {
        match &self.kind {
            TermKind::Number(digits) => Some(digits),
            _ => None,
        }
    }

    /// The digits of a percentage as written, without the sign.
    pub fn as_percent(&self) -> Option<&str> {
        match &self.kind {
            TermKind::Percent(digits) => Some(digits),
            _ => None,
        }
    }

    /// The currency sign and the digits of an amount; the digits of a sign alone are empty.
    pub fn as_money(&self) -> Option<(char, &str)> {
        match &self.kind {
            TermKind::Money { symbol, digits } => Some((*symbol, digits)),
            _ => None,
        }
    }

    /// A date as written.
    pub fn as_date(&self) -> Option<&str> {
        match &self.kind {
            TermKind::Date(date) => Some(date),
            _ => None,
        }
    }

    /// A financial year as written.
    pub fn as_year(&self) -> Option<&str> {
        match &self.kind {
            TermKind::Year(year) => Some(year),
            _ => None,
        }
    }

    /// An electronic address.
    pub fn as_address(&self) -> Option<&str> {
        match &self.kind {
            TermKind::Address(address) => Some(address),
            _ => None,
        }
    }

    /// The members of a block.
    pub fn as_block(&self) -> Option<&[Member]> {
        match &self.kind {
            TermKind::Block(members) => Some(members),
            _ => None,
        }
    }
}

impl Phrase {
    /// Whether the phrase is exactly these words of the grammar.
    pub fn is_words(&self, words: &[Word]) -> bool {
        self.terms.len() == words.len()
            && self.terms.iter().zip(words).all(|(term, word)| term.word() == Some(*word))
    }

    /// The single term of a phrase of one term.
    pub fn single(&self) -> Option<&Term> {
        match self.terms.as_slice() {
            [term] => Some(term),
            _ => None,
        }
    }
}

impl Member {
    /// The words of the key joined by single spaces, where the key is one phrase of single words:
    /// `moving together: x` gives `moving together`.
    pub fn key_words(&self) -> Option<Cow<'_, str>> {
        let [phrase] = self.key.as_deref()? else { return None };
        if let [term] = phrase.terms.as_slice() {
            return term.name().map(|name| Cow::Borrowed(name.text.as_str()));
        }
        let words: Option<Vec<&str>> =
            phrase.terms.iter().map(|term| term.name().map(|n| n.text.as_str())).collect();
        words.map(|words| Cow::Owned(words.join(" ")))
    }
}
