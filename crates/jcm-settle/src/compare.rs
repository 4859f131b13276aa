//! Results beside published ones: which agree to the last printed place, which can be explained by rounding of the
//! published inputs, and which cannot.

use crate::figures::show_value;
use crate::problem::{DataProblem, Problems, codes};
use crate::read::cell::{Print, Unread, read_cell};
use crate::read::is_missing;
use crate::results::{figure, places_for};
use crate::settle::Results;
use crate::table::{CaseData, Table};
use jcm_calculus::{Dataset, InputId, Level, Published, Settlement, Step, Type, Value};
use jcm_eval::{IntervalCase, Outcome, Prepared, Range, possible};
use jcm_quantity::{Exact, RoundingMode, Unit, show};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// A figure printed with more places than this was printed by a program from binary floating point: no contract and
/// no statement states a figure so.
const MOST_STATED_PLACES: u32 = 6;

/// How many significant digits of such a figure count. Binary floating point holds 15 to 17; a few are lost in
/// computing with it.
const DIGITS_THAT_COUNT: u32 = 12;

/// How a computed figure stands to a published one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// The published figure is the computed one, rounded at the place at which it is printed.
    Exact,
    /// It is not, but for some inputs that would be printed as the given ones are.
    Consistent,
    /// No inputs that would be printed as the given ones are give the published figure.
    Different,
    /// The intervals leave too much open to say; in words.
    Unclear(String),
    /// A figure is published, but inputs are missing, so that there is nothing to compare it with.
    NotComputed,
    /// Nothing is published.
    NotPublished,
}

/// One figure beside a published one that it is not exactly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    /// The key of the case, and of the row for a line of row level.
    pub key: String,
    /// The row of the file, as a spreadsheet counts.
    pub row: usize,
    /// How they stand to each other.
    pub verdict: Verdict,
    /// The computed value, exact.
    pub computed: Value,
    /// The same as people write it.
    pub computed_text: String,
    /// The text of the published cell.
    pub published: String,
    /// Computed less published, for two numbers.
    pub difference: Option<Exact>,
    /// The same as people write it.
    pub difference_text: String,
    /// Between which figures the result can lie, given how the inputs are printed; empty where no input was rounded.
    pub possible: Vec<(Exact, Exact)>,
}

/// The computed figures of one line beside the published ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// The header of the published column.
    pub header: String,
    /// The title of the line.
    pub title: String,
    /// The unit of the line, for numbers.
    pub unit: Option<Unit>,
    /// How many agree exactly.
    pub exact: usize,
    /// How many agree within the rounding of the inputs.
    pub consistent: usize,
    /// How many do not agree.
    pub different: usize,
    /// Of how many it cannot be said.
    pub unclear: usize,
    /// How many are published and not computed, because inputs are missing.
    pub not_computed: usize,
    /// How many are not published.
    pub not_published: usize,
    /// Every figure that is published and computed and not exact, in the order of the file.
    pub rows: Vec<Compared>,
}

/// Compares the results with a published column of the dataset, by its header.
///
/// A published figure that was rounded before it was printed (`rounded` in the dataset) agrees exactly if it is a
/// nearest figure to the computed one among those with its number of decimal places; one that was not rounded, if the
/// two are equal. A figure that takes more than six decimal places, printed or computed, is compared at twelve
/// significant digits: it was printed from binary floating point, whose last digits are noise
/// (`3.9999999999999996` for 4).
///
/// A result that does not agree is computed once more with every rounded input replaced by the interval of figures
/// that would be printed as it is; it is consistent if the published figure can come out.
pub fn compare(
    prepared: &Prepared<'_>,
    table: &Table,
    results: &Results,
    header: &str,
) -> Result<Comparison, Problems> {
    let settlement = prepared.settlement();
    let problem =
        |message: String| Problems::from(DataProblem::of_file(codes::NOTHING_THERE, &table.file, message));
    let Some(dataset) = settlement.datasets.get(table.dataset()) else {
        return Err(problem("the contract has no such dataset".to_owned()));
    };
    let Some((published, place)) =
        dataset.published.iter().zip(&table.places.published).find(|(p, _)| p.header == header)
    else {
        let message = format!("the dataset `{}` has no published column `{header}`", dataset.name);
        return Err(problem(message));
    };
    let (Some(place), Some(step)) = (*place, settlement.steps.get(published.step.index())) else {
        return Err(problem(format!("the file has no column `{header}` to compare with")));
    };
    let comparing = Comparing { prepared, settlement, table, dataset, published, place, step };
    comparing.all(results)
}

struct Comparing<'a> {
    prepared: &'a Prepared<'a>,
    settlement: &'a Settlement,
    table: &'a Table,
    dataset: &'a Dataset,
    published: &'a Published,
    /// Where the published column stands.
    place: usize,
    step: &'a Step,
}

impl Comparing<'_> {
    fn all(&self, results: &Results) -> Result<Comparison, Problems> {
        let mut comparison = Comparison {
            header: self.published.header.clone(),
            title: self.step.title.clone(),
            unit: self.unit().cloned(),
            exact: 0,
            consistent: 0,
            different: 0,
            unclear: 0,
            not_computed: 0,
            not_published: 0,
            rows: Vec::new(),
        };
        let mut problems = Problems::default();
        for (data, outcome) in self.table.cases.iter().zip(&results.outcomes) {
            for (row, source) in self.places_in(data) {
                match self.one(data, outcome, row, source) {
                    Ok(compared) => comparison.count(compared),
                    Err(problem) => problems.push(*problem),
                }
            }
        }
        problems.or(comparison)
    }

    fn unit(&self) -> Option<&Unit> {
        match &self.step.ty {
            Type::Number(unit) => Some(unit),
            _ => None,
        }
    }

    /// The rows of a case that the line has a value in, with the rows of the file.
    fn places_in(&self, data: &CaseData) -> Vec<(Option<usize>, usize)> {
        match self.step.level {
            Level::Row => (0..data.rows.len()).map(Some).zip(data.sources.iter().copied()).collect(),
            Level::Case => {
                // In long form the figure may stand in one of the rows only.
                let is_there =
                    |source: &&usize| !is_missing(self.dataset, self.table.cell(**source, self.place));
                let source = data.sources.iter().find(is_there).copied().unwrap_or(data.first_source());
                vec![(None, source)]
            }
        }
    }

    fn one(
        &self,
        data: &CaseData,
        outcome: &Outcome,
        row: Option<usize>,
        source: usize,
    ) -> Result<Compared, Box<DataProblem>> {
        let text = self.table.cell(source, self.place);
        let computed = outcome.value(self.published.step, row).cloned().unwrap_or(Value::Missing);
        let mut compared = Compared {
            key: self.key(data, row, source),
            row: self.table.row_number(source),
            verdict: Verdict::NotPublished,
            computed_text: show_value(&computed, &self.step.ty, self.settlement),
            computed,
            published: text.to_owned(),
            difference: None,
            difference_text: String::new(),
            possible: Vec::new(),
        };
        if is_missing(self.dataset, text) {
            return Ok(compared);
        }
        if compared.computed == Value::Missing {
            compared.verdict = Verdict::NotComputed;
            return Ok(compared);
        }
        let read = read_cell(text, &self.step.ty, &self.published.reading, self.settlement);
        let cell = read.map_err(|Unread { message, help }| {
            let problem = DataProblem::of_file(codes::UNREADABLE_CELL, &self.table.file, message);
            Box::new(problem.row(compared.row).cell(&self.published.header, text).help(help))
        })?;
        let (Value::Number(x), Value::Number(published), Some(print)) =
            (&compared.computed, &cell.value, &cell.print)
        else {
            compared.verdict =
                if compared.computed == cell.value { Verdict::Exact } else { Verdict::Different };
            return Ok(compared);
        };
        let target = Target::new(published, print, x, self.published.rounded);
        if target.allows(x, x) {
            compared.verdict = Verdict::Exact;
            return Ok(compared);
        }
        let difference = x - published;
        compared.difference_text = self.difference_text(&difference);
        compared.difference = Some(difference);
        self.explain(&mut compared, &target, data, row);
        Ok(compared)
    }

    /// A difference as people write it, or as a plain decimal where that would cut off what matters.
    fn difference_text(&self, difference: &Exact) -> String {
        let Some(unit) = self.unit() else { return String::new() };
        let text = show(difference, unit);
        if text.contains('…') { figure(difference, unit, self.settlement) } else { text }
    }

    fn key(&self, data: &CaseData, row: Option<usize>, source: usize) -> String {
        if row.is_none() {
            return data.name();
        }
        let row_key = self.table.places.row_key.iter().map(|place| self.table.cell(source, *place));
        data.key.iter().map(String::as_str).chain(row_key).collect::<Vec<_>>().join(" / ")
    }

    /// Whether rounding of the inputs can explain a difference.
    fn explain(&self, compared: &mut Compared, target: &Target, data: &CaseData, row: Option<usize>) {
        compared.verdict = Verdict::Different;
        if !self.dataset.columns.iter().any(|column| column.rounded) {
            return;
        }
        match possible(self.prepared, &self.intervals(data), self.published.step, row) {
            Ok(ranges) => {
                if ranges.iter().any(|(low, high)| target.allows(low, high)) {
                    compared.verdict = Verdict::Consistent;
                }
                compared.possible = ranges;
            }
            Err(unclear) => compared.verdict = Verdict::Unclear(unclear.words(self.settlement)),
        }
    }

    /// The case with every rounded input as the interval of figures that would be printed as it is.
    fn intervals(&self, data: &CaseData) -> IntervalCase {
        let case = self.ranges(&data.inputs, data.first_source());
        let rows = data.rows.iter().zip(&data.sources).map(|(inputs, source)| self.ranges(inputs, *source));
        IntervalCase {
            period: self.table.period,
            inputs: case,
            rows: rows.collect(),
            awards: data.awards.clone(),
            ..IntervalCase::default()
        }
    }

    fn ranges(&self, inputs: &BTreeMap<InputId, Value>, source: usize) -> BTreeMap<InputId, Range> {
        let range = |(id, value): (&InputId, &Value)| {
            let range = self.range(*id, source).unwrap_or_else(|| Range::Fixed(value.clone()));
            (*id, range)
        };
        inputs.iter().map(range).collect()
    }

    /// The interval of an input that was rounded before it was printed.
    fn range(&self, id: InputId, source: usize) -> Option<Range> {
        let columns = self.dataset.columns.iter().zip(&self.table.places.columns);
        let (column, place) = columns.into_iter().find(|(column, _)| column.input == id && column.rounded)?;
        let input = self.settlement.inputs.get(id.index())?;
        let cell =
            read_cell(self.table.cell(source, *place), &input.ty, &column.reading, self.settlement).ok()?;
        match (cell.value, cell.print) {
            (Value::Number(x), Some(print)) => {
                let half = print.half_of_last_place();
                Some(Range::Between(&x - &half, &x + &half))
            }
            _ => None,
        }
    }
}

/// The figures that a published one stands for.
struct Target {
    /// As it is printed, without the digits that are noise.
    printed: Exact,
    /// A figure that is at most so far from the printed one is meant by it.
    within: Exact,
}

impl Target {
    fn new(published: &Exact, print: &Print, computed: &Exact, rounded: bool) -> Self {
        let most_stated = i32::try_from(MOST_STATED_PLACES).unwrap_or(0);
        let in_print = published * &print.scale;
        let computed_is_long =
            (computed * &print.scale).decimal_places().is_none_or(|p| p > MOST_STATED_PLACES);
        let is_long = print.places > most_stated || (computed_is_long && !rounded);
        if is_long {
            let places = places_for(&in_print, DIGITS_THAT_COUNT).max(most_stated);
            let places = if rounded { places.min(print.places) } else { places };
            let print = Print { places, scale: print.scale.clone() };
            let within = print.half_of_last_place();
            return Self { printed: published.round(&(&within + &within), RoundingMode::HalfEven), within };
        }
        let within = if rounded { print.half_of_last_place() } else { Exact::zero() };
        Self { printed: published.clone(), within }
    }

    /// Whether some figure between two would be printed so.
    fn allows(&self, low: &Exact, high: &Exact) -> bool {
        *high >= &self.printed - &self.within && *low <= &self.printed + &self.within
    }
}

impl Comparison {
    fn count(&mut self, compared: Compared) {
        match &compared.verdict {
            Verdict::Exact => self.exact += 1,
            Verdict::Consistent => self.consistent += 1,
            Verdict::Different => self.different += 1,
            Verdict::Unclear(_) => self.unclear += 1,
            Verdict::NotComputed => self.not_computed += 1,
            Verdict::NotPublished => self.not_published += 1,
        }
        if !matches!(compared.verdict, Verdict::Exact | Verdict::NotComputed | Verdict::NotPublished) {
            self.rows.push(compared);
        }
    }

    /// The comparison as a text: the counts, then every figure that cannot be explained.
    pub fn text(&self) -> String {
        let published = self.exact + self.consistent + self.different + self.unclear + self.not_computed;
        let mut text =
            format!("{} beside the published `{}`: {published} figures\n", self.title, self.header);
        let mut count = |words: &str, count: usize| {
            if count > 0 {
                // Writing to a text cannot fail.
                let _ = writeln!(text, "{count:>8}  {words}");
            }
        };
        count("exact: the published figure, at the place at which it is printed", self.exact);
        count(
            "consistent: the published figure within the rounding of the published inputs",
            self.consistent,
        );
        count("different", self.different);
        count("unclear", self.unclear);
        count("not computed: inputs are missing", self.not_computed);
        count("not published", self.not_published);
        for row in self.rows.iter().filter(|row| row.verdict != Verdict::Consistent) {
            text.push_str(&self.row_text(row));
        }
        text
    }

    fn row_text(&self, row: &Compared) -> String {
        let difference = if row.difference.is_some() {
            format!(", difference {}", row.difference_text)
        } else {
            String::new()
        };
        let mut text = format!(
            "{} (row {}): computed {}, published {}{difference}\n",
            row.key, row.row, row.computed_text, row.published
        );
        if let Verdict::Unclear(words) = &row.verdict {
            let _ = writeln!(text, "    unclear: {words}");
        }
        for (low, high) in &row.possible {
            let Some(unit) = &self.unit else { continue };
            let (low, high) = (show(low, unit), show(high, unit));
            let range = if low == high { format!("only {low}") } else { format!("{low} to {high}") };
            let _ = writeln!(text, "    the rounding of the inputs allows {range}");
        }
        text
    }
}
