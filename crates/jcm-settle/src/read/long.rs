//! A file in long form, with a row for each part of a period or for each figure: its rows are put together, so that each
//! case has one row and each figure a column, as in any other file.

use super::fit::Places;
use super::part::Parts;
use super::rows::{Row, Sheet};
use crate::nearest::nearest;
use crate::problem::{DataProblem, Problems, codes};
use jcm_calculus::{Column, Dataset};
use jcm_quantity::Period;
use std::collections::HashMap;

/// The sheet with a row for each case, and where its cells stand; as it is where the file is not in long form.
pub(super) fn put_together(
    shape: &Dataset,
    file: &str,
    sheet: Sheet,
    places: Places,
    period: Option<&Period>,
) -> Result<(Sheet, Places), Problems> {
    if shape.long.is_wide() {
        return Ok((sheet, places));
    }
    let parts = shape.long.part.as_ref().zip(period);
    let parts = parts.map(|((_, months), period)| Parts { period, months: *months });
    let mut gathering = Gathering {
        shape,
        file,
        places: &places,
        parts,
        cases: HashMap::new(),
        rows: Vec::new(),
        problems: Problems::default(),
    };
    for row in &sheet.rows {
        gathering.take(row);
    }
    gathering.check_names(&sheet.rows);
    let Gathering { rows, problems, .. } = gathering;
    let rows = rows.iter().map(|(number, cells)| Row::together(*number, cells)).collect();
    let places = gathered_places(shape, &places);
    problems.or((Sheet { header: Vec::new(), rows }, places))
}

/// The cells of a row that is put together, each with the row that it stands in: those of the key, then of each column
/// its figure and the day on which that came, then the published ones.
fn gathered_places(shape: &Dataset, places: &Places) -> Places {
    let key = places.key.len();
    let columns = shape.columns.len();
    let published = |(place, found): (usize, &Option<usize>)| found.map(|_| key + 2 * columns + place);
    let received = |(place, found): (usize, &Option<usize>)| found.map(|_| key + columns + place);
    Places {
        dataset: places.dataset,
        key: (0..key).collect(),
        row_key: Vec::new(),
        columns: (key..key + columns).collect(),
        published: places.published.iter().enumerate().map(published).collect(),
        leave_out: Vec::new(),
        received: places.received.iter().enumerate().map(received).collect(),
        part: None,
        figure_name: None,
    }
}

struct Gathering<'a> {
    shape: &'a Dataset,
    file: &'a str,
    places: &'a Places,
    parts: Option<Parts<'a>>,
    /// The place of the row of a case. It is only looked up in, never walked through.
    cases: HashMap<Vec<String>, usize>,
    /// The number of the first row of each case, and its cells with their rows; row 0 is none.
    rows: Vec<(usize, Vec<(String, usize)>)>,
    problems: Problems,
}

impl Gathering<'_> {
    fn take(&mut self, row: &Row) {
        if super::cases::is_left_out(self.shape, self.places, row) {
            return;
        }
        let Some(part) = self.part(row) else { return };
        let key: Vec<String> = self.places.key.iter().map(|place| row.cell(*place).to_owned()).collect();
        let case = *self.cases.entry(key.clone()).or_insert_with(|| {
            let own = key.into_iter().map(|text| (text, row.number));
            let empty = 2 * self.shape.columns.len() + self.shape.published.len();
            let rest = std::iter::repeat_n((String::new(), 0), empty);
            self.rows.push((row.number, own.chain(rest).collect()));
            self.rows.len().saturating_sub(1)
        });
        let name = self.places.figure_name.map(|place| row.cell(place));
        let (start, count) = (self.places.key.len(), self.shape.columns.len());
        for (place, column) in self.shape.columns.iter().enumerate() {
            if name.is_some_and(|name| name != column.header)
                || column.part.is_some_and(|of| Some(of) != part)
            {
                continue;
            }
            let text = row.cell(self.places.columns.get(place).copied().unwrap_or(usize::MAX));
            if let Some(problem) = self.put(case, start + place, text, row, Some((column, name.is_some()))) {
                self.problems.push(problem);
                return;
            }
            if let Some(received) = self.places.received.get(place).copied().flatten() {
                self.put(case, start + count + place, row.cell(received), row, None);
            }
        }
        for (place, found) in self.places.published.iter().enumerate() {
            if let Some(found) = found {
                self.put(case, start + 2 * count + place, row.cell(*found), row, None);
            }
        }
    }

    /// The part that a row is of; the outer `None` (and a problem) where it does not say.
    fn part(&mut self, row: &Row) -> Option<Option<u32>> {
        let (Some(parts), Some(place), Some((header, _))) =
            (self.parts, self.places.part, &self.shape.long.part)
        else {
            return Some(None);
        };
        let text = row.cell(place);
        let found = parts.read(text);
        if found.is_none() {
            let message = format!("this names no {} of {}", parts.name(), parts.period.label);
            let problem = DataProblem::of_file(codes::NO_PART, self.file, message).row(row.number);
            self.problems.push(problem.cell(header, text).help(parts.help()));
            return None;
        }
        Some(found)
    }

    /// Puts a cell into the row of a case. What stands in the rows of one part, or is named, stands there once; what is
    /// one figure for the whole case is the same wherever it stands. Of published figures and days the first counts.
    fn put(
        &mut self,
        case: usize,
        place: usize,
        text: &str,
        row: &Row,
        of: Option<(&Column, bool)>,
    ) -> Option<DataProblem> {
        let slot = self.rows.get_mut(case)?.1.get_mut(place)?;
        let (before, first) = (slot.0.as_str(), slot.1);
        if first == 0
            || before.is_empty() && !of.is_some_and(|(column, named)| named || column.part.is_some())
        {
            *slot = (text.to_owned(), row.number);
            return None;
        }
        let (column, named) = of?;
        let problem = |code, message: String| DataProblem::of_file(code, self.file, message).row(row.number);
        if named || column.part.is_some() {
            let part = self.parts.zip(column.part);
            let part = part.map(|(parts, part)| format!(" for {} {part}", parts.name())).unwrap_or_default();
            let message = format!("`{}` stands in row {first} already{part}", column.header);
            return Some(problem(codes::DUPLICATE_KEY, message).help("remove one of the two"));
        }
        if text.is_empty() || text == before {
            return None;
        }
        let message = format!("this is one figure for the whole case, and row {first} has `{before}`");
        let help = "give every row of the case the same figure, or only one of them";
        Some(problem(codes::ROWS_DISAGREE, message).cell(&column.header, text).help(help))
    }

    /// A figure that no row names is a name that the file does not have.
    fn check_names(&mut self, rows: &[Row]) {
        let (Some(place), Some((header, _))) = (self.places.figure_name, &self.shape.long.figures) else {
            return;
        };
        let mut said: Vec<&str> = Vec::new();
        for column in &self.shape.columns {
            let name = column.header.as_str();
            if said.contains(&name) || rows.iter().any(|row| row.cell(place) == name) {
                continue;
            }
            said.push(name);
            let near = nearest(name, rows.iter().map(|row| row.cell(place)).filter(|cell| !cell.is_empty()));
            let help = match near {
                Some(near) => {
                    format!("the file has `{near}`: if that is the same, write it into the dataset")
                }
                None => format!("add its rows; the dataset `{}` reads it", self.shape.name),
            };
            let message = format!("no row of the file is named `{name}` in the column `{header}`");
            self.problems.push(DataProblem::of_file(codes::MISSING_COLUMN, self.file, message).help(help));
        }
    }
}
