//! From a name to what it is made after, and to what is made after it: its type, what meets a criterion, what is derived.

use crate::analysis::Analysis;
use crate::index::{Symbol, SymbolId, What};
use crate::navigation::Target;
use crate::place::{Spot, each_term, members, spot};
use jcm_source::{FileId, Span};
use jcm_syntax::ast::{DeclarationKind as Kind, Operator};

/// What the thing that is named at a place is made after: the units or the list of choices of a figure, the measure that
/// another is derived from.
pub fn type_definition(analysis: &Analysis, file: FileId, at: u32) -> Vec<Target> {
    let Some(Spot::Symbol(id, from)) = spot(analysis, file, at) else { return Vec::new() };
    let index = analysis.index();
    let Some(symbol) = index.symbol(id) else { return Vec::new() };
    let Some(heading) = heading_of_type(analysis, symbol) else { return Vec::new() };
    let within = index.in_file(heading.file).filter(|reference| {
        reference.symbol != id && heading.start <= reference.span.start && reference.span.end <= heading.end
    });
    let mut found: Vec<SymbolId> = Vec::new();
    for reference in within {
        let is_type = |other: &Symbol| match symbol.what {
            What::Declared(kind @ Kind::Measure) => other.is(Kind::Unit) || other.is(kind),
            _ => other.is(Kind::Unit) || other.is(Kind::Choice),
        };
        if index.symbol(reference.symbol).is_some_and(is_type) && !found.contains(&reference.symbol) {
            found.push(reference.symbol);
        }
    }
    found.into_iter().filter_map(|id| Some(target(from, index.symbol(id)?))).collect()
}

fn target(from: Span, symbol: &Symbol) -> Target {
    Target { from, whole: symbol.span, name: symbol.name_span }
}

/// The part of a declaration that says its type: what follows the name in its first line, or the unit of a measure.
fn heading_of_type(analysis: &Analysis, symbol: &Symbol) -> Option<Span> {
    let file = symbol.span.file;
    let declaration = analysis.declaration_at(file, symbol.name_span.start)?;
    let header = || Some(declaration.header.first()?.span.to(declaration.header.last()?.span));
    match symbol.what {
        What::Declared(Kind::Measure) => {
            let unit = members(declaration)
                .iter()
                .find(|member| member.key_words().as_deref() == Some("unit"))
                .map(|member| member.span);
            // A derived measure says nothing of its unit: what it is derived from does.
            unit.or_else(header)
        }
        What::Declared(_) => header(),
        // A line's calculation comes after its type.
        What::Line | What::Input | What::Argument | What::Column => {
            let mut end = symbol.span.end;
            each_term(declaration, &mut |term| {
                let is_equals = term.operator() == Some(Operator::Equal);
                if is_equals && symbol.span.start <= term.span.start && term.span.end <= end {
                    end = term.span.start;
                }
            });
            Some(Span::new(file, symbol.span.start, end))
        }
        What::Each | What::Member => None,
    }
}

/// What is made after the thing that is named at a place: what of the contract meets a criterion, what is derived from a
/// measure, what belongs to an outcome, a model or an element, the examples of an incentive.
pub fn implementations(analysis: &Analysis, file: FileId, at: u32) -> Vec<Target> {
    let Some(Spot::Symbol(id, from)) = spot(analysis, file, at) else { return Vec::new() };
    let index = analysis.index();
    let Some(symbol) = index.symbol(id) else { return Vec::new() };
    if symbol.is(Kind::Criterion) {
        let met = met_by(analysis, &symbol.name);
        let whole = |name: Span| {
            analysis.declaration_at(name.file, name.start).map_or(name, |declaration| declaration.span)
        };
        return met.into_iter().map(|name| Target { from, whole: whole(name), name }).collect();
    }
    let mut found: Vec<Target> = Vec::new();
    for place in index.places(id).filter(|place| *place != symbol.name_span) {
        let Some(declaration) = analysis.declaration_at(place.file, place.start) else { continue };
        let is_header =
            declaration.header.iter().any(|p| p.span.start <= place.start && place.end <= p.span.end);
        let is_outcome_of = symbol.is(Kind::Outcome) && declaration.kind == Kind::Measure;
        let name = declaration.name.as_ref().map(|name| name.span);
        let name = name.or_else(|| declaration.title.as_ref().map(|title| title.span));
        if let (Some(name), true) = (name, is_header || is_outcome_of) {
            found.push(Target { from, whole: declaration.span, name });
        }
    }
    found.sort_by_key(|target| target.name);
    found.dedup_by_key(|target| target.name);
    found
}

/// The names of what meets a criterion, as the contract was last read without an error.
pub(crate) fn met_by(analysis: &Analysis, criterion: &str) -> Vec<Span> {
    let Some(program) = analysis.program() else { return Vec::new() };
    let assurance = jcm::assure(program);
    let row = assurance.rows.iter().find(|row| row.criterion.head.name == criterion);
    match row.map(|row| &row.verdict) {
        Some(jcm::Verdict::Met { by }) => by.iter().filter_map(|def| program.name_span(*def)).collect(),
        _ => Vec::new(),
    }
}
