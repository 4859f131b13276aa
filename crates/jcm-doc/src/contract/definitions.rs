//! Schedule 1: defined terms in alphabetical order.

use super::body::prose;
use super::common_words;
use super::schedule as schedule_section;
use super::{front, paragraph};
use crate::document::{Block, Compose, Definition, Text, link_to, said};
use crate::english::{Wording, formula_name, tidy};
use crate::places::with_ids;
use jcm_model::{Def, DefinitionId, DocumentId, OutsideDocument, PartnerId, PoolId};
use jcm_quantity::show_date;

/// The schedule: terms that the contract defines, and those that its parties and funds are.
pub(super) fn schedule(w: &Wording<'_>) -> Block {
    let mut terms: Vec<Definition> =
        with_ids(&w.program.definitions, DefinitionId).map(|(id, _)| defined(w, id)).collect();
    terms.extend(with_ids(&w.program.documents, DocumentId).map(|(id, of)| document(w, id, of)));
    let parties = with_ids(&w.program.partners, PartnerId).map(|(id, _)| party(w, id));
    let pools = with_ids(&w.program.pools, PoolId).map(|(id, _)| pool(w, id));
    let made: Vec<Definition> = parties
        .chain(pools)
        .chain(settlement_period(w))
        .chain(operational_day(w))
        .chain(common_words::definitions(w))
        .collect();
    for term in made {
        if terms.iter().all(|known| known.term.to_lowercase() != term.term.to_lowercase()) {
            terms.push(term);
        }
    }
    terms.sort_by_cached_key(|term| (term.term.to_lowercase(), term.anchor.clone()));
    let mut blocks =
        vec![paragraph(&format!("In {}, with or without capital letters:", w.kind_of_contract()))];
    blocks.extend(terms.into_iter().map(Block::Definition));
    schedule_section(1, "Definitions", blocks)
}

fn defined(w: &Wording<'_>, id: DefinitionId) -> Definition {
    let def = Def::Definition(id);
    let paragraphs = w.program.definition(id).map_or(&[][..], |definition| &definition.paragraphs);
    let mut paragraphs: Vec<Text> = paragraphs.iter().map(|paragraph| prose(w, paragraph, def)).collect();
    if let Some(first) = paragraphs.first_mut() {
        let opening = crate::document::plain(first);
        let opening = opening.split_whitespace().next().unwrap_or_default();
        let has_verb =
            ["means", "mean", "has", "have", "is", "are", "includes", "include", "refers"].contains(&opening);
        let mut text = said(if has_verb { "" } else { "means " });
        text.add(std::mem::take(first));
        *first = text;
    }
    Definition { term: w.title(def).to_string(), anchor: w.anchor(def), paragraphs }
}

fn party(w: &Wording<'_>, id: PartnerId) -> Definition {
    let def = Def::Partner(id);
    let roles = w.program.partner(id).map_or_else(String::new, front::roles);
    let per_case = w.program.partner(id).is_some_and(|partner| partner.per_case);
    let mut text = said("means the ");
    if per_case {
        text.say("organisation that takes this part, as a ")
            .add(w.link(def, "party"))
            .say(", in the case that is settled");
    } else if !w.program.partner(id).is_some_and(jcm_model::Partner::is_party) {
        text.add(w.link(def, "sub-contractor")).say(" of that name.");
        return made(w.title(def), &w.anchor(def), text);
    } else {
        text.add(w.link(def, "party")).say(" of that name");
    }
    if !roles.is_empty() {
        text.say(&format!(", acting as {roles}"));
    }
    text.say(".");
    made(w.title(def), &w.anchor(def), text)
}

fn pool(w: &Wording<'_>, id: PoolId) -> Definition {
    let def = Def::Pool(id);
    let mut text = said("means the pooled fund that ");
    text.add(w.link(def, w.places.address(def))).say(" describes.");
    made(w.title(def), &w.anchor(def), text)
}

/// A document outside the contract: which text of it is meant, and where that is.
fn document(w: &Wording<'_>, id: DocumentId, of: &OutsideDocument) -> Definition {
    let def = Def::Document(id);
    let mut text = said("means the document of that title");
    if !of.version.is_empty() {
        text.say(&format!(", version {}", tidy(&of.version)));
    }
    text.say(&format!(", dated {}, which is held {}", show_date(of.dated), tidy(&of.held)));
    if let Some(older) = of.replaces {
        text.say(", and which replaces ");
        text.add(w.name(Def::Document(older)).text);
    }
    text.say(".");
    let replaced = w
        .program
        .replaced_by(id)
        .and_then(|(variation, by)| Some((w.program.variation(variation)?, variation, by)));
    if let Some((of, variation, by)) = replaced {
        text.say(&format!(" From {} on, a reference to it is one to ", show_date(of.from)));
        text.add(w.name(Def::Document(by)).text)
            .say(", by ")
            .add(w.name(Def::Variation(variation)).text)
            .say(".");
    }
    Definition { term: formula_name(w.title(def)), anchor: w.anchor(def), paragraphs: vec![text] }
}

fn settlement_period(w: &Wording<'_>) -> Option<Definition> {
    let paid = !w.places.money.is_empty();
    paid.then(|| {
        let mut text = said("means each of the periods listed in ");
        text.add(link_to("Schedule 3A", "settlement")).say(".");
        made("Settlement Period", "settlement-period", text)
    })
}

/// Which days are operational, by which calendar and which version of it.
fn operational_day(w: &Wording<'_>) -> Option<Definition> {
    let calendar = w.program.calendar.as_ref()?;
    let days = &calendar.calendar;
    let mut text = said("means any day but ");
    text.say(&days.closed_words());
    text.say(&format!(" in the calendar “{}”", days.title));
    if !days.version.is_empty() {
        text.say(&format!(", version {}", days.version));
    }
    text.say(&format!(", which covers {}", days.covered()));
    if !calendar.source.is_empty() {
        text.say(&format!(" (source: {})", calendar.source));
    }
    text.say(
        ". A working day and a business day are the same. Where days are counted, the day after counts as 1.",
    );
    Some(made("Operational Day", "operational-day", text))
}

pub(super) fn made(title: &str, anchor: &str, text: Text) -> Definition {
    Definition { term: formula_name(title), anchor: format!("term-{anchor}"), paragraphs: vec![text] }
}
