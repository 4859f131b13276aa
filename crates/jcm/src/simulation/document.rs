//! A simulation as a document, for Word, the PDF and Markdown: the tables of the page, and its ranges drawn.

use super::in_short::in_short;
use super::overview::{
    ALIKE, NOTHING_MOVES, RUN_BY_RUN, Total, alike, chance_ranges, driver_rows, everybody, grid, in_order,
    is_wide, model_rows, model_year_rows, risk_rows, total_driver_rows, totals, turn_rows,
};
use super::result::{DriverResult, PartyResult, Range, Simulated, SimulatedPlace};
use super::spread::{Expected, expected, left_out, place_tables, told};
use super::tables::{
    HOW_SURE, PARTS, amount, chance_rows, counted, enough, party_rows, place_title, settled, what_it_is,
    whole, year_rows, years,
};
use crate::sheet::of_words;
use jcm_doc::{
    Align, Block, Document, Inline, RangeBar, Role, Section, Table, Text, Version, range_picture,
    range_pictures,
};

/// The document.
pub fn simulation_document(simulated: &Simulated) -> Document {
    let title = format!("{}: {}", simulated.contract, simulated.title);
    let rows = [
        ("Contract", simulated.contract.clone()),
        ("Simulation", simulated.title.clone()),
        ("Runs", whole(simulated.runs)),
        ("Periods", years(simulated)),
        ("Seed", simulated.seed.to_string()),
        ("Hash of the figures", simulated.hash.clone()),
        ("Source of the contract, SHA-256", simulated.source_hash.clone()),
        ("Made by", simulated.version.compiler.clone()),
    ];
    let mut particulars = vec![vec!["Item".to_owned(), "What it is".to_owned()]];
    particulars.extend(rows.into_iter().map(|(name, words)| vec![name.to_owned(), words]));
    let cover = vec![paragraph(&what_it_is(simulated))];
    let mut blocks = vec![section(Role::Cover, &title, "simulation", cover)];
    if simulated.tells.0 {
        let sentences = in_short(simulated).iter().map(|sentence| said(sentence)).collect();
        let mut short = vec![Block::List(sentences)];
        if !simulated.against.is_empty() {
            short.push(table("All places and periods together", &grid(simulated, None), false));
        }
        blocks.push(section(Role::Front, "In short", "in-short", short));
    }
    if is_wide(simulated) {
        if simulated.tells.0 {
            blocks.extend(side_by_side(simulated));
        }
        blocks.push(section(
            Role::Front,
            "How often conditions hold and limits bind",
            "chances",
            chances(simulated),
        ));
        if simulated.tells.0 {
            let depends = dependence(simulated);
            blocks.push(section(Role::Front, "What it depends on most", "dependence", depends));
            blocks.push(section(Role::Front, "Each place", "each-place", each_place(simulated)));
        }
    } else if let Some(place) = simulated.places.first() {
        blocks.push(section(Role::Front, place_title(place), "place-0-0", one_place(simulated, place)));
    }
    blocks.push(section(Role::Front, "How sure this is", "how-sure", how_sure(simulated)));
    let particulars = vec![table("This simulation", &particulars, true)];
    blocks.push(section(Role::Front, "Where these figures come from", "particulars", particulars));
    Document { title, version: simulated.version.clone(), blocks }.finished()
}

fn side_by_side(simulated: &Simulated) -> Vec<Block> {
    let mut blocks = Vec::new();
    if !simulated.against.is_empty() {
        let mut models = vec![paragraph(&counted(simulated))];
        models.extend((simulated.places.len() > 1).then(|| paragraph(RUN_BY_RUN)));
        models.push(table("What each stands to gain or lose in all places", &model_rows(simulated), false));
        let contracts: Vec<(&Simulated, Vec<Total<'_>>)> =
            simulated.contracts().map(|one| (one, totals(one))).collect();
        for (name, title) in everybody(&contracts) {
            let of_each = contracts.iter().filter_map(|(contract, totals)| {
                let total = totals.iter().find(|total| total.name == name)?;
                Some((contract.contract.as_str(), &total.whole))
            });
            models.extend(drawn(simulated, title, &of_each.collect::<Vec<_>>()));
        }
        if simulated.periods.len() > 1 {
            models.push(table("Year by year", &model_year_rows(simulated), false));
        }
        blocks.push(section(Role::Front, "The contracts side by side", "contracts", models));
        let risks = simulated.contracts();
        let risks = risks.map(|contract| table(&contract.contract, &risk_rows(contract), false)).collect();
        blocks.push(section(Role::Front, "Who bears which risk", "risks", risks));
    }
    let of_contract = |contract| {
        let tables = place_tables(contract).into_iter();
        tables.map(|rows| table(&contract.contract, &rows, false)).collect::<Vec<Block>>()
    };
    let mut places: Vec<Block> = simulated.contracts().flat_map(of_contract).collect();
    places.extend(left_out(simulated).map(|words| paragraph(&words)));
    blocks.push(section(Role::Front, "Places", "places", places));
    blocks
}

/// The chances of every contract, over all places.
fn chances(simulated: &Simulated) -> Vec<Block> {
    let words =
        "The chance in a period of a run, in the place where it is least and in that where it is most.";
    let rows = |contract: &Simulated| chance_ranges(contract);
    let contracts = simulated.contracts().map(|contract| (contract, rows(contract)));
    let tables = contracts.filter(|(_, rows)| rows.len() > 1);
    let tables = tables.map(|(contract, rows)| table(&contract.contract, &rows, false));
    std::iter::once(paragraph(words)).chain(tables).collect()
}

/// Each place in one table.
fn each_place(simulated: &Simulated) -> Vec<Block> {
    let words = "Each place under each contract, and below it the figures at which a gain turns into a loss. Year by year, what each gain depends on and how often each limit binds in one place stand on the page and in the tables (CSV) that were made with this document.";
    let mut blocks = vec![paragraph(words)];
    for number in told(simulated) {
        let Some(place) = simulated.places.get(number) else { continue };
        blocks.push(table(place_title(place), &grid(simulated, Some(number)), false));
        let turns = turn_rows(simulated, number);
        if turns.len() > 1 {
            let caption = format!("{}: where a gain turns into a loss", place_title(place));
            blocks.push(table(&caption, &turns, false));
        }
    }
    blocks
}

/// What the gains in all places together depend on, under each contract: drawn and as a table, once for all partners whose
/// gains depend on the same in the same way.
fn dependence(simulated: &Simulated) -> Vec<Block> {
    let mut blocks = vec![paragraph(&format!(
        "{ALIKE} A bar runs from the one to the other; the ring is the expected gain."
    ))];
    for contract in simulated.contracts() {
        for (title, total) in alike(contract) {
            let caption = match simulated.against.is_empty() {
                true => title,
                false => format!("{}: {title}", contract.contract),
            };
            blocks.extend(swings(contract, &caption, &total));
            let rows = total_driver_rows(contract, &total);
            blocks.push(match rows.is_empty() {
                true => paragraph(&format!("{caption}: {NOTHING_MOVES}")),
                false => table(&caption, &rows, false),
            });
        }
    }
    blocks
}

/// The figures that move a gain, the widest first, as bars about what is expected.
fn swings(contract: &Simulated, title: &str, total: &Total<'_>) -> Option<Block> {
    let mean = &total.whole.mean;
    let bar = |(place, driver): (usize, &DriverResult)| {
        let (title, _) = contract.figures.get(place)?;
        let ends = (mean + &driver.swing.0, mean + &driver.swing.1);
        let (low, high) = if ends.0 <= ends.1 { ends } else { (ends.1, ends.0) };
        let (middle, expected) = (mean.clone(), mean.clone());
        (low != high).then(|| RangeBar { title: title.clone(), low, middle, high, expected })
    };
    let bars: Vec<RangeBar> = in_order(contract, &total.drivers).into_iter().filter_map(bar).collect();
    if bars.is_empty() {
        return None;
    }
    range_picture(title, &bars, &|figure| amount(contract, figure)).map(Block::Picture)
}

fn one_place(simulated: &Simulated, place: &SimulatedPlace) -> Vec<Block> {
    let mut blocks = Vec::new();
    if simulated.tells.0 {
        let everybody = place.everybody();
        let ranges: Vec<(&str, &Range)> =
            everybody.iter().map(|(title, party)| (title.as_str(), &party.whole)).collect();
        let title = "What each stands to gain or lose over all periods";
        blocks.push(table(title, &party_rows(simulated, place), false));
        blocks.extend(drawn(simulated, title, &ranges));
        if simulated.periods.len() > 1 {
            blocks.push(table("Year by year", &year_rows(simulated, place), false));
        }
        let partners = place.parties.iter().filter(|party| !party.pool);
        let drivers = partners.map(|party: &PartyResult| (party, driver_rows(simulated, party)));
        let moved: Vec<Block> = drivers
            .filter(|(_, rows)| !rows.is_empty())
            .map(|(party, rows)| table(&format!("What it depends on most: {}", party.title), &rows, false))
            .collect();
        blocks.extend(moved.is_empty().then(|| paragraph(NOTHING_MOVES)));
        blocks.extend(moved);
    }
    if !place.chances.is_empty() {
        let rows = chance_rows(simulated, "Chance in a period that", &place.chances);
        blocks.push(table("Chances", &rows, false));
    }
    if !place.watches.is_empty() {
        let rows = chance_rows(simulated, "Chance in a period", &place.watches);
        blocks.push(table("Conditions and limits", &rows, false));
    }
    blocks
}

fn how_sure(simulated: &Simulated) -> Vec<Block> {
    let mut blocks = vec![
        paragraph(&format!("{} {HOW_SURE}", enough(simulated))),
        paragraph(PARTS),
        paragraph(&settled(simulated)),
    ];
    let in_words = |result: Expected| {
        let verdict = if result.holds { "As expected" } else { "Not as expected" };
        said(&format!("{verdict}: {} ({})", result.text, result.found))
    };
    if !simulated.expectations.is_empty() {
        blocks.push(Block::List(expected(simulated).into_iter().map(in_words).collect()));
    }
    blocks
}

/// The ranges of some amounts as a drawing.
fn drawn(simulated: &Simulated, title: &str, ranges: &[(&str, &Range)]) -> Vec<Block> {
    let bar = |(title, range): &(&str, &Range)| {
        let [low, middle, high] = range.percentiles.as_slice() else { return None };
        let (low, middle, high) = (low.clone(), middle.clone(), high.clone());
        Some(RangeBar { title: (*title).to_owned(), low, middle, high, expected: range.mean.clone() })
    };
    let bars: Vec<RangeBar> = ranges.iter().filter_map(bar).collect();
    let pictures = range_pictures(title, bars, &|figure| amount(simulated, figure));
    pictures.into_iter().map(Block::Picture).collect()
}

/// A table of a head and rows; words to the left, figures to the right.
fn table(caption: &str, rows: &[Vec<String>], words: bool) -> Block {
    let (heads, rows) = rows.split_first().map_or((&[][..], rows), |(heads, rows)| (heads.as_slice(), rows));
    let align = |column: usize| match words || column == 0 || of_words(rows, column) {
        true => Align::Left,
        false => Align::Right,
    };
    let columns: Vec<(&str, Align)> =
        heads.iter().enumerate().map(|(column, head)| (head.as_str(), align(column))).collect();
    let mut table = Table::new(caption, &columns);
    for row in rows {
        table.row(row.iter().map(|cell| said(cell)).collect());
    }
    Block::Table(table)
}

fn section(role: Role, title: &str, anchor: &str, blocks: Vec<Block>) -> Block {
    let (number, title, anchor) = (String::new(), title.to_owned(), anchor.to_owned());
    Block::Section(Section { role, number, title, former_title: None, anchor, blocks })
}

fn paragraph(words: &str) -> Block {
    Block::Paragraph(said(words))
}

fn said(words: &str) -> Text {
    vec![Inline::Text(words.to_owned())]
}

/// What a document of this simulation says of itself.
pub(super) fn version(program: &jcm_model::Program) -> Version {
    Version {
        contract: program.contract.head.name.clone(),
        source: program.source_hash.chars().take(12).collect(),
        compiler: crate::COMPILER.to_owned(),
        day: program.contract.start.to_string(),
        draft: String::new(),
    }
}
