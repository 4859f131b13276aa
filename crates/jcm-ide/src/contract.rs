//! The contract that a text belongs to: where it begins, and which periods it settles.

use crate::analysis::Analysis;
use jcm_source::Span;

/// What a command needs to know of a contract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// The name of its main file.
    pub main: String,
    /// Its title; empty while it has an error.
    pub title: String,
    /// The name in its declaration, while it has no error.
    pub name: Option<Span>,
    /// The labels of its settlement periods, in order.
    pub periods: Vec<String>,
    /// The names of its localities, in order.
    pub localities: Vec<String>,
}

/// The contract that a text belongs to.
pub fn about(analysis: &Analysis) -> Option<About> {
    let main = analysis.modules().first()?;
    let program = analysis.program();
    Some(About {
        main: analysis.name_of(main.file),
        title: program.map_or_else(String::new, |program| program.contract.head.title.clone()),
        name: program.map(|program| program.contract.head.name_span),
        periods: program.map_or_else(Vec::new, |program| {
            program.contract.periods.iter().map(|period| period.label.clone()).collect()
        }),
        localities: program.map_or_else(Vec::new, |program| {
            program.localities.iter().map(|locality| locality.head.name.clone()).collect()
        }),
    })
}
