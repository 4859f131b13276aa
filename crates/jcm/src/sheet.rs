//! The page on which a simulation, a sweep or an analysis is told.

use maud::{Markup, html};

/// A page with a title.
pub(crate) fn sheet(title: &str, body: &Markup) -> String {
    jcm_doc::page(title, crate::COMPILER, include_str!("sheet.css"), &html! { main { (body) } })
}

/// A text in which no line ends between a minus sign and its figure.
pub(crate) fn unbroken(text: &str) -> Markup {
    html! {
        @for (place, word) in text.split(' ').enumerate() {
            @if place > 0 { " " }
            @if word.trim_start_matches('(').starts_with('-') { span class="whole" { (word) } } @else { (word) }
        }
    }
}

/// A table with its heads in the first row and the heads of its rows in the first column, which scrolls where it is too
/// wide.
pub(crate) fn table(rows: &[Vec<String>]) -> Markup {
    let Some((heads, rows)) = rows.split_first() else { return html! {} };
    html! {
        div class="scroll" role="group" aria-label=(heads.first().map_or("", String::as_str)) tabindex="0" {
            table {
                thead { tr { @for (column, head) in heads.iter().enumerate() {
                    th scope="col" class=[of_words(rows, column).then_some("said")] { (head) }
                } } }
                @for group in groups(rows) {
                    // A part with one row is no group, and one part with all rows has a head for each.
                    @let shared = group.len() > 1 && group.first().map(|row| row.first()) == group.last().map(|row| row.first());
                    tbody {
                        @for (number, row) in group.iter().enumerate() {
                            tr {
                                @for (column, cell) in row.iter().enumerate() {
                                    @if column > 0 {
                                        (figure(rows, column, cell))
                                    } @else if !shared {
                                        th scope="row" { (cell) }
                                    } @else if number == 0 {
                                        th scope="rowgroup" rowspan=(group.len()) { (cell) }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Rows in a run that have the same head, which is then said once; in one part where no head is repeated.
fn groups(rows: &[Vec<String>]) -> Vec<&[Vec<String>]> {
    let alike = |row: &Vec<String>, next: &Vec<String>| row.first() == next.first();
    let groups: Vec<&[Vec<String>]> = rows.chunk_by(alike).collect();
    if groups.len() == rows.len() { vec![rows] } else { groups }
}

fn figure(rows: &[Vec<String>], column: usize, cell: &str) -> Markup {
    html! {
        @if of_words(rows, column) {
            td class="said" { (cell) }
        } @else if cell.contains(" (") {
            td class="long" { (unbroken(cell)) }
        } @else {
            td { (cell) }
        }
    }
}

/// Whether a column holds words, such as names, and no figures.
pub(crate) fn of_words(rows: &[Vec<String>], column: usize) -> bool {
    let mut cells = rows.iter().filter_map(|row| row.get(column)).filter(|cell| *cell != "–").peekable();
    cells.peek().is_some() && cells.all(|cell| cell.starts_with(char::is_alphabetic))
}
