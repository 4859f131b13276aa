//! Which dataset a file is, which period it holds, and where its columns stand.

use crate::nearest::nearest;
use crate::problem::{DataProblem, Problems, codes};
use jcm_calculus::{Column, Dataset, Settlement};

/// Where the columns of a dataset stand in a file.
#[derive(Debug, Clone)]
pub(crate) struct Places {
    /// Which dataset.
    pub(crate) dataset: usize,
    pub(crate) key: Vec<usize>,
    pub(crate) row_key: Vec<usize>,
    /// In the order of the dataset's columns.
    pub(crate) columns: Vec<usize>,
    /// In the order of the dataset's published columns; `None` where the file does not have one.
    pub(crate) published: Vec<Option<usize>>,
    pub(crate) leave_out: Vec<usize>,
    /// Where the days stand on which figures came, in the order of the dataset's columns.
    pub(crate) received: Vec<Option<usize>>,
    /// Where a row says which part of the period it is of.
    pub(crate) part: Option<usize>,
    /// Where a row names its figure.
    pub(crate) figure_name: Option<usize>,
}

/// The headers that a file of this dataset must have, each once.
fn needed(dataset: &Dataset) -> Vec<&str> {
    let named = dataset.long.figures.as_ref();
    let columns = dataset.columns.iter().map(|column| &column.header).filter(|_| named.is_none());
    let long = dataset.long.part.iter().map(|(header, _)| header);
    let long = long.chain(named.into_iter().flat_map(|(name, figure)| [name, figure]));
    let leave_out = dataset.leave_out.iter().map(|(header, _)| header);
    let period = dataset.period_column.iter();
    let received =
        dataset.columns.iter().filter_map(|column| column.received.as_ref().map(|(header, _)| header));
    let all = dataset.key.iter().chain(&dataset.row_key).chain(period).chain(long).chain(columns);
    let all = all.chain(leave_out).chain(received);
    let mut headers: Vec<&str> = Vec::new();
    for header in all {
        if !headers.contains(&header.as_str()) {
            headers.push(header);
        }
    }
    headers
}

/// The headers that any dataset of the contract needs, by which the separator is told.
pub(super) fn headers_of_all(settlement: &Settlement) -> Vec<&str> {
    settlement.datasets.iter().flat_map(needed).collect()
}

fn lacks<'a>(dataset: &'a Dataset, header: &[String]) -> Vec<&'a str> {
    needed(dataset).into_iter().filter(|needed| !header.iter().any(|found| found == needed)).collect()
}

/// The dataset of the name, or the only one whose columns the file has.
pub(super) fn choose(
    settlement: &Settlement,
    name: Option<&str>,
    file: &str,
    header: &[String],
) -> Result<usize, Problems> {
    let all = &settlement.datasets;
    let problem =
        |message: String, help: String| DataProblem::of_file(codes::NO_DATASET, file, message).help(help);
    let names = |which: &mut dyn Iterator<Item = &Dataset>| {
        which.map(|dataset| format!("`{}`", dataset.name)).collect::<Vec<_>>().join(", ")
    };
    if let Some(name) = name {
        return all.iter().position(|dataset| dataset.name == name).ok_or_else(|| {
            let near = nearest(name, all.iter().map(|dataset| dataset.name.as_str()));
            let near = near.map(|near| format!("did you mean `{near}`? ")).unwrap_or_default();
            let help = format!("{near}There are {}", names(&mut all.iter()));
            problem(format!("the contract has no dataset `{name}`"), help).into()
        });
    }
    let fits = |dataset: &&Dataset| lacks(dataset, header).is_empty();
    let fitting: Vec<usize> = (0..all.len()).filter(|i| all.get(*i).is_some_and(|d| fits(&d))).collect();
    match (fitting.as_slice(), all.len()) {
        ([one], _) => Ok(*one),
        (_, 0) => {
            Err(problem("the contract has no dataset".to_owned(), "write one, or build again".to_owned())
                .into())
        }
        // The only dataset is meant, whatever its file lacks: the missing columns say more than "does not fit".
        ([], 1) => Ok(0),
        ([], _) => {
            let lack =
                |dataset: &Dataset| format!("`{}` needs {}", dataset.name, quoted(&lacks(dataset, header)));
            let help = all.iter().map(lack).collect::<Vec<_>>().join("; ");
            Err(problem("no dataset of the contract fits this file".to_owned(), help).into())
        }
        _ => {
            let which = names(&mut fitting.iter().filter_map(|i| all.get(*i)));
            let message = format!("several datasets of the contract fit this file: {which}");
            Err(problem(message, "say which one".to_owned()).into())
        }
    }
}

fn quoted(headers: &[&str]) -> String {
    headers.iter().map(|header| format!("`{header}`")).collect::<Vec<_>>().join(", ")
}

/// The period that is asked for, or the dataset's, or the only one there is.
pub(super) fn period(
    settlement: &Settlement,
    dataset: usize,
    asked: Option<&str>,
    file: &str,
) -> Result<usize, Problems> {
    let labels: Vec<&str> = settlement.periods.iter().map(|period| period.label.as_str()).collect();
    let problem = |message: String| {
        let help = format!("the contract's periods are {}", quoted(&labels));
        Problems::from(DataProblem::of_file(codes::NO_PERIOD, file, message).help(help))
    };
    if let Some(asked) = asked {
        let found = labels.iter().position(|label| *label == asked);
        return found.ok_or_else(|| problem(format!("the contract has no period `{asked}`")));
    }
    let own = settlement.datasets.get(dataset).and_then(|dataset| dataset.period);
    match (own, labels.len()) {
        (Some(period), _) if period < labels.len() => Ok(period),
        (_, 1) => Ok(0),
        _ => Err(problem("neither the dataset nor the call says which period this file holds".to_owned())),
    }
}

/// Where the dataset's columns stand; everything that is missing or twice there.
pub(super) fn places(
    settlement: &Settlement,
    dataset: usize,
    file: &str,
    header: &[String],
) -> Result<Places, Problems> {
    let Some(shape) = settlement.datasets.get(dataset) else {
        return Err(DataProblem::of_file(codes::NO_DATASET, file, "the contract has no such dataset").into());
    };
    let mut problems = Problems::default();
    for needed in needed(shape) {
        match header.iter().filter(|found| *found == needed).count() {
            1 => {}
            0 => problems.push(missing_column(shape, file, header, needed)),
            times => problems.push(twice(file, needed, times)),
        }
    }
    let optional = shape.published.iter().map(|published| published.header.as_str());
    for published in optional.filter(|published| !needed(shape).contains(published)) {
        match header.iter().filter(|found| *found == published).count() {
            0 | 1 => {}
            times => problems.push(twice(file, published, times)),
        }
    }
    let place = |name: &str| header.iter().position(|found| found == name);
    // A header that is not there has been reported, so that what stands in for its place is never used.
    let all = |names: &[String]| names.iter().map(|name| place(name).unwrap_or(usize::MAX)).collect();
    let figures = shape.long.figures.as_ref();
    let of_column = |column: &Column| place(figures.map_or(&column.header, |(_, figure)| figure));
    problems.or(Places {
        dataset,
        key: all(&shape.key),
        row_key: all(&shape.row_key),
        columns: shape.columns.iter().map(|column| of_column(column).unwrap_or(usize::MAX)).collect(),
        published: shape.published.iter().map(|published| place(&published.header)).collect(),
        leave_out: shape.leave_out.iter().map(|(header, _)| place(header).unwrap_or(usize::MAX)).collect(),
        received: shape
            .columns
            .iter()
            .map(|column| column.received.as_ref().and_then(|(header, _)| place(header)))
            .collect(),
        part: shape.long.part.as_ref().and_then(|(header, _)| place(header)),
        figure_name: figures.and_then(|(name, _)| place(name)),
    })
}

fn missing_column(shape: &Dataset, file: &str, header: &[String], needed: &str) -> DataProblem {
    let help = match nearest(needed, header.iter().map(String::as_str).filter(|found| !found.is_empty())) {
        Some(near) => {
            format!("the file has `{near}`: if that is the same, write its header into the dataset")
        }
        None => format!("add the column; the dataset `{}` reads it", shape.name),
    };
    let message = format!("the column `{needed}` is missing");
    DataProblem {
        column: Some(needed.to_owned()),
        ..DataProblem::of_file(codes::MISSING_COLUMN, file, message)
    }
    .row(1)
    .help(help)
}

fn twice(file: &str, header: &str, times: usize) -> DataProblem {
    let message = format!("{times} columns have the header `{header}`, and which one counts is not said");
    DataProblem {
        column: Some(header.to_owned()),
        ..DataProblem::of_file(codes::DUPLICATE_HEADER, file, message)
    }
    .row(1)
    .help("rename or remove the others")
}
