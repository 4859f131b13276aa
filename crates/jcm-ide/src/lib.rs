//! What an editor asks of a contract, and the answers: problems, meanings, completions, places.
//!
//! ```text
//! texts ── Host ──> Analysis ── a question at a place ──> an answer
//! ```
//!
//! A [`Host`] holds the texts as they stand in the editor, over those on the disk, and reads the contract that each
//! belongs to. An [`Analysis`] is one such reading: it never changes, so that any number of questions can be asked of it
//! on any thread while the next is made. Places are byte offsets; this crate knows no protocol, no socket and no file
//! system. Kinds, fields, words and functions come from the tables of the checker.

mod actions;
mod analysis;
mod assurance;
mod completion;
mod contract;
mod hierarchy;
mod hints;
mod host;
mod hover;
mod index;
mod kinship;
mod layout;
mod lenses;
mod library;
mod links;
mod mends;
mod models;
mod navigation;
mod outline;
mod place;
mod preview;
mod shape;
mod signature;
mod tokens;
mod what_if;

pub use actions::{Action, ActionKind, actions, fix_all};
pub use analysis::{Analysis, Findings, LIBRARY};
pub use assurance::{Answer, Asked, assurance};
pub use completion::{Completion, CompletionKind, Completions, MOST, complete, without_stops};
pub use contract::{About, about};
pub use hierarchy::{Call, figure_at, worked_out_from, works_with};
pub use hints::{Hint, hints};
pub use host::{Disk, Host, Project};
pub use hover::{Books, Hover, hover};
pub use index::{Symbol, SymbolId, What};
pub use jcm::{Bar, Difference, Lever, Moved, Preview, Reach, WhatIf, WhatIfPeriod, WorkedExample};
pub use jcm_quantity::{Date, add_days};
pub use kinship::{implementations, type_definition};
pub use layout::{Respaced, declaration_around, respaced, respaced_within};
pub use lenses::{Errand, Lens, lenses};
pub use links::{Link, linked, links};
pub use models::{Model, models};
pub use navigation::{NotRenamed, Target, definition, highlights, name_at, references, rename};
pub use outline::{Outline, outline, search};
pub use preview::{preview, source_of};
pub use shape::{folds, selections};
pub use signature::{Signature, signature};
pub use tokens::{TokenKind, TokenSpan, tokens};
pub use what_if::what_if;

/// The text of a file of the standard library, by its name there: `std/measures/ascof.jcm`.
pub fn library_text(file: &str) -> Option<&'static str> {
    jcm_std::modules().iter().find(|module| module.name == file).map(|module| module.text)
}

/// A text laid out; `None` if it has a mistake in its form.
pub fn format(text: &str) -> Option<String> {
    jcm::format(text).ok()
}
