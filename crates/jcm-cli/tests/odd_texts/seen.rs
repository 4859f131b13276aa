//! What every output must be whatever the words are, read by parsers that are not ours.

use crate::made::Bench;
use libtest_mimic::Failed;
use quick_xml::events::Event;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read as _};

/// Compares an output with the one of harmless words.
pub(crate) fn same(name: &str, plain: &[u8], odd: &[u8]) -> Result<(), Failed> {
    if name.ends_with(".docx") {
        return word(plain, odd);
    }
    let (plain, odd) = (std::str::from_utf8(plain)?, std::str::from_utf8(odd)?);
    if let Some(c) = odd.chars().find(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
        return Err(format!("has the control character U+{:04X}", u32::from(c)).into());
    }
    match name.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "html" => page(plain, odd),
        "svg" => drawing(plain, odd),
        "csv" => table(plain, odd),
        "json" => json(plain, odd),
        "ics" => calendar(plain, odd),
        "md" => rows(plain, odd),
        "txt" | "dot" | "mmd" => amounts(plain, odd),
        other => Err(format!("nothing is known of files of the kind {other:?}").into()),
    }
}

fn equal<T: PartialEq + std::fmt::Debug>(what: &str, plain: &[T], odd: &[T]) -> Result<(), Failed> {
    if plain == odd {
        return Ok(());
    }
    let first = plain.iter().zip(odd).position(|(a, b)| a != b).unwrap_or_else(|| plain.len().min(odd.len()));
    let (a, b) = (plain.get(first), odd.get(first));
    Err(format!("{what}: {} and {}, number {first} is {a:?} and {b:?}", plain.len(), odd.len()).into())
}

/// What a page or a part of a document is made of.
#[derive(Default)]
struct Made {
    /// The elements outside drawings and mathematics, in order.
    elements: Vec<String>,
    /// Each element with each attribute that it has somewhere.
    attributes: BTreeSet<(String, String)>,
    /// Where links lead, but for places of the same page.
    links: BTreeSet<String>,
}

/// Reads XML; an error where an element is not closed or an attribute is not whole.
fn elements(xml: &str) -> Result<Made, Failed> {
    let mut reader = quick_xml::Reader::from_str(xml);
    let (mut made, mut drawn, mut depth) = (Made::default(), 0u32, 0u32);
    loop {
        let event = reader.read_event()?;
        match &event {
            Event::Start(tag) | Event::Empty(tag) => {
                let name = tag.name().as_ref().to_owned();
                for attribute in tag.attributes() {
                    let attribute = attribute?;
                    let key = attribute.key.as_ref().to_owned();
                    let value = attribute.value.to_string();
                    if matches!(key.as_str(), "href" | "xlink:href") && !value.starts_with('#') {
                        made.links.insert(value);
                    }
                    made.attributes.insert((name.clone(), key));
                }
                let opens = matches!(event, Event::Start(_));
                depth += u32::from(opens);
                let is_drawn = matches!(name.as_str(), "svg" | "math");
                drawn += u32::from(is_drawn && opens);
                if drawn == 0 {
                    made.elements.push(name);
                }
            }
            Event::End(tag) => {
                depth -= 1;
                drawn -= u32::from(matches!(tag.name().as_ref(), "svg" | "math"));
            }
            Event::Eof if depth == 0 => return Ok(made),
            Event::Eof => return Err("an element is not closed".into()),
            _ => {}
        }
    }
}

/// A page as XML: the elements that HTML leaves open are closed.
fn as_xml(page: &str) -> String {
    let mut out = String::new();
    let mut rest = page.strip_prefix("<!DOCTYPE html>").unwrap_or(page);
    while let Some((before, after)) = rest.split_once("<meta ") {
        let (meta, after) = after.split_once('>').unwrap_or((after, ""));
        out.push_str(&format!("{before}<meta {}/>", meta.trim_end_matches('/')));
        rest = after;
    }
    out + rest
}

/// No text has become an element, an attribute or a link; tables have the rows and cells that they have with others.
fn page(plain: &str, odd: &str) -> Result<(), Failed> {
    let (plain, odd) = (elements(&as_xml(plain))?, elements(&as_xml(odd))?);
    if let Some(name) =
        odd.elements.iter().find(|name| matches!(name.as_str(), "script" | "iframe" | "object"))
    {
        return Err(format!("has an element <{name}>").into());
    }
    if let Some(new) = odd.attributes.difference(&plain.attributes).next() {
        return Err(format!("a text has become the attribute {new:?}").into());
    }
    if let Some(link) = odd.links.iter().find(|link| link.contains(":") && !plain.links.contains(*link)) {
        return Err(format!("a text has become a link to {link}").into());
    }
    let cells = |made: Made| -> Vec<String> {
        let cell = |name: &String| matches!(name.as_str(), "table" | "tr" | "th" | "td");
        made.elements.into_iter().filter(cell).collect()
    };
    equal("tables", &cells(plain), &cells(odd))
}

fn drawing(plain: &str, odd: &str) -> Result<(), Failed> {
    let (plain, odd) = (elements(plain)?, elements(odd)?);
    let new = odd.attributes.difference(&plain.attributes).next();
    new.map_or(Ok(()), |new| Err(format!("a text has become {new:?}").into()))
}

/// Every part of a Word document is XML and has the elements, rows and cells that it has with other words.
fn word(plain: &[u8], odd: &[u8]) -> Result<(), Failed> {
    let (plain, odd) = (parts(plain)?, parts(odd)?);
    let names = |parts: &BTreeMap<String, String>| parts.keys().cloned().collect::<Vec<_>>();
    equal("parts", &names(&plain), &names(&odd))?;
    for (name, xml) in &odd {
        let made = elements(xml).map_err(|e| format!("{name}: {}", e.message().unwrap_or_default()))?;
        if xml.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
            return Err(format!("{name} has a control character").into());
        }
        let expected = elements(plain.get(name).map_or("", String::as_str))?;
        if let Some(new) = made.attributes.difference(&expected.attributes).next() {
            return Err(format!("{name}: a text has become {new:?}").into());
        }
        let cells = |made: Made| -> Vec<String> {
            let cell = |name: &String| matches!(name.as_str(), "w:tbl" | "w:tr" | "w:tc" | "w:fldSimple");
            made.elements.into_iter().filter(cell).collect()
        };
        equal(name, &cells(expected), &cells(made))?;
    }
    Ok(())
}

/// The parts that are XML, by name; a drawing's names hold its words, and are left out.
fn parts(bytes: &[u8]) -> Result<BTreeMap<String, String>, Failed> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes))?;
    let mut found = BTreeMap::new();
    for place in 0..archive.len() {
        let mut file = archive.by_index(place)?;
        let name = file.name()?.into_owned();
        if name.ends_with(".xml") || name.ends_with(".rels") {
            let mut text = String::new();
            file.read_to_string(&mut text)?;
            found.insert(name, text);
        }
    }
    Ok(found)
}

fn records(text: &str) -> Result<Vec<Vec<String>>, Failed> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let rows = reader.records().map(|row| Ok(row?.iter().map(str::to_owned).collect()));
    rows.collect()
}

/// Whether a cell is a figure, as a spreadsheet takes it.
fn is_figure(cell: &str) -> bool {
    let bare = cell.trim_start_matches('-').trim_start_matches('£').trim_end_matches('%').replace(',', "");
    bare.contains(|c: char| c.is_ascii_digit()) && bare.chars().all(|c| c.is_ascii_digit() || c == '.')
}

/// The rows and cells that it has with other words, the same figures in them, and nothing that a spreadsheet runs.
fn table(plain: &str, odd: &str) -> Result<(), Failed> {
    let (plain, odd) = (records(plain)?, records(odd)?);
    let widths = |rows: &[Vec<String>]| rows.iter().map(Vec::len).collect::<Vec<_>>();
    equal("cells of the rows", &widths(&plain), &widths(&odd))?;
    let figures = |rows: &[Vec<String>]| -> Vec<String> {
        rows.iter().flatten().map(|cell| if is_figure(cell) { cell.clone() } else { String::new() }).collect()
    };
    equal("figures", &figures(&plain), &figures(&odd))?;
    let run = |cell: &&String| cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) && !is_figure(cell);
    let found = odd.iter().flatten().find(run);
    found.map_or(Ok(()), |cell| Err(format!("a spreadsheet would run {cell:?}").into()))
}

/// Every figure of the value with its path.
fn numbers(path: &str, value: &Value, found: &mut Vec<(String, String)>) {
    match value {
        Value::Number(number) => found.push((path.to_owned(), number.to_string())),
        Value::String(text) if is_figure(text) => found.push((path.to_owned(), text.clone())),
        Value::Array(items) => {
            items
                .iter()
                .enumerate()
                .for_each(|(place, item)| numbers(&format!("{path}/{place}"), item, found));
        }
        Value::Object(fields) => {
            // Where a thing stands in the text depends on how long the words before it are.
            let fields =
                fields.iter().filter(|(name, _)| !matches!(name.as_str(), "column" | "offset" | "length"));
            fields.for_each(|(name, item)| numbers(&format!("{path}/{name}"), item, found));
        }
        _ => found.push((path.to_owned(), String::new())),
    }
}

fn json(plain: &str, odd: &str) -> Result<(), Failed> {
    let read = |text: &str| -> Result<Vec<(String, String)>, Failed> {
        let mut found = Vec::new();
        numbers("", &serde_json::from_str(text)?, &mut found);
        Ok(found)
    };
    equal("figures", &read(plain)?, &read(odd)?)
}

/// The same entries, and no line that is longer than calendars take or begins with anything but a property.
fn calendar(plain: &str, odd: &str) -> Result<(), Failed> {
    let properties = |text: &str| -> Vec<String> {
        let lines = text.split("\r\n").filter(|line| !line.starts_with(' '));
        lines.map(|line| line.split([':', ';']).next().unwrap_or_default().to_owned()).collect()
    };
    equal("properties", &properties(plain), &properties(odd))?;
    let long = odd.split("\r\n").find(|line| line.len() > 75);
    long.map_or(Ok(()), |line| Err(format!("a line has {} octets", line.len()).into()))
}

/// The same tables with the same cells.
fn rows(plain: &str, odd: &str) -> Result<(), Failed> {
    let cells = |text: &str| -> Vec<usize> {
        let rows = text.lines().filter(|line| line.starts_with('|'));
        rows.map(|row| row.replace("\\\\", "").replace("\\|", "").matches('|').count()).collect()
    };
    equal("cells of the rows", &cells(plain), &cells(odd))
}

/// The same amounts of money, in order.
fn amounts(plain: &str, odd: &str) -> Result<(), Failed> {
    let amounts = |text: &str| -> Vec<String> {
        let all = text.split('£').skip(1);
        let digits =
            |rest: &str| rest.chars().take_while(|c| c.is_ascii_digit() || matches!(c, ',' | '.')).collect();
        // The amount that one of the texts has is no amount of the contract.
        all.map(digits).filter(|amount: &String| amount.trim_end_matches(['.', ',']) != "5").collect()
    };
    equal("amounts", &amounts(plain), &amounts(odd))
}

/// Cases whose names come to the same name of a file have a statement each.
pub(crate) fn cases_with_one_name() -> Result<(), Failed> {
    let names = ["a/b", "a\\b", "a:b", "A B", "a b", "..", "CON", "con", "\u{5E9}", "\u{645}", "?", "*"];
    let rows = names.iter().map(|name| format!("\"{name}\",\"£119,193,600\",\"23,705\",84.5%,\"1,204\"\n"));
    let header = "alliance,actual cost,emergency admissions,reablement 91 days,falls referrals\n";
    let folder = tempfile::tempdir()?;
    let bench = Bench { folder: folder.path().to_owned() };
    bench.write("data.csv", &format!("{header}{}", rows.collect::<String>()))?;
    let contract = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/stour-valley");
    let contract = contract.to_string_lossy().into_owned();
    let settle = ["settle", &contract, "--data", "data.csv", "--period", "2027/28", "--statement", "made"];
    bench.run(&settle)?;
    let mut written: Vec<String> = Vec::new();
    for entry in folder.path().join("made").read_dir()? {
        written.push(entry?.file_name().to_string_lossy().into_owned());
    }
    for ending in ["json", "docx"] {
        let of_kind = written.iter().filter(|name| name.ends_with(&format!(".{ending}"))).count();
        if of_kind != names.len() {
            return Err(format!("{} cases have {of_kind} files .{ending}: {written:?}", names.len()).into());
        }
    }
    // Where a file system does not tell small letters from capital ones, each is still there.
    let folded: BTreeSet<String> = written.iter().map(|name| name.to_lowercase()).collect();
    let reserved = written.iter().find(|name| name.to_lowercase().starts_with("con."));
    if folded.len() != written.len() || reserved.is_some() {
        return Err(format!("names that fall together or are reserved: {written:?}").into());
    }
    Ok(())
}
