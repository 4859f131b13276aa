//! What this server is asked beyond the protocol: the page, the examples, what-if and the criteria, as plain data.
//!
//! A request names a text by its address. The answer is `null` where the contract that the text belongs to has an error.

use crate::desk::View;
use crate::places::Places;
use crate::server::Server;
use jcm_ide::{Answer, Asked, Bar, Lever, Moved, Reach, WhatIf, WorkedExample};
use jcm_source::Span;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::{Location, TextDocumentIdentifier};

/// Names a text of the contract that is asked about.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct About {
    text_document: TextDocumentIdentifier,
}

/// Names a place that a figure of the page gives as its source.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AboutPlace {
    text_document: TextDocumentIdentifier,
    source: String,
}

/// An example, and where its levers are.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AboutExample {
    text_document: TextDocumentIdentifier,
    example: String,
    #[serde(default)]
    moves: BTreeMap<String, Move>,
}

/// Where a lever is moved to.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Move {
    Stop(u32),
    Written(String),
}

/// A place of the page with the declaration that is printed there.
#[derive(Debug, Serialize)]
struct Anchor {
    anchor: String,
    location: Location,
}

impl Server {
    /// The contract that a text belongs to: `jcm/contract`. It has an answer while the contract has an error, too.
    pub(crate) async fn contract(&self, about: About) -> Result<Option<Value>> {
        self.of(&about.text_document.uri, |view| {
            let about = jcm_ide::about(&view.analysis)?;
            Some(json!({
                "main": crate::names::uri_of(&about.main),
                "title": about.title,
                "at": about.name.and_then(|name| view.places().location(name)),
                "periods": about.periods,
                "localities": about.localities,
            }))
        })
        .await
    }

    /// The models that a contract can begin from: `jcm/models`.
    pub(crate) async fn models(&self) -> Result<Value> {
        let model =
            |model: jcm_ide::Model| json!({ "name": model.name, "title": model.title, "asks": model.asks });
        Ok(Value::Array(jcm_ide::models().into_iter().map(model).collect()))
    }

    /// The contract as a page: `jcm/preview`.
    pub(crate) async fn preview(&self, about: About) -> Result<Option<Value>> {
        self.of(&about.text_document.uri, |view| {
            let preview = jcm_ide::preview(&view.analysis)?;
            let places = view.places();
            let anchor = |(anchor, span)| Some(Anchor { anchor, location: places.location(span)? });
            let anchors: Vec<Anchor> = preview.places.into_iter().filter_map(anchor).collect();
            Some(json!({ "html": preview.html, "title": preview.title, "anchors": anchors }))
        })
        .await
    }

    /// Where a figure of the page comes from: `jcm/place`.
    pub(crate) async fn place(&self, about: AboutPlace) -> Result<Option<Location>> {
        self.of(&about.text_document.uri, move |view| {
            view.places().location(jcm_ide::source_of(&view.analysis, &about.source)?)
        })
        .await
    }

    /// Every example with what came of it: `jcm/examples`.
    pub(crate) async fn examples(&self, about: About) -> Result<Option<Value>> {
        self.of(&about.text_document.uri, |view| {
            view.analysis.program()?;
            let places = view.places();
            let examples = view.analysis.worked().iter().map(|worked| example(&places, worked));
            Some(Value::Array(examples.collect()))
        })
        .await
    }

    /// An example with levers moved: `jcm/whatIf`.
    pub(crate) async fn what_if(&self, about: AboutExample) -> Result<Option<Value>> {
        self.of(&about.text_document.uri, move |view| {
            let moves = about.moves.into_iter().map(|(name, moved)| match moved {
                Move::Stop(at) => (name, Moved::Stop(at)),
                Move::Written(text) => (name, Moved::Written(text)),
            });
            jcm_ide::what_if(&view.analysis, &about.example, &moves.collect()).map(|found| worked_out(&found))
        })
        .await
    }

    /// What the standards ask, as a tree: `jcm/assurance`.
    pub(crate) async fn assurance(&self, about: About) -> Result<Option<Value>> {
        self.of(&about.text_document.uri, |view: &View| {
            view.analysis.program()?;
            let places = view.places();
            let asked = jcm_ide::assurance(&view.analysis);
            Some(Value::Array(asked.iter().map(|asked| tree(&places, asked)).collect()))
        })
        .await
    }
}

fn example(places: &Places<'_>, worked: &WorkedExample) -> Value {
    let result = &worked.result;
    let difference = |difference: &jcm_ide::Difference| {
        json!({
            "what": difference.what,
            "expected": difference.expected,
            "found": difference.found,
            "beforeRounding": difference.before_rounding,
            "at": places.location(difference.span),
            "declared": places.location(difference.declared),
        })
    };
    json!({
        "name": worked.name,
        "title": result.title,
        "of": result.of,
        "period": result.period,
        "at": places.location(result.span),
        "whole": places.location(worked.span),
        "expected": result.expected,
        "stopped": result.stopped,
        "differences": result.differences.iter().map(difference).collect::<Vec<_>>(),
    })
}

fn worked_out(found: &WhatIf) -> Value {
    let period = |period: &jcm_ide::WhatIfPeriod| {
        json!({
            "label": period.label,
            "lines": period.lines.iter().map(bar).collect::<Vec<_>>(),
            "partners": period.partners.iter().map(bar).collect::<Vec<_>>(),
        })
    };
    json!({
        "title": found.title,
        "of": found.of,
        "levers": found.levers.iter().map(lever).collect::<Vec<_>>(),
        "periods": found.periods.iter().map(period).collect::<Vec<_>>(),
        "stopped": found.stopped,
    })
}

fn lever(lever: &Lever) -> Value {
    let reach = match &lever.reach {
        Reach::Stops { at, last, least, most, unit } => {
            json!({ "at": at, "last": last, "least": least, "most": most, "unit": unit })
        }
        Reach::OneOf { chosen, choices } => json!({ "chosen": chosen, "choices": choices }),
    };
    json!({
        "name": lever.name,
        "title": lever.title,
        "isKnob": lever.is_knob,
        "stands": lever.stands,
        "shown": lever.shown,
        "reach": reach,
        "refused": lever.refused,
    })
}

fn bar(bar: &Bar) -> Value {
    json!({
        "group": bar.group,
        "name": bar.name,
        "title": bar.title,
        "before": bar.before,
        "after": bar.after,
        "exact": bar.exact,
        "difference": bar.difference,
        "lengths": bar.lengths,
    })
}

fn tree(places: &Places<'_>, asked: &Asked) -> Value {
    let answer = match asked.answer {
        Answer::Thing => "thing",
        Answer::Met => "met",
        Answer::Waived => "waived",
        Answer::Idle => "idle",
        Answer::Open => "open",
    };
    let location = |span: Span| places.location(span);
    json!({
        "title": asked.title,
        "detail": asked.detail,
        "doc": asked.doc,
        "answer": answer,
        "at": asked.span.and_then(location),
        "parts": asked.parts.iter().map(|part| tree(places, part)).collect::<Vec<_>>(),
    })
}
