//! Words that lead to another file, and words that change together.

use crate::analysis::Analysis;
use crate::navigation::name_at;
use crate::place::{Spot, spot};
use jcm_source::{FileId, Span};
use jcm_syntax::ast::DeclarationKind as Kind;

/// A word that leads to another file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The word.
    pub span: Span,
    /// The name of the file.
    pub file: String,
}

/// The modules that a file names after `use` and `include`, each with its file.
pub fn links(analysis: &Analysis, file: FileId) -> Vec<Link> {
    let asks = analysis.declarations(file).iter().filter(|d| matches!(d.kind, Kind::Use | Kind::Include));
    asks.filter_map(|declaration| {
        let path = declaration.name.as_ref()?;
        let module = analysis.modules().iter().find(|module| module.path == path.text)?;
        Some(Link { span: path.span, file: analysis.name_of(module.file) })
    })
    .collect()
}

/// Every place of a file where the name stands that stands at a place, if the contract gives it and names it in this file
/// alone: then all of them can be typed over at once.
pub fn linked(analysis: &Analysis, file: FileId, at: u32) -> Vec<Span> {
    let (Some(Spot::Symbol(symbol, _)), Ok(own)) = (spot(analysis, file, at), name_at(analysis, file, at))
    else {
        return Vec::new();
    };
    let places: Vec<Span> = analysis.index().places(symbol).collect();
    let alike = |place: &Span| place.file == file && analysis.text_of(*place) == analysis.text_of(own);
    if places.iter().all(alike) && places.len() > 1 { places } else { Vec::new() }
}
