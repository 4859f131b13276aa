//! What must be true before the contract begins.

use super::{paragraph, section};
use crate::document::{Align, Block, Role, Table, capitalised, said};
use crate::english::{Wording, tidy};
use crate::places::with_ids;
use jcm_model::{ConditionPrecedentId, Def};
use jcm_quantity::show_date;

/// The section before the body, if there is a condition.
pub(super) fn section_of(w: &Wording<'_>) -> Option<Block> {
    let heads = [
        ("Condition", Align::Left),
        ("Who sees to it", Align::Left),
        ("By", Align::Left),
        ("Shown by", Align::Left),
        ("Met on", Align::Left),
        ("If not", Align::Left),
    ];
    let mut table = Table::new("What must be true first", &heads);
    for (id, condition) in with_ids(&w.program.conditions, ConditionPrecedentId) {
        let cells = vec![
            said(&condition.head.title),
            capitalised(w.name(Def::Partner(condition.owner)).text),
            said(&show_date(condition.by)),
            said(&tidy(&condition.evidence)),
            said(&condition.met.map_or_else(|| "[ ]".to_string(), show_date)),
            said(&tidy(&condition.failing)),
        ];
        table.row_at(Some(w.anchor(Def::ConditionPrecedent(id))), cells);
    }
    table.drop_empty_columns();
    let any = !table.rows.is_empty();
    any.then(|| {
        let opening =
            format!("{} begins only if each of these is met by its day.", capital(w.kind_of_contract()));
        let blocks = vec![paragraph(&opening), Block::Table(table)];
        section(Role::Front, "", "Conditions precedent", "conditions", blocks)
    })
}

fn capital(text: &str) -> String {
    super::front::capital(text)
}
