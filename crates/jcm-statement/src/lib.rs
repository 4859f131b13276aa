//! Settled cases as documents: for each a statement that can be worked out again with pencil and paper, and a summary of
//! all of them.
//!
//! [`Edition::statements`] gives every case as a [`Document`] and as JSON; [`Edition::summary`] puts what they come to
//! together. Both are data: whoever calls renders and writes them.

mod annex;
mod bars;
mod case;
mod disputed;
mod fixed;
mod funds;
mod json;
mod names;
mod page;
mod parties;
mod summary;
mod working;

pub use annex::Annex;
use jcm_doc::{Document, Version};
use jcm_settle::{Changes, Engine, Entry, Run, Settled};
use std::collections::BTreeSet;
use std::fmt;

/// What a set of statements is made from.
#[derive(Debug, Clone, Copy)]
pub struct Edition<'a> {
    /// The contract.
    pub engine: &'a Engine,
    /// What was settled, in order.
    pub periods: &'a [Settled<'a>],
    /// Which run it is, if it was said.
    pub run: Option<&'a Run>,
    /// For each period, what changed since the run before.
    pub changes: Option<&'a [Changes]>,
    /// What is paid now, in the order of the periods and cases.
    pub journal: &'a [Entry],
    /// The contract as a page, if the statements are to lead to it.
    pub contract: Option<&'a ContractPage>,
    /// What all cases bring to figures over all of them, if there are such figures.
    pub annex: Option<&'a Annex>,
    /// The files that were read, each with what it is and its hash.
    pub files: &'a [FileRead],
    /// The program with its version, such as `jcm 0.1.0`.
    pub program: &'a str,
}

/// What can own a line or a figure, as the places of a contract begin.
const OWNERS: [&str; 9] =
    ["incentive", "payment", "score", "pool", "open", "measure", "population", "knob", "parameter"];

/// The contract as a page that statements lead to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContractPage {
    /// Where it is, as a link from the folder of the statements.
    pub address: String,
    /// The places in it that a link can lead to.
    pub anchors: BTreeSet<String>,
}

impl ContractPage {
    /// The link to where a line or a payment of the contract is printed, by its name in the source.
    pub(crate) fn link(&self, name: &str) -> String {
        let owner = name.split('.').next().unwrap_or_default();
        let of_owner = OWNERS.map(|kind| format!("{kind}-{owner}"));
        let exact = ["line", "figure", "input"].map(|kind| format!("{kind}-{name}"));
        let mut known = exact.into_iter().chain(of_owner);
        match known.find(|anchor| self.anchors.contains(anchor)) {
            Some(anchor) => format!("{}#{anchor}", self.address),
            None => self.address.clone(),
        }
    }
}

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileRead {
    /// What it was read as, such as `data`.
    pub role: String,
    /// Its name.
    pub name: String,
    /// Its SHA-256, in hex.
    pub sha256: String,
}

/// The statement of one case in one period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseStatement {
    /// What its files are called, without the ending: safe in every file system, and no other's.
    pub stem: String,
    /// The key of the case.
    pub case: String,
    /// The place of its period among those that were settled.
    pub period: usize,
    /// The place of the case in its period.
    pub place: usize,
    /// For people.
    pub document: Document,
    /// For programs.
    pub json: String,
}

/// Why there is no statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused(String);

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Refused {}

impl Edition<'_> {
    /// The statement of every case, in the order of the data.
    pub fn statements(&self) -> Result<Vec<CaseStatement>, Refused> {
        let mut names = names::Names::default();
        let mut statements = Vec::new();
        let refused = |reason: jcm_settle::SpecError| Refused(reason.to_string());
        let working = working::Working::of(self.engine.settlement()).map_err(refused)?;
        for (period, settled) in self.periods.iter().enumerate() {
            let label = self.label(period);
            let over_all = annex::json(self, period, &working.quotation).map_err(refused)?;
            for place in 0..settled.table.len() {
                let stated = self.engine.statement_at(settled.table, settled.results, place);
                let Some(statement) = stated else { continue };
                let one = case::One { edition: self, statement: &statement, period, place };
                let stem = match self.periods.len() {
                    1 => names.of(&statement.case),
                    _ => names.of(&format!("{label} {}", statement.case)),
                };
                let steps = working.of_case(self.engine, settled, place).map_err(refused)?;
                let json =
                    json::text(&one, &over_all, steps).map_err(|reason| Refused(reason.to_string()))?;
                let document = one.document();
                statements.push(CaseStatement { stem, case: statement.case, period, place, document, json });
            }
        }
        Ok(statements)
    }

    /// What all cases come to, with the file of each statement that is there.
    pub fn summary(&self, statements: &[CaseStatement]) -> Document {
        summary::document(self, statements)
    }

    /// The label of a period, such as `2027/28`.
    fn label(&self, period: usize) -> &str {
        let period = self
            .periods
            .get(period)
            .and_then(|settled| self.engine.settlement().periods.get(settled.table.period()));
        period.map_or("", |period| period.label.as_str())
    }

    /// Which run it is, in words; empty if it was not said.
    fn run_words(&self) -> String {
        self.run.map(|run| run.kind.words()).unwrap_or_default()
    }

    fn version(&self) -> Version {
        let settlement = self.engine.settlement();
        let last = self.periods.last().and_then(|settled| settlement.periods.get(settled.table.period()));
        Version {
            contract: settlement.name.clone(),
            source: settlement.source_hash.chars().take(12).collect(),
            compiler: self.program.to_owned(),
            day: last.map(|period| period.last_day().to_string()).unwrap_or_default(),
            draft: String::new(),
        }
    }
}
