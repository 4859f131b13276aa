//! A page for the people whom the contract is for: what it is, what they can expect, and how anyone will know.

use super::{front, made_from, paragraph, section, version};
use crate::Edition;
use crate::document::{Block, Compose, Document, Role, Text, capitalised, joined, said};
use crate::english::{Wording, tidy};
use crate::places::with_ids;
use jcm_model::{Better, BoardId, Def, MeasureUse, PopulationId, Program};
use jcm_quantity::Period;

/// The contract in plain words, for those who use the services and those who care for them.
pub fn plain_words(program: &Program, edition: &Edition) -> Document {
    let w = Wording::new(program);
    let version = version(program, edition);
    let title = format!("{} in plain words", program.contract.head.title);
    let mut blocks = vec![section(Role::Cover, "", &title, "plain-words", what_it_is(&w))];
    blocks.extend(services(&w));
    blocks.extend(outcomes(&w));
    blocks.extend(measures(&w));
    blocks.extend(deciding(&w));
    blocks.push(front("Where this comes from", "this-document", vec![made_from(&version)]));
    Document { title, version, blocks }.finished()
}

fn what_it_is(w: &Wording<'_>) -> Vec<Block> {
    let contract = &w.program.contract;
    let term = Period { label: String::new(), start: contract.start, end: contract.end };
    let titles = |party: bool| -> Vec<Text> {
        let own = w.program.partners.iter().filter(|partner| partner.is_party() == party);
        own.map(|partner| said(&partner.head.title)).collect()
    };
    let mut text = said("These organisations have agreed to work together: ");
    text.add(joined(titles(true), " and ")).say(&format!(". The agreement runs from {}.", term.describe()));
    let mut blocks = vec![Block::Paragraph(text)];
    let others = titles(false);
    if !others.is_empty() {
        let gives = if others.len() == 1 { " does" } else { " do" };
        let mut text = joined(others, " and ");
        text.say(gives).say(" a part of the work for one of them, under a contract of its own.");
        blocks.push(Block::Paragraph(text));
    }
    let people: Vec<Text> = with_ids(&w.program.populations, PopulationId)
        .map(|(id, _)| w.name(Def::Population(id)).text)
        .collect();
    if !people.is_empty() {
        let mut text = said("It is for ");
        text.add(joined(people, " and ")).say(".");
        blocks.push(Block::Paragraph(text));
    }
    blocks.push(paragraph("This page explains the agreement. It is no part of it."));
    blocks
}

fn services(w: &Wording<'_>) -> Option<Block> {
    let one = |service: &jcm_model::Service| {
        let mut text = said(&service.head.title);
        if let Some((_, description)) = service.particulars.iter().find(|(field, _)| field == "description") {
            text.say(": ").say(&crate::english::lower_first(&tidy(description)));
        }
        if !service.providers.is_empty() {
            text.say(", from ").add(w.partners(&service.providers));
        }
        text.say(".");
        text
    };
    let items: Vec<Text> = w.program.services.iter().filter(|service| service.in_scope).map(one).collect();
    (!items.is_empty()).then(|| front("What you can expect", "services", vec![Block::List(items)]))
}

fn outcomes(w: &Wording<'_>) -> Option<Block> {
    let one = |outcome: &jcm_model::Outcome| {
        let mut text = said(&outcome.head.title);
        if !outcome.statement.is_empty() {
            text.say(": “").say(&tidy(&outcome.statement)).say("”");
        }
        if !outcome.owners.is_empty() {
            text.say(if outcome.statement.is_empty() { ". " } else { " " });
            text.add(capitalised(w.partners(&outcome.owners)));
            text.say(if outcome.owners.len() == 1 { " answers for it." } else { " answer for it together." });
        }
        text
    };
    let items: Vec<Text> = w.program.outcomes.iter().map(one).collect();
    (!items.is_empty()).then(|| front("What it is meant to achieve", "outcomes", vec![Block::List(items)]))
}

/// What is counted, and of what money depends.
fn measures(w: &Wording<'_>) -> Option<Block> {
    let titles = |paid: bool| -> Vec<Text> {
        let chosen = w.program.measures.iter().filter(|m| (m.used_for == MeasureUse::Payment) == paid);
        let better = |measure: &jcm_model::Measure| match measure.better {
            Better::Lower => "a lower figure is better",
            Better::Higher => "a higher figure is better",
        };
        chosen.map(|measure| said(&format!("{} ({})", measure.head.title, better(measure)))).collect()
    };
    let (paid, watched) = (titles(true), titles(false));
    let mut blocks = Vec::new();
    if !paid.is_empty() {
        blocks.push(paragraph(
            "What the organisations are paid depends in part on these figures, so that they gain when people fare \
             better:",
        ));
        blocks.push(Block::List(paid));
    }
    if !watched.is_empty() {
        blocks.push(paragraph(
            "These are watched as well, so that nothing else suffers; no money depends on them:",
        ));
        blocks.push(Block::List(watched));
    }
    (!blocks.is_empty()).then(|| front("How anyone will know whether it works", "measures", blocks))
}

fn deciding(w: &Wording<'_>) -> Option<Block> {
    let items: Vec<Text> = with_ids(&w.program.boards, BoardId)
        .map(|(id, board)| {
            let mut text = capitalised(w.name(Def::Board(id)).text);
            let who = board.seats.iter().map(|(partner, _)| *partner).collect::<Vec<_>>();
            text.say(", on which ").add(w.partners(&who));
            text.say(if who.len() == 1 { " sits" } else { " sit" });
            if !board.meets.is_empty() {
                text.say(", meets ").say(&tidy(&board.meets));
            }
            text.say(".");
            text
        })
        .collect();
    (!items.is_empty()).then(|| front("Who decides", "boards", vec![Block::List(items)]))
}
