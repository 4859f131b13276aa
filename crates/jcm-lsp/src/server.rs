//! What the protocol asks, handed to the desk and to `jcm-ide`.

use crate::answers;
use crate::desk::{Desk, Job, View, start};
use crate::names::name_of;
use crate::places::Encoding;
use jcm_ide::Books;
use serde::Deserialize;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use tokio::sync::oneshot;
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::ls_types::*;
use tower_lsp::{Client, LanguageServer};

pub(crate) struct Server {
    client: Client,
    books: Books,
    jobs: OnceLock<Sender<Job>>,
    snippets: AtomicBool,
}

/// What a custom request names.
#[derive(Debug, Deserialize)]
pub(crate) struct Named {
    /// An address or a code.
    name: String,
}

impl Server {
    pub(crate) fn new(client: Client, books: Books) -> Self {
        Self { client, books, jobs: OnceLock::new(), snippets: AtomicBool::new(false) }
    }

    /// Hands a job to the desk. Nothing is awaited, so that jobs stand in the order in which messages came.
    fn hand(&self, job: impl FnOnce(&mut Desk) + Send + 'static) {
        let jobs = self.jobs.get_or_init(|| start(self.client.clone(), (self.books.today)()));
        // Without its thread the desk does nothing, and requests are answered by nobody.
        let _ = jobs.send(Box::new(job));
    }

    /// Asks the desk something.
    async fn ask<T: Send + 'static>(&self, ask: impl FnOnce(&mut Desk) -> T + Send + 'static) -> Result<T> {
        let (answer, asked) = oneshot::channel();
        self.hand(move |desk| {
            // Whoever asked may have taken the question back; then nothing is read for it.
            if !answer.is_closed() {
                let _ = answer.send(ask(desk));
            }
        });
        asked.await.map_err(|_| Error::internal_error())
    }

    /// Asks something of the reading that a text belongs to, on a thread of its own.
    pub(crate) async fn of<T: Send + 'static>(
        &self,
        uri: &Uri,
        question: impl FnOnce(&View) -> Option<T> + Send + 'static,
    ) -> Result<Option<T>> {
        let name = name_of(uri);
        let Some(view) = self.ask(move |desk| desk.view(&name)).await? else { return Ok(None) };
        let answer = tokio::task::spawn_blocking(move || question(&view)).await;
        answer.map_err(|_| Error::internal_error())
    }

    /// Lays out a text or a part of it, on a thread of its own.
    async fn laid_out(
        &self,
        uri: &Uri,
        lay: impl FnOnce(&str, Encoding) -> Vec<TextEdit> + Send + 'static,
    ) -> Result<Option<Vec<TextEdit>>> {
        let name = name_of(uri);
        let (text, encoding) = self.ask(move |desk| (desk.text(&name), desk.encoding)).await?;
        let Some(text) = text else { return Ok(None) };
        let made = tokio::task::spawn_blocking(move || lay(&text, encoding)).await;
        made.map(Some).map_err(|_| Error::internal_error())
    }

    /// The text of a file of the library: `jcm/libraryText`.
    pub(crate) async fn library_text(&self, named: Named) -> Result<Option<String>> {
        Ok(answers::library_text(&named.name))
    }

    /// The page of a code: `jcm/explain`.
    pub(crate) async fn explain(&self, named: Named) -> Result<Option<String>> {
        Ok((self.books.code)(&named.name))
    }
}

fn roots(params: &InitializeParams) -> Vec<String> {
    let folders = params.workspace_folders.iter().flatten().map(|folder| name_of(&folder.uri));
    let mut roots: Vec<String> = folders.collect();
    #[expect(deprecated, reason = "older editors name their one folder so")]
    if let (true, Some(root)) = (roots.is_empty(), &params.root_uri) {
        roots.push(name_of(root));
    }
    roots
}

/// Whether an editor asks for problems: one that cannot be told of them, or that says so.
fn asks_for_problems(params: &InitializeParams) -> bool {
    let options = params.initialization_options.as_ref();
    let says = options.and_then(|options| options.get("problems")).and_then(|word| word.as_str());
    let text = params.capabilities.text_document.as_ref();
    let can_ask = text.is_some_and(|text| text.diagnostic.is_some());
    let can_be_told = text.is_none_or(|text| text.publish_diagnostics.is_some());
    says == Some("pull") || can_ask && !can_be_told
}

impl LanguageServer for Server {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        let general = params.capabilities.general.as_ref();
        let encoding = Encoding::chosen(general.and_then(|general| general.position_encodings.as_deref()));
        let completion = params.capabilities.text_document.as_ref().and_then(|text| text.completion.as_ref());
        let snippets = completion
            .and_then(|completion| completion.completion_item.as_ref()?.snippet_support)
            .unwrap_or(false);
        self.snippets.store(snippets, Ordering::Relaxed);
        let roots = roots(&params);
        let asks = asks_for_problems(&params);
        self.hand(move |desk| {
            desk.encoding = encoding;
            desk.asks = asks;
            desk.set_roots(roots);
        });
        Ok(answers::initialized(encoding, asks))
    }

    async fn initialized(&self, _: InitializedParams) {
        let watch = |pattern: &str| FileSystemWatcher {
            glob_pattern: GlobPattern::String(pattern.to_owned()),
            kind: None,
        };
        let watchers = vec![watch("**/*.jcm"), watch("**/jcm.toml"), watch("**/*.csv")];
        let options = DidChangeWatchedFilesRegistrationOptions { watchers };
        let registration = Registration {
            id: "jcm-files".to_owned(),
            method: "workspace/didChangeWatchedFiles".to_owned(),
            register_options: serde_json::to_value(options).ok(),
        };
        let client = self.client.clone();
        // An editor that cannot watch files refuses, and is as well served without.
        tokio::spawn(async move { client.register_capability(vec![registration]).await });
    }

    async fn shutdown(&self) -> Result<()> {
        Ok(())
    }

    async fn did_open(&self, params: DidOpenTextDocumentParams) {
        let document = params.text_document;
        self.hand(move |desk| desk.open(name_of(&document.uri), document.version, document.text));
    }

    async fn did_change(&self, params: DidChangeTextDocumentParams) {
        let document = params.text_document;
        self.hand(move |desk| desk.change(&name_of(&document.uri), document.version, params.content_changes));
    }

    async fn did_close(&self, params: DidCloseTextDocumentParams) {
        self.hand(move |desk| desk.close(&name_of(&params.text_document.uri)));
    }

    async fn did_change_watched_files(&self, params: DidChangeWatchedFilesParams) {
        let names: Vec<String> = params.changes.iter().map(|change| name_of(&change.uri)).collect();
        self.hand(move |desk| desk.changed_on_disk(&names));
    }

    async fn did_change_workspace_folders(&self, _: DidChangeWorkspaceFoldersParams) {
        let folders = self.client.workspace_folders().await.ok().flatten().unwrap_or_default();
        self.hand(move |desk| desk.set_roots(folders.iter().map(|folder| name_of(&folder.uri)).collect()));
    }

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        let at = params.text_document_position_params;
        let books = self.books;
        self.of(&at.text_document.uri, move |view| answers::hover(view, at.position, &books)).await
    }

    async fn completion(&self, params: CompletionParams) -> Result<Option<CompletionResponse>> {
        let at = params.text_document_position;
        let snippets = self.snippets.load(Ordering::Relaxed);
        self.of(&at.text_document.uri, move |view| Some(answers::completion(view, at.position, snippets)))
            .await
    }

    async fn signature_help(&self, params: SignatureHelpParams) -> Result<Option<SignatureHelp>> {
        let at = params.text_document_position_params;
        self.of(&at.text_document.uri, move |view| answers::signature(view, at.position)).await
    }

    async fn goto_definition(&self, params: GotoDefinitionParams) -> Result<Option<GotoDefinitionResponse>> {
        let at = params.text_document_position_params;
        self.of(&at.text_document.uri, move |view| answers::definition(view, at.position)).await
    }

    async fn goto_declaration(
        &self,
        params: request::GotoDeclarationParams,
    ) -> Result<Option<request::GotoDeclarationResponse>> {
        self.goto_definition(params).await
    }

    async fn goto_type_definition(
        &self,
        params: request::GotoTypeDefinitionParams,
    ) -> Result<Option<request::GotoTypeDefinitionResponse>> {
        let at = params.text_document_position_params;
        self.of(&at.text_document.uri, move |view| answers::type_definition(view, at.position)).await
    }

    async fn goto_implementation(
        &self,
        params: request::GotoImplementationParams,
    ) -> Result<Option<request::GotoImplementationResponse>> {
        let at = params.text_document_position_params;
        self.of(&at.text_document.uri, move |view| answers::implementation(view, at.position)).await
    }

    async fn document_link(&self, params: DocumentLinkParams) -> Result<Option<Vec<DocumentLink>>> {
        self.of(&params.text_document.uri, |view| Some(answers::links(view))).await
    }

    async fn linked_editing_range(
        &self,
        params: LinkedEditingRangeParams,
    ) -> Result<Option<LinkedEditingRanges>> {
        let at = params.text_document_position_params;
        self.of(&at.text_document.uri, move |view| answers::linked(view, at.position)).await
    }

    async fn prepare_call_hierarchy(
        &self,
        params: CallHierarchyPrepareParams,
    ) -> Result<Option<Vec<CallHierarchyItem>>> {
        let at = params.text_document_position_params;
        self.of(&at.text_document.uri, move |view| answers::figure(view, at.position)).await
    }

    async fn incoming_calls(
        &self,
        params: CallHierarchyIncomingCallsParams,
    ) -> Result<Option<Vec<CallHierarchyIncomingCall>>> {
        let item = params.item;
        self.of(&item.uri.clone(), move |view| Some(answers::incoming(view, &item))).await
    }

    async fn outgoing_calls(
        &self,
        params: CallHierarchyOutgoingCallsParams,
    ) -> Result<Option<Vec<CallHierarchyOutgoingCall>>> {
        let item = params.item;
        self.of(&item.uri.clone(), move |view| Some(answers::outgoing(view, &item))).await
    }

    async fn diagnostic(&self, params: DocumentDiagnosticParams) -> Result<DocumentDiagnosticReportResult> {
        let found = self.of(&params.text_document.uri, |view| Some(answers::of_document(view))).await?;
        Ok(found.unwrap_or_else(answers::of_nothing))
    }

    async fn workspace_diagnostic(
        &self,
        _: WorkspaceDiagnosticParams,
    ) -> Result<WorkspaceDiagnosticReportResult> {
        let opened = self.ask(|desk| desk.opened()).await?;
        // Contracts are read beside the desk, so that typing does not wait for those that are not open.
        let found = tokio::task::spawn_blocking(move || answers::of_workspace(opened)).await;
        found.map_err(|_| Error::internal_error())
    }

    async fn references(&self, params: ReferenceParams) -> Result<Option<Vec<Location>>> {
        let at = params.text_document_position;
        let declared = params.context.include_declaration;
        self.of(&at.text_document.uri, move |view| Some(answers::references(view, at.position, declared)))
            .await
    }

    async fn document_highlight(
        &self,
        params: DocumentHighlightParams,
    ) -> Result<Option<Vec<DocumentHighlight>>> {
        let at = params.text_document_position_params;
        self.of(&at.text_document.uri, move |view| Some(answers::highlights(view, at.position))).await
    }

    async fn prepare_rename(
        &self,
        params: TextDocumentPositionParams,
    ) -> Result<Option<PrepareRenameResponse>> {
        let uri = params.text_document.uri;
        let found = self.of(&uri, move |view| Some(answers::prepare_rename(view, params.position))).await?;
        found.transpose()
    }

    async fn rename(&self, params: RenameParams) -> Result<Option<WorkspaceEdit>> {
        let at = params.text_document_position;
        let name = params.new_name;
        let uri = at.text_document.uri;
        let found = self.of(&uri, move |view| Some(answers::rename(view, at.position, &name))).await?;
        found.transpose()
    }

    async fn document_symbol(&self, params: DocumentSymbolParams) -> Result<Option<DocumentSymbolResponse>> {
        self.of(&params.text_document.uri, |view| Some(answers::outline(view))).await
    }

    async fn symbol(&self, params: WorkspaceSymbolParams) -> Result<Option<WorkspaceSymbolResponse>> {
        let (analyses, encoding) = self.ask(|desk| (desk.every_analysis(), desk.encoding)).await?;
        let found = tokio::task::spawn_blocking(move || answers::search(&analyses, encoding, &params.query));
        found.await.map(Some).map_err(|_| Error::internal_error())
    }

    async fn formatting(&self, params: DocumentFormattingParams) -> Result<Option<Vec<TextEdit>>> {
        self.laid_out(&params.text_document.uri, answers::formatting).await
    }

    async fn range_formatting(&self, params: DocumentRangeFormattingParams) -> Result<Option<Vec<TextEdit>>> {
        let range = params.range;
        self.laid_out(&params.text_document.uri, move |text, encoding| {
            answers::range_formatting(text, range, encoding)
        })
        .await
    }

    async fn on_type_formatting(
        &self,
        params: DocumentOnTypeFormattingParams,
    ) -> Result<Option<Vec<TextEdit>>> {
        let at = params.text_document_position;
        self.laid_out(&at.text_document.uri, move |text, encoding| {
            answers::on_type_formatting(text, at.position, &params.ch, encoding)
        })
        .await
    }

    async fn code_action(&self, params: CodeActionParams) -> Result<Option<CodeActionResponse>> {
        let uri = params.text_document.uri;
        self.of(&uri, move |view| Some(answers::actions(view, params.range, params.context.only.as_deref())))
            .await
    }

    async fn semantic_tokens_full(
        &self,
        params: SemanticTokensParams,
    ) -> Result<Option<SemanticTokensResult>> {
        self.of(&params.text_document.uri, |view| Some(answers::tokens(view, None).into())).await
    }

    async fn semantic_tokens_range(
        &self,
        params: SemanticTokensRangeParams,
    ) -> Result<Option<SemanticTokensRangeResult>> {
        let range = params.range;
        self.of(&params.text_document.uri, move |view| Some(answers::tokens(view, Some(range)).into())).await
    }

    async fn folding_range(&self, params: FoldingRangeParams) -> Result<Option<Vec<FoldingRange>>> {
        self.of(&params.text_document.uri, |view| Some(answers::folds(view))).await
    }

    async fn selection_range(&self, params: SelectionRangeParams) -> Result<Option<Vec<SelectionRange>>> {
        self.of(&params.text_document.uri, move |view| Some(answers::selections(view, &params.positions)))
            .await
    }

    async fn inlay_hint(&self, params: InlayHintParams) -> Result<Option<Vec<InlayHint>>> {
        self.of(&params.text_document.uri, move |view| Some(answers::hints(view, params.range))).await
    }

    async fn code_lens(&self, params: CodeLensParams) -> Result<Option<Vec<CodeLens>>> {
        self.of(&params.text_document.uri, |view| Some(answers::lenses(view))).await
    }
}
