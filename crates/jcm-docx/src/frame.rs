//! What stands around the text: properties of the file, header and footer.

use crate::xml::{DECLARATION, Xml};
use jcm_doc::{Document, Version};

/// The day that every file says it was made on: the compiler has no clock.
const CREATED: &str = "2000-01-01T00:00:00Z";
const MAIN: (&str, &str) = ("xmlns:w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main");

/// Who made the file.
pub(crate) fn application(version: &Version) -> String {
    let namespace = [("xmlns", "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties")];
    let mut xml = Xml::default();
    xml.raw(DECLARATION);
    xml.element("Properties", &namespace, |xml| {
        xml.element("Application", &[], |xml| xml.text(&version.compiler));
    });
    xml.finish()
}

/// Title, subject and the fixed day.
pub(crate) fn properties(document: &Document) -> String {
    let namespaces = [
        ("xmlns:cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"),
        ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
        ("xmlns:dcterms", "http://purl.org/dc/terms/"),
        ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
    ];
    let version = &document.version;
    let mut xml = Xml::default();
    xml.raw(DECLARATION);
    xml.element("cp:coreProperties", &namespaces, |xml| {
        xml.element("dc:title", &[], |xml| xml.text(&document.title));
        xml.element("dc:subject", &[], |xml| {
            xml.text(&format!("source {}", version.source));
        });
        xml.element("dc:creator", &[], |xml| xml.text(&version.compiler));
        xml.element("dc:language", &[], |xml| xml.text("en-GB"));
        for name in ["dcterms:created", "dcterms:modified"] {
            xml.element(name, &[("xsi:type", "dcterms:W3CDTF")], |xml| xml.text(CREATED));
        }
    });
    xml.finish()
}

/// The title, on every page but the first, and before it the mark of a draft.
pub(crate) fn header(document: &Document) -> String {
    part("w:hdr", "Header", |xml| {
        if !document.version.draft.is_empty() {
            run(xml, |xml| {
                xml.element("w:rPr", &[], |xml| {
                    xml.empty("w:b", &[]);
                    xml.empty("w:color", &[("w:val", "8A1C1C")]);
                });
                words(xml, &format!("{}. ", document.version.draft));
            });
        }
        run(xml, |xml| words(xml, &document.title));
    })
}

/// What the document was made from, and the page.
pub(crate) fn footer(version: &Version) -> String {
    part("w:ftr", "Footer", |xml| {
        let draft = if version.draft.is_empty() { "" } else { "DRAFT. " };
        let made = format!("{draft}Source {}, {}", version.source, version.compiler);
        run(xml, |xml| words(xml, &made));
        run(xml, |xml| xml.empty("w:tab", &[]));
        run(xml, |xml| words(xml, "Page "));
        field(xml, " PAGE ");
        run(xml, |xml| words(xml, " of "));
        field(xml, " NUMPAGES ");
    })
}

fn part(name: &str, style: &str, inside: impl FnOnce(&mut Xml)) -> String {
    let mut xml = Xml::default();
    xml.raw(DECLARATION);
    xml.element(name, &[MAIN], |xml| {
        xml.element("w:p", &[], |xml| {
            xml.element("w:pPr", &[], |xml| xml.empty("w:pStyle", &[("w:val", style)]));
            inside(xml);
        });
    });
    xml.finish()
}

fn run(xml: &mut Xml, inside: impl FnOnce(&mut Xml)) {
    xml.element("w:r", &[], inside);
}

fn words(xml: &mut Xml, words: &str) {
    xml.element("w:t", &[("xml:space", "preserve")], |xml| xml.text(words));
}

fn field(xml: &mut Xml, instruction: &str) {
    xml.element("w:fldSimple", &[("w:instr", instruction)], |xml| run(xml, |xml| words(xml, "1")));
}
