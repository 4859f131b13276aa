//! The contract as a document: one document model, rendered as Markdown and HTML.
//!
//! [`document`] turns a checked program and the figures that its examples come to into a [`Document`], in which every
//! number points at the expression it comes from and every reference at a place in the same document. [`markdown`]
//! and [`html`] render it. [`Wording`] says single calculations in English, for documents and for statements alike.
//!
//! [`for_partner`] and [`plain_words`] are shorter readings of the same program.
//!
//! This crate reads no file, has no clock and does not evaluate: computed figures come in as data.

mod apart;
mod clean;
mod columns;
mod computed;
mod contract;
mod diagrams;
mod document;
mod english;
mod formula;
mod math;
mod picture;
mod places;
mod render;

pub use columns::Columns;
pub use computed::{
    AssuredCriterion, Computed, ComputedExample, ComputedLine, ComputedPayment, Scenario, ScenarioParty,
    ScenarioPlace, ScenarioRange,
};
pub use contract::{document, for_partner, plain_words};
pub use diagrams::{Diagram, Shows, diagrams};
pub use document::{
    Align, Block, ContentsEntry, Definition, Document, Figure, Inline, Revision, Role, Section,
    SignatureBlock, Table, TableRow, Text, Version, plain,
};
pub use english::{Wording, line_sentence, lower_first, words};
pub use formula::{Formula, formula};
pub use math::{Equation, Math};
pub use picture::ranges::{
    Bar as RangeBar, of_like_size, picture as range_picture, pictures as range_pictures,
};
pub use picture::{Anchor, Drawing, Graph, Mark, Picture, Point, head_of};
pub use places::places;
pub use render::{html, markdown, page};

/// Who made the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edition {
    /// The compiler with its version, such as `jcm 0.1.0`.
    pub compiler: String,
}

/// Where each thing stands in the document, such as `clause 9` or `Schedule 3B, line 6`; empty for a party and for the
/// contract itself.
pub fn addresses(program: &jcm_model::Program) -> impl Fn(jcm_model::Def) -> String {
    let places = places::Places::of(program);
    move |def| places.address(def).to_owned()
}
