//! Answers of `jcm-ide` in the words of the protocol.

mod abilities;
mod edits;
mod marks;
mod pulled;
mod ways;

pub(crate) use abilities::initialized;
pub(crate) use edits::{actions, formatting, on_type_formatting, prepare_rename, range_formatting, rename};
pub(crate) use marks::{folds, hints, lenses, outline, search, selections, tokens};
pub(crate) use pulled::{Opened, of_document, of_nothing, of_workspace};
pub(crate) use ways::{
    definition, figure, highlights, implementation, incoming, linked, links, outgoing, references,
    type_definition,
};

use crate::desk::View;
use crate::places::Places;
use jcm_diagnostics::Severity;
use jcm_ide::{Books, CompletionKind, LIBRARY, TokenKind};
use tower_lsp::ls_types::*;

/// A problem with its label, its help and the other places that matter.
pub(crate) fn diagnostic(places: &Places<'_>, problem: &jcm_diagnostics::Diagnostic) -> Diagnostic {
    let mut message = problem.message.clone();
    let label = (!problem.primary.text.is_empty()).then(|| problem.primary.text.clone());
    for more in label.into_iter().chain(problem.help.iter().map(|help| format!("→ {help}"))) {
        message.push('\n');
        message.push_str(&more);
    }
    let related = problem.secondary.iter().filter_map(|label| {
        let message = if label.text.is_empty() { "here".to_owned() } else { label.text.clone() };
        Some(DiagnosticRelatedInformation { location: places.location(label.span)?, message })
    });
    let related: Vec<DiagnosticRelatedInformation> = related.collect();
    Diagnostic {
        range: places.range(problem.primary.span),
        severity: Some(match problem.severity {
            Severity::Error => DiagnosticSeverity::ERROR,
            Severity::Warning => DiagnosticSeverity::WARNING,
            Severity::Note => DiagnosticSeverity::INFORMATION,
        }),
        code: Some(NumberOrString::String(problem.code.0.to_owned())),
        source: Some("jcm".to_owned()),
        message,
        related_information: (!related.is_empty()).then_some(related),
        ..Diagnostic::default()
    }
}

fn markdown(value: String) -> MarkupContent {
    MarkupContent { kind: MarkupKind::Markdown, value }
}

pub(crate) fn hover(view: &View, position: Position, books: &Books) -> Option<Hover> {
    let places = view.places();
    let found = jcm_ide::hover(&view.analysis, view.file, places.offset(view.file, position), books)?;
    Some(Hover {
        contents: HoverContents::Markup(markdown(found.markdown)),
        range: Some(places.range(found.span)),
    })
}

pub(crate) fn completion(view: &View, position: Position, snippets: bool) -> CompletionResponse {
    let places = view.places();
    let found = jcm_ide::complete(&view.analysis, view.file, places.offset(view.file, position));
    let items = found.list.into_iter().zip(0_u32..).map(|(found, order)| {
        let new_text = if snippets { found.snippet } else { jcm_ide::without_stops(&found.snippet) };
        let range = places.range(found.replaces);
        CompletionItem {
            label: found.label,
            kind: Some(completion_kind(found.kind)),
            detail: (!found.detail.is_empty()).then_some(found.detail),
            documentation: (!found.doc.is_empty()).then(|| Documentation::MarkupContent(markdown(found.doc))),
            sort_text: Some(format!("{order:05}")),
            insert_text_format: Some(if snippets {
                InsertTextFormat::SNIPPET
            } else {
                InsertTextFormat::PLAIN_TEXT
            }),
            text_edit: Some(CompletionTextEdit::Edit(TextEdit { range, new_text })),
            additional_text_edits: found
                .also
                .map(|also| vec![TextEdit { range: places.range(also.span), new_text: also.new_text }]),
            ..CompletionItem::default()
        }
    });
    let items = items.collect();
    if found.is_whole {
        CompletionResponse::Array(items)
    } else {
        CompletionResponse::List(CompletionList { is_incomplete: true, items })
    }
}

fn completion_kind(kind: CompletionKind) -> CompletionItemKind {
    match kind {
        CompletionKind::Declaration => CompletionItemKind::SNIPPET,
        CompletionKind::Field => CompletionItemKind::PROPERTY,
        CompletionKind::Statement | CompletionKind::Word => CompletionItemKind::KEYWORD,
        CompletionKind::Value => CompletionItemKind::ENUM_MEMBER,
        CompletionKind::Name => CompletionItemKind::VARIABLE,
        CompletionKind::Function => CompletionItemKind::FUNCTION,
        CompletionKind::Unit => CompletionItemKind::UNIT,
        CompletionKind::Module => CompletionItemKind::MODULE,
    }
}

pub(crate) fn signature(view: &View, position: Position) -> Option<SignatureHelp> {
    let at = view.places().offset(view.file, position);
    let found = jcm_ide::signature(&view.analysis, view.file, at)?;
    let parameter = |label: &String| ParameterInformation {
        label: ParameterLabel::Simple(label.clone()),
        documentation: None,
    };
    let current = u32::try_from(found.current).ok();
    let signature = SignatureInformation {
        label: found.label,
        documentation: Some(Documentation::MarkupContent(markdown(found.doc))),
        parameters: Some(found.takes.iter().map(parameter).collect()),
        active_parameter: current,
    };
    Some(SignatureHelp { signatures: vec![signature], active_signature: Some(0), active_parameter: current })
}

/// The text of a file of the library, by its address.
pub(crate) fn library_text(name: &str) -> Option<String> {
    let file = name.strip_prefix(LIBRARY)?;
    Some(jcm_ide::library_text(file)?.to_owned())
}

/// The protocol's word for what a word is.
fn token_type(kind: TokenKind) -> SemanticTokenType {
    match kind {
        TokenKind::Keyword => SemanticTokenType::KEYWORD,
        TokenKind::Field => SemanticTokenType::PROPERTY,
        TokenKind::Party => SemanticTokenType::CLASS,
        TokenKind::Figure => SemanticTokenType::VARIABLE,
        TokenKind::Thing => SemanticTokenType::STRUCT,
        TokenKind::Function => SemanticTokenType::FUNCTION,
        TokenKind::Unit => SemanticTokenType::TYPE,
        TokenKind::Choice => SemanticTokenType::ENUM_MEMBER,
        TokenKind::Number => SemanticTokenType::NUMBER,
        TokenKind::Text => SemanticTokenType::STRING,
        TokenKind::Module => SemanticTokenType::NAMESPACE,
    }
}
