//! Reading: one file for each kind of declaration. The order is that of dependence: what has a type before what uses it.

pub(crate) mod balance;
mod blank;
mod board;
mod calendar;
mod choice;
pub(crate) mod clause;
mod combined;
mod condition;
mod contract;
mod dataset;
mod dated;
mod decision;
mod document;
mod doubt;
mod due;
mod elsewhere;
mod example;
mod example_over;
pub(crate) mod function;
mod incentive;
mod instalments;
mod knob;
mod ladder;
mod locality;
mod long;
pub(crate) mod measure;
mod obligation;
mod open_term;
mod order;
mod outcome;
mod parameter;
mod partner;
mod payment;
mod pool;
mod population;
mod possible;
mod power;
mod precedence;
mod query;
mod refer;
mod score;
mod service;
mod share;
mod simulation;
mod standard;
mod subcontract;
mod table;
pub(crate) mod unfinished;
mod unit;
mod variation;
mod varied;

pub(crate) use table::ends as table_ends;

use crate::checker::Checker;
use jcm_syntax::ast::{Declaration, DeclarationKind as Kind};

/// Reads every declaration into the parts of the program.
pub(crate) fn everything(cx: &mut Checker<'_>) {
    for module in &cx.project.modules {
        for declaration in module.ast.declarations.iter().filter(|declaration| declaration.kind == Kind::Unit)
        {
            unit::read(cx, declaration);
        }
    }
    cx.parts.choices = each(cx, "choice", choice::read);
    cx.parts.calendars = each(cx, "calendar", calendar::read);
    contract::read(cx);
    cx.parts.parameters = vec![None; cx.names.all("parameter").len()];
    cx.parts.partners = each(cx, "partner", partner::read);
    cx.parts.populations = each(cx, "population", population::read);
    cx.parts.outcomes = each(cx, "outcome", outcome::read);
    parameter::read_all(cx);
    cx.parts.powers = each(cx, "power", power::read);
    cx.parts.pools = each(cx, "pool", pool::read);
    measure::read_all(cx);
    cx.parts.services = each(cx, "service", service::read);
    cx.parts.tables = each(cx, "table", table::read);
    for declaration in cx.names.all("function") {
        function::check_members(cx, declaration);
    }
    function::check_all(cx);
    score::read_all(cx);
    let used = payment::read_used(cx);
    incentive::read_all(cx);
    payment::read_rest(cx, &used);
    cx.parts.open_terms = each(cx, "open_term", open_term::read);
    cx.parts.boards = each(cx, "board", board::read);
    cx.parts.decisions = each(cx, "decision", decision::read);
    cx.parts.conditions = each(cx, "condition_precedent", condition::read);
    cx.parts.obligations = each(cx, "obligation", obligation::read);
    cx.parts.ladders = each(cx, "ladder", ladder::read);
    cx.parts.documents = each(cx, "document", document::read);
    variation::read_all(cx);
    cx.parts.subcontracts = each(cx, "subcontract", subcontract::read);
    example::read_all(cx);
    for declaration in cx.names.all("dataset") {
        dataset::read(cx, declaration);
    }
    cx.parts.localities = each(cx, "locality", locality::read);
    cx.parts.simulations = each(cx, "simulation", simulation::read);
    blank::read_all(cx);
    clause::read_all(cx);
    standard::read_all(cx);
    unfinished::find_all(cx);
}

/// Reads every declaration of a kind; the id is the place in the list.
fn each<'p, T>(
    cx: &mut Checker<'p>,
    list: &'static str,
    read: impl Fn(&mut Checker<'p>, &'p Declaration, u32) -> Option<T>,
) -> Vec<Option<T>> {
    let declarations = cx.names.all(list);
    let mut one = |(id, declaration): (u32, &'p Declaration)| {
        let home = cx.names.enter(declaration);
        let made = cx.followed((list, id), declaration, |cx| read(cx, declaration, id));
        cx.names.go_home(home);
        made
    };
    (0..).zip(declarations).map(&mut one).collect()
}
