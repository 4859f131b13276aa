//! What the clauses of a part of the body settle, for the schedules that go on from them.

use crate::document::{Align, Block, Table, said};
use crate::english::Wording;
use jcm_model::{Clause, ClauseId, Def, Part};

/// A table of the clauses of a part, each with its number, if the part has a clause.
pub(super) fn table(w: &Wording<'_>, part: Part) -> Option<Block> {
    let heads = [("Clause", Align::Left), ("What it settles", Align::Left)];
    let mut table = Table::new(&format!("Clauses: {}", part.title()), &heads);
    let own = w.places.clauses.iter().filter(|(of, _)| *of == part);
    for id in own.filter_map(|(_, id)| *id) {
        let def = Def::Clause(id);
        table.row(vec![said(&super::capital(w.places.address(def))), w.link(def, w.title(def))]);
    }
    (!table.rows.is_empty()).then_some(Block::Table(table))
}

/// The first clause as it is printed that covers one of these subjects.
pub(super) fn clause_on<'a>(w: &Wording<'a>, subjects: &[&str]) -> Option<(ClauseId, &'a Clause)> {
    let covers = |clause: &Clause| clause.covers.iter().any(|covered| subjects.contains(&covered.as_str()));
    let printed = w.places.clauses.iter().filter_map(|(_, id)| *id);
    printed.filter_map(|id| Some((id, w.program.clause(id)?))).find(|(_, clause)| covers(clause))
}
