//! Whom each figure, table, score, measure and fund reaches, by the payments that are worked out from it, and whom a
//! text names.

use super::Thing;
use jcm_model::{Def, Expr, ExprKind, Flow, FlowId, InputOwner, LineId, ParameterOwner, Piece, Program};
use std::collections::{BTreeMap, BTreeSet};

/// Tells each thing whom it reaches.
pub(super) fn tell(program: &Program, things: &mut [Thing<'_>]) {
    let reached = reached(program);
    for thing in things {
        if let Some(reach) = reached.get(&thing.name) {
            add(&mut thing.concerns, &reach.partners);
            add(&mut thing.moves, &reach.payments);
        }
        let pieces = thing.prose.iter().flat_map(|paragraph| &paragraph.pieces);
        let named: Vec<String> = pieces
            .filter_map(|piece| match piece {
                Piece::Reference { def: def @ (Def::Partner(_) | Def::Pool(_)), .. } => {
                    Some(program.title(*def).to_owned())
                }
                _ => None,
            })
            .collect();
        add(&mut thing.concerns, &named);
    }
}

/// The partners and funds whose money a thing moves, and the incentives and payments through which it does.
#[derive(Default)]
struct Reach {
    partners: Vec<String>,
    payments: Vec<String>,
}

/// By name.
fn reached(program: &Program) -> BTreeMap<String, Reach> {
    let incentives = program.incentives.iter().map(|own| (&own.head, own.flows.clone()));
    let payments = program.payments.iter().map(|own| (&own.head, own.flow.into_iter().collect()));
    let mut all: BTreeMap<String, Reach> = BTreeMap::new();
    for (head, flows) in incentives.chain(payments) {
        let flows: Vec<FlowId> = flows;
        for flow in flows.iter().filter_map(|id| program.flow(*id)) {
            let partners = ends(program, flow);
            for def in behind(program, flow.amount) {
                let reach = all.entry(program.name(def).to_owned()).or_default();
                add(&mut reach.partners, &partners);
                add(&mut reach.payments, std::slice::from_ref(&head.title));
            }
        }
    }
    all
}

/// Who pays and who is paid, with the fund that the money comes from and those who contribute to it.
pub(super) fn ends(program: &Program, flow: &Flow) -> Vec<String> {
    let partners = flow.payees().into_iter().chain([flow.payer]).map(Def::Partner);
    let pool = flow.pool.and_then(|id| program.pool(id));
    let contributors = pool.into_iter().flat_map(|pool| &pool.contributions);
    let contributors = contributors.map(|(partner, _)| Def::Partner(*partner));
    let all = partners.chain(flow.pool.map(Def::Pool)).chain(contributors);
    all.map(|def| program.title(def).to_owned()).collect()
}

/// Everything declared outside of it from which a line is worked out.
fn behind(program: &Program, line: LineId) -> Vec<Def> {
    let (mut open, mut seen, mut found) = (vec![line], BTreeSet::new(), Vec::new());
    while let Some(id) = open.pop() {
        let Some(line) = program.line(id).filter(|_| seen.insert(id)) else { continue };
        found.push(Def::from(line.owner));
        used(program, &line.expr, &mut open, &mut found);
    }
    found
}

fn used(program: &Program, expr: &Expr, lines: &mut Vec<LineId>, found: &mut Vec<Def>) {
    match &expr.kind {
        ExprKind::Line(id) => lines.push(*id),
        ExprKind::Balance(id) => lines.extend(program.balance(*id).map(|balance| balance.closing)),
        ExprKind::Input(id) => {
            if let Some(InputOwner::Measure(measure)) = program.input(*id).map(|input| input.owner) {
                found.push(Def::Measure(measure));
            }
        }
        ExprKind::Table { table, .. } => found.push(Def::Table(*table)),
        ExprKind::Parameter { parameter, .. } => {
            let owner = program.parameter(*parameter).map(|of| &of.owner);
            found.push(match owner {
                Some(ParameterOwner::Pool(id)) => Def::Pool(*id),
                Some(ParameterOwner::Measure(id)) => Def::Measure(*id),
                Some(ParameterOwner::Population(id)) => Def::Population(*id),
                _ => Def::Parameter(*parameter),
            });
        }
        _ => {}
    }
    for part in expr.parts() {
        used(program, part, lines, found);
    }
}

pub(super) fn add(list: &mut Vec<String>, more: &[String]) {
    for own in more {
        if !list.contains(own) {
            list.push(own.clone());
        }
    }
}
