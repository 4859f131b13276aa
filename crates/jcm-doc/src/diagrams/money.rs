//! Parties and money: who pays into which fund, what is paid from it, and who is paid.

use super::listed;
use crate::contract::front::capital;
use crate::contract::sign::line_can_be_negative;
use crate::document::plain;
use crate::english::Wording;
use crate::picture::{Graph, Place};
use crate::places::with_ids;
use jcm_model::{Def, Flow, FlowId, LineOwner, PartnerId, PoolId, SubcontractId};
use jcm_quantity::{Unit, show};
use std::collections::BTreeMap;

const PAYERS: Place = Place::Column(0);
const FUNDS: Place = Place::Column(1);
const WHAT: Place = Place::Column(2);
const PAYEES: Place = Place::Column(3);
const PASSED_ON: Place = Place::Column(4);

/// What was drawn already, so that each thing stands once in a column.
#[derive(Default)]
struct Drawn {
    graph: Graph,
    payers: BTreeMap<PartnerId, usize>,
    funds: BTreeMap<PoolId, usize>,
    what: Vec<(Def, usize)>,
    payees: BTreeMap<PartnerId, usize>,
}

/// The diagram, if anything is paid.
pub(crate) fn money(w: &Wording<'_>) -> Option<Graph> {
    let mut drawn = Drawn::default();
    let mut sentences = Vec::new();
    for (id, pool) in with_ids(&w.program.pools, PoolId) {
        let fund = drawn.fund(w, id);
        let mut from = Vec::new();
        for (partner, _) in &pool.contributions {
            let payer = drawn.payer(w, *partner);
            drawn.graph.edge(payer, fund, "");
            from.push(named(w, Def::Partner(*partner)));
        }
        if !from.is_empty() {
            let verb = if from.len() == 1 { "pays" } else { "pay" };
            sentences.push(format!("{} {verb} into {}.", capital(&listed(&from)), named(w, Def::Pool(id))));
        }
    }
    for (_, flow) in with_ids(&w.program.flows, FlowId) {
        sentences.extend(drawn.flow(w, flow));
    }
    for (_, own) in with_ids(&w.program.subcontracts, SubcontractId) {
        let Some(from) = drawn.payees.get(&own.from).copied() else { continue };
        let to = drawn.graph.node(w.title(Def::Partner(own.to)), "sub-contractor", PASSED_ON);
        drawn.graph.edge(from, to, "");
        let (from, to) = (named(w, Def::Partner(own.from)), named(w, Def::Partner(own.to)));
        sentences.push(format!("{} pays {to} as its sub-contractor.", capital(&from)));
    }
    if drawn.graph.edges.is_empty() {
        return None;
    }
    let goes_back = |flow: &Flow| line_can_be_negative(w.program, flow.amount);
    if w.program.flows.iter().any(goes_back) {
        sentences.push("Where an amount is below zero, it goes the other way.".to_owned());
    }
    let Drawn { mut graph, .. } = drawn;
    graph.title = "Parties and money.".to_owned();
    graph.description = sentences.join(" ");
    Some(graph)
}

impl Drawn {
    fn payer(&mut self, w: &Wording<'_>, id: PartnerId) -> usize {
        let graph = &mut self.graph;
        *self.payers.entry(id).or_insert_with(|| graph.node(w.title(Def::Partner(id)), "", PAYERS))
    }

    fn fund(&mut self, w: &Wording<'_>, id: PoolId) -> usize {
        let graph = &mut self.graph;
        let host = w.program.pool(id).map(|pool| w.title(Def::Partner(pool.host)));
        let note = host.map(|host| format!("hosted by {host}")).unwrap_or_default();
        *self.funds.entry(id).or_insert_with(|| {
            let place = graph.node(w.title(Def::Pool(id)), &note, FUNDS);
            shade(graph, place);
            place
        })
    }

    /// What is paid: an incentive, a payment, a term left open.
    fn what(&mut self, w: &Wording<'_>, flow: &Flow) -> usize {
        let owner = w.program.line(flow.amount).map(|line| line.owner);
        let def = match owner {
            Some(LineOwner::Incentive(id)) => Def::Incentive(id),
            Some(LineOwner::Payment(id)) => Def::Payment(id),
            Some(LineOwner::OpenTerm(id)) => Def::OpenTerm(id),
            _ => Def::Line(flow.amount),
        };
        if let Some((_, place)) = self.what.iter().find(|(own, _)| *own == def) {
            return *place;
        }
        let note = if matches!(def, Def::OpenTerm(_)) { "[ ] left open" } else { "" };
        let place = self.graph.node(w.title(def), note, WHAT);
        self.what.push((def, place));
        place
    }

    fn payee(&mut self, w: &Wording<'_>, id: PartnerId) -> usize {
        let graph = &mut self.graph;
        *self.payees.entry(id).or_insert_with(|| {
            let place = graph.node(w.title(Def::Partner(id)), "", PAYEES);
            if let Some(node) = graph.nodes.get_mut(place) {
                node.round = true;
            }
            place
        })
    }

    /// A flow of money, and the sentence that says it.
    fn flow(&mut self, w: &Wording<'_>, flow: &Flow) -> Option<String> {
        let what = self.what(w, flow);
        let from = match flow.pool {
            Some(pool) => self.fund(w, pool),
            None => self.payer(w, flow.payer),
        };
        self.graph.edge(from, what, "");
        let mut to = Vec::new();
        for tranche in &flow.first {
            let payee = self.payee(w, tranche.partner);
            self.graph.edge(what, payee, "");
            to.push(format!("{} first", named(w, Def::Partner(tranche.partner))));
        }
        for share in &flow.shares {
            let payee = self.payee(w, share.partner);
            let part = show(&share.share, &Unit::percent());
            let alone = flow.shares.len() == 1 && flow.first.is_empty();
            self.graph.edge(what, payee, if alone { "" } else { &part });
            let title = named(w, Def::Partner(share.partner));
            to.push(if alone { title } else { format!("{title} ({part})") });
        }
        let what = self.graph.nodes.get(what)?;
        let from = named(w, flow.pool.map_or(Def::Partner(flow.payer), Def::Pool));
        Some(format!("“{}” is paid from {from} to {}.", what.title, listed(&to)))
    }
}

/// As the middle of a sentence says it.
fn named(w: &Wording<'_>, def: Def) -> String {
    plain(&w.name(def).text)
}

fn shade(graph: &mut Graph, place: usize) {
    if let Some(node) = graph.nodes.get_mut(place) {
        node.shaded = true;
    }
}
