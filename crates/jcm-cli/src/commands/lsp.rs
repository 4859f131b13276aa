//! `jcm lsp`: serve an editor.

use super::{doc, explain};
use crate::failure::Failure;
use crate::today::today;
use clap::Args;

/// Serve an editor that speaks the language server protocol
///
/// The editor starts it and speaks with it on the standard streams: it shows problems while you type, says what a word
/// means and what a line comes to, and completes names. Nothing is asked of the network, and nothing is written.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// Speak on the standard streams, as is done in any case; some editors ask for it
    #[arg(long)]
    stdio: bool,
}

pub(crate) fn run(_: &Arguments) -> Result<(), Failure> {
    let books = jcm_lsp::Books { word: doc::of_reference, code: explain::page, today };
    jcm_lsp::serve(books).map_err(|error| Failure::World(format!("the editor cannot be served: {error}")))
}
