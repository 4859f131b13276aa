//! Parties and money: who pays into which fund, what is paid from it, and who is paid.

use super::listed;
use crate::contract::front::capital;
use crate::contract::sign::line_can_be_negative;
use crate::document::plain;
use crate::english::Wording;
use crate::picture::{Graph, Place};
use crate::places::with_ids;
use jcm_model::{Def, Flow, FlowId, LineOwner, ParameterId, PartnerId, PoolId, SubcontractId};
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
        for (partner, figure) in &pool.contributions {
            let payer = drawn.payer(w, *partner);
            drawn.graph.edge(payer, fund, "");
            from.push(contributor(w, *partner, *figure));
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
    sentences.extend(going_back(w));
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
        let node = self.graph.nodes.get(what)?;
        let from = match flow.pool {
            Some(pool) => format!("from {}", named(w, Def::Pool(pool))),
            None => format!("by {}", named(w, Def::Partner(flow.payer))),
        };
        let amount = plain(&w.reference(Def::Line(flow.amount), "pays "));
        let verb = w.name(Def::Line(flow.amount)).verb();
        // A payment has its title in the name of its amount.
        let under = match amount.contains(&node.title) {
            true => String::new(),
            false => format!("under “{}”, ", node.title),
        };
        Some(capital(&format!("{under}{amount}{verb}paid {from} to {}.", listed(&to))))
    }
}

/// Which amounts may go the other way.
fn going_back(w: &Wording<'_>) -> Option<String> {
    let goes_back = |flow: &&Flow| line_can_be_negative(w.program, flow.amount);
    let mut amounts: Vec<String> = Vec::new();
    let mut plural = false;
    for flow in w.program.flows.iter().filter(goes_back) {
        plural = w.name(Def::Line(flow.amount)).plural;
        let name = named(w, Def::Line(flow.amount));
        if !amounts.contains(&name) {
            amounts.push(name);
        }
    }
    match amounts.as_slice() {
        [] => None,
        [only] if plural => Some(format!("Where {only} are below zero, they go the other way.")),
        [only] => Some(format!("Where {only} is below zero, it goes the other way.")),
        many => Some(format!("Each of these goes the other way where it is below zero: {}.", listed(many))),
    }
}

/// `NHS Vale Integrated Care Board (£84,000,000.00 per year)`, with what it contributes at first.
fn contributor(w: &Wording<'_>, partner: PartnerId, figure: ParameterId) -> String {
    let title = named(w, Def::Partner(partner));
    match crate::contract::at_first(w, figure) {
        Some((amount, stays)) => {
            format!("{title} ({}{})", amount.text(), if stays { "" } else { " at first" })
        }
        None => title,
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
