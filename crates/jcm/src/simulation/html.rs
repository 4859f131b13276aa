//! A simulation as a page of its own: drawings, and the table of the same figures below each.

use super::chart::{Layout, Row, chart, ends, tornado};
use super::in_short::in_short;
use super::overview::{
    Total, driver_rows, everybody, grid, is_wide, likeliest_to_lose, model_rows, model_year_rows, risk_rows,
    totals,
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
            (places(simulated))
        }
        @if let Some(words) = left_out(simulated) { p { (words) } }
        @for (number, place) in told(simulated).into_iter().filter_map(|number| Some((number, simulated.places.get(number)?))) {
            @if several {
                details { summary { (place_title(place)) } (place_of_each(simulated, number)) }
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
    let mut rows: Vec<Row<'_>> = Vec::new();
    for (name, title) in everybody(&contracts) {
        rows.push((title.to_owned(), None));
        for (contract, totals) in &contracts {
            let found = totals.iter().find(|total| total.name == name);
            rows.extend(found.map(|total| (contract.contract.clone(), Some(&total.whole))));
        }
    }
    let ends = ends(rows.iter().filter_map(|(_, range)| *range));
    html! {
        h2 { "The contracts side by side" }
        p { "The same draws of the same figures, settled by each contract: what everybody stands to gain or lose over all periods, in all places together. " (counted(simulated)) }
        p { (how_to_read()) }
        @if let Some(ends) = &ends { (chart(simulated, &rows, ends, Layout::WIDE)) }
        (table(&model_rows(simulated)))
        @if simulated.periods.len() > 1 {
            h3 { "Year by year" }
            (table(&model_year_rows(simulated)))
        }
        p { "All places have the same draws, so that ranges are summed over them. The chance of loss is that in the best place to that in the worst." }
        h2 { "Who bears which risk" }
        p { "For each contract how wide the range of each gain is, whose part of all ranges that is, and what part of its spread goes with each figure." }
        @for contract in simulated.contracts() { (table(&risk_rows(contract))) }
    }
}

fn how_to_read() -> &'static str {
    "A bar runs over the range of the table, a stroke stands at the middle (50%), a diamond at the expected figure."
}

/// The places side by side.
fn places(simulated: &Simulated) -> Markup {
    let of_all = simulated.contracts().flat_map(|one| &one.places);
    let of_all = of_all.flat_map(|place| &place.parties).filter(|party| !party.pool);
    let scale = ends(of_all.map(|party| &party.whole));
    html! {
        h2 { "Places" }
        p { "A tile is white where no partner loses in more than a quarter of the runs, grey up to a half, black above. The table beside the tiles has the same figures." }
        @for contract in simulated.contracts() {
            h3 { (contract.contract) ": who is likeliest to lose" }
            @if are_many(contract) { @for rows in place_tables(contract) { (table(&rows)) } }
            ul class=(if are_many(contract) { "tiles fine" } else { "tiles" }) {
                @for place in contract.places.iter().take(MOST_TILES) { (tile(place, are_many(contract))) }
            }
            @if contract.places.len() > MOST_TILES { p { "The first " (MOST_TILES) " places have a tile." } }
            @if !are_many(contract) { @for rows in place_tables(contract) { (table(&rows)) } }
        }
        @if let Some(scale) = &scale {
            h3 { "Each place, to one scale" }
            p { (how_to_read()) }
            div class="small" {
                @for number in told(simulated) { (small(simulated, number, scale)) }
            }
        }
    }
}

/// A place in a word and a shade; of many places without whom it is that loses.
fn tile(place: &SimulatedPlace, brief: bool) -> Markup {
    let worst = likeliest_to_lose(place);
    let chance = worst.map_or_else(Exact::zero, |party| party.whole.loss.clone());
    let above = |percent: i64| chance > Exact::from_int(percent) * Exact::ten_to(-2);
    let shade = if above(50) {
        "dark"
    } else if above(25) {
        "middle-dark"
    } else {
        "light"
    };
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
    let ends = ends(rows.iter().filter_map(|(_, range)| *range));
    html! {
        @if simulated.tells.0 {
            h3 { "What each stands to gain or lose over all periods" }
            p { (how_to_read()) }
            @if let Some(ends) = &ends { (chart(simulated, &rows, ends, Layout::WIDE)) }
            (table(&party_rows(simulated, place)))
            @if simulated.periods.len() > 1 {
                h3 { "Year by year" }
                (table(&year_rows(simulated, place)))
            }
            h3 { "What it depends on most" }
            p { "How far the expected gain moves where a figure lies in its lowest tenth (hollow bar) or its highest (full bar) in every period, and the figure at which a gain turns into a loss." }
            @for party in place.parties.iter().filter(|party| !party.pool) {
                (tornado(simulated, party))
                (table(&driver_rows(simulated, party)))
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
