//! Words that contracts do not usually have where any word may stand.

use jcm_source::Span;

/// A word that is none of the usual ones of its field, nor nearly one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnusualWord {
    /// The field, such as `role`.
    pub field: &'static str,
    /// The word.
    pub word: String,
    /// Where.
    pub span: Span,
    /// The words that the field usually has.
    pub usual: Vec<String>,
}
