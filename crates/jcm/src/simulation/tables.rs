//! A simulation as text for people, and as comma-separated values and JSON for programs.

use super::result::{ChanceResult, Range, Simulated, SimulatedPlace};
use jcm_quantity::{Exact, RoundingMode, Unit, show};
use std::fmt::Write as _;

/// What is told, as a table for a terminal. Amounts to the nearest whole unit of the currency.
pub fn simulation_text(simulated: &Simulated) -> String {
    let mut text = String::new();
    let _ = writeln!(text, "{}: {}", simulated.contract, simulated.title);
    let _ = writeln!(text, "{} runs of {}, seed {}", whole(simulated.runs), years(simulated), simulated.seed);
    for place in &simulated.places {
        let _ = writeln!(text, "\n{}", place_title(place));
        if simulated.tells.0 {
            text.push_str(&aligned(&party_rows(simulated, place)));
        }
        if !place.chances.is_empty() {
            text.push('\n');
            text.push_str(&aligned(&chance_rows(simulated, "chance in a period that", &place.chances)));
        }
        if !place.watches.is_empty() {
            text.push('\n');
            text.push_str(&aligned(&chance_rows(simulated, "chance in a period", &place.watches)));
        }
    }
    if !simulated.expectations.is_empty() {
        text.push('\n');
    }
    for result in &simulated.expectations {
        let verdict = if result.holds { "ok    " } else { "FAILED" };
        let place = if result.place.is_empty() { String::new() } else { format!(" in {}", result.place) };
        let _ = writeln!(text, "{verdict}  {}{place}: {}", result.text, percent(&result.found));
    }
    let _ = writeln!(text, "\nhash {}", simulated.hash);
    text
}

/// The title of a place, or what the contract as it stands is called.
pub(super) fn place_title(place: &SimulatedPlace) -> &str {
    if place.title.is_empty() { "The contract as it stands" } else { &place.title }
}

/// The periods of a run, in words.
pub(super) fn years(simulated: &Simulated) -> String {
    match simulated.periods.as_slice() {
        [] => String::new(),
        [only] => only.clone(),
        [first, .., last] => format!("{first} to {last}"),
    }
}

/// A whole number with commas.
pub(super) fn whole(number: u32) -> String {
    show(&Exact::from_int(i64::from(number)), &Unit::none())
}

/// A chance to a tenth of a percent.
pub fn percent(chance: &Exact) -> String {
    let shown = chance.round(&Exact::ten_to(-3), RoundingMode::HalfEven);
    format!("{}%", (shown * Exact::from_int(100)).fixed(1, RoundingMode::HalfEven))
}

/// An amount to the nearest whole unit.
pub(super) fn amount(simulated: &Simulated, amount: &Exact) -> String {
    let shown = show(&amount.round(&Exact::one(), RoundingMode::HalfEven), &simulated.unit);
    shown.strip_suffix(".00").map_or(shown.clone(), str::to_owned)
}

/// The heads of the table of partners, and a row for each.
pub(super) fn party_rows(simulated: &Simulated, place: &SimulatedPlace) -> Vec<Vec<String>> {
    let (lower, upper) = (percent_plain(&simulated.range.0), percent_plain(&simulated.range.1));
    let mut heads = vec!["over all periods".to_owned(), "expected".to_owned(), "± error".to_owned()];
    heads.extend([lower.clone(), "50%".to_owned(), upper, format!("worst {lower}")]);
    if simulated.tells.1 {
        heads.push("chance of loss".to_owned());
    }
    let mut rows = vec![heads];
    for party in &place.parties {
        let range = &party.whole;
        let mut row = vec![party.title.clone(), amount(simulated, &range.mean)];
        row.push(amount(simulated, &range.standard_error));
        row.extend(range.percentiles.iter().map(|figure| amount(simulated, figure)));
        row.push(amount(simulated, &range.shortfall));
        if simulated.tells.1 {
            row.push(percent(&range.loss));
        }
        rows.push(row);
    }
    rows
}

/// The heads of a table of chances, and a row for each.
pub(super) fn chance_rows(simulated: &Simulated, what: &str, chances: &[ChanceResult]) -> Vec<Vec<String>> {
    let mut heads = vec![what.to_owned(), "all".to_owned()];
    heads.extend(simulated.periods.iter().cloned());
    let row = |chance: &ChanceResult| {
        let mut row = vec![chance.text.clone(), percent(&chance.chance)];
        row.extend(chance.years.iter().map(percent));
        row
    };
    std::iter::once(heads).chain(chances.iter().map(row)).collect()
}

fn percent_plain(chance: &Exact) -> String {
    show(chance, &Unit::percent())
}

/// Columns under each other: the first to the left, the others to the right.
fn aligned(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let mut text = String::new();
    for row in rows {
        let mut line = String::from(" ");
        for (column, (cell, width)) in row.iter().zip(&widths).enumerate() {
            let _ = match column {
                0 => write!(line, " {cell:<width$}"),
                _ => write!(line, "  {cell:>width$}"),
            };
        }
        let _ = writeln!(text, "{}", line.trim_end());
    }
    text
}

/// Every figure, one to a row: place, what, period, statistic, figure.
pub fn simulation_csv(simulated: &Simulated) -> String {
    let mut text = String::from("place,what,period,statistic,figure\n");
    for place in &simulated.places {
        let mut put = |what: &str, period: &str, statistic: &str, figure: &Exact| {
            let cells = [place_title(place), what, period, statistic].map(cell).join(",");
            let _ = writeln!(text, "{cells},{}", figure.fixed(6, RoundingMode::HalfEven));
        };
        for party in &place.parties {
            let years = simulated.periods.iter().map(String::as_str).zip(&party.years);
            for (period, range) in std::iter::once(("all", &party.whole)).chain(years) {
                for (statistic, figure) in statistics(simulated, range) {
                    put(&party.name, period, &statistic, &figure);
                }
            }
        }
        for chance in place.chances.iter().chain(&place.watches) {
            put(&chance.text, "all", "chance", &chance.chance);
            for (period, figure) in simulated.periods.iter().zip(&chance.years) {
                put(&chance.text, period, "chance", figure);
            }
        }
    }
    text
}

/// The statistics of an amount by name.
fn statistics(simulated: &Simulated, range: &Range) -> Vec<(String, Exact)> {
    let half = Exact::ratio(1, 2).unwrap_or_default();
    let chances = [&simulated.range.0, &half, &simulated.range.1].map(percent_plain);
    let mut figures = vec![
        ("expected".to_owned(), range.mean.clone()),
        ("standard error".to_owned(), range.standard_error.clone()),
    ];
    figures.extend(chances.into_iter().zip(range.percentiles.iter().cloned()));
    figures.push(("expected shortfall".to_owned(), range.shortfall.clone()));
    figures.push(("chance of loss".to_owned(), range.loss.clone()));
    figures
}

fn cell(text: &str) -> String {
    if text.contains([',', '"', '\n']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

/// Every figure as one JSON document. Figures are texts, so that no reader makes them inexact.
pub fn simulation_json(simulated: &Simulated) -> String {
    let text = |text: &str| format!("\"{}\"", escaped(text));
    let figure = |figure: &Exact| text(&figure.fixed(6, RoundingMode::HalfEven));
    let range = |range: &Range| {
        let pairs = statistics(simulated, range);
        let pairs: Vec<String> =
            pairs.iter().map(|(name, value)| format!("{}: {}", text(name), figure(value))).collect();
        format!("{{{}}}", pairs.join(", "))
    };
    let list = |items: Vec<String>| format!("[{}]", items.join(", "));
    let chance = |chance: &ChanceResult| {
        let years = list(chance.years.iter().map(figure).collect());
        format!(
            "{{\"what\": {}, \"all\": {}, \"periods\": {years}}}",
            text(&chance.text),
            figure(&chance.chance)
        )
    };
    let place = |place: &SimulatedPlace| {
        let party = |party: &super::PartyResult| {
            let years = list(party.years.iter().map(range).collect());
            let (name, title) = (text(&party.name), text(&party.title));
            format!(
                "{{\"name\": {name}, \"title\": {title}, \"all\": {}, \"periods\": {years}}}",
                range(&party.whole)
            )
        };
        format!(
            "{{\"title\": {}, \"parties\": {}, \"chances\": {}, \"lines\": {}, \"settled exactly\": {}}}",
            text(place_title(place)),
            list(place.parties.iter().map(party).collect()),
            list(place.chances.iter().map(chance).collect()),
            list(place.watches.iter().map(chance).collect()),
            place.exactly
        )
    };
    let expected = |result: &super::ExpectationResult| {
        let (what, place) = (text(&result.text), text(&result.place));
        format!(
            "{{\"expects\": {what}, \"place\": {place}, \"found\": {}, \"holds\": {}}}",
            figure(&result.found),
            result.holds
        )
    };
    format!(
        "{{\n\"simulation\": {},\n\"contract\": {},\n\"source_hash\": {},\n\"runs\": {},\n\"seed\": \"{}\",\n\"periods\": {},\n\"places\": {},\n\"expectations\": {},\n\"hash\": {}\n}}\n",
        text(&simulated.name),
        text(&simulated.contract),
        text(&simulated.source_hash),
        simulated.runs,
        simulated.seed,
        list(simulated.periods.iter().map(|period| text(period)).collect()),
        list(simulated.places.iter().map(place).collect()),
        list(simulated.expectations.iter().map(expected).collect()),
        text(&simulated.hash)
    )
}

pub(crate) fn escaped(text: &str) -> String {
    let mut made = String::new();
    for letter in text.chars() {
        match letter {
            '"' => made.push_str("\\\""),
            '\\' => made.push_str("\\\\"),
            letter if u32::from(letter) < 0x20 => {
                let _ = write!(made, "\\u{:04x}", u32::from(letter));
            }
            letter => made.push(letter),
        }
    }
    made
}
