//! What can be written at a place: declarations, fields, values, names, words, modules.

pub(crate) mod context;
mod names;
mod offers;
mod starters;
mod stops;

pub(crate) use offers::plain_declaration;
pub(crate) use starters::{amount_in, of_unit, reached, starter, year_before};
pub use stops::without_stops;
pub(crate) use stops::{closed_list, own_names, plain_value};

use crate::analysis::Analysis;
use crate::shape::span;
use context::{Context, Place};
use jcm_diagnostics::TextEdit;
use jcm_source::{FileId, Span};
use std::collections::BTreeSet;

/// What something that can be written is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CompletionKind {
    /// A whole declaration.
    Declaration,
    /// A field of a declaration.
    Field,
    /// A row or statement of a declaration.
    Statement,
    /// A value of a closed list.
    Value,
    /// Something that the contract declares.
    Name,
    /// A function.
    Function,
    /// A unit.
    Unit,
    /// A word of the language.
    Word,
    /// A module.
    Module,
}

/// Something that can be written at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// What is shown, and what the typed letters are compared with.
    pub label: String,
    /// What it is.
    pub kind: CompletionKind,
    /// A few words beside it.
    pub detail: String,
    /// What there is to say of it, in Markdown.
    pub doc: String,
    /// What is written, with `${1:…}` for what is then typed over, and `$0` for where the cursor ends.
    pub snippet: String,
    /// What is replaced.
    pub replaces: Span,
    /// Those of a lower rank come first.
    pub rank: u8,
    /// What is written elsewhere in the file with it: the module of the library that it is in.
    pub also: Option<TextEdit>,
}

/// What can be written at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completions {
    /// The likeliest first.
    pub list: Vec<Completion>,
    /// Whether it is all that could be written there, so that it need not be asked for again at the next letter.
    pub is_whole: bool,
}

/// How many are offered at once: more than anybody reads, and few enough to be sent while a person types.
pub const MOST: usize = 500;

/// What can be written at a place. Where that is more than [`MOST`], only what has the typed letters in it counts.
pub fn complete(analysis: &Analysis, file: FileId, at: u32) -> Completions {
    let nothing = Completions { list: Vec::new(), is_whole: true };
    let text = analysis.text(file);
    let Some(before) = text.get(..at as usize) else { return nothing };
    let context = Context::of(before);
    let start = before.len().saturating_sub(context.word.len());
    let mut offers = offers::Offers { analysis, file, at, found: Vec::new() };
    match &context.place {
        Place::Nowhere => return nothing,
        Place::Top => offers.declarations(),
        Place::Module => offers.modules(),
        Place::Start { kind, said } => offers.members(*kind, said),
        Place::Value { kind, field } => offers.value(*kind, field),
        Place::Header { kind, after } => offers.header(*kind, after.as_deref()),
        Place::Row { kind, head } => offers.row(*kind, head),
        Place::Hole => offers.things(),
        Place::Calculation { kind } => offers.calculation(*kind),
    }
    if context.place != Place::Module && context.word.contains('.') {
        offers.found.clear();
        offers.parts_of(&context.word);
    }
    let mut found = offers.found;
    // A module's path is replaced whole; of `fund.bud`, the part after the last dot.
    let typed =
        if context.place == Place::Module { 0 } else { context.word.rfind('.').map_or(0, |dot| dot + 1) };
    let is_whole = found.len() <= MOST;
    if !is_whole {
        let letters = context.word.get(typed..).unwrap_or_default();
        found.retain(|completion| has_letters(&completion.label, letters));
    }
    let replaces = span(file, start.saturating_add(typed), before.len());
    for completion in &mut found {
        completion.replaces = replaces;
    }
    found.sort_by(|a, b| (a.rank, a.kind, &a.label).cmp(&(b.rank, b.kind, &b.label)));
    let mut seen = BTreeSet::new();
    found.retain(|completion| seen.insert((completion.kind, completion.label.clone())));
    found.truncate(MOST);
    Completions { list: found, is_whole }
}

/// Whether a label has the typed letters in their order, however they are written, as an editor looks for them.
fn has_letters(label: &str, typed: &str) -> bool {
    let mut letters = label.chars();
    typed.chars().all(|wanted| letters.any(|letter| letter.eq_ignore_ascii_case(&wanted)))
}
