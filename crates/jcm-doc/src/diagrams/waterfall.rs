//! The waterfall of an incentive: its lines from top to bottom, what comes into each, where gates, floors and caps lie,
//! and who is paid.

use crate::contract::front::capital;
use crate::document::plain;
use crate::english::{Wording, inside};
use crate::picture::{Graph, Picture, Place};
use jcm_model::{Def, ExprKind, Flow, Incentive, IncentiveId, Line, LineId, LineOwner};
use jcm_quantity::{Exact, Unit, show};
use std::collections::{BTreeMap, BTreeSet};

/// As tall as a picture can be on a page with its caption.
const TALLEST: i32 = 600;

/// The diagram of an incentive, if it has lines.
pub(crate) fn waterfall(w: &Wording<'_>, id: IncentiveId, incentive: &Incentive) -> Option<Graph> {
    part(w, id, incentive, 1, incentive.lines.len())
}

/// The same in as many pictures as pages are needed for it.
pub(crate) fn waterfall_by_page(w: &Wording<'_>, id: IncentiveId, incentive: &Incentive) -> Vec<Picture> {
    let mut pictures = Vec::new();
    let mut waiting = vec![(1, incentive.lines.len())];
    while let Some((from, to)) = waiting.pop() {
        let picture = part(w, id, incentive, from, to).map(|graph| graph.picture());
        match picture {
            Some(picture) if picture.drawing.height > TALLEST && from < to => {
                let middle = usize::midpoint(from, to);
                waiting.extend([(middle + 1, to), (from, middle)]);
            }
            picture => pictures.extend(picture),
        }
    }
    pictures
}

/// The lines from one number to another.
fn part(w: &Wording<'_>, id: IncentiveId, incentive: &Incentive, first: usize, last: usize) -> Option<Graph> {
    let title = w.title(Def::Incentive(id));
    let which = match first == 1 && last == incentive.lines.len() {
        true => String::new(),
        false => format!(", lines {first} to {last}"),
    };
    let mut graph = Graph { title: format!("{title}: how it is worked out{which}."), ..Graph::default() };
    let mut places: BTreeMap<LineId, usize> = BTreeMap::new();
    let mut sentences = Vec::new();
    let numbered = (1usize..).zip(&incentive.lines);
    for (number, line_id) in numbered.filter(|(number, _)| (first..=last).contains(number)) {
        let Some(line) = w.program.line(*line_id) else { continue };
        let heading = w.line_heading(line, *line_id);
        let place = graph.node(&format!("{number}. {heading}"), "", Place::Spine);
        let (own, mut brought) = uses(w, id, line);
        let elsewhere = own.iter().filter(|line| !places.contains_key(line));
        let said = sentence(number, &heading, &own, &brought, &limits(w, line, *line_id), incentive);
        brought.extend(elsewhere.filter_map(|line| number_of(incentive, line)));
        if !brought.is_empty() {
            graph.node("", &brought.join("; "), Place::Before(place));
        }
        let before: Vec<usize> = own.iter().filter_map(|line| places.get(line).copied()).collect();
        for from in &before {
            graph.edge(*from, place, "");
        }
        let limits = limits(w, line, *line_id);
        if !limits.is_empty() {
            graph.node("", &limits.join("; "), Place::Beside(place));
        }
        places.insert(*line_id, place);
        sentences.push(said);
    }
    graph.nodes.first()?;
    sentences.extend(payments(w, &mut graph, incentive, &places));
    graph.description = sentences.join(" ");
    Some(graph)
}

/// Who is paid what, drawn from the line that is paid: below the last of the lines, and beside those before it. Gives the
/// sentences that say it.
fn payments(
    w: &Wording<'_>,
    graph: &mut Graph,
    incentive: &Incentive,
    places: &BTreeMap<LineId, usize>,
) -> Vec<String> {
    let last = places.values().max().copied();
    let flows: Vec<&Flow> = incentive.flows.iter().filter_map(|id| w.program.flow(*id)).collect();
    let from = |flow: &Flow| match flow.pool {
        Some(pool) => format!("from {}", plain(&w.name(Def::Pool(pool)).text)),
        None => format!("by {}", plain(&w.name(Def::Partner(flow.payer)).text)),
    };
    let payers: BTreeSet<String> = flows.iter().map(|flow| from(flow)).collect();
    let mut sentences = Vec::new();
    for flow in flows {
        let Some(line) = places.get(&flow.amount).copied() else { continue };
        let paid = paid(w, flow);
        let payer = from(flow);
        for (title, note) in &paid {
            // Who pays needs no words where it is always the same.
            let payer = (payers.len() > 1).then(|| payer.clone());
            let note = [note.clone(), payer.unwrap_or_default()];
            let note: Vec<String> = note.into_iter().filter(|note| !note.is_empty()).collect();
            let place = if Some(line) == last { Place::After } else { Place::Branch(line) };
            let place = graph.node(title, &note.join("; "), place);
            graph.edge(line, place, "");
        }
        let words: Vec<String> = paid
            .iter()
            .map(|(title, note)| if note.is_empty() { title.clone() } else { format!("{title} ({note})") })
            .collect();
        let number = number_of(incentive, &flow.amount).unwrap_or_default();
        sentences.push(capital(&format!("{number} is paid {payer} to: {}.", words.join("; "))));
    }
    sentences
}

/// What a line uses: lines of the same incentive, and the names of what comes from elsewhere.
fn uses(w: &Wording<'_>, incentive: IncentiveId, line: &Line) -> (Vec<LineId>, Vec<String>) {
    let (mut own, mut brought) = (Vec::new(), Vec::new());
    let mut note = |def: Def| {
        let name = w.name_in_formula(def);
        if !brought.contains(&name) {
            brought.push(name);
        }
    };
    inside(&line.expr, &mut |part| match &part.kind {
        ExprKind::Line(id) => {
            let owner = w.program.line(*id).map(|line| line.owner);
            if owner != Some(LineOwner::Incentive(incentive)) {
                note(Def::Line(*id));
            } else if !own.contains(id) {
                own.push(*id);
            }
        }
        ExprKind::Input(id) => note(Def::Input(*id)),
        ExprKind::Parameter { parameter, .. } => note(Def::Parameter(*parameter)),
        ExprKind::Table { table, .. } => note(Def::Table(*table)),
        _ => {}
    });
    own.sort();
    (own, brought)
}

/// Gates, floors and caps, in words.
fn limits(w: &Wording<'_>, line: &Line, id: LineId) -> Vec<String> {
    let mut found = Vec::new();
    inside(&line.expr, &mut |part| {
        let words = |expr| plain(&w.words_in(expr, Some(id)));
        match &part.kind {
            ExprKind::When { cases, .. } => {
                found.extend(
                    cases.iter().map(|(_, gate)| (gate.span.start, format!("only where {}", words(gate)))),
                );
            }
            ExprKind::AtLeast { limit, .. } => {
                found.push((limit.span.start, format!("no less than {}", words(limit))));
            }
            ExprKind::AtMost { limit, .. } => {
                found.push((limit.span.start, format!("no more than {}", words(limit))));
            }
            _ => {}
        }
    });
    // As they stand in the source: the walk meets an outer limit before the inner one.
    found.sort_by_key(|(start, _)| *start);
    found.into_iter().map(|(_, words)| words).collect()
}

/// `line 3`.
fn number_of(incentive: &Incentive, id: &LineId) -> Option<String> {
    let at = incentive.lines.iter().position(|line| line == id)?;
    Some(format!("line {}", at + 1))
}

fn sentence(
    number: usize,
    heading: &str,
    own: &[LineId],
    brought: &[String],
    limits: &[String],
    incentive: &Incentive,
) -> String {
    let mut from: Vec<String> = own.iter().filter_map(|line| number_of(incentive, line)).collect();
    from.extend(brought.iter().cloned());
    let mut text = format!("Line {number}, {heading}");
    if !from.is_empty() {
        text.push_str(&format!(", from {}", super::listed(&from)));
    }
    if !limits.is_empty() {
        text.push_str(&format!("; {}", limits.join("; ")));
    }
    text + "."
}

/// Who is paid: `(share and partner, within which limits)`.
fn paid(w: &Wording<'_>, flow: &Flow) -> Vec<(String, String)> {
    let money = Unit::money(&w.program.contract.currency.code);
    let amount = |value: &Exact| show(value, &money);
    let first = flow.first.iter().map(|tranche| {
        (
            format!("First: {}", w.title(Def::Partner(tranche.partner))),
            format!("up to {}", amount(&tranche.up_to)),
        )
    });
    let alone = flow.shares.len() == 1;
    let shares = flow.shares.iter().map(|share| {
        let title = w.title(Def::Partner(share.partner));
        let part = if alone { String::new() } else { show(&share.share, &Unit::percent()) + "  " };
        let mut limits = Vec::new();
        limits.extend(share.losing_at_most.as_ref().map(|most| format!("loses at most {}", amount(most))));
        limits.extend(share.gaining_at_most.as_ref().map(|most| format!("gains at most {}", amount(most))));
        (format!("{part}{title}"), limits.join("; "))
    });
    first.chain(shares).collect()
}
