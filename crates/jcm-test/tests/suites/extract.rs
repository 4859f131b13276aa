//! The words and places of a document, out of each format. Nothing here shares code with what wrote them.

#![expect(clippy::unwrap_used, reason = "tests stop at the first broken expectation")]
#![expect(clippy::indexing_slicing, clippy::string_slice, reason = "tests know the shape of what they read")]

use libtest_mimic::Failed;
use quick_xml::events::{BytesStart, Event};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read as _};

/// Words without what formats add to them: bullets, the stop after a number, the colon before a line to fill in, and
/// the line.
pub(crate) fn words_of(text: &str) -> Vec<String> {
    let bare = |word: &str| word.trim_end_matches(['.', ':']).trim_matches('_').to_owned();
    let words = text.trim_start_matches('\u{feff}').split_whitespace().filter(|word| *word != "•");
    words.map(bare).filter(|word| !word.is_empty()).collect()
}

/// The words of Markdown from a place to the rule before the last line.
pub(crate) fn markdown_words(text: &str, from: &str) -> Vec<String> {
    let text = text.split_once(&format!("<a id=\"{from}\">")).map_or(text, |(_, rest)| rest);
    let text = text.rsplit_once("\n---\n").map_or(text, |(text, _)| text);
    let mut plain = String::new();
    for line in text.lines() {
        let is_rule = !line.is_empty() && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '));
        if !is_rule {
            markdown_line(line, &mut plain);
            plain.push('\n');
        }
    }
    words_of(&entities(&plain))
}

fn markdown_line(line: &str, plain: &mut String) {
    let line = line.trim_start_matches('#').trim_start();
    let line = line.strip_prefix("- ").unwrap_or(line);
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        let mut width = c.len_utf8();
        match c {
            '\\' => {
                let next = rest[1..].chars().next();
                plain.extend(next);
                width += next.map_or(0, char::len_utf8);
            }
            '|' => plain.push(' '),
            '*' | '[' => {}
            '<' => width = rest.find('>').map_or(rest.len(), |end| end + 1),
            // What a link says stands in brackets, and where it leads in parentheses.
            ']' => width = rest.find(')').map_or(rest.len(), |end| end + 1),
            _ => plain.push(c),
        }
        rest = &rest[width..];
    }
}

/// The words of the page from a place to the footer.
pub(crate) fn html_words(text: &str, from: &str) -> Vec<String> {
    let text = text.split_once(&format!("id=\"{from}\"")).map_or(text, |(_, rest)| rest);
    let text = text.split_once('>').map_or(text, |(_, rest)| rest);
    let text = text.rsplit_once("<footer").map_or(text, |(text, _)| text);
    let mut plain = String::new();
    // What a drawing shows is said below it.
    let text = without(text, "<svg", "</svg>");
    let mut rest = text.as_str();
    while let Some((before, after)) = rest.split_once('<') {
        plain.push_str(before);
        let (tag, after) = after.split_once('>').unwrap_or((after, ""));
        let name: String =
            tag.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
        if !["a", "data", "strong", "dfn", "span"].contains(&name.as_str()) {
            plain.push(' ');
        }
        rest = after;
    }
    plain.push_str(rest);
    words_of(&entities(&plain))
}

/// A text without what stands between two marks.
fn without(text: &str, from: &str, to: &str) -> String {
    let mut pieces = text.split(from);
    let mut left = pieces.next().unwrap_or_default().to_owned();
    left.extend(pieces.filter_map(|piece| Some(piece.split_once(to)?.1)));
    left
}

/// The letters and figures of all that is set as mathematics, between two marks in the text of a format, sorted:
/// brackets and the signs of division are drawn there, and the order of cases is another.
pub(crate) fn mathematics(text: &str, from: &str, to: &str) -> Vec<String> {
    let set = text.split(from).skip(1).filter(|piece| piece.starts_with([' ', '>']));
    let set = set.filter_map(|piece| piece.split_once(to));
    let mut words = Vec::new();
    for (piece, _) in set {
        let piece = format!("<x{piece}");
        let bare: String =
            piece.split('<').map(|part| format!(" {}", part.split_once('>').map_or(part, |p| p.1))).collect();
        words.extend(letters(&entities(&bare)));
    }
    words.sort();
    words
}

/// The words of a text that are more than marks.
pub(crate) fn letters(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

fn entities(text: &str) -> String {
    let pairs =
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#58;", ":"), ("&#46;", "."), ("&#64;", "@")];
    let text = pairs.iter().fold(text.to_owned(), |text, (entity, mark)| text.replace(entity, mark));
    text.replace("&amp;", "&")
}

pub(crate) fn markdown_anchors(text: &str) -> BTreeSet<String> {
    between(text, "<a id=\"")
}

pub(crate) fn html_anchors(text: &str) -> BTreeSet<String> {
    let main = text.split_once("id=\"main\"").map_or(text, |(_, rest)| rest);
    between(main, " id=\"")
}

fn between(text: &str, mark: &str) -> BTreeSet<String> {
    text.split(mark).skip(1).filter_map(|rest| Some(rest.split_once('"')?.0.to_owned())).collect()
}

/// Which of the tracked changes of a document are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Changes {
    Accepted,
    Rejected,
}

impl Changes {
    /// The element of what is then no longer there.
    fn dropped(self) -> &'static str {
        match self {
            Changes::Accepted => "w:del",
            Changes::Rejected => "w:ins",
        }
    }
}

/// A Word document as a program reads it that counts lists by their rules.
pub(crate) struct Word {
    paragraphs: Vec<Paragraph>,
}

/// A paragraph: its number as it is counted, its text, its bookmarks, and the bookmarks that its fields show.
#[derive(Default)]
struct Paragraph {
    list: Option<(String, usize)>,
    number: String,
    text: String,
    bookmarks: Vec<String>,
    references: Vec<String>,
}

impl Word {
    pub(crate) fn of(bytes: &[u8]) -> Result<Word, Failed> {
        Word::with(bytes, Changes::Accepted)
    }

    /// The document with its tracked changes accepted or rejected.
    pub(crate) fn with(bytes: &[u8], changes: Changes) -> Result<Word, Failed> {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes))?;
        let mut part = |name: &str| -> Result<String, Failed> {
            let mut text = String::new();
            archive.by_name(name)?.read_to_string(&mut text)?;
            Ok(text)
        };
        let mut paragraphs = paragraphs(&part("word/document.xml")?, changes)?;
        Lists::of(&part("word/numbering.xml")?)?.number(&mut paragraphs);
        Ok(Word { paragraphs })
    }

    /// The text of a part of the document.
    pub(crate) fn part(bytes: &[u8], name: &str) -> Result<String, Failed> {
        let mut text = String::new();
        zip::ZipArchive::new(Cursor::new(bytes))?.by_name(name)?.read_to_string(&mut text)?;
        Ok(text)
    }

    /// The words from the paragraph of a bookmark to the end.
    pub(crate) fn words(&self, from: &str) -> Vec<String> {
        let begins = |paragraph: &&Paragraph| !paragraph.bookmarks.iter().any(|name| name == from);
        let texts = self.paragraphs.iter().skip_while(begins);
        words_of(&texts.map(|own| format!("{} {}\n", own.number, own.text)).collect::<String>())
    }

    pub(crate) fn bookmarks(&self) -> BTreeSet<String> {
        self.paragraphs.iter().flat_map(|paragraph| paragraph.bookmarks.iter().cloned()).collect()
    }

    pub(crate) fn references(&self) -> impl Iterator<Item = &str> {
        self.paragraphs.iter().flat_map(|paragraph| &paragraph.references).map(String::as_str)
    }
}

fn paragraphs(xml: &str, changes: Changes) -> Result<Vec<Paragraph>, Failed> {
    let mut reader = quick_xml::Reader::from_str(xml);
    let mut done = Vec::new();
    let (mut own, mut level, mut inside) = (Paragraph::default(), 0, String::new());
    // What is dropped: a run, the end of a paragraph (and here always the whole of it), a row.
    let (mut run_goes, mut paragraph_goes, mut row_goes, mut of_row) = (false, false, false, false);
    let dropped = changes.dropped();
    loop {
        match reader.read_event()? {
            Event::Eof => return Ok(done),
            Event::Empty(tag) if tag.name().as_ref() == dropped => match of_row {
                true => row_goes = true,
                false => paragraph_goes = true,
            },
            Event::Start(tag) if tag.name().as_ref() == dropped => run_goes = true,
            Event::End(tag) if tag.name().as_ref() == dropped => run_goes = false,
            Event::Start(tag) if tag.name().as_ref() == "w:tr" => row_goes = false,
            Event::End(tag) if tag.name().as_ref() == "w:tbl" => row_goes = false,
            Event::Start(tag) if tag.name().as_ref() == "w:trPr" => of_row = true,
            Event::End(tag) if tag.name().as_ref() == "w:trPr" => of_row = false,
            Event::Start(tag) | Event::Empty(tag) => {
                inside = tag.name().as_ref().to_owned();
                match inside.as_str() {
                    "w:p" => (own, paragraph_goes) = (Paragraph::default(), false),
                    "w:tab" | "w:br" if !run_goes => own.text.push(' '),
                    "w:ilvl" => level = value(&tag, "w:val").parse()?,
                    "w:numId" => own.list = Some((value(&tag, "w:val"), level)),
                    "w:bookmarkStart" => own.bookmarks.push(value(&tag, "w:name")),
                    "w:hyperlink" => own.references.push(value(&tag, "w:anchor")),
                    _ => {}
                }
            }
            Event::Text(text) if is_text(&inside) && !run_goes => own.text.push_str(&text),
            Event::Text(text) if inside == "w:instrText" => {
                let text = text.to_string();
                let mut words = text.split_whitespace();
                if matches!(words.next(), Some("REF" | "PAGEREF")) {
                    own.references.extend(words.next().map(str::to_owned));
                }
            }
            Event::GeneralRef(name) if is_text(&inside) && !run_goes => {
                own.text.push_str(&entities(&format!("&{};", &*name)));
            }
            Event::End(tag) if tag.name().as_ref() == "w:p" => {
                let paragraph = std::mem::take(&mut own);
                if !paragraph_goes && !row_goes {
                    done.push(paragraph);
                }
            }
            Event::End(_) => inside.clear(),
            _ => {}
        }
    }
}

fn is_text(element: &str) -> bool {
    matches!(element, "w:t" | "w:delText")
}

fn value(tag: &BytesStart<'_>, name: &str) -> String {
    let attributes = tag.attributes().flatten();
    let mut of_name = attributes.filter(|attribute| attribute.key.as_ref() == name);
    of_name.next().map(|own| own.value.to_string()).unwrap_or_default()
}

/// The lists of a document: how each level is written, and where instances begin.
#[derive(Default)]
struct Lists {
    /// By abstract list: format and text of each level.
    levels: BTreeMap<String, Vec<(String, String)>>,
    /// By instance: its abstract list, and where its levels begin again.
    instances: BTreeMap<String, (String, BTreeMap<usize, u32>)>,
}

impl Lists {
    fn of(xml: &str) -> Result<Lists, Failed> {
        let mut reader = quick_xml::Reader::from_str(xml);
        let mut lists = Lists::default();
        let (mut list, mut instance, mut level) = (String::new(), String::new(), 0);
        loop {
            let tag = match reader.read_event()? {
                Event::Eof => return Ok(lists),
                Event::Start(tag) | Event::Empty(tag) => tag,
                _ => continue,
            };
            let of = value(&tag, "w:val");
            match tag.name().as_ref() {
                "w:abstractNum" => list = value(&tag, "w:abstractNumId"),
                "w:lvl" => {
                    lists.levels.entry(list.clone()).or_default().push((String::new(), String::new()));
                }
                "w:numFmt" => lists.last_level(&list).0 = of,
                "w:lvlText" => lists.last_level(&list).1 = of,
                "w:num" => instance = value(&tag, "w:numId"),
                "w:abstractNumId" => {
                    lists.instances.insert(instance.clone(), (of, BTreeMap::new()));
                }
                "w:lvlOverride" => level = value(&tag, "w:ilvl").parse()?,
                "w:startOverride" => {
                    let starts = lists.instances.get_mut(&instance).ok_or("an instance of no list")?;
                    starts.1.insert(level, of.parse()?);
                }
                _ => {}
            }
        }
    }

    fn last_level(&mut self, list: &str) -> &mut (String, String) {
        let levels = self.levels.entry(list.to_owned()).or_default();
        if levels.is_empty() {
            levels.push((String::new(), String::new()));
        }
        levels.last_mut().unwrap()
    }

    /// Counts: an instance that says where it begins does so the first time that it is used; a level begins again
    /// after a higher one.
    fn number(&self, paragraphs: &mut [Paragraph]) {
        let mut counts: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
        let mut used = BTreeSet::new();
        for paragraph in paragraphs {
            let Some((instance, level)) = &paragraph.list else { continue };
            let Some((list, starts)) = self.instances.get(instance) else { continue };
            let Some(levels) = self.levels.get(list) else { continue };
            let counts = counts.entry(list).or_insert_with(|| vec![0; levels.len()]);
            if used.insert(instance.clone()) {
                for (level, start) in starts {
                    counts[*level] = start - 1;
                }
            }
            counts[*level] += 1;
            counts[level + 1..].fill(0);
            let mut number = levels[*level].1.clone();
            for (place, count) in counts.iter().enumerate() {
                let count = (*count).max(1);
                let shown = match levels[place].0.as_str() {
                    "upperLetter" => char::from(b'A' + u8::try_from(count - 1).unwrap()).to_string(),
                    "lowerLetter" => char::from(b'a' + u8::try_from(count - 1).unwrap()).to_string(),
                    _ => count.to_string(),
                };
                number = number.replace(&format!("%{}", place + 1), &shown);
            }
            paragraph.number = number;
        }
    }
}
