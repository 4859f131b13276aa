//! A draft: the mark on its pages, and the list of what is still to be written.

use super::{front, paragraph};
use crate::document::{Align, Block, Compose as _, Inline, Table, Text, link_to, said};
use crate::english::{Wording, label};
use crate::places::with_ids;
use jcm_model::{Clause, ClauseId, Def, Piece, Program, TO_BE_CONFIRMED, Unfinished};

/// What stands on every page of a draft; nothing where the contract is complete.
pub(super) fn mark(program: &Program) -> String {
    if program.unfinished.is_empty() { String::new() } else { "DRAFT, not for signature".to_owned() }
}

/// The line on the cover of a draft.
pub(super) fn on_the_cover(w: &Wording<'_>) -> Option<Block> {
    let count = w.program.unfinished.len();
    let texts = match count {
        0 => return None,
        1 => "1 text is".to_owned(),
        _ => format!("{count} texts are"),
    };
    let mut text: Text = vec![Inline::Strong(mark(w.program))];
    text.say(&format!(": {texts} marked {TO_BE_CONFIRMED}. "));
    text.add(link_to("Still to be written", "unfinished")).say(" lists each of them.");
    Some(Block::Paragraph(text))
}

/// The list, before the parties.
pub(super) fn section_of(w: &Wording<'_>) -> Option<Block> {
    let heads = [("What", Align::Left), ("What stands there now", Align::Left), ("Where", Align::Left)];
    let mut table = Table::new("Still to be written", &heads);
    for unfinished in &w.program.unfinished {
        let (what, place) = named(w, unfinished);
        table.row(vec![said(&what), said(&unfinished.text), place]);
    }
    table.drop_empty_columns();
    let any = !table.rows.is_empty();
    any.then(|| {
        let opening = format!(
            "{} is a draft as long as a text in it is marked {TO_BE_CONFIRMED}.",
            super::capital(w.kind_of_contract())
        );
        front("Still to be written", "unfinished", vec![paragraph(&opening), Block::Table(table)])
    })
}

/// What is to be written, and a link to its place.
fn named(w: &Wording<'_>, unfinished: &Unfinished) -> (String, Text) {
    let Some(def) = unfinished.of else { return (unfinished.title.clone(), filled(w, &unfinished.text)) };
    let title = w.title(def);
    let what = match unfinished.field.as_str() {
        "" => "Text".to_owned(),
        field => label(field),
    };
    let address = w.places.address(def);
    let place = if address.is_empty() || address == title {
        w.link(def, title)
    } else {
        let mut place = w.link(def, address);
        place.say(&format!(", {title}"));
        place
    };
    (what, place)
}

/// The one clause of the library with a blank that is filled with a text.
fn filled(w: &Wording<'_>, text: &str) -> Text {
    let with = |clause: &Clause| {
        let mut pieces = clause.paragraphs.iter().flat_map(|paragraph| &paragraph.pieces);
        pieces.any(|piece| matches!(piece, Piece::Text(words) if words == text))
    };
    let mut found = with_ids(&w.program.clauses, ClauseId).filter(|(_, clause)| with(clause));
    match (found.next(), found.next()) {
        (Some((id, clause)), None) => {
            let def = Def::Clause(id);
            let mut place = w.link(def, w.places.address(def));
            place.say(&format!(", {}", clause.head.title));
            place
        }
        _ => Text::new(),
    }
}
