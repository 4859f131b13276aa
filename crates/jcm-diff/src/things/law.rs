//! Clauses, defined terms, and the models and profiles that the contract follows.

use super::Thing;
use jcm_model::{Clause, Criterion, Definition, Gravity, Program, Standard, Waiver};
use jcm_quantity::show_date;

pub(super) fn things(program: &Program) -> Vec<Thing<'_>> {
    let mut things: Vec<Thing<'_>> = program.clauses.iter().map(clause).collect();
    things.extend(program.definitions.iter().map(definition));
    things.extend(program.standards.iter().map(standard));
    things.extend(program.criteria.iter().map(criterion));
    things.extend(program.waivers.iter().map(waiver));
    things
}

fn clause(clause: &Clause) -> Thing<'_> {
    Thing::of("clause", &clause.head).fact("part", clause.part.title()).says(&clause.paragraphs)
}

fn definition(definition: &Definition) -> Thing<'_> {
    Thing::of("definition", &definition.head).says(&definition.paragraphs)
}

fn standard(standard: &Standard) -> Thing<'_> {
    Thing::of(if standard.is_profile { "profile" } else { "model" }, &standard.head)
        .fact("about", &standard.about)
        .fact("source", &standard.source)
}

fn criterion(criterion: &Criterion) -> Thing<'_> {
    let severity = match criterion.gravity {
        Gravity::Error => "error",
        Gravity::Warning => "warning",
        Gravity::Note => "note",
    };
    Thing::of("criterion", &criterion.head)
        .fact("element", &criterion.element)
        .fact("asks", &criterion.asks)
        .fact("severity", severity)
        // A question has neither ids nor places in it, so what it is made of is its spelling.
        .exactly("check", "the question that is asked".to_owned(), format!("{:?}", criterion.check))
        .exactly("otherwise", "what is said of a failure".to_owned(), format!("{:?}", criterion.otherwise))
        .fact("help", &criterion.help)
        .fact("source", &criterion.source)
}

fn waiver(waiver: &Waiver) -> Thing<'_> {
    Thing::at("waiver", waiver.criterion.clone(), String::new(), waiver.span)
        .fact("because", &waiver.reason)
        .fact("by", &waiver.by)
        .fact("until", &waiver.until.map_or_else(String::new, show_date))
}
