//! `tests/reference/clause-bank.md`: each heading of the agreements that people know has a clause of the library or a
//! part of the document, and each clause of the library that a heading names is there.

use super::files;
use libtest_mimic::{Failed, Trial};
use std::collections::{BTreeMap, BTreeSet};

const CLAUSES: &str = "stdlib/clauses";
const PAGE: &str = "tests/reference/clause-bank.md";

/// A clause or definition of the library, from its first line.
struct Entry {
    kind: String,
    title: String,
    covers: Vec<String>,
    variant: String,
}

pub(crate) fn trials() -> Vec<Trial> {
    vec![Trial::test("clause bank has a clause for each heading", headings)]
}

/// The rows of the table of every clause.
pub(crate) fn rows() -> Result<Vec<[String; 5]>, Failed> {
    let mut rows = Vec::new();
    let criteria = criteria()?;
    for (path, entry) in entries()? {
        if entry.kind != "clause" {
            continue;
        }
        let asked = entry.covers.iter().filter_map(|word| criteria.get(word)).flatten();
        let asked: BTreeSet<&str> = asked.map(String::as_str).collect();
        let asked: Vec<&str> = asked.into_iter().collect();
        rows.push([
            format!("`{path}`"),
            entry.title,
            entry.covers.join(", "),
            asked.join(", "),
            entry.variant,
        ]);
    }
    Ok(rows)
}

/// Every clause and definition by `file.name`, in order.
fn entries() -> Result<BTreeMap<String, Entry>, Failed> {
    let mut found = BTreeMap::new();
    for (module, path) in files::under(CLAUSES, "jcm") {
        let text = files::read(&path)?;
        for (start, _) in text.match_indices('\n') {
            let declaration = text.get(start + 1..).unwrap_or_default();
            if !(declaration.starts_with("clause ") || declaration.starts_with("definition ")) {
                continue;
            }
            let (opening, _) = declaration.split_once('{').ok_or("a clause without a brace")?;
            let (kind, rest) = opening.split_once(' ').ok_or("a clause without a name")?;
            let mut quoted = rest.split('"');
            let name = quoted.next().unwrap_or_default().trim();
            let title = quoted.next().unwrap_or_default();
            let after = quoted.next().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
            let (place, variant) = after.split_once(" when ").unwrap_or((&after, ""));
            let covers = place.split_once("covers ").map_or("", |(_, covers)| covers);
            let entry = Entry {
                kind: kind.to_owned(),
                title: title.to_owned(),
                covers: covers.split(", ").filter(|word| !word.is_empty()).map(str::to_owned).collect(),
                variant: variant.to_owned(),
            };
            found.insert(format!("{module}.{name}"), entry);
        }
    }
    Ok(found)
}

/// Which criteria ask for what a clause covers.
fn criteria() -> Result<BTreeMap<String, Vec<String>>, Failed> {
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for folder in ["stdlib/model", "stdlib/profile"] {
        for (_, path) in files::under(folder, "jcm") {
            for declaration in files::read(&path)?.split("\ncriterion ").skip(1) {
                let name = declaration.split(' ').next().unwrap_or_default();
                for asked in declaration.split("covers includes ").skip(1) {
                    let word = asked.split(|c: char| !(c.is_alphanumeric() || c == '_')).next();
                    found.entry(word.unwrap_or_default().to_owned()).or_default().push(name.to_owned());
                }
            }
        }
    }
    Ok(found)
}

fn headings() -> Result<(), Failed> {
    let entries = entries()?;
    let page = files::read(&files::path(PAGE))?;
    let by_hand = page.split("## Every clause").next().unwrap_or_default();
    let mut gaps = Vec::new();
    let mut rows = 0;
    for row in by_hand.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| Heading")) {
        let [heading, place] = row.trim_matches('|').split('|').map(str::trim).collect::<Vec<_>>()[..] else {
            return Err(format!("{row} has not two cells").into());
        };
        if heading.starts_with("---") {
            continue;
        }
        rows += 1;
        let named: Vec<&str> = place.split('`').skip(1).step_by(2).collect();
        let made = ["Schedule ", "the cover", "the conditions precedent", "the order of precedence"];
        if named.is_empty() && !made.iter().any(|part| place.contains(part)) {
            gaps.push(format!("{heading}: no clause and no part of the document"));
        }
        gaps.extend(
            named
                .iter()
                .filter(|name| !entries.contains_key(**name))
                .map(|name| format!("{heading}: there is no {name}")),
        );
    }
    if rows < 100 {
        gaps.push(format!("only {rows} headings are there"));
    }
    if gaps.is_empty() { Ok(()) } else { Err(gaps.join("\n").into()) }
}
