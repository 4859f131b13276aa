//! A simulation as text for people, and as comma-separated values and JSON for programs.

use super::in_short::in_short;
use super::overview::{
    RUN_BY_RUN, driver_rows, is_wide, model_rows, model_year_rows, risk_rows, runs_for_a_hundredth,
};
use super::result::{ChanceResult, Range, Simulated, SimulatedPlace};
use super::spread::{expected, place_tables};
pub(super) use jcm_quantity::csv_text as cell;
use jcm_quantity::{Exact, RoundingMode, Unit, show};
use std::fmt::Write as _;

/// More places than this are not told one by one: the report says how they spread, and shows the worst.
pub(super) const MOST_DRAWN: usize = 60;
/// What the error of an expected figure is.
pub(super) const HOW_SURE: &str = "The error of an expected figure is its standard error: of 20 such simulations, 19 lie within twice of it. Four times the runs halve it. The figure at which a gain turns is estimated in the same way, in a straight line between the twentieths of the runs beside it, and its error stands after it.";
/// What is said of a single run.
pub(super) const ONE_RUN: &str = "One run says nothing of how sure an expected figure is, or of chances.";
/// What the part of a spread is.
pub(super) const PARTS: &str = "Part of the spread: how much of the variance of a gain goes with one figure, worked out from the runs (a first-order index of Sobol). Figures that move together share parts, so that parts may sum to more than 100%; less than 100% is what figures do only jointly. A figure that goes with no more than chance gives in so many runs has no bar and no row.";
/// More places than this are told in text only side by side; the page and the tables have each of them.
const MOST_IN_TEXT: usize = 12;
/// What the chance of loss is called among the statistics.
pub(super) const LOSS: &str = "chance of loss";

/// What is told, as a table for a terminal. Amounts to the nearest whole unit of the currency.
pub fn simulation_text(simulated: &Simulated) -> String {
    let mut text = String::new();
    let _ = writeln!(text, "{}: {}", simulated.contract, simulated.title);
    let _ = writeln!(text, "{} of {}, seed {}", runs(simulated.runs), years(simulated), simulated.seed);
    text.push('\n');
    for sentence in in_short(simulated).iter().filter(|_| simulated.tells.0) {
        let _ = writeln!(text, "{sentence}");
    }
    if is_wide(simulated) && simulated.tells.0 {
        text.push_str(&overview_text(simulated));
    }
    let detailed = simulated.against.is_empty() && simulated.places.len() <= MOST_IN_TEXT;
    if !detailed {
        let _ = writeln!(
            text,
            "\nEach place by itself, what it depends on and its chances are left out here: `--out DIR` writes them, and `--locality NAME` prints one."
        );
    }
    for place in simulated.places.iter().filter(|_| detailed) {
        let _ = writeln!(text, "\n{}", place_title(place));
        if simulated.tells.0 {
            text.push_str(&aligned(&party_rows(simulated, place)));
            if simulated.periods.len() > 1 {
                let _ = write!(text, "\n{}", aligned(&said_once(year_rows(simulated, place))));
            }
            let drivers =
                place.parties.iter().filter(|party| !party.pool).map(|party| driver_rows(simulated, party));
            for rows in drivers.filter(|rows| !rows.is_empty()) {
                let _ = write!(text, "\n{}", aligned(&rows));
            }
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
    for result in expected(simulated) {
        let verdict = if result.holds { "ok    " } else { "FAILED" };
        let _ = writeln!(text, "{verdict}  {}: {}", result.text, result.found);
    }
    let _ = writeln!(text, "\n{}", enough(simulated));
    let _ = writeln!(text, "{}", settled(simulated));
    let _ = writeln!(text, "\nhash {}", simulated.hash);
    text
}

/// What stands before the places, where there are several or several contracts.
fn overview_text(simulated: &Simulated) -> String {
    let mut text = String::from("\n");
    if !simulated.against.is_empty() {
        text.push_str(&aligned(&said_once(model_rows(simulated))));
        if simulated.places.len() > 1 {
            let _ = writeln!(text, "\n{RUN_BY_RUN}");
        }
        if simulated.periods.len() > 1 {
            let _ = write!(text, "\n{}", aligned(&said_once(model_year_rows(simulated))));
        }
        text.push_str("\nWho bears which risk, and what part of it goes with which figure\n");
        for contract in simulated.contracts() {
            text.push_str(&aligned(&risk_rows(contract)));
            text.push('\n');
        }
    }
    let tables: Vec<String> =
        simulated.contracts().flat_map(place_tables).map(|rows| aligned(&said_once(rows))).collect();
    text.push_str(&tables.join("\n"));
    text
}

/// Whether there were runs enough, in words.
pub(super) fn enough(simulated: &Simulated) -> String {
    let wanted = runs_for_a_hundredth(simulated);
    let shown = show(&wanted, &Unit::none());
    let done = whole(simulated.runs);
    if simulated.runs < 2 {
        return ONE_RUN.to_owned();
    }
    if wanted.is_zero() {
        return "Every run gives the same, so that one would say as much.".to_owned();
    }
    if wanted <= Exact::from_int(i64::from(simulated.runs)) {
        format!(
            "{done} runs are enough: every expected figure is known to within a hundredth of its range (twice its error); {shown} would do."
        )
    } else {
        format!(
            "{done} runs are few: it takes {shown} to know every expected figure to within a hundredth of its range (twice its error)."
        )
    }
}

/// Which way the runs were settled, in words.
pub(super) fn settled(simulated: &Simulated) -> String {
    let places = || simulated.contracts().flat_map(|contract| &contract.places);
    let one_by_one = places().map(|place| place.exactly).sum::<usize>();
    let of_a_place =
        usize::try_from(simulated.runs).unwrap_or(usize::MAX).saturating_mul(simulated.periods.len());
    let all = of_a_place.saturating_mul(places().count());
    let cases = places().map(|place| place.cases).max().unwrap_or(0);
    let shown =
        |count: usize| show(&Exact::from_i128(i128::try_from(count).unwrap_or(i128::MAX)), &Unit::none());
    let how = match one_by_one {
        0 => "All of them were settled many at once, in columns of whole numbers".to_owned(),
        some if some >= all => "All of them were settled one by one".to_owned(),
        some => format!(
            "{} of them were settled one by one, the others many at once in columns of whole numbers",
            shown(some)
        ),
    };
    let together = match cases {
        0 => String::new(),
        cases => format!(", each with {} cases that are settled together", shown(cases)),
    };
    format!(
        "{} periods of runs were settled{together}. {how}; both ways give the same amounts to the smallest.",
        shown(all)
    )
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

/// What was simulated, in a sentence.
pub(super) fn what_it_is(simulated: &Simulated) -> String {
    let places = match simulated.places.len() {
        1 => String::new(),
        many => format!(" in {many} places"),
    };
    let contracts = match simulated.against.len() {
        0 => String::new(),
        others => format!(" under {} contracts", others + 1),
    };
    format!(
        "{} of {}{places}{contracts}. What a simulation says holds as far as its distributions do.",
        runs(simulated.runs),
        years(simulated)
    )
}

/// What is counted as paid under each of several contracts: the incentives of each by title.
pub(super) fn counted(simulated: &Simulated) -> String {
    let of = |contract: &Simulated| {
        let titles: Vec<String> = contract.counts.iter().map(|title| format!("“{title}”")).collect();
        let titles = if titles.is_empty() { "all payments".to_owned() } else { titles.join(", ") };
        format!("{titles} ({})", contract.contract)
    };
    let all: Vec<String> = simulated.contracts().map(of).collect();
    format!("What is counted: {}.", all.join("; "))
}

/// So many runs, in words.
pub(super) fn runs(number: u32) -> String {
    if number == 1 { "1 run".to_owned() } else { format!("{} runs", whole(number)) }
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

/// An amount as somebody says it aloud: three digits, in thousands or millions.
pub(super) fn brief(simulated: &Simulated, figure: &Exact) -> String {
    let size = figure.abs();
    let of = |power: i32, letter: &str| {
        let scaled = figure * &Exact::ten_to(-power);
        let digits = [1, 2].into_iter().filter(|more| scaled.abs() >= Exact::ten_to(*more)).count();
        let rounded =
            scaled.round(&Exact::ten_to(i32::try_from(digits).unwrap_or(0) - 2), RoundingMode::HalfEven);
        let shown = show(&rounded, &simulated.unit);
        // As many digits after the point as were kept.
        let kept = match digits {
            0 => shown.as_str(),
            1 => shown.strip_suffix('0').unwrap_or(&shown),
            _ => shown.strip_suffix(".00").unwrap_or(&shown),
        };
        format!("{kept}{letter}")
    };
    let is_led_by_its_sign = amount(simulated, figure).ends_with(|letter: char| letter.is_ascii_digit());
    match is_led_by_its_sign {
        true if size >= Exact::from_int(999_500) => of(6, "m"),
        true if size >= Exact::from_int(10_000) => of(3, "k"),
        _ => amount(simulated, figure),
    }
}

/// A figure that is drawn, as exactly as it matters: whole from a hundred on.
pub(super) fn figure(figure: &Exact, unit: &Unit) -> String {
    let written = figure * &unit.scale();
    let digits = if written.abs() < Exact::from_int(100) { -1 } else { 0 };
    let rounded = written.round(&Exact::ten_to(digits), RoundingMode::HalfEven);
    let shown = show(&rounded.checked_div(&unit.scale()).unwrap_or_default(), unit);
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
    for (title, party) in place.everybody() {
        let range = &party.whole;
        let mut row = vec![title, amount(simulated, &range.mean)];
        row.push(amount(simulated, &range.standard_error));
        row.extend(range.percentiles.iter().map(|figure| amount(simulated, figure)));
        row.push(amount(simulated, &range.shortfall));
        if simulated.tells.1 {
            row.push(if party.may_lose() { percent(&range.loss) } else { "–".to_owned() });
        }
        rows.push(row);
    }
    rows
}

/// What each partner is expected to gain in each period, and between which figures.
pub(super) fn year_rows(simulated: &Simulated, place: &SimulatedPlace) -> Vec<Vec<String>> {
    let (lower, upper) = (percent_plain(&simulated.range.0), percent_plain(&simulated.range.1));
    let mut heads = vec!["in each period".to_owned(), "figure".to_owned()];
    heads.extend(simulated.periods.iter().cloned());
    let mut rows = vec![heads];
    for (title, party) in place.everybody() {
        let mut put = |what: &str, of: &dyn Fn(&Range) -> Option<String>| {
            let mut row = vec![title.clone(), what.to_owned()];
            row.extend(party.years.iter().map(|year| of(year).unwrap_or_default()));
            rows.push(row);
        };
        put("expected", &|year| Some(amount(simulated, &year.mean)));
        put(&lower, &|year| year.percentiles.first().map(|figure| amount(simulated, figure)));
        put(&upper, &|year| year.percentiles.last().map(|figure| amount(simulated, figure)));
        if simulated.tells.1 && party.may_lose() {
            put("chance of loss", &|year| Some(percent(&year.loss)));
        }
    }
    rows
}

/// The heads of a table of chances, and a row for each.
pub(super) fn chance_rows(simulated: &Simulated, what: &str, chances: &[ChanceResult]) -> Vec<Vec<String>> {
    let mut heads = vec![what.to_owned(), "all".to_owned()];
    heads.extend(simulated.periods.iter().cloned());
    let row = |chance: &ChanceResult| {
        let mut row = vec![chance.words.clone(), percent(&chance.chance)];
        row.extend(chance.years.iter().map(percent));
        row
    };
    std::iter::once(heads).chain(chances.iter().map(row)).collect()
}

pub(super) fn percent_plain(chance: &Exact) -> String {
    show(chance, &Unit::percent())
}

/// Columns under each other: the first to the left, the others to the right.
pub(super) fn aligned(rows: &[Vec<String>]) -> String {
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

/// Rows in which the first cell is left out where it is that of the row above.
fn said_once(mut rows: Vec<Vec<String>>) -> Vec<Vec<String>> {
    let firsts: Vec<String> = rows.iter().filter_map(|row| row.first().cloned()).collect();
    for (row, before) in rows.iter_mut().skip(1).zip(&firsts) {
        if let Some(first) = row.first_mut().filter(|first| *first == before) {
            first.clear();
        }
    }
    rows
}

/// The statistics of an amount by name.
pub(super) fn statistics(simulated: &Simulated, range: &Range) -> Vec<(String, Exact)> {
    let half = Exact::ratio(1, 2).unwrap_or_default();
    let chances = [&simulated.range.0, &half, &simulated.range.1].map(percent_plain);
    let mut figures = vec![
        ("expected".to_owned(), range.mean.clone()),
        ("standard error".to_owned(), range.standard_error.clone()),
    ];
    figures.extend(chances.into_iter().zip(range.percentiles.iter().cloned()));
    figures.push(("expected shortfall".to_owned(), range.shortfall.clone()));
    figures.push((LOSS.to_owned(), range.loss.clone()));
    figures
}
