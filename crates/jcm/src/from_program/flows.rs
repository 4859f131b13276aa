//! Flows of money become allocations.

use super::due;
use super::lines::owner;
use super::origins::Origins;
use super::{party_of, rounding_of};
use jcm_calculus::{Allocation, AllocationShare, Excess, Residue, StepId, Tranche};
use jcm_model::{Flow, Program, Share};

pub(super) fn allocations(program: &Program, origins: &Origins<'_>) -> Vec<Allocation> {
    let with_due = |(flow, due)| Allocation { due, ..allocation(program, flow, origins) };
    program.flows.iter().zip(due::of_flows(program)).map(with_due).collect()
}

fn allocation(program: &Program, flow: &Flow, origins: &Origins<'_>) -> Allocation {
    Allocation {
        name: name(program, flow),
        title: title(program, flow),
        amount: StepId(flow.amount.0),
        payer: party_of(flow.payer),
        pool: flow
            .pool
            .and_then(|id| program.pool(id))
            .map_or_else(String::new, |pool| pool.head.title.clone()),
        rounding: rounding_of(&program.contract.rounding),
        first: flow.first.iter().map(tranche).collect(),
        shares: flow.shares.iter().map(share).collect(),
        residue: match flow.residue {
            jcm_model::Residue::LargestRemainder => Residue::LargestRemainder,
            jcm_model::Residue::To(partner) => Residue::To(party_of(partner)),
        },
        excess: flow.excess.map(|excess| match excess {
            jcm_model::Excess::Others => Excess::Others,
            jcm_model::Excess::To(partner) => Excess::To(party_of(partner)),
            jcm_model::Excess::Payer => Excess::Payer,
        }),
        due: Vec::new(),
        origin: origins.of(clause(program, flow), &flow.head),
    }
}

/// The name of what pays; with that of the line where one thing pays more than once.
fn name(program: &Program, flow: &Flow) -> String {
    let same = program.flows.iter().filter(|other| other.head.name == flow.head.name).count();
    match program.line(flow.amount) {
        Some(line) if same > 1 => line.head.name.clone(),
        _ => flow.head.name.clone(),
    }
}

/// The title of what pays; with that of the line where one thing pays more than once, so that each has its own.
fn title(program: &Program, flow: &Flow) -> String {
    let same = program.flows.iter().filter(|other| other.head.title == flow.head.title).count();
    match program.line(flow.amount) {
        Some(line) if same > 1 && line.head.title != flow.head.title => {
            format!("{}: {}", flow.head.title, line.head.title)
        }
        _ => flow.head.title.clone(),
    }
}

/// The schedule entry of whatever owns the amount that is paid.
fn clause(program: &Program, flow: &Flow) -> String {
    let owner = program.line(flow.amount).and_then(|line| owner(program, line.owner));
    owner.map_or_else(|| "Schedule 3".to_owned(), |head| format!("Schedule 3, {}", head.title))
}

fn share(share: &Share) -> AllocationShare {
    AllocationShare {
        party: party_of(share.partner),
        share: share.share.clone(),
        losing_at_most: share.losing_at_most.clone(),
        gaining_at_most: share.gaining_at_most.clone(),
    }
}

fn tranche(tranche: &jcm_model::Tranche) -> Tranche {
    Tranche { party: party_of(tranche.partner), up_to: tranche.up_to.clone() }
}
