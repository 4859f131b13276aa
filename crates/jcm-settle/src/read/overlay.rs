//! A file that stands beside the data file and speaks of single cases of it: disputes, or overrides.

use super::rows::{self, Row};
use crate::nearest::nearest;
use crate::problem::{DataProblem, Problems, codes};
use crate::table::{CaseData, Table};
use jcm_calculus::Settlement;
use std::collections::HashMap;

/// What a file of a kind can hold.
pub(super) struct Shape {
    /// What the file is, in words: `a file of disputes`.
    pub(super) what: &'static str,
    /// Columns that it must have, and whose cells must not be empty.
    pub(super) must: &'static [&'static str],
    /// Columns that it may have.
    pub(super) may: &'static [&'static str],
}

/// The rows of such a file that speak of the period that is settled.
pub(super) struct Overlay<'a> {
    pub(super) file: &'a str,
    pub(super) rows: Vec<Row>,
    /// The rows of earlier periods, each with the place of its period.
    pub(super) earlier: Vec<(usize, Row)>,
    header: Vec<String>,
    /// The places of the cases in the table, by their names.
    cases: HashMap<String, usize>,
}

impl<'a> Overlay<'a> {
    /// Reads the file; says every column and every cell that is missing.
    pub(super) fn read(
        settlement: &Settlement,
        table: &Table,
        shape: &Shape,
        file: &'a str,
        bytes: &[u8],
    ) -> Result<Self, Problems> {
        let text = rows::text_of(file, bytes)?;
        let sheet = rows::split(file, text, shape.must)?;
        let mut problems = check_header(shape, file, &sheet.header);
        if !problems.list.is_empty() {
            return Err(problems);
        }
        let cases = table.keys().zip(0..).collect();
        let (rows, earlier) = (Vec::new(), Vec::new());
        let mut overlay = Self { file, rows, earlier, header: sheet.header, cases };
        let period = settlement.periods.get(table.period()).map_or("", |period| &period.label);
        for row in sheet.rows {
            let of = overlay.cell(&row, "period");
            if !of.is_empty() && !settlement.periods.iter().any(|period| period.label == of) {
                let message = format!("the contract has no period `{of}`");
                problems.push(overlay.problem(codes::NO_PERIOD, &row, message).cell("period", of));
                continue;
            }
            if of.is_empty() && table.named_period(settlement).is_some() {
                let message = format!(
                    "{} says the period in every row where the data file does, and here it is empty",
                    shape.what
                );
                let problem = overlay.problem(codes::UNSAID, &row, message).cell("period", of);
                problems.push(problem.help(format!(
                    "write the period that the row is of, such as `{period}`, in a column `period`"
                )));
                continue;
            }
            for column in shape.must.iter().filter(|column| overlay.cell(&row, column).is_empty()) {
                let message = format!("{} says this in every row, and here it is empty", shape.what);
                let problem = overlay.problem(codes::UNSAID, &row, message).cell(column, "");
                problems.push(problem.help(why_it_is_asked(column)));
            }
            let before = settlement.periods.iter().take(table.period());
            match before.zip(0..).find(|(period, _)| period.label == of) {
                Some((_, place)) => overlay.earlier.push((place, row)),
                None if of.is_empty() || of == period => overlay.rows.push(row),
                None => {}
            }
        }
        problems.or(overlay)
    }

    /// What each row says; `again` gives the message where a row says what an earlier one said.
    pub(super) fn read_rows<T>(
        &self,
        problems: &mut Problems,
        read: &dyn Fn(&Row) -> Result<T, Box<DataProblem>>,
        again: &dyn Fn(&T, &T) -> Option<String>,
    ) -> Vec<T> {
        let mut said: Vec<T> = Vec::new();
        for row in &self.rows {
            match read(row) {
                Ok(found) => match said.iter().find_map(|before| again(before, &found)) {
                    Some(message) => {
                        let problem = self.problem(codes::DUPLICATE_KEY, row, message);
                        problems.push(problem.help("remove one of the two"));
                    }
                    None => said.push(found),
                },
                Err(problem) => problems.push(*problem),
            }
        }
        said
    }

    /// The text of a cell; empty where the file has no such column.
    pub(super) fn cell<'r>(&self, row: &'r Row, column: &str) -> &'r str {
        self.header.iter().position(|header| header == column).map_or("", |place| row.cell(place))
    }

    pub(super) fn problem(&self, code: &'static str, row: &Row, message: impl Into<String>) -> DataProblem {
        DataProblem::of_file(code, self.file, message).row(row.number)
    }

    /// A problem of one cell.
    pub(super) fn cell_problem(
        &self,
        code: &'static str,
        row: &Row,
        column: &str,
        message: impl Into<String>,
    ) -> DataProblem {
        self.problem(code, row, message).cell(column, self.cell(row, column))
    }

    /// The case that a row speaks of.
    pub(super) fn case(&self, table: &Table, row: &Row) -> Result<usize, Box<DataProblem>> {
        let name = self.cell(row, "case");
        self.cases.get(name).copied().ok_or_else(|| {
            let keys: Vec<String> = table.keys().collect();
            let near = nearest(name, keys.iter().map(String::as_str));
            let help = near.map(|near| format!("did you mean `{near}`?")).unwrap_or_default();
            let message = format!("{} has no case `{name}`", table.file());
            Box::new(self.cell_problem(codes::NOTHING_THERE, row, "case", message).help(help))
        })
    }

    /// The row of the case that a row speaks of: needed for what is known for each row, refused for everything else.
    pub(super) fn row_of(
        &self,
        table: &Table,
        case: &CaseData,
        row: &Row,
        per_row: bool,
    ) -> Result<Option<usize>, Box<DataProblem>> {
        let name = self.cell(row, "row");
        match (per_row, name.is_empty()) {
            (false, true) => Ok(None),
            (false, false) => {
                let message = "this is one for the whole case, and a row is named";
                let problem = self.cell_problem(codes::NOTHING_THERE, row, "row", message);
                Err(Box::new(problem.help("leave the cell empty")))
            }
            (true, true) => {
                let message = "this is one for each row of the case, and no row is named";
                let problem = self.cell_problem(codes::NOTHING_THERE, row, "row", message);
                let help = "give the file a column `row`, and in it what names the row in the data file";
                Err(Box::new(problem.help(help)))
            }
            (true, false) => {
                let keys: Vec<String> = case.sources.iter().map(|source| table.row_key(*source)).collect();
                keys.iter().position(|key| key == name).map(Some).ok_or_else(|| {
                    let near = nearest(name, keys.iter().map(String::as_str));
                    let help = near.map(|near| format!("did you mean `{near}`?")).unwrap_or_default();
                    let message = format!("`{}` has no row `{name}`", case.name());
                    Box::new(self.cell_problem(codes::NOTHING_THERE, row, "row", message).help(help))
                })
            }
        }
    }
}

fn why_it_is_asked(column: &str) -> &'static str {
    match column {
        "reason" => "say why, so that who reads the statement can follow it",
        "by" | "author" => "say who, so that there is somebody to ask",
        "date" => "say when, such as 2027-07-14",
        _ => "fill it in, or remove the row",
    }
}

/// The columns that must be there and are not, that stand twice, and that such a file does not have.
fn check_header(shape: &Shape, file: &str, header: &[String]) -> Problems {
    let mut problems = Problems::default();
    let of_column = |code, column: &str, message: String| {
        let problem = DataProblem::of_file(code, file, message).row(1);
        DataProblem { column: Some(column.to_owned()), ..problem }
    };
    for column in shape.must.iter().filter(|column| !header.iter().any(|found| found == *column)) {
        let message = format!("the column `{column}` is missing, and {} needs it", shape.what);
        problems.push(of_column(codes::MISSING_COLUMN, column, message).help(columns_in_words(shape)));
    }
    for (place, column) in header.iter().enumerate().filter(|(_, column)| !column.is_empty()) {
        if header.iter().take(place).any(|before| before == column) {
            let message = format!("two columns have the header `{column}`, and which one counts is not said");
            problems.push(of_column(codes::DUPLICATE_HEADER, column, message));
        } else if !shape.must.iter().chain(shape.may).any(|known| known == column) {
            let near = nearest(column, shape.must.iter().chain(shape.may).copied());
            let near = near.map(|near| format!("did you mean `{near}`? ")).unwrap_or_default();
            let message = format!("{} has no column `{column}`", shape.what);
            let help = format!("{near}{}", columns_in_words(shape));
            problems.push(of_column(codes::UNKNOWN_COLUMN, column, message).help(help));
        }
    }
    problems
}

fn columns_in_words(shape: &Shape) -> String {
    let list = |names: &[&str]| names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    format!("It has the columns {}, and where they are needed {}", list(shape.must), list(shape.may))
}
