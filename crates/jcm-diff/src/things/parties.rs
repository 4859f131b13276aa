//! The contract, its partners, and how they govern it.

use super::{Thing, ids, months, subcontracts};
use crate::spelling;
use jcm_model::{
    Board, Contract, Def, Ladder, LineOwner, Obligation, OpenTerm, OpenTermId, ParameterOwner, Partner,
    Program, Ranked, Voting,
};
use jcm_quantity::{Unit, show, show_date};

pub(super) fn things(program: &Program) -> Vec<Thing<'_>> {
    let mut things = vec![contract(program)];
    things.extend(program.partners.iter().map(partner));
    things.extend(program.boards.iter().map(|board| self::board(program, board)));
    things.extend(program.obligations.iter().map(|obligation| self::obligation(program, obligation)));
    things.extend(program.ladders.iter().map(ladder));
    things.extend(subcontracts::things(program));
    things.extend(ids(&program.open_terms, OpenTermId).map(|(id, term)| open_term(program, id, term)));
    things
}

fn contract(program: &Program) -> Thing<'_> {
    let contract: &Contract = &program.contract;
    let follows: Vec<&str> = contract.follows.iter().map(|(name, _)| name.as_str()).collect();
    let periods: Vec<&str> = contract.periods.iter().map(|period| period.label.as_str()).collect();
    let last = contract.end.yesterday().unwrap_or(contract.end);
    Thing::of("contract", &contract.head)
        .fact("follows", &follows.join(", "))
        .fact("first day", &show_date(contract.start))
        .fact("last day", &show_date(last))
        .fact("can be extended by", &months(contract.extension_months))
        .fact("currency", &contract.currency.code)
        .fact("law", &contract.law)
        .fact("calendar", &operational_days(program))
        .fact("order of precedence", &precedence(program, &contract.precedence))
        .fact("settled every", contract.settled_every.words())
        .fact("settlement periods", &periods.join(", "))
        .fact("years of the contract", contract.reconciled_every.words())
        .fact("settled provisionally within", &contract.provisional_months.map_or_else(String::new, months))
        .fact("where a figure is disputed", contract.disputed.map_or("", super::outcomes::disputed))
        .fact("settled finally within", &contract.final_months.map_or_else(String::new, months))
        .exactly(
            "rounding",
            format!(
                "{} to {}",
                contract.rounding.mode.name(),
                show(&contract.rounding.grain, &Unit::money(&contract.currency.code))
            ),
            spelling::rounding(&contract.rounding),
        )
}

/// An order of precedence, from the highest.
pub(super) fn precedence(program: &Program, order: &[Ranked]) -> String {
    order.iter().map(|of| ranked(program, of)).collect::<Vec<_>>().join(", ")
}

fn ranked<'a>(program: &'a Program, ranked: &'a Ranked) -> &'a str {
    match ranked {
        Ranked::Agreement => "the clauses",
        Ranked::Schedules => "the schedules",
        Ranked::Subcontract(id) => program.title(Def::Subcontract(*id)),
        Ranked::Document(id) => program.title(Def::Document(*id)),
        Ranked::Other(text) => text,
    }
}

fn partner(partner: &Partner) -> Thing<'_> {
    Thing::of("partner", &partner.head)
        .fact("role", &partner.roles.join(", "))
        .fact("sector", &partner.sector)
        .fact("another organisation in each case", if partner.per_case { "yes" } else { "" })
        .particulars(&partner.particulars)
        .in_short(partner.roles.join(" and ").replace('_', " "))
}

fn board<'a>(program: &'a Program, board: &'a Board) -> Thing<'a> {
    Thing::of("board", &board.head)
        .each(&board.seats, |thing, (partner, seats)| {
            let def = Def::Partner(*partner);
            let (key, label) = (program.name(def), format!("seats of {}", program.title(def)));
            thing.about(key, &label, (seats.to_string(), seats.to_string()))
        })
        .fact("chair", &board.chair)
        .fact("quorum", &board.quorum.to_string())
        .fact("meets", &board.meets)
        .fact("reserved", &board.reserved.join("; "))
        .each(&board.decisions, |thing, decision| {
            let matters = decision.matters.join(", ").replace('_', " ");
            let matters = if matters.is_empty() { "anything else".to_owned() } else { matters };
            thing.fact(&format!("decides {matters}"), &voting(program, &decision.rule))
        })
}

fn voting(program: &Program, rule: &Voting) -> String {
    match rule {
        Voting::Unanimous => "unanimously".to_owned(),
        Voting::Majority(None) => "by majority".to_owned(),
        Voting::Majority(Some(share)) => format!("by majority of {}", show(share, &Unit::percent())),
        Voting::Delegated(id) => format!("delegated to {}", program.title(Def::Partner(*id))),
        Voting::Reserved(id) => format!("reserved to {}", program.title(Def::Partner(*id))),
    }
}

fn obligation<'a>(program: &'a Program, obligation: &'a Obligation) -> Thing<'a> {
    Thing::of("obligation", &obligation.head)
        .named("who", program, [Def::Partner(obligation.party)])
        .fact("shall", &obligation.action)
        .fact("to", &obligation.to)
        .fact("due", &obligation.due)
        .fact("shown by", &obligation.evidence)
        .fact("failing", &obligation.failing)
}

fn ladder(ladder: &Ladder) -> Thing<'_> {
    Thing::of("ladder", &ladder.head).each(ladder.steps.iter().zip(1u32..), |thing, (step, number)| {
        let binds = if step.binds { ", which binds," } else { "" };
        let text =
            format!("{} {}{binds} within {} {}", step.who, step.does, step.within.count, step.within.unit);
        thing.fact(&format!("step {number}"), &text)
    })
}

fn open_term<'a>(program: &'a Program, id: OpenTermId, term: &'a OpenTerm) -> Thing<'a> {
    let thing = Thing::of("open_term", &term.head)
        .fact("owner", &term.owner)
        .fact("deadline", &show_date(term.by))
        .fact("method", &term.method)
        .named("services", program, term.services.iter().map(|id| Def::Service(*id)))
        .figures_of(program, &ParameterOwner::OpenTerm(id));
    let flows: Vec<_> = term.until.iter().map(|(_, flow)| *flow).collect();
    thing.flows(program, &flows).lines_of(program, LineOwner::OpenTerm(id))
}

/// The calendar of operational days with its version.
fn operational_days(program: &Program) -> String {
    let calendar = program.calendar.as_ref().map(|calendar| &calendar.calendar);
    calendar.map_or_else(String::new, |calendar| match calendar.version.as_str() {
        "" => calendar.title.clone(),
        version => format!("{}, version {version}", calendar.title),
    })
}
