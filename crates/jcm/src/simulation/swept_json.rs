//! What came of turning knobs, as JSON for programs.

use super::json::{VERSION, figure, list, text};
use super::result::Range;
use super::sweep::{Swept, SweptValue};
use super::tables::{LOSS, statistics};
use jcm_quantity::{Exact, Unit};

/// Every figure of a sweep as one JSON document. Figures are texts, so that no reader makes them inexact; the values of a
/// knob stand as they are written, in percent where it is a percentage.
pub fn sweep_json(swept: &Swept) -> String {
    let (runs, seed) = swept.draws;
    let interval = |(from, to): &(Exact, Exact)| {
        let unit = swept.knobs.first().map_or_else(Unit::none, |(_, unit)| unit.clone());
        list([from, to].into_iter().map(|end| figure(&(end * &unit.scale()))))
    };
    let mut fields = vec![
        ("version", VERSION.to_string()),
        ("sweep", text(&swept.title)),
        ("runs", runs.to_string()),
        ("seed", text(&seed.to_string())),
        ("knobs", list(swept.knobs.iter().map(|(title, _)| text(title)))),
        ("values", list(swept.rows.iter().map(|row| value(swept, row)))),
    ];
    if !swept.goals.is_empty() {
        fields.push(("goals", list(swept.goals.iter().map(|goal| text(&goal.text)))));
        fields.push(("best", swept.best.as_ref().map_or("null".to_owned(), |best| at(swept, best))));
    }
    if !swept.goals.is_empty() && swept.knobs.len() == 1 {
        fields.push(("holds between", list(swept.holds.iter().map(interval))));
    }
    let fields: Vec<String> =
        fields.into_iter().map(|(name, value)| format!("\"{name}\": {value}")).collect();
    format!("{{\n{}\n}}\n", fields.join(",\n"))
}

/// The values of the knobs, in their order.
fn at(swept: &Swept, at: &[Exact]) -> String {
    let scaled = at.iter().zip(&swept.knobs).map(|(value, (_, unit))| figure(&(value * &unit.scale())));
    list(scaled)
}

fn value(swept: &Swept, row: &SweptValue) -> String {
    let goals = swept.goals.iter().zip(row.found.iter().zip(&row.room)).map(|(goal, (found, room))| {
        format!(
            "{{\"goal\": {}, \"found\": {}, \"room\": {}, \"holds\": {}}}",
            text(&goal.text),
            figure(found),
            figure(room),
            room.is_positive()
        )
    });
    let parties = row.parties.iter().map(|(title, range, loss)| party(swept, title, range, loss.as_ref()));
    format!("{{\"at\": {}, \"parties\": {}, \"goals\": {}}}", at(swept, &row.at), list(parties), list(goals))
}

/// What one partner, or everybody who pays, comes to in all places together, with the greatest chance of loss in a place of
/// somebody who does not only pay.
fn party(swept: &Swept, title: &str, range: &Range, loss: Option<&Exact>) -> String {
    let told = statistics(&swept.money, range);
    let mut pairs: Vec<String> = told
        .iter()
        .filter(|(name, _)| name != LOSS)
        .map(|(name, value)| format!("{}: {}", text(name), figure(value)))
        .collect();
    pairs.extend(loss.map(|loss| format!("{}: {}", text(LOSS), figure(loss))));
    format!("{{\"title\": {}, \"all\": {{{}}}}}", text(title), pairs.join(", "))
}
