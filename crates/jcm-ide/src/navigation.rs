//! From a name to what it stands for and to every place that names it; and giving it another name.

use crate::analysis::Analysis;
use crate::index::{Index, SymbolId, What};
use crate::place::{Spot, spot};
use jcm_diagnostics::TextEdit;
use jcm_source::{FileId, Span};

/// Where something is declared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Target {
    /// The name that was asked about.
    pub from: Span,
    /// The whole declaration.
    pub whole: Span,
    /// Its name.
    pub name: Span,
}

/// Where what is named at a place is declared.
pub fn definition(analysis: &Analysis, file: FileId, at: u32) -> Option<Target> {
    match spot(analysis, file, at)? {
        Spot::Symbol(symbol, from) => {
            let symbol = analysis.index().symbol(symbol)?;
            Some(Target { from, whole: symbol.span, name: symbol.name_span })
        }
        Spot::Module(path, from) => {
            let module = analysis.modules().iter().find(|module| module.path == path)?;
            let start = Span::new(module.file, 0, 0);
            Some(Target { from, whole: start, name: start })
        }
        _ => None,
    }
}

/// Every place where the thing is named that is named at a place; with `declared` also where it is declared.
pub fn references(analysis: &Analysis, file: FileId, at: u32, declared: bool) -> Vec<Span> {
    let Some(Spot::Symbol(symbol, _)) = spot(analysis, file, at) else { return Vec::new() };
    let own = analysis.index().symbol(symbol).map(|symbol| symbol.name_span);
    analysis.index().places(symbol).filter(|place| declared || Some(*place) != own).collect()
}

/// The places in one file where the thing is named that is named at a place, and which of them declares it.
pub fn highlights(analysis: &Analysis, file: FileId, at: u32) -> Vec<(Span, bool)> {
    let Some(Spot::Symbol(symbol, _)) = spot(analysis, file, at) else { return Vec::new() };
    let own = analysis.index().symbol(symbol).map(|symbol| symbol.name_span);
    let places = analysis.index().places(symbol).filter(|place| place.file == file);
    places.map(|place| (place, Some(place) == own)).collect()
}

/// Why a thing cannot be given another name, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotRenamed(pub String);

/// The name at a place that can be changed there.
pub fn name_at(analysis: &Analysis, file: FileId, at: u32) -> Result<Span, NotRenamed> {
    let (symbol, span) = renamed(analysis, file, at)?;
    // Another word of a unit stands for it, and is no name that could be changed at every place.
    let named_alike = analysis.index().symbol(symbol).is_some_and(|s| s.name == analysis.text_of(span));
    if named_alike { Ok(span) } else { Err(NotRenamed("this word is another form of the name".to_owned())) }
}

fn renamed(analysis: &Analysis, file: FileId, at: u32) -> Result<(SymbolId, Span), NotRenamed> {
    let Some(Spot::Symbol(symbol, span)) = spot(analysis, file, at) else {
        return Err(NotRenamed("there is no name here that the contract gives".to_owned()));
    };
    let found = analysis.index().symbol(symbol);
    if found.is_some_and(|symbol| symbol.library) {
        return Err(NotRenamed("this name is given by the standard library".to_owned()));
    }
    Ok((symbol, span))
}

/// The edits that give another name to the thing that is named at a place, everywhere, in prose too.
pub fn rename(analysis: &Analysis, file: FileId, at: u32, name: &str) -> Result<Vec<TextEdit>, NotRenamed> {
    let (symbol, _) = renamed(analysis, file, at)?;
    let refused = |why: &str| Err(NotRenamed(why.to_owned()));
    let Some(found) = analysis.index().symbol(symbol) else { return refused("there is no name here") };
    let begins_well = name.chars().next().is_some_and(char::is_alphabetic);
    if !begins_well || !name.chars().all(|letter| letter.is_alphanumeric() || letter == '_') {
        return refused("a name begins with a letter and has letters, digits and underscores");
    }
    if jcm::keywords().any(|word| word == name) {
        return refused("this is a word of the language");
    }
    if jcm::keywords().any(|word| word == found.name) {
        return refused(
            "the name is also a word of the language, and not every place tells which of them is meant",
        );
    }
    if is_ambiguous(analysis.index(), &found.name) {
        return refused("something else has the same name, and not every place tells which of them is meant");
    }
    if name != found.name && is_taken(analysis.index(), symbol, name) {
        return refused("something else has this name already");
    }
    // Other words of a unit stay.
    let places = analysis.index().places(symbol).filter(|place| analysis.text_of(*place) == found.name);
    Ok(places.map(|span| TextEdit { span, new_text: name.to_owned() }).collect())
}

/// Whether another thing has a name where a thing would get it.
fn is_taken(index: &Index, symbol: SymbolId, name: &str) -> bool {
    let Some(found) = index.symbol(symbol) else { return true };
    match found.owner {
        Some(owner) => index.part(owner, name).is_some(),
        None => index.named(found.name_span.file, name).is_some(),
    }
}

/// Whether a choice and something else have this name: what is meant then follows from types, which a half written
/// contract does not have.
fn is_ambiguous(index: &Index, name: &str) -> bool {
    let named = || index.symbols().filter(|(_, symbol)| symbol.name == name);
    named().any(|(_, symbol)| symbol.what == What::Member) && named().count() > 1
}
