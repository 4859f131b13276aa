//! Two pages for one partner: what it must do and by when, what it stands to gain and to lose, and where it decides.

mod examples;

use super::sign::line_can_be_negative;
use super::subcontracts;
use super::{front, paragraph, section, version};
use crate::document::{Align, Block, Compose, Document, Role, Table, Text, capitalised, joined, said};
use crate::english::{Origin, Wording, tidy};
use crate::places::{home, with_ids};
use crate::{Computed, Edition};
use jcm_calendar::{Occurrence, agenda};
use jcm_model::{
    BoardId, Def, Excess, Flow, FlowId, OpenTerm, OpenTermId, ParameterId, Partner, PartnerId, Payment,
    PaymentId, PoolId, Program, Share,
};
use jcm_quantity::{Exact, Period, Unit, show_date};

/// What the contract means for one of its partners; `None` if it has no such partner.
pub fn for_partner(
    program: &Program,
    computed: &Computed,
    edition: &Edition,
    partner: PartnerId,
) -> Option<Document> {
    let w = Wording::new(program);
    let of = program.partner(partner)?;
    let version = version(program, edition);
    let title = format!("What the {} means for {}", program.contract.head.title, of.head.title);
    let contract = &program.contract;
    let term = Period { label: String::new(), start: contract.start, end: contract.end };
    let intro = vec![paragraph(&format!(
        "{} is {} under {}, which runs from {}. This reading is no part of it: where they differ, the contract holds.",
        of.head.title,
        crate::document::plain(&role(&super::front::roles(of))),
        w.kind_of_contract(),
        term.describe()
    ))];
    let mut blocks = vec![section(Role::Cover, "", &title, "reading", intro)];
    blocks.push(duties(&w, partner));
    blocks.extend(subcontracts::for_partner(&w, partner));
    blocks.extend(dates(&w, partner));
    blocks.extend(money(&w, computed, partner));
    blocks.extend(seats(&w, partner));
    Some(Document { title, version, blocks }.finished())
}

/// A role with its article.
fn role(roles: &str) -> Text {
    let vowel = roles.starts_with(['a', 'e', 'i', 'o', 'u']);
    said(&format!("{} {roles}", if vowel { "an" } else { "a" }))
}

fn duties(w: &Wording<'_>, partner: PartnerId) -> Block {
    let heads = [
        ("It shall", Align::Left),
        ("To", Align::Left),
        ("By when", Align::Left),
        ("Shown by", Align::Left),
        ("If not", Align::Left),
    ];
    let mut table = Table::new("Its obligations", &heads);
    for duty in w.program.obligations.iter().filter(|duty| duty.party == partner) {
        let cells = [&duty.action, &duty.to, &duty.due, &duty.evidence, &duty.failing];
        table.row(cells.map(|text| said(text)).to_vec());
    }
    let mut blocks = Vec::new();
    if table.rows.is_empty() {
        blocks.push(paragraph(if w.program.partner(partner).is_some_and(Partner::is_party) {
            "No obligation of Schedule 6 is its own. The clauses bind it as they bind every partner."
        } else {
            "It is not a party to the contract, whose clauses bind it only as far as its sub-contract says."
        }));
    } else {
        table.drop_empty_columns();
        blocks.push(Block::Table(table));
    }
    let services = w.program.services.iter().filter(|service| service.providers.contains(&partner));
    let titles: Vec<Text> = services.map(|service| said(&service.head.title)).collect();
    if !titles.is_empty() {
        let mut text = said("It provides these services: ");
        text.add(joined(titles, " and ")).say(".");
        blocks.push(Block::Paragraph(text));
    }
    front("What it must do", "duties", blocks)
}

/// What concerns the partner and when, with the first and the last of its dates. What the same body does at the same time
/// is one row.
fn dates(w: &Wording<'_>, partner: PartnerId) -> Option<Block> {
    let all = agenda(w.program);
    let own_title = w.program.title(Def::Partner(partner));
    let mut rows: Vec<Due<'_>> = Vec::new();
    for (number, item) in all.items.iter().enumerate() {
        // The reading begins with the term itself.
        let is_term = matches!(item.key.as_str(), "term.start" | "term.end");
        if is_term || item.concerns.as_ref().is_some_and(|those| !those.contains(&partner)) {
            continue;
        }
        let own: Vec<&Occurrence> = all.dates.iter().filter(|found| found.item == number).collect();
        let (Some(first), Some(last)) = (own.first(), own.last()) else { continue };
        let mut when = match own.len() {
            1 => show_date(first.date),
            _ => format!("first {}, last {}", show_date(first.date), show_date(last.date)),
        };
        if !item.rule.is_empty() {
            when = format!("{}: {when}", item.rule);
        }
        let (kind, what) = item.title.split_once(": ").unwrap_or(("", &item.title));
        let who = if item.who == own_title || item.who == what { "" } else { item.who.as_str() };
        match rows
            .iter_mut()
            .find(|row| !kind.is_empty() && (row.kind, row.who) == (kind, who) && row.when == when)
        {
            Some(row) => row.what.push(what),
            None => rows.push(Due { kind, who, what: vec![what], when }),
        }
    }
    let mut table = Table::new("Dates that concern it", &[("What", Align::Left), ("When", Align::Left)]);
    rows.iter().for_each(|row| table.row(vec![said(&row.words()), said(&row.when)]));
    (!table.rows.is_empty()).then(|| front("By when", "dates", vec![Block::Table(table)]))
}

/// What falls on the same days.
struct Due<'a> {
    /// What the things have in common, such as `Report`; may be empty.
    kind: &'a str,
    /// Who does it; empty where that is the partner itself, or everybody.
    who: &'a str,
    what: Vec<&'a str>,
    when: String,
}

impl Due<'_> {
    fn words(&self) -> String {
        let mut words = self.what.join("; ");
        if !self.kind.is_empty() {
            words = format!("{}: {words}", self.kind);
        }
        if self.who.is_empty() { words } else { format!("{words} ({})", self.who) }
    }
}

fn money(w: &Wording<'_>, computed: &Computed, partner: PartnerId) -> Option<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    for (id, pool) in with_ids(&w.program.pools, PoolId) {
        for (_, figure) in pool.contributions.iter().filter(|(who, _)| *who == partner) {
            let mut text = said("It contributes to ");
            text.add(w.name(Def::Pool(id)).text).say(": ").add(super::figures::dated_values(w, *figure));
            text.say(".");
            blocks.push(Block::Paragraph(text));
        }
    }
    let flows = with_ids(&w.program.flows, FlowId);
    for (id, flow) in flows {
        let mut own = flow_of(w, flow, partner);
        if let Some(last) = own.last_mut() {
            last.add(price_of(w, id));
        }
        blocks.extend(own.into_iter().map(Block::Paragraph));
    }
    blocks.extend(subcontracts::passed_on(w, partner).into_iter().map(Block::Paragraph));
    blocks.extend(examples::blocks(w, computed, partner));
    (!blocks.is_empty()).then(|| front("What it stands to gain and to lose", "money", blocks))
}

/// What the partner receives from a flow, and what it pays into it.
fn flow_of(w: &Wording<'_>, flow: &Flow, partner: PartnerId) -> Vec<Text> {
    let amount = || w.reference(Def::Line(flow.amount), "pays ");
    let mut all = Vec::new();
    for share in flow.shares.iter().filter(|share| share.partner == partner) {
        all.push(share_of(w, flow, share));
    }
    let fund = flow.pool.and_then(|id| Some((id, w.program.pool(id)?)));
    let contributes = fund.is_some_and(|(_, pool)| pool.contributions.iter().any(|(id, _)| *id == partner));
    if flow.payer != partner && !contributes {
        return all;
    }
    let others: Vec<PartnerId> =
        flow.shares.iter().map(|share| share.partner).filter(|other| *other != partner).collect();
    if others.is_empty() {
        return all;
    }
    let mut text = match flow.payer == partner {
        true => said("It pays "),
        false => {
            let mut text = Text::new();
            text.add(w.partners(&[flow.payer])).say(" pays ");
            text
        }
    };
    text.add(amount());
    if let Some((pool, _)) = fund {
        text.say(" from ").add(w.name(Def::Pool(pool)).text);
        text.say(if contributes && flow.payer != partner { ", to which it contributes," } else { "" });
    }
    text.say(" to ").add(w.partners(&others));
    if line_can_be_negative(w.program, flow.amount) {
        text.say("; where that is below zero, the payment goes the other way");
    }
    text.say(".");
    all.push(text);
    all
}

/// The figures of the payment or open term that a flow pays out, such as its yearly amount; nothing for an incentive.
fn price_of(w: &Wording<'_>, id: FlowId) -> Text {
    let mut text = Text::new();
    let paying = |(at, of): (PaymentId, &Payment)| (of.flow == Some(id)).then_some(Def::Payment(at));
    let open = |(at, of): (OpenTermId, &OpenTerm)| {
        of.until.is_some_and(|(_, flow)| flow == id).then_some(Def::OpenTerm(at))
    };
    let payment = with_ids(&w.program.payments, PaymentId).find_map(paying);
    let owner = payment.or_else(|| with_ids(&w.program.open_terms, OpenTermId).find_map(open));
    let Some(owner) = owner else { return text };
    for (figure, stated) in with_ids(&w.program.parameters, ParameterId) {
        if !stated.keys.is_empty() || stated.columns.len() != 1 || home(w.program, figure) != Some(owner) {
            continue;
        }
        text.say(" ").add(w.link(Def::Parameter(figure), w.title(Def::Parameter(figure))));
        text.say(": ").add(super::figures::dated_values(w, figure)).say(".");
    }
    text
}

fn share_of(w: &Wording<'_>, flow: &Flow, share: &Share) -> Text {
    let origin =
        || Origin { line: Some(flow.amount), ..Origin::stated(Def::Line(flow.amount), flow.head.span) };
    let money = Unit::money(&w.program.contract.currency.code);
    let mut text = said("It receives ");
    if share.share != Exact::from_int(1) {
        text.push(w.number(&share.share, &Unit::percent(), origin()));
        text.say(" of ");
    }
    text.add(w.reference(Def::Line(flow.amount), "of "));
    text.add(left_over_by(w, flow, share, |other| other.gaining_at_most.is_some()));
    let back = line_can_be_negative(w.program, flow.amount);
    let part = if share.share == Exact::from_int(1) { "it pays it" } else { "it pays the same part of it" };
    if back {
        text.say("; where that is below zero, ").say(part);
        text.add(left_over_by(w, flow, share, |other| other.losing_at_most.is_some()));
    }
    for (words, limit) in [
        (", but never more than ", share.losing_at_most.as_ref().filter(|_| back)),
        (". It gains at most ", share.gaining_at_most.as_ref()),
    ] {
        if let Some(limit) = limit {
            text.say(words);
            text.push(w.number(limit, &money, origin()));
        }
    }
    text.say(".");
    text
}

/// What a partner takes or bears besides its share, as a limit of others cuts it off from theirs.
fn left_over_by(w: &Wording<'_>, flow: &Flow, own: &Share, limited: fn(&Share) -> bool) -> Text {
    let others = flow.shares.iter().filter(|other| other.partner != own.partner && limited(other));
    let others: Vec<PartnerId> = others.map(|other| other.partner).collect();
    let what = match flow.excess {
        Some(Excess::Others) => ", and its part of what ",
        Some(Excess::To(bearer)) if bearer == own.partner => ", and what ",
        _ => return Text::new(),
    };
    let (limits, leave) = match others.len() {
        0 => return Text::new(),
        1 => ("the limit of ", " leaves over"),
        _ => ("the limits of ", " leave over"),
    };
    let mut text = said(what);
    text.say(limits).add(w.partners(&others)).say(leave);
    text
}

/// A sentence for each board: a table of one row would take the room of five lines.
fn seats(w: &Wording<'_>, partner: PartnerId) -> Option<Block> {
    let mut blocks = Vec::new();
    for (id, board) in with_ids(&w.program.boards, BoardId) {
        let own = board.seats.iter().find(|(who, _)| *who == partner);
        let Some((_, seats)) = own else { continue };
        let mut text = capitalised(w.name(Def::Board(id)).text);
        text.say(&format!(": {seats} of {} seats; {} must be present", board.size(), board.quorum));
        if !board.meets.is_empty() {
            text.say(&format!("; it meets {}", tidy(&board.meets)));
        }
        text.say(".");
        blocks.push(Block::Paragraph(text));
    }
    (!blocks.is_empty()).then(|| front("Where it decides", "boards", blocks))
}
