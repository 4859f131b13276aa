//! The contract as a Word document that people can work in: real styles, numbers that Word counts itself, a table of
//! contents, references that follow what they refer to, and tracked changes.
//!
//! [`docx`] writes a [`Document`] and nothing else: no clock, no name of a computer or person, so the same document
//! gives the same bytes. Numbers are written as automatic numbers that come to what the document says; where Word
//! would count otherwise, a list is started again at the number that is due.
//!
//! A document that shows changes (`Block::Revised`, `Inline::Revised`) is written with tracked changes that can be
//! accepted or rejected one by one.

mod body;
mod bookmarks;
mod emf;
mod frame;
mod math;
mod numbering;
mod package;
mod picture;
mod runs;
mod table;
mod xml;

pub use bookmarks::bookmarks;

use jcm_doc::Document;
use std::fmt;

/// Why there is no Word document: it would be larger than its container can be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TooLarge(String);

impl fmt::Display for TooLarge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the Word document cannot be packed: {}", self.0)
    }
}

impl std::error::Error for TooLarge {}

/// The document as the bytes of a `.docx` file.
pub fn docx(document: &Document) -> Result<Vec<u8>, TooLarge> {
    let written = body::write(document);
    let pictures = picture::parts(document);
    let relationships = picture::relationships(include_str!("parts/document.rels"), pictures.len() / 2);
    let texts = [
        ("[Content_Types].xml", include_str!("parts/content_types.xml").to_owned()),
        // Kept uncompressed, so that who made the file can be read without unpacking it.
        (package::MAKER, frame::application(&document.version)),
        ("_rels/.rels", include_str!("parts/package.rels").to_owned()),
        ("docProps/core.xml", frame::properties(document)),
        ("word/document.xml", written.document),
        ("word/_rels/document.xml.rels", relationships),
        ("word/styles.xml", include_str!("parts/styles.xml").to_owned()),
        ("word/numbering.xml", written.numbering),
        ("word/settings.xml", include_str!("parts/settings.xml").to_owned()),
        ("word/fontTable.xml", include_str!("parts/fonts.xml").to_owned()),
        ("word/header1.xml", frame::header(document)),
        ("word/footer1.xml", frame::footer(&document.version)),
    ];
    let texts = texts.into_iter().map(|(name, text)| (name.to_owned(), text.into_bytes()));
    let parts: Vec<(String, Vec<u8>)> = texts.chain(pictures).collect();
    package::pack(&parts).map_err(|error| TooLarge(error.to_string()))
}
