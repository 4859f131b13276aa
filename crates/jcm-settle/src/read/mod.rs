//! From a data file to a table of cases with exact inputs, or to everything that is wrong with the file.

mod cases;
pub(crate) mod cell;
mod disputes;
mod earlier;
mod fit;
mod long;
mod overlay;
mod overrides;
mod part;
mod possible;
mod rows;

pub(crate) use cases::is_missing;
pub use disputes::read_disputes;
pub use earlier::read_earlier;
pub(crate) use fit::Places;
pub use overrides::read_overrides;
pub(crate) use rows::Row;

pub(crate) use rows::{split, text_of};

use crate::periods::only;
use crate::problem::{DataProblem, Problems, codes};
use crate::table::Table;
use jcm_calculus::Settlement;
use std::collections::BTreeMap;

/// Reads a data file: UTF-8 text with a header, separated by commas (by semicolons or tabs where the header is).
///
/// `dataset` names one of the contract's datasets; without it the one is taken whose columns the file has. `period`
/// is the label of the period to settle; without it the dataset's own. In long form, the rows of one key make one
/// case; cases and rows keep the order of the file. Rows whose cells are all empty are passed over. If anything is
/// wrong, all of it is said (up to a hundred problems) and nothing is read.
pub fn read_data(
    settlement: &Settlement,
    dataset: Option<&str>,
    period: Option<&str>,
    file_name: &str,
    bytes: &[u8],
) -> Result<Table, Problems> {
    only(read_periods(settlement, dataset, period, file_name, bytes)?, file_name)
}

/// The same for a file that may hold several periods, where its dataset names a column that says which: one table for
/// each, in the order of the periods. `period` is the only one that is wanted.
pub fn read_periods(
    settlement: &Settlement,
    dataset: Option<&str>,
    period: Option<&str>,
    file_name: &str,
    bytes: &[u8],
) -> Result<Vec<Table>, Problems> {
    read_file(settlement, dataset, period, file_name, bytes, cases::Absent::Refused)
}

/// The same for a file of an earlier period, of which only what can be carried forward is wanted.
fn read_leniently(
    settlement: &Settlement,
    dataset: Option<&str>,
    period: Option<&str>,
    file_name: &str,
    bytes: &[u8],
) -> Result<Table, Problems> {
    only(read_file(settlement, dataset, period, file_name, bytes, cases::Absent::Accepted)?, file_name)
}

fn read_file(
    settlement: &Settlement,
    dataset: Option<&str>,
    period: Option<&str>,
    file_name: &str,
    bytes: &[u8],
    absent: cases::Absent,
) -> Result<Vec<Table>, Problems> {
    let text = rows::text_of(file_name, bytes)?;
    let sheet = rows::split(file_name, text, &fit::headers_of_all(settlement))?;
    let dataset = fit::choose(settlement, dataset, file_name, &sheet.header)?;
    let places = fit::places(settlement, dataset, file_name, &sheet.header)?;
    let Some(column) = settlement.datasets.get(dataset).and_then(|d| d.period_column.as_deref()) else {
        let period = fit::period(settlement, dataset, period, file_name)?;
        return cases::gather(settlement, file_name, sheet, places, period, absent).map(|table| vec![table]);
    };
    let wanted =
        period.map(|period| fit::period(settlement, dataset, Some(period), file_name)).transpose()?;
    let mut problems = Problems::default();
    let mut tables = Vec::new();
    for (period, sheet) in by_period(settlement, file_name, sheet, column, &mut problems) {
        if wanted.is_none_or(|wanted| wanted == period) {
            match cases::gather(settlement, file_name, sheet, places.clone(), period, absent) {
                Ok(table) => tables.push(table),
                Err(found) => problems.add(found),
            }
        }
    }
    if let (Some(wanted), true) = (wanted, tables.is_empty() && problems.list.is_empty()) {
        let label = settlement.periods.get(wanted).map_or("", |period| period.label.as_str());
        let message = format!("this file has no row of {label}");
        problems.push(DataProblem::of_file(codes::NO_PERIOD, file_name, message));
    }
    if absent == cases::Absent::Refused {
        check_carried_forward(settlement, &tables, &mut problems);
    }
    problems.or(tables)
}

/// Which figure stands in is for the files of earlier periods to say, not for a guess among the periods of one file.
fn check_carried_forward(settlement: &Settlement, tables: &[Table], problems: &mut Problems) {
    for table in tables.iter().skip(1) {
        for data in &table.cases {
            let Some((input, row)) = earlier::wanted(settlement, data).next() else { continue };
            let title = settlement.inputs.get(input.index()).map_or("", |input| input.title.as_str());
            let source = row.and_then(|row| data.sources.get(row).copied()).unwrap_or(data.first_source());
            let message = format!(
                "{title} is missing, and the figure last reported stands in for it: a file of several periods does not say which that is"
            );
            let problem = DataProblem::of_file(codes::MISSING_VALUE, table.file(), message);
            let help =
                "settle one period with --period, and give the files of the periods before with --earlier";
            problems.push(problem.row(table.row_number(source)).help(help));
        }
    }
}

/// The rows of each period, in the order of the periods; a row of no period is a problem.
fn by_period(
    settlement: &Settlement,
    file: &str,
    sheet: rows::Sheet,
    column: &str,
    problems: &mut Problems,
) -> Vec<(usize, rows::Sheet)> {
    let place = sheet.header.iter().position(|found| found == column).unwrap_or(usize::MAX);
    let mut found: BTreeMap<usize, Vec<Row>> = BTreeMap::new();
    for row in sheet.rows {
        let label = row.cell(place);
        match settlement.periods.iter().position(|period| period.label == label) {
            Some(period) => found.entry(period).or_default().push(row),
            None => {
                let labels = || settlement.periods.iter().map(|period| period.label.as_str());
                let near = crate::nearest::nearest(label, labels());
                let (first, last) = (labels().next().unwrap_or(""), labels().next_back().unwrap_or(""));
                let help = match near {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("the contract's periods are called `{first}` to `{last}`"),
                };
                let message = "this is no period of the contract";
                let problem = DataProblem::of_file(codes::NO_PERIOD, file, message).row(row.number);
                problems.push(problem.cell(column, label).help(help));
            }
        }
    }
    let of_period = |(period, rows)| (period, rows::Sheet { header: sheet.header.clone(), rows });
    found.into_iter().map(of_period).collect()
}
