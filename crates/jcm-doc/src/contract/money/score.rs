//! A score: its parts with their weights, and how each part is worked out.

use super::calculation;
use crate::contract::{documentation, paragraph};
use crate::document::{Align, Block, Inline, Table, capitalised};
use crate::english::{Origin, Wording, weight_rule};
use crate::places::lines_of;
use jcm_model::{Def, LineOwner, Score, ScoreId};
use jcm_quantity::Unit;

pub(super) fn blocks(w: &Wording<'_>, id: ScoreId, score: &Score) -> Vec<Block> {
    let mut blocks = documentation(&score.head.doc);
    let mut table = Table::new("Weights", &[("Part", Align::Left), ("Weight", Align::Right)]);
    for (weight, line) in &score.parts {
        let origin = Origin { line: Some(score.line), ..Origin::stated(Def::Score(id), score.head.span) };
        let origin = origin.explained(format!("Stated in “{}”", score.head.title));
        let weight: Inline = w.number(weight, &Unit::percent(), origin);
        table.row(vec![capitalised(w.name(Def::Line(*line)).text), vec![weight]]);
    }
    blocks.push(Block::Table(table));
    blocks.push(paragraph(weight_rule(score.missing)));
    let lines = lines_of(w.program, LineOwner::Score(id));
    blocks.extend(calculation::lines(w, &lines));
    blocks.extend(calculation::limits(w, &lines));
    blocks
}
