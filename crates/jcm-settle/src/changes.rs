//! What changed since the run before, by case and line.

use crate::results::{Sheet, figure, plain_value};
use crate::run::{Run, label_of, of_level, payee_of};
use crate::settle::Results;
use crate::table::Table;
use jcm_calculus::{Level, Settlement, Type};
use jcm_quantity::{Exact, Unit, show};
use std::fmt::Write as _;

/// How many changes are printed.
const PRINTED: usize = 40;

/// What changed since the run before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changes {
    /// The label of the period, where the data file says of each row which period it is of.
    period: Option<String>,
    /// The run before, in words.
    pub since: String,
    /// Whether the contract has changed since.
    pub contract_changed: bool,
    /// Every figure that changed, in the order of the cases and lines; the payments of a case come last.
    pub list: Vec<Change>,
    /// How many cases there are.
    cases: usize,
}

/// A figure of a case, then and now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The case.
    pub case: String,
    /// The row of the case, for a line of each row; otherwise empty.
    pub row: String,
    /// The line by its name, or who is paid.
    pub name: String,
    /// The line by its title, or who is paid.
    pub title: String,
    /// In the run before, exact; `None` where it was missing or not there.
    pub previous: Option<String>,
    /// Now, exact; `None` where it is missing.
    pub now: Option<String>,
    /// Now less then, where both are numbers.
    pub difference: Option<Exact>,
    unit: Option<Unit>,
}

/// Every figure that is another one than in the run before; `None` for a first run.
pub fn changes(settlement: &Settlement, table: &Table, results: &Results, run: &Run) -> Option<Changes> {
    let previous = run.previous.as_ref()?;
    let record = &previous.record;
    let period = label_of(settlement, table);
    let mut list = Vec::new();
    for (data, outcome) in table.cases.iter().zip(&results.outcomes) {
        let key = data.name();
        let before = previous.case(period, &key);
        let rows = (0..outcome.rows.len()).zip(&data.sources);
        let rows = rows.map(|(row, source)| (Some(row), table.row_key(*source)));
        for (row, row_key) in std::iter::once((None, String::new())).chain(rows) {
            let level = if row.is_some() { Level::Row } else { Level::Case };
            let known = match row {
                None => before.map(|case| &case.lines),
                Some(_) => before
                    .and_then(|case| case.rows.iter().find(|old| old.key == row_key))
                    .map(|old| &old.lines),
            };
            for (id, step) in of_level(settlement, level) {
                let mut heads = record.lines.iter().filter(|head| head.per_row == row.is_some());
                let place = heads.position(|head| head.name == step.name);
                let then = place.and_then(|place| known?.get(place).cloned().flatten());
                let now = outcome.value(id, row).and_then(plain_value);
                let unit = match &step.ty {
                    Type::Number(unit) => Some(unit.clone()),
                    _ => None,
                };
                let change = Change::of(&key, &row_key, (&step.name, &step.title), then, now, unit);
                list.extend(change);
            }
        }
        for (allocation, party, header) in crate::results::payees(settlement) {
            let payee = payee_of(settlement, allocation, party);
            let then = previous.settled((period, &key), &payee).map(|amount| amount.text());
            let now = Some(crate::results::received(outcome, allocation, party).text());
            let unit = Some(Unit::money(&settlement.currency.code));
            let paid = title_of(settlement, allocation, party);
            list.extend(Change::of(&key, "", (&header, &paid), then, now, unit));
        }
    }
    Some(Changes {
        period: table.named_period(settlement).map(str::to_owned),
        since: previous.kind().named(),
        contract_changed: record.contract.source_hash != settlement.source_hash,
        list,
        cases: table.len(),
    })
}

fn title_of(settlement: &Settlement, allocation: usize, party: jcm_calculus::PartyId) -> String {
    let payment = settlement.allocations.get(allocation).map_or("", |allocation| &allocation.title);
    let party = settlement.parties.get(party.index()).map_or("", |party| &party.title);
    format!("{payment}, to {party}")
}

impl Change {
    fn of(
        case: &str,
        row: &str,
        (name, title): (&str, &str),
        previous: Option<String>,
        now: Option<String>,
        unit: Option<Unit>,
    ) -> Option<Self> {
        if previous == now {
            return None;
        }
        let number = |text: &Option<String>| Exact::parse(text.as_deref()?).filter(|_| unit.is_some());
        let difference = number(&now).zip(number(&previous)).map(|(now, then)| now - then);
        let title = if title.is_empty() { name } else { title };
        Some(Self {
            case: case.to_owned(),
            row: row.to_owned(),
            name: name.to_owned(),
            title: title.to_owned(),
            previous,
            now,
            difference,
            unit,
        })
    }

    /// The figure then, now and the difference, as people write them; the last is empty where there is none.
    pub fn figures(&self) -> [String; 3] {
        let difference = self.difference_text().unwrap_or_default();
        [self.shown(&self.previous), self.shown(&self.now), difference]
    }

    /// The difference as people write it; that of two percentages is in percentage points.
    fn difference_text(&self) -> Option<String> {
        let (difference, unit) = (self.difference.as_ref()?, self.unit.as_ref()?);
        let unit = if unit.is_percent() { &Unit::percentage_points() } else { unit };
        Some(show(difference, unit))
    }

    /// A figure as people write it.
    fn shown(&self, text: &Option<String>) -> String {
        match (text, &self.unit) {
            (None, _) => "missing".to_owned(),
            (Some(text), Some(unit)) => Exact::parse(text).map_or_else(|| text.clone(), |x| show(&x, unit)),
            (Some(text), None) => text.clone(),
        }
    }

    fn text(&self, with_case: bool) -> String {
        let row = if self.row.is_empty() { String::new() } else { format!(", {}", self.row) };
        let (then, now) = (self.shown(&self.previous), self.shown(&self.now));
        let difference =
            self.difference_text().map(|text| format!(", difference {text}")).unwrap_or_default();
        let of = if with_case { format!("{}{row}: ", self.case) } else { self.row_words() };
        format!("  {of}{}: {then} then, {now} now{difference}\n", self.title)
    }

    fn row_words(&self) -> String {
        if self.row.is_empty() { String::new() } else { format!("{}: ", self.row) }
    }
}

impl Changes {
    /// The changes in words: how many, and the first of them.
    pub fn text(&self) -> String {
        let changed: std::collections::BTreeSet<&str> =
            self.list.iter().map(|change| change.case.as_str()).collect();
        let mut text =
            format!("Since {}, figures of {} of {} cases changed\n", self.since, changed.len(), self.cases);
        if self.contract_changed {
            text.push_str("  The contract itself has changed since then\n");
        }
        self.list.iter().take(PRINTED).for_each(|change| text.push_str(&change.text(true)));
        let more = self.list.len().saturating_sub(PRINTED);
        if more > 0 {
            // Writing to a text cannot fail.
            let _ = writeln!(text, "  and {more} more; --changes writes all of them to a file");
        }
        text
    }

    /// The changes of one case in words.
    pub fn case_text(&self, case: &str) -> String {
        let of_case: Vec<&Change> = self.list.iter().filter(|change| change.case == case).collect();
        let mut text = format!("\nSince {}\n", self.since);
        if of_case.is_empty() {
            text.push_str("  nothing changed\n");
        }
        of_case.iter().for_each(|change| text.push_str(&change.text(false)));
        text
    }

    /// Every change as CSV: case, row, line, unit, previous, now and difference, the figures as plain decimals; before
    /// them the period, where the data file says of each row which period it is of.
    pub fn csv(periods: &[Changes], settlement: &Settlement) -> String {
        let mut sheet = Sheet::default();
        if periods.iter().any(|changes| changes.period.is_some()) {
            sheet.cell("period");
        }
        for header in ["case", "row", "line", "unit", "previous", "now", "difference"] {
            sheet.cell(header);
        }
        sheet.end_row();
        let all =
            periods.iter().flat_map(|changes| changes.list.iter().map(|change| (&changes.period, change)));
        for (period, change) in all {
            period.iter().for_each(|period| sheet.text(period));
            let plain = |text: &Option<String>| match (text, &change.unit) {
                (Some(text), Some(unit)) => {
                    Exact::parse(text).map_or_else(|| text.clone(), |x| figure(&x, unit, settlement))
                }
                (text, _) => text.clone().unwrap_or_default(),
            };
            for cell in [&change.case, &change.row, &change.name] {
                sheet.text(cell);
            }
            sheet.cell(&change.unit.as_ref().map(Unit::describe).unwrap_or_default());
            sheet.text(&plain(&change.previous));
            sheet.text(&plain(&change.now));
            sheet.text(&plain(&change.difference.as_ref().map(Exact::text)));
            sheet.end_row();
        }
        sheet.text
    }
}
