//! Titles and texts that could break a document or run as code: in every format it stays whole, and no figure changes.

use super::{documents, extract};
use jcm_doc::{Block, Document, Inline, Text};
use jcm_model::Program;
use libtest_mimic::{Failed, Trial};
use quick_xml::events::Event;

/// `(what it is, the text)`.
const TEXTS: [(&str, &str); 11] = [
    ("a tag", "<script>alert(1)</script></td></w:t><!--"),
    ("an ampersand", "A & B &amp; &lt; &#0; ]]>"),
    ("a bar", "a | b || c \\| d"),
    ("stars", "*a* **b** ***"),
    ("a backtick", "`a` ``` b"),
    ("a hash", "# a\n## b\n- c\n1. d"),
    ("a dollar", "$x$ $$y$$ #let z = 1"),
    ("right to left", "\u{202E}esrever\u{202C} \u{5E9}\u{5DC}\u{5D5}\u{5DD} \u{200F}\u{2067}x"),
    ("emoji", "\u{1F469}\u{200D}\u{2695}\u{FE0F} \u{1F1EC}\u{1F1E7} \u{1F44D}\u{1F3FD}"),
    ("control characters", "a\u{0}b\u{7}c\u{1B}[31md\u{7F}e\u{9B}f\u{B}g\u{FFFF}h"),
    ("quotation marks", "\"a\" onload='b' \u{201C}c\u{201D} \\"),
];

pub(crate) fn trials() -> Vec<Trial> {
    let long = "long word and ".repeat(720) + &"x".repeat(500);
    let texts = TEXTS.iter().map(|(what, text)| (*what, (*text).to_owned()));
    let texts = texts.chain([("10,000 characters", long)]);
    texts
        .map(|(what, text)| Trial::test(format!("unsafe texts/{what}"), move || stays_whole(&text)))
        .collect()
}

fn stays_whole(text: &str) -> Result<(), Failed> {
    let (harmless, harmful) = (made("Harmless")?, made(text)?);
    if figures(&harmless) != figures(&harmful) {
        return Err("a figure is another one".into());
    }
    let markdown = jcm_doc::markdown(&harmful);
    same_cells(&jcm_doc::markdown(&harmless), &markdown)?;
    let html = jcm_doc::html(&harmful);
    for (what, page) in [("Markdown", &markdown), ("HTML", &html)] {
        if let Some(c) = page.chars().find(|c| c.is_control() && *c != '\n') {
            return Err(format!("{what} has the control character U+{:04X}", u32::from(c)).into());
        }
    }
    let (before, after) = (elements(&as_xml(&jcm_doc::html(&harmless)))?, elements(&as_xml(&html))?);
    if let Some(name) = after.iter().find(|name| !before.contains(name)) {
        return Err(format!("the text has become an element <{name}>").into());
    }
    // Long texts are broken into more drawings, so the tables are what is compared one by one.
    let tables = |names: Vec<String>| -> Vec<String> {
        names.into_iter().filter(|name| matches!(name.as_str(), "table" | "tr" | "th" | "td")).collect()
    };
    documents::same("the tables of the page", &tables(before), &tables(after))?;
    let bytes = jcm_docx::docx(&harmful)?;
    for part in ["word/document.xml", "word/header1.xml", "word/footer1.xml", "docProps/core.xml"] {
        let xml = extract::Word::part(&bytes, part)?;
        elements(&xml).map_err(|e| format!("{part}: {e:?}"))?;
        if xml.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
            return Err(format!("{part} has a control character").into());
        }
    }
    // The three say the same words.
    let bare = documents::without_mathematics(harmful);
    let expected = extract::html_words(&jcm_doc::html(&bare), documents::FROM);
    let word = extract::Word::of(&jcm_docx::docx(&bare)?)?;
    documents::same("Word", &expected, &word.words(documents::FROM))
}

/// The example with the text in the titles and descriptions of most things.
fn made(text: &str) -> Result<Document, Failed> {
    documents::document_with("stour-valley", |program| put(program, text))
}

fn put(program: &mut Program, text: &str) {
    let titled = |head: &mut jcm_model::Head| {
        head.title = format!("{text} {}", head.name.replace('_', " "));
        head.doc = text.to_owned();
    };
    titled(&mut program.contract.head);
    program.partners.iter_mut().for_each(|x| titled(&mut x.head));
    program.outcomes.iter_mut().for_each(|x| titled(&mut x.head));
    program.measures.iter_mut().for_each(|x| {
        titled(&mut x.head);
        x.numerator = text.to_owned();
        x.source = text.to_owned();
    });
    program.parameters.iter_mut().for_each(|x| {
        titled(&mut x.head);
        x.source = text.to_owned();
    });
    program.incentives.iter_mut().for_each(|x| titled(&mut x.head));
    program.lines.iter_mut().for_each(|x| titled(&mut x.head));
    program.clauses.iter_mut().for_each(|x| titled(&mut x.head));
    program.examples.iter_mut().for_each(|x| titled(&mut x.head));
    program.open_terms.iter_mut().for_each(|x| {
        titled(&mut x.head);
        x.owner = text.to_owned();
        x.method = text.to_owned();
    });
}

/// Every figure with its exact value, in order.
fn figures(document: &Document) -> Vec<(String, String)> {
    fn of_text(text: &Text, found: &mut Vec<(String, String)>) {
        for inline in text {
            match inline {
                Inline::Figure(figure) => found.push((figure.text.clone(), figure.value.clone())),
                Inline::Revised(_, text) => of_text(text, found),
                _ => {}
            }
        }
    }
    fn of_blocks(blocks: &[Block], found: &mut Vec<(String, String)>) {
        for block in blocks {
            match block {
                Block::Section(section) => of_blocks(&section.blocks, found),
                Block::Paragraph(text) | Block::Numbered { text, .. } => of_text(text, found),
                Block::List(items) => items.iter().for_each(|text| of_text(text, found)),
                Block::Table(table) => {
                    table.rows.iter().flat_map(|row| &row.cells).for_each(|text| of_text(text, found));
                }
                _ => {}
            }
        }
    }
    let mut found = Vec::new();
    of_blocks(&document.blocks, &mut found);
    found
}

/// Every row of every table has the cells that it has with a harmless text.
fn same_cells(harmless: &str, harmful: &str) -> Result<(), Failed> {
    let cells = |text: &str| -> Vec<usize> {
        let rows = text.lines().filter(|line| line.starts_with('|'));
        rows.map(|row| row.replace("\\\\", "").replace("\\|", "").matches('|').count()).collect()
    };
    let (expected, found) = (cells(harmless), cells(harmful));
    if expected.len() < 100 || expected != found {
        let (rows, wanted) = (found.len(), expected.len());
        return Err(format!("the tables of Markdown have {rows} rows, not {wanted}, or other cells").into());
    }
    Ok(())
}

/// The page without the elements that HTML leaves open.
fn as_xml(page: &str) -> String {
    let mut rest = page.replace("<!DOCTYPE html>", "");
    while let Some((before, after)) = rest.split_once("<meta ") {
        rest = format!("{before}{}", after.split_once('>').map_or("", |(_, after)| after));
    }
    rest
}

/// The names of the elements in order, by a parser that is not ours; an error where they do not fit. Drawings and
/// mathematics break long names into lines of their own, so what is in them is read and not named.
fn elements(xml: &str) -> Result<Vec<String>, Failed> {
    let mut reader = quick_xml::Reader::from_str(xml);
    let (mut names, mut drawn) = (Vec::new(), 0u32);
    let is_drawn = |name: &str| matches!(name, "svg" | "math");
    loop {
        let event = reader.read_event()?;
        match &event {
            Event::Start(tag) | Event::Empty(tag) => {
                for attribute in tag.attributes() {
                    attribute?;
                }
                let name = tag.name().as_ref().to_owned();
                if is_drawn(&name) && matches!(event, Event::Start(_)) {
                    drawn += 1;
                }
                if drawn == 0 {
                    names.push(name);
                }
            }
            Event::End(tag) if is_drawn(tag.name().as_ref()) => drawn -= 1,
            Event::Eof => return Ok(names),
            _ => {}
        }
    }
}
