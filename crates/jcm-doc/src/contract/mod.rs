//! From the checked program to the document: one module for each thing that the contract prints.
//!
//! The order is that of alliance agreements: cover, contents, parties, background, the parts of the body with clauses
//! numbered throughout, signature page, schedules.

mod accession;
mod assurance;
mod body;
mod common_words;
mod conditions;
mod data;
mod dates;
mod decisions;
mod definitions;
mod doubt;
mod duties;
mod example;
mod example_over;
mod exit;
mod figures;
mod for_partner;
pub(crate) mod front;
mod governance;
mod money;
mod open_terms;
mod outcomes;
mod plain_words;
mod powers;
mod precedence;
mod reporting;
mod scenarios;
mod scope;
pub(crate) mod sign;
mod signatures;
mod subcontracts;
mod subjects;
mod unfinished;
mod variations;
mod whole;

pub(crate) use figures::at_first;
pub(crate) use front::capital;
pub(crate) use governance::rule as voting;

pub use for_partner::for_partner;
pub use plain_words::plain_words;

use crate::document::{Align, Block, Document, Role, Section, Table, Text, Version, said};
use crate::english::Wording;
use crate::places::letter;
use crate::{Computed, Edition};
use jcm_model::{Def, Program};

/// The document of a contract, with its worked examples as they were computed.
pub fn document(program: &Program, computed: &Computed, edition: &Edition) -> Document {
    let w = Wording::new(program);
    let version = version(program, edition);
    let mut blocks = vec![front::cover(&w, &version), Block::Contents];
    blocks.extend(unfinished::section_of(&w));
    blocks.push(front::parties(&w));
    blocks.extend(front::background(&w));
    blocks.extend(precedence::section_of(&w));
    blocks.extend(conditions::section_of(&w));
    blocks.extend(open_terms::section_of(&w));
    blocks.extend(body::parts(&w));
    blocks.push(signatures::page(&w));
    blocks.push(definitions::schedule(&w));
    blocks.extend(scope::schedule(&w));
    blocks.extend(money::schedule(&w, computed));
    blocks.extend(outcomes::schedule(&w));
    blocks.extend(governance::schedule(&w));
    blocks.extend(reporting::schedule(&w));
    blocks.extend(subcontracts::schedule(&w));
    blocks.extend(data::schedule(&w));
    blocks.extend(governance::disputes(&w));
    blocks.extend(exit::schedule(&w));
    blocks.extend(accession::schedule(&w));
    blocks.extend(assurance::schedule(&w, computed));
    blocks.extend(scenarios::schedule(&w, computed));
    blocks.extend(variations::schedule(&w));
    Document { title: program.contract.head.title.clone(), version, blocks }.finished()
}

fn version(program: &Program, edition: &Edition) -> Version {
    Version {
        contract: program.contract.head.name.clone(),
        source: program.source_hash.chars().take(12).collect(),
        compiler: edition.compiler.clone(),
        day: program.contract.start.to_string(),
        draft: unfinished::mark(program),
    }
}

/// What a reading of the contract was made from.
fn made_from(version: &Version) -> Block {
    let mut table = particulars("This document");
    particular(&mut table, "Source", said(&version.source));
    particular(&mut table, "Made by", said(&version.compiler));
    Block::Table(table)
}

fn section(role: Role, number: &str, title: &str, anchor: &str, blocks: Vec<Block>) -> Block {
    let (number, title, anchor) = (number.to_string(), title.to_string(), anchor.to_string());
    Block::Section(Section { role, number, title, former_title: None, anchor, blocks })
}

fn schedule(number: u8, title: &str, blocks: Vec<Block>) -> Block {
    section(Role::Schedule, &format!("Schedule {number}"), title, &format!("schedule-{number}"), blocks)
}

/// A lettered part of a schedule on a page of its own.
fn schedule_page(schedule: u8, place: usize, title: &str, anchor: &str, blocks: Vec<Block>) -> Block {
    section(Role::SchedulePage, &format!("{schedule}{}", letter(place)), title, anchor, blocks)
}

/// A lettered part of a schedule.
fn schedule_part(schedule: u8, place: usize, title: &str, anchor: &str, blocks: Vec<Block>) -> Block {
    section(Role::SchedulePart, &format!("{schedule}{}", letter(place)), title, anchor, blocks)
}

fn item(title: &str, anchor: &str, blocks: Vec<Block>) -> Block {
    section(Role::Item, "", title, anchor, blocks)
}

/// A section of a shorter reading.
fn front(title: &str, anchor: &str, blocks: Vec<Block>) -> Block {
    section(Role::Front, "", title, anchor, blocks)
}

fn paragraph(words: &str) -> Block {
    Block::Paragraph(said(words))
}

/// The documentation of a declaration, paragraph by paragraph.
fn documentation(doc: &str) -> Vec<Block> {
    doc.split("\n\n").filter(|text| !text.trim().is_empty()).map(|text| paragraph(text.trim())).collect()
}

/// A table of one thing's particulars.
fn particulars(caption: &str) -> Table {
    Table::new(caption, &[("Item", Align::Left), ("What is agreed", Align::Left)])
}

/// Adds a particular, unless it says nothing.
fn particular(table: &mut Table, name: &str, text: Text) {
    if text.iter().any(|inline| !inline.text().trim().is_empty()) {
        table.row(vec![said(name), text]);
    }
}

/// Adds the fields that have no place of their own.
fn other_particulars(w: &Wording<'_>, table: &mut Table, fields: &[(String, String)]) {
    for (field, text) in fields {
        // An address or a code begins as it was written.
        let first = text.trim_start_matches('"').split([' ', ',']).next().unwrap_or_default();
        let is_word = first.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '’' | '\''));
        let said = w.named(text);
        particular(
            table,
            &crate::english::label(field),
            if is_word { crate::document::capitalised(said) } else { said },
        );
    }
}

/// The title of a thing, with the capital that a heading has.
fn heading(w: &Wording<'_>, def: Def) -> String {
    let title = w.title(def).trim();
    if title.is_empty() { "Untitled".to_string() } else { title.to_string() }
}
