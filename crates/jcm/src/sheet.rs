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
                tbody {
                    @for row in rows {
                        tr {
                            @for (column, cell) in row.iter().enumerate() {
                                @if column == 0 {
                                    th scope="row" { (cell) }
                                } @else if of_words(rows, column) {
                                    td class="said" { (cell) }
                                } @else if cell.contains(" (") {
                                    td class="long" { (unbroken(cell)) }
                                } @else {
                                    td { (cell) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Whether a column holds words, such as names, and no figures.
pub(crate) fn of_words(rows: &[Vec<String>], column: usize) -> bool {
    let mut cells = rows.iter().filter_map(|row| row.get(column)).filter(|cell| *cell != "–").peekable();
    cells.peek().is_some() && cells.all(|cell| cell.starts_with(char::is_alphabetic))
}
