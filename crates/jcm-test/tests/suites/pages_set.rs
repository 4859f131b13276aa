//! The PDF of an example: the words of its document, on numbered pages, marked for the archive and for reading aloud.

use super::documents::{FROM, document, same as same_words, without_mathematics};
use super::extract;
use libtest_mimic::Failed;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

/// What a reader finds in a file that keeps the standards which it names.
const MARKS: [&str; 5] = [
    "<pdfaid:part>2</pdfaid:part>",
    "<pdfaid:conformance>A</pdfaid:conformance>",
    "<pdfuaid:part>1</pdfuaid:part>",
    "/MarkInfo",
    "/StructTreeRoot",
];

/// Nothing that is set as mathematics is smaller, in points: a formula that is wider than the page is broken instead.
const LEAST_FORMULA: i32 = 8;
/// How many times larger than it is a page is measured.
const ZOOM: i32 = 3;

/// Documents of no more pages are read tag by tag.
const SHORT: usize = 15;

/// Compares `contract.pdf` in the folder of an example with the Markdown of its document: the words in the order in
/// which they are read aloud. `reader` is `pdfinfo`, and `pdftotext` stands beside it.
pub(super) fn same(example: &str, pages: &Path, reader: &Path) -> Result<(), Failed> {
    let document = without_mathematics(document(example)?);
    let file = pages.join(example).join("contract.pdf");
    let bytes = std::fs::read(&file).map_err(|e| format!("{}: {e}", file.display()))?;
    if let Some(mark) = MARKS.iter().find(|mark| !bytes.windows(mark.len()).any(|own| own == mark.as_bytes()))
    {
        return Err(format!("the PDF does not say {mark}").into());
    }
    let output = |command: &mut Command| -> Result<String, Failed> {
        Ok(String::from_utf8(command.output()?.stdout)?)
    };
    let printed = output(Command::new(reader.with_file_name("pdftotext")).arg(&file).arg("-"))?;

    let sheets: Vec<&str> = printed.split('\u{c}').filter(|sheet| !sheet.trim().is_empty()).collect();
    for (number, sheet) in (1..).zip(&sheets) {
        for footer in [&format!("Page {number} of {}", sheets.len()), &document.version.source] {
            if !sheet.contains(footer) {
                return Err(format!("page {number} does not say “{footer}”").into());
            }
        }
    }
    let zoom = ZOOM.to_string();
    let fonts = output(
        Command::new(reader.with_file_name("pdftohtml"))
            .args(["-xml", "-i", "-stdout", "-fontfullname", "-zoom", &zoom])
            .arg(&file),
    )?;
    legible(&fonts)?;

    let expected = numbered_apart(extract::markdown_words(&jcm_doc::markdown(&document), FROM));
    // Reading the tags of a long document takes the reader minutes; the order of its words is held in the short ones.
    if sheets.len() > SHORT {
        return has_all(&expected, &numbered_apart(extract::words_of(&printed)));
    }
    let read_aloud = output(Command::new(reader).args(["-struct-text"]).arg(&file))?;
    let found = numbered_apart(extract::words_of(&structured(&read_aloud)));
    // Cover and contents come before; what follows them is compared.
    let start = found.len().checked_sub(expected.len());
    let start = start.ok_or_else(|| format!("the PDF has {} words of {}", found.len(), expected.len()))?;
    same_words("the PDF", &expected, found.get(start..).unwrap_or_default())
}

/// Every size in which a font of mathematics is used, as `pdftohtml` lists them, is large enough to be read on paper.
fn legible(fonts: &str) -> Result<(), Failed> {
    let field = |line: &str, name: &str| -> Option<String> {
        let (_, rest) = line.split_once(&format!("{name}=\""))?;
        rest.split_once('"').map(|(value, _)| value.to_owned())
    };
    for line in fonts.lines().filter(|line| line.contains("<fontspec")) {
        let (Some(family), Some(size)) = (field(line, "family"), field(line, "size")) else { continue };
        if !family.contains("Math") {
            continue;
        }
        let size: i32 = size.parse().map_err(|e| format!("{line}: {e}"))?;
        if size < LEAST_FORMULA * ZOOM {
            let points = size / ZOOM;
            return Err(format!("a formula is set in {points} points, and not in {LEAST_FORMULA}").into());
        }
    }
    Ok(())
}

/// The words without the numbers of formulas, which stand beside them.
fn numbered_apart(words: Vec<String>) -> Vec<String> {
    let is_number = |word: &str| {
        let inner = word.strip_prefix('(').and_then(|word| word.strip_suffix(')'));
        inner.is_some_and(|inner| !inner.is_empty() && inner.chars().all(|c| c.is_ascii_digit()))
    };
    words.into_iter().filter(|word| !is_number(word)).collect()
}

/// Every word is there as often as it should be, or more often: contents and formulas have words of their own.
fn has_all(expected: &[String], found: &[String]) -> Result<(), Failed> {
    let mut wanted: BTreeMap<&str, usize> = BTreeMap::new();
    for word in expected.iter().filter(|word| word.contains(char::is_alphanumeric)) {
        *wanted.entry(word).or_default() += 1;
    }
    let mut there: BTreeMap<&str, usize> = BTreeMap::new();
    found.iter().for_each(|word| *there.entry(word).or_default() += 1);
    let all = squeezed(&found.concat());
    for (word, count) in wanted {
        // A line may end at a hyphen, and the reader then joins what stands on both sides of it, or parts it; between
        // the parts may even stand the next column of a table.
        let mut times = there.get(word).copied().unwrap_or_default();
        if times < count {
            let parts = word.split(['-', '/']).map(squeezed);
            times = parts.map(|part| all.matches(&part).count()).min().unwrap_or_default();
        }
        if times < count {
            return Err(format!("the PDF says “{word}” {times} times, its document {count} times").into());
        }
    }
    Ok(())
}

/// The letters and digits of a text, one after the other.
fn squeezed(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The text of a tree of tags as `pdfinfo` prints it: strings in quotes, under lines that name their tags. What stands
/// in formulas and drawings is left out: the one is compared on its own, and what the other shows is said below it.
fn structured(tree: &str) -> String {
    let mut text = String::new();
    let mut skipped: Option<usize> = None;
    for line in tree.lines() {
        let words = line.trim_start();
        let depth = line.len() - words.len();
        if skipped.is_some_and(|outer| depth > outer) {
            continue;
        }
        let is_drawn = words.starts_with("Formula") || words.starts_with("Figure");
        skipped = is_drawn.then_some(depth);
        if let Some(words) = words.strip_prefix('"').and_then(|line| line.strip_suffix('"')) {
            text.push_str(words);
        } else if !words.contains("(inline)") && !words.starts_with("Object ") && !words.starts_with('/') {
            text.push('\n');
        }
    }
    text
}
