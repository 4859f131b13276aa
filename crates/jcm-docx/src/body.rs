//! The text of the document, block by block.

use crate::math;
use crate::numbering::{List, Number, Numbering};
use crate::picture;
use crate::runs::{Look, Writer};
use crate::table;
use crate::xml::{DECLARATION, Xml};
use jcm_doc::{Block, Definition, Document, Inline, Revision, Role, Section};

const NAMESPACES: [(&str, &str); 3] = [
    ("xmlns:w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    ("xmlns:r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
    ("xmlns:m", "http://schemas.openxmlformats.org/officeDocument/2006/math"),
];

/// A style, and where a paragraph departs from it.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Shape {
    pub(crate) style: &'static str,
    /// Under an instance and level of a list.
    pub(crate) counted: Option<(usize, usize)>,
    /// On a new page.
    pub(crate) new_page: bool,
    /// On the same page as what follows.
    pub(crate) with_next: bool,
    /// At the right.
    pub(crate) right: bool,
}

impl From<&'static str> for Shape {
    fn from(style: &'static str) -> Shape {
        Shape { style, ..Shape::default() }
    }
}

/// The two parts that depend on each other.
pub(crate) struct Written {
    pub(crate) document: String,
    pub(crate) numbering: String,
}

/// Writes the whole text.
pub(crate) fn write(document: &Document) -> Written {
    let mut body = Body {
        document,
        writer: Writer::new(document),
        numbering: Numbering::new(),
        new_page: false,
        is_short: !document.blocks.iter().any(|block| matches!(block, Block::Contents)),
        pictures: 0,
    };
    for block in &document.blocks {
        body.block(block, None);
    }
    let text = std::mem::take(&mut body.writer.xml).finish();
    let mut xml = Xml::default();
    xml.raw(DECLARATION);
    xml.element("w:document", &NAMESPACES, |xml| {
        xml.element("w:body", &[], |xml| {
            xml.raw(&text);
            page(xml);
        });
    });
    Written { document: xml.finish(), numbering: body.numbering.xml() }
}

/// A4, the header on every page but the first, the footer on all.
fn page(xml: &mut Xml) {
    xml.element("w:sectPr", &[], |xml| {
        xml.empty("w:headerReference", &[("w:type", "default"), ("r:id", "rId5")]);
        for kind in ["default", "first"] {
            xml.empty("w:footerReference", &[("w:type", kind), ("r:id", "rId6")]);
        }
        xml.empty("w:pgSz", &[("w:w", "11906"), ("w:h", "16838")]);
        let around = ["w:top", "w:right", "w:bottom", "w:left"].map(|side| (side, "1418"));
        let edges = [("w:header", "709"), ("w:footer", "709"), ("w:gutter", "0")];
        xml.empty("w:pgMar", &around.into_iter().chain(edges).collect::<Vec<_>>());
        xml.empty("w:titlePg", &[]);
    });
}

struct Body<'d> {
    document: &'d Document,
    writer: Writer,
    numbering: Numbering,
    /// Whether the next section begins a page.
    new_page: bool,
    /// How many pictures there were so far.
    pictures: usize,
    /// Without a table of contents the first page is the first page of the text, and no cover.
    is_short: bool,
}

impl Body<'_> {
    fn block(&mut self, block: &Block, revision: Option<Revision>) {
        match block {
            Block::Section(section) => self.section(section, revision),
            Block::Contents => self.contents(),
            Block::Paragraph(text) => self.paragraph("Normal", text, revision),
            Block::Numbered { number, anchor, text } => self.numbered(number, anchor, text, revision),
            Block::List(items) => {
                for item in items {
                    let counted = Some(Numbering::bullet());
                    let shape = Shape { style: "ListBullet", counted, ..Shape::default() };
                    self.writer.paragraph(shape, revision, |writer| {
                        writer.text(item, revision);
                    });
                }
            }
            Block::Table(content) => table::table(&mut self.writer, content, false, revision),
            Block::Definition(definition) => self.definition(definition, revision),
            Block::Signature(content) => table::signature(&mut self.writer, content, revision),
            Block::Equation(content) => math::equation(&mut self.writer, content, revision),
            Block::Picture(content) => {
                picture::picture(&mut self.writer, content, &mut self.pictures, revision);
            }
            Block::Revised(own, block) => {
                let revision = revision.unwrap_or(*own);
                if matches!(&**block, Block::Section(section) if has_table(section)) {
                    // LibreOffice cannot join what stands before a table with what stands after it: taking the change back, it
                    // keeps one empty paragraph, and of the style of the first. This one has no number.
                    self.writer.paragraph("TableSpace", Some(revision), |_| {});
                }
                self.block(block, Some(revision));
            }
        }
    }

    fn paragraph(&mut self, style: &'static str, text: &[Inline], revision: Option<Revision>) {
        self.writer.paragraph(style, revision, |writer| writer.text(text, revision));
    }

    fn section(&mut self, section: &Section, revision: Option<Revision>) {
        let number = Number::of_section(section.role, &section.number);
        let counted = number.as_ref().map(|number| self.count(number, revision));
        let style = match section.role {
            Role::Cover if self.is_short => "ShortTitle",
            Role::Cover => "Title",
            Role::Front | Role::Signatures => "Heading1",
            Role::Part => "PartHeading",
            Role::Clause => "ClauseHeading",
            Role::Schedule => "ScheduleHeading",
            Role::SchedulePart | Role::SchedulePage => "SchedulePartHeading",
            Role::Item => "Heading3",
        };
        let new_page = std::mem::take(&mut self.new_page)
            || matches!(section.role, Role::Signatures | Role::SchedulePage)
            || (section.role == Role::Cover && !self.writer.is_empty());
        let anchor = standing(&section.anchor, revision);
        let literal = section.number.as_str();
        // A style that counts would count a section whose number is written out, too.
        let counted = counted.or((!literal.is_empty()).then_some((0, 0)));
        let shape = Shape { style, counted, new_page, ..Shape::default() };
        self.writer.paragraph(shape, revision, |writer| {
            if number.is_none() && !literal.is_empty() {
                writer.run(literal, Look::Plain, revision);
                writer.tab(revision);
            }
            if let Some(former) = &section.former_title {
                writer.run(former, Look::Plain, Some(Revision::Deleted));
            }
            let titled = revision.or(section.former_title.is_some().then_some(Revision::Inserted));
            writer.place(anchor, |writer| writer.run(section.title.trim(), Look::Plain, titled));
        });
        for (place, block) in (1usize..).zip(&section.blocks) {
            let next = section.blocks.get(place);
            match block {
                // What leads to a formula or a table stays with it.
                Block::Paragraph(text) if leads_to(next) => {
                    let shape = Shape { style: "Normal", with_next: true, ..Shape::default() };
                    self.writer.paragraph(shape, revision, |writer| writer.text(text, revision));
                }
                // And a note below a table, such as where its figures come from, does not stand alone on a page.
                Block::Table(content) => {
                    let note = matches!(next, Some(Block::Paragraph(_)))
                        && !leads_to(section.blocks.get(place.saturating_add(1)));
                    table::table(&mut self.writer, content, note, revision);
                }
                _ => self.block(block, revision),
            }
        }
    }

    /// What is taken out does not count, so that what follows has its number once the change is accepted.
    fn count(&mut self, number: &Number, revision: Option<Revision>) -> (usize, usize) {
        match revision {
            Some(Revision::Deleted) => self.numbering.beside(number),
            _ => self.numbering.count(number),
        }
    }

    fn numbered(&mut self, literal: &str, anchor: &str, text: &[Inline], revision: Option<Revision>) {
        let number = Number::of_paragraph(literal);
        let counted = number.as_ref().map(|number| self.count(number, revision));
        let style = match &number {
            Some(number) if number.list == List::Recitals => "Recital",
            Some(_) => "ClauseText",
            None => "Normal",
        };
        let shape = Shape { style, counted, ..Shape::default() };
        self.writer.paragraph(shape, revision, |writer| {
            writer.place(standing(anchor, revision), |writer| {
                if number.is_none() {
                    writer.run(literal, Look::Plain, revision);
                    writer.tab(revision);
                }
                writer.text(text, revision);
            });
        });
    }

    fn definition(&mut self, definition: &Definition, revision: Option<Revision>) {
        let mut paragraphs = definition.paragraphs.iter();
        let first = paragraphs.next();
        self.writer.paragraph("Definition", revision, |writer| {
            writer.run("“", Look::Plain, revision);
            writer.place(standing(&definition.anchor, revision), |writer| {
                writer.run(&definition.term, Look::Term, revision);
            });
            writer.run("” ", Look::Plain, revision);
            if let Some(first) = first {
                writer.text(first, revision);
            }
        });
        for paragraph in paragraphs {
            self.paragraph("Definition", paragraph, revision);
        }
    }

    /// The table of contents, already filled in; Word makes it anew when the field is updated.
    fn contents(&mut self) {
        let writer = &mut self.writer;
        writer.paragraph("ContentsHeading", None, |writer| {
            writer.run("Contents", Look::Plain, None);
        });
        let contents = self.document.contents();
        for (place, entry) in contents.iter().enumerate() {
            let style = match entry.level {
                1 if entry.number.is_empty() => "TOC3",
                1 => "TOC1",
                _ => "TOC2",
            };
            writer.paragraph(style, None, |writer| {
                if place == 0 {
                    writer.open_field(CONTENTS);
                }
                writer.link_to(&entry.anchor, |writer, bookmark| {
                    if !entry.number.is_empty() {
                        writer.run(&entry.number, Look::Plain, None);
                        writer.tab(None);
                    }
                    writer.run(entry.title.trim(), Look::Plain, None);
                    if let Some(bookmark) = bookmark {
                        if entry.number.is_empty() && entry.level > 1 {
                            writer.tab(None);
                        }
                        writer.tab(None);
                        writer.field(&format!(" PAGEREF {bookmark} \\h "), "", None);
                    }
                });
                // In the last entry, so that contents that fill a page to its end do not bring an empty one.
                if place + 1 == contents.len() {
                    writer.field_mark("end", None);
                }
            });
        }
        self.new_page = true;
    }
}

/// The field that Word makes the contents from: each style of a heading, and how deep it stands. What has no number has a
/// style of contents of its own, whose only stop is that of the page.
const CONTENTS: &str = " TOC \\h \\z \\t \"Part Heading,1,Schedule Heading,1,Clause Heading,2,Schedule Part Heading,2,heading 1,3\" ";

/// Whether the paragraph before this block leads to it.
fn leads_to(block: Option<&Block>) -> bool {
    matches!(block, Some(Block::Equation(_) | Block::Table(_)))
}

/// Whether a table stands anywhere in a section.
fn has_table(section: &Section) -> bool {
    section.blocks.iter().any(|block| match block {
        Block::Table(_) | Block::Signature(_) => true,
        Block::Section(inner) => has_table(inner),
        _ => false,
    })
}

/// What is taken out leaves no place behind.
fn standing(anchor: &str, revision: Option<Revision>) -> Option<&str> {
    (revision != Some(Revision::Deleted)).then_some(anchor)
}

impl Writer {
    /// An element with what `inside` writes.
    pub(crate) fn element(
        &mut self,
        name: &str,
        attributes: &[(&str, &str)],
        inside: impl FnOnce(&mut Writer),
    ) {
        let mut outer = std::mem::take(&mut self.xml);
        inside(self);
        let inner = std::mem::take(&mut self.xml).finish();
        outer.element(name, attributes, |xml| xml.raw(&inner));
        self.xml = outer;
    }

    /// A paragraph.
    pub(crate) fn paragraph(
        &mut self,
        shape: impl Into<Shape>,
        revision: Option<Revision>,
        inside: impl FnOnce(&mut Writer),
    ) {
        let shape = shape.into();
        self.element("w:p", &[], |writer| {
            writer.element("w:pPr", &[], |writer| {
                writer.xml.empty("w:pStyle", &[("w:val", shape.style)]);
                if shape.with_next {
                    writer.xml.empty("w:keepNext", &[]);
                }
                if shape.new_page {
                    writer.xml.empty("w:pageBreakBefore", &[]);
                }
                if let Some((instance, level)) = shape.counted {
                    writer.element("w:numPr", &[], |writer| {
                        writer.xml.empty("w:ilvl", &[("w:val", &level.to_string())]);
                        writer.xml.empty("w:numId", &[("w:val", &instance.to_string())]);
                    });
                }
                if shape.right {
                    writer.xml.empty("w:jc", &[("w:val", "right")]);
                }
                writer.paragraph_mark(revision);
            });
            inside(writer);
        });
    }

    fn paragraph_mark(&mut self, revision: Option<Revision>) {
        if let Some(revision) = revision {
            self.element("w:rPr", &[], |writer| writer.revision_mark(revision));
        }
    }
}
