//! Diagrams of a contract: parties and money, governance, the waterfall of an incentive, the ladder of a dispute.
//!
//! Each is made from the checked program as a [`Graph`], so that what is drawn is what is agreed; its description says
//! in words everything that can be read off it.

mod governance;
mod ladder;
mod money;
mod waterfall;

use crate::english::Wording;
use crate::picture::Graph;
use crate::places::with_ids;
use jcm_model::{BoardId, IncentiveId, LadderId, Program};

pub(crate) use governance::governance;
pub(crate) use ladder::ladder;
pub(crate) use money::money;
pub(crate) use waterfall::{waterfall, waterfall_by_page};

/// What a diagram shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shows {
    /// Who pays what to whom, through which funds.
    Money,
    /// Who sits on a board, and how it decides what.
    Governance,
    /// How an incentive is worked out, line by line, and who is paid.
    Waterfall,
    /// How a dispute goes from step to step.
    Ladder,
}

/// A diagram, with the name in the source of what it shows; empty where it shows the whole contract.
#[derive(Debug, Clone)]
pub struct Diagram {
    /// The name of the board, incentive or ladder.
    pub name: String,
    /// What is drawn.
    pub graph: Graph,
}

/// The diagrams of one sort that a contract has, in the order of the source.
pub fn diagrams(program: &Program, shows: Shows) -> Vec<Diagram> {
    let w = Wording::new(program);
    let made = |name: &str, graph: Graph| Diagram { name: name.to_owned(), graph };
    match shows {
        Shows::Money => money(&w).map(|graph| made("", graph)).into_iter().collect(),
        Shows::Governance => with_ids(&program.boards, BoardId)
            .map(|(id, board)| made(&board.head.name, governance(&w, id, board)))
            .collect(),
        Shows::Waterfall => with_ids(&program.incentives, IncentiveId)
            .filter_map(|(id, own)| Some(made(&own.head.name, waterfall(&w, id, own)?)))
            .collect(),
        Shows::Ladder => {
            with_ids(&program.ladders, LadderId).map(|(_, own)| made(&own.head.name, ladder(own))).collect()
        }
    }
}

/// `a; b and c`, for descriptions.
pub(crate) fn listed(items: &[String]) -> String {
    match items.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => items.concat(),
    }
}
