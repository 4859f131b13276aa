//! What a figure is worked out from, and what is worked out from it.

use crate::analysis::Analysis;
use crate::index::{Symbol, SymbolId, What};
use crate::place::{Spot, spot};
use jcm_source::{FileId, Span};
use jcm_syntax::ast::DeclarationKind as Kind;
use std::collections::BTreeMap;

/// A figure, and the places where it is named together with another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// The figure.
    pub figure: Symbol,
    /// The places.
    pub places: Vec<Span>,
}

/// The figure that is named at a place.
pub fn figure_at(analysis: &Analysis, file: FileId, at: u32) -> Option<Symbol> {
    match spot(analysis, file, at)? {
        Spot::Symbol(id, _) => analysis.index().symbol(id).filter(|symbol| is_figure(symbol)).cloned(),
        _ => None,
    }
}

fn is_figure(symbol: &Symbol) -> bool {
    match symbol.what {
        What::Line | What::Input => true,
        What::Declared(kind) => matches!(
            kind,
            Kind::Parameter
                | Kind::Knob
                | Kind::Measure
                | Kind::Score
                | Kind::Scale
                | Kind::Bands
                | Kind::Function
                | Kind::Pool
                | Kind::Incentive
                | Kind::Payment
        ),
        _ => false,
    }
}

/// What is worked out from a figure, by the place of its name: every line, score or declaration that names it.
pub fn worked_out_from(analysis: &Analysis, name: Span) -> Vec<Call> {
    let Some(reference) = analysis.index().at(name.file, name.start) else { return Vec::new() };
    let mut found: BTreeMap<SymbolId, Vec<Span>> = BTreeMap::new();
    for place in analysis.index().places(reference.symbol) {
        if let Some(around) = around(analysis, place).filter(|around| *around != reference.symbol) {
            found.entry(around).or_default().push(place);
        }
    }
    calls(analysis, found)
}

/// What a figure is worked out from, by the place of its name: every figure that it names.
pub fn works_with(analysis: &Analysis, name: Span) -> Vec<Call> {
    let index = analysis.index();
    let Some(reference) = index.at(name.file, name.start) else { return Vec::new() };
    let Some(own) = index.symbol(reference.symbol) else { return Vec::new() };
    let inside = |place: Span| own.span.start <= place.start && place.end <= own.span.end;
    let mut found: BTreeMap<SymbolId, Vec<Span>> = BTreeMap::new();
    for named in index.in_file(own.span.file).filter(|named| named.symbol != reference.symbol) {
        if !inside(named.span) {
            continue;
        }
        let declares = index.symbol(named.symbol).is_some_and(|symbol| symbol.name_span == named.span);
        if !declares && around(analysis, named.span) == Some(reference.symbol) {
            found.entry(named.symbol).or_default().push(named.span);
        }
    }
    calls(analysis, found)
}

/// The smallest figure that a place stands in.
fn around(analysis: &Analysis, place: Span) -> Option<SymbolId> {
    let holds = |symbol: &Symbol| {
        symbol.span.file == place.file && symbol.span.start <= place.start && place.end <= symbol.span.end
    };
    let figures = analysis.index().symbols().filter(|(_, symbol)| is_figure(symbol) && holds(symbol));
    figures.min_by_key(|(_, symbol)| symbol.span.end.saturating_sub(symbol.span.start)).map(|(id, _)| id)
}

fn calls(analysis: &Analysis, found: BTreeMap<SymbolId, Vec<Span>>) -> Vec<Call> {
    let index = analysis.index();
    let figures = found.into_iter().filter_map(|(id, places)| Some((index.symbol(id)?.clone(), places)));
    let mut calls: Vec<Call> = figures
        .filter(|(symbol, _)| is_figure(symbol))
        .map(|(figure, places)| Call { figure, places })
        .collect();
    calls.sort_by_key(|call| call.figure.name_span);
    calls
}
