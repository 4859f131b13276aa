//! Many places and several contracts in a few tables: what everybody stands to gain or lose, who bears which risk, and
//! how the places compare.

use super::accounts::grow;
use super::result::{DriverResult, PartyResult, Range, Simulated, SimulatedPlace};
use super::tables::{amount, brief, figure, percent, percent_plain, place_title};
use jcm_quantity::{Exact, RoundingMode, Unit};

/// What one partner, or everybody who pays, comes to under one contract in all places together.
///
/// All places have the same draws, so that its range is that of the sums of the runs.
pub(super) struct Total<'s> {
    /// Its name; empty for everybody who pays.
    pub(super) name: &'s str,
    /// Its title.
    pub(super) title: &'s str,
    /// Over all periods; its chance of loss is that in all places together.
    pub(super) whole: Range,
    /// The least chance of loss in a place.
    pub(super) least_likely_loss: Exact,
    /// What is expected in each period.
    pub(super) years: Vec<Exact>,
    /// The greatest chance of loss in a place.
    pub(super) most_likely_loss: Exact,
    /// Whether it may lose, and does not only pay.
    pub(super) may_lose: bool,
    /// What it depends on.
    pub(super) drivers: Vec<DriverResult>,
}

/// The totals of a contract: partners in its order, then everybody who pays.
pub(super) fn totals(simulated: &Simulated) -> Vec<Total<'_>> {
    let mut totals = totals_in(&simulated.places);
    for total in &mut totals {
        if let Some((_, range)) = simulated.together.iter().find(|(name, _)| name == total.name) {
            total.whole = range.clone();
        }
    }
    totals
}

/// The same of some places.
fn totals_in<'s>(places: impl IntoIterator<Item = &'s SimulatedPlace>) -> Vec<Total<'s>> {
    let mut totals: Vec<Total<'_>> = Vec::new();
    for place in places {
        for party in place.parties.iter().filter(|party| !party.pool).chain([&place.payers]) {
            match totals.iter_mut().find(|total| total.name == party.name) {
                Some(total) => total.add(party),
                None => totals.push(Total::of(party)),
            }
        }
    }
    totals.sort_by_key(|total| total.name.is_empty());
    totals
}

impl<'s> Total<'s> {
    fn of(party: &'s PartyResult) -> Total<'s> {
        Total {
            name: &party.name,
            title: &party.title,
            whole: party.whole.clone(),
            years: party.years.iter().map(|year| year.mean.clone()).collect(),
            least_likely_loss: party.whole.loss.clone(),
            most_likely_loss: party.whole.loss.clone(),
            may_lose: party.may_lose(),
            drivers: party.drivers.clone(),
        }
    }

    /// Adds what moves the gain of another, and what it is expected to be.
    fn join(&mut self, other: &Total<'_>) {
        grow(&mut self.whole.mean, &other.whole.mean);
        self.move_with(&other.drivers);
    }

    fn move_with(&mut self, drivers: &[DriverResult]) {
        for (sum, driver) in self.drivers.iter_mut().zip(drivers) {
            grow(&mut sum.explained.0, &driver.explained.0);
            grow(&mut sum.explained.1, &driver.explained.1);
            grow(&mut sum.swing.0, &driver.swing.0);
            grow(&mut sum.swing.1, &driver.swing.1);
        }
    }

    fn add(&mut self, party: &PartyResult) {
        self.may_lose |= party.may_lose();
        for (sum, year) in self.years.iter_mut().zip(&party.years) {
            grow(sum, &year.mean);
        }
        if party.whole.loss < self.least_likely_loss {
            self.least_likely_loss = party.whole.loss.clone();
        }
        if party.whole.loss > self.most_likely_loss {
            self.most_likely_loss = party.whole.loss.clone();
        }
        self.move_with(&party.drivers);
    }

    /// The expected amount with its range, and the chance of loss of somebody who is not all who pay.
    fn told(&self, contract: &Simulated) -> String {
        let amounts = self.ranged(contract);
        if !self.may_lose { amounts } else { format!("{amounts}, {}", percent(&self.whole.loss)) }
    }

    /// The expected amount with its range.
    pub(super) fn ranged(&self, contract: &Simulated) -> String {
        let mean = brief(contract, &self.whole.mean);
        match self.whole.percentiles.as_slice() {
            [low, .., high] if low != high => {
                format!("{mean} ({} to {})", brief(contract, low), brief(contract, high))
            }
            _ => mean,
        }
    }

    /// Its chance of loss in all places together, and in one place where that is another: from where it is least to where it
    /// is greatest.
    fn chance_of_loss(&self) -> String {
        let together = percent(&self.whole.loss);
        let (least, most) = (percent(&self.least_likely_loss), percent(&self.most_likely_loss));
        match least == most {
            true if least == together => together,
            true => format!("{together} ({least})"),
            false => format!("{together} ({least} to {most})"),
        }
    }
}

/// Whether there is more to compare than one place under one contract.
pub(super) fn is_wide(simulated: &Simulated) -> bool {
    simulated.places.len() > 1 || !simulated.against.is_empty()
}

/// What everybody stands to gain or lose in all places together, under each contract.
pub(super) fn model_rows(simulated: &Simulated) -> Vec<Vec<String>> {
    let (lower, upper) = (percent_plain(&simulated.range.0), percent_plain(&simulated.range.1));
    let mut heads: Vec<String> = vec![
        if simulated.places.len() > 1 { "all places, all periods" } else { "all periods" }.to_owned(),
        "contract".to_owned(),
    ];
    heads.extend(["expected".to_owned(), lower.clone(), "50%".to_owned(), upper]);
    heads.push(format!("worst {lower}"));
    let several = simulated.places.len() > 1;
    heads.push(if several { "chance of loss (in one place)" } else { "chance of loss" }.to_owned());
    let mut rows = vec![heads];
    let of_contracts: Vec<(&Simulated, Vec<Total<'_>>)> =
        simulated.contracts().map(|one| (one, totals(one))).collect();
    for (name, title) in everybody(&of_contracts) {
        for (contract, totals) in &of_contracts {
            let Some(total) = totals.iter().find(|total| total.name == name) else { continue };
            let mut row =
                vec![title.to_owned(), contract.contract.clone(), amount(simulated, &total.whole.mean)];
            row.extend(total.whole.percentiles.iter().map(|figure| amount(simulated, figure)));
            row.push(amount(simulated, &total.whole.shortfall));
            row.push(if total.may_lose { total.chance_of_loss() } else { "–".to_owned() });
            rows.push(row);
        }
    }
    rows
}

/// What is expected in each period in all places together, under each contract.
pub(super) fn model_year_rows(simulated: &Simulated) -> Vec<Vec<String>> {
    let mut heads: Vec<String> = vec![
        if simulated.places.len() > 1 { "expected, all places" } else { "expected" }.to_owned(),
        "contract".to_owned(),
    ];
    heads.extend(simulated.periods.iter().cloned());
    let mut rows = vec![heads];
    let of_contracts: Vec<(&Simulated, Vec<Total<'_>>)> =
        simulated.contracts().map(|one| (one, totals(one))).collect();
    for (name, title) in everybody(&of_contracts) {
        for (contract, totals) in &of_contracts {
            let Some(total) = totals.iter().find(|total| total.name == name) else { continue };
            let mut row = vec![title.to_owned(), contract.contract.clone()];
            row.extend(total.years.iter().map(|mean| amount(simulated, mean)));
            rows.push(row);
        }
    }
    rows
}

/// Everybody in a row and every contract in a column: the expected amount, its range and the chance of loss; in one place,
/// or in all together.
pub(super) fn grid(simulated: &Simulated, place: Option<usize>) -> Vec<Vec<String>> {
    let (lower, upper) = (percent_plain(&simulated.range.0), percent_plain(&simulated.range.1));
    let of_contracts: Vec<(&Simulated, Vec<Total<'_>>)> = simulated
        .contracts()
        .map(|contract| match place {
            None => (contract, totals(contract)),
            Some(number) => (contract, totals_in(contract.places.get(number))),
        })
        .collect();
    let mut heads = vec![format!("expected ({lower} to {upper}), chance of loss")];
    heads.extend(simulated.contracts().map(|contract| contract.contract.clone()));
    let mut rows = vec![heads];
    for (name, title) in everybody(&of_contracts) {
        let mut row = vec![title.to_owned()];
        row.extend(of_contracts.iter().map(|(contract, totals)| {
            let total = totals.iter().find(|total| total.name == name);
            total.map_or_else(|| "–".to_owned(), |total| total.told(contract))
        }));
        rows.push(row);
    }
    rows
}

/// How often the conditions and limits of a contract hold: in the place where they do least, and in that where they do
/// most.
pub(super) fn chance_ranges(contract: &Simulated) -> Vec<Vec<String>> {
    let mut rows = vec![["chance in a period", "least", "most"].map(str::to_owned).to_vec()];
    let Some(first) = contract.places.first() else { return rows };
    for chance in first.chances.iter().chain(&first.watches) {
        let all = contract.places.iter().flat_map(|place| place.chances.iter().chain(&place.watches));
        let of_it: Vec<&Exact> =
            all.filter(|other| other.text == chance.text).map(|other| &other.chance).collect();
        let (Some(least), Some(most)) = (of_it.iter().min(), of_it.iter().max()) else { continue };
        rows.push(vec![chance.words.clone(), percent(least), percent(most)]);
    }
    rows
}

/// Everybody under any of the contracts, once; those who pay last.
pub(super) fn everybody<'s>(contracts: &[(&Simulated, Vec<Total<'s>>)]) -> Vec<(&'s str, &'s str)> {
    let mut known: Vec<(&str, &str)> = Vec::new();
    for total in contracts.iter().flat_map(|(_, totals)| totals) {
        if !known.iter().any(|(name, _)| *name == total.name) {
            known.push((total.name, total.title));
        }
    }
    known.sort_by_key(|(name, _)| name.is_empty());
    known
}

/// Who bears which risk under a contract: how wide its range is, and what part of the spread goes with each figure.
pub(super) fn risk_rows(simulated: &Simulated) -> Vec<Vec<String>> {
    let mut heads = vec![simulated.contract.clone(), "range".to_owned(), "part of all ranges".to_owned()];
    heads.extend(simulated.figures.iter().map(|(title, _)| title.clone()));
    let totals = totals(simulated);
    let range = |total: &Total<'_>| match total.whole.percentiles.as_slice() {
        [low, .., high] => high - low,
        _ => Exact::zero(),
    };
    let all: Exact = totals.iter().filter(|total| !total.name.is_empty()).map(range).sum();
    let mut rows = vec![heads];
    for total in &totals {
        let width = range(total);
        let part = width.checked_div(&all).filter(|_| !total.name.is_empty());
        let mut row = vec![total.title.to_owned(), amount(simulated, &width)];
        row.push(part.map_or("–".to_owned(), |part| whole_percent(&part)));
        row.extend(total.drivers.iter().map(|driver| whole_percent(&driver.share())));
        rows.push(row);
    }
    rows
}

/// How far each figure moves what a partner gains: from its lowest tenth to its highest, and where it turns.
pub(super) fn driver_rows(simulated: &Simulated, party: &PartyResult) -> Vec<Vec<String>> {
    let mut heads: Vec<String> =
        [&*party.title, "in its lowest tenth", "in its highest tenth", "part of the spread"]
            .map(str::to_owned)
            .to_vec();
    // A period in which nothing turns would be a column of dashes.
    let turns = |place: &usize| {
        party.drivers.iter().any(|driver| driver.break_even.get(*place).is_some_and(Option::is_some))
    };
    let turning: Vec<usize> = (0..simulated.periods.len()).filter(turns).collect();
    let periods = turning.iter().filter_map(|place| simulated.periods.get(*place));
    heads.extend(periods.map(|period| format!("turns in {period} at")));
    let mut rows = vec![heads];
    for (driver, (title, unit)) in in_order(simulated, &party.drivers)
        .into_iter()
        .filter_map(|(place, driver)| Some((driver, simulated.figures.get(place)?)))
    {
        let named = if turning.is_empty() { title.clone() } else { with_unit(title, unit) };
        let mut row = vec![named, signed(simulated, &driver.swing.0), signed(simulated, &driver.swing.1)];
        row.push(whole_percent(&driver.share()));
        let turns = turning.iter().filter_map(|place| driver.break_even.get(*place));
        row.extend(turns.map(|turn| turn_cell(turn.as_ref(), unit)));
        rows.push(row);
    }
    with_rows(rows)
}

/// The same over all places together, where no single figure is the one at which a gain turns.
pub(super) fn total_driver_rows(simulated: &Simulated, total: &Total<'_>) -> Vec<Vec<String>> {
    let heads = ["all places together", "in its lowest tenth", "in its highest tenth", "part of the spread"];
    let mut rows = vec![heads.map(str::to_owned).to_vec()];
    for (place, driver) in in_order(simulated, &total.drivers) {
        let Some((title, _)) = simulated.figures.get(place) else { continue };
        let swing = &driver.swing;
        let share = whole_percent(&driver.share());
        rows.push(vec![title.clone(), signed(simulated, &swing.0), signed(simulated, &swing.1), share]);
    }
    with_rows(rows)
}

/// Nothing instead of a table that is only its head.
fn with_rows(rows: Vec<Vec<String>>) -> Vec<Vec<String>> {
    if rows.len() > 1 { rows } else { Vec::new() }
}

/// What is said where no drawn figure moves what is told.
pub(super) const NOTHING_MOVES: &str =
    "No figure that is drawn moves an expected gain by more than chance does in so many runs.";

/// What is said of the table of all places together.
pub(super) const RUN_BY_RUN: &str = "All places have the same draws, so that everybody's amounts are summed over them run by run: a range, the worst runs and the chance of loss are those of the sums. In brackets stands the chance of loss in one place, from where it is least to where it is greatest, if it is another.";

/// What is said before what gains depend on in all places together.
pub(super) const ALIKE: &str = "How far the expected gain in all places together moves where a figure lies in its lowest tenth in every period, and in its highest. Partners whose gains depend on the same figures in the same way are taken together.";

/// Partners whose gains in all places together depend on the same figures in the same way, together, with what they are
/// called.
pub(super) fn alike(contract: &Simulated) -> Vec<(String, Total<'_>)> {
    let mut groups: Vec<(Vec<String>, Vec<&str>, Total<'_>)> = Vec::new();
    for total in totals(contract).into_iter().filter(|total| !total.name.is_empty()) {
        let way = |driver: &DriverResult| {
            let sign = if driver.swing.0 < driver.swing.1 { "+" } else { "-" };
            format!("{sign}{}", whole_percent(&driver.share()))
        };
        let ways: Vec<String> = total.drivers.iter().map(way).collect();
        match groups.iter_mut().find(|(known, _, sum)| *known == ways && sum.may_lose == total.may_lose) {
            Some((_, who, sum)) => {
                who.push(total.title);
                sum.join(&total);
            }
            None => groups.push((ways, vec![total.title], total)),
        }
    }
    let is_one = groups.len() == 1;
    let named = |who: &[&str]| match is_one && who.len() > 1 {
        true => "every partner together".to_owned(),
        false => who.join(", "),
    };
    groups.into_iter().map(|(_, who, sum)| (named(&who), sum)).collect()
}

/// Where a gain turns into a loss in one place: a row for each contract and figure, and all of whom it is the same.
pub(super) fn turn_rows(simulated: &Simulated, number: usize) -> Vec<Vec<String>> {
    let several = !simulated.against.is_empty();
    let mut heads = vec!["figure".to_owned(), "whose gain turns".to_owned()];
    if several {
        heads.insert(1, "contract".to_owned());
    }
    heads.extend(simulated.periods.iter().map(|period| format!("{period}, at")));
    let mut rows = vec![heads];
    for (at, (title, unit)) in simulated.figures.iter().enumerate() {
        for contract in simulated.contracts() {
            let Some(place) = contract.places.get(number) else { continue };
            let partners = || place.parties.iter().filter(|party| party.may_lose());
            // Who turns where, those together who turn at the same.
            let mut turning: Vec<(Vec<String>, Vec<&str>)> = Vec::new();
            for party in partners() {
                let turns = party.drivers.get(at).map(|driver| driver.break_even.as_slice());
                let Some(turns) = turns.filter(|turns| turns.iter().any(Option::is_some)) else { continue };
                let cells: Vec<String> = turns.iter().map(|turn| turn_cell(turn.as_ref(), unit)).collect();
                match turning.iter_mut().find(|(known, _)| *known == cells) {
                    Some((_, who)) => who.push(&party.title),
                    None => turning.push((cells, vec![&party.title])),
                }
            }
            for (cells, who) in turning {
                let is_everybody = who.len() > 1 && who.len() == partners().count();
                let mut row = vec![with_unit(title, unit)];
                row.extend(several.then(|| contract.contract.clone()));
                row.push(if is_everybody { "every partner".to_owned() } else { who.join(", ") });
                row.extend(cells);
                rows.push(row);
            }
        }
    }
    rows
}

/// The title of a figure, with a unit that is a word, so that the cells beside it need none.
fn with_unit(title: &str, unit: &Unit) -> String {
    let shown = figure(&Exact::from_int(2), unit);
    match shown
        .split_once(' ')
        .filter(|(number, _)| number.starts_with(|letter: char| letter.is_ascii_digit()))
    {
        Some((_, words)) => format!("{title} ({words})"),
        None => title.to_owned(),
    }
}

/// The figure at which a gain turns, with its error unless that is too small to be shown; a dash where it does not.
fn turn_cell(turn: Option<&(Exact, Exact)>, unit: &Unit) -> String {
    let number = |shown: &Exact| {
        let shown = figure(shown, unit);
        match shown
            .split_once(' ')
            .filter(|(number, _)| number.ends_with(|letter: char| letter.is_ascii_digit()))
        {
            Some((number, _)) => number.to_owned(),
            None => shown,
        }
    };
    let Some((turn, error)) = turn else { return "–".to_owned() };
    let error = number(error);
    if error == number(&Exact::zero()) { number(turn) } else { format!("{} ± {error}", number(turn)) }
}

/// Of a figure that has nothing to do with a gain, the part of the spread times the number of runs is below this in 97 of 100
/// simulations: twice the deviation of a sum of squares over the parts of its distribution, of which there are twenty.
const BY_CHANCE: i64 = 12;

/// The figures that a partner's gain depends on, the widest swing first. One whose part of the spread is no more than chance
/// gives in so many runs is left out: how far it seems to move a gain is chance too.
pub(super) fn in_order<'d>(
    simulated: &Simulated,
    drivers: &'d [DriverResult],
) -> Vec<(usize, &'d DriverResult)> {
    let runs = Exact::from_int(i64::from(simulated.runs));
    let moves = |driver: &DriverResult| driver.share() * &runs >= Exact::from_int(BY_CHANCE);
    let mut drivers: Vec<(usize, &DriverResult)> =
        drivers.iter().enumerate().filter(|(_, driver)| moves(driver)).collect();
    drivers.sort_by_key(|(place, driver)| (-(&driver.swing.1 - &driver.swing.0).abs(), *place));
    drivers
}

fn signed(simulated: &Simulated, figure: &Exact) -> String {
    let shown = amount(simulated, figure);
    if figure.is_positive() { format!("+{shown}") } else { shown }
}

/// How the places compare under a contract: what is paid, and who is likeliest to lose.
pub(super) fn place_rows(contract: &Simulated) -> Vec<Vec<String>> {
    let heads = [&*contract.contract, "payers pay", "likeliest to lose", "chance of loss", "worst of it"];
    let mut rows = vec![heads.map(str::to_owned).to_vec()];
    rows.extend(contract.places.iter().map(|place| place_row(contract, place)));
    rows
}

/// The row of one place.
pub(super) fn place_row(contract: &Simulated, place: &SimulatedPlace) -> Vec<String> {
    let mut row = vec![place_title(place).to_owned(), amount(contract, &place.payers.whole.mean)];
    match likeliest_to_lose(place) {
        Some(party) => {
            let range = &party.whole;
            row.extend([party.title.clone(), percent(&range.loss), amount(contract, &range.shortfall)]);
        }
        None => row.extend(["–", "–", "–"].map(str::to_owned)),
    }
    row
}

/// The partner with the greatest chance of loss; of several, the one that loses most.
pub(super) fn likeliest_to_lose(place: &SimulatedPlace) -> Option<&PartyResult> {
    let partners = place.parties.iter().filter(|party| party.may_lose() && !party.whole.loss.is_zero());
    partners.max_by(|a, b| {
        a.whole.loss.cmp(&b.whole.loss).then_with(|| b.whole.shortfall.cmp(&a.whole.shortfall))
    })
}

/// How many runs it takes until twice the standard error of every expected gain is a hundredth of its range.
pub(super) fn runs_for_a_hundredth(simulated: &Simulated) -> Exact {
    let parties = simulated.contracts().flat_map(|one| &one.places).flat_map(|place| &place.parties);
    let wanted = parties.filter_map(|party| {
        let (low, high) = (party.whole.percentiles.first()?, party.whole.percentiles.last()?);
        let ratio = (&party.whole.standard_error * &Exact::from_int(200)).checked_div(&(high - low))?;
        Some(&ratio * &ratio * Exact::from_int(i64::from(simulated.runs)))
    });
    let most = wanted.max().unwrap_or_default();
    most.round(&Exact::from_int(100), RoundingMode::Ceiling)
}

pub(super) fn whole_percent(part: &Exact) -> String {
    percent_plain(&part.round(&Exact::ten_to(-2), RoundingMode::HalfEven))
}
