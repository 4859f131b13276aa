//! The typst program of a document: calls of the functions in `frame.typ`, with every word as a string.

use crate::letters::Letters;
use crate::math;
use crate::sheet;
use jcm_doc::{Block, Definition, Document, Inline, Picture, Revision, Role, Section, SignatureBlock};
use std::collections::BTreeSet;

/// Words of a paragraph are broken only where they are longer than this.
const LONGEST_WORD: usize = 40;
/// So many letters of the title stand above each page.
const HEADER: usize = 100;
/// Between the margins, in points.
const WIDEST: i32 = 453;
/// The heading levels that a PDF knows.
const LEVELS: usize = 6;

/// What typst sets a document from.
pub fn program(document: &Document, letters: &Letters<'_>) -> String {
    let mut writer = Writer::new(document, letters);
    let version = &document.version;
    let draft = if version.draft.is_empty() { String::new() } else { format!("{}. ", version.draft) };
    let made = format!("{draft}{}, source {}, {}", version.contract, version.source, version.compiler);
    // A file must have a title, whatever the contract says.
    let title = match letters.string(&document.title).trim_matches(['"', ' ']) {
        "" => &version.contract,
        _ => &document.title,
    };
    writer.out.push_str(include_str!("frame.typ"));
    writer.out.push_str(&format!(
        "\n#show: frame.with({}, {}, {}, {})\n#{{\n",
        letters.string(title),
        letters.string(&title.chars().take(HEADER).collect::<String>()),
        letters.string(&made),
        day(&version.day)
    ));
    for block in &document.blocks {
        writer.block(block, Place { level: 1, listed: true }, None);
    }
    writer.out.push_str("}\n");
    writer.out
}

/// A date as typst writes it.
fn day(iso: &str) -> String {
    let mut parts = iso.splitn(3, '-').map(|part| part.parse::<u16>().ok());
    match (parts.next().flatten(), parts.next().flatten(), parts.next().flatten()) {
        (Some(year), Some(month), Some(day)) => {
            format!("datetime(year: {year}, month: {month}, day: {day}, hour: 0, minute: 0, second: 0)")
        }
        _ => "none".to_owned(),
    }
}

/// Where a block stands.
#[derive(Debug, Clone, Copy)]
struct Place {
    /// The level of a heading there.
    level: usize,
    /// Whether the contents name what is there, if it is of a kind that they name.
    listed: bool,
}

/// Writes the program as it goes through the document.
pub(crate) struct Writer<'d> {
    pub(crate) out: String,
    pub(crate) letters: &'d Letters<'d>,
    /// The places that the document has, and so what can be linked to.
    targets: BTreeSet<&'d str>,
    /// The places that have been written: no name stands twice.
    written: BTreeSet<String>,
}

impl<'d> Writer<'d> {
    fn new(document: &'d Document, letters: &'d Letters<'d>) -> Writer<'d> {
        let targets = document.anchors().into_iter().filter(|anchor| !anchor.is_empty()).collect();
        Writer { out: String::new(), letters, targets, written: BTreeSet::new() }
    }

    /// A line of the program.
    pub(crate) fn line(&mut self, code: &str) {
        self.out.push_str(code);
        self.out.push('\n');
    }

    fn block(&mut self, block: &Block, place: Place, revision: Option<Revision>) {
        match block {
            Block::Section(section) => self.section(section, place, revision),
            Block::Contents => self.line("contents()"),
            Block::Paragraph(text) => {
                let text = self.text(text, revision);
                self.line(&format!("par({text})"));
            }
            Block::Numbered { number, anchor, text } => {
                let number = revised(self.letters.string(number), revision);
                let body = self.text(text, revision);
                let body = self.placed(Some(anchor), revision, body);
                self.line(&format!("numbered({number}, {body})"));
            }
            Block::List(items) => {
                let items: Vec<String> = items.iter().map(|item| self.text(item, revision)).collect();
                self.line(&format!("list({})", items.join(", ")));
            }
            Block::Table(table) => sheet::table(self, table, revision),
            Block::Definition(definition) => self.definition(definition, revision),
            Block::Signature(content) => self.signature(content, revision),
            Block::Equation(equation) => {
                let set = math::equation(self.letters, equation);
                self.line(&revised(set, revision));
            }
            Block::Picture(picture) => self.picture(picture, revision),
            Block::Revised(own, block) => self.block(block, place, revision.or(Some(*own))),
        }
    }

    fn section(&mut self, section: &Section, place: Place, revision: Option<Revision>) {
        let title = section.title.trim();
        let titled = self.title(section, revision);
        let title = if title.is_empty() { "\" \"".to_owned() } else { titled };
        if section.role == Role::Cover {
            let title = self.placed(Some(&section.anchor), revision, title);
            self.line(&format!("cover({title})"));
        } else {
            self.heading(section, place, &title, revision);
        }
        // What stands on the cover is not below a heading.
        let inner = match section.role {
            Role::Cover => Place { level: place.level, listed: false },
            _ => Place { level: place.level + 1, listed: place.listed && place.level == 1 },
        };
        for (next, block) in (1usize..).zip(&section.blocks) {
            match (block, section.blocks.get(next)) {
                // What leads to a formula or a table stays with it.
                (Block::Paragraph(text), Some(Block::Equation(_) | Block::Table(_))) => {
                    let text = self.text(text, revision);
                    self.line(&format!("leading({text})"));
                }
                _ => self.block(block, inner, revision),
            }
        }
    }

    fn title(&self, section: &Section, revision: Option<Revision>) -> String {
        let title = format!("{{{}}}", self.letters.breakable(section.title.trim(), LONGEST_WORD));
        match &section.former_title {
            Some(former) => {
                let former = format!("{{{}}}", self.letters.breakable(former.trim(), LONGEST_WORD));
                let title = revised(title, revision.or(Some(Revision::Inserted)));
                format!("{{{};\" \";{title}}}", revised(former, Some(Revision::Deleted)))
            }
            None => revised(title, revision),
        }
    }

    fn heading(&mut self, section: &Section, place: Place, title: &str, revision: Option<Revision>) {
        let role = match section.role {
            Role::Cover | Role::Front => "front",
            Role::Part => "part",
            Role::Clause => "clause",
            Role::Signatures => "signatures",
            Role::Schedule => "schedule",
            Role::SchedulePart => "schedule-part",
            Role::SchedulePage => "schedule-page",
            Role::Item => "item",
        };
        let number = match section.number.as_str() {
            "" => "none".to_owned(),
            number => revised(self.letters.string(number), revision),
        };
        let named = place.level == 1 || section.role != Role::Item;
        let listed = place.listed && named && revision != Some(Revision::Deleted);
        let anchor = match self.takes(&section.anchor, revision) {
            true => format!(", anchor: {}", quoted(&section.anchor)),
            false => String::new(),
        };
        let level = place.level.min(LEVELS);
        self.line(&format!("section(\"{role}\", {level}, {number}, {title}, listed: {listed}{anchor})"));
    }

    fn definition(&mut self, definition: &Definition, revision: Option<Revision>) {
        let mut paragraphs = definition.paragraphs.iter();
        let term = revised(self.letters.string(&definition.term), revision);
        let term = self.placed(Some(&definition.anchor), revision, term);
        let first = match paragraphs.next() {
            Some(first) => self.text(first, revision),
            None => "none".to_owned(),
        };
        self.line(&format!("term({term}, {first})"));
        for paragraph in paragraphs {
            let text = self.text(paragraph, revision);
            self.line(&format!("par({text})"));
        }
    }

    fn signature(&mut self, block: &SignatureBlock, revision: Option<Revision>) {
        let form = self.text(&block.form, revision);
        let lines: String = block
            .lines
            .iter()
            .map(|line| format!("{}, ", revised(self.letters.string(line), revision)))
            .collect();
        self.line(&format!("signature({form}, ({lines}))"));
    }

    /// A drawing, with its title and what it shows below it.
    fn picture(&mut self, picture: &Picture, revision: Option<Revision>) {
        let said = [picture.note.trim(), picture.description.trim()].join(" ");
        let [title, note] = [&picture.title, &picture.note]
            .map(|text| revised(format!("{{{}}}", self.letters.breakable(text, LONGEST_WORD)), revision));
        let drawn = self.letters.printed(&picture.svg());
        // A picture must have words for those who hear it, whatever the contract says.
        let heard = self.letters.string(said.trim());
        let alt = if heard.trim_matches(['"', ' ']).is_empty() { "\"Diagram\"".to_owned() } else { heard };
        let file = quoted(&drawn);
        let width = picture.drawing.width.clamp(1, WIDEST);
        self.line(&format!("picture({file}, {width}pt, {alt}, {title}, {note})"));
    }

    /// A text in braces.
    pub(crate) fn text(&self, text: &[Inline], revision: Option<Revision>) -> String {
        self.text_of(text, revision, LONGEST_WORD)
    }

    /// A text in braces, with words of at most so many letters.
    pub(crate) fn text_of(&self, text: &[Inline], revision: Option<Revision>, longest: usize) -> String {
        let pieces: Vec<String> = text.iter().map(|inline| self.inline(inline, revision, longest)).collect();
        if pieces.is_empty() { "\"\"".to_owned() } else { format!("{{{}}}", pieces.join(";")) }
    }

    fn inline(&self, inline: &Inline, revision: Option<Revision>, longest: usize) -> String {
        let words = |text: &str| format!("{{{}}}", self.letters.breakable(text, longest));
        let piece = match inline {
            Inline::Text(text) | Inline::File { text, .. } => words(text),
            Inline::Strong(text) => format!("strong({})", words(text)),
            Inline::Figure(figure) => words(&figure.text),
            Inline::Term { text, anchor, .. } | Inline::Reference { text, anchor, .. } => {
                let leads = self.targets.contains(anchor.as_str()) && revision != Some(Revision::Deleted);
                match leads {
                    true if !text.is_empty() => format!("to({}, {})", quoted(anchor), words(text)),
                    _ => words(text),
                }
            }
            Inline::Revised(own, text) => return self.text_of(text, revision.or(Some(*own)), longest),
        };
        revised(piece, revision)
    }

    /// A piece as the place of an anchor.
    pub(crate) fn placed(
        &mut self,
        anchor: Option<&str>,
        revision: Option<Revision>,
        piece: String,
    ) -> String {
        match anchor {
            Some(anchor) if self.takes(anchor, revision) => format!("placed({}, {piece})", quoted(anchor)),
            _ => piece,
        }
    }

    /// Whether a place is to be written: what is taken out leaves none behind.
    fn takes(&mut self, anchor: &str, revision: Option<Revision>) -> bool {
        revision != Some(Revision::Deleted)
            && self.targets.contains(anchor)
            && self.written.insert(anchor.to_owned())
    }
}

/// The name of a place. It is never printed.
fn quoted(anchor: &str) -> String {
    Letters::new(&|_| true).string(anchor)
}

/// A piece as put in or taken out.
pub(crate) fn revised(piece: String, revision: Option<Revision>) -> String {
    match revision {
        Some(Revision::Inserted) => format!("inserted({piece})"),
        Some(Revision::Deleted) => format!("deleted({piece})"),
        None => piece,
    }
}
