//! Two documents as one that shows what was put in and what was taken out, clause by clause and word by word.
//!
//! Sections, tables, rows and definitions are paired by their places, which do not move when something is put in before
//! them; paragraphs between two that stayed are paired one by one. What stayed has the number and the place that it
//! has in the new document.

use crate::prose::{Step, steps};
use jcm_doc::{
    Block, Definition, Document, Inline, Picture, Revision, Role, Section, Table, TableRow, Text, plain,
};

/// The new document with what changed marked, behind a first page of what it means.
pub fn redline(old: &Document, new: &Document, first_page: Vec<Block>) -> Document {
    let first = Section {
        role: Role::Front,
        number: String::new(),
        title: "What changes".to_owned(),
        former_title: None,
        anchor: "what-changes".to_owned(),
        blocks: first_page,
    };
    let mut all = vec![Block::Section(first)];
    all.extend(blocks(&old.blocks, &new.blocks));
    all.iter_mut().for_each(|block| made_from(block, old, new));
    Document { title: new.title.clone(), version: new.version.clone(), blocks: all }
}

/// What a document was made from is no change of the contract: the cover says it of both, and nothing there is accepted or
/// rejected.
fn made_from(block: &mut Block, old: &Document, new: &Document) {
    let Block::Section(Section { role: Role::Cover, blocks, .. }) = block else { return };
    let tables = blocks.iter_mut().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    });
    for row in tables.flat_map(|table| &mut table.rows) {
        let (source, compiler) = (&new.version.source, &new.version.compiler);
        let [head, what] = row.cells.as_mut_slice() else { continue };
        let says = match plain(head).as_str() {
            "Source" if *source != old.version.source => {
                format!("{source}; the changes are from {}", old.version.source)
            }
            "Made by" => compiler.clone(),
            _ => continue,
        };
        *what = vec![Inline::Text(says)];
    }
}

/// By what two blocks are the same block, whatever is in it.
#[derive(PartialEq)]
enum Key<'d> {
    /// Something with a place or a name of its own.
    Named(&'static str, &'d str, Vec<&'d str>),
    /// Something that is only what it says.
    Said(&'static str, String),
}

fn key(block: &Block) -> Key<'_> {
    match block {
        Block::Section(section) => Key::Named("section", &section.anchor, Vec::new()),
        Block::Contents => Key::Named("contents", "", Vec::new()),
        Block::Paragraph(text) => Key::Said("paragraph", plain(text)),
        Block::Numbered { text, .. } => Key::Said("numbered", plain(text)),
        Block::List(items) => {
            Key::Said("list", items.iter().map(|item| plain(item) + "\n").collect::<String>())
        }
        Block::Table(table) => {
            Key::Named("table", &table.caption, table.header.iter().map(String::as_str).collect())
        }
        Block::Definition(definition) => Key::Named("definition", &definition.term, Vec::new()),
        Block::Signature(block) => {
            let lines = block.lines.iter().map(String::as_str).collect();
            Key::Named("signature", &block.party, lines)
        }
        Block::Equation(equation) => Key::Said("equation", equation.text()),
        Block::Picture(picture) => Key::Named("picture", &picture.title, Vec::new()),
        Block::Revised(_, block) => key(block),
    }
}

fn blocks(old: &[Block], new: &[Block]) -> Vec<Block> {
    let keys = |blocks: &[Block]| -> Vec<String> { blocks.iter().map(|own| spelled(&key(own))).collect() };
    let mut all = Vec::new();
    walk(old, new, &keys(old), &keys(new), |out, put, same| {
        paired(&out, &put, &mut all);
        if let Some((was, is)) = same {
            all.push(both(was, is));
        }
    });
    all
}

/// A key as one text, which is quick to compare.
fn spelled(key: &Key<'_>) -> String {
    match key {
        Key::Named(kind, name, parts) => format!("{kind}\u{1}{name}\u{1}{}", parts.join("\u{1}")),
        Key::Said(kind, text) => format!("{kind}\u{1}{text}"),
    }
}

/// Goes along two lists; at each thing that stayed, and at the end, gives what was taken out and put in before it.
fn walk<'d, T>(
    old: &'d [T],
    new: &'d [T],
    old_keys: &[String],
    new_keys: &[String],
    mut at: impl FnMut(Vec<&'d T>, Vec<&'d T>, Option<(&'d T, &'d T)>),
) {
    let (mut before, mut after) = (old.iter(), new.iter());
    let (mut out, mut put) = (Vec::new(), Vec::new());
    for step in steps(old_keys, new_keys) {
        match step {
            Step::Out(_) => out.extend(before.next()),
            Step::In(_) => put.extend(after.next()),
            Step::Same => {
                let same = before.next().zip(after.next());
                at(std::mem::take(&mut out), std::mem::take(&mut put), same);
            }
        }
    }
    at(out, put, None);
}

/// What was taken out and what was put in between two blocks that stayed: texts of one sort become one changed text.
fn paired(out: &[&Block], put: &[&Block], all: &mut Vec<Block>) {
    let mut waiting = put.iter();
    for was in out {
        let mut ahead = waiting.clone();
        match ahead.next().and_then(|is| changed(was, is)) {
            Some(blocks) => {
                waiting = ahead;
                all.extend(blocks);
            }
            None => all.push(gone(was)),
        }
    }
    all.extend(waiting.map(|is| Block::Revised(Revision::Inserted, Box::new((*is).clone()))));
}

/// Two texts of one sort as one, if enough of them is the same to be read as one; a list may fall into its stretches.
fn changed(was: &Block, is: &Block) -> Option<Vec<Block>> {
    match (was, is) {
        (Block::Paragraph(was), Block::Paragraph(is)) => Some(vec![Block::Paragraph(similar(was, is)?)]),
        (Block::Numbered { text: was, .. }, Block::Numbered { number, anchor, text: is }) => {
            let (number, anchor) = (number.clone(), anchor.clone());
            Some(vec![Block::Numbered { number, anchor, text: similar(was, is)? }])
        }
        (Block::List(was), Block::List(is)) if was.len() == is.len() => {
            Some(vec![Block::List(was.iter().zip(is).map(|(was, is)| words(was, is)).collect())])
        }
        (Block::List(was), Block::List(is)) => items(was, is),
        _ => None,
    }
}

/// Two lists of other lengths, item by item, if an item stayed.
fn items(was: &[Text], is: &[Text]) -> Option<Vec<Block>> {
    let keys = |items: &[Text]| -> Vec<String> { items.iter().map(|item| plain(item)).collect() };
    let list = |items: Vec<&Text>| Block::List(items.into_iter().cloned().collect());
    let (mut all, mut kept, mut any_stayed) = (Vec::new(), Vec::new(), false);
    walk(was, is, &keys(was), &keys(is), |out, put, same| {
        if !(kept.is_empty() || out.is_empty() && put.is_empty() && same.is_some()) {
            all.push(list(std::mem::take(&mut kept)));
        }
        if !out.is_empty() {
            all.push(gone(&list(out)));
        }
        if !put.is_empty() {
            all.push(Block::Revised(Revision::Inserted, Box::new(list(put))));
        }
        if let Some((_, item)) = same {
            kept.push(item);
            any_stayed = true;
        }
    });
    any_stayed.then_some(all)
}

fn similar(was: &[Inline], is: &[Inline]) -> Option<Text> {
    let merged = words(was, is);
    let kept: usize = merged
        .iter()
        .filter(|inline| !matches!(inline, Inline::Revised(..)))
        .map(|inline| inline.text().split_whitespace().count())
        .sum();
    let all = plain(is).split_whitespace().count().max(plain(was).split_whitespace().count());
    // Where two thirds are new, old and new side by side are easier to read than a mixture.
    (kept.saturating_mul(3) >= all).then_some(merged)
}

/// Two blocks that are the same block.
fn both(was: &Block, is: &Block) -> Block {
    match (was, is) {
        (Block::Section(was), Block::Section(is)) => Block::Section(Section {
            former_title: (was.title != is.title).then(|| was.title.clone()),
            blocks: blocks(&was.blocks, &is.blocks),
            ..is.clone()
        }),
        (Block::Table(was), Block::Table(is)) => Block::Table(table(was, is)),
        (Block::Definition(was), Block::Definition(is)) => Block::Definition(definition(was, is)),
        (Block::Picture(was), Block::Picture(is)) if was.note != is.note || was.drawing != is.drawing => {
            Block::Picture(Picture { former: Some(Box::new(was.clone())), ..is.clone() })
        }
        _ => is.clone(),
    }
}

fn definition(was: &Definition, is: &Definition) -> Definition {
    if was.paragraphs.len() != is.paragraphs.len() {
        let mut paragraphs: Vec<Text> = was
            .paragraphs
            .iter()
            .map(|text| vec![Inline::Revised(Revision::Deleted, unlinked(text))])
            .collect();
        let put = |text: &Text| vec![Inline::Revised(Revision::Inserted, text.clone())];
        paragraphs.extend(is.paragraphs.iter().map(put));
        return Definition { paragraphs, ..is.clone() };
    }
    let paragraphs = was.paragraphs.iter().zip(&is.paragraphs).map(|(was, is)| words(was, is)).collect();
    Definition { paragraphs, ..is.clone() }
}

/// Two tables with the same columns, row by row.
fn table(was: &Table, is: &Table) -> Table {
    let head = |row: &TableRow| row.cells.first().map(|cell| plain(cell)).unwrap_or_default();
    let keys = |table: &Table| -> Vec<String> {
        table.rows.iter().map(|row| row.anchor.clone().unwrap_or_else(|| head(row))).collect()
    };
    let mut rows = Vec::new();
    walk(&was.rows, &is.rows, &keys(was), &keys(is), |out, put, same| {
        rows.extend(out.iter().map(|row| gone_row(row)));
        rows.extend(put.iter().map(|row| TableRow { revision: Some(Revision::Inserted), ..(*row).clone() }));
        rows.extend(same.map(|(was, is)| {
            let cells = was.cells.iter().zip(&is.cells).map(|(was, is)| words(was, is)).collect();
            TableRow { cells, ..is.clone() }
        }));
    });
    Table { rows, ..is.clone() }
}

/// Two texts word by word. A figure, a reference or a formula is one word.
fn words(was: &[Inline], is: &[Inline]) -> Text {
    if plain(was) == plain(is) {
        return is.to_vec();
    }
    let (old, new) = (tokens(was), tokens(is));
    let keys = |tokens: &[Inline]| -> Vec<String> {
        tokens.iter().map(|token| token.text().trim().to_owned()).collect()
    };
    let mut text = Text::new();
    walk(&old, &new, &keys(&old), &keys(&new), |out, put, same| {
        let out: Text = out.into_iter().cloned().collect();
        let put: Text = put.into_iter().cloned().collect();
        if !out.is_empty() {
            text.push(Inline::Revised(Revision::Deleted, joined(unlinked(&out))));
        }
        if !put.is_empty() {
            text.push(Inline::Revised(Revision::Inserted, joined(put)));
        }
        text.extend(same.map(|(_, is)| is.clone()));
    });
    joined(text)
}

/// A text in pieces of a word each, with the space behind it.
fn tokens(text: &[Inline]) -> Vec<Inline> {
    let mut tokens = Vec::new();
    for inline in text {
        match inline {
            Inline::Text(words) => {
                tokens.extend(words.split_inclusive(' ').map(|word| Inline::Text(word.to_owned())));
            }
            Inline::Strong(words) => {
                tokens.extend(words.split_inclusive(' ').map(|word| Inline::Strong(word.to_owned())));
            }
            other => tokens.push(other.clone()),
        }
    }
    tokens
}

/// Words that stand beside each other as one text.
fn joined(text: Text) -> Text {
    let mut all = Text::new();
    for inline in text {
        match (all.last_mut(), inline) {
            (Some(Inline::Text(before)), Inline::Text(words))
            | (Some(Inline::Strong(before)), Inline::Strong(words)) => before.push_str(&words),
            (_, inline) => all.push(inline),
        }
    }
    all
}

/// What is taken out leads nowhere: its place may not be there any more.
fn unlinked(text: &[Inline]) -> Text {
    let plain = |inline: &Inline| match inline {
        Inline::Reference { text, .. } | Inline::Term { text, .. } => Inline::Text(text.clone()),
        other => other.clone(),
    };
    text.iter().map(plain).collect()
}

fn gone(block: &Block) -> Block {
    Block::Revised(Revision::Deleted, Box::new(without_places(block)))
}

fn gone_row(row: &TableRow) -> TableRow {
    let cells = row.cells.iter().map(|cell| unlinked(cell)).collect();
    TableRow { anchor: None, revision: Some(Revision::Deleted), cells }
}

/// A block whose places cannot be taken for those of the new document.
fn without_places(block: &Block) -> Block {
    let former = |anchor: &str| format!("was-{anchor}");
    match block {
        Block::Section(section) => Block::Section(Section {
            anchor: former(&section.anchor),
            blocks: section.blocks.iter().map(without_places).collect(),
            ..section.clone()
        }),
        Block::Paragraph(text) => Block::Paragraph(unlinked(text)),
        Block::Numbered { number, anchor, text } => {
            Block::Numbered { number: number.clone(), anchor: former(anchor), text: unlinked(text) }
        }
        Block::List(items) => Block::List(items.iter().map(|item| unlinked(item)).collect()),
        Block::Table(table) => {
            let row = |row: &TableRow| TableRow { revision: None, ..gone_row(row) };
            let rows = table.rows.iter().map(row).collect();
            Block::Table(Table { anchors: Vec::new(), rows, ..table.clone() })
        }
        Block::Definition(definition) => Block::Definition(Definition {
            anchor: former(&definition.anchor),
            paragraphs: definition.paragraphs.iter().map(|text| unlinked(text)).collect(),
            ..definition.clone()
        }),
        Block::Revised(_, block) => without_places(block),
        Block::Contents | Block::Signature(_) | Block::Equation(_) | Block::Picture(_) => block.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(items: &[&str]) -> Block {
        Block::List(items.iter().map(|item| vec![Inline::Text((*item).to_owned())]).collect())
    }

    #[test]
    fn one_item_put_into_a_list_leaves_the_others_as_they_are() {
        let found =
            blocks(&[list(&["Acute", "Council", "Vale"])], &[list(&["Acute", "Hospice", "Vale", "Wood"])]);
        let put = |items: &[&str]| Block::Revised(Revision::Inserted, Box::new(list(items)));
        let expected =
            [list(&["Acute"]), gone(&list(&["Council"])), put(&["Hospice"]), list(&["Vale"]), put(&["Wood"])];
        assert_eq!(found, expected);
    }

    #[test]
    fn lists_with_no_item_in_common_stand_whole() {
        let found = blocks(&[list(&["Acute", "Council"])], &[list(&["Vale"])]);
        let put = Block::Revised(Revision::Inserted, Box::new(list(&["Vale"])));
        assert_eq!(found, [gone(&list(&["Acute", "Council"])), put]);
    }
}
