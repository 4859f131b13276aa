//! One self-contained HTML page: contents at the side, light and dark, for screen and paper, without scripts.
//!
//! Every figure is a `data` element with its exact value, the line and the place in the source that it comes from, and
//! a title that says how it comes about.

use crate::document::{
    Align, Block, ContentsEntry, Definition, Document, Figure, Inline, Revision, Role, Section,
    SignatureBlock, Table, TableRow, Text, plain,
};
use crate::picture::Picture;
use maud::{Markup, PreEscaped, html as markup};

/// Tables with more columns than this, or as many columns of figures as that, scroll on a narrow screen.
const WIDE: usize = 2;
const MANY_FIGURES: usize = 3;
/// A word of more letters than this may be broken.
const LONG_WORD: usize = 40;

/// The document as one HTML page.
pub fn html(document: &Document) -> String {
    let version = &document.version;
    let list = contents(&document.contents());
    let body = markup! {
        a.skip href="#main" { "Skip to the text" }
        nav #contents aria-label="Contents" { p.nav-title { "Contents" } (list) }
        main #main tabindex="-1" {
            @for part in &document.blocks { (block(part, 1, &list)) }
            footer {
                p {
                    @if !version.draft.is_empty() { strong { (version.draft) "." } " " }
                    "Made from the source " code { (version.source) } ", by " (version.compiler) "."
                }
            }
        }
    };
    let style = if version.draft.is_empty() {
        include_str!("style.css")
    } else {
        concat!(include_str!("style.css"), include_str!("draft.css"))
    };
    super::page(&document.title, &version.compiler, style, &body)
}

/// Parts and schedules, each with what is in it.
fn contents(entries: &[ContentsEntry]) -> Markup {
    let mut groups: Vec<(&ContentsEntry, Vec<&ContentsEntry>)> = Vec::new();
    for entry in entries {
        match groups.last_mut() {
            Some((_, inner)) if entry.level > 1 => inner.push(entry),
            _ => groups.push((entry, Vec::new())),
        }
    }
    let link = |entry: &ContentsEntry| {
        markup! {
            a href={ "#" (entry.anchor) } {
                @if !entry.number.is_empty() { span.number { (entry.number) } " " }
                (entry.title)
            }
        }
    };
    markup! {
        ul {
            @for (outer, inner) in groups {
                li {
                    (link(outer))
                    @if !inner.is_empty() {
                        ul { @for entry in inner { li { (link(entry)) } } }
                    }
                }
            }
        }
    }
}

fn block(block: &Block, depth: u8, list: &Markup) -> Markup {
    match block {
        Block::Section(part) => section(part, depth, list),
        // On a screen the contents stand at the side; on paper, where the document has them.
        Block::Contents => markup! { div.on-paper { h2 { "Contents" } (list) } },
        Block::Paragraph(text) => markup! { p { (inline(text)) } },
        Block::Numbered { number, anchor, text } => markup! {
            div.numbered id=(anchor) { span.number { (number) } p { (inline(text)) } }
        },
        Block::List(items) => markup! { ul { @for item in items { li { (inline(item)) } } } },
        Block::Table(content) => table(content),
        Block::Definition(content) => definition(content),
        Block::Signature(content) => signature(content),
        Block::Equation(content) => super::mathml::equation(content),
        Block::Picture(content) => picture(content),
        Block::Revised(revision, content) => revised(*revision, &self::block(content, depth, list)),
    }
}

fn section(part: &Section, depth: u8, list: &Markup) -> Markup {
    let class = match part.role {
        Role::Cover => "cover",
        Role::Front => "front",
        Role::Part => "part",
        Role::Clause => "clause",
        Role::Signatures => "signatures",
        Role::Schedule => "schedule",
        Role::SchedulePart => "schedule-part",
        Role::SchedulePage => "schedule-part own-page",
        Role::Item => "item",
    };
    let level = if part.role == Role::Cover { 1 } else { (depth + 1).min(6) };
    let title = markup! {
        @if !part.number.is_empty() { span.number { (part.number) } " " }
        @if let Some(former) = &part.former_title { del { (former) } " " ins { (part.title) } }
        @else { (part.title) }
    };
    markup! {
        section class=(class) id=(part.anchor) {
            @match level {
                1 => h1 { (title) },
                2 => h2 { (title) },
                3 => h3 { (title) },
                4 => h4 { (title) },
                5 => h5 { (title) },
                _ => h6 { (title) },
            }
            @for inner in &part.blocks { (block(inner, depth + 1, list)) }
        }
    }
}

fn table(content: &Table) -> Markup {
    let figures = content.align.iter().filter(|align| **align == Align::Right).count();
    let wide = content.header.len() > WIDE || figures >= MANY_FIGURES;
    let grid = markup! {
        table {
            caption { (content.caption) }
            thead {
                tr {
                    @for (column, head) in content.header.iter().enumerate() {
                        th scope="col" id=[content.anchors.get(column).and_then(Option::as_ref)] class=[class(content, column)] {
                            (head)
                        }
                    }
                }
            }
            tbody { @for row in &content.rows { (table_row(content, row)) } }
        }
    };
    // What scrolls can be reached by keyboard and has a name; it is no landmark, of which a contract would have hundreds.
    markup! {
        @if wide {
            div.wide role="group" tabindex="0" aria-label=(content.caption) { (grid) }
        } @else {
            (grid)
        }
    }
}

fn table_row(content: &Table, row: &TableRow) -> Markup {
    markup! {
        tr id=[row.anchor.as_ref().filter(|_| row.revision != Some(Revision::Deleted))] class=[row.revision.map(revision_class)] {
            @for (column, cell) in row.cells.iter().enumerate() {
                @if column == 0 && content.row_heads {
                    th scope="row" class=[class(content, column)] { (row_cell(row, cell)) }
                } @else {
                    td class=[class(content, column)] { (row_cell(row, cell)) }
                }
            }
        }
    }
}

/// A cell of a row that is put in or taken out, marked as that for those who do not see colours.
fn row_cell(row: &TableRow, cell: &Text) -> Markup {
    match row.revision {
        Some(revision) => revised(revision, &inline(cell)),
        None => inline(cell),
    }
}

fn revision_class(revision: Revision) -> &'static str {
    match revision {
        Revision::Inserted => "inserted",
        Revision::Deleted => "deleted",
    }
}

fn revised(revision: Revision, content: &Markup) -> Markup {
    match revision {
        Revision::Inserted => markup! { ins { (content) } },
        Revision::Deleted => markup! { del { (content) } },
    }
}

fn class(content: &Table, column: usize) -> Option<&'static str> {
    match content.align.get(column) {
        Some(Align::Right) => Some("figure"),
        _ => has_long_word(content, column).then_some("long"),
    }
}

/// Whether a cell of a column has a word that would push the other columns together, such as a reference.
fn has_long_word(content: &Table, column: usize) -> bool {
    let mut cells = content.rows.iter().filter_map(|row| row.cells.get(column));
    cells.any(|cell| plain(cell).split_whitespace().any(|word| word.chars().count() > LONG_WORD))
}

fn definition(content: &Definition) -> Markup {
    let mut paragraphs = content.paragraphs.iter();
    let first = paragraphs.next();
    markup! {
        div.definition id=(content.anchor) {
            p { dfn { "“" (content.term) "”" } @if let Some(first) = first { " " (inline(first)) } }
            @for paragraph in paragraphs { p { (inline(paragraph)) } }
        }
    }
}

fn signature(content: &SignatureBlock) -> Markup {
    markup! {
        div.signature {
            p { (inline(&content.form)) }
            dl { @for line in &content.lines { dt { (line) } dd { span.blank {} } } }
        }
    }
}

fn picture(content: &Picture) -> Markup {
    markup! {
        figure.picture {
            (PreEscaped(content.element()))
            figcaption {
                strong { (content.title) }
                @match &content.former {
                    Some(former) if former.note != content.note => {
                        " " del { (former.note) } " " ins { (content.note) }
                    },
                    _ => @if !content.note.is_empty() { " " (content.note) },
                }
                @if let Some(former) = content.former_drawing() {
                    details { summary { "As it was" } (PreEscaped(former.element())) }
                }
            }
        }
    }
}

fn inline(text: &Text) -> Markup {
    markup! {
        @for piece in text {
            @match piece {
                Inline::Text(text) => (text),
                Inline::Strong(text) => strong { (text) },
                Inline::Term { text, anchor, meaning, .. } => {
                    a.term href={ "#" (anchor) } title=[some(meaning)] { (text) }
                },
                Inline::Reference { text, anchor, .. } => a href={ "#" (anchor) } { (text) },
                Inline::File { text, name } => a href=(name) { (text) },
                Inline::Figure(content) => (figure(content)),
                Inline::Revised(revision, text) => (revised(*revision, &inline(text))),
            }
        }
    }
}

fn figure(content: &Figure) -> Markup {
    let (line, from) =
        if content.line.is_some() { (&content.name, "") } else { (&String::new(), content.name.as_str()) };
    let span = content.span.map(|span| format!("{}:{}-{}", span.file.0, span.start, span.end));
    markup! {
        data value=(content.value) data-line=[some(line)] data-from=[some(from)] data-source=[span]
            title=[some(&content.explanation)] { (content.text) }
    }
}

fn some(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}
