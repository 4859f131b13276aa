//! The assurance table as a page of its own, which asks nothing of the network: to be read, printed and kept.

use crate::table::{called, counts, heading_of, named_first, next_step, not_met, reason, verdict};
use crate::write::json::gravity;
use crate::{Assurance, Row, Verdict, Where};
use jcm_model::{Def, Program};
use jcm_quantity::{Date, show_date};
use maud::{Markup, html as page};

/// The page: a table for each element, with a row for each criterion.
pub fn html(
    program: &Program,
    assurance: &Assurance<'_>,
    on: Date,
    place: Where<'_>,
    compiler: &str,
) -> String {
    let contract = &program.contract.head.title;
    let body = page! {
        p { "On " (show_date(on)) ": " (counts(assurance).said()) "." }
        @if assurance.rows.is_empty() {
            p { "The contract follows no model or profile that asks anything." }
        }
        @if let Some(step) = next_step(&not_met(assurance)) { p { strong { (step) } } }
        @for group in groups(program, assurance) { (table(program, &group, place)) }
    };
    sheet(&format!("Assurance of {contract}"), &body, program, compiler)
}

/// A page of its own, which asks nothing of the network.
pub(crate) fn sheet(title: &str, body: &Markup, program: &Program, compiler: &str) -> String {
    let body = page! {
        main {
            h1 { (title) }
            (body)
        }
        footer { p { "Made by " (compiler) " from the source with the hash " code { (program.source_hash) } "." } }
    };
    jcm_doc::page(title, compiler, include_str!("style.css"), &body)
}

struct Group<'a> {
    heading: String,
    rows: Vec<&'a Row<'a>>,
}

/// The rows under their headings: elements with a criterion that is not met first, and such criteria first in each.
fn groups<'a>(program: &Program, assurance: &'a Assurance<'a>) -> Vec<Group<'a>> {
    let mut groups: Vec<Group<'a>> = Vec::new();
    let failing = not_met(assurance);
    let is_failing = |row: &Row<'_>| verdict(row) == "not met";
    let rest = assurance.rows.iter().filter(|row| !is_failing(row));
    for row in failing.into_iter().chain(rest) {
        let heading = heading_of(program, row);
        match groups.iter_mut().find(|group| group.heading == heading) {
            Some(group) => group.rows.push(row),
            None => groups.push(Group { heading, rows: vec![row] }),
        }
    }
    groups
}

fn table(program: &Program, group: &Group<'_>, place: Where<'_>) -> Markup {
    page! {
        h2 { (group.heading) }
        div.scroll role="group" aria-label=(group.heading) tabindex="0" { table {
            thead { tr {
                th scope="col" { "Criterion" }
                th scope="col" { "What it asks" }
                th scope="col" { "Answer" }
                th scope="col" { "By what, or why" }
            } }
            tbody { @for row in &group.rows { (answer(program, row, place)) } }
        } }
    }
}

/// The answer is said by a word and a sign; the colour only repeats it.
fn answer(program: &Program, row: &Row<'_>, place: Where<'_>) -> Markup {
    let verdict = verdict(row);
    let (sign, class) = match verdict {
        "met" => ("✓", "met"),
        "waived" => ("○", "waived"),
        "does not apply" => ("–", "idle"),
        _ => ("✗", "not"),
    };
    page! {
        tr class=(class) {
            th scope="row" { (row.criterion.head.name) " " (row.criterion.head.title) }
            td { (row.criterion.asks) @if matches!(class, "waived" | "not") { " (" (gravity(row.criterion.gravity)) ")" } }
            td.answer { span aria-hidden="true" { (sign) " " } (verdict) }
            td { @match &row.verdict {
                Verdict::Met { by } => { (by_what(program, by, place)) },
                _ => { (reason(row)) },
            } }
        }
    }
}

/// What meets a criterion, one a line, with where it stands in the contract.
fn by_what(program: &Program, by: &[Def], place: Where<'_>) -> Markup {
    let (first, more) = named_first(by);
    page! {
        @if !first.is_empty() { ul {
            @for def in first { li { (called(program, *def, place)) } }
            @if more > 0 { li { "and " (more) " more" } }
        } }
    }
}
