//! The examples' contracts in every format: Markdown, HTML and Word say the same words under the same numbers, and
//! have the same places. With `JCM_SOFFICE` naming LibreOffice, that program reads the Word document too. With
//! `JCM_PAGES` naming a folder with the PDF of each example, and `JCM_PDFINFO` a program that reads them, so does it.

use super::extract::{self, words_of};
use super::files;
use jcm_doc::{Block, Document};
use libtest_mimic::{Failed, Trial};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The first place after the table of contents; from there on the formats are compared.
pub(super) const FROM: &str = "parties";

pub(crate) fn trials() -> Vec<Trial> {
    let mut examples: Vec<String> = files::under("examples", "jcm")
        .into_iter()
        .filter_map(|(name, _)| Some(name.split_once('/')?.0.to_owned()))
        .collect();
    examples.dedup();
    // A folder of folders is no example.
    examples.retain(|name| files::path(&format!("examples/{name}/contract.jcm")).is_file());
    let office = std::env::var_os("JCM_SOFFICE").map(PathBuf::from);
    let path = |name: &str| std::env::var_os(name).map(PathBuf::from);
    let pages = path("JCM_PAGES").zip(path("JCM_PDFINFO"));
    let mut trials = Vec::new();
    for example in examples {
        let name = example.clone();
        trials.push(Trial::test(format!("documents/{example}"), move || same_in_every_format(&name)));
        let name = example.clone();
        let title = format!("documents/{example} says no name of the source");
        trials.push(Trial::test(title, move || no_names(&name)));
        if let Some(office) = office.clone() {
            let (name, with) = (example.clone(), office.clone());
            let title = format!("documents/{example} for each partner in two pages");
            trials.push(Trial::test(title, move || super::reading_pages::two_at_most(&name, &with)));
            let title = format!("documents/{example} in LibreOffice");
            let example = example.clone();
            trials.push(Trial::test(title, move || same_in_office(&example, &office)));
        }
        if let Some((pages, reader)) = pages.clone() {
            let title = format!("documents/{example} as PDF");
            trials.push(Trial::test(title, move || super::pages_set::same(&example, &pages, &reader)));
        }
    }
    trials.extend(super::redlines::trials(office.as_deref()));
    trials.push(Trial::test("documents/the flagship has its schedules in order", schedules));
    trials
}

/// Without a sub-contract and without a simulation there is no Schedule 7 and no Schedule 13.
fn schedules() -> Result<(), Failed> {
    let entries = document("stour-valley")?.contents();
    let schedules: Vec<&str> = entries
        .iter()
        .filter(|entry| entry.level == 1)
        .filter_map(|entry| entry.number.strip_prefix("Schedule "))
        .collect();
    let expected = ["1", "2", "3", "4", "5", "6", "8", "9", "10", "11", "12"];
    if schedules == expected { Ok(()) } else { Err(format!("{schedules:?}").into()) }
}

pub(super) fn document(example: &str) -> Result<Document, Failed> {
    document_with(example, |_| ())
}

/// The document of an example whose checked program is changed first.
pub(super) fn document_with(
    example: &str,
    change: impl FnOnce(&mut jcm_model::Program),
) -> Result<Document, Failed> {
    let (mut program, settlement) = program(example)?;
    change(&mut program);
    Ok(jcm::document(&program, &settlement))
}

pub(super) type Settled = (jcm_model::Program, jcm::Settlement);

/// The checked program of an example, and what it settles.
pub(super) fn program(example: &str) -> Result<Settled, Failed> {
    let mut world: Option<jcm::InMemory> = None;
    let texts = files::under(&format!("examples/{example}"), "jcm");
    // The main module comes first: `contract` before the modules that it uses.
    let (main, others): (Vec<_>, Vec<_>) = texts.into_iter().partition(|(name, _)| name == "contract");
    for (name, path) in main.into_iter().chain(others) {
        let text = files::read(&path)?;
        world = Some(match world {
            None => jcm::InMemory::new("contract.jcm", &text),
            Some(world) => world.with(&name.replace('/', "."), &text),
        });
    }
    let checked = jcm::check(&world.ok_or("the example has no contract")?);
    let program = checked.program().ok_or_else(|| format!("{:#?}", checked.diagnostics))?;
    Ok((program.clone(), jcm::settlement(program, &checked.sources)))
}

/// Nobody who reads a contract meets a name of the source, which has underscores. What stands between quotation marks
/// in the source, such as a column of a file, stands in the contract as it was written.
fn no_names(example: &str) -> Result<(), Failed> {
    let (program, settlement) = program(example)?;
    let mut readings = vec![jcm::document(&program, &settlement), jcm::document_in_plain_words(&program)];
    for place in (0u32..).take(program.partners.len()) {
        readings.extend(jcm::document_for(&program, &settlement, jcm_model::PartnerId(place)));
    }
    let mut quoted = String::new();
    for (_, path) in files::under(&format!("examples/{example}"), "jcm") {
        quoted.extend(files::read(&path)?.split('"').skip(1).step_by(2).map(|text| format!(" {text}")));
    }
    for reading in &readings {
        let anchors = reading.anchors();
        let first = anchors.first().ok_or("a reading without a place")?;
        for word in extract::html_words(&jcm_doc::html(reading), first) {
            let inner = word.trim_matches(|c: char| !c.is_alphanumeric());
            if inner.contains('_') && !quoted.contains(inner) {
                return Err(format!("“{}” says “{word}”, a name of the source", reading.title).into());
            }
        }
    }
    Ok(())
}

/// The same without what is set as mathematics, which is compared on its own.
pub(super) fn without_mathematics(mut document: Document) -> Document {
    document.blocks = words_only(document.blocks);
    document
}

fn words_only(blocks: Vec<Block>) -> Vec<Block> {
    let bare = |block: Block| match block {
        Block::Equation(_) => None,
        // What a picture shows is text where there are no pictures.
        Block::Picture(picture) => {
            Some(Block::Picture(jcm_doc::Picture { description: String::new(), ..picture }))
        }
        Block::Section(section) => {
            Some(Block::Section(jcm_doc::Section { blocks: words_only(section.blocks), ..section }))
        }
        other => Some(other),
    };
    blocks.into_iter().filter_map(bare).collect()
}

/// Every formula of the document has the same words in each format.
fn same_mathematics(document: &Document) -> Result<(), Failed> {
    fn gather(blocks: &[Block], words: &mut Vec<String>) {
        for block in blocks {
            match block {
                Block::Section(section) => gather(&section.blocks, words),
                Block::Equation(equation) => words.extend(extract::letters(&equation.text())),
                _ => {}
            }
        }
    }
    let mut expected = Vec::new();
    gather(&document.blocks, &mut expected);
    expected.sort();
    let html = extract::mathematics(&jcm_doc::html(document), "<div class=\"equation\"", "</div>");
    same("mathematics in HTML", &expected, &html)?;
    let word = extract::Word::part(&jcm_docx::docx(document)?, "word/document.xml")?;
    let word = extract::mathematics(&word, "<m:oMath", "</m:oMath>");
    same("mathematics in Word", &expected, &word)
}

fn same_in_every_format(example: &str) -> Result<(), Failed> {
    let document = document(example)?;
    same_mathematics(&document)?;
    let document = without_mathematics(document);
    let (markdown, html) = (jcm_doc::markdown(&document), jcm_doc::html(&document));
    let word = extract::Word::of(&jcm_docx::docx(&document)?)?;

    let expected = extract::markdown_words(&markdown, FROM);
    if expected.len() < 200 {
        return Err(format!("only {} words were found after the contents", expected.len()).into());
    }
    same("HTML", &expected, &extract::html_words(&html, FROM))?;
    same("Word", &expected, &word.words(FROM))?;

    let places: BTreeSet<String> = document.anchors().iter().map(|&anchor| anchor.to_owned()).collect();
    let bookmarks: BTreeSet<String> = jcm_docx::bookmarks(&document).into_values().collect();
    if extract::markdown_anchors(&markdown) != places {
        return Err("Markdown has other places than the document".into());
    }
    if extract::html_anchors(&html) != places {
        return Err("HTML has other places than the document".into());
    }
    if word.bookmarks() != bookmarks || bookmarks.len() != places.len() {
        return Err("Word has other places than the document".into());
    }
    match word.references().find(|name| !bookmarks.contains(*name)) {
        Some(name) => {
            Err(format!("a field of the Word document refers to {name}, which it does not have").into())
        }
        None => Ok(()),
    }
}

/// LibreOffice counts the numbers and works out the fields itself; and keeps both when it saves the document.
fn same_in_office(example: &str, office: &Path) -> Result<(), Failed> {
    let document = document(example)?;
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("contract.docx");
    let bytes = jcm_docx::docx(&document)?;
    std::fs::write(&file, &bytes)?;
    let saved = folder.path().join("saved");
    convert(office, &file, "pdf", folder.path())?;
    convert(office, &file, "docx", &saved)?;
    let read = |path: PathBuf| std::fs::read(&path).map_err(|e| format!("{}: {e}", path.display()));

    let pdf = read(folder.path().join("contract.pdf"))?;
    let pages = pages(&pdf);
    if pages == 0 {
        return Err("LibreOffice makes no page of the document".into());
    }
    let (first, again) =
        (extract::Word::of(&bytes)?, extract::Word::of(&read(saved.join("contract.docx"))?)?);
    let lost = |what: &str, before: BTreeSet<String>, after: &BTreeSet<String>| -> Result<(), Failed> {
        match before.difference(after).next() {
            Some(lost) => {
                Err(format!("saved by LibreOffice, the document has lost the {what} {lost}").into())
            }
            None => Ok(()),
        }
    };
    lost("bookmark", first.bookmarks(), &again.bookmarks())?;
    let references = |word: &extract::Word| word.references().map(str::to_owned).collect();
    lost("reference", references(&first), &references(&again))?;

    // What LibreOffice writes as text leaves formulas out.
    let expected = extract::markdown_words(&jcm_doc::markdown(&without_mathematics(document)), FROM);
    for (what, file) in [("written", file), ("saved", saved.join("contract.docx"))] {
        convert(office, &file, "txt:Text (encoded):UTF8", &folder.path().join(what))?;
        let text = String::from_utf8(read(folder.path().join(what).join("contract.txt"))?)?;
        let found = words_of(&text);
        // Header, cover and contents come before; what follows them is compared.
        let start = found
            .len()
            .checked_sub(expected.len())
            .ok_or_else(|| format!("LibreOffice shows {} words of {}", found.len(), expected.len()))?;
        same(
            &format!("Word as LibreOffice shows it ({what})"),
            &expected,
            found.get(start..).unwrap_or_default(),
        )?;
    }
    Ok(())
}

/// How many pages a PDF has, by the objects that it says are pages.
pub(super) fn pages(pdf: &[u8]) -> usize {
    let mark = b"/Type/Page";
    let is_page = |window: &[u8]| window.starts_with(mark) && window.last() != Some(&b's');
    pdf.windows(mark.len() + 1).filter(|window| is_page(window)).count()
}

pub(super) fn convert(office: &Path, file: &Path, to: &str, folder: &Path) -> Result<(), Failed> {
    convert_all(office, &[file.to_owned()], to, folder)
}

/// The same of several files at once, for which LibreOffice starts once.
pub(super) fn convert_all(office: &Path, files: &[PathBuf], to: &str, folder: &Path) -> Result<(), Failed> {
    // A profile of its own, so that it neither waits for another LibreOffice nor changes its settings.
    let profile = tempfile::tempdir()?;
    let status = Command::new(office)
        .arg(format!("-env:UserInstallation=file://{}", profile.path().display()))
        .args(["--headless", "--convert-to", to, "--outdir"])
        .arg(folder)
        .args(files)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()?;
    if status.success() { Ok(()) } else { Err(format!("LibreOffice: {status}").into()) }
}

/// Compares two lists of words, and shows where they part.
pub(super) fn same(what: &str, expected: &[String], found: &[String]) -> Result<(), Failed> {
    if expected == found {
        return Ok(());
    }
    let at = expected.iter().zip(found).take_while(|(a, b)| a == b).count();
    let around =
        |words: &[String]| words.iter().skip(at.saturating_sub(8)).take(16).cloned().collect::<Vec<_>>();
    Err(format!(
        "{what} says other words at word {at}\n  expected: {}\n  found:    {}",
        around(expected).join(" "),
        around(found).join(" ")
    )
    .into())
}
