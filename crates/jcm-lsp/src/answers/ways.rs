//! Answers that lead from a name to other places.

use super::marks::symbol_kind;
use crate::desk::View;
use crate::names::uri_of;
use crate::places::Places;
use jcm_ide::{Call, Symbol, Target};
use jcm_source::Span;
use tower_lsp::ls_types::*;

/// Where what is named at a place is declared.
pub(crate) fn definition(view: &View, position: Position) -> Option<GotoDefinitionResponse> {
    let places = view.places();
    let target = jcm_ide::definition(&view.analysis, view.file, places.offset(view.file, position))?;
    Some(GotoDefinitionResponse::Scalar(places.location(target.name)?))
}

/// What the thing that is named at a place is made after.
pub(crate) fn type_definition(view: &View, position: Position) -> Option<GotoDefinitionResponse> {
    let at = view.places().offset(view.file, position);
    several(view, &jcm_ide::type_definition(&view.analysis, view.file, at))
}

/// What is made after the thing that is named at a place.
pub(crate) fn implementation(view: &View, position: Position) -> Option<GotoDefinitionResponse> {
    let at = view.places().offset(view.file, position);
    several(view, &jcm_ide::implementations(&view.analysis, view.file, at))
}

fn several(view: &View, targets: &[Target]) -> Option<GotoDefinitionResponse> {
    let places = view.places();
    let found: Vec<Location> = targets.iter().filter_map(|target| places.location(target.name)).collect();
    (!found.is_empty()).then_some(GotoDefinitionResponse::Array(found))
}

pub(crate) fn references(view: &View, position: Position, declared: bool) -> Vec<Location> {
    let places = view.places();
    let at = places.offset(view.file, position);
    let found = jcm_ide::references(&view.analysis, view.file, at, declared);
    found.into_iter().filter_map(|span| places.location(span)).collect()
}

pub(crate) fn highlights(view: &View, position: Position) -> Vec<DocumentHighlight> {
    let places = view.places();
    let found = jcm_ide::highlights(&view.analysis, view.file, places.offset(view.file, position));
    let kind = |declared| if declared { DocumentHighlightKind::WRITE } else { DocumentHighlightKind::READ };
    found
        .into_iter()
        .map(|(span, declared)| DocumentHighlight { range: places.range(span), kind: Some(kind(declared)) })
        .collect()
}

/// The modules that a file names, as links to their files.
pub(crate) fn links(view: &View) -> Vec<DocumentLink> {
    let places = view.places();
    let link = |link: jcm_ide::Link| DocumentLink {
        range: places.range(link.span),
        target: uri_of(&link.file),
        tooltip: Some("Open this file".to_owned()),
        data: None,
    };
    jcm_ide::links(&view.analysis, view.file).into_iter().map(link).collect()
}

/// The places of a name that can be typed over at once.
pub(crate) fn linked(view: &View, position: Position) -> Option<LinkedEditingRanges> {
    let places = view.places();
    let found = jcm_ide::linked(&view.analysis, view.file, places.offset(view.file, position));
    let ranges: Vec<Range> = found.into_iter().map(|span| places.range(span)).collect();
    let word_pattern = Some("[A-Za-z_][A-Za-z0-9_]*".to_owned());
    (!ranges.is_empty()).then_some(LinkedEditingRanges { ranges, word_pattern })
}

/// The figure that is named at a place, as the start of a hierarchy.
pub(crate) fn figure(view: &View, position: Position) -> Option<Vec<CallHierarchyItem>> {
    let places = view.places();
    let figure = jcm_ide::figure_at(&view.analysis, view.file, places.offset(view.file, position))?;
    Some(vec![item(&places, &figure)?])
}

/// What is worked out from a figure.
pub(crate) fn incoming(view: &View, of: &CallHierarchyItem) -> Vec<CallHierarchyIncomingCall> {
    let places = view.places();
    let found = jcm_ide::worked_out_from(&view.analysis, own_name(view, of));
    let call = |call: Call| {
        let from = item(&places, &call.figure)?;
        Some(CallHierarchyIncomingCall { from, from_ranges: ranges(&places, &call.places) })
    };
    found.into_iter().filter_map(call).collect()
}

/// What a figure is worked out from.
pub(crate) fn outgoing(view: &View, of: &CallHierarchyItem) -> Vec<CallHierarchyOutgoingCall> {
    let places = view.places();
    let found = jcm_ide::works_with(&view.analysis, own_name(view, of));
    let call = |call: Call| {
        let to = item(&places, &call.figure)?;
        Some(CallHierarchyOutgoingCall { to, from_ranges: ranges(&places, &call.places) })
    };
    found.into_iter().filter_map(call).collect()
}

fn own_name(view: &View, of: &CallHierarchyItem) -> Span {
    view.places().span(view.file, of.selection_range)
}

fn ranges(places: &Places<'_>, spans: &[Span]) -> Vec<Range> {
    spans.iter().map(|span| places.range(*span)).collect()
}

fn item(places: &Places<'_>, figure: &Symbol) -> Option<CallHierarchyItem> {
    let name = places.location(figure.name_span)?;
    Some(CallHierarchyItem {
        name: figure.name.clone(),
        kind: symbol_kind(figure.what),
        tags: None,
        detail: Some(format!("{} {}", figure.kind_word(), figure.title).trim_end().to_owned()),
        uri: name.uri,
        range: places.range(figure.span),
        selection_range: name.range,
        data: None,
    })
}
