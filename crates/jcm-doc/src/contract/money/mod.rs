//! Schedule 3: payment, incentives and settlement.

mod calculation;
mod due;
mod flow;
mod incentive;
mod moved;
mod open_term;
mod payment;
mod pool;
mod score;
mod settlement;
mod table;

use super::{documentation, example, figures, heading, item, schedule_part};
use crate::Computed;
use crate::document::{Block, said};
use crate::english::Wording;
use crate::places::{MoneyPart, with_ids};
use jcm_model::{ChoiceId, Def};

/// The schedule, if anything is paid or any figure is agreed.
pub(super) fn schedule(w: &Wording<'_>, computed: &Computed) -> Option<Block> {
    let parts = w.places.money.iter().enumerate().filter_map(|(place, part)| {
        let numbered = |def: Def, blocks| schedule_part(3, place, &heading(w, def), &w.anchor(def), blocks);
        Some(match part {
            MoneyPart::Settlement => {
                schedule_part(3, place, "How the contract is settled", "settlement", settlement::blocks(w))
            }
            MoneyPart::Pool(id) => numbered(Def::Pool(*id), pool::blocks(w, *id, w.program.pool(*id)?)),
            MoneyPart::Incentive(id) => {
                numbered(Def::Incentive(*id), incentive::blocks(w, *id, w.program.incentive(*id)?, computed))
            }
            MoneyPart::Payment(id) => {
                numbered(Def::Payment(*id), payment::blocks(w, *id, w.program.payment(*id)?, computed))
            }
            MoneyPart::OpenTerm(id) => {
                numbered(Def::OpenTerm(*id), open_term::blocks(w, *id, w.program.open_term(*id)?))
            }
            MoneyPart::Score(id) => numbered(Def::Score(*id), score::blocks(w, *id, w.program.score(*id)?)),
            MoneyPart::Table(id) => numbered(Def::Table(*id), table::blocks(w, *id, w.program.table(*id)?)),
            MoneyPart::Figures => {
                let blocks =
                    figures::figures(w, "Values, and when they hold", &crate::places::figures(w.program));
                schedule_part(3, place, "Figures", "figures", blocks)
            }
            MoneyPart::Choices => schedule_part(3, place, "Lists of choices", "choices", choices(w)),
            MoneyPart::Examples => {
                let elsewhere = |of: Def| !matches!(of, Def::Incentive(_) | Def::Payment(_));
                schedule_part(
                    3,
                    place,
                    "Worked examples",
                    "examples",
                    example::blocks(w, computed, elsewhere),
                )
            }
        })
    });
    let parts: Vec<Block> = parts.collect();
    (!parts.is_empty()).then(|| super::schedule(3, "Payment, incentives and settlement", parts))
}

fn choices(w: &Wording<'_>) -> Vec<Block> {
    let list = |(id, choice): (ChoiceId, &jcm_model::Choice)| {
        let members =
            choice.members.iter().map(|(name, title)| said(if title.is_empty() { name } else { title }));
        let mut blocks = documentation(&choice.head.doc);
        blocks.push(Block::List(members.collect()));
        item(&heading(w, Def::Choice(id)), &w.anchor(Def::Choice(id)), blocks)
    };
    with_ids(&w.program.choices, ChoiceId).map(list).collect()
}
