//! L0102: a declaration that nothing uses.
//!
//! A thing is used if its name stands anywhere else: in a calculation, in a field, between the braces of a clause.
//! What a locality sets is not used by that.

use super::finding;
use crate::text::words;
use crate::view::View;
use jcm_diagnostics::Diagnostic;
use jcm_model::{Head, Input, InputOwner, MeasureUse, ParameterOwner};
use jcm_source::Span;
use std::collections::BTreeMap;

pub(super) fn find(view: &View<'_>, _: &jcm_quantity::Exact) -> Vec<Diagnostic> {
    let words = words(view);
    let mut places: BTreeMap<&str, Vec<(Span, u32)>> = BTreeMap::new();
    for word in &words {
        let end = word.at.saturating_add(u32::try_from(word.text.len()).unwrap_or(u32::MAX));
        places.entry(word.text).or_default().push((Span::new(word.file, word.at, end), word.at));
    }
    let is_used = |name: &str, own: Span| {
        let name = name.rsplit('.').next().unwrap_or(name);
        let outside = |(span, at): &(Span, u32)| span.file != own.file || *at < own.start || own.end <= *at;
        places.get(name).is_some_and(|places| places.iter().any(outside))
    };
    let mut found: Vec<Diagnostic> = declarations(view)
        .into_iter()
        .filter(|(_, head)| !is_used(&head.name, head.span))
        .map(|(kind, head)| describe(kind, head))
        .collect();
    found.extend(measures(view));
    found.extend(inputs(view));
    found.extend(members(view, &places));
    found
}

fn declarations<'a>(view: &View<'a>) -> Vec<(&'static str, &'a Head)> {
    let program = view.program;
    let own = |owner: &ParameterOwner| match owner {
        ParameterOwner::Declared => Some("parameter"),
        ParameterOwner::Knob { .. } => Some("knob"),
        _ => None,
    };
    let parameters = program.parameters.iter().filter_map(|p| Some((own(&p.owner)?, &p.head)));
    let tables = program.tables.iter().map(|table| ("table", &table.head));
    let choices = program.choices.iter().map(|choice| ("choice", &choice.head));
    let populations = program.populations.iter().map(|population| ("population", &population.head));
    let pools = program.pools.iter().map(|pool| ("pool", &pool.head));
    let boards = program.boards.iter().map(|board| ("board", &board.head));
    let scores = program.scores.iter().map(|score| ("score", &score.head));
    parameters
        .chain(tables)
        .chain(choices)
        .chain(populations)
        .chain(pools)
        .chain(boards)
        .chain(scores)
        .collect()
}

fn describe(kind: &str, head: &Head) -> Diagnostic {
    let said = format!("nothing uses the {kind} “{}”", head.title);
    finding(said, head.name_span, format!("`{}` stands nowhere else", head.name)).help(format!(
        "Use `{}` where it is meant, or remove it: a reader will look for what depends on it",
        head.name
    ))
}

/// Measures that are said to be for payment, and no payment depends on them.
fn measures(view: &View<'_>) -> Vec<Diagnostic> {
    let paid = view.behind_money().inputs;
    let unpaid = view.program.measures.iter().filter(|measure| {
        measure.used_for == MeasureUse::Payment && !measure.inputs().iter().any(|input| paid.contains(input))
    });
    unpaid
        .map(|measure| {
            let said = format!("no payment depends on the measure “{}”", measure.head.title);
            finding(said, measure.head.name_span, "it says `use: payment`")
                .help("Put it into a score or an incentive, or write `use: monitoring`")
        })
        .collect()
}

/// Inputs that are asked for, and no line uses them.
fn inputs(view: &View<'_>) -> Vec<Diagnostic> {
    let all = view.program.lines.iter().map(|line| &line.expr);
    let used = all.flat_map(|expr| crate::reach::Reach::direct(expr).inputs).collect::<Vec<_>>();
    let asked = (0u32..).map(jcm_model::InputId).zip(&view.program.inputs);
    asked
        .filter(|(id, input)| is_asked_for(view, input) && !used.contains(id))
        .map(|(_, input)| {
            let said = format!("no line uses the input “{}”", input.head.title);
            finding(said, input.head.name_span, "it is asked for in every case")
                .help("Use it in a line, or remove it: whoever gives the data works for nothing")
        })
        .collect()
}

/// Whether an incentive or a payment asks for an input, other than for the name of each row.
fn is_asked_for(view: &View<'_>, input: &Input) -> bool {
    match input.owner {
        InputOwner::Measure(_) => false,
        InputOwner::Payment(_) => true,
        InputOwner::Incentive(id) => {
            let each = view.program.incentive(id).map_or("", |incentive| &incentive.each);
            input.head.name.rsplit('.').next() != Some(each)
        }
    }
}

/// Members of choices that no figure, condition, example or dataset names.
fn members(view: &View<'_>, places: &BTreeMap<&str, Vec<(Span, u32)>>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for choice in &view.program.choices {
        let unnamed = |name: &str| places.get(name).is_none_or(|places| places.len() < 2);
        let unnamed: Vec<&(String, String)> =
            choice.members.iter().filter(|(name, _)| unnamed(name)).collect();
        if unnamed.is_empty() || unnamed.len() == choice.members.len() {
            continue;
        }
        for (name, title) in unnamed {
            let said = format!("nothing is different for “{title}” of the choice “{}”", choice.head.title);
            let span = places.get(name.as_str()).and_then(|places| places.first());
            let span = span.map_or(choice.head.name_span, |(span, _)| *span);
            found.push(
                finding(said, span, format!("`{name}` stands nowhere else"))
                    .help("Say what follows from it, or remove it from the choice"),
            );
        }
    }
    found
}
