//! Schedule 10: what must be handed over and settled when the contract ends, as far as the contract declares it, and the
//! form of the exit plan that is filled in later.

use super::{particular, particulars, schedule_part, subjects};
use crate::document::{Align, Block, Compose, Table, Text, capitalised, joined, link_to, said};
use crate::english::{Wording, tidy};
use crate::places::with_ids;
use jcm_model::{BalanceId, Def, Part, PoolId, ServiceId, SubcontractId};
use jcm_quantity::{Period, add_months, show_date};
use std::collections::BTreeSet;

/// The subjects of clauses that call for this schedule.
const SUBJECTS: [&str; 3] = ["exit", "handover", "exit_plan"];
/// What is not known before the exit plan is made.
const BLANK: &str = "[ ]";
/// What an exit plan answers, and what nobody can know when the contract is signed.
const PLAN: [(&str, &str); 9] = [
    ("Agreed on", BLANK),
    ("Who leads the exit", BLANK),
    ("How people’s care goes on without a gap", BLANK),
    ("Staff: who moves, and on which terms", BLANK),
    ("Assets and premises: what is handed over, and at what value", BLANK),
    ("Records and data: in which form, and by when", BLANK),
    ("Contracts with others: which are transferred, which end", BLANK),
    ("Who tells the people who use the services, their carers and staff", BLANK),
    ("What the exit costs, and who bears it", BLANK),
];

/// The schedule, if a clause is about exit.
pub(super) fn schedule(w: &Wording<'_>) -> Option<Block> {
    let (id, _) = subjects::clause_on(w, &SUBJECTS)?;
    let mut opening = said("This schedule goes with ");
    opening
        .add(w.link(Def::Clause(id), w.places.address(Def::Clause(id))))
        .say(". A space in square brackets is filled in when the exit plan is agreed.");
    let mut parts: Vec<Block> = Vec::new();
    let mut part = |title: &str, anchor: &str, blocks: Vec<Block>| {
        parts.push(schedule_part(10, parts.len(), title, anchor, blocks));
    };
    if let Some(clauses) = subjects::table(w, Part::Term) {
        part("What the clauses say of the end", "exit-clauses", vec![clauses]);
    }
    if let Some(services) = services(w) {
        part("Services to be handed over", "exit-services", vec![services]);
    }
    part("Money at the end", "exit-money", vec![money(w)]);
    if let Some(data) = data(w) {
        part("Records and data", "exit-data", vec![data]);
    }
    part("Exit plan", "exit-plan", vec![plan()]);
    let blocks = std::iter::once(Block::Paragraph(opening)).chain(parts).collect();
    Some(super::schedule(10, "Exit and transition", blocks))
}

fn services(w: &Wording<'_>) -> Option<Block> {
    let heads = [
        ("Service", Align::Left),
        ("Provided by", Align::Left),
        ("Passed on to", Align::Left),
        ("Next provider", Align::Left),
        ("Handed over on", Align::Left),
    ];
    let mut table = Table::new("Services to be handed over", &heads);
    for (id, service) in with_ids(&w.program.services, ServiceId).filter(|(_, service)| service.in_scope) {
        let passed = w.program.subcontracts.iter().filter(|of| of.services.contains(&id));
        let passed: Vec<Text> = passed.map(|of| w.name(Def::Partner(of.to)).text).collect();
        table.row(vec![
            w.link(Def::Service(id), w.title(Def::Service(id))),
            capitalised(w.partners(&service.providers)),
            capitalised(joined(passed, " and ")),
            said(BLANK),
            said(BLANK),
        ]);
    }
    table.drop_empty_columns();
    (!table.rows.is_empty()).then_some(Block::Table(table))
}

/// What is settled at the end: the last period, funds, balances, sub-contracts.
fn money(w: &Wording<'_>) -> Block {
    let contract = &w.program.contract;
    let mut table = particulars("What is settled at the end");
    particular(
        &mut table,
        "Last day, unless it ends earlier or is extended",
        said(&last_day(contract.start, contract.end)),
    );
    if let Some(last) = contract.periods.last() {
        let mut text = format!("{} ({})", last.label, last.describe());
        let deadlines = [(contract.provisional_months, "provisionally"), (contract.final_months, "finally")];
        for (months, how) in deadlines {
            let day = months.and_then(|months| add_months(last.last_day(), i32::try_from(months).ok()?));
            if let Some(day) = day {
                text.push_str(&format!("; settled {how} by {}", show_date(day)));
            }
        }
        particular(&mut table, "Last settlement period", said(&text));
    }
    for (id, pool) in with_ids(&w.program.pools, PoolId) {
        let name = crate::document::plain(&capitalised(w.name(Def::Pool(id)).text));
        let mut text = w.name(Def::Partner(pool.host)).text;
        text.say("; ").add(w.link(Def::Pool(id), w.places.address(Def::Pool(id))));
        particular(&mut table, &format!("{name}: who holds it"), text);
        for (field, what) in [("underspend", "what is left over"), ("overspend", "what is owed")] {
            if let Some((_, rule)) = pool.particulars.iter().find(|(name, _)| name == field) {
                particular(&mut table, &format!("{name}: {what}"), said(&super::capital(&tidy(rule))));
            }
        }
    }
    for (id, balance) in with_ids(&w.program.balances, BalanceId) {
        let mut text = said("What it has come to is paid or given up as the partners agree: [ ]; ");
        text.add(w.link(Def::Incentive(balance.owner), w.places.address(Def::Balance(id))));
        particular(&mut table, &super::capital(&balance.head.title), text);
    }
    for (id, of) in with_ids(&w.program.subcontracts, SubcontractId) {
        let mut text = said(&format!("Ends on {}; ", last_day(of.start, of.end)));
        text.add(w.link(Def::Subcontract(id), w.places.address(Def::Subcontract(id))));
        particular(&mut table, &format!("Sub-contract: {}", of.head.title), text);
    }
    let paid = !w.program.incentives.is_empty() || !w.program.payments.is_empty();
    if paid {
        let mut text = said("As for a settlement period that ends on that day; ");
        text.add(link_to("Schedule 3", "schedule-3"));
        particular(&mut table, "If it ends within a settlement period", text);
    }
    Block::Table(table)
}

fn last_day(start: jcm_quantity::Date, end: jcm_quantity::Date) -> String {
    show_date(Period { label: String::new(), start, end }.last_day())
}

/// Where the figures are kept that others will need, each source once.
fn data(w: &Wording<'_>) -> Option<Block> {
    let heads = [
        ("Source", Align::Left),
        ("Kept by", Align::Left),
        ("Handed to", Align::Left),
        ("Returned or deleted by", Align::Left),
    ];
    let mut table = Table::new("Records and data to be handed over, returned or deleted", &heads);
    let mut told = BTreeSet::new();
    for measure in &w.program.measures {
        let source = tidy(&measure.source);
        if !source.is_empty() && told.insert((source.clone(), measure.collected_by.clone())) {
            table.row(vec![said(&source), w.named(&measure.collected_by), said(BLANK), said(BLANK)]);
        }
    }
    for service in w.program.services.iter().filter(|service| service.in_scope) {
        let what = format!("Records of the people served: {}", service.head.title);
        table.row(vec![said(&what), capitalised(w.partners(&service.providers)), said(BLANK), said(BLANK)]);
    }
    (!table.rows.is_empty()).then_some(Block::Table(table))
}

fn plan() -> Block {
    let mut table = particulars("The exit plan");
    for (what, blank) in PLAN {
        particular(&mut table, what, said(blank));
    }
    Block::Table(table)
}
