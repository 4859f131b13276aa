//! Version 1 of the record of a run: what was settled from which files, what came out, what is still to be paid.
//!
//! The next run reads it, says what changed, and pays or claws back the difference. Figures are exact texts in the base
//! of their units, as in a settlement specification; amounts of money are in the currency of the contract.

use crate::SpecError;
use crate::v1::Figure;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The version of this format.
pub const VERSION: u64 = 1;

/// What the first field says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// The file is the record of a run.
    Run,
}

/// One run: every line and payment of every case, with what they were settled from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "JCM record of a settlement run, version 1")]
pub struct RunRecord {
    /// Always `run`.
    pub jcm: Mark,
    /// Always 1 in this version.
    #[schemars(range(min = 1, max = 1))]
    pub version: u64,
    /// The program that wrote the file.
    pub program: String,
    /// Which run.
    pub run: Run,
    /// The run before, which this one sets off; absent in the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous: Option<Previous>,
    /// Which contract.
    pub contract: Contract,
    /// The dataset that the data file was read as.
    pub dataset: String,
    /// The period that was settled.
    pub period: String,
    /// The files that it was settled from.
    pub files: Vec<File>,
    /// The lines, in the order of the contract.
    pub lines: Vec<LineHead>,
    /// Who can be paid from which payment.
    pub payees: Vec<Payee>,
    /// The cases, in the order of the data file.
    pub cases: Vec<Case>,
}

/// Which run of a period it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Run {
    /// What kind.
    pub kind: Kind,
    /// Which reconciliation, from 1; absent for other kinds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reconciliation: Option<u32>,
    /// Its place among the runs of the period, from 1.
    pub number: u32,
}

/// A kind of run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// With the figures that are there so far.
    Provisional,
    /// With the figures that the contract settles by.
    Final,
    /// After the final run, because figures were revised or a dispute was resolved.
    Reconciliation,
}

/// The run before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Previous {
    /// Which run.
    pub run: Run,
    /// SHA-256 of its record, in hex.
    pub sha256: String,
}

/// The contract that was settled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Contract {
    /// Name in the source.
    pub name: String,
    /// Title; that of a locality names the locality.
    pub title: String,
    /// The currency of every payment, such as `GBP`.
    pub currency: String,
    /// SHA-256 of the sources, in hex.
    pub source_hash: String,
}

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct File {
    /// What it was read as: `data`, `earlier`, `disputes` or `overrides`.
    pub role: String,
    /// Its name.
    pub name: String,
    /// SHA-256 of its bytes, in hex.
    pub sha256: String,
}

/// What a line is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LineHead {
    /// Name.
    pub name: String,
    /// Title.
    pub title: String,
    /// Whether it is worked out for each row of a case.
    pub per_row: bool,
    /// Its unit in words; empty for what is no number.
    pub unit: String,
}

/// Who can be paid from a payment.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Payee {
    /// The payment, by name.
    pub payment: String,
    /// Who pays, by name.
    pub from: String,
    /// Who is paid, by name; a negative amount flows the other way.
    pub to: String,
}

/// One case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// What names it in the data file.
    pub key: String,
    /// The lines of the case: a value for each line that is not worked out by row, in their order; null where missing.
    pub lines: Vec<Option<String>>,
    /// The rows of the case.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<Row>,
    /// What each payee is paid, in the order of the payees.
    pub paid: Vec<Paid>,
    /// Figures that are disputed, late, suppressed or carried forward.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub doubts: Vec<Doubt>,
    /// Figures awarded in place of computed ones.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub awards: Vec<Award>,
}

/// One row of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// What names it in the data file.
    pub key: String,
    /// A value for each line that is worked out by row, in their order; null where missing.
    pub lines: Vec<Option<String>>,
}

/// What one payee is paid from one payment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Paid {
    /// What it comes to with the figures that count for the time being.
    pub settled: Figure,
    /// What the runs before paid.
    pub before: Figure,
    /// What this run pays; below nought it is clawed back.
    pub now: Figure,
    /// What is left open by disputes: what it comes to, less what was paid before and now.
    pub open: Figure,
    /// The least that it can come to, where disputes leave it open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub least: Option<Figure>,
    /// The most that it can come to, where disputes leave it open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most: Option<Figure>,
}

/// What is to be said of a figure that is not simply there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Doubt {
    /// The input, by name.
    pub input: String,
    /// The row of the case, where it belongs to one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<String>,
    /// `disputed`, `late`, `suppressed` or `carried_forward`.
    pub what: String,
    /// What happened, in words.
    pub words: String,
    /// Who disputes it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub by: String,
    /// The figure given by who disputes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub figure: Option<String>,
}

/// A figure awarded in place of a computed one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Award {
    /// The line or payment, by name.
    pub line: String,
    /// The row of the case, for a line that is worked out by row.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<String>,
    /// The payee, where a part of a payment was awarded.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub payee: String,
    /// What was computed; null where it was missing.
    pub computed: Option<String>,
    /// What was awarded.
    pub value: Option<String>,
    /// Why.
    pub reason: String,
    /// Who awarded it.
    pub author: String,
    /// When: `year-month-day`.
    pub date: String,
    /// Where it is filed.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reference: String,
}

/// The JSON text of a record, with a final line break.
pub fn write(record: &RunRecord) -> Result<String, SpecError> {
    let value = serde_json::to_value(record).map_err(|e| SpecError::Content {
        place: "the record of the run".to_owned(),
        message: e.to_string(),
    })?;
    Ok(crate::layout::text(&value))
}

/// Reads the record of a run; in words why it cannot be read.
pub fn read(text: &str) -> Result<RunRecord, String> {
    #[derive(Deserialize)]
    struct Envelope {
        jcm: Option<serde_json::Value>,
        version: Option<serde_json::Value>,
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let not_a_record = || {
        "this file is not the record of a run: it does not begin with \"jcm\": \"run\" and a \"version\""
            .to_owned()
    };
    let envelope: Envelope = serde_json::from_str(text).map_err(|_| not_a_record())?;
    if envelope.jcm.as_ref().and_then(serde_json::Value::as_str) != Some("run") {
        return Err(not_a_record());
    }
    match envelope.version.as_ref().and_then(serde_json::Value::as_u64) {
        Some(VERSION) => {}
        Some(found) => {
            return Err(format!("this record is version {found}; this program reads version {VERSION}"));
        }
        None => return Err(not_a_record()),
    }
    serde_json::from_str(text).map_err(|e| format!("this record cannot be read: {e}"))
}

/// The JSON Schema (2020-12) of version 1.
pub fn schema() -> String {
    crate::schema_text(schemars::schema_for!(RunRecord).to_value())
}
