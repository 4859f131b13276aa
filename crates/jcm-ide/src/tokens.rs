//! What each word of a text is, for colours that a grammar of patterns cannot give.

use crate::analysis::Analysis;
use crate::index::{Symbol, What};
use crate::place::{each_term, field_of, key_span, members};
use jcm_source::{FileId, Span};
use jcm_syntax::ast::{DeclarationKind as Kind, TermKind};

/// What a word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TokenKind {
    /// A kind of declaration, or a word of the language.
    Keyword,
    /// The name of a field.
    Field,
    /// A partner, a board or a population.
    Party,
    /// A figure of the contract: a parameter, an input, a line, a measure, a score.
    Figure,
    /// Something else that the contract declares.
    Thing,
    /// A function.
    Function,
    /// A unit.
    Unit,
    /// One of a list of choices.
    Choice,
    /// A figure as written, a date or a year.
    Number,
    /// A text in quotes.
    Text,
    /// The path of a module.
    Module,
}

impl TokenKind {
    /// Every one.
    pub const ALL: [TokenKind; 11] = [
        Self::Keyword,
        Self::Field,
        Self::Party,
        Self::Figure,
        Self::Thing,
        Self::Function,
        Self::Unit,
        Self::Choice,
        Self::Number,
        Self::Text,
        Self::Module,
    ];
}

/// A word with what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct TokenSpan {
    /// Where.
    pub span: Span,
    /// What.
    pub kind: TokenKind,
    /// Whether it is declared here.
    pub declared: bool,
}

/// The words of a file, in order; none lies in another and none goes over a line.
pub fn tokens(analysis: &Analysis, file: FileId) -> Vec<TokenSpan> {
    let mut found: Vec<TokenSpan> = Vec::new();
    let index = analysis.index();
    for reference in index.in_file(file) {
        if let Some(symbol) = index.symbol(reference.symbol) {
            let declared = symbol.name_span == reference.span;
            found.push(TokenSpan { span: reference.span, kind: kind_of(symbol), declared });
        }
    }
    for declaration in analysis.declarations(file) {
        let mut add = |span: Span, kind: TokenKind| found.push(TokenSpan { span, kind, declared: false });
        add(declaration.kind_span, TokenKind::Keyword);
        if let Some(title) = &declaration.title {
            add(title.span, TokenKind::Text);
        }
        if let (Kind::Use | Kind::Include, Some(name)) = (declaration.kind, &declaration.name) {
            add(name.span, TokenKind::Module);
        }
        for member in members(declaration) {
            if let (Some(_), Some(span)) = (field_of(declaration.kind, member), key_span(member)) {
                add(span, TokenKind::Field);
            }
        }
        each_term(declaration, &mut |term| {
            let kind = match &term.kind {
                TermKind::Number(_)
                | TermKind::Percent(_)
                | TermKind::Money { .. }
                | TermKind::Date(_)
                | TermKind::Year(_) => TokenKind::Number,
                TermKind::Text(_) | TermKind::Address(_) => TokenKind::Text,
                TermKind::Path(_) if term.word().is_some() => TokenKind::Keyword,
                TermKind::Path(names) => match names.as_slice() {
                    [name] if jcm_sema::FUNCTIONS.iter().any(|function| function.name == name.text) => {
                        TokenKind::Function
                    }
                    _ => return,
                },
                _ => return,
            };
            add(term.span, kind);
        });
    }
    found.sort();
    one_after_another(analysis, found)
}

/// Leaves out what begins within another, or goes over a line.
fn one_after_another(analysis: &Analysis, found: Vec<TokenSpan>) -> Vec<TokenSpan> {
    let mut end = 0;
    let mut kept = Vec::new();
    for token in found {
        let is_one_line = !analysis.text_of(token.span).contains('\n');
        if token.span.start >= end && token.span.end > token.span.start && is_one_line {
            end = token.span.end;
            kept.push(token);
        }
    }
    kept
}

fn kind_of(symbol: &Symbol) -> TokenKind {
    match symbol.what {
        What::Line | What::Input | What::Argument | What::Column => TokenKind::Figure,
        What::Each => TokenKind::Thing,
        What::Member => TokenKind::Choice,
        What::Declared(kind) => match kind {
            Kind::Partner | Kind::Board | Kind::Population => TokenKind::Party,
            Kind::Parameter | Kind::Knob | Kind::Measure | Kind::Score | Kind::Pool => TokenKind::Figure,
            Kind::Scale | Kind::Bands | Kind::Function => TokenKind::Function,
            Kind::Unit => TokenKind::Unit,
            Kind::Choice => TokenKind::Choice,
            _ => TokenKind::Thing,
        },
    }
}
