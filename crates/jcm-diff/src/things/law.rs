//! Clauses, defined terms, and the models and profiles that the contract follows.

use super::{Thing, ids};
use jcm_model::{
    Clause, ConditionPrecedent, Decider, Decision, Def, Definition, Gravity, Holder, OutsideDocument, Power,
    Program, Standard, StandardId, Waiver,
};
use jcm_quantity::show_date;

pub(super) fn things(program: &Program) -> Vec<Thing<'_>> {
    let mut things: Vec<Thing<'_>> = program.clauses.iter().map(clause).collect();
    things.extend(program.definitions.iter().map(definition));
    things.extend(ids(&program.standards, StandardId).map(|(id, of)| standard(program, id, of)));
    things.extend(program.waivers.iter().map(waiver));
    things.extend(program.decisions.iter().map(|of| decision(program, of)));
    things.extend(program.conditions.iter().map(|of| condition(program, of)));
    things.extend(program.powers.iter().map(|of| power(program, of)));
    things.extend(program.documents.iter().map(|of| document(program, of)));
    things
}

fn clause(clause: &Clause) -> Thing<'_> {
    Thing::of("clause", &clause.head)
        .fact("part", clause.part.title())
        .fact("covers", &clause.covers.join(", ").replace('_', " "))
        .says(&clause.paragraphs)
}

fn definition(definition: &Definition) -> Thing<'_> {
    Thing::of("definition", &definition.head).says(&definition.paragraphs)
}

/// A model or profile with what it asks: one that is no longer followed is one thing that is gone.
fn standard<'a>(program: &'a Program, id: StandardId, standard: &'a Standard) -> Thing<'a> {
    let thing = Thing::of(if standard.is_profile { "profile" } else { "model" }, &standard.head)
        .fact("about", &standard.about)
        .fact("source", &standard.source);
    let own = program.criteria.iter().filter(|criterion| criterion.standard == id);
    thing.each(own, |thing, criterion| {
        let severity = match criterion.gravity {
            Gravity::Error => "error",
            Gravity::Warning => "warning",
            Gravity::Note => "note",
        };
        let name = &criterion.head.name;
        // A question has neither ids nor places in it, so what it is made of is its spelling.
        let question = format!("{:?} {:?}", criterion.check, criterion.otherwise);
        thing
            .fact(&format!("criterion {name}"), &criterion.asks)
            .fact(&format!("criterion {name}, title"), &criterion.head.title)
            .fact(&format!("criterion {name}, element"), &criterion.element)
            .fact(&format!("criterion {name}, severity"), severity)
            .fact(&format!("criterion {name}, help"), &criterion.help)
            .fact(&format!("criterion {name}, source"), &criterion.source)
            .unsaid(&format!("criterion {name}, how it is asked"), question)
    })
}

fn waiver(waiver: &Waiver) -> Thing<'_> {
    Thing::at("waiver", waiver.criterion.clone(), String::new(), waiver.span)
        .fact("because", &waiver.reason)
        .fact("by", &waiver.by)
        .fact("until", &waiver.until.map_or_else(String::new, show_date))
}

fn power<'a>(program: &'a Program, power: &'a Power) -> Thing<'a> {
    let holder = |holder: &Holder| match holder {
        Holder::Sector(sector) => sector.clone(),
        Holder::Partner(id) => program.title(Def::Partner(*id)).to_owned(),
    };
    let holders: Vec<String> = power.holders.iter().map(holder).collect();
    Thing::of("power", &power.head)
        .fact("held by", &holders.join(", "))
        .fact("needs one of each", if power.needs_each { "yes" } else { "" })
        .fact("used for", &power.used_for.join(", "))
        .fact("allows", &power.allows)
        .particulars(&power.particulars)
}

fn decision<'a>(program: &'a Program, decision: &'a Decision) -> Thing<'a> {
    let by = match decision.by {
        Decider::Board(id) => Def::Board(id),
        Decider::Partner(id) => Def::Partner(id),
    };
    let votes = decision.votes.map(|votes| {
        format!("{} for, {} against, {} abstaining", votes.agreeing, votes.against, votes.abstaining)
    });
    Thing::of("decision", &decision.head)
        .named("by", program, [by])
        .fact("matter", &decision.matter)
        .fact("on", &show_date(decision.on))
        .fact("votes", &votes.unwrap_or_default())
        .fact("decided", &decision.decided)
        .particulars(&decision.particulars)
}

fn condition<'a>(program: &'a Program, condition: &'a ConditionPrecedent) -> Thing<'a> {
    Thing::of("condition_precedent", &condition.head)
        .named("who sees to it", program, [Def::Partner(condition.owner)])
        .fact("deadline", &show_date(condition.by))
        .fact("met on", &condition.met.map_or_else(String::new, show_date))
        .fact("shown by", &condition.evidence)
        .fact("failing", &condition.failing)
}

fn document<'a>(program: &'a Program, document: &'a OutsideDocument) -> Thing<'a> {
    Thing::of("document", &document.head)
        .fact("version", &document.version)
        .fact("dated", &show_date(document.dated))
        .fact("held", &document.held)
        .named("replaces", program, document.replaces.map(Def::Document))
}
