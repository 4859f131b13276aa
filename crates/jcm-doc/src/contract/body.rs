//! The body: parts, clauses numbered throughout, paragraphs, and prose with its references.

use super::{heading, item, section};
use crate::document::{Block, Compose, Role, Text, link_to, plain, said};
use crate::english::{Origin, Wording};
use crate::places::{Places, letter};
use jcm_model::{Clause, ClauseId, Def, Paragraph, Part, Piece, VariationId};
use jcm_quantity::show_date;
use std::collections::BTreeSet;

/// The parts that have a clause, under the letter that each part always has.
pub(super) fn parts(w: &Wording<'_>) -> Vec<Block> {
    let numbered: Vec<(usize, Part, Option<ClauseId>)> =
        (1usize..).zip(&w.places.clauses).map(|(number, (part, id))| (number, *part, *id)).collect();
    let mut blocks = Vec::new();
    let mut told = Told::new();
    for (place, part) in Part::ALL.into_iter().enumerate() {
        let own = numbered.iter().filter(|(_, of, _)| *of == part);
        let clauses: Vec<Block> = own.map(|(number, _, id)| clause(w, *number, *id, &mut told)).collect();
        if !clauses.is_empty() {
            let anchor = Places::extra("part", part.name());
            blocks.push(section(
                Role::Part,
                &format!("Part {}", letter(place)),
                part.title(),
                &anchor,
                clauses,
            ));
        }
    }
    blocks
}

/// The boards and ladders whose schedule was named in a clause before.
type Told = BTreeSet<Def>;

fn clause(w: &Wording<'_>, number: usize, id: Option<ClauseId>, told: &mut Told) -> Block {
    let Some((id, clause)) = id.and_then(|id| Some((id, w.program.clause(id)?))) else {
        return money_clause(number);
    };
    let def = Def::Clause(id);
    let mut blocks = numbered(w, number, id, clause, told);
    if let Some((variation, brought)) = w.program.brought_by(id) {
        let words = format!("This clause is part of the contract from {}, by ", show_date(brought.from));
        blocks.insert(0, by_variation(w, &words, variation));
    }
    blocks.extend(later(w, number, id, told));
    section(Role::Clause, &number.to_string(), &heading(w, def), &w.anchor(def), blocks)
}

fn numbered(w: &Wording<'_>, number: usize, id: ClauseId, clause: &Clause, told: &mut Told) -> Vec<Block> {
    let anchor = w.anchor(Def::Clause(id));
    let numbered = (1usize..).zip(&clause.paragraphs).map(|(place, paragraph)| Block::Numbered {
        number: format!("{number}.{place}"),
        anchor: format!("{anchor}.{place}"),
        text: prose_after(w, paragraph, Def::Clause(id), told),
    });
    numbered.collect()
}

/// What variations put in the place of a clause, one after the other, each from its day.
fn later(w: &Wording<'_>, number: usize, id: ClauseId, told: &mut Told) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut standing = id;
    while let Some((variation, ending, by)) = w.program.ended_by(standing) {
        let day = show_date(ending.from);
        let Some((by, clause)) = by.and_then(|by| Some((by, w.program.clause(by)?))) else {
            let words = format!("From {day} this clause is no longer part of the contract, by ");
            blocks.push(by_variation(w, &words, variation));
            break;
        };
        let def = Def::Clause(by);
        let words = "This stands in the place of what is printed above it, by ";
        let mut text = vec![by_variation(w, words, variation)];
        text.extend(numbered(w, number, by, clause, told));
        blocks.push(item(&format!("From {day}: {}", heading(w, def)), &w.anchor(def), text));
        standing = by;
    }
    blocks
}

fn by_variation(w: &Wording<'_>, words: &str, variation: VariationId) -> Block {
    let mut text = said(words);
    text.add(w.name(Def::Variation(variation)).text).say(".");
    Block::Paragraph(text)
}

/// What stands in the part on money where no clause leads to the schedule that settles it.
fn money_clause(number: usize) -> Block {
    let mut text = said("What the partners pay each other, and how it is worked out, is set out in ");
    text.add(link_to("Schedule 3", "schedule-3")).say(".");
    let anchor = "generated-payment";
    let paragraph = Block::Numbered { number: format!("{number}.1"), anchor: format!("{anchor}.1"), text };
    section(Role::Clause, &number.to_string(), "Payment", anchor, vec![paragraph])
}

/// A paragraph with its references by name and its figures in the convention of their units.
pub(super) fn prose(w: &Wording<'_>, paragraph: &Paragraph, of: Def) -> Text {
    prose_after(w, paragraph, of, &mut Told::new())
}

/// The same after what was told before: where a board or a ladder stands is said once.
fn prose_after(w: &Wording<'_>, paragraph: &Paragraph, of: Def, told: &mut Told) -> Text {
    let mut text = Text::new();
    for piece in &paragraph.pieces {
        match piece {
            Piece::Text(words) => drop(text.say(words)),
            Piece::Reference { def, .. } => {
                let before = said_so_far(&text);
                let again = matches!(def, Def::Board(_) | Def::Ladder(_)) && !told.insert(*def);
                text.add(if again { w.mention(*def, &before) } else { w.reference(*def, &before) });
            }
            Piece::Figure { value, ty, span, .. } => {
                text.push(w.constant(value, ty, Origin::stated(of, *span)));
            }
        }
    }
    text
}

/// The end of what a paragraph has said, which decides about articles and capitals.
fn said_so_far(text: &Text) -> String {
    let last = text.len().saturating_sub(2);
    plain(text.get(last..).unwrap_or_default())
}
