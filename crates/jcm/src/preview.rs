//! The contract as a page for whoever is writing it, with where each part of it stands in the source.

use crate::{Program, Settlement, document};
use jcm_source::Span;
use std::collections::BTreeSet;

/// A page, and the way from it to the source and back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// The whole page.
    pub html: String,
    /// Its title.
    pub title: String,
    /// Each place of the page with the declaration that is printed there, in the order of the source.
    pub places: Vec<(String, Span)>,
}

/// The contract as a page.
pub fn preview(program: &Program, settlement: &Settlement) -> Preview {
    let document = document(program, settlement);
    let standing: BTreeSet<&str> = document.anchors().into_iter().collect();
    let mut places: Vec<(String, Span)> = jcm_doc::places(program)
        .into_iter()
        .filter(|(anchor, _)| standing.contains(anchor.as_str()))
        .collect();
    places.sort_by_key(|(_, span)| *span);
    Preview { html: jcm_doc::html(&document), title: document.title.clone(), places }
}
