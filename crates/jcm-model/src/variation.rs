//! Variations: dated changes to the contract, agreed after it was signed.

use crate::{ClauseId, Constant, DocumentId, Head, ParameterId, ParameterRow, Program, Ranked, VariationId};
use jcm_quantity::Date;
use jcm_source::Span;

/// A dated change to the contract. The figures of the program have it in them already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variation {
    /// Name, title, place.
    pub head: Head,
    /// The first day on which it holds.
    pub from: Date,
    /// The beginning of the hash of the text that it varies, in hex, as it is written.
    pub base: String,
    /// Who agreed it, by title or in words.
    pub agreed_by: String,
    /// When.
    pub agreed_on: Date,
    /// Where that is written down; empty if not stated.
    pub minute: String,
    /// Why, in words.
    pub why: String,
    /// The figures that it sets, in the order of the source.
    pub figures: Vec<VariedFigure>,
    /// What it does to clauses, in the order of the source.
    pub clauses: Vec<VariedClause>,
    /// The documents that it replaces, each with the one that stands in its place, in the order of the source.
    pub documents: Vec<(DocumentId, DocumentId)>,
    /// The order of precedence from its first day on; empty where it does not change it.
    pub precedence: Vec<Ranked>,
}

/// A figure, or a row of a table of figures, that a variation sets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VariedFigure {
    /// The figure.
    pub parameter: ParameterId,
    /// The row, where the figure is a table: one for each key.
    pub keys: Vec<Constant>,
    /// First day in force.
    pub from: Date,
    /// First day no longer in force; `None` for ever.
    pub until: Option<Date>,
    /// What was in force on the first day without this variation: one for each column, or nothing.
    pub before: Vec<Constant>,
    /// What is in force on the first day with it.
    pub after: Vec<Constant>,
    /// Where it stands.
    pub span: Span,
}

/// What a variation does to a clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VariedClause {
    /// From the first day on, another text stands in the place of a clause.
    Replaces {
        /// The clause as it was.
        clause: ClauseId,
        /// The clause as it is from then on.
        by: ClauseId,
    },
    /// From the first day on, a clause is part of the contract.
    Adds(ClauseId),
    /// From the first day on, a clause is no longer part of the contract.
    Removes(ClauseId),
}

impl VariedClause {
    /// The clause that is part of the contract only because of the variation.
    pub fn brings(self) -> Option<ClauseId> {
        match self {
            VariedClause::Replaces { by, .. } => Some(by),
            VariedClause::Adds(clause) => Some(clause),
            VariedClause::Removes(_) => None,
        }
    }

    /// The clause that is no longer part of the contract because of the variation.
    pub fn ends(self) -> Option<ClauseId> {
        match self {
            VariedClause::Replaces { clause, .. } | VariedClause::Removes(clause) => Some(clause),
            VariedClause::Adds(_) => None,
        }
    }
}

impl Program {
    /// The variations in the order in which they were agreed, which is the order in which each varies the other.
    pub fn variations_as_agreed(&self) -> Vec<(VariationId, &Variation)> {
        let mut all: Vec<(VariationId, &Variation)> =
            (0u32..).map(VariationId).zip(&self.variations).collect();
        all.sort_by_key(|(id, variation)| (variation.agreed_on, *id));
        all
    }

    /// The variation by which a row of a figure is what it is, if it is one's doing.
    pub fn varied_by(&self, parameter: ParameterId, row: &ParameterRow) -> Option<(VariationId, &Variation)> {
        let first = row.from?;
        let sets = |figure: &VariedFigure| {
            figure.parameter == parameter
                && figure.keys == row.keys
                && figure.from <= first
                && figure.until.is_none_or(|until| first < until)
        };
        // Of two that set one day, the one that was agreed later holds.
        self.variations_as_agreed().into_iter().rfind(|(_, variation)| variation.figures.iter().any(sets))
    }

    /// The orders of precedence that variations bring, each with its variation, in the order of their first days. A
    /// document that is replaced has its place taken by the one that replaces it.
    pub fn precedence_as_varied(&self) -> Vec<(VariationId, Vec<Ranked>)> {
        let mut varied = self.variations_as_agreed();
        varied.sort_by_key(|(id, variation)| (variation.from, variation.agreed_on, *id));
        let mut order = self.contract.precedence.clone();
        let mut orders = Vec::new();
        for (id, variation) in varied {
            let before = order.clone();
            if !variation.precedence.is_empty() {
                order.clone_from(&variation.precedence);
            }
            for (old, by) in &variation.documents {
                for ranked in order.iter_mut().filter(|ranked| **ranked == Ranked::Document(*old)) {
                    *ranked = Ranked::Document(*by);
                }
            }
            if order != before {
                orders.push((id, order.clone()));
            }
        }
        orders
    }

    /// The variation that replaces a document, and the document that then stands in its place.
    pub fn replaced_by(&self, document: DocumentId) -> Option<(VariationId, DocumentId)> {
        self.variations_as_agreed().into_iter().find_map(|(id, variation)| {
            let by = variation.documents.iter().find(|(old, _)| *old == document)?;
            Some((id, by.1))
        })
    }

    /// The variation that brings a clause into the contract, if it was not there from the beginning.
    pub fn brought_by(&self, clause: ClauseId) -> Option<(VariationId, &Variation)> {
        let brings = |change: &VariedClause| change.brings() == Some(clause);
        self.variations_as_agreed().into_iter().find(|(_, variation)| variation.clauses.iter().any(brings))
    }

    /// The variation that ends a clause, and the clause that then stands in its place.
    pub fn ended_by(&self, clause: ClauseId) -> Option<(VariationId, &Variation, Option<ClauseId>)> {
        self.variations_as_agreed().into_iter().find_map(|(id, variation)| {
            let change = variation.clauses.iter().find(|change| change.ends() == Some(clause))?;
            Some((id, variation, change.brings()))
        })
    }

    /// The clause in whose place a clause stands, if it stands in the place of another.
    pub fn replaced(&self, clause: ClauseId) -> Option<ClauseId> {
        self.variations.iter().flat_map(|variation| &variation.clauses).find_map(|change| match change {
            VariedClause::Replaces { clause: old, by } if *by == clause => Some(*old),
            _ => None,
        })
    }
}
