//! Simulations of a contract, read back from what `jcm simulate` wrote as JSON, to be printed with the contract.

use crate::problems::{scenario_of_another, scenario_unreadable};
use jcm_diagnostics::Diagnostic;
use jcm_doc::{Scenario, ScenarioParty, ScenarioPlace, ScenarioRange};
use jcm_model::Program;
use jcm_quantity::Exact;
use jcm_source::{FileId, SourceFile, Span};
use serde_json::Value;

/// Every simulation of a file, or what is wrong with it: it is no JSON of a simulation, or one of another text than that
/// of the contract.
pub fn scenarios(
    program: &Program,
    text: &SourceFile,
    file: FileId,
) -> Result<Vec<Scenario>, Box<Diagnostic>> {
    let documents: Result<Vec<Value>, _> =
        serde_json::Deserializer::from_str(text.text()).into_iter::<Value>().collect();
    let unreadable = |why: &str| Box::new(scenario_unreadable(Span::new(file, 0, 0), why));
    let documents = documents.map_err(|reason| unreadable(&format!("it is no JSON: {reason}")))?;
    if documents.is_empty() {
        return Err(unreadable("it is empty"));
    }
    documents.iter().map(|document| one(program, document, text, file)).collect()
}

fn one(
    program: &Program,
    document: &Value,
    text: &SourceFile,
    file: FileId,
) -> Result<Scenario, Box<Diagnostic>> {
    let hash = document.get("source_hash").and_then(Value::as_str).unwrap_or_default();
    let scenario = scenario(document).ok_or_else(|| {
        Box::new(scenario_unreadable(Span::new(file, 0, 0), "it is no JSON of a simulation"))
    })?;
    if hash != program.source_hash {
        let contract = document.get("contract").and_then(Value::as_str).unwrap_or_default();
        let place = text.text().find(hash).and_then(|start| Some((u32::try_from(start).ok()?, hash.len())));
        let span = place.map_or(Span::new(file, 0, 0), |(start, length)| {
            Span::new(file, start, start.saturating_add(u32::try_from(length).unwrap_or(0)))
        });
        return Err(Box::new(scenario_of_another(span, contract, &program.source_hash)));
    }
    Ok(scenario)
}

/// `None` where something is missing that every simulation says.
fn scenario(document: &Value) -> Option<Scenario> {
    Some(Scenario {
        title: words(document, "title").or_else(|| words(document, "simulation"))?,
        runs: u32::try_from(document.get("runs")?.as_u64()?).ok()?,
        seed: words(document, "seed")?,
        hash: words(document, "hash")?,
        periods: texts(document, "periods")?,
        figures: texts(document, "figures")?,
        places: each(document, "places", place)?,
    })
}

fn place(place: &Value) -> Option<ScenarioPlace> {
    let chance = |chance: &Value| Some((words(chance, "what")?, number(chance.get("all")?)?));
    // Who pays everything is those who pay: told twice, it would seem to lose by what it is for.
    let sole = words(place, "sole payer");
    let is_told = |one: &&Value| sole.is_none() || words(one, "name") != sole;
    let parties: Option<Vec<ScenarioParty>> =
        place.get("parties")?.as_array()?.iter().filter(is_told).map(party).collect();
    Some(ScenarioPlace {
        title: words(place, "title")?,
        parties: parties?,
        payers: party(place.get("payers")?)?,
        chances: each(place, "chances", chance)?,
    })
}

fn party(party: &Value) -> Option<ScenarioParty> {
    let mut told = ScenarioParty {
        title: words(party, "title")?,
        whole: range(party.get("all")?)?,
        years: each(party, "periods", range)?,
    };
    if party.get("may lose").and_then(Value::as_bool) == Some(false) {
        for range in std::iter::once(&mut told.whole).chain(&mut told.years) {
            range.loss = None;
        }
    }
    Some(told)
}

/// The statistics that are named by a percentage are the range; the others have names.
fn range(statistics: &Value) -> Option<ScenarioRange> {
    let mut percentiles = Vec::new();
    for (name, value) in statistics.as_object()? {
        if let Some(below) = name.strip_suffix('%') {
            let below = Exact::parse(below)?.checked_div(&Exact::from_int(100))?;
            percentiles.push((below, number(value)?));
        }
    }
    percentiles.sort();
    let named = |name: &str| number(statistics.get(name)?);
    Some(ScenarioRange { expected: named("expected")?, percentiles, loss: Some(named("chance of loss")?) })
}

fn each<T>(of: &Value, name: &str, read: impl Fn(&Value) -> Option<T>) -> Option<Vec<T>> {
    of.get(name)?.as_array()?.iter().map(read).collect()
}

fn texts(of: &Value, name: &str) -> Option<Vec<String>> {
    each(of, name, |text| text.as_str().map(str::to_owned))
}

fn words(of: &Value, name: &str) -> Option<String> {
    of.get(name)?.as_str().map(str::to_owned)
}

/// Figures are texts, so that no reader makes them inexact.
fn number(figure: &Value) -> Option<Exact> {
    Exact::parse(figure.as_str()?)
}
