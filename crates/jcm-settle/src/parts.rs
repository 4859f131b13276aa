//! Parts of payments that somebody awarded: they take the place of the computed parts, and the sum stays.

use crate::problem::{DataProblem, Problems, codes};
use crate::settle::Results;
use crate::table::{Award, Awarded, Table};
use jcm_calculus::{Settlement, Value};
use jcm_eval::Outcome;
use jcm_quantity::{Exact, Unit, show};
use std::collections::BTreeMap;

/// Puts the awarded parts into the results, and keeps what was computed.
pub(crate) fn award(settlement: &Settlement, table: &Table, results: &mut Results) -> Result<(), Problems> {
    let mut problems = Problems::default();
    let mut computed = BTreeMap::new();
    for (case, outcome) in results.outcomes.iter_mut().enumerate() {
        match put(settlement, table, case, outcome) {
            Ok(found) => computed.extend(found.into_iter().map(|(place, amount)| ((case, place), amount))),
            Err(found) => found.into_iter().for_each(|problem| problems.push(problem)),
        }
    }
    results.computed_parts = computed;
    problems.or(())
}

/// Every outcome with the awarded parts.
pub(crate) fn awarded(
    settlement: &Settlement,
    table: &Table,
    outcomes: Vec<Outcome>,
) -> Result<Vec<Outcome>, Problems> {
    let each = outcomes.into_iter().enumerate();
    each.map(|(case, outcome)| awarded_to(settlement, table, case, outcome)).collect()
}

/// The outcome of a case with the awarded parts.
pub(crate) fn awarded_to(
    settlement: &Settlement,
    table: &Table,
    case: usize,
    mut outcome: Outcome,
) -> Result<Outcome, Problems> {
    match put(settlement, table, case, &mut outcome) {
        Ok(_) => Ok(outcome),
        Err(found) => {
            let mut problems = Problems::default();
            found.into_iter().for_each(|problem| problems.push(problem));
            Err(problems)
        }
    }
}

/// Puts the awarded parts into an outcome. `Ok` with what was computed, by the places of the payments.
fn put(
    settlement: &Settlement,
    table: &Table,
    case: usize,
    outcome: &mut Outcome,
) -> Result<Vec<(usize, Exact)>, Vec<DataProblem>> {
    let mut computed = Vec::new();
    let mut last_of: BTreeMap<usize, &Award> = BTreeMap::new();
    for award in table.awards.iter().filter(|award| award.case == case) {
        let (Awarded::Part { allocation, party }, Value::Number(amount)) = (award.what, &award.value) else {
            continue;
        };
        let mut payments = outcome.payments.iter_mut().enumerate();
        let found = payments.find(|(_, payment)| payment.allocation == allocation && payment.to == party);
        if let Some((place, payment)) = found {
            computed.push((place, std::mem::replace(&mut payment.amount, amount.clone())));
        }
        last_of.insert(allocation, award);
    }
    let differs = |(allocation, award): (&usize, &&Award)| {
        let payments = outcome.payments.iter().filter(|payment| payment.allocation == *allocation);
        let sum: Exact = payments.map(|payment| &payment.amount).sum();
        let amount = &outcome.allocations.get(*allocation)?.amount;
        (sum != *amount).then(|| parts_differ(settlement, *allocation, award, &sum, amount))
    };
    let problems: Vec<DataProblem> = last_of.iter().filter_map(differs).collect();
    if problems.is_empty() { Ok(computed) } else { Err(problems) }
}

fn parts_differ(
    settlement: &Settlement,
    allocation: usize,
    award: &Award,
    sum: &Exact,
    amount: &Exact,
) -> DataProblem {
    let money = |amount: &Exact| show(amount, &Unit::money(&settlement.currency.code));
    let title = settlement.allocations.get(allocation).map_or("", |allocation| &allocation.title);
    let message = format!(
        "with this the parts of “{title}” are {} together, and {} is paid",
        money(sum),
        money(amount)
    );
    let help = format!(
        "override the parts of others so that {} more is taken away, or override the line that is paid",
        money(&(sum - amount))
    );
    let help = if sum < amount {
        format!(
            "override the parts of others so that {} more is given, or override the line that is paid",
            money(&(amount - sum))
        )
    } else {
        help
    };
    let problem = DataProblem::of_file(codes::PARTS_DIFFER, &award.file, message);
    problem.row(award.row_number).cell("value", "").help(help)
}
