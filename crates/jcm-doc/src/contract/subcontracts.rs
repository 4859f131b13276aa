//! Schedule 7: what partners pass on to sub-contractors.

use super::{
    documentation, front, heading, other_particulars, paragraph, particular, particulars, schedule_part,
};
use crate::document::{Align, Block, Compose, Inline, Table, Text, capitalised, joined, said};
use crate::english::Wording;
use crate::places::with_ids;
use jcm_model::{Def, FlowDown, PartnerId, Passed, Signing, Subcontract, SubcontractId};
use jcm_quantity::{Period, Unit, show, show_date};

/// The schedule, if there is a sub-contract or a sub-contractor.
pub(super) fn schedule(w: &Wording<'_>) -> Option<Block> {
    let mut blocks: Vec<Block> = subcontractors(w).into_iter().collect();
    for (place, (id, of)) in with_ids(&w.program.subcontracts, SubcontractId).enumerate() {
        let def = Def::Subcontract(id);
        let mut part = documentation(&of.head.doc);
        part.push(terms(w, of));
        part.extend(flows_down(w, of));
        blocks.push(schedule_part(7, place, &heading(w, def), &w.anchor(def), part));
    }
    (!blocks.is_empty()).then(|| super::schedule(7, "Sub-contracts", blocks))
}

/// The sub-contracts by which a partner takes something on: what, when, for how much and what binds it.
pub(super) fn for_partner(w: &Wording<'_>, partner: PartnerId) -> Vec<Block> {
    let own = w.program.subcontracts.iter().filter(|of| of.to == partner);
    own.flat_map(|of| {
        let anchor = format!("sub-contract-{}", of.head.name);
        let blocks = std::iter::once(terms(w, of)).chain(flows_down(w, of)).collect();
        Some(front(&format!("What its sub-contract says: {}", of.head.title), &anchor, blocks))
    })
    .collect()
}

/// What a partner pays its sub-contractors and passes on to them, a sentence for each sub-contract.
pub(super) fn passed_on(w: &Wording<'_>, partner: PartnerId) -> Vec<Text> {
    let yearly = Unit::money(&w.program.contract.currency.code).over(&Unit::years());
    let own = w.program.subcontracts.iter().filter(|of| of.from == partner);
    own.filter_map(|of| {
        let price = of.price.as_ref().map(|price| said(&format!("pays {}", show(price, &yearly))));
        let paid = of.payment.map(|payment| {
            let mut text = said("pays ");
            text.add(w.reference(Def::Payment(payment), "pays "));
            text
        });
        let passes = of.passes.iter().map(|passed| {
            let mut text = said("passes on ");
            text.add(risk(w, passed));
            text
        });
        let all: Vec<Text> = price.into_iter().chain(paid).chain(passes).collect();
        if all.is_empty() {
            return None;
        }
        let mut text = said("To ");
        text.add(w.partners(&[of.to])).say(", its sub-contractor, it ").add(joined(all, " and "));
        text.say(".");
        Some(text)
    })
    .collect()
}

/// Who is party to a sub-contract only.
fn subcontractors(w: &Wording<'_>) -> Option<Block> {
    let heads = [("Sub-contractor", Align::Left), ("Particulars", Align::Left)];
    let mut table = Table::new("Sub-contractors, who are not party to the contract itself", &heads);
    for (id, partner) in with_ids(&w.program.partners, PartnerId) {
        if !partner.is_party() {
            let name = vec![Inline::Strong(partner.head.title.clone())];
            let cells = vec![name, said(&super::front::particulars_of(partner))];
            table.row_at(Some(w.anchor(Def::Partner(id))), cells);
        }
    }
    (!table.rows.is_empty()).then_some(Block::Table(table))
}

fn terms(w: &Wording<'_>, of: &Subcontract) -> Block {
    let mut table = particulars("Particulars of the sub-contract");
    let party = |id| capitalised(w.name(Def::Partner(id)).text);
    particular(&mut table, "Passes on", party(of.from));
    particular(&mut table, "Takes on", party(of.to));
    let services = of.services.iter().map(|id| w.link(Def::Service(*id), w.title(Def::Service(*id))));
    particular(&mut table, "Services", joined(services.collect(), " and "));
    let term = Period { label: String::new(), start: of.start, end: of.end };
    particular(&mut table, "Term", said(&term.describe()));
    particular(&mut table, "Signed", said(&signing(of)));
    let yearly = Unit::money(&w.program.contract.currency.code).over(&Unit::years());
    if let Some(price) = &of.price {
        particular(&mut table, "Price", said(&show(price, &yearly)));
    }
    if let Some(payment) = of.payment {
        particular(&mut table, "Paid by", w.reference(Def::Payment(payment), ""));
    }
    for passed in &of.passes {
        particular(&mut table, "Risk passed on", risk(w, passed));
    }
    other_particulars(w, &mut table, &of.particulars);
    Block::Table(table)
}

fn signing(of: &Subcontract) -> String {
    match of.signing {
        None => String::new(),
        Some(Signing::On(day)) => show_date(day),
        Some(Signing::By(day)) => {
            format!("To be signed by {}; its services do not begin before that", show_date(day))
        }
    }
}

/// `5% of what Sharing of savings pays; the sub-contractor loses £20,000 at the most`
fn risk(w: &Wording<'_>, passed: &Passed) -> Text {
    let money = |amount: &_| show(amount, &Unit::money(&w.program.contract.currency.code));
    let mut text = said(&format!("{} of what is paid under ", show(&passed.share, &Unit::percent())));
    text.add(w.name(Def::Incentive(passed.incentive)).text);
    if let Some(limit) = &passed.losing_at_most {
        text.say(&format!("; the sub-contractor loses {} at the most", money(limit)));
    }
    if let Some(limit) = &passed.gaining_at_most {
        text.say(&format!("; the sub-contractor gains {} at the most", money(limit)));
    }
    text
}

/// What binds the sub-contractor as it binds the partner that passes on.
fn flows_down(w: &Wording<'_>, of: &Subcontract) -> Vec<Block> {
    let bound = w.program.flowed_down(of);
    if bound.is_empty() {
        return Vec::new();
    }
    let mut opening = said("These bind the sub-contractor as they bind ");
    opening.add(w.name(Def::Partner(of.from)).text);
    if let FlowDown::EverythingExcept(except) = &of.flows_down {
        let mut all = said("Every clause, and every obligation of ");
        all.add(w.name(Def::Partner(of.from)).text).say(", binds the sub-contractor too");
        if !except.is_empty() {
            let except = except.iter().map(|def| w.link(*def, w.title(*def))).collect();
            all.say(", but for ").add(joined(except, " and "));
        }
        opening = all;
    }
    opening.say(":");
    let mut table = Table::new("What flows down", &[("What", Align::Left), ("Where it stands", Align::Left)]);
    for def in bound {
        table.row(vec![w.link(def, w.title(def)), said(&super::front::capital(w.places.address(def)))]);
    }
    vec![Block::Paragraph(opening), Block::Table(table), paragraph(MEASURED)]
}

const MEASURED: &str = "Where they speak of a partner, the sub-contractor owes to the partner that passes on what that \
                        partner owes under the contract.";
