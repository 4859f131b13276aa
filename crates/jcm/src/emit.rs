//! What is made from a checked contract.

use crate::problems::target_refuses;
use crate::{COMPILER, Diagnostic, compute};
use jcm_calculus::Settlement;
use jcm_doc::{Computed, Document, Edition, Scenario};
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
    /// The contract for people, as a PDF.
    Pdf,
    /// The settlement specification.
    Settlement,
}

impl Target {
    /// Every target, in the order in which they are built.
    pub const ALL: [Target; 5] =
        [Target::Markdown, Target::Html, Target::Docx, Target::Pdf, Target::Settlement];

    /// What the file is called.
    pub fn file_name(self) -> &'static str {
        match self {
            Target::Markdown => "contract.md",
            Target::Html => "contract.html",
            Target::Docx => "contract.docx",
            Target::Pdf => "contract.pdf",
            Target::Settlement => "settlement.json",
        }
    }

    /// Whether this build of the compiler can make it: see [`NO_PDF`].
    pub fn is_there(self) -> bool {
        self != Target::Pdf || DocumentFormat::Pdf.is_there()
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

/// Makes every target that this build can make from one program: the same sources give the same bytes. What a target
/// cannot say is a problem.
pub fn emit(program: &Program, settlement: &Settlement) -> Result<Vec<Artefact>, Vec<Diagnostic>> {
    emit_with(program, settlement, Vec::new())
}

/// The same with what simulations of the contract came to.
pub fn emit_with(
    program: &Program,
    settlement: &Settlement,
    scenarios: Vec<Scenario>,
) -> Result<Vec<Artefact>, Vec<Diagnostic>> {
    let computed = Computed { scenarios, ..compute(program, settlement) };
    let document = jcm_doc::document(program, &computed, &edition());
    let mut made = Vec::new();
    let mut refused = Vec::new();
    for target in Target::ALL.into_iter().filter(|target| target.is_there()) {
        let bytes = match target {
            Target::Markdown => rendered(&document, DocumentFormat::Markdown),
            Target::Html => rendered(&document, DocumentFormat::Html),
            Target::Docx => rendered(&document, DocumentFormat::Docx),
            Target::Pdf => rendered(&document, DocumentFormat::Pdf),
            Target::Settlement => jcm_spec::write(settlement, COMPILER)
                .map(String::into_bytes)
                .map_err(|reason| reason.to_string()),
        };
        match bytes {
            Ok(bytes) => made.push(Artefact { target, bytes }),
            Err(reason) => refused.push(target_refuses(program, target, &reason)),
        }
    }
    if refused.is_empty() { Ok(made) } else { Err(refused) }
}

/// The contract for people, before it becomes a file of any sort.
pub fn document(program: &Program, settlement: &Settlement) -> Document {
    jcm_doc::document(program, &compute(program, settlement), &edition())
}

/// What the contract means for one partner, in two pages; `None` if it has no such partner.
pub fn document_for(program: &Program, settlement: &Settlement, partner: PartnerId) -> Option<Document> {
    jcm_doc::for_partner(program, &compute(program, settlement), &edition(), partner)
}

/// The contract in plain words, for the people whom it is for.
pub fn document_in_plain_words(program: &Program) -> Document {
    jcm_doc::plain_words(program, &edition())
}

fn edition() -> Edition {
    Edition { compiler: COMPILER.to_owned() }
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
    /// A PDF, `.pdf`.
    Pdf,
}

/// Why there is no PDF, where the compiler was built without it, and how to get it.
pub const NO_PDF: &str = "this jcm was built without PDF; `cargo install --path crates/jcm-cli --features pdf`, in the \
                          folder of its sources, installs one that makes it";

impl DocumentFormat {
    /// Every format.
    pub const ALL: [DocumentFormat; 4] =
        [DocumentFormat::Markdown, DocumentFormat::Html, DocumentFormat::Docx, DocumentFormat::Pdf];

    /// The formats that this build of the compiler can make.
    pub fn there() -> impl Iterator<Item = DocumentFormat> {
        Self::ALL.into_iter().filter(|format| format.is_there())
    }

    /// Whether this build of the compiler can make it: see [`NO_PDF`].
    pub fn is_there(self) -> bool {
        self != DocumentFormat::Pdf || cfg!(feature = "pdf")
    }

    /// What the names of its files end in, without the stop.
    pub fn extension(self) -> &'static str {
        match self {
            DocumentFormat::Markdown => "md",
            DocumentFormat::Html => "html",
            DocumentFormat::Docx => "docx",
            DocumentFormat::Pdf => "pdf",
        }
    }
}

/// A document as a file, or why it cannot be one.
pub fn rendered(document: &Document, format: DocumentFormat) -> Result<Vec<u8>, String> {
    match format {
        DocumentFormat::Markdown => Ok(jcm_doc::markdown(document).into_bytes()),
        DocumentFormat::Html => Ok(jcm_doc::html(document).into_bytes()),
        DocumentFormat::Docx => jcm_docx::docx(document).map_err(|reason| reason.to_string()),
        #[cfg(feature = "pdf")]
        DocumentFormat::Pdf => jcm_pdf::pdf(document).map_err(|reason| reason.to_string()),
        #[cfg(not(feature = "pdf"))]
        DocumentFormat::Pdf => Err(NO_PDF.to_owned()),
    }
}

/// Whether a file is one that [`emit`] made, so that it may be made again in its place.
pub fn made_by_jcm(bytes: &[u8]) -> bool {
    // Every target names its maker near its beginning, but for a PDF and a reading, which do near their end.
    const WITHIN: usize = 65_536;
    let first = bytes.get(..WITHIN).unwrap_or(bytes);
    let last = bytes.get(bytes.len().saturating_sub(WITHIN)..).unwrap_or(bytes);
    let holds = |mark: &[u8]| {
        [first, last].into_iter().any(|part| part.windows(mark.len()).any(|window| window == mark))
    };
    MARKS.iter().any(|mark| holds(mark.as_bytes())) || is_of_runs(first) || holds(MADE_HERE)
}

/// Whether a text is what a simulation says: its second line begins with a number of runs and ends with the seed.
fn is_of_runs(text: &[u8]) -> bool {
    let line = text.split(|byte| *byte == b'\n').nth(1).and_then(|line| std::str::from_utf8(line).ok());
    line.and_then(|line| line.split_once(" runs ")).is_some_and(|(count, rest)| {
        let seed = rest.rsplit_once(", seed ").map(|(_, seed)| seed);
        count.chars().all(|c| c.is_ascii_digit() || c == ',')
            && seed.is_some_and(|seed| seed.parse::<u64>().is_ok())
    })
}

/// The maker in the end of a Parquet file, behind its length.
const MADE_HERE: &[u8] = b"\x03jcm";

/// What marks each target as made here: a row of the Markdown, the generator of the page, the maker of the Word
/// document, the tool of the PDF, the kind of the JSON, the remark in a diagram, the header of a journal and of a list of cases,
/// the last line of the Markdown of a reading.
const MARKS: [&str; 14] = [
    "| Made by | jcm ",
    "\nMade from the source ",
    "<meta name=\"generator\" content=\"jcm ",
    "<Application>jcm ",
    "<xmp:CreatorTool>jcm ",
    "\"jcm\": \"settlement\"",
    "Made by jcm ",
    "\"jcm\": \"statement\"",
    "payer,payee,amount,currency,due,clause,period,case,reference",
    "period of the settlement,case of the settlement,",
    "contract,place,what,period,statistic,figure\n",
    ",what,statistic,figure\n",
    "{\n\"version\": 1,\n\"simulation\": ",
    "{\n\"version\": 1,\n\"sweep\": ",
];
