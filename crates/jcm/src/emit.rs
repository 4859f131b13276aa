//! What is made from a checked contract.

use crate::problems::target_refuses;
use crate::{COMPILER, Diagnostic, compute};
use jcm_calculus::Settlement;
use jcm_doc::{Document, Edition};
use jcm_model::{PartnerId, Program};

/// Something that a contract is made into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// The contract for people, as Markdown.
    Markdown,
    /// The contract for people, as one HTML page.
    Html,
    /// The contract for people, as a Word document.
    Docx,
    /// The settlement specification.
    Settlement,
}

impl Target {
    /// Every target, in the order in which they are built.
    pub const ALL: [Target; 4] = [Target::Markdown, Target::Html, Target::Docx, Target::Settlement];

    /// What the file is called.
    pub fn file_name(self) -> &'static str {
        match self {
            Target::Markdown => "contract.md",
            Target::Html => "contract.html",
            Target::Docx => "contract.docx",
            Target::Settlement => "settlement.json",
        }
    }
}

/// A file to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Artefact {
    /// What it is.
    pub target: Target,
    /// The whole file.
    pub bytes: Vec<u8>,
}

/// Makes every target from one program: the same sources give the same bytes. What a target cannot say is a problem.
pub fn emit(program: &Program, settlement: &Settlement) -> Result<Vec<Artefact>, Vec<Diagnostic>> {
    let document = document(program, settlement);
    let mut made = Vec::new();
    let mut refused = Vec::new();
    for target in Target::ALL {
        let bytes = match target {
            Target::Markdown => rendered(&document, DocumentFormat::Markdown),
            Target::Html => rendered(&document, DocumentFormat::Html),
            Target::Docx => rendered(&document, DocumentFormat::Docx),
            Target::Settlement => jcm_spec::write(settlement, COMPILER)
                .map(String::into_bytes)
                .map_err(|reason| reason.to_string()),
        };
        match bytes {
            Ok(bytes) => made.push(Artefact { target, bytes }),
            Err(reason) => refused.push(target_refuses(program, target.file_name(), &reason)),
        }
    }
    if refused.is_empty() { Ok(made) } else { Err(refused) }
}

/// The contract for people, before it becomes a file of any sort.
pub fn document(program: &Program, settlement: &Settlement) -> Document {
    let edition = Edition { compiler: COMPILER.to_owned() };
    jcm_doc::document(program, &compute(program, settlement), &edition)
}

/// What the contract means for one partner, in two pages; `None` if it has no such partner.
pub fn document_for(program: &Program, settlement: &Settlement, partner: PartnerId) -> Option<Document> {
    let edition = Edition { compiler: COMPILER.to_owned() };
    jcm_doc::for_partner(program, &compute(program, settlement), &edition, partner)
}

/// The contract in plain words, for the people whom it is for.
pub fn document_in_plain_words(program: &Program) -> Document {
    jcm_doc::plain_words(program, &Edition { compiler: COMPILER.to_owned() })
}

/// What a document can be made into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DocumentFormat {
    /// Markdown, `.md`.
    Markdown,
    /// One HTML page, `.html`.
    Html,
    /// A Word document, `.docx`.
    Docx,
}

impl DocumentFormat {
    /// Every format.
    pub const ALL: [DocumentFormat; 3] =
        [DocumentFormat::Markdown, DocumentFormat::Html, DocumentFormat::Docx];

    /// What the names of its files end in, without the stop.
    pub fn extension(self) -> &'static str {
        match self {
            DocumentFormat::Markdown => "md",
            DocumentFormat::Html => "html",
            DocumentFormat::Docx => "docx",
        }
    }
}

/// A document as a file, or why it cannot be one.
pub fn rendered(document: &Document, format: DocumentFormat) -> Result<Vec<u8>, String> {
    match format {
        DocumentFormat::Markdown => Ok(jcm_doc::markdown(document).into_bytes()),
        DocumentFormat::Html => Ok(jcm_doc::html(document).into_bytes()),
        DocumentFormat::Docx => jcm_docx::docx(document).map_err(|reason| reason.to_string()),
    }
}

/// Whether a file is one that [`emit`] made, so that it may be made again in its place.
pub fn made_by_jcm(bytes: &[u8]) -> bool {
    // Every target names its maker near its beginning.
    const WITHIN: usize = 65_536;
    let start = bytes.get(..WITHIN).unwrap_or(bytes);
    let holds = |mark: &[u8]| start.windows(mark.len()).any(|window| window == mark);
    MARKS.iter().any(|mark| holds(mark.as_bytes()))
}

/// What marks each target as made here: a row of the Markdown, the generator of the page, the maker of the Word
/// document, the kind of the JSON, the remark in a diagram.
const MARKS: [&str; 5] = [
    "| Made by | jcm ",
    "<meta name=\"generator\" content=\"jcm ",
    "<Application>jcm ",
    "\"jcm\": \"settlement\"",
    "Made by jcm ",
];
