//! The document model: sections, paragraphs and tables, in which every number knows where it comes from.
//!
//! Nothing here knows Markdown or HTML; a renderer for another format needs only this module.

use crate::clean::clean;
use crate::math::Equation;
use crate::picture::Picture;
use jcm_model::{Def, LineId};
use jcm_source::Span;
use std::collections::BTreeSet;

/// A run of text.
pub type Text = Vec<Inline>;

/// A whole document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Its title.
    pub title: String,
    /// What it was made from, and by what.
    pub version: Version,
    /// The cover and everything after it.
    pub blocks: Vec<Block>,
}

/// What a document was made from, and by what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// The contract's name in the source.
    pub contract: String,
    /// The first twelve characters of the hash of the source.
    pub source: String,
    /// The compiler with its version.
    pub compiler: String,
    /// The day that a file says it was made on, such as `2026-04-01`: the first of the contract or the last of what is
    /// stated, because the compiler has no clock.
    pub day: String,
    /// What stands on every page of a draft; empty where nothing is still to be written.
    pub draft: String,
}

/// A block of the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A heading with what stands under it.
    Section(Section),
    /// The table of contents: see [`Document::contents`].
    Contents,
    /// A paragraph.
    Paragraph(Text),
    /// A paragraph of a clause, with its number.
    Numbered {
        /// Such as `5.1`.
        number: String,
        /// Its place.
        anchor: String,
        /// What it says.
        text: Text,
    },
    /// A list.
    List(Vec<Text>),
    /// A table.
    Table(Table),
    /// A defined term.
    Definition(Definition),
    /// Where a party signs.
    Signature(SignatureBlock),
    /// A calculation set as mathematics.
    Equation(Equation),
    /// A drawing, with what it shows in words.
    Picture(Picture),
    /// What a change puts in or takes out.
    Revised(Revision, Box<Block>),
}

/// What a change does to a piece of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Revision {
    /// It is put in.
    Inserted,
    /// It is taken out.
    Deleted,
}

/// What a section is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The first page.
    Cover,
    /// Parties, background and other matter before the body.
    Front,
    /// A part of the body.
    Part,
    /// A clause.
    Clause,
    /// The signature page.
    Signatures,
    /// A schedule; it starts on a new page.
    Schedule,
    /// A lettered part of a schedule.
    SchedulePart,
    /// A lettered part of a schedule that starts on a new page.
    SchedulePage,
    /// Anything below, without a number.
    Item,
}

/// A heading with what stands under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// What it is.
    pub role: Role,
    /// Its number as printed: `Part D`, `5`, `Schedule 3`, `3B`; empty where it has none.
    pub number: String,
    /// Its heading.
    pub title: String,
    /// What its heading was, where a change gives it another.
    pub former_title: Option<String>,
    /// Its place.
    pub anchor: String,
    /// What stands under it.
    pub blocks: Vec<Block>,
}

/// A table with a caption and a header row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// What it holds.
    pub caption: String,
    /// The heads of the columns.
    pub header: Vec<String>,
    /// The place of each column, where something refers to it; can be shorter than the header.
    pub anchors: Vec<Option<String>>,
    /// How each column is aligned.
    pub align: Vec<Align>,
    /// Whether the first cell of a row is the head of the row.
    pub row_heads: bool,
    /// The rows.
    pub rows: Vec<TableRow>,
}

/// How a column is aligned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// Words.
    Left,
    /// Figures.
    Right,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableRow {
    /// Its place, where something refers to it.
    pub anchor: Option<String>,
    /// Whether a change puts it in or takes it out.
    pub revision: Option<Revision>,
    /// Its cells.
    pub cells: Vec<Text>,
}

/// A defined term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    /// The term as it is printed.
    pub term: String,
    /// Its place.
    pub anchor: String,
    /// What it means.
    pub paragraphs: Vec<Text>,
}

/// Where a party signs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignatureBlock {
    /// The party.
    pub party: String,
    /// How it signs, as a sentence that its lines complete.
    pub form: Text,
    /// What is filled in by hand, line by line.
    pub lines: Vec<String>,
}

/// A piece of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inline {
    /// Text as it stands.
    Text(String),
    /// Text that stands out.
    Strong(String),
    /// A defined term.
    Term {
        /// Which.
        def: Def,
        /// As printed.
        text: String,
        /// The place of its definition.
        anchor: String,
        /// What it means, in short.
        meaning: String,
    },
    /// A place in the document: a thing of the contract, or a schedule.
    Reference {
        /// Which thing, if it is one.
        def: Option<Def>,
        /// As printed.
        text: String,
        /// Its place.
        anchor: String,
    },
    /// A file beside this one.
    File {
        /// As printed.
        text: String,
        /// Its name, which is safe in a link: letters, digits, hyphens and stops.
        name: String,
    },
    /// A number or other figure.
    Figure(Figure),
    /// What a change puts in or takes out.
    Revised(Revision, Text),
}

/// A figure, with where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// As printed.
    pub text: String,
    /// The exact value, in the base of its unit.
    pub value: String,
    /// What states it or brings it.
    pub def: Option<Def>,
    /// The line that it is a result or a part of.
    pub line: Option<LineId>,
    /// The source name of the line, or of what states it.
    pub name: String,
    /// The place of its expression in the source.
    pub span: Option<Span>,
    /// How it comes about, for people.
    pub explanation: String,
}

/// A line of the table of contents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContentsEntry {
    /// 1 for parts and schedules, 2 for what is in them.
    pub level: u8,
    /// The number as printed; empty where there is none.
    pub number: String,
    /// The heading.
    pub title: String,
    /// The place.
    pub anchor: String,
}

impl Document {
    /// The table of contents: every section but the cover, two levels deep.
    pub fn contents(&self) -> Vec<ContentsEntry> {
        let mut entries = Vec::new();
        for outer in sections(&self.blocks).filter(|section| section.role != Role::Cover) {
            entries.push(outer.entry(1));
            let inner = sections(&outer.blocks).filter(|section| section.role != Role::Item);
            entries.extend(inner.map(|section| section.entry(2)));
        }
        entries
    }

    /// Every place that the document has, in order.
    pub fn anchors(&self) -> Vec<&str> {
        let mut anchors = Vec::new();
        for block in &self.blocks {
            anchors_of(block, &mut anchors);
        }
        anchors
    }

    /// Makes every text harmless, because titles and clauses are written by people who may mean harm; keeps anchors
    /// apart; and turns a reference to a place that the document does not have into plain text.
    pub fn finished(mut self) -> Document {
        let mut places = BTreeSet::new();
        self.blocks.iter_mut().for_each(|block| keep_anchors_apart(block, &mut places));
        self.title = clean(&self.title);
        for text in [&mut self.version.contract, &mut self.version.source, &mut self.version.compiler] {
            *text = clean(text);
        }
        self.blocks.iter_mut().for_each(|block| finish_block(block, &places));
        self
    }
}

impl Section {
    fn entry(&self, level: u8) -> ContentsEntry {
        let (number, title, anchor) = (self.number.clone(), self.title.clone(), self.anchor.clone());
        ContentsEntry { level, number, title, anchor }
    }
}

impl Inline {
    /// The text as printed, without its links.
    pub fn text(&self) -> String {
        match self {
            Inline::Text(text) | Inline::Strong(text) => text.clone(),
            Inline::Term { text, .. } | Inline::Reference { text, .. } | Inline::File { text, .. } => {
                text.clone()
            }
            Inline::Figure(figure) => figure.text.clone(),
            Inline::Revised(_, text) => text.iter().map(Inline::text).collect(),
        }
    }
}

/// A text as printed, without its links.
pub fn plain(text: &[Inline]) -> String {
    clean(&text.iter().map(Inline::text).collect::<String>())
}

fn sections(blocks: &[Block]) -> impl Iterator<Item = &Section> {
    blocks.iter().filter_map(|block| match block {
        Block::Section(section) => Some(section),
        Block::Revised(Revision::Inserted, block) => match &**block {
            Block::Section(section) => Some(section),
            _ => None,
        },
        _ => None,
    })
}

fn anchors_of<'d>(block: &'d Block, anchors: &mut Vec<&'d str>) {
    match block {
        Block::Section(section) => {
            anchors.push(&section.anchor);
            section.blocks.iter().for_each(|inner| anchors_of(inner, anchors));
        }
        Block::Numbered { anchor, .. } => anchors.push(anchor),
        Block::Definition(definition) => anchors.push(&definition.anchor),
        Block::Table(table) => {
            anchors.extend(table.anchors.iter().flatten().map(String::as_str));
            let standing = table.rows.iter().filter(|row| row.revision != Some(Revision::Deleted));
            anchors.extend(standing.filter_map(|row| row.anchor.as_deref()));
        }
        // What is taken out leaves no place behind.
        Block::Revised(Revision::Inserted, block) => anchors_of(block, anchors),
        Block::Revised(Revision::Deleted, _)
        | Block::Contents
        | Block::Paragraph(_)
        | Block::List(_)
        | Block::Equation(_)
        | Block::Picture(_)
        | Block::Signature(_) => {}
    }
}

/// Gives an anchor that is taken already another end, and takes it from a row or a column.
fn keep_anchors_apart(block: &mut Block, places: &mut BTreeSet<String>) {
    let mut required = |anchor: &mut String| {
        let wanted = anchor.clone();
        let mut count = 1u32;
        while anchor.is_empty() || !places.insert(anchor.clone()) {
            count = count.saturating_add(1);
            *anchor = format!("{wanted}~{count}");
        }
    };
    match block {
        Block::Section(section) => {
            required(&mut section.anchor);
            section.blocks.iter_mut().for_each(|inner| keep_anchors_apart(inner, places));
        }
        Block::Numbered { anchor, .. } => required(anchor),
        Block::Definition(definition) => required(&mut definition.anchor),
        Block::Table(table) => {
            let rows = table.rows.iter_mut().map(|row| &mut row.anchor);
            for anchor in table.anchors.iter_mut().chain(rows) {
                if anchor.as_ref().is_some_and(|name| name.is_empty() || !places.insert(name.clone())) {
                    *anchor = None;
                }
            }
        }
        Block::Revised(_, block) => keep_anchors_apart(block, places),
        Block::Contents
        | Block::Paragraph(_)
        | Block::List(_)
        | Block::Equation(_)
        | Block::Picture(_)
        | Block::Signature(_) => {}
    }
}

fn finish_block(block: &mut Block, places: &BTreeSet<String>) {
    let finish = |text: &mut Text| finish_text(text, places);
    match block {
        Block::Section(section) => {
            section.title = clean(&section.title);
            section.blocks.iter_mut().for_each(|inner| finish_block(inner, places));
        }
        Block::Contents => {}
        Block::Paragraph(text) | Block::Numbered { text, .. } => finish(text),
        Block::List(items) => items.iter_mut().for_each(finish),
        Block::Table(table) => {
            table.caption = clean(&table.caption);
            table.header.iter_mut().for_each(|head| *head = clean(head));
            if !table.rows.is_empty() {
                table.drop_empty_columns();
            }
            table.rows.iter_mut().flat_map(|row| &mut row.cells).for_each(finish);
        }
        Block::Definition(definition) => {
            definition.term = clean(&definition.term);
            definition.paragraphs.iter_mut().for_each(finish);
        }
        Block::Signature(block) => {
            block.party = clean(&block.party);
            finish(&mut block.form);
        }
        Block::Equation(equation) => {
            equation.result = clean(&equation.result);
            equation.formula.clean();
            equation.parts.iter_mut().for_each(|(_, part)| part.clean());
        }
        Block::Picture(picture) => picture.clean(),
        Block::Revised(_, block) => finish_block(block, places),
    }
}

fn finish_text(text: &mut Text, places: &BTreeSet<String>) {
    for inline in text {
        match inline {
            Inline::Text(text) | Inline::Strong(text) => *text = clean(text),
            Inline::Reference { text, anchor, .. } | Inline::Term { text, anchor, .. }
                if !places.contains(anchor) =>
            {
                *inline = Inline::Text(clean(text));
            }
            Inline::Reference { text, .. } | Inline::File { text, .. } => *text = clean(text),
            Inline::Term { text, meaning, .. } => {
                *text = clean(text);
                *meaning = clean(meaning);
            }
            Inline::Figure(figure) => {
                for text in [&mut figure.text, &mut figure.value, &mut figure.name, &mut figure.explanation] {
                    *text = clean(text);
                }
            }
            Inline::Revised(_, text) => finish_text(text, places),
        }
    }
}

/// Building a text piece by piece.
pub(crate) trait Compose {
    /// Adds words.
    fn say(&mut self, words: &str) -> &mut Self;
    /// Adds a text.
    fn add(&mut self, text: Text) -> &mut Self;
}

impl Compose for Text {
    fn say(&mut self, words: &str) -> &mut Self {
        if let Some(Inline::Text(last)) = self.last_mut() {
            last.push_str(words);
        } else {
            self.push(Inline::Text(words.to_string()));
        }
        self
    }

    fn add(&mut self, text: Text) -> &mut Self {
        for inline in text {
            match inline {
                Inline::Text(words) => drop(self.say(&words)),
                other => self.push(other),
            }
        }
        self
    }
}

/// Words that lead to a place.
pub(crate) fn link_to(words: &str, anchor: &str) -> Text {
    vec![Inline::Reference { def: None, text: words.to_string(), anchor: anchor.to_string() }]
}

/// Words as a text.
pub(crate) fn said(words: &str) -> Text {
    vec![Inline::Text(words.to_string())]
}

/// A text whose first letter is a capital.
pub(crate) fn capitalised(mut text: Text) -> Text {
    if let Some(Inline::Text(first) | Inline::Strong(first) | Inline::Reference { text: first, .. }) =
        text.first_mut()
    {
        let mut rest = first.chars();
        if let Some(c) = rest.next() {
            *first = c.to_uppercase().chain(rest).collect();
        }
    }
    text
}

/// `A`, `A and B`, `A, B and C`, with any last joint.
pub(crate) fn joined(items: Vec<Text>, last: &str) -> Text {
    let count = items.len();
    // A comma within an item would look like one between two, so that such items stand between semicolons.
    let apart =
        matches!(last, " and " | " or ") && count > 1 && items.iter().any(|item| plain(item).contains(", "));
    let (between, last) = if apart { ("; ", format!(";{last}")) } else { (", ", last.to_owned()) };
    let mut out = Text::new();
    for (i, item) in items.into_iter().enumerate() {
        if i > 0 {
            out.say(if i + 1 == count { &last } else { between });
        }
        out.add(item);
    }
    out
}

impl Table {
    /// An empty table whose columns are aligned as their heads say.
    pub fn new(caption: &str, columns: &[(&str, Align)]) -> Table {
        Table {
            caption: caption.to_string(),
            header: columns.iter().map(|(head, _)| (*head).to_string()).collect(),
            anchors: Vec::new(),
            align: columns.iter().map(|(_, align)| *align).collect(),
            row_heads: true,
            rows: Vec::new(),
        }
    }

    /// Adds a column.
    pub(crate) fn column(&mut self, head: &str, align: Align) {
        self.header.push(head.to_string());
        self.align.push(align);
    }

    /// Takes away every column in which no row says anything.
    pub fn drop_empty_columns(&mut self) {
        let says = |cell: &Text| cell.iter().any(|inline| !inline.text().trim().is_empty());
        for column in (0..self.header.len()).rev() {
            let is_place = self.anchors.get(column).is_some_and(Option::is_some);
            if is_place || self.rows.iter().any(|row| row.cells.get(column).is_some_and(says)) {
                continue;
            }
            self.header.remove(column);
            remove_at(&mut self.align, column);
            remove_at(&mut self.anchors, column);
            self.rows.iter_mut().for_each(|row| remove_at(&mut row.cells, column));
        }
    }

    /// Adds a row.
    pub fn row(&mut self, cells: Vec<Text>) {
        self.rows.push(TableRow { anchor: None, revision: None, cells });
    }

    /// Adds a row that something refers to.
    pub(crate) fn row_at(&mut self, anchor: Option<String>, cells: Vec<Text>) {
        self.rows.push(TableRow { anchor, revision: None, cells });
    }
}

fn remove_at<T>(list: &mut Vec<T>, place: usize) {
    if place < list.len() {
        list.remove(place);
    }
}
