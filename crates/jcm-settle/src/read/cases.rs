//! Rows of the same key make one case; every cell that the contract reads becomes an exact value.

use super::cell::{Unread, read_cell};
use super::fit::Places;
use super::part::Parts;
use super::possible::{beside_denominator, impossible};
use super::rows::{Row, Sheet};
use crate::problem::{DataProblem, Problems, codes};
use crate::table::{CaseData, Mark, Table};
use jcm_calculus::{
    Column, Dataset, Input, InputId, Level, MissingRule, Settlement, SuppressedRule, Type, Value,
};
use jcm_quantity::Period;
use std::collections::BTreeMap;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// What a missing figure is that the contract cannot do without.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Absent {
    /// A problem.
    Refused,
    /// Nothing: the file is of an earlier period and need not be whole.
    Accepted,
}

/// Reads every row; says everything that is wrong.
pub(super) fn gather(
    settlement: &Settlement,
    file: &str,
    sheet: Sheet,
    places: Places,
    period: usize,
    absent: Absent,
) -> Result<Table, Problems> {
    let Some(shape) = settlement.datasets.get(places.dataset) else {
        return Err(DataProblem::of_file(codes::NO_DATASET, file, "the contract has no such dataset").into());
    };
    let of = settlement.periods.get(period);
    let header = sheet.header.clone();
    let (sheet, places) = super::long::put_together(shape, file, sheet, places, of)?;
    let mut gathering = Gathering {
        settlement,
        shape,
        file,
        places: &places,
        period: of,
        absent,
        reads_rows: !shape.row_key.is_empty() || columns_of(settlement, shape, Level::Row).next().is_some(),
        found: HashMap::new(),
        row_keys: HashMap::new(),
        cases: Vec::new(),
        twice: Vec::new(),
        problems: Problems::default(),
    };
    for (source, row) in sheet.rows.iter().enumerate() {
        gathering.take(source, row);
    }
    gathering.check_possible(&sheet.rows);
    gathering.check_twice(&header, &sheet.rows);
    let Gathering { cases, problems, .. } = gathering;
    let file = file.to_owned();
    let (disputes, awards) = (Vec::new(), Vec::new());
    let earlier_disputes = std::collections::BTreeSet::new();
    problems.or(Table { file, places, period, rows: sheet.rows, cases, disputes, earlier_disputes, awards })
}

/// The columns of one level, with their places among the dataset's columns.
fn columns_of<'a>(
    settlement: &'a Settlement,
    shape: &'a Dataset,
    level: Level,
) -> impl Iterator<Item = (usize, &'a Column, &'a Input)> {
    let columns = shape.columns.iter().enumerate();
    let with_input =
        columns.filter_map(|(i, column)| Some((i, column, settlement.inputs.get(column.input.index())?)));
    with_input.filter(move |(_, _, input)| input.level == level)
}

struct Gathering<'a> {
    settlement: &'a Settlement,
    shape: &'a Dataset,
    file: &'a str,
    places: &'a Places,
    period: Option<&'a Period>,
    absent: Absent,
    reads_rows: bool,
    /// The place of the case of a key. It is only looked up in, never walked through.
    found: HashMap<Vec<String>, usize>,
    /// The number of the first row of a case and row key.
    row_keys: HashMap<(usize, Vec<String>), usize>,
    cases: Vec<CaseData>,
    /// The rows that have the key of an earlier one, with its number and the name of the key.
    twice: Vec<(usize, usize, String)>,
    problems: Problems,
}

impl Gathering<'_> {
    fn take(&mut self, source: usize, row: &Row) {
        if is_left_out(self.shape, self.places, row) {
            return;
        }
        let Some(key) = self.key(row, &self.shape.key, &self.places.key) else { return };
        let Some(row_key) = self.key(row, &self.shape.row_key, &self.places.row_key) else { return };
        self.check_no_total(source, row, &key, &row_key);
        let (case, is_new) = match self.found.get(&key) {
            Some(case) => (*case, false),
            None => (self.cases.len(), true),
        };
        match self.row_keys.entry((case, row_key)) {
            Entry::Vacant(free) => {
                free.insert(row.number);
            }
            Entry::Occupied(first) => {
                let ((_, row_key), first) = (first.key(), *first.get());
                let name = key.iter().chain(row_key).map(String::as_str).collect::<Vec<_>>().join(" / ");
                self.twice.push((source, first, name));
                return;
            }
        }
        if is_new {
            self.found.insert(key.clone(), case);
        }
        let (inputs, marks) = self.inputs(row, Level::Case);
        if is_new {
            let marks = marks.into_iter().map(|(input, mark)| ((input, None), mark)).collect();
            self.cases.push(CaseData { key, inputs, marks, ..CaseData::default() });
        } else {
            self.check_agreement(case, &inputs, row);
        }
        let of_row = if self.reads_rows { Some(self.inputs(row, Level::Row)) } else { None };
        if let Some(case) = self.cases.get_mut(case) {
            case.sources.push(source);
            if let Some((inputs, marks)) = of_row {
                let place = Some(case.rows.len());
                case.marks.extend(marks.into_iter().map(|(input, mark)| ((input, place), mark)));
                case.rows.push(inputs);
            }
        }
    }

    /// A row that sums up the others would be settled as one of them.
    fn check_no_total(&mut self, source: usize, row: &Row, key: &[String], row_key: &[String]) {
        let headers = self.shape.key.iter().chain(&self.shape.row_key);
        let mut named = headers.zip(key.iter().chain(row_key)).filter(|(_, cell)| is_total(cell));
        if source == 0 {
            return;
        }
        if let Some((header, cell)) = named.next() {
            let message = "this row seems to be the sum of the others, and would be settled as one more";
            let help = format!(
                "remove the row, or write `leave out: \"{header}\" is \"{cell}\"` in the dataset `{}`",
                self.shape.name
            );
            let problem = self.problem(codes::TOTAL_ROW, row, message).cell(header, cell).help(help);
            self.problems.push(problem);
        }
    }

    /// Says which rows have one key. Where a column tells them apart by the part of the period, the contract does not
    /// say how figures of parts become one.
    fn check_twice(&mut self, header: &[String], rows: &[Row]) {
        let mut parts_are_said = false;
        for (source, first, name) in std::mem::take(&mut self.twice) {
            let Some(row) = rows.get(source) else { continue };
            let before = rows.iter().find(|row| row.number == first);
            match before.and_then(|before| self.tells_apart(header, before, row)) {
                Some(_) if parts_are_said => {}
                Some(problem) => {
                    parts_are_said = true;
                    self.problems.push(problem);
                }
                None => self.say_twice(row, &name, first),
            }
        }
    }

    /// The problem of two rows of one case that are of two parts of the period.
    fn tells_apart(&self, header: &[String], before: &Row, row: &Row) -> Option<DataProblem> {
        let period = self.period?;
        let of_column = |place: usize, header: &str| {
            [3, 1].into_iter().find_map(|months| {
                let parts = Parts { period, months };
                let says = header.to_lowercase().contains(parts.name());
                let read = |text: &str| if says { parts.read(text) } else { parts.named(text) };
                let (first, second) = (read(before.cell(place))?, read(row.cell(place))?);
                (first != second).then_some(parts.name())
            })
        };
        let columns = header.iter().enumerate();
        let (place, header, part) =
            columns.filter_map(|(place, header)| Some((place, header, of_column(place, header)?))).next()?;
        let message = format!(
            "rows {} and {} hold figures of two {part}s of {}, and the contract does not say how figures of {part}s become one",
            before.number, row.number, period.label
        );
        let help = format!(
            "say it in each measure, such as `combined: mean of the {part}s`, and write `part: \"{header}\"` in the dataset `{}`; or give one figure for {}",
            self.shape.name, period.label
        );
        Some(self.problem(codes::NO_PART, row, message).cell(header, row.cell(place)).help(help))
    }

    fn say_twice(&mut self, row: &Row, name: &str, first: usize) {
        let of = self.period.filter(|_| self.shape.period_column.is_some());
        let of = of.map_or_else(String::new, |period| format!(" for {}", period.label));
        let message = format!("the key `{name}` stands in row {first} already{of}");
        let help = if self.shape.row_key.is_empty() {
            "remove one of the two, or say in the dataset which columns name a row of a case"
        } else {
            "remove one of the two"
        };
        self.problems.push(self.problem(codes::DUPLICATE_KEY, row, message).help(help));
    }

    /// The cells of a key; `None` (and a problem) where one is empty.
    fn key(&mut self, row: &Row, headers: &[String], places: &[usize]) -> Option<Vec<String>> {
        let empty = headers.iter().zip(places).find(|(_, place)| row.cell(**place).is_empty());
        if let Some((header, _)) = empty {
            let message = "this cell is part of the key, and it is empty";
            let problem = self.problem(codes::EMPTY_KEY, row, message).cell(header, "");
            self.problems.push(problem.help("fill it in, or remove the row"));
            return None;
        }
        Some(places.iter().map(|place| row.cell(*place).to_owned()).collect())
    }

    /// The inputs of one level that a row gives, and what is to be said of some; a missing one is left out.
    fn inputs(&mut self, row: &Row, level: Level) -> (BTreeMap<InputId, Value>, BTreeMap<InputId, Mark>) {
        let (mut inputs, mut marks) = (BTreeMap::new(), BTreeMap::new());
        for (i, column, input) in columns_of(self.settlement, self.shape, level) {
            let place = self.places.columns.get(i).copied().unwrap_or(usize::MAX);
            let text = row.cell(place);
            let received = self.places.received.get(i).copied().flatten();
            match self.figure(row, column, input, text, received) {
                Ok(Figure { value, mark }) => {
                    inputs.extend(value.map(|value| (column.input, value)));
                    marks.extend(mark.map(|mark| (column.input, mark)));
                }
                Err(problem) => self.problems.push(self.at_cell(*problem, row, place)),
            }
        }
        (inputs, marks)
    }

    /// The figure in a cell, after what the contract says of suppressed, late and missing ones.
    fn figure(
        &self,
        row: &Row,
        column: &Column,
        input: &Input,
        text: &str,
        received: Option<usize>,
    ) -> Result<Figure, Box<DataProblem>> {
        let mut figure = Figure { value: None, mark: None };
        if self.shape.suppressed.iter().any(|mark| mark == text) {
            figure.mark = Some(Mark::Suppressed { printed: text.to_owned() });
            match &input.doubt.suppressed {
                SuppressedRule::Refuse => return Err(Box::new(self.suppressed(row, column, input, text))),
                SuppressedRule::AsMissing => {}
                SuppressedRule::Use(value) => figure.value = Some(value.clone()),
            }
        } else if !is_missing(self.shape, text) {
            let read = read_cell(text, &input.ty, &column.reading, self.settlement);
            let cell = read.map_err(|Unread { message, help }| {
                let help = if stands_for_nothing(text) { self.not_there(text) } else { help };
                let problem = self.problem(codes::UNREADABLE_CELL, row, message);
                Box::new(problem.cell(&column.header, text).help(help))
            })?;
            if let Some((message, help)) = impossible(input, &cell.value) {
                let problem = self.problem(codes::IMPOSSIBLE, row, message);
                return Err(Box::new(problem.cell(&column.header, text).help(help)));
            }
            figure.value = Some(cell.value);
        }
        if figure.value.is_some()
            && let Some(late) = self.late(row, column, input, received)?
        {
            figure = Figure { value: None, mark: Some(late) };
        }
        if figure.value.is_none() && input.missing == MissingRule::Refuse && self.absent == Absent::Refused {
            return Err(Box::new(self.missing(row, column, input, text, figure.mark.as_ref())));
        }
        Ok(figure)
    }

    /// Whether a figure came so late that it does not count.
    fn late(
        &self,
        row: &Row,
        column: &Column,
        input: &Input,
        received: Option<usize>,
    ) -> Result<Option<Mark>, Box<DataProblem>> {
        let last_day = self.period.zip(input.doubt.late).and_then(|(period, late)| late.last_day(period));
        let (Some(last_day), Some(place), Some((header, reading))) = (last_day, received, &column.received)
        else {
            return Ok(None);
        };
        let text = row.cell(place);
        if is_missing(self.shape, text) {
            let message = format!("whether {} came in time is not known", input.title);
            let problem = self.problem(codes::UNREADABLE_CELL, row, message).cell(header, text);
            return Err(Box::new(problem.help("write the day on which the figure came")));
        }
        let read = read_cell(text, &Type::Date, reading, self.settlement);
        let cell = read.map_err(|Unread { message, help }| {
            Box::new(self.problem(codes::UNREADABLE_CELL, row, message).cell(header, text).help(help))
        })?;
        match cell.value {
            Value::Date(came) if came > last_day => Ok(Some(Mark::Late { came, last_day })),
            _ => Ok(None),
        }
    }

    /// What to do about a text that says that there is no figure.
    fn not_there(&self, text: &str) -> String {
        let name = &self.shape.name;
        format!(
            "if it stands for a figure that is not there, write `missing: \"{text}\"` in the dataset `{name}`; for a small one that is kept back, `suppressed: \"{text}\"`"
        )
    }

    fn suppressed(&self, row: &Row, column: &Column, input: &Input, text: &str) -> DataProblem {
        let message = format!(
            "{} is kept back because it is small, and the contract cannot be settled so",
            input.title
        );
        let help = "ask for the figure, or say in the contract what a suppressed one means, such as `suppressed: as missing` or `suppressed: use 3`";
        self.problem(codes::SUPPRESSED, row, message).cell(&column.header, text).help(help)
    }

    fn missing(
        &self,
        row: &Row,
        column: &Column,
        input: &Input,
        text: &str,
        mark: Option<&Mark>,
    ) -> DataProblem {
        let why = mark.map(|mark| format!(" ({})", mark.words())).unwrap_or_default();
        let message =
            format!("{} is missing{why}, and the contract cannot be settled without it", input.title);
        let help = "fill the cell in; if it may be missing, say in the contract what that means for money";
        self.problem(codes::MISSING_VALUE, row, message).cell(&column.header, text).help(help)
    }

    /// What is said of the case must be the same in all of its rows.
    fn check_agreement(&mut self, case: usize, inputs: &BTreeMap<InputId, Value>, row: &Row) {
        let Some(case) = self.cases.get(case) else { return };
        let columns = self.shape.columns.iter().zip(&self.places.columns);
        let differs = |column: &Column| {
            let is_of_case =
                self.settlement.inputs.get(column.input.index()).is_some_and(|i| i.level == Level::Case);
            is_of_case && case.inputs.get(&column.input) != inputs.get(&column.input)
        };
        let Some((column, place)) = columns.into_iter().find(|(column, _)| differs(column)) else { return };
        let message =
            format!("the rows of `{}` disagree about a figure that is one for the whole case", case.name());
        let problem = self.problem(codes::ROWS_DISAGREE, row, message).cell(&column.header, row.cell(*place));
        self.problems.push(problem.help("give every row of the case the same figure"));
    }

    /// Holds numerators to what is possible beside their denominators, which stand in other cells.
    fn check_possible(&mut self, rows: &[Row]) {
        let of_case = |data: &CaseData| {
            let row = rows.get(data.first_source())?;
            let columns = self.shape.columns.iter().zip(&self.places.columns);
            let found = columns.filter_map(|(column, place)| {
                let problem = beside_denominator(self.settlement, column, data, row, *place, self.file)?;
                Some(self.at_cell(problem, row, *place))
            });
            Some(found.collect::<Vec<_>>())
        };
        let found: Vec<DataProblem> = self.cases.iter().filter_map(of_case).flatten().collect();
        found.into_iter().for_each(|problem| self.problems.push(problem));
    }

    /// A problem with the place of its cell in the file, which in long form is not that of the case; it may have none.
    fn at_cell(&self, mut problem: DataProblem, row: &Row, place: usize) -> DataProblem {
        match (row.number_at(place), &self.shape.long.figures) {
            (0, _) => {
                let case: Vec<&str> = self.places.key.iter().map(|place| row.cell(*place)).collect();
                problem.message = format!("`{}`: {}", case.join(" / "), problem.message);
                (problem.row, problem.column, problem.cell) = (None, None, None);
                problem
                    .help("add its row; if it may be missing, say in the contract what that means for money")
            }
            (number, Some((_, header))) => {
                problem.column = problem.column.map(|_| header.clone());
                problem.row(number)
            }
            (number, None) => problem.row(number),
        }
    }

    fn problem(&self, code: &'static str, row: &Row, message: impl Into<String>) -> DataProblem {
        DataProblem::of_file(code, self.file, message).row(row.number)
    }
}

/// What a cell comes to.
struct Figure {
    value: Option<Value>,
    mark: Option<Mark>,
}

/// Whether a row is one that the dataset leaves out.
pub(super) fn is_left_out(shape: &Dataset, places: &Places, row: &Row) -> bool {
    let rules = shape.leave_out.iter().zip(&places.leave_out);
    rules.into_iter().any(|((_, texts), place)| texts.iter().any(|text| text == row.cell(*place)))
}

/// Whether a key is the name of a sum.
fn is_total(key: &str) -> bool {
    const NAMES: [&str; 7] =
        ["total", "totals", "grand total", "overall total", "subtotal", "sub-total", "sub total"];
    NAMES.contains(&key.trim_end_matches(':').to_lowercase().as_str())
}

/// Whether a text is one that people write where there is no figure.
fn stands_for_nothing(text: &str) -> bool {
    const USUAL: [&str; 22] = [
        "-",
        "–",
        "—",
        "*",
        "?",
        ".",
        "..",
        "c",
        "[c]",
        "[x]",
        "[z]",
        "x",
        "na",
        "n/a",
        "#n/a",
        "nil",
        "none",
        "null",
        "tbc",
        "missing",
        "not available",
        "not known",
    ];
    USUAL.contains(&text.to_lowercase().as_str())
}

/// Whether a cell stands for "not known".
pub(crate) fn is_missing(shape: &Dataset, text: &str) -> bool {
    text.is_empty() || shape.missing.iter().any(|missing| missing == text)
}
