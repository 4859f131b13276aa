//! Pieces of a document.

use jcm_doc::{Align, Block, Inline, Role, Section, Table, Text};

/// Words as a text.
pub(crate) fn said(words: &str) -> Text {
    vec![Inline::Text(words.to_owned())]
}

/// Words that stand out.
pub(crate) fn strong(words: &str) -> Text {
    vec![Inline::Strong(words.to_owned())]
}

/// A paragraph.
pub(crate) fn paragraph(words: &str) -> Block {
    Block::Paragraph(said(words))
}

/// A section under its heading.
pub(crate) fn section(role: Role, title: &str, anchor: &str, blocks: Vec<Block>) -> Block {
    let (number, title, anchor) = (String::new(), title.to_owned(), anchor.to_owned());
    Block::Section(Section { role, number, title, former_title: None, anchor, blocks })
}

/// A table without rows.
pub(crate) fn table(caption: &str, columns: &[(&str, Align)]) -> Table {
    Table::new(caption, columns)
}

/// A table of particulars; those that say nothing are left out.
pub(crate) fn particulars(caption: &str, rows: &[(&str, String)]) -> Block {
    let mut table = table(caption, &[("Item", Align::Left), ("What it is", Align::Left)]);
    for (name, words) in rows.iter().filter(|(_, words)| !words.is_empty()) {
        table.row(vec![said(name), said(words)]);
    }
    Block::Table(table)
}

/// A thing with the clause that it stands in.
pub(crate) fn with_clause(title: &str, clause: &str) -> String {
    if clause.is_empty() { title.to_owned() } else { format!("{title} ({clause})") }
}
