//! Everything that changes in one table: what it is of, what it was and what it is now.

use super::{kind, named, said, title, within};
use crate::text::shortened;
use crate::{Change, Part, Run, What};
use jcm_doc::{Align, Table, TableRow};

/// So many declarations of one kind that came or went together are one row.
const TOGETHER: usize = 3;

pub(super) fn changes(changes: &[Change]) -> Table {
    let mut rows: Vec<[String; 3]> = Vec::new();
    let mut at = 0;
    while let Some(change) = changes.get(at) {
        let alike = |other: &&Change| other.kind == change.kind && other.what == change.what;
        let run: Vec<&Change> = changes.iter().skip(at).take_while(alike).collect();
        match &change.what {
            What::Changed(parts) => {
                rows.extend(parts.iter().map(|part| row(change, part)));
                at += 1;
            }
            _ if run.len() < TOGETHER => {
                rows.push([named(change), there(change).to_owned(), capital_of(&came_or_went(change))]);
                at += 1;
            }
            _ => {
                let titles: Vec<String> = run.iter().map(|one| format!("“{}”", title(one))).collect();
                let all = format!("{} {}", plural(&kind(change)), titles.join(", "));
                rows.push([all, there(change).to_owned(), capital_of(&came_or_went(change))]);
                at += run.len();
            }
        }
    }
    let row = |cells: [String; 3]| TableRow {
        anchor: None,
        revision: None,
        cells: cells.iter().map(|words| said(words)).collect(),
    };
    Table {
        caption: "Everything that changes".to_owned(),
        header: ["What", "Before", "Now"].map(str::to_owned).to_vec(),
        anchors: Vec::new(),
        align: vec![Align::Left; 3],
        row_heads: true,
        rows: rows.into_iter().map(row).collect(),
    }
}

fn row(change: &Change, part: &Part) -> [String; 3] {
    let (before, after) = sides(part);
    let what = match part.label.as_str() {
        "figure" => named(change),
        label => format!("{}: {}", named(change), within(label)),
    };
    match (&part.before, &part.after) {
        (Some(_), Some(_)) => [what, before, after],
        (None, Some(_)) => [what, "None".to_owned(), after],
        (Some(_), None) => [what, before, "Taken out".to_owned()],
        (None, None) => [what, String::new(), "Changed".to_owned()],
    }
}

/// What a part was and what it is; of a long text only what changed, with the words around it.
pub(super) fn sides(part: &Part) -> (String, String) {
    if part.words.is_empty() {
        return (part.before.clone().unwrap_or_default(), part.after.clone().unwrap_or_default());
    }
    let last = part.words.len() - 1;
    let side = |leaves: fn(&Run) -> bool| {
        let runs = part.words.iter().enumerate().filter(|(_, run)| !leaves(run));
        let words = runs.map(|(place, run)| match run {
            Run::Same(text) => shortened(text, place > 0, place < last),
            Run::Out(text) | Run::In(text) => text.clone(),
        });
        format!("“{}”", words.collect::<Vec<_>>().join(" ").trim_end_matches('.'))
    };
    (side(|run| matches!(run, Run::In(_))), side(|run| matches!(run, Run::Out(_))))
}

/// `is new: provider`, `is taken out`.
pub(super) fn came_or_went(change: &Change) -> String {
    match &change.what {
        What::Added if change.summary.is_empty() => "is new".to_owned(),
        What::Added => format!("is new: {}", change.summary),
        _ => "is taken out".to_owned(),
    }
}

fn there(change: &Change) -> &'static str {
    if change.what == What::Added { "Not in the contract" } else { "In the contract" }
}

/// `New: provider` of `is new: provider`.
fn capital_of(words: &str) -> String {
    super::capital(words.strip_prefix("is ").unwrap_or(words))
}

/// `Examples`, `Localities`, `Bands`.
fn plural(kind: &str) -> String {
    let kind = super::capital(kind);
    match kind.strip_suffix('y') {
        Some(stem) => format!("{stem}ies"),
        None if kind.ends_with('s') => kind,
        None => format!("{kind}s"),
    }
}
