//! Several periods settled one after the other: what a case has at the end of one, it begins the next with.

use crate::problem::{DataProblem, Problems, codes};
use crate::record::Settled;
use crate::results::{By, results_of};
use crate::settle::{Results, settle_table};
use crate::state::State;
use crate::table::Table;
use jcm_calculus::Settlement;
use jcm_eval::Prepared;
use std::collections::BTreeSet;

/// Settles tables of periods in the order of the periods, each from what the one before left.
///
/// `opening` is what was left before the first of them; afterwards it is what the last one left. A case whose balances
/// go on from a period that is neither in the tables nor in `opening` is a problem: nothing begins with nought that
/// the contract does not begin with nought.
pub fn settle_in_order(
    prepared: &Prepared<'_>,
    tables: &mut [Table],
    opening: &mut State,
    progress: &dyn Fn(usize, usize),
) -> Result<Vec<Results>, Problems> {
    let settlement = prepared.settlement();
    let total: usize = tables.iter().map(|table| table.len()).sum();
    let mut done = 0;
    let mut all = Vec::with_capacity(tables.len());
    let mut settled = BTreeSet::new();
    for table in tables {
        // What a dispute leaves of a period that is settled here is known from its results.
        table.earlier_disputes.retain(|(_, period)| !settled.contains(period));
        settled.insert(table.period);
        for case in &mut table.cases {
            case.carried = opening.carried_into(&case.key, table.period);
        }
        let results = settle_table(prepared, table, &|now, _| progress(done + now, total))
            .map_err(|problems| with_where_it_left_off(settlement, problems, table, opening))?;
        done += table.len();
        for (case, outcome) in table.cases.iter().zip(&results.outcomes) {
            opening.leave(&case.key, table.period, outcome.left(settlement));
        }
        all.push(results);
    }
    Ok(all)
}

/// Says of a case that goes on from another period than the one before what to do.
fn with_where_it_left_off(
    settlement: &Settlement,
    problems: Problems,
    table: &Table,
    opening: &State,
) -> Problems {
    let label = |place: usize| settlement.periods.get(place).map_or("", |period| period.label.as_str());
    let before = table.period.checked_sub(1).map_or("", label);
    let list = problems.list.into_iter().map(|problem| {
        if problem.code != codes::CASE_STOPS || !problem.help.is_empty() || settlement.carried.is_empty() {
            return problem;
        }
        let row = problem.row;
        let case = table.cases.iter().find(|case| Some(table.row_number(case.first_source())) == row);
        let Some(case) = case.filter(|case| case.carried.is_empty()) else { return problem };
        match opening.known(&case.key) {
            Some(known) => {
                let known = label(known);
                problem.help(format!("what is known of it is what {known} left; settle {before} first"))
            }
            None => problem.help(format!("settle {before} first, and give what it left as the opening")),
        }
    });
    Problems { list: list.collect(), more: problems.more }
}

/// The results of several periods as one CSV, as [`crate::results_csv`] writes those of one; a column says which
/// period a row is of.
pub fn results_csv_in_order(settlement: &Settlement, periods: &[Settled<'_>], by: By) -> String {
    results_of(settlement, periods, by)
}

/// The one table of a file that holds one period.
pub(crate) fn only(tables: Vec<Table>, file: &str) -> Result<Table, Problems> {
    let mut tables = tables.into_iter();
    match (tables.next(), tables.next()) {
        (Some(only), None) => Ok(only),
        _ => Err(DataProblem::of_file(codes::NO_PERIOD, file, "this file holds several periods")
            .help("say which one")
            .into()),
    }
}
