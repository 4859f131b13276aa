//! A simulation as a page of its own: drawings, and the table of the same figures below each.

use super::chart::{Layout, Row, chart, charts, ends, tornado};
use super::in_short::in_short;
use super::overview::{
    ALIKE, NOTHING_MOVES, RUN_BY_RUN, Total, alike, driver_rows, everybody, grid, is_wide, likeliest_to_lose,
    model_rows, model_year_rows, risk_rows, total_driver_rows, totals,
};
use super::result::{Range, Simulated, SimulatedPlace};
use super::spread::{are_many, expected, left_out, place_tables, told};
use super::tables::{
    HOW_SURE, PARTS, chance_rows, counted, enough, party_rows, percent, place_title, settled, what_it_is,
    year_rows,
};
use crate::sheet::{sheet, table, unbroken};
use jcm_quantity::Exact;
use maud::{Markup, html};

/// More places than this have no tile.
const MOST_TILES: usize = 600;

/// The whole page.
pub fn simulation_html(simulated: &Simulated) -> String {
    let title = format!("{}: {}", simulated.contract, simulated.title);
    sheet(&title, &body(simulated, &title))
}

fn body(simulated: &Simulated, title: &str) -> Markup {
    let several = is_wide(simulated);
    html! {
        h1 { (title) }
        p { (what_it_is(simulated)) }
        @if simulated.tells.0 {
            h2 { "In short" }
            ul { @for sentence in in_short(simulated) { li { (unbroken(&sentence)) } } }
            @if !simulated.against.is_empty() { (table(&grid(simulated, None))) }
        }
        @if several && simulated.tells.0 {
            @if !simulated.against.is_empty() { (models(simulated)) }
            (dependence(simulated))
            (places(simulated))
        }
        @if let Some(words) = left_out(simulated) { p { (words) } }
        @for (number, place) in told(simulated).into_iter().filter_map(|number| Some((number, simulated.places.get(number)?))) {
            @if several {
                details class="folded" { summary { (place_title(place)) } (place_of_each(simulated, number)) }
            } @else {
                h2 { (place_title(place)) }
                (place_of_each(simulated, number))
            }
        }
        @if !simulated.expectations.is_empty() {
            h2 { "What was expected" }
            ul {
                @for result in expected(simulated) {
                    li {
                        (if result.holds { "As expected: " } else { "Not as expected: " }) (result.text)
                        " (" (result.found) ")"
                    }
                }
            }
        }
        h2 { "How sure this is" }
        p { (enough(simulated)) " " (HOW_SURE) }
        p { (PARTS) }
        p { (settled(simulated)) }
        p { "Seed " (simulated.seed) ", hash of the figures: " code { (simulated.hash) } }
    }
}

/// Several contracts side by side.
fn models(simulated: &Simulated) -> Markup {
    let contracts: Vec<(&Simulated, Vec<Total<'_>>)> =
        simulated.contracts().map(|one| (one, totals(one))).collect();
    html! {
        h2 { "The contracts side by side" }
        p { "The same draws of the same figures, settled by each contract: what everybody stands to gain or lose over all periods, in all places together. " (counted(simulated)) }
        p { (how_to_read()) " Each drawing has a scale of its own, with its ends below it." }
        @for (name, title) in everybody(&contracts) { (under_each(&contracts, name, title)) }
        (table(&model_rows(simulated)))
        @if simulated.periods.len() > 1 {
            h3 { "Year by year" }
            (table(&model_year_rows(simulated)))
        }
        @if simulated.places.len() > 1 { p { (RUN_BY_RUN) } }
        h2 { "Who bears which risk" }
        p { "For each contract how wide the range of each gain is, whose part of all ranges that is, and what part of its spread goes with each figure." }
        @for contract in simulated.contracts() { (table(&risk_rows(contract))) }
    }
}

/// What one partner, or those who pay, comes to under each contract.
fn under_each(contracts: &[(&Simulated, Vec<Total<'_>>)], name: &str, title: &str) -> Markup {
    let mut rows: Vec<Row<'_>> = vec![(title.to_owned(), None)];
    for (contract, totals) in contracts {
        let found = totals.iter().find(|total| total.name == name);
        rows.extend(found.map(|total| (contract.contract.clone(), Some(&total.whole))));
    }
    let ends = ends(rows.iter().filter_map(|(_, range)| *range));
    let Some(((simulated, _), ends)) = contracts.first().zip(ends) else { return html! {} };
    chart(simulated, &rows, &ends, Layout::WIDE)
}

/// What the gains in all places together depend on, under each contract.
fn dependence(simulated: &Simulated) -> Markup {
    html! {
        h2 { "What it depends on most" }
        p { (ALIKE) " A hollow bar is for the lowest tenth, a full one for the highest." }
        @for contract in simulated.contracts() {
            @for (title, total) in alike(contract) {
                h3 { @if !simulated.against.is_empty() { (contract.contract) ": " } (title) }
                (tornado(contract, &title, &total.drivers))
                @let rows = total_driver_rows(contract, &total);
                @if rows.is_empty() { p { (NOTHING_MOVES) } } @else { (table(&rows)) }
            }
        }
    }
}

fn how_to_read() -> &'static str {
    "A bar runs over the range of the table, a stroke stands at the middle (50%), a diamond at the expected figure."
}

/// The places side by side.
fn places(simulated: &Simulated) -> Markup {
    html! {
        h2 { "Places" }
        p { "Each tile has the chance of loss of the partner that is likeliest to lose there: white up to 10% of the runs, grey in three steps from there, from 25% and from 35%, black above half. The table beside the tiles has the same figures." }
        @for contract in simulated.contracts() { (tiles(contract)) }
        @if simulated.tells.0 { (drawn_places(simulated)) }
    }
}

/// The places of a contract as tiles, and as a table.
fn tiles(contract: &Simulated) -> Markup {
    let many = are_many(contract);
    let mut losing: Vec<&str> =
        contract.places.iter().filter_map(likeliest_to_lose).map(|party| party.title.as_str()).collect();
    losing.sort_unstable();
    losing.dedup();
    html! {
        h3 { (contract.contract) ": who is likeliest to lose" }
        @if let [only] = losing.as_slice() { p { "Wherever somebody may lose, it is " (only) "." } }
        @if many { @for rows in place_tables(contract) { (table(&rows)) } }
        ul class=(if many { "tiles fine" } else { "tiles" }) {
            @for place in contract.places.iter().take(MOST_TILES) { (tile(place, many || losing.len() == 1)) }
        }
        @if contract.places.len() > MOST_TILES { p { "The first " (MOST_TILES) " places have a tile." } }
        @if !many { @for rows in place_tables(contract) { (table(&rows)) } }
    }
}

/// A small drawing of each place: all to one scale, unless some would be too small to be read.
fn drawn_places(simulated: &Simulated) -> Markup {
    let scale = |number: usize| {
        let of_it = simulated.contracts().filter_map(|one| one.places.get(number));
        let partners = of_it.flat_map(|place| &place.parties).filter(|party| !party.pool);
        ends(partners.map(|party| &party.whole))
    };
    let scales: Vec<(usize, (Exact, Exact))> =
        told(simulated).into_iter().filter_map(|number| Some((number, scale(number)?))).collect();
    let least = scales.iter().map(|(_, (least, _))| least).min().cloned().unwrap_or_default();
    let most = scales.iter().map(|(_, (_, most))| most).max().cloned().unwrap_or_default();
    let is_small =
        |(_, (low, high)): &(usize, (Exact, Exact))| (high - low) * Exact::from_int(3) < &most - &least;
    let (title, common) = match scales.iter().any(is_small) {
        true => ("Each place, to a scale of its own", None),
        false => ("Each place, to one scale", Some((least, most))),
    };
    html! {
        h3 { (title) }
        p { (how_to_read()) }
        div class="small" {
            @for (number, own) in &scales { (small(simulated, *number, common.as_ref().unwrap_or(own))) }
        }
    }
}

/// A place in a word and a shade; without whom it is that loses where that is said for all.
fn tile(place: &SimulatedPlace, brief: bool) -> Markup {
    let worst = likeliest_to_lose(place);
    let chance = worst.map_or_else(Exact::zero, |party| party.whole.loss.clone());
    const SHADES: [(i64, &str); 4] = [(50, "dark"), (35, "deep"), (25, "middle-dark"), (10, "pale")];
    let above = |percent: i64| chance > Exact::from_int(percent) * Exact::ten_to(-2);
    let shade = SHADES.iter().find(|(percent, _)| above(*percent)).map_or("light", |(_, shade)| *shade);
    html! {
        li class=(shade) {
            b { (place_title(place)) }
            (percent(&chance))
            @if let Some(party) = worst.filter(|_| !brief) { br; (party.title) }
        }
    }
}

fn small(simulated: &Simulated, number: usize, scale: &(Exact, Exact)) -> Markup {
    let title = simulated.places.get(number).map_or("", place_title);
    let mut rows: Vec<Row<'_>> = Vec::new();
    for contract in simulated.contracts() {
        if !simulated.against.is_empty() {
            rows.push((contract.contract.clone(), None));
        }
        let parties = contract.places.get(number).into_iter().flat_map(|place| &place.parties);
        let shown = parties.filter(|party| !party.pool);
        rows.extend(shown.map(|party| (short(&party.title), Some::<&Range>(&party.whole))));
    }
    html! { section { h4 { (title) } (chart(simulated, &rows, scale, Layout::SMALL)) } }
}

/// As much of a title as has room beside a small drawing.
fn short(title: &str) -> String {
    const ROOM: usize = 26;
    if title.chars().count() <= ROOM {
        return title.to_owned();
    }
    let kept: String = title.chars().take(ROOM - 1).collect();
    format!("{}…", kept.trim_end())
}

/// One place, under each contract.
fn place_of_each(simulated: &Simulated, number: usize) -> Markup {
    html! {
        @for contract in simulated.contracts() {
            @if !simulated.against.is_empty() { h3 { (contract.contract) } }
            @if let Some(place) = contract.places.get(number) { (one_place(contract, place)) }
        }
    }
}

fn one_place(simulated: &Simulated, place: &SimulatedPlace) -> Markup {
    let rows: Vec<Row<'_>> =
        place.everybody().into_iter().map(|(title, party)| (title, Some(&party.whole))).collect();
    html! {
        @if simulated.tells.0 {
            h3 { "What each stands to gain or lose over all periods" }
            p { (how_to_read()) }
            (charts(simulated, rows))
            (table(&party_rows(simulated, place)))
            @if simulated.periods.len() > 1 {
                h3 { "Year by year" }
                (table(&year_rows(simulated, place)))
            }
            h3 { "What it depends on most" }
            @let drivers: Vec<_> = place.parties.iter().filter(|party| !party.pool).map(|party| (party, driver_rows(simulated, party))).collect();
            @if drivers.iter().all(|(_, rows)| rows.is_empty()) { p { (NOTHING_MOVES) } } @else { p { "How far the expected gain moves where a figure lies in its lowest tenth (hollow bar) or its highest (full bar) in every period, and the figure at which a gain turns into a loss." } }
            @for (party, rows) in &drivers {
                (tornado(simulated, &party.title, &party.drivers))
                (table(rows))
            }
        }
        @if !place.chances.is_empty() {
            h3 { "Chances" }
            (table(&chance_rows(simulated, "chance in a period that", &place.chances)))
        }
        @if !place.watches.is_empty() {
            h3 { "Conditions and limits" }
            (table(&chance_rows(simulated, "chance in a period", &place.watches)))
        }
    }
}
