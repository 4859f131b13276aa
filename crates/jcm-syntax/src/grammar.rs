//! The parser that pest makes from `grammar/jcm.pest`.

/// The rules of the grammar.
#[derive(pest_derive::Parser)]
#[grammar = "../../grammar/jcm.pest"]
pub(crate) struct Grammar;
