//! What the server can do, as the editor is told at the start.

use super::marks::legend;
use crate::places::Encoding;
use tower_lsp::ls_types::*;

/// The answer to an editor's greeting; `asks` says that it will ask for problems.
pub(crate) fn initialized(encoding: Encoding, asks: bool) -> InitializeResult {
    let capabilities = leading(marking(changing(ServerCapabilities {
        position_encoding: Some(encoding.kind()),
        text_document_sync: Some(TextDocumentSyncCapability::Kind(TextDocumentSyncKind::INCREMENTAL)),
        // An editor that is told of problems and asks for them too would show each twice.
        diagnostic_provider: asks.then(pulled),
        workspace: Some(workspace()),
        ..ServerCapabilities::default()
    })));
    let server_info =
        ServerInfo { name: "jcm".to_owned(), version: Some(env!("CARGO_PKG_VERSION").to_owned()) };
    InitializeResult { capabilities, server_info: Some(server_info), ..InitializeResult::default() }
}

fn pulled() -> DiagnosticServerCapabilities {
    DiagnosticServerCapabilities::Options(DiagnosticOptions {
        identifier: Some("jcm".to_owned()),
        inter_file_dependencies: true,
        workspace_diagnostics: true,
        ..DiagnosticOptions::default()
    })
}

fn workspace() -> WorkspaceServerCapabilities {
    let workspace_folders = WorkspaceFoldersServerCapabilities {
        supported: Some(true),
        change_notifications: Some(OneOf::Left(true)),
    };
    WorkspaceServerCapabilities {
        workspace_folders: Some(workspace_folders),
        ..WorkspaceServerCapabilities::default()
    }
}

/// What changes the text.
fn changing(capabilities: ServerCapabilities) -> ServerCapabilities {
    let letters = |letters: &[&str]| Some(letters.iter().map(|letter| (*letter).to_owned()).collect());
    let completion = CompletionOptions {
        trigger_characters: letters(&[".", "{", ":", "\""]),
        ..CompletionOptions::default()
    };
    let actions = CodeActionOptions {
        code_action_kinds: Some(vec![
            CodeActionKind::QUICKFIX,
            CodeActionKind::REFACTOR_EXTRACT,
            CodeActionKind::REFACTOR_REWRITE,
            CodeActionKind::SOURCE_FIX_ALL,
        ]),
        ..CodeActionOptions::default()
    };
    let signature =
        SignatureHelpOptions { trigger_characters: letters(&["(", ","]), ..SignatureHelpOptions::default() };
    let on_type = DocumentOnTypeFormattingOptions {
        first_trigger_character: "}".to_owned(),
        more_trigger_character: letters(&["\n"]),
    };
    let rename =
        RenameOptions { prepare_provider: Some(true), work_done_progress_options: Default::default() };
    ServerCapabilities {
        completion_provider: Some(completion),
        signature_help_provider: Some(signature),
        code_action_provider: Some(CodeActionProviderCapability::Options(actions)),
        document_formatting_provider: Some(OneOf::Left(true)),
        document_range_formatting_provider: Some(OneOf::Left(true)),
        document_on_type_formatting_provider: Some(on_type),
        rename_provider: Some(OneOf::Right(rename)),
        linked_editing_range_provider: Some(LinkedEditingRangeServerCapabilities::Simple(true)),
        ..capabilities
    }
}

/// What marks or lists what stands in the text.
fn marking(capabilities: ServerCapabilities) -> ServerCapabilities {
    let legend = SemanticTokensLegend {
        token_types: legend(),
        token_modifiers: vec![SemanticTokenModifier::DECLARATION],
    };
    let tokens = SemanticTokensOptions {
        legend,
        range: Some(true),
        full: Some(SemanticTokensFullOptions::Bool(true)),
        ..SemanticTokensOptions::default()
    };
    ServerCapabilities {
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        document_highlight_provider: Some(OneOf::Left(true)),
        document_symbol_provider: Some(OneOf::Left(true)),
        workspace_symbol_provider: Some(OneOf::Left(true)),
        code_lens_provider: Some(CodeLensOptions { resolve_provider: Some(false) }),
        folding_range_provider: Some(FoldingRangeProviderCapability::Simple(true)),
        selection_range_provider: Some(SelectionRangeProviderCapability::Simple(true)),
        semantic_tokens_provider: Some(SemanticTokensServerCapabilities::SemanticTokensOptions(tokens)),
        inlay_hint_provider: Some(OneOf::Left(true)),
        ..capabilities
    }
}

/// What leads to other places.
fn leading(capabilities: ServerCapabilities) -> ServerCapabilities {
    let links = DocumentLinkOptions {
        resolve_provider: Some(false),
        work_done_progress_options: WorkDoneProgressOptions::default(),
    };
    ServerCapabilities {
        definition_provider: Some(OneOf::Left(true)),
        declaration_provider: Some(DeclarationCapability::Simple(true)),
        type_definition_provider: Some(TypeDefinitionProviderCapability::Simple(true)),
        implementation_provider: Some(ImplementationProviderCapability::Simple(true)),
        references_provider: Some(OneOf::Left(true)),
        call_hierarchy_provider: Some(CallHierarchyServerCapability::Simple(true)),
        document_link_provider: Some(links),
        ..capabilities
    }
}
