//! What the words mean that legal text uses without saying so each time: agreement, partner, services, operational day.
//!
//! Each stands in Schedule 1 where the clauses use the word; what a contract defines itself takes the place of it.

use super::definitions::made;
use crate::document::{Compose as _, Definition, Text, joined, link_to, said};
use crate::english::Wording;
use crate::places::with_ids;
use jcm_model::{Def, Paragraph, Partner, PartnerId, Piece, SubcontractId};

/// The definitions of the common words that the contract uses.
pub(super) fn definitions(w: &Wording<'_>) -> Vec<Definition> {
    let used = used(w);
    let says = |word: &str| has_word(&used, word);
    let mut found = Vec::new();
    if says("this agreement") && w.kind_of_contract() != "this Agreement" {
        let mut text = said("means ");
        text.say(w.kind_of_contract()).say(": its clauses, its schedules and every variation of it.");
        found.push(made("This Agreement", "this-agreement", text));
    }
    if says("partner") {
        found.push(made("Partner", "partner", partner(w)));
    }
    for (role, title) in [("commissioner", "Commissioner"), ("provider", "Provider")] {
        if says(role) {
            found.extend(with_role(w, role).map(|text| made(title, role, text)));
        }
    }
    if says("sub-contractor") {
        found.push(made("Sub-Contractor", "sub-contractor", sub_contractor(w)));
    }
    if says("service") && !w.program.services.is_empty() {
        let mut text = said("means what ");
        text.add(link_to("Schedule 2", "schedule-2")).say(" describes as services.");
        found.push(made("Services", "services", text));
    }
    if w.program.calendar.is_none() && (says("operational day") || says("working day")) {
        let text = said(
            "means any day but a Saturday, a Sunday or a public holiday where the services are provided. A working \
             day is the same. Where days are counted, the day after counts as 1.",
        );
        found.push(made("Operational Day", "operational-day", text));
    }
    found
}

/// All that clauses, definitions, duties and deadlines say, in small letters.
fn used(w: &Wording<'_>) -> String {
    let program = w.program;
    let clauses = program.clauses.iter().flat_map(|clause| &clause.paragraphs);
    let definitions = program.definitions.iter().flat_map(|definition| &definition.paragraphs);
    let mut all = String::new();
    for paragraph in clauses.chain(definitions) {
        all.push_str(&words_of(paragraph));
        all.push('\n');
    }
    for obligation in &program.obligations {
        all.push_str(&obligation.due);
        all.push('\n');
    }
    for payment in &program.payments {
        let due = payment.particulars.iter().filter(|(field, _)| field == "due");
        all.extend(due.map(|(_, text)| format!("{text}\n")));
    }
    all.to_lowercase()
}

fn words_of(paragraph: &Paragraph) -> String {
    let words = paragraph.pieces.iter().map(|piece| match piece {
        Piece::Text(text) => text.as_str(),
        Piece::Figure { written, .. } => written.as_str(),
        Piece::Reference { .. } => "…",
    });
    words.collect()
}

/// Whether a word stands in a text, alone or in the plural.
fn has_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(start, _)| {
        let before = text.get(..start).and_then(|before| before.chars().next_back());
        let after = text.get(start + word.len()..).unwrap_or_default();
        let after = after.strip_prefix('s').unwrap_or(after).chars().next();
        let joins =
            |letter: Option<char>| letter.is_some_and(|letter| letter.is_alphanumeric() || letter == '-');
        !joins(before) && !joins(after)
    })
}

/// The parties, and sub-contractors as far as something binds them.
fn partner(w: &Wording<'_>) -> Text {
    let mut text = said("means each of the parties");
    if w.program.subcontracts.is_empty() {
        text.say(".");
    } else {
        text.say(
            ". A sub-contractor owes what a partner owes only as far as its sub-contract passes this on.",
        );
    }
    text
}

/// Who has a role, among the parties.
fn with_role(w: &Wording<'_>, role: &str) -> Option<Text> {
    let has = |partner: &Partner| partner.is_party() && partner.has_role(role);
    let found = with_ids(&w.program.partners, PartnerId).filter(|(_, partner)| has(partner));
    let names: Vec<Text> = found.map(|(id, _)| w.link(Def::Partner(id), w.title(Def::Partner(id)))).collect();
    let opening = match names.len() {
        0 => return None,
        1 => "means ",
        _ => "means each of ",
    };
    let mut text = said(opening);
    text.add(joined(names, " and ")).say(".");
    Some(text)
}

fn sub_contractor(w: &Wording<'_>) -> Text {
    let mut text =
        said("means an organisation that gives a part of the services under a contract with a partner");
    let subcontracts = with_ids(&w.program.subcontracts, SubcontractId);
    let mut names: Vec<Text> = Vec::new();
    let mut seen = std::collections::BTreeSet::new();
    for (_, subcontract) in subcontracts {
        if seen.insert(subcontract.to) {
            names.push(w.link(Def::Partner(subcontract.to), w.title(Def::Partner(subcontract.to))));
        }
    }
    if !names.is_empty() {
        text.say(", such as ").add(joined(names, " and "));
    }
    text.say(".");
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_alone_and_in_the_plural() {
        assert!(has_word("all partners agree", "partner"));
        assert!(!has_word("a partnership", "partner"));
        assert!(!has_word("a sub-provider", "provider"));
        assert!(has_word("5 operational days after", "operational day"));
    }
}
