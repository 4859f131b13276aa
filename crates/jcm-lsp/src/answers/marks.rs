//! Answers that mark or list what stands in the text.

use crate::desk::View;
use crate::places::{Encoding, Places};
use jcm_ide::{Analysis, Errand, Outline, TokenKind, What};
use jcm_source::Span;
use std::collections::BTreeSet;
use std::sync::Arc;
use tower_lsp::ls_types::*;

/// The kinds of words, in the order of their numbers.
pub(super) fn legend() -> Vec<SemanticTokenType> {
    TokenKind::ALL.into_iter().map(super::token_type).collect()
}

pub(crate) fn tokens(view: &View, range: Option<Range>) -> SemanticTokens {
    let places = view.places();
    let wanted = range.map(|range| places.span(view.file, range));
    let mut last = Position::new(0, 0);
    let mut data = Vec::new();
    for token in jcm_ide::tokens(&view.analysis, view.file) {
        let is_wanted = |wanted: Span| token.span.end >= wanted.start && token.span.start <= wanted.end;
        if !wanted.is_none_or(is_wanted) {
            continue;
        }
        let at = places.position(view.file, token.span.start);
        let delta_line = at.line.saturating_sub(last.line);
        let delta_start =
            if delta_line == 0 { at.character.saturating_sub(last.character) } else { at.character };
        let kind = TokenKind::ALL.iter().position(|kind| *kind == token.kind).unwrap_or(0);
        data.push(SemanticToken {
            delta_line,
            delta_start,
            length: places.encoding().length(view.analysis.text_of(token.span)),
            token_type: u32::try_from(kind).unwrap_or(0),
            token_modifiers_bitset: u32::from(token.declared),
        });
        last = at;
    }
    SemanticTokens { result_id: None, data }
}

pub(crate) fn folds(view: &View) -> Vec<FoldingRange> {
    let places = view.places();
    let fold = |span: Span| {
        let range = places.range(span);
        let text = view.analysis.text_of(span);
        // The line with the closing brace stays.
        let closes =
            text.ends_with('}') && text.lines().last().is_some_and(|line| line.trim_start().starts_with('}'));
        let end_line = range.end.line.saturating_sub(u32::from(closes));
        let kind = text.starts_with("//").then_some(FoldingRangeKind::Comment);
        let fold = FoldingRange { start_line: range.start.line, end_line, kind, ..FoldingRange::default() };
        (end_line > range.start.line).then_some(fold)
    };
    let mut seen = BTreeSet::new();
    let found = jcm_ide::folds(&view.analysis, view.file).into_iter().filter_map(fold);
    found.filter(|fold| seen.insert((fold.start_line, fold.end_line))).collect()
}

pub(crate) fn selections(view: &View, positions: &[Position]) -> Vec<SelectionRange> {
    let places = view.places();
    let selection = |position: &Position| {
        let spans = jcm_ide::selections(&view.analysis, view.file, places.offset(view.file, *position));
        let whole = spans.into_iter().rev().fold(None, |parent: Option<Box<SelectionRange>>, span| {
            Some(Box::new(SelectionRange { range: places.range(span), parent }))
        });
        let nothing = || SelectionRange { range: Range::new(*position, *position), parent: None };
        whole.map_or_else(nothing, |whole| *whole)
    };
    positions.iter().map(selection).collect()
}

pub(crate) fn hints(view: &View, range: Range) -> Vec<InlayHint> {
    let places = view.places();
    let found = jcm_ide::hints(&view.analysis, places.span(view.file, range));
    let hint = |hint: jcm_ide::Hint| InlayHint {
        position: places.position(view.file, hint.at),
        label: InlayHintLabel::String(hint.text),
        kind: hint.is_type.then_some(InlayHintKind::TYPE),
        text_edits: None,
        tooltip: Some(InlayHintTooltip::String(hint.tooltip)),
        padding_left: Some(true),
        padding_right: None,
        data: None,
    };
    found.into_iter().map(hint).collect()
}

pub(crate) fn lenses(view: &View) -> Vec<CodeLens> {
    let places = view.places();
    let own = crate::names::uri_of(&view.analysis.name_of(view.file));
    let lens = |lens: jcm_ide::Lens| {
        let range = places.range(lens.span);
        let there: Vec<Location> = lens.places.iter().filter_map(|place| places.location(*place)).collect();
        let own = serde_json::to_value(&own).unwrap_or_default();
        let (command, arguments) = match (lens.errand, there.is_empty()) {
            (Some(Errand::RunExample(title)), _) => ("jcm.runExample", vec![own, title.into()]),
            (Some(Errand::Settle), _) => ("jcm.settle", vec![own]),
            (Some(Errand::Preview), _) => ("jcm.preview", vec![own]),
            (None, false) => {
                let told = [serde_json::to_value(range.start), serde_json::to_value(there)];
                let told = told.into_iter().flatten();
                ("jcm.showPlaces", std::iter::once(own).chain(told).collect())
            }
            // Where there is no place to go to, the words are all there is.
            (None, true) => ("", Vec::new()),
        };
        let arguments = (!arguments.is_empty()).then_some(arguments);
        let command = Command { title: lens.title, command: command.to_owned(), arguments };
        CodeLens { range, command: Some(command), data: None }
    };
    jcm_ide::lenses(&view.analysis, view.file).into_iter().map(lens).collect()
}

pub(crate) fn outline(view: &View) -> DocumentSymbolResponse {
    let places = view.places();
    let found = jcm_ide::outline(&view.analysis, view.file);
    DocumentSymbolResponse::Nested(found.iter().map(|outline| symbol(&places, outline)).collect())
}

#[expect(deprecated, reason = "the field is there, and nothing else fills it")]
fn symbol(places: &Places<'_>, outline: &Outline) -> DocumentSymbol {
    let parts: Vec<DocumentSymbol> = outline.parts.iter().map(|part| symbol(places, part)).collect();
    DocumentSymbol {
        name: outline.name.clone(),
        detail: Some(outline.detail.clone()),
        kind: symbol_kind(outline.what),
        tags: None,
        deprecated: None,
        range: places.range(outline.span),
        selection_range: places.range(outline.name_span),
        children: (!parts.is_empty()).then_some(parts),
    }
}

pub(super) fn symbol_kind(what: What) -> SymbolKind {
    use jcm_syntax::ast::DeclarationKind as Kind;
    match what {
        What::Line | What::Input | What::Argument | What::Column => SymbolKind::VARIABLE,
        What::Each => SymbolKind::ARRAY,
        What::Member => SymbolKind::ENUM_MEMBER,
        What::Declared(kind) => match kind {
            Kind::Contract => SymbolKind::MODULE,
            Kind::Partner | Kind::Board | Kind::Population => SymbolKind::CLASS,
            Kind::Parameter | Kind::Knob => SymbolKind::CONSTANT,
            Kind::Measure | Kind::Outcome | Kind::Score => SymbolKind::PROPERTY,
            Kind::Incentive | Kind::Function | Kind::Scale | Kind::Bands => SymbolKind::FUNCTION,
            Kind::Choice => SymbolKind::ENUM,
            Kind::Clause | Kind::Definition => SymbolKind::STRING,
            Kind::Example => SymbolKind::EVENT,
            _ => SymbolKind::OBJECT,
        },
    }
}

/// What any of several contracts declares under a name like the one that is looked for.
pub(crate) fn search(
    analyses: &[Arc<Analysis>],
    encoding: Encoding,
    wanted: &str,
) -> WorkspaceSymbolResponse {
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for analysis in analyses {
        let places = Places::new(analysis, encoding);
        for symbol in jcm_ide::search(analysis, wanted) {
            let Some(location) = places.location(symbol.name_span) else { continue };
            if seen.insert((location.uri.as_str().to_owned(), symbol.name_span.start)) {
                found.push(WorkspaceSymbol {
                    name: symbol.name.clone(),
                    kind: symbol_kind(symbol.what),
                    tags: None,
                    container_name: Some(format!("{} {}", symbol.kind_word(), symbol.title)),
                    location: OneOf::Left(location),
                    data: None,
                });
            }
        }
    }
    WorkspaceSymbolResponse::Nested(found)
}
