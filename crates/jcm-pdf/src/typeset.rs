//! Typst, with fonts and one text, and nothing else of the world.

use crate::letters::Letters;
use crate::program::program;
use jcm_doc::Document;
use std::fmt;
use std::sync::OnceLock;
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, Source};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

/// Why there is no PDF.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused(String);

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the pages cannot be set: {}", self.0)
    }
}

impl std::error::Error for Refused {}

/// The document as the bytes of a `.pdf` file. Where letters that join or stand on others cannot be set as the archive
/// wants them, such letters are printed as their numbers.
pub fn pdf(document: &Document) -> Result<Vec<u8>, Refused> {
    let faces = Faces::get();
    set(document, &|c| faces.print(c)).or_else(|_| set(document, &|c| stands_alone(c) && faces.print(c)))
}

/// Whether a character is always printed as one sign that no other changes: Latin letters, figures, marks and signs.
fn stands_alone(c: char) -> bool {
    matches!(c, '\0'..='\u{2ff}' | '\u{370}'..='\u{482}' | '\u{1e00}'..='\u{200a}' | '\u{2010}'..='\u{2027}' | '\u{202f}'..='\u{205e}' | '\u{2070}'..='\u{20cf}' | '\u{2100}'..='\u{2bff}')
}

fn set(document: &Document, printable: &dyn Fn(char) -> bool) -> Result<Vec<u8>, Refused> {
    let text = program(document, &Letters::new(printable));
    let desk = Desk { main: Source::detached(text), faces: Faces::get() };
    let pages = typst::compile::<PagedDocument>(&desk).output.map_err(|problems| refused(&problems))?;
    let standards = PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1])
        .map_err(|problem| Refused(problem.message().to_string()))?;
    let version = &document.version;
    let options = PdfOptions {
        ident: Smart::Custom(format!("{} {} {}", document.title, version.contract, version.source)),
        creator: Smart::Custom(Some(version.compiler.clone())),
        standards,
        ..PdfOptions::default()
    };
    typst_pdf::pdf(&pages, &options).map_err(|problems| refused(&problems))
}

fn refused(problems: &[SourceDiagnostic]) -> Refused {
    Refused(problems.iter().map(|problem| problem.message.to_string()).collect::<Vec<_>>().join("; "))
}

/// What is the same for every document: the fonts in this program, and what typst can do.
struct Faces {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
}

impl Faces {
    fn get() -> &'static Faces {
        static FACES: OnceLock<Faces> = OnceLock::new();
        FACES.get_or_init(|| {
            let fonts: Vec<Font> =
                typst_assets::fonts().flat_map(|data| Font::iter(Bytes::new(data))).collect();
            let features = [Feature::A11yExtras].into_iter().collect();
            Faces {
                library: LazyHash::new(Library::builder().with_features(features).build()),
                book: LazyHash::new(FontBook::from_fonts(&fonts)),
                fonts,
            }
        })
    }

    /// Whether a font has the character.
    fn print(&self, c: char) -> bool {
        self.fonts.iter().any(|font| font.info().coverage.contains(u32::from(c)))
    }
}

/// All that typst sees: the program of one document.
struct Desk {
    main: Source,
    faces: &'static Faces,
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &self.faces.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.faces.book
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main.id() { Ok(self.main.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, _: FileId) -> FileResult<Bytes> {
        Err(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.faces.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
