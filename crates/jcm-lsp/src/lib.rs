//! The language server: the editor protocol over `jcm-ide`, and nothing of what a contract means.
//!
//! ```text
//! editor ── Server ──> Desk (one thread, in order) ──> Host ──> Analysis ──> Server ── editor
//!                        └──> Background: examples and criteria
//! ```
//!
//! One thread, the `desk`, owns every text and applies edits in the order in which they came. It reads the contract at
//! once and publishes what it finds; examples and criteria follow on another thread. A request takes a reading that never
//! changes from the desk, and is answered on a thread of its own, so that it neither waits for typing nor holds it up.

mod answers;
mod desk;
mod disk;
mod documents;
mod framing;
mod names;
mod places;
mod requests;
mod server;

pub use jcm_ide::{Books, Date};

use server::Server;
use tokio::io::{AsyncRead, AsyncWrite};
use tower_lsp::{LspService, Server as Transport};

/// How many bytes of messages may wait.
const BUFFER: usize = 1 << 20;

/// Serves an editor on the standard streams until it says that it has ended.
pub fn serve(books: Books) -> std::io::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    runtime.block_on(serve_on(tokio::io::stdin(), tokio::io::stdout(), books));
    // A read of the standard input cannot be broken off, so that nobody waits for one.
    runtime.shutdown_background();
    Ok(())
}

/// Serves an editor on any two streams until it says that it has ended, or the first stream ends.
pub async fn serve_on(input: impl AsyncRead + Unpin + Send + 'static, output: impl AsyncWrite, books: Books) {
    let (messages, checked) = tokio::io::duplex(BUFFER);
    let copying = tokio::spawn(framing::copy_messages(input, messages));
    let (service, socket) = LspService::build(|client| Server::new(client, books))
        .custom_method("jcm/libraryText", Server::library_text)
        .custom_method("jcm/explain", Server::explain)
        .custom_method("jcm/contract", Server::contract)
        .custom_method("jcm/models", Server::models)
        .custom_method("jcm/preview", Server::preview)
        .custom_method("jcm/place", Server::place)
        .custom_method("jcm/examples", Server::examples)
        .custom_method("jcm/whatIf", Server::what_if)
        .custom_method("jcm/assurance", Server::assurance)
        .finish();
    Transport::new(checked, output, socket).concurrency_level(16).serve(service).await;
    copying.abort();
}
