//! Settling every case of a table, on all processors, with the results in the order of the file.

use crate::problem::{DataProblem, Problems, codes};
use crate::table::Table;
use jcm_calculus::{InputId, Settlement};
use jcm_eval::{Case, Outcome, Prepared, Stop};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

/// How many cases are settled between two looks at the progress.
const CHUNK: usize = 64;

/// What every case of a table came to, in the order of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Results {
    /// One outcome for each case.
    pub outcomes: Vec<Outcome>,
}

/// Settles every case of a table, or says why some cannot be settled; then none is.
///
/// A contract with lines over all cases settles them together: the cases of the table are all cases.
///
/// `progress` is called on the calling thread with how many cases are done and how many there are.
pub fn settle_table(
    prepared: &Prepared<'_>,
    table: &Table,
    progress: &dyn Fn(usize, usize),
) -> Result<Results, Problems> {
    if prepared.needs_all_cases() {
        return settle_together(prepared, table, progress);
    }
    let total = table.len();
    let mut chunks: Vec<Vec<Result<Outcome, Stop>>> = vec![Vec::new(); total.div_ceil(CHUNK)];
    let workers = thread::available_parallelism().map_or(1, usize::from).min(chunks.len());
    let next = AtomicUsize::new(0);
    thread::scope(|scope| {
        let (sender, receiver) = mpsc::channel();
        for _ in 0..workers {
            let (sender, next) = (sender.clone(), &next);
            scope.spawn(move || {
                loop {
                    let chunk = next.fetch_add(1, Ordering::Relaxed);
                    let cases = chunk * CHUNK..total.min((chunk + 1) * CHUNK);
                    if cases.is_empty() {
                        break;
                    }
                    let outcomes = cases.map(|i| prepared.settle(&case_of(table, i))).collect();
                    // It fails only if nobody listens any more; then there is nothing left to do.
                    if sender.send((chunk, outcomes)).is_err() {
                        break;
                    }
                }
            });
        }
        drop(sender);
        let mut done = 0;
        for (chunk, outcomes) in receiver {
            if let Some(place) = chunks.get_mut(chunk) {
                *place = outcomes;
                done += place.len();
                progress(done, total);
            }
        }
    });
    gather(prepared.settlement(), table, chunks.into_iter().flatten().enumerate())
}

/// Settles the cases of a contract with lines over all cases: they wait for each other at every such line.
fn settle_together(
    prepared: &Prepared<'_>,
    table: &Table,
    progress: &dyn Fn(usize, usize),
) -> Result<Results, Problems> {
    let cases: Vec<Case> = (0..table.len()).map(|i| case_of(table, i)).collect();
    match prepared.settle_all(&cases) {
        Ok(outcomes) => {
            progress(cases.len(), cases.len());
            Ok(Results { outcomes })
        }
        Err(stops) => {
            let stops = stops.into_iter().map(|(case, stop)| (case, Err(stop)));
            gather(prepared.settlement(), table, stops)
        }
    }
}

fn gather(
    settlement: &Settlement,
    table: &Table,
    settled: impl Iterator<Item = (usize, Result<Outcome, Stop>)>,
) -> Result<Results, Problems> {
    let mut problems = Problems::default();
    let mut outcomes = Vec::with_capacity(table.len());
    let mut without_column: Vec<InputId> = Vec::new();
    for (case, outcome) in settled {
        match outcome {
            Ok(outcome) => outcomes.push(outcome),
            // An input without a column is missing in every case and said once.
            Err(Stop::MissingInput { input, .. }) if without_column.contains(&input) => {}
            Err(stop) => {
                if let Stop::MissingInput { input, .. } = stop
                    && header_of(settlement, table, input).is_none()
                {
                    without_column.push(input);
                }
                problems.push(problem(settlement, table, case, &stop));
            }
        }
    }
    problems.or(Results { outcomes })
}

/// The inputs of a case as the evaluator takes them.
pub(crate) fn case_of(table: &Table, i: usize) -> Case {
    let Some(data) = table.cases.get(i) else { return Case::default() };
    let (inputs, rows) = (data.inputs.clone(), data.rows.clone());
    Case { period: table.period, inputs, rows, carried: data.carried.clone(), ..Case::default() }
}

fn header_of<'a>(settlement: &'a Settlement, table: &Table, input: InputId) -> Option<&'a str> {
    let dataset = settlement.datasets.get(table.dataset())?;
    let column = dataset.columns.iter().find(|column| column.input == input)?;
    Some(&column.header)
}

fn problem(settlement: &Settlement, table: &Table, case: usize, stop: &Stop) -> DataProblem {
    let words = stop.words(settlement);
    let words = words.strip_suffix('.').unwrap_or(&words);
    let Some(data) = table.cases.get(case) else {
        return DataProblem::of_file(codes::CASE_STOPS, &table.file, words);
    };
    if let Stop::MissingInput { input, row } = stop {
        let Some(header) = header_of(settlement, table, *input) else {
            let name = settlement.datasets.get(table.dataset()).map_or("", |dataset| &dataset.name);
            let help =
                format!("give it a column in the dataset `{name}`, or say what its absence means for money");
            return DataProblem::of_file(codes::MISSING_VALUE, &table.file, words).help(help);
        };
        let source = row.and_then(|row| data.sources.get(row).copied()).unwrap_or(data.first_source());
        let problem = DataProblem::of_file(codes::MISSING_VALUE, &table.file, words);
        let help = "fill the cell in; if it may be missing, say in the contract what that means for money";
        return problem.row(table.row_number(source)).cell(header, "").help(help);
    }
    let message = format!("`{}` cannot be settled: {words}", data.name());
    DataProblem::of_file(codes::CASE_STOPS, &table.file, message).row(table.row_number(data.first_source()))
}
