//! Prose with typed references into the contract.

use crate::{Constant, Def, Ty};
use jcm_source::Span;

/// A paragraph of a clause or definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// Text and references, in order.
    pub pieces: Vec<Piece>,
    /// Its place.
    pub span: Span,
}

/// A piece of prose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Text as it stands.
    Text(String),
    /// A thing of the contract: printed as its title, linked to its place.
    Reference {
        /// What.
        def: Def,
        /// Where the reference stands.
        span: Span,
    },
    /// A figure: printed in the convention of its unit.
    Figure {
        /// The value.
        value: Constant,
        /// Its type.
        ty: Ty,
        /// How it was written.
        written: String,
        /// Where.
        span: Span,
    },
}
