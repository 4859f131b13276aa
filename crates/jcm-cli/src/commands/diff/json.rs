//! A difference for programs: one JSON object. Amounts are exact, as texts, in the currency that it names.

use super::Found;
use jcm::{BoundEffect, ExampleEffect, LineEffect, PartnerEffect, Program};
use jcm_diff::{Change, Part, Run, What};
use serde::Serialize;

/// Moves when a field changes its name or its meaning.
const VERSION: u32 = 1;

/// The object, on several lines.
pub(super) fn text(found: &Found, program: &Program) -> String {
    let object = Object {
        jcm: "diff",
        version: VERSION,
        same: !found.differs(),
        currency: &program.contract.currency.code,
        changes: found.changes.changes.iter().map(changed).collect(),
        examples: found.effect.examples.iter().map(example).collect(),
        without_data: found.without_data.iter().map(example).collect(),
        bounds: found.bounds.iter().map(bound).collect(),
        data: found.data.as_ref().map(|data| Data {
            file: &data.file,
            periods: &data.periods,
            partners: partners(&data.partners),
        }),
    };
    // Only texts, numbers and lists are written, so this does not fail.
    serde_json::to_string_pretty(&object).unwrap_or_default() + "\n"
}

#[derive(Serialize)]
struct Object<'a> {
    jcm: &'static str,
    version: u32,
    same: bool,
    currency: &'a str,
    changes: Vec<Changed<'a>>,
    examples: Vec<Example<'a>>,
    /// What changed without an example, and needs no data.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    without_data: Vec<Example<'a>>,
    /// The least and the most that is payable, for what changed and no example reaches.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    bounds: Vec<Bound<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<Data<'a>>,
}

#[derive(Serialize)]
struct Changed<'a> {
    kind: &'a str,
    name: &'a str,
    title: &'a str,
    what: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    parts: Vec<Told<'a>>,
}

/// One thing that changed; a side is null where there was or is nothing.
#[derive(Serialize)]
struct Told<'a> {
    label: &'a str,
    before: Option<&'a str>,
    after: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    words: Vec<Words<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum Words<'a> {
    Same(&'a str),
    Out(&'a str),
    In(&'a str),
}

#[derive(Serialize)]
struct Example<'a> {
    title: &'a str,
    of: &'a str,
    period: &'a str,
    /// Null where the two cannot be compared.
    same: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    not_compared: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    first_line: Option<Line<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    partners: Vec<Partner<'a>>,
}

/// The least or the most of a payment; the sides are in words, such as `no limit`.
#[derive(Serialize)]
struct Bound<'a> {
    title: &'a str,
    periods: &'a [String],
    end: &'static str,
    before: &'a str,
    after: &'a str,
}

#[derive(Serialize)]
struct Line<'a> {
    title: &'a str,
    before: &'a str,
    after: &'a str,
}

#[derive(Serialize)]
struct Partner<'a> {
    name: &'a str,
    title: &'a str,
    before: String,
    after: String,
    difference: String,
}

#[derive(Serialize)]
struct Data<'a> {
    file: &'a str,
    periods: &'a [String],
    partners: Vec<Partner<'a>>,
}

fn changed(change: &Change) -> Changed<'_> {
    let Change { kind, name, title, what, .. } = change;
    let (what, parts) = match what {
        What::Added => ("added", Vec::new()),
        What::Removed => ("removed", Vec::new()),
        What::Changed(parts) => ("changed", parts.iter().map(told).collect()),
    };
    Changed { kind, name, title, what, parts }
}

fn told(part: &Part) -> Told<'_> {
    Told {
        label: &part.label,
        before: part.before.as_deref(),
        after: part.after.as_deref(),
        words: part.words.iter().map(word).collect(),
    }
}

fn word(run: &Run) -> Words<'_> {
    match run {
        Run::Same(text) => Words::Same(text),
        Run::Out(text) => Words::Out(text),
        Run::In(text) => Words::In(text),
    }
}

fn example(example: &ExampleEffect) -> Example<'_> {
    let ExampleEffect { title, of, period, outcome } = example;
    let (same, not_compared, settled) = match outcome {
        Ok(settled) => (Some(settled.is_same()), None, Some(settled)),
        Err(reason) => (None, Some(reason.as_str()), None),
    };
    Example {
        title,
        of,
        period,
        same,
        not_compared,
        first_line: settled.and_then(|settled| settled.first_line.as_ref()).map(line),
        partners: settled.map(|settled| partners(&settled.partners)).unwrap_or_default(),
    }
}

fn bound(bound: &BoundEffect) -> Bound<'_> {
    let BoundEffect { title, periods, is_most, before, after, .. } = bound;
    Bound { title, periods, end: if *is_most { "most" } else { "least" }, before, after }
}

fn line(line: &LineEffect) -> Line<'_> {
    Line { title: &line.title, before: &line.before, after: &line.after }
}

fn partners(paid: &[PartnerEffect]) -> Vec<Partner<'_>> {
    paid.iter().map(partner).collect()
}

fn partner(partner: &PartnerEffect) -> Partner<'_> {
    let PartnerEffect { name, title, before, after } = partner;
    let difference = (after - before).text();
    Partner { name, title, before: before.text(), after: after.text(), difference }
}
