//! What stands before the body: cover, parties, background.

use super::{documentation, paragraph, particular, particulars, section, unfinished};
use crate::document::{
    Align, Block, Compose, Inline, Role, Table, Text, Version, capitalised, joined, link_to, said,
};
use crate::english::{Wording, count_of, label, tidy};
use crate::places::with_ids;
use jcm_model::{Def, Outcome, OutcomeId, Partner, PartnerId, Population, PopulationId};
use jcm_quantity::Period;

/// The first page: title, parties, term, and what the document was made from.
pub(super) fn cover(w: &Wording<'_>, version: &Version) -> Block {
    let contract = &w.program.contract;
    let mut blocks: Vec<Block> = unfinished::on_the_cover(w).into_iter().collect();
    blocks.extend(documentation(&contract.head.doc));
    blocks.push(paragraph("Dated [ ]"));
    blocks.push(paragraph("An agreement between"));
    let names = contracting(w).map(|(id, _)| w.name(Def::Partner(id)).text);
    blocks.push(Block::List(names.map(capitalised).collect()));
    let mut table = particulars("This document");
    particular(&mut table, "Term", term(w));
    particular(&mut table, "Governing law", said(&proper_name(&contract.law)));
    particular(&mut table, "Operational days", said(&operational_days(w)));
    let title = |name: &String| {
        let standard = w.program.standards.iter().find(|standard| standard.head.name == *name);
        standard.map_or_else(|| tidy(name), |standard| tidy(&standard.head.title))
    };
    let follows: Vec<String> = contract.follows.iter().map(|(name, _)| title(name)).collect();
    particular(&mut table, "Follows", said(&follows.join(", ")));
    particular(&mut table, "Source", said(&version.source));
    particular(&mut table, "Made by", said(&version.compiler));
    blocks.push(Block::Table(table));
    blocks.push(paragraph(
        "Parts keep their letters and schedules keep their numbers from one contract to the next, so a letter or a \
         number that this contract does not use is left out.",
    ));
    section(Role::Cover, "", &contract.head.title, "contract", blocks)
}

/// The calendar of operational days with its version, if the contract names one.
fn operational_days(w: &Wording<'_>) -> String {
    let Some(calendar) = w.program.calendar.as_ref().map(|calendar| &calendar.calendar) else {
        return String::new();
    };
    let version =
        if calendar.version.is_empty() { String::new() } else { format!(", version {}", calendar.version) };
    format!("by the calendar “{}”{version}", calendar.title)
}

fn term(w: &Wording<'_>) -> Text {
    let contract = &w.program.contract;
    let term = Period { label: String::new(), start: contract.start, end: contract.end };
    let mut text = said(&term.describe());
    match contract.extension_months {
        0 => {}
        months if months % 12 == 0 => {
            text.say(&format!(", which can be extended by {}", count(months / 12, "year")));
        }
        months => {
            text.say(&format!(", which can be extended by {}", count(months, "month")));
        }
    }
    text
}

/// The partners that are party to the contract itself.
fn contracting<'a>(w: &Wording<'a>) -> impl Iterator<Item = (PartnerId, &'a Partner)> {
    with_ids(&w.program.partners, PartnerId).filter(|(_, partner)| partner.is_party())
}

/// Who is party to the contract.
pub(super) fn parties(w: &Wording<'_>) -> Block {
    let mut table = Table::new(
        "The parties",
        &[("Party", Align::Left), ("Role", Align::Left), ("Particulars", Align::Left)],
    );
    for (id, partner) in contracting(w) {
        let name = vec![Inline::Strong(partner.head.title.clone())];
        let anchor = Some(w.anchor(Def::Partner(id)));
        table.row_at(anchor, vec![name, said(&capital(&roles(partner))), said(&particulars_of(partner))]);
    }
    let mut blocks = vec![Block::Table(table)];
    for partner in &w.program.partners {
        blocks.extend(documentation(&partner.head.doc));
    }
    section(Role::Front, "", "Parties", "parties", blocks)
}

/// The roles of a partner, joined.
pub(super) fn roles(partner: &Partner) -> String {
    let roles = partner.roles.iter().map(|role| said(&tidy(role))).collect();
    crate::document::plain(&joined(roles, " and "))
}

/// What is known of a partner besides its name and its roles.
pub(super) fn particulars_of(partner: &Partner) -> String {
    let mut parts = Vec::new();
    if !partner.sector.is_empty() {
        parts.push(format!("Sector: {}", tidy(&partner.sector)));
    }
    if partner.per_case {
        parts.push("Another organisation takes this part in each case that is settled".to_string());
    }
    let others = partner.particulars.iter().filter(|(field, _)| field != "signs");
    let worded = |field: &str, text: &str| match field {
        "form" if !partner.form.is_empty() => partner.form.clone(),
        "form" => {
            format!(" {} ", tidy(text)).replace(" nhs ", " NHS ").replace(" llp ", " LLP ").trim().to_owned()
        }
        _ => tidy(text),
    };
    parts.extend(others.map(|(field, text)| format!("{}: {}", label(field), worded(field, text))));
    parts.join("; ")
}

/// Whom the contract is for and what it is to achieve, as lettered recitals.
pub(super) fn background(w: &Wording<'_>) -> Option<Block> {
    let populations = with_ids(&w.program.populations, PopulationId).map(|(id, x)| for_whom(w, id, x));
    let outcomes = with_ids(&w.program.outcomes, OutcomeId).map(|(id, x)| what_for(w, id, x));
    let mut recitals: Vec<Text> = populations.chain(outcomes).collect();
    if !w.program.measures.is_empty() {
        let mut text = said("How far the outcomes are reached is measured as ");
        text.add(link_to("Schedule 4", "schedule-4")).say(" sets out.");
        recitals.push(text);
    }
    let numbered = recitals.into_iter().enumerate().map(|(place, text)| {
        let letter = crate::places::letter(place);
        Block::Numbered {
            number: format!("({letter})"),
            anchor: format!("recital-{}", letter.to_lowercase()),
            text,
        }
    });
    let blocks: Vec<Block> = numbered.collect();
    (!blocks.is_empty()).then(|| section(Role::Front, "", "Background", "background", blocks))
}

fn for_whom(w: &Wording<'_>, id: PopulationId, population: &Population) -> Text {
    let def = Def::Population(id);
    let mut text = said(&capital(w.kind_of_contract()));
    text.say(" is for ").add(w.name(def).text);
    let size =
        population.size.map(|size| super::figures::dated_values(w, size)).filter(|size| !size.is_empty());
    if let Some(size) = size {
        text.say(": ").add(size);
        if !population.source.is_empty() {
            text.say(" (").say(&tidy(&population.source)).say(")");
        }
    }
    text.say(".");
    text
}

fn what_for(w: &Wording<'_>, id: OutcomeId, outcome: &Outcome) -> Text {
    let mut text = said("The partners are to achieve ");
    text.add(w.name(Def::Outcome(id)).text);
    if let Some(population) = outcome.population {
        text.say(" for ").add(w.name(Def::Population(population)).text);
    }
    if !outcome.statement.is_empty() {
        text.say(". In the words of the person: “")
            .say(tidy(&outcome.statement).trim_end_matches('.'))
            .say("”");
    }
    if !outcome.owners.is_empty() {
        text.say(". It is owned jointly by ").add(w.partners(&outcome.owners));
    }
    text.say(".");
    text
}

/// A name of the source as a proper name: `england_and_wales` is `England and Wales`.
fn proper_name(name: &str) -> String {
    let small = ["and", "of", "the"];
    let word = |word: &str| if small.contains(&word) { word.to_string() } else { capital(word) };
    name.split(['_', ' ']).map(word).collect::<Vec<_>>().join(" ")
}

/// A text whose first letter is a capital.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |c| c.to_uppercase().chain(letters).collect())
}

fn count(months: u32, what: &str) -> String {
    count_of(usize::try_from(months).unwrap_or(usize::MAX), what)
}
