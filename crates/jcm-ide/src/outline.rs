//! What a text declares, for a list beside it and for looking something up by its name.

use crate::analysis::Analysis;
use crate::index::{Symbol, What};
use jcm_source::{FileId, Span};
use jcm_syntax::ast::{Declaration, DeclarationKind as Kind};

/// Something that is declared, with what belongs to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outline {
    /// Its name, or its title where it has no name.
    pub name: String,
    /// Its kind and title.
    pub detail: String,
    /// What it is.
    pub what: What,
    /// The whole of it.
    pub span: Span,
    /// The name in it.
    pub name_span: Span,
    /// What belongs to it.
    pub parts: Vec<Outline>,
}

/// What a file declares, in the order of the text.
pub fn outline(analysis: &Analysis, file: FileId) -> Vec<Outline> {
    let declarations = analysis.declarations(file).iter();
    declarations.filter_map(|declaration| of_declaration(analysis, declaration)).collect()
}

fn of_declaration(analysis: &Analysis, declaration: &Declaration) -> Option<Outline> {
    let title = declaration.title.as_ref();
    let named = declaration.name.as_ref().map(|name| (name.text.clone(), name.span));
    let (name, name_span) = named.or_else(|| title.map(|title| (title.text.clone(), title.span)))?;
    let index = analysis.index();
    let own = index.of_declaration(declaration);
    let mut parts: Vec<Outline> =
        own.map(|own| index.parts(own).map(|(_, part)| of_symbol(part)).collect()).unwrap_or_default();
    parts.sort_by_key(|part| part.span);
    let detail = match (title, &declaration.name) {
        (Some(title), Some(_)) => format!("{} · {}", declaration.kind.word(), title.text),
        _ => declaration.kind.word().to_owned(),
    };
    let what = What::Declared(declaration.kind);
    (!name.is_empty()).then_some(Outline { name, detail, what, span: declaration.span, name_span, parts })
}

fn of_symbol(symbol: &Symbol) -> Outline {
    Outline {
        name: symbol.name.clone(),
        detail: format!("{} {}", symbol.kind_word(), symbol.title).trim_end().to_owned(),
        what: symbol.what,
        span: symbol.span,
        name_span: symbol.name_span,
        parts: Vec::new(),
    }
}

/// Declarations and their parts of a contract whose name or title has the letters of `wanted` in this order; those of the
/// library too, after the contract's own.
pub fn search(analysis: &Analysis, wanted: &str) -> Vec<Symbol> {
    let matching = |symbol: &&Symbol| is_like(&symbol.name, wanted) || is_like(&symbol.title, wanted);
    let named = |symbol: &&Symbol| !matches!(symbol.what, What::Declared(Kind::Unit) | What::Argument);
    let found = analysis.index().symbols().map(|(_, symbol)| symbol).filter(named).filter(matching);
    let mut found: Vec<Symbol> = found.cloned().collect();
    found.sort_by_key(|symbol| (symbol.library, symbol.name_span));
    found
}

/// Whether a text has some letters in their order, whatever stands between them.
fn is_like(text: &str, wanted: &str) -> bool {
    let mut letters = text.chars().flat_map(char::to_lowercase);
    wanted
        .chars()
        .flat_map(char::to_lowercase)
        .filter(|letter| !letter.is_whitespace())
        .all(|letter| letters.any(|own| own == letter))
}
