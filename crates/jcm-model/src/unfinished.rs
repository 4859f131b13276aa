//! What the writers of a contract have marked as still to be written.

use crate::Def;
use jcm_source::Span;

/// The word by which it is marked.
pub const TO_BE_CONFIRMED: &str = "TBC";

/// A text of the contract that holds the mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unfinished {
    /// What it belongs to, where that is a thing of the contract.
    pub of: Option<Def>,
    /// What it belongs to, in words, where it is none: the title of a blank.
    pub title: String,
    /// The field, or nothing where it is the title or the text itself.
    pub field: String,
    /// The whole text.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}
