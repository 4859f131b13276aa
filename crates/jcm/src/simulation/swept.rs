//! What came of turning knobs, told: as a table for people, as a page, and as comma-separated values.

use super::chart::{Layout, Row, chart, ends};
use super::result::Range;
use super::sweep::{Goal, GoalOf, Swept, SweptValue};
use super::tables::{LOSS, aligned, amount, cell, percent, percent_plain, runs as so_many, statistics};
use crate::sheet::{sheet, table};
use jcm_quantity::{Exact, RoundingMode, show};
use maud::{Markup, html};
use std::fmt::Write as _;

/// The table of a sweep for people: a row for each value.
pub fn sweep_text(swept: &Swept) -> String {
    let (runs, seed) = swept.draws;
    let mut text = format!("{}\n{} for each value, seed {seed}\n\n", swept.title, so_many(runs));
    text.push_str(&aligned(&rows(swept)));
    for (place, sentence) in verdict(swept).iter().enumerate() {
        let _ = writeln!(text, "{}{sentence}", if place == 0 { "\n" } else { "" });
    }
    text
}

/// What was sought, where it holds, and the best values, in sentences.
fn verdict(swept: &Swept) -> Vec<String> {
    let Some(best) = swept.best.as_ref().and_then(|best| swept.rows.iter().find(|row| row.at == *best))
    else {
        return Vec::new();
    };
    let goals: Vec<&str> = swept.goals.iter().map(|goal| goal.text.as_str()).collect();
    let mut said = vec![format!("Sought: {}.", goals.join("; ")), where_it_holds(swept)];
    let begins = if best.holds() { "There is most room at" } else { "The nearest to it is" };
    let found: Vec<String> = swept
        .goals
        .iter()
        .zip(&best.found)
        .map(|(goal, found)| format!("{} {}", goal.subject(), goal_figure(swept, goal, found)))
        .collect();
    said.push(format!("{begins} {}: {}.", setting(swept, &best.at), found.join(", ")));
    let nearly = best.least() - Exact::ten_to(-2);
    let is_flat = swept.rows.iter().all(|row| row.least() >= nearly);
    if is_flat && swept.rows.len() > 1 {
        let knobs = if swept.knobs.len() == 1 { "the knob makes" } else { "the knobs make" };
        said.push(format!("At every value that was looked at it is as good to a hundredth of the limit: {knobs} no difference that matters here."));
    } else if let Some((from, to)) = around(swept, best, &nearly) {
        said.push(format!("From {from} to {to} it is as good to a hundredth of the limit."));
    }
    said
}

fn where_it_holds(swept: &Swept) -> String {
    let held = swept.rows.iter().filter(|row| row.holds()).count();
    let it = if swept.goals.len() == 1 { "It holds" } else { "All of it holds" };
    if held == 0 {
        return format!("{it} at none of the {} values that were looked at.", swept.rows.len());
    }
    let Some((_, unit)) = swept.knobs.first().filter(|_| swept.knobs.len() == 1) else {
        return format!(
            "{it} at {held} of the {} settings that were looked at; near the best they lie closer together.",
            swept.rows.len()
        );
    };
    let interval = |(from, to): &(Exact, Exact)| match from == to {
        true => format!("at {}", show(from, unit)),
        false => format!("from {} to {}", show(from, unit), show(to, unit)),
    };
    let intervals: Vec<String> = swept.holds.iter().map(interval).collect();
    format!("{it} {}.", intervals.join(", and "))
}

/// Of one knob, the ends of the values about the best that are nearly as good.
fn around(swept: &Swept, best: &SweptValue, nearly: &Exact) -> Option<(String, String)> {
    let [(_, unit)] = swept.knobs.as_slice() else { return None };
    let place = swept.rows.iter().position(|row| row.at == best.at)?;
    let is_near = |row: &&SweptValue| row.least() >= *nearly;
    let (before, after) = swept.rows.split_at(place);
    let first = before.iter().rev().take_while(is_near).last().unwrap_or(best).at.first()?;
    let last = after.iter().take_while(is_near).last().unwrap_or(best).at.first()?;
    (first < last).then(|| (show(first, unit), show(last, unit)))
}

/// The values of the knobs, with what each is of.
fn setting(swept: &Swept, at: &[Exact]) -> String {
    let one = |((title, unit), value): (&(String, jcm_quantity::Unit), &Exact)| {
        format!("{title} {}", show(value, unit))
    };
    swept.knobs.iter().zip(at).map(one).collect::<Vec<_>>().join(", ")
}

impl Goal {
    /// What is limited, as it was written.
    fn subject(&self) -> &str {
        let limit = if self.under { " under " } else { " over " };
        self.text.rsplit_once(limit).map_or(self.text.as_str(), |(subject, _)| subject)
    }
}

fn goal_figure(swept: &Swept, goal: &Goal, found: &Exact) -> String {
    match goal.of {
        GoalOf::Loss(_) => percent(found),
        GoalOf::Gain(_) | GoalOf::Cost => amount(&swept.money, found),
    }
}

/// The heads of the table of a sweep, and its rows.
fn rows(swept: &Swept) -> Vec<Vec<String>> {
    let mut heads: Vec<String> = swept.knobs.iter().map(|(title, _)| title.clone()).collect();
    let first = swept.rows.first().map(|row| row.parties.as_slice()).unwrap_or_default();
    let partners = first.len().saturating_sub(1);
    for (title, ..) in first.iter().take(partners) {
        heads.extend([title.clone(), "loss".to_owned()]);
    }
    heads.extend(first.last().map(|(title, ..)| title.clone()));
    if !swept.goals.is_empty() {
        heads.push("goals".to_owned());
    }
    let mut rows = vec![heads];
    for row in swept.rows.iter().filter(|row| row.told) {
        let mut cells: Vec<String> =
            row.at.iter().zip(&swept.knobs).map(|(value, (_, unit))| show(value, unit)).collect();
        for (_, range, loss) in row.parties.iter().take(partners) {
            cells.extend([
                amount(&swept.money, &range.mean),
                loss.as_ref().map_or_else(|| "–".to_owned(), percent),
            ]);
        }
        cells.extend(row.parties.last().map(|(_, range, _)| amount(&swept.money, &range.mean)));
        if !swept.goals.is_empty() {
            cells.push(standing(swept, row).to_owned());
        }
        rows.push(cells);
    }
    rows
}

fn standing(swept: &Swept, row: &SweptValue) -> &'static str {
    match (row.holds(), swept.best.as_ref() == Some(&row.at)) {
        (true, true) => "hold, most room",
        (true, false) => "hold",
        (false, true) => "fail, nearest",
        (false, false) => "fail",
    }
}

/// A sweep as a page: the table, and for each partner a drawing of its range at each value.
pub fn sweep_html(swept: &Swept) -> String {
    let first = swept.rows.first().map(|row| row.parties.as_slice()).unwrap_or_default();
    let (runs, seed) = swept.draws;
    let knobs: Vec<&str> = swept.knobs.iter().map(|(title, _)| title.as_str()).collect();
    let title = format!("{}: {}", swept.title, knobs.join(", "));
    let body = html! {
        h1 { (title) }
        p { (so_many(runs)) " for each value, seed " (seed) ". Every value has the same draws, so that what differs is the knob and not chance." }
        @for sentence in verdict(swept) { p { (sentence) } }
        p { "The amounts are what is expected over all periods, in all places together; beside them stands the greatest chance of loss in a place." }
        (table(&rows(swept)))
        h2 { "The ranges" }
        p { "A bar runs from " (percent_plain(&swept.money.range.0)) " to " (percent_plain(&swept.money.range.1)) " of the runs, a stroke stands at the middle, a diamond at the expected figure. Each drawing has a scale of its own, with its ends below it." }
        @for (number, (title, ..)) in first.iter().enumerate() {
            h3 { (title) }
            (drawing(swept, number))
        }
    };
    sheet(&title, &body)
}

/// The range of one partner, or of those who pay, at each value that is told.
fn drawing(swept: &Swept, number: usize) -> Markup {
    let bar = |row: &'_ SweptValue| {
        let values = row.at.iter().zip(&swept.knobs).map(|(value, (_, unit))| show(value, unit));
        values.collect::<Vec<_>>().join(", ")
    };
    let told = swept.rows.iter().filter(|row| row.told);
    let rows: Vec<Row<'_>> =
        told.filter_map(|row| Some((bar(row), Some(&row.parties.get(number)?.1)))).collect();
    let ranges: Vec<&Range> = rows.iter().filter_map(|(_, range)| *range).collect();
    ends(ranges.into_iter())
        .map_or_else(|| html! {}, |scale| chart(&swept.money, &rows, &scale, Layout::BRIEF))
}

/// Every figure of a sweep, one to a row: values, what, statistic, figure.
pub fn sweep_csv(swept: &Swept) -> String {
    let knobs: Vec<String> = swept.knobs.iter().map(|(title, _)| cell(title).to_string()).collect();
    let mut text = format!("{},what,statistic,figure\n", knobs.join(","));
    for row in &swept.rows {
        let value = |(value, (_, unit)): (&Exact, &(String, jcm_quantity::Unit))| {
            (value * &unit.scale()).fixed(6, RoundingMode::HalfEven)
        };
        let values = row.at.iter().zip(&swept.knobs).map(value).collect::<Vec<_>>().join(",");
        for (title, range, loss) in &row.parties {
            for (statistic, figure) in statistics(&swept.money, range) {
                let figure = if statistic == LOSS { loss.clone() } else { Some(figure) };
                let Some(figure) = figure else { continue };
                let figure = figure.fixed(6, RoundingMode::HalfEven);
                let _ = writeln!(text, "{values},{},{},{figure}", cell(title), cell(&statistic));
            }
        }
        for (goal, room) in swept.goals.iter().zip(&row.room) {
            let room = room.fixed(6, RoundingMode::HalfEven);
            let _ = writeln!(text, "{values},{},room,{room}", cell(&goal.text));
        }
    }
    text
}
