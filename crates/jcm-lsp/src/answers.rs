//! Answers of `jcm-ide` in the words of the protocol.

mod edits;
mod marks;

pub(crate) use edits::{actions, formatting, prepare_rename, rename};
pub(crate) use marks::{folds, hints, lenses, outline, search, selections, tokens};

use crate::desk::View;
use crate::places::{Encoding, Places};
use jcm_diagnostics::Severity;
use jcm_ide::{Books, CompletionKind, LIBRARY, TokenKind};
use tower_lsp::ls_types::*;

/// What the server can do.
pub(crate) fn initialized(encoding: Encoding) -> InitializeResult {
    let workspace_folders = WorkspaceFoldersServerCapabilities {
        supported: Some(true),
        change_notifications: Some(OneOf::Left(true)),
    };
    let rename =
        RenameOptions { prepare_provider: Some(true), work_done_progress_options: Default::default() };
    let legend = SemanticTokensLegend {
        token_types: marks::legend(),
        token_modifiers: vec![SemanticTokenModifier::DECLARATION],
    };
    let tokens = SemanticTokensOptions {
        legend,
        range: Some(true),
        full: Some(SemanticTokensFullOptions::Bool(true)),
        ..SemanticTokensOptions::default()
    };
    let completion = CompletionOptions {
        trigger_characters: Some([".", "{", ":", "\""].map(str::to_owned).to_vec()),
        ..CompletionOptions::default()
    };
    let actions = CodeActionOptions {
        code_action_kinds: Some(vec![CodeActionKind::QUICKFIX, CodeActionKind::SOURCE_FIX_ALL]),
        ..CodeActionOptions::default()
    };
    let signature = SignatureHelpOptions {
        trigger_characters: Some(vec!["(".to_owned(), ",".to_owned()]),
        ..SignatureHelpOptions::default()
    };
    let capabilities = ServerCapabilities {
        position_encoding: Some(encoding.kind()),
        text_document_sync: Some(TextDocumentSyncCapability::Kind(TextDocumentSyncKind::INCREMENTAL)),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        completion_provider: Some(completion),
        signature_help_provider: Some(signature),
        definition_provider: Some(OneOf::Left(true)),
        references_provider: Some(OneOf::Left(true)),
        document_highlight_provider: Some(OneOf::Left(true)),
        document_symbol_provider: Some(OneOf::Left(true)),
        workspace_symbol_provider: Some(OneOf::Left(true)),
        code_action_provider: Some(CodeActionProviderCapability::Options(actions)),
        code_lens_provider: Some(CodeLensOptions { resolve_provider: Some(false) }),
        document_formatting_provider: Some(OneOf::Left(true)),
        rename_provider: Some(OneOf::Right(rename)),
        folding_range_provider: Some(FoldingRangeProviderCapability::Simple(true)),
        selection_range_provider: Some(SelectionRangeProviderCapability::Simple(true)),
        semantic_tokens_provider: Some(SemanticTokensServerCapabilities::SemanticTokensOptions(tokens)),
        inlay_hint_provider: Some(OneOf::Left(true)),
        workspace: Some(WorkspaceServerCapabilities {
            workspace_folders: Some(workspace_folders),
            ..WorkspaceServerCapabilities::default()
        }),
        ..ServerCapabilities::default()
    };
    let server_info =
        ServerInfo { name: "jcm".to_owned(), version: Some(env!("CARGO_PKG_VERSION").to_owned()) };
    InitializeResult { capabilities, server_info: Some(server_info), ..InitializeResult::default() }
}

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
    let items = found.into_iter().zip(0_u32..).map(|(found, order)| {
        let new_text = if snippets { found.snippet } else { without_stops(&found.snippet) };
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
            ..CompletionItem::default()
        }
    });
    CompletionResponse::Array(items.collect())
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

/// A snippet as plain text, for an editor that knows none.
fn without_stops(snippet: &str) -> String {
    let mut plain = String::new();
    let mut letters = snippet.chars().peekable();
    let mut open = 0_u32;
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => plain.extend(letters.next()),
            '$' if letters.next_if_eq(&'{').is_some() => {
                open = open.saturating_add(1);
                while letters.next_if(|letter| *letter != ':').is_some() {}
                letters.next();
            }
            '$' => while letters.next_if(char::is_ascii_digit).is_some() {},
            '}' if open > 0 => open = open.saturating_sub(1),
            other => plain.push(other),
        }
    }
    plain
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

pub(crate) fn definition(view: &View, position: Position) -> Option<GotoDefinitionResponse> {
    let places = view.places();
    let target = jcm_ide::definition(&view.analysis, view.file, places.offset(view.file, position))?;
    Some(GotoDefinitionResponse::Scalar(places.location(target.name)?))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_snippet_without_its_stops_is_what_would_be_typed() {
        assert_eq!(
            without_stops("pool ${1:fund} \"${2:The \\$ \\} Fund}\" {\n    $0\n}"),
            "pool fund \"The $ } Fund\" {\n    \n}"
        );
    }
}
