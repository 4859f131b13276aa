//! Schedule 11: the deed by which another partner joins, with blanks for what is not known before, and what it changes:
//! seats and shares.

use super::{item, particular, particulars, schedule_part, signatures, subjects};
use crate::document::{Align, Block, Compose, Inline, Table, Text, capitalised, joined, said};
use crate::english::Wording;
use crate::places::{letter, with_ids};
use jcm_model::{BoardId, Def, Flow, Part, PartnerId};
use jcm_quantity::{Unit, show};

/// The subjects of clauses that call for this schedule.
const SUBJECTS: [&str; 2] = ["joining", "accession"];
const BLANK: &str = "[ ]";
const NEW: &str = "New Partner";
/// What the parties say of themselves, and the new one too.
const PARTICULARS: [&str; 9] = [
    "Legal name",
    "Role",
    "Sector and legal form",
    "Organisation, company or charity number",
    "Services that it provides",
    "Tax (VAT)",
    "Guarantee, if one is asked for",
    "Address for notices",
    "How it signs",
];

/// The schedule, if a clause is about joining.
pub(super) fn schedule(w: &Wording<'_>) -> Option<Block> {
    let (id, _) = subjects::clause_on(w, &SUBJECTS)?;
    let mut opening = said("In this form another partner joins, as ");
    opening.add(w.link(Def::Clause(id), w.places.address(Def::Clause(id))));
    opening.say(" says. What stands in square brackets is filled in then.");
    let mut parts = vec![schedule_part(11, 0, "Deed of accession", "accession-deed", deed(w))];
    parts.push(schedule_part(
        11,
        1,
        "Particulars of the New Partner",
        "accession-particulars",
        vec![new_partner()],
    ));
    let changes = changes(w);
    if !changes.is_empty() {
        parts.push(schedule_part(11, 2, "What changes for the others", "accession-changes", changes));
    }
    if let Some(clauses) = subjects::table(w, Part::Change) {
        let title = "What the clauses say of joining and leaving";
        parts.push(schedule_part(11, parts.len(), title, "accession-clauses", vec![clauses]));
    }
    let blocks = std::iter::once(Block::Paragraph(opening)).chain(parts).collect();
    Some(super::schedule(11, "Accession", blocks))
}

fn deed(w: &Wording<'_>) -> Vec<Block> {
    let mut blocks = vec![super::paragraph(
        "This deed is dated [ ] and is made by [ ], whose registered or main office is at [ ] (the “New Partner”), and by \
         the parties to the agreement that is named below.",
    )];
    let numbered = terms(w).into_iter().enumerate().map(|(place, text)| {
        let letter = letter(place);
        let anchor = format!("accession-{}", letter.to_lowercase());
        Block::Numbered { number: format!("({letter})"), anchor, text }
    });
    blocks.extend(numbered);
    let mut signing = vec![signatures::newcomer(NEW)];
    signing.extend(signatures::blocks(w));
    blocks.push(item("Signatures to the deed", "accession-signatures", signing));
    blocks
}

fn terms(w: &Wording<'_>) -> Vec<Text> {
    let contract = &w.program.contract;
    let mut agreement = said("This deed goes with “");
    agreement.push(Inline::Strong(contract.head.title.clone()));
    agreement.say("” dated [ ] between ");
    let parties = with_ids(&w.program.partners, PartnerId).filter(|(_, partner)| partner.is_party());
    let parties = parties.map(|(id, _)| w.name(Def::Partner(id)).text).collect();
    agreement.add(joined(parties, " and ")).say(
        ", as it has been varied since (the “Agreement”). Words that are defined there mean the same here.",
    );
    let mut terms = vec![
        agreement,
        said("The New Partner has been given a copy of the Agreement and has read it."),
        said(
            "From [ ] the New Partner is a party to the Agreement, with the role [ ]. From that day it shall keep the Agreement, and has its benefit, as if it had been named in it as a party.",
        ),
        said("Every other party accepts the New Partner as a party from that day."),
    ];
    if shared(w).next().is_some() {
        terms.push(said("Seats and shares change as the tables of this schedule say, from the first day of a settlement period: [ ]. No share changes for a period that has begun."));
    }
    terms.push(said("Nothing in this deed makes the New Partner answerable for what happened before that day, unless it is stated here: [ ]."));
    let law = if contract.law.is_empty() { String::new() } else { ", and by the same law".to_owned() };
    terms.push(said(&format!("Disputes under this deed end as those under the Agreement do{law}.")));
    terms
}

fn new_partner() -> Block {
    let mut table = particulars("The New Partner");
    for what in PARTICULARS {
        particular(&mut table, what, said(BLANK));
    }
    Block::Table(table)
}

/// The flows of money that several partners share.
fn shared<'a>(w: &Wording<'a>) -> impl Iterator<Item = &'a Flow> {
    w.program.flows.iter().filter(|flow| flow.shares.len() > 1)
}

/// Seats and shares as they are, with room for what they become.
fn changes(w: &Wording<'_>) -> Vec<Block> {
    let mut blocks = Vec::new();
    for (id, board) in with_ids(&w.program.boards, BoardId) {
        let now = board.seats.iter().map(|(partner, seats)| (*partner, seats.to_string()));
        let mut table =
            changing(&format!("Seats: {}", w.title(Def::Board(id))), "Seats now", now.collect(), w);
        table.row(vec![said("Quorum"), said(&board.quorum.to_string()), said(BLANK)]);
        blocks.push(Block::Table(table));
    }
    for flow in shared(w) {
        let now = flow.shares.iter().map(|share| (share.partner, show(&share.share, &Unit::percent())));
        let title =
            if flow.head.title.is_empty() { w.title(Def::Line(flow.amount)) } else { &flow.head.title };
        blocks.push(Block::Table(changing(&format!("Shares: {title}"), "Share now", now.collect(), w)));
    }
    blocks
}

/// A table of what each partner has now, and room for what it has then.
fn changing(caption: &str, head: &str, now: Vec<(PartnerId, String)>, w: &Wording<'_>) -> Table {
    let heads = [("Partner", Align::Left), (head, Align::Right), ("From then on", Align::Right)];
    let mut table = Table::new(caption, &heads);
    for (partner, has) in now {
        table.row(vec![capitalised(w.name(Def::Partner(partner)).text), said(&has), said(BLANK)]);
    }
    table.row(vec![said(NEW), said("none"), said(BLANK)]);
    table
}
