//! Settling every case of a table, on all processors, with the results in the order of the file.

use crate::parts;
use crate::problem::{DataProblem, Problems, codes};
use crate::table::{CaseData, Table};
use crate::undisputed::{self, Put, Undisputed};
use jcm_calculus::{Expr, InputId, Level, Settlement, StepId};
use jcm_eval::{Case, Outcome, Prepared, Stop};
use jcm_quantity::Exact;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

/// How many cases are settled between two looks at the progress.
const CHUNK: usize = 64;

/// What every case of a table came to, in the order of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Results {
    /// One outcome for each case; where figures are in dispute, with those that count for the time being.
    pub outcomes: Vec<Outcome>,
    /// The cases, by their places, of which a dispute leaves a line or a payment open.
    pub undisputed: BTreeMap<usize, Undisputed>,
    /// Parts of payments that somebody awarded, by the places of case and payment: what was computed.
    pub computed_parts: BTreeMap<(usize, usize), Exact>,
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
    let settlement = prepared.settlement();
    let verified = undisputed::verified(settlement, table);
    let outcomes = settle_cases(prepared, table, &verified, progress)?;
    let mut results = Results { outcomes, undisputed: BTreeMap::new(), computed_parts: BTreeMap::new() };
    parts::award(settlement, table, &mut results)?;
    disputes(prepared, table, &verified, &mut results)?;
    Ok(results)
}

/// Settles the disputed cases under every combination of the figures in dispute.
fn disputes(
    prepared: &Prepared<'_>,
    table: &Table,
    verified: &[Put],
    results: &mut Results,
) -> Result<(), Problems> {
    let settlement = prepared.settlement();
    let disputed = undisputed::open(settlement, table);
    if disputed.is_empty() {
        return Ok(());
    }
    if prepared.needs_all_cases() {
        // A disputed figure of one case can change what every other is paid.
        let combinations =
            undisputed::combinations(settlement, table, &disputed).map_err(|p| Problems::from(*p))?;
        let mut every = Vec::with_capacity(combinations.len());
        for combination in &combinations {
            let puts: Vec<Put> = undisputed::puts(&disputed, combination)
                .into_iter()
                .chain(verified.iter().cloned())
                .collect();
            let outcomes =
                settle_cases(prepared, table, &puts, &|_, _| ()).map_err(undisputed::in_dispute)?;
            every.push(parts::awarded(settlement, table, outcomes)?);
        }
        for case in 0..table.len() {
            let outcomes: Vec<&Outcome> = every.iter().filter_map(|outcomes| outcomes.get(case)).collect();
            let found = undisputed::gathered(&disputed, &combinations, &outcomes);
            results.undisputed.extend(found.map(|found| (case, found)));
        }
        return Ok(());
    }
    let mut problems = Problems::default();
    for (case, of_case) in undisputed::by_case(&disputed) {
        match disputed_case(prepared, table, verified, case, of_case) {
            Ok(found) => results.undisputed.extend(found.map(|found| (case, found))),
            Err(found) => found.list.into_iter().for_each(|problem| problems.push(problem)),
        }
    }
    problems.or(())
}

fn disputed_case(
    prepared: &Prepared<'_>,
    table: &Table,
    verified: &[Put],
    case: usize,
    disputed: &[undisputed::Disputed],
) -> Result<Option<Undisputed>, Problems> {
    let settlement = prepared.settlement();
    let combinations =
        undisputed::combinations(settlement, table, disputed).map_err(|p| Problems::from(*p))?;
    let mut outcomes = Vec::with_capacity(combinations.len());
    for combination in &combinations {
        let mut puts = undisputed::puts(disputed, combination);
        puts.extend(verified.iter().cloned());
        let outcome = prepared
            .settle(&with(table, case, &puts))
            .map_err(|stop| undisputed::in_dispute(problem(settlement, table, case, &stop).into()))?;
        outcomes.push(parts::awarded_to(settlement, table, case, outcome)?);
    }
    Ok(undisputed::gathered(disputed, &combinations, &outcomes.iter().collect::<Vec<_>>()))
}

/// Settles every case, with some figures put in the place of those of the file.
fn settle_cases(
    prepared: &Prepared<'_>,
    table: &Table,
    puts: &[Put],
    progress: &dyn Fn(usize, usize),
) -> Result<Vec<Outcome>, Problems> {
    if prepared.needs_all_cases() {
        return settle_together(prepared, table, puts, progress);
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
                    let outcomes = cases.map(|i| prepared.settle(&with(table, i, puts))).collect();
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
    puts: &[Put],
    progress: &dyn Fn(usize, usize),
) -> Result<Vec<Outcome>, Problems> {
    let cases: Vec<Case> = (0..table.len()).map(|i| with(table, i, puts)).collect();
    match prepared.settle_all(&cases) {
        Ok(outcomes) => {
            progress(cases.len(), cases.len());
            Ok(outcomes)
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
) -> Result<Vec<Outcome>, Problems> {
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
    problems.or(outcomes)
}

/// The inputs of a case as the evaluator takes them, with the figures of verifiers that count.
pub(crate) fn case_of(settlement: &Settlement, table: &Table, i: usize) -> Case {
    with(table, i, &undisputed::verified(settlement, table))
}

/// The inputs of a case as the evaluator takes them, with some figures put in the place of those of the file.
fn with(table: &Table, i: usize, puts: &[Put]) -> Case {
    let Some(data) = table.cases.get(i) else { return Case::default() };
    let (inputs, rows, awards) = (data.inputs.clone(), data.rows.clone(), data.awards.clone());
    let carried = data.carried.clone();
    let mut case = Case { period: table.period, inputs, rows, carried, awards, ..Case::default() };
    for put in puts.iter().filter(|put| put.case == i) {
        let inputs = match put.row {
            Some(row) => case.rows.get_mut(row),
            None => Some(&mut case.inputs),
        };
        if let Some(inputs) = inputs {
            inputs.insert(put.input, put.value.clone());
        }
    }
    case
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
    let problem = DataProblem::of_file(codes::CASE_STOPS, &table.file, message)
        .row(table.row_number(data.first_source()));
    match stop {
        Stop::MissingPayment { allocation } => without_figures(settlement, table, data, *allocation, problem),
        _ => problem,
    }
}

/// The problem of a payment whose amount is missing, with the figures that are not there and what can be said of them.
fn without_figures(
    settlement: &Settlement,
    table: &Table,
    data: &CaseData,
    allocation: usize,
    problem: DataProblem,
) -> DataProblem {
    let Some(allocation) = settlement.allocations.get(allocation) else { return problem };
    let mut inputs = BTreeSet::new();
    inputs_behind(settlement, allocation.amount, &mut BTreeSet::new(), &mut inputs);
    let is_absent = |input: &&InputId| {
        let of_rows = || data.rows.iter().any(|row| !row.contains_key(*input));
        match settlement.inputs.get(input.index()).map(|input| input.level) {
            Some(Level::Row) => of_rows(),
            _ => !data.inputs.contains_key(*input),
        }
    };
    let absent: Vec<InputId> = inputs.iter().filter(is_absent).copied().collect();
    let Some(first) = absent.first() else { return problem };
    let titles = absent.iter().filter_map(|input| settlement.inputs.get(input.index()));
    let titles: Vec<String> = titles.map(|input| format!("“{}”", input.title)).collect();
    let are = if titles.len() == 1 { "is" } else { "are" };
    let help = format!(
        "{} {are} missing, and the contract says that this may be but not what is paid then: fill the cell in, or write \
         behind the figure in the line what stands in for it, such as `or £0 if missing`",
        titles.join(" and ")
    );
    match (header_of(settlement, table, *first), absent.len()) {
        (Some(header), 1) => problem.cell(header, "").help(help),
        _ => problem.help(help),
    }
}

/// The inputs that a line needs, itself or through other lines.
fn inputs_behind(
    settlement: &Settlement,
    step: StepId,
    seen: &mut BTreeSet<StepId>,
    inputs: &mut BTreeSet<InputId>,
) {
    if !seen.insert(step) {
        return;
    }
    let mut parts: Vec<&Expr> =
        settlement.steps.get(step.index()).map(|step| &step.expr).into_iter().collect();
    while let Some(part) = parts.pop() {
        match part {
            Expr::Input(input) => {
                inputs.insert(*input);
            }
            Expr::Step(step) => inputs_behind(settlement, *step, seen, inputs),
            _ => parts.extend(part.parts()),
        }
    }
}
