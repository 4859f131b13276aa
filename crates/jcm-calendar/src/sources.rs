//! Where a contract says what is due: one function for each kind of thing.

use crate::expand::{Dated, dates, payable, settled};
use crate::{Agenda, Dating, Item};
use jcm_model::{
    ConditionPrecedentId, Def, Due, IncentiveId, LadderId, MeasureId, ObligationId, OpenTermId, PartnerId,
    PaymentId, PoolId, Program, Signing, SubcontractId,
};
use jcm_quantity::{Date, NoDate, Period, add_months};
use std::collections::BTreeSet;

/// Adds everything, in the order in which a contract is read.
pub(crate) fn add_all(program: &Program, agenda: &mut Agenda) {
    conditions(program, agenda);
    subcontracts(program, agenda);
    term(program, agenda);
    settlement(program, agenda);
    obligations(program, agenda);
    payments(program, agenda);
    incentives(program, agenda);
    measures(program, agenda);
    open_terms(program, agenda);
    waivers(program, agenda);
    ladders(program, agenda);
    boards(program, agenda);
}

/// Something of the contract as a whole, which concerns everybody.
fn of_all(key: &str, title: String, rule: &str) -> Item {
    Item {
        key: key.to_owned(),
        thing: Def::Contract,
        title,
        action: String::new(),
        who: String::new(),
        to: String::new(),
        rule: rule.to_owned(),
        concerns: None,
        place: String::new(),
        span: None,
        dating: Dating::Dated,
    }
}

fn once(date: Date) -> Vec<(Option<Period>, Result<Date, NoDate>)> {
    vec![(None, Ok(date))]
}

/// What must be true before the contract begins, as far as it is not yet.
fn conditions(program: &Program, agenda: &mut Agenda) {
    for (id, condition) in (0..).map(ConditionPrecedentId).zip(&program.conditions) {
        if condition.met.is_some() {
            continue;
        }
        let item = Item {
            thing: Def::ConditionPrecedent(id),
            action: condition.evidence.clone(),
            who: program.title(Def::Partner(condition.owner)).to_owned(),
            concerns: Some([condition.owner].into()),
            ..of_all(
                &format!("condition.{}", condition.head.name),
                format!("Condition precedent: {}", condition.head.title),
                "the last day for meeting it",
            )
        };
        agenda.add(item, once(condition.by));
    }
}

/// The sub-contracts that are still to be signed.
fn subcontracts(program: &Program, agenda: &mut Agenda) {
    for (id, subcontract) in (0..).map(SubcontractId).zip(&program.subcontracts) {
        let Some(Signing::By(by)) = subcontract.signing else { continue };
        let item = Item {
            thing: Def::Subcontract(id),
            who: program.title(Def::Partner(subcontract.from)).to_owned(),
            to: program.title(Def::Partner(subcontract.to)).to_owned(),
            concerns: Some([subcontract.from, subcontract.to].into()),
            ..of_all(
                &format!("subcontract.{}", subcontract.head.name),
                format!("To be signed: {}", subcontract.head.title),
                "the last day for signing the sub-contract",
            )
        };
        agenda.add(item, once(by));
    }
}

fn term(program: &Program, agenda: &mut Agenda) {
    let contract = &program.contract;
    let last = contract.end.yesterday().unwrap_or(contract.end);
    agenda.add(
        of_all("term.start", "The term begins".to_owned(), "the first day of the term"),
        once(contract.start),
    );
    agenda.add(of_all("term.end", "The term ends".to_owned(), "the last day of the term"), once(last));
    let months = i32::try_from(contract.extension_months).unwrap_or_default();
    let extended = add_months(contract.end, months).and_then(|end| end.yesterday().ok());
    if let (true, Some(extended)) = (months > 0, extended) {
        let title = "The term ends, if it is extended as far as it can be".to_owned();
        agenda.add(of_all("term.extended", title, "the last day of the longest extension"), once(extended));
    }
}

fn settlement(program: &Program, agenda: &mut Agenda) {
    let contract = &program.contract;
    let both = contract.provisional_months.is_some();
    let steps = [
        ("settlement.provisional", "Provisional settlement", contract.provisional_months),
        ("settlement.final", if both { "Final settlement" } else { "Settlement" }, contract.final_months),
    ];
    for (key, title, months) in steps {
        let Some(months) = months else { continue };
        let found = settled(contract, Some(months));
        let noun = if months == 1 { "month" } else { "months" };
        let rule = format!("within {months} {noun} of the end of the period");
        agenda.add(of_all(key, title.to_owned(), &rule), found);
    }
}

/// An item with the dates of its deadline, if it has one.
fn add(program: &Program, agenda: &mut Agenda, item: Item, due: Option<&Due>) {
    match due {
        Some(due) => add_found(agenda, item, due, dates(program, due)),
        None => agenda.add(Item { dating: Dating::Relative, ..item }, Vec::new()),
    }
}

/// The same for money: a day on which nothing can be paid gives way to the next.
fn add_payable(program: &Program, agenda: &mut Agenda, item: Item, due: Option<&Due>) {
    match due {
        Some(due) => add_found(agenda, item, due, payable(program, due)),
        None => agenda.add(Item { dating: Dating::Relative, ..item }, Vec::new()),
    }
}

fn add_found(agenda: &mut Agenda, item: Item, due: &Due, found: Vec<Dated>) {
    agenda.add(Item { span: Some(due.span), ..item }, found);
}

fn obligations(program: &Program, agenda: &mut Agenda) {
    for (id, obligation) in (0..).map(ObligationId).zip(&program.obligations) {
        let mut concerns = bodies(program, &obligation.to);
        concerns.insert(obligation.party);
        let item = Item {
            key: format!("obligation.{}", obligation.head.name),
            thing: Def::Obligation(id),
            title: obligation.head.title.clone(),
            action: obligation.action.clone(),
            who: program.title(Def::Partner(obligation.party)).to_owned(),
            to: obligation.to.clone(),
            rule: obligation.due.clone(),
            concerns: Some(concerns),
            place: String::new(),
            span: None,
            dating: Dating::Dated,
        };
        add(program, agenda, item, obligation.deadline.as_ref());
    }
}

fn payments(program: &Program, agenda: &mut Agenda) {
    for (id, payment) in (0..).map(PaymentId).zip(&program.payments) {
        let due = payment.particulars.iter().find(|(field, _)| field == "due");
        let Some((_, rule)) = due else { continue };
        let flow = payment.flow.and_then(|flow| program.flow(flow));
        let payer = flow.map(|flow| flow.payer);
        let pool = flow.and_then(|flow| flow.pool);
        let from = pool.map(Def::Pool).or(payer.map(Def::Partner));
        let mut concerns: BTreeSet<PartnerId> =
            payer.into_iter().chain(payment.payees.iter().copied()).collect();
        concerns.extend(pool.into_iter().flat_map(|pool| contributors(program, pool)));
        let payees: Vec<&str> = payment.payees.iter().map(|id| program.title(Def::Partner(*id))).collect();
        let item = Item {
            key: format!("payment.{}", payment.head.name),
            thing: Def::Payment(id),
            title: paid(&payment.head.title),
            action: String::new(),
            who: from.map_or_else(String::new, |from| program.title(from).to_owned()),
            to: payees.join(", "),
            rule: rule.clone(),
            concerns: Some(concerns),
            place: String::new(),
            span: None,
            dating: Dating::Dated,
        };
        add_payable(program, agenda, item, payment.deadline.as_ref());
    }
}

/// What a payment is called among the dates: that it is one is not said twice.
fn paid(title: &str) -> String {
    let says_so = title.split(' ').next().is_some_and(|first| first.eq_ignore_ascii_case("payment"));
    if says_so { title.to_owned() } else { format!("Payment: {title}") }
}

fn incentives(program: &Program, agenda: &mut Agenda) {
    for (id, incentive) in (0..).map(IncentiveId).zip(&program.incentives) {
        let due = incentive.particulars.iter().find(|(field, _)| field == "due");
        let Some((_, rule)) = due else { continue };
        let flows: Vec<_> = incentive.flows.iter().filter_map(|flow| program.flow(*flow)).collect();
        let mut concerns: BTreeSet<PartnerId> = BTreeSet::new();
        for flow in &flows {
            concerns.insert(flow.payer);
            concerns.extend(flow.payees());
            concerns.extend(flow.pool.into_iter().flat_map(|pool| contributors(program, pool)));
        }
        let (mut payers, mut payees) = (Vec::new(), Vec::new());
        for flow in &flows {
            add_once(&mut payers, program.title(flow.pool.map_or(Def::Partner(flow.payer), Def::Pool)));
            for payee in flow.payees() {
                add_once(&mut payees, program.title(Def::Partner(payee)));
            }
        }
        let item = Item {
            key: format!("incentive.{}", incentive.head.name),
            thing: Def::Incentive(id),
            title: paid(&incentive.head.title),
            action: String::new(),
            who: payers.join(", "),
            to: payees.join(", "),
            rule: rule.clone(),
            concerns: Some(concerns),
            place: String::new(),
            span: None,
            dating: Dating::Dated,
        };
        add_payable(program, agenda, item, incentive.deadline.as_ref());
    }
}

fn add_once<'a>(all: &mut Vec<&'a str>, title: &'a str) {
    if !all.contains(&title) {
        all.push(title);
    }
}

fn measures(program: &Program, agenda: &mut Agenda) {
    for (id, measure) in (0..).map(MeasureId).zip(&program.measures) {
        let reported = measure.particulars.iter().find(|(field, _)| field == "reported");
        let Some((_, rule)) = reported else { continue };
        let collector = bodies(program, &measure.collected_by);
        let item = Item {
            key: format!("measure.{}", measure.head.name),
            thing: Def::Measure(id),
            title: format!("Report: {}", measure.head.title),
            action: String::new(),
            who: measure.collected_by.clone(),
            to: String::new(),
            rule: rule.clone(),
            concerns: (!collector.is_empty()).then_some(collector),
            place: String::new(),
            span: None,
            dating: Dating::Dated,
        };
        add(program, agenda, item, measure.deadline.as_ref());
    }
}

fn open_terms(program: &Program, agenda: &mut Agenda) {
    for (id, term) in (0..).map(OpenTermId).zip(&program.open_terms) {
        let owner = bodies(program, &term.owner);
        let item = Item {
            thing: Def::OpenTerm(id),
            action: term.method.clone(),
            who: term.owner.clone(),
            concerns: (!owner.is_empty()).then_some(owner),
            ..of_all(
                &format!("open_term.{}", term.head.name),
                format!("To be settled: {}", term.head.title),
                "the last day for settling it",
            )
        };
        agenda.add(item, once(term.by));
    }
}

fn waivers(program: &Program, agenda: &mut Agenda) {
    for waiver in &program.waivers {
        let Some(until) = waiver.until else { continue };
        let item = Item {
            action: waiver.reason.clone(),
            who: waiver.by.clone(),
            span: Some(waiver.span),
            ..of_all(
                &format!("waiver.{}", waiver.criterion),
                format!("The waiver of {} ends", waiver.criterion),
                "the last day of the waiver",
            )
        };
        agenda.add(item, once(until));
    }
}

fn ladders(program: &Program, agenda: &mut Agenda) {
    for (id, ladder) in (0..).map(LadderId).zip(&program.ladders) {
        for (number, step) in (1..).zip(&ladder.steps) {
            let item = Item {
                thing: Def::Ladder(id),
                title: format!("{}, step {number}", ladder.head.title),
                action: step.does.clone(),
                who: step.who.clone(),
                dating: Dating::Relative,
                ..of_all(
                    &format!("ladder.{}.{number}", ladder.head.name),
                    String::new(),
                    &format!("within {} {}", step.within.count, step.within.unit),
                )
            };
            agenda.add(item, Vec::new());
        }
    }
}

fn boards(program: &Program, agenda: &mut Agenda) {
    for (id, board) in (0..).map(jcm_model::BoardId).zip(&program.boards) {
        if board.meets.is_empty() {
            continue;
        }
        let item = Item {
            thing: Def::Board(id),
            who: board.head.title.clone(),
            concerns: Some(board.seats.iter().map(|(partner, _)| *partner).collect()),
            dating: Dating::Relative,
            ..of_all(
                &format!("board.{}", board.head.name),
                format!("Meeting: {}", board.head.title),
                &board.meets,
            )
        };
        agenda.add(item, Vec::new());
    }
}

/// The partners that a title stands for: a partner, or those who sit on a board.
fn bodies(program: &Program, title: &str) -> BTreeSet<PartnerId> {
    let partners = (0..).map(PartnerId).zip(&program.partners);
    let named = partners.filter(|(_, partner)| partner.head.title == title).map(|(id, _)| id);
    let boards = program.boards.iter().filter(|board| board.head.title == title);
    named.chain(boards.flat_map(|board| board.seats.iter().map(|(partner, _)| *partner))).collect()
}

fn contributors(program: &Program, pool: PoolId) -> Vec<PartnerId> {
    let contributions = program.pool(pool).map(|pool| pool.contributions.as_slice()).unwrap_or_default();
    contributions.iter().map(|(partner, _)| *partner).collect()
}
