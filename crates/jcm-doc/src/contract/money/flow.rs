//! A flow of money: who pays what to whom, in which shares, within which limits, and how it is rounded.

use super::super::sign::line_can_be_negative;
use super::super::whole::line_is_multiple;
use crate::document::{Align, Block, Compose, Table, Text, capitalised, said};
use crate::english::{Origin, Wording};
use jcm_model::{Def, Flow, FlowId, Share, Ty};
use jcm_quantity::{Exact, Unit};

pub(super) fn blocks(w: &Wording<'_>, id: FlowId) -> Vec<Block> {
    let Some(flow) = w.program.flow(id) else { return Vec::new() };
    let mut blocks = vec![Block::Paragraph(who_pays(w, flow))];
    let is_limited = |share: &Share| share.losing_at_most.is_some() || share.gaining_at_most.is_some();
    if !flow.first.is_empty() {
        blocks.push(order(w, flow));
    }
    if flow.shares.len() > 1 || flow.shares.iter().any(is_limited) {
        blocks.push(shares(w, flow));
    }
    let contract = &w.program.contract;
    let ty = Ty::Number(Unit::money(&contract.currency.code));
    blocks.extend(w.excess_sentence(flow).map(Block::Paragraph));
    let whole = line_is_multiple(w.program, flow.amount, &contract.rounding.grain);
    blocks.extend(w.residue_sentence(flow, &contract.rounding, &ty, whole).map(Block::Paragraph));
    blocks
}

fn who_pays(w: &Wording<'_>, flow: &Flow) -> Text {
    let payer = w.name(Def::Partner(flow.payer)).text;
    let mut text = payer.clone();
    text.say(" pays ").add(w.reference(Def::Line(flow.amount), "pays "));
    if let Some(pool) = flow.pool {
        text.say(" from ").add(w.name(Def::Pool(pool)).text);
    }
    match flow.shares.as_slice() {
        _ if !flow.first.is_empty() => {
            text.say(" to the partners of the table below, in the order given there: each takes what is left, up to its ");
            text.say("amount, and the rest goes as the last row says.");
        }
        [only] => {
            text.say(" to ").add(w.name(Def::Partner(only.partner)).text).say(".");
        }
        _ => {
            text.say(" to the partners of the table below, in the shares given there.");
        }
    }
    if line_can_be_negative(w.program, flow.amount) {
        text.say(" Where the amount is below zero, ").add(who_pays_back(w, flow, payer));
    }
    capitalised(text)
}

/// Who pays to whom where the amount is below zero.
fn who_pays_back(w: &Wording<'_>, flow: &Flow, payer: Text) -> Text {
    let mut text = match flow.shares.as_slice() {
        _ if !flow.first.is_empty() => {
            said("they bear it instead, in the same order and up to the same amounts, and pay it to ")
        }
        [only] => {
            let mut text = w.name(Def::Partner(only.partner)).text;
            text.say(" pays it to ");
            text
        }
        _ => said("they pay it instead, in the same shares, to "),
    };
    match flow.pool {
        Some(pool) => text.add(w.name(Def::Pool(pool)).text),
        None => text.add(payer),
    };
    text.say(".");
    text
}

/// Who is paid before whom, up to what.
fn order(w: &Wording<'_>, flow: &Flow) -> Block {
    let heads = [("Order", Align::Right), ("Partner", Align::Left), ("Takes up to", Align::Right)];
    let mut table = Table::new(&titled(w, "Order of payment", flow), &heads);
    let money = Unit::money(&w.program.contract.currency.code);
    for (number, tranche) in (1usize..).zip(&flow.first) {
        let origin =
            Origin { line: Some(flow.amount), ..Origin::stated(Def::Line(flow.amount), flow.head.span) };
        let explained = format!("Stated in the order of payment of “{}”", w.title(Def::Line(flow.amount)));
        table.row(vec![
            said(&number.to_string()),
            capitalised(w.name(Def::Partner(tranche.partner)).text),
            vec![w.number(&tranche.up_to, &money, origin.explained(explained))],
        ]);
    }
    let rest: Vec<_> = flow.shares.iter().map(|share| share.partner).collect();
    let who = match rest.as_slice() {
        [only] => capitalised(w.name(Def::Partner(*only)).text),
        _ => said("Those who share the rest"),
    };
    table.row(vec![said(&flow.first.len().saturating_add(1).to_string()), who, said("the rest")]);
    Block::Table(table)
}

/// The caption of a table of a flow: with its title, unless the heading above says it already.
fn titled(w: &Wording<'_>, what: &str, flow: &Flow) -> String {
    let title = flow.head.title.as_str();
    let said = title.is_empty() || w.program.incentives.iter().any(|of| of.head.title == title);
    if said { what.to_string() } else { format!("{what}: {title}") }
}

fn shares(w: &Wording<'_>, flow: &Flow) -> Block {
    let title = titled(w, if flow.first.is_empty() { "Shares" } else { "Shares of the rest" }, flow);
    let mut table = Table::new(&title, &[("Partner", Align::Left), ("Share", Align::Right)]);
    let loses = flow.shares.iter().any(|share| share.losing_at_most.is_some());
    let gains = flow.shares.iter().any(|share| share.gaining_at_most.is_some());
    if loses {
        table.column("Loses at most", Align::Right);
    }
    if gains {
        table.column("Gains at most", Align::Right);
    }
    let figure = |value: &Exact, unit: &Unit| {
        let origin =
            Origin { line: Some(flow.amount), ..Origin::stated(Def::Line(flow.amount), flow.head.span) };
        let title = w.title(Def::Line(flow.amount));
        vec![w.number(value, unit, origin.explained(format!("Stated in the shares of “{title}”")))]
    };
    let money = Unit::money(&w.program.contract.currency.code);
    let limit = |value: &Option<Exact>| {
        value.as_ref().map_or_else(|| said("no limit"), |value| figure(value, &money))
    };
    for share in &flow.shares {
        let mut cells = vec![
            capitalised(w.name(Def::Partner(share.partner)).text),
            figure(&share.share, &Unit::percent()),
        ];
        if loses {
            cells.push(limit(&share.losing_at_most));
        }
        if gains {
            cells.push(limit(&share.gaining_at_most));
        }
        table.row(cells);
    }
    Block::Table(table)
}
