//! Schedule 13: what simulations of the contract came to, for each partner as a table and as a plot.

use super::{item, paragraph, schedule_part};
use crate::Computed;
use crate::computed::{Scenario, ScenarioPlace, ScenarioRange};
use crate::document::{Align, Block, Table, Text, capitalised, said};
use crate::english::{Wording, count_of};
use crate::picture::ranges::{Bar, pictures};
use crate::places::Places;
use jcm_quantity::{Exact, RoundingMode, Unit, show};

const ALL: &str = "What each stands to gain or lose over all periods";
/// The head of the table of those who pay, who neither gain nor lose by it.
const PAYERS: &str = "Together";

/// The schedule, if there is a simulation to be told.
pub(super) fn schedule(w: &Wording<'_>, computed: &Computed) -> Option<Block> {
    let mut parts = Vec::new();
    for scenario in &computed.scenarios {
        for (number, place) in scenario.places.iter().enumerate() {
            let name = super::capital(&scenario.title);
            let title = match scenario.places.len() {
                1 => name,
                _ => format!("{name}: {}", place.title),
            };
            let anchor = Places::extra("scenario", &format!("{}-{number}", scenario.title));
            let blocks = told(w, scenario, place, &anchor);
            parts.push(schedule_part(13, parts.len(), &title, &anchor, blocks));
        }
    }
    let opening = "This schedule binds nobody: it shows what the agreed rules would come to if the figures that are not known \
                   yet fell as the simulation draws them. An amount below zero is a loss. What a simulation says holds as far \
                   as what it draws from.";
    let blocks = std::iter::once(paragraph(opening)).chain(parts).collect();
    (!computed.scenarios.is_empty()).then(|| super::schedule(13, "Simulated scenarios", blocks))
}

fn told(w: &Wording<'_>, scenario: &Scenario, place: &ScenarioPlace, anchor: &str) -> Vec<Block> {
    let runs = show(&Exact::from_int(i64::from(scenario.runs)), &Unit::none());
    let years = match scenario.periods.as_slice() {
        [only] => only.clone(),
        [first, .., last] => format!("{first} to {last}"),
        [] => String::new(),
    };
    let mut opening =
        format!("{runs} runs of {years} were settled exactly as this contract says, seed {}.", scenario.seed);
    if !scenario.figures.is_empty() {
        let count = count_of(scenario.figures.len(), "figure");
        opening.push_str(&format!(" Each run draws {count}: {}.", scenario.figures.join("; ")));
    }
    let mut blocks =
        vec![paragraph(&opening), paragraph(&format!("Hash of the simulation: {}", scenario.hash))];
    let rows: Vec<(String, &ScenarioRange)> =
        place.parties.iter().map(|party| (party.title.clone(), &party.whole)).collect();
    blocks.push(table(ALL, "Who", &rows, w));
    blocks.extend(plot(ALL, &rows, w));
    let payers = (place.payers.title.clone(), &place.payers.whole);
    blocks.push(table("What those who pay pay over all periods, together", PAYERS, &[payers], w));
    blocks.extend(chances(w, place));
    for party in place.parties.iter().filter(|_| scenario.periods.len() > 1) {
        let rows: Vec<(String, &ScenarioRange)> =
            scenario.periods.iter().cloned().zip(&party.years).collect();
        let caption = format!("{}, in each period", party.title);
        let mut own = vec![table(&caption, "Period", &rows, w)];
        own.extend(plot(&caption, &rows, w));
        blocks.push(item(&party.title, &Places::extra(anchor, &party.title), own));
    }
    blocks
}

fn table(caption: &str, first: &str, rows: &[(String, &ScenarioRange)], w: &Wording<'_>) -> Block {
    let mut table = Table::new(caption, &[(first, Align::Left), ("Expected", Align::Right)]);
    let ends = rows.first().map_or(&[][..], |(_, range)| &range.percentiles);
    for (below, _) in ends {
        table.column(&format!("{} of runs are below", percent(below, 0)), Align::Right);
    }
    let gains = first != PAYERS;
    if gains {
        table.column("Chance of loss", Align::Right);
    }
    for (title, range) in rows {
        let mut cells: Vec<Text> = vec![said(title), said(&money(w, &range.expected))];
        cells.extend(range.percentiles.iter().map(|(_, amount)| said(&money(w, amount))));
        if gains {
            cells.push(said(&range.loss.as_ref().map_or_else(|| "–".to_owned(), |loss| percent(loss, 1))));
        }
        table.row(cells);
    }
    Block::Table(table)
}

fn plot(title: &str, rows: &[(String, &ScenarioRange)], w: &Wording<'_>) -> Vec<Block> {
    let bars: Vec<Bar> = rows
        .iter()
        .filter_map(|(title, range)| {
            let [(_, low), (_, middle), (_, high)] = range.percentiles.as_slice() else { return None };
            let (low, middle, high) = (low.clone(), middle.clone(), high.clone());
            Some(Bar { title: title.clone(), low, middle, high, expected: range.expected.clone() })
        })
        .collect();
    pictures(title, bars, &|amount| money(w, amount)).into_iter().map(Block::Picture).collect()
}

fn chances(w: &Wording<'_>, place: &ScenarioPlace) -> Option<Block> {
    let heads = [("What", Align::Left), ("Chance in a period", Align::Right)];
    let mut table = Table::new("How likely it is", &heads);
    for (what, chance) in &place.chances {
        // The source says what; the contract says it in words.
        let mut conditions = w.program.simulations.iter().flat_map(|one| &one.report.chances);
        let condition = conditions.find(|condition| condition.text == *what);
        let words = condition.map_or_else(|| said(what), |condition| w.words(&condition.expr));
        table.row(vec![capitalised(words), said(&percent(chance, 1))]);
    }
    (!table.rows.is_empty()).then_some(Block::Table(table))
}

/// An amount to the nearest whole unit of the currency.
fn money(w: &Wording<'_>, amount: &Exact) -> String {
    let rounded = amount.round(&Exact::one(), RoundingMode::HalfEven);
    let shown = show(&rounded, &Unit::money(&w.program.contract.currency.code));
    shown.strip_suffix(".00").map_or(shown.clone(), str::to_owned)
}

fn percent(share: &Exact, places: u8) -> String {
    format!("{}%", (share * Exact::from_int(100)).fixed(places.into(), RoundingMode::HalfEven))
}
