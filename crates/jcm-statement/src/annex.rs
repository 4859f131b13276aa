//! What every case brings to figures over all cases: printed in each statement, or in a file that it names.

use crate::Edition;
use crate::case::One;
use crate::page::{paragraph, said, section, strong, table};
use jcm_calculus::Value;
use jcm_doc::{Align, Block, Role};
use jcm_settle::{Cohort, CohortPart, Engine, Settled, SpecError, cohorts_csv};
use jcm_spec::v1::Quotation;
use serde_json::json;

/// Beyond this many cases nobody would work from a printed list.
const MOST_PRINTED: usize = 50;

/// The name of the file.
const FILE: &str = "over-all-cases.csv";

/// What all cases bring to the figures over all of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Annex {
    /// For each period that was settled.
    cohorts: Vec<Cohort>,
    /// Whether statements print it.
    is_printed: bool,
    /// What the file is called.
    pub name: String,
    /// The file.
    pub csv: String,
    sha256: String,
}

impl Annex {
    /// The annex of what was settled; `None` where the contract has no figure over all cases. Statements print what it
    /// holds where that is short, unless it is to be `kept_apart`: then none of them shows a figure of another case.
    pub fn of(engine: &Engine, periods: &[Settled<'_>], kept_apart: bool) -> Option<Self> {
        let cohorts: Option<Vec<Cohort>> =
            periods.iter().map(|settled| engine.cohort(settled.table, settled.results)).collect();
        let cohorts = cohorts.filter(|cohorts| !cohorts.is_empty())?;
        let all = &engine.settlement().periods;
        let labels = periods
            .iter()
            .map(|settled| all.get(settled.table.period()).map_or("", |period| period.label.as_str()));
        let csv = cohorts_csv(labels.zip(&cohorts));
        let is_printed = !kept_apart && cohorts.iter().all(|cohort| cohort.cases.len() <= MOST_PRINTED);
        let sha256 = jcm_settle::sha256(csv.as_bytes());
        Some(Self { cohorts, is_printed, name: FILE.to_owned(), csv, sha256 })
    }
}

/// The part of a statement on figures over all cases.
pub(crate) fn block(one: &One<'_>) -> Option<Block> {
    let annex = one.edition.annex?;
    let cohort = annex.cohorts.get(one.period)?;
    let number = cohort.cases.len();
    let text = match annex.is_printed {
        true => format!(
            "These figures are made from what each of the {number} cases of the period brings to them. The second \
             table lists it; {} holds it too, with more decimals (SHA-256 {}).",
            annex.name, annex.sha256
        ),
        false => format!(
            "These figures are made from what each of the {number} cases of the period brings to them. It is listed \
             in {}, SHA-256 {}, which belongs to this settlement: whoever settles can show it.",
            annex.name, annex.sha256
        ),
    };
    let missing = "A case whose figure is not known does not count, and has no such figure for itself.";
    let mut blocks = vec![paragraph(&text), paragraph(missing), made(one, cohort)];
    if annex.is_printed {
        blocks.push(listed(one, cohort));
    }
    Some(section(Role::Front, "Figures over all cases", "over-all-cases", blocks))
}

/// How each figure is made.
fn made(one: &One<'_>, cohort: &Cohort) -> Block {
    let columns = [
        ("Used in", Align::Left),
        ("What it is", Align::Left),
        ("How it is worked out", Align::Left),
        ("Cases that count", Align::Right),
        ("Result for this case", Align::Right),
    ];
    let mut made = table("How figures over all cases are made", &columns);
    for part in &cohort.parts {
        let title = |column: usize| cohort.columns.get(column).map_or("", |column| column.title.as_str());
        let own = |column: usize| {
            let shown = cohort.columns.get(column).and_then(|column| column.shown.get(one.place));
            shown.map_or("", String::as_str)
        };
        let mut what = format!("{} of “{}”", part.function, title(part.column));
        match part.same {
            Some(same) => what.push_str(&format!(", over the cases with “{}” {}", title(same), own(same))),
            None => what.push_str(", over all cases"),
        }
        let count = cohort.with(part, one.place).len().to_string();
        let result = one.over_all(part).unwrap_or_else(|| "missing".to_owned());
        made.row(vec![
            said(&part.lines.join("; ")),
            said(&what),
            said(&part.rule),
            said(&count),
            strong(&result),
        ]);
    }
    made.drop_empty_columns();
    Block::Table(made)
}

/// What every case brings, with this case in bold.
fn listed(one: &One<'_>, cohort: &Cohort) -> Block {
    let figures = cohort.columns.iter().map(|column| (column.title.as_str(), Align::Right));
    let columns: Vec<_> = std::iter::once(("Case", Align::Left)).chain(figures).collect();
    let mut listed = table("What each case brings", &columns);
    for (place, case) in cohort.cases.iter().enumerate() {
        let word = |text: &str| if place == one.place { strong(text) } else { said(text) };
        let cells = cohort.columns.iter().map(|column| column.shown.get(place).map_or("", String::as_str));
        listed.row(std::iter::once(case.as_str()).chain(cells).map(word).collect());
    }
    Block::Table(listed)
}

/// The same for programs: exact figures in the base of their units.
pub(crate) fn json(
    edition: &Edition<'_>,
    period: usize,
    quotation: &Quotation,
) -> Result<serde_json::Value, SpecError> {
    let Some(annex) = edition.annex else { return Ok(serde_json::Value::Null) };
    let Some(cohort) = annex.cohorts.get(period) else { return Ok(serde_json::Value::Null) };
    let part = |part: &CohortPart| {
        Ok(json!({
            "expression": quotation.expression(&part.expr)?,
            "lines": part.lines,
            "column": part.column,
            "same": part.same,
        }))
    };
    let parts: Vec<serde_json::Value> = cohort.parts.iter().map(part).collect::<Result<_, SpecError>>()?;
    let titles: Vec<&str> = cohort.columns.iter().map(|column| column.title.as_str()).collect();
    let mut cases = Vec::new();
    for (place, case) in cohort.cases.iter().enumerate().filter(|_| annex.is_printed) {
        let values = cohort.columns.iter().map(|column| column.values.get(place).unwrap_or(&Value::Missing));
        let values = values.map(|value| quotation.value(value)).collect::<Result<Vec<_>, SpecError>>()?;
        cases.push(json!({ "case": case, "values": values }));
    }
    Ok(json!({
        "file": annex.name,
        "sha256": annex.sha256,
        "number": cohort.cases.len(),
        "columns": titles,
        "parts": parts,
        "cases": annex.is_printed.then_some(cases),
    }))
}
