//! One file for each question that is asked of a contract.

mod cliff;
mod conflict;
mod conservation;
mod continuity;
mod flat;
mod fund;
mod influence;
mod part;
mod perverse;
mod range;
mod reached;
mod steps;
mod twice;

pub(crate) use continuity::joins;

use crate::Statement;
use crate::asking::Asking;
use crate::probes::Probe;
use jcm_calculus::{InputId, PartyId, Settlement};
use jcm_eval::parts;
use jcm_quantity::Exact;

/// One question about one period. No answer depends on another, so that they can be found side by side.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Question {
    /// Of one payment, by its place.
    Range(usize),
    Conservation(usize),
    Cliff(usize),
    Flat(usize),
    /// Of one probe, by its place.
    Reached(usize),
    Perverse,
    Fund,
    Twice,
    Influence,
    Conflict,
}

/// Every question, in the order of the statements.
pub(crate) fn questions(settlement: &Settlement, probes: &[Probe]) -> Vec<Question> {
    let of_payment = |payment| {
        [Question::Range, Question::Conservation, Question::Cliff, Question::Flat].map(|ask| ask(payment))
    };
    let mut all: Vec<Question> = (0..settlement.allocations.len()).flat_map(of_payment).collect();
    all.extend((0..probes.len()).map(Question::Reached));
    let whole =
        [Question::Perverse, Question::Fund, Question::Twice, Question::Influence, Question::Conflict];
    all.extend(whole);
    all
}

/// What is said to one question.
pub(crate) fn ask(asking: &Asking<'_>, probes: &[Probe], question: Question) -> Vec<Statement> {
    match question {
        Question::Range(payment) => range::ask(asking, payment),
        Question::Conservation(payment) => conservation::ask(asking, payment),
        Question::Cliff(payment) => cliff::ask(asking, payment),
        Question::Flat(payment) => flat::ask(asking, payment),
        Question::Reached(probe) => {
            probes.get(probe).map(|probe| reached::ask(asking, probe)).into_iter().collect()
        }
        Question::Perverse => perverse::ask(asking),
        Question::Fund => fund::ask(asking),
        Question::Twice => twice::ask(asking),
        Question::Influence => influence::ask(asking),
        Question::Conflict => conflict::ask(asking),
    }
}

/// The payments that depend on an input, by their places.
fn payments_on(asking: &Asking<'_>, input: InputId) -> Vec<usize> {
    let depends = |place: &usize| inputs_of(asking, *place).contains(&input);
    (0..asking.settlement().allocations.len()).filter(depends).collect()
}

fn inputs_of(asking: &Asking<'_>, payment: usize) -> std::collections::BTreeSet<InputId> {
    let amount = asking.settlement().allocations.get(payment).map(|paid| paid.amount);
    asking.behind(&amount.into_iter().collect::<Vec<_>>()).1
}

/// Everybody whom a payment reaches: those of its shares, who come first, and who bears an excess.
fn payees(asking: &Asking<'_>, payment: usize) -> Vec<PartyId> {
    let parts = parts(asking.settlement(), payment, &Exact::zero()).unwrap_or_default();
    parts.into_iter().map(|(party, _)| party).collect()
}
