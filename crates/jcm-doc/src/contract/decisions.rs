//! A part of Schedule 5: what has been decided.

use super::schedule_part;
use crate::document::{Align, Block, Table, capitalised, said};
use crate::english::{Wording, tidy};
use crate::places::with_ids;
use jcm_model::{Decider, Decision, DecisionId, Def};
use jcm_quantity::show_date;

/// The lettered part with every decision, in the order of their days.
pub(super) fn part(w: &Wording<'_>) -> Option<Block> {
    let heads = [
        ("Decision", Align::Left),
        ("By", Align::Left),
        ("On", Align::Left),
        ("Matter", Align::Left),
        ("What was decided", Align::Left),
        ("Votes", Align::Left),
        ("What it settles", Align::Left),
        ("Minute", Align::Left),
    ];
    let mut table = Table::new("Decisions that have been taken", &heads);
    let mut decisions: Vec<(DecisionId, &Decision)> = with_ids(&w.program.decisions, DecisionId).collect();
    decisions.sort_by_key(|(id, decision)| (decision.on, *id));
    for (id, decision) in decisions {
        let by = match decision.by {
            Decider::Board(id) => Def::Board(id),
            Decider::Partner(id) => Def::Partner(id),
        };
        let field = |name: &str| {
            let found = decision.particulars.iter().find(|(field, _)| field == name);
            said(&found.map_or_else(String::new, |(_, text)| super::front::capital(&tidy(text))))
        };
        let cells = vec![
            said(&decision.head.title),
            capitalised(w.name(by).text),
            said(&show_date(decision.on)),
            said(&super::front::capital(&decision.matter)),
            said(&tidy(&decision.decided)),
            said(&votes(decision)),
            field("settles"),
            field("minute"),
        ];
        table.row_at(Some(w.anchor(Def::Decision(id))), cells);
    }
    table.drop_empty_columns();
    let (place, any) = (w.program.boards.len(), !table.rows.is_empty());
    any.then(|| schedule_part(5, place, "Decisions", "decisions", vec![Block::Table(table)]))
}

fn votes(decision: &Decision) -> String {
    let Some(votes) = decision.votes else { return String::new() };
    let parts = [(votes.agreeing, "for"), (votes.against, "against"), (votes.abstaining, "abstaining")];
    let said = parts.iter().filter(|(count, _)| *count > 0).map(|(count, how)| format!("{count} {how}"));
    said.collect::<Vec<_>>().join(", ")
}
