//! Text: runs, references as fields, and what a change puts in or takes out.

use crate::numbering::Number;
use crate::xml::Xml;
use jcm_doc::{Block, Document, Inline, Revision, Section, Table, TableRow, plain};
use std::collections::BTreeMap;

/// Who made the tracked changes, and when: a fixed day, because the compiler has no clock.
const AUTHOR: &str = "jcm";
const DATE: &str = "2000-01-01T00:00:00Z";

/// How a run looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Look {
    Plain,
    Strong,
    Term,
    Formula,
}

impl Look {
    fn style(self) -> Option<&'static str> {
        match self {
            Look::Plain => None,
            Look::Strong => Some("Strong"),
            Look::Term => Some("DefinedTerm"),
            Look::Formula => Some("Formula"),
        }
    }
}

/// What a field can show of a place.
#[derive(Debug, Default)]
struct Target {
    bookmark: String,
    /// The number that Word counts for it.
    number: Option<String>,
    /// The whole text inside the bookmark.
    text: Option<String>,
}

/// Writes texts; knows the places that they refer to.
pub(crate) struct Writer {
    pub(crate) xml: Xml,
    targets: BTreeMap<String, Target>,
    ids: u32,
}

impl Writer {
    pub(crate) fn new(document: &Document) -> Writer {
        let mut targets: BTreeMap<String, Target> = crate::bookmarks(document)
            .into_iter()
            .map(|(anchor, bookmark)| (anchor, Target { bookmark, ..Target::default() }))
            .collect();
        document.blocks.iter().for_each(|block| find_targets(block, &mut targets));
        Writer { xml: Xml::default(), targets, ids: 0 }
    }

    /// Whether nothing was written yet.
    pub(crate) fn is_empty(&self) -> bool {
        self.xml.is_empty()
    }

    /// A text.
    pub(crate) fn text(&mut self, text: &[Inline], revision: Option<Revision>) {
        for inline in text {
            match inline {
                Inline::Text(text) | Inline::File { text, .. } => self.run(text, Look::Plain, revision),
                Inline::Strong(text) => self.run(text, Look::Strong, revision),
                Inline::Figure(figure) => self.run(&figure.text, Look::Plain, revision),
                Inline::Term { text, anchor, .. } | Inline::Reference { text, anchor, .. } => {
                    self.reference(text, anchor, revision);
                }
                Inline::Revised(own, text) => self.text(text, revision.or(Some(*own))),
            }
        }
    }

    /// Words in one look.
    pub(crate) fn run(&mut self, text: &str, look: Look, revision: Option<Revision>) {
        if text.is_empty() {
            return;
        }
        self.tracked(revision, |writer| {
            for (piece, right_to_left) in by_direction(text) {
                writer.xml.element("w:r", &[], |xml| {
                    properties(xml, look, right_to_left);
                    let name = if revision == Some(Revision::Deleted) { "w:delText" } else { "w:t" };
                    xml.element(name, &[("xml:space", "preserve")], |xml| xml.text(piece));
                });
            }
        });
    }

    /// A step to the next tab stop.
    pub(crate) fn tab(&mut self, revision: Option<Revision>) {
        self.tracked(revision, |writer| {
            writer.xml.element("w:r", &[], |xml| xml.empty("w:tab", &[]));
        });
    }

    /// What `inside` writes, as the place of an anchor.
    pub(crate) fn place(&mut self, anchor: Option<&str>, inside: impl FnOnce(&mut Writer)) {
        let Some(name) = anchor.and_then(|anchor| self.targets.get(anchor)).map(|t| t.bookmark.clone())
        else {
            return inside(self);
        };
        let id = self.next_id();
        self.xml.empty("w:bookmarkStart", &[("w:id", &id), ("w:name", &name)]);
        inside(self);
        self.xml.empty("w:bookmarkEnd", &[("w:id", &id)]);
    }

    /// Words that lead to a place: a field where Word can make the same words from the place, a link otherwise.
    fn reference(&mut self, text: &str, anchor: &str, revision: Option<Revision>) {
        let target = self.targets.get(anchor).filter(|_| revision != Some(Revision::Deleted));
        let Some(target) = target else { return self.run(text, Look::Plain, revision) };
        let bookmark = target.bookmark.clone();
        if target.text.as_deref() == Some(text) {
            let instruction = format!(" REF {bookmark} \\h \\* MERGEFORMAT ");
            return self.field(&instruction, text, revision);
        }
        let around = target.number.as_deref().and_then(|number| Some((around(text, number)?, number)));
        if let Some(((before, after), number)) = around {
            let (before, number, after) = (before.to_owned(), number.to_owned(), after.to_owned());
            self.run(&before, Look::Plain, revision);
            self.field(&format!(" REF {bookmark} \\n \\h "), &number, revision);
            return self.run(&after, Look::Plain, revision);
        }
        self.link(&bookmark, |writer| writer.run(text, Look::Plain, revision));
    }

    /// A link to the place of an anchor, if the document has it.
    pub(crate) fn link_to(&mut self, anchor: &str, inside: impl FnOnce(&mut Writer, Option<&str>)) {
        match self.targets.get(anchor).map(|target| target.bookmark.clone()) {
            Some(bookmark) => self.link(&bookmark, |writer| inside(writer, Some(&bookmark))),
            None => inside(self, None),
        }
    }

    fn link(&mut self, bookmark: &str, inside: impl FnOnce(&mut Writer)) {
        self.xml.raw("<w:hyperlink w:history=\"1\" w:anchor=\"");
        self.xml.text(bookmark);
        self.xml.raw("\">");
        inside(self);
        self.xml.raw("</w:hyperlink>");
    }

    /// A field with what it comes to.
    pub(crate) fn field(&mut self, instruction: &str, result: &str, revision: Option<Revision>) {
        self.field_mark("begin", revision);
        self.tracked(revision, |writer| instruction_run(&mut writer.xml, instruction));
        self.field_mark("separate", revision);
        self.run(result, Look::Plain, revision);
        self.field_mark("end", revision);
    }

    /// The beginning of a field that reaches over several paragraphs.
    pub(crate) fn open_field(&mut self, instruction: &str) {
        self.field_mark("begin", None);
        instruction_run(&mut self.xml, instruction);
        self.field_mark("separate", None);
    }

    /// `begin`, `separate` or `end` of a field.
    pub(crate) fn field_mark(&mut self, kind: &str, revision: Option<Revision>) {
        self.tracked(revision, |writer| {
            writer.xml.element("w:r", &[], |xml| xml.empty("w:fldChar", &[("w:fldCharType", kind)]));
        });
    }

    /// Marks what `inside` writes as put in or taken out.
    pub(crate) fn tracked(&mut self, revision: Option<Revision>, inside: impl FnOnce(&mut Writer)) {
        let Some(revision) = revision else { return inside(self) };
        let id = self.next_id();
        let name = element(revision);
        for piece in ["<", name, " w:id=\"", &id, "\" w:author=\"", AUTHOR, "\" w:date=\"", DATE, "\">"] {
            self.xml.raw(piece);
        }
        inside(self);
        for piece in ["</", name, ">"] {
            self.xml.raw(piece);
        }
    }

    /// The mark that a paragraph's end or a row is put in or taken out.
    pub(crate) fn revision_mark(&mut self, revision: Revision) {
        let id = self.next_id();
        self.xml.empty(element(revision), &[("w:id", &id), ("w:author", AUTHOR), ("w:date", DATE)]);
    }

    fn next_id(&mut self) -> String {
        self.ids = self.ids.saturating_add(1);
        self.ids.to_string()
    }
}

fn element(revision: Revision) -> &'static str {
    match revision {
        Revision::Inserted => "w:ins",
        Revision::Deleted => "w:del",
    }
}

fn properties(xml: &mut Xml, look: Look, right_to_left: bool) {
    if look.style().is_none() && !right_to_left {
        return;
    }
    xml.element("w:rPr", &[], |xml| {
        if let Some(style) = look.style() {
            xml.empty("w:rStyle", &[("w:val", style)]);
        }
        if right_to_left {
            xml.empty("w:rtl", &[]);
        }
    });
}

fn instruction_run(xml: &mut Xml, instruction: &str) {
    xml.element("w:r", &[], |xml| {
        xml.element("w:instrText", &[("xml:space", "preserve")], |xml| xml.text(instruction));
    });
}

/// What stands before and after a number in a text, where the number stands alone.
fn around<'t>(text: &'t str, number: &str) -> Option<(&'t str, &'t str)> {
    let (before, after) = text.split_once(number)?;
    let touches = |c: char| c.is_alphanumeric();
    let goes_on = after.chars().next().is_some_and(touches)
        || (after.starts_with('.') && after.chars().nth(1).is_some_and(touches));
    (!before.ends_with(|c: char| touches(c) || c == '.') && !goes_on).then_some((before, after))
}

/// A text in stretches that run one way.
fn by_direction(text: &str) -> Vec<(&str, bool)> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let way = is_right_to_left(first);
        // A space stays with what stands before it.
        let end = rest.find(|c: char| !c.is_whitespace() && is_right_to_left(c) != way).unwrap_or(rest.len());
        let Some((piece, after)) = rest.split_at_checked(end) else { break };
        pieces.push((piece, way));
        rest = after;
    }
    pieces
}

/// Hebrew, Arabic and their neighbours.
fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}' | '\u{10800}'..='\u{10FFF}'
        | '\u{1E800}'..='\u{1EFFF}')
}

fn find_targets(block: &Block, targets: &mut BTreeMap<String, Target>) {
    let mut set = |anchor: &str, number: Option<String>, text: Option<String>| {
        if let Some(target) = targets.get_mut(anchor) {
            (target.number, target.text) = (number, text);
        }
    };
    match block {
        Block::Section(section) => {
            let text = section.former_title.is_none().then(|| section.title.clone());
            set(&section.anchor, counted(section), text);
            section.blocks.iter().for_each(|block| find_targets(block, targets));
        }
        Block::Numbered { number, anchor, .. } => {
            set(anchor, Number::of_paragraph(number).map(|_| number.clone()), None);
        }
        Block::Definition(definition) => set(&definition.anchor, None, Some(definition.term.clone())),
        Block::Table(table) => rows(table).for_each(|(anchor, text)| set(anchor, None, text)),
        Block::Revised(Revision::Inserted, block) => find_targets(block, targets),
        _ => {}
    }
}

fn counted(section: &Section) -> Option<String> {
    Number::of_section(section.role, &section.number).map(|_| section.number.clone())
}

/// The rows that have a place, each with the text in it where that is nothing but words.
fn rows(table: &Table) -> impl Iterator<Item = (&str, Option<String>)> {
    let words = |row: &TableRow| {
        let first = row.cells.first()?;
        let only_words = first.iter().all(|inline| matches!(inline, Inline::Text(_) | Inline::Strong(_)));
        only_words.then(|| plain(first))
    };
    table.rows.iter().filter_map(move |row| Some((row.anchor.as_deref()?, words(row))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_found_only_where_it_stands_alone() {
        assert_eq!(around("clause 5", "5"), Some(("clause ", "")));
        assert_eq!(around("Schedule 3B, line 6", "3B"), Some(("Schedule ", ", line 6")));
        assert_eq!(around("clause 15", "5"), None);
        assert_eq!(around("clause 5.1", "5"), None);
        assert_eq!(around("clause 5.", "5"), Some(("clause ", ".")));
    }

    #[test]
    fn hebrew_and_english_are_runs_of_their_own() {
        assert_eq!(by_direction("a שלום b"), [("a ", false), ("שלום ", true), ("b", false)]);
    }
}
