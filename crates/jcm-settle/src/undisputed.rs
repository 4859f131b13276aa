//! What a case with disputed figures comes to under every figure, and what of it is beyond dispute.
//!
//! Each disputed input is one of the figures that were given for it and nothing between them, so the combinations of
//! those figures are all that the case can come to. They are settled one by one; there is nothing to estimate.

use crate::open::{Open, OpenLines, open_lines};
use crate::problem::{DataProblem, Problems, codes};
use crate::table::Table;
use jcm_calculus::{DisputedRule, InputId, Settlement, StepId, Value};
use jcm_eval::Outcome;
use jcm_quantity::Exact;

/// The most combinations of figures that are settled.
pub const MOST_COMBINATIONS: usize = 64;

/// What a case comes to under every combination of the figures in dispute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undisputed {
    /// How many combinations there are.
    pub combinations: usize,
    /// For each payment of the outcome, in its order: what it comes to under each combination.
    amounts: Vec<Vec<Exact>>,
    /// For each payment of the outcome: whether it waits until the dispute is resolved.
    held: Vec<bool>,
    /// The lines that are not the same under every combination.
    lines: OpenLines,
}

impl Undisputed {
    /// What a line, of the case or of a row, can come to; nothing where it is the same under every combination.
    pub fn line(&self, step: StepId, row: Option<usize>) -> Option<&Open> {
        self.lines.get(&(step, row))
    }

    /// Whether some payment is not the same under every combination.
    pub fn moves_money(&self) -> bool {
        self.amounts.iter().any(|amounts| !all_alike(amounts))
    }

    /// The part of payments (to one payee, by their places) beyond dispute, after what was paid before: what moves under
    /// every combination. Nothing of a payment that is held.
    pub fn part(&self, payments: &[usize], before: &Exact) -> Exact {
        if payments.iter().any(|payment| self.held.get(*payment) == Some(&true)) {
            return Exact::zero();
        }
        let due = self.together(payments).into_iter().map(|amount| amount - before);
        due.reduce(|one, other| nearer_to_nought(&one, &other)).unwrap_or_default()
    }

    /// The least and the greatest that payments can come to together.
    pub fn range(&self, payments: &[usize]) -> Option<(Exact, Exact)> {
        let amounts = self.together(payments);
        Some((amounts.iter().min()?.clone(), amounts.iter().max()?.clone()))
    }

    /// What payments come to together under each combination.
    fn together(&self, payments: &[usize]) -> Vec<Exact> {
        let of = |combination: usize| {
            payments.iter().filter_map(|payment| self.amounts.get(*payment)?.get(combination)).sum()
        };
        (0..self.combinations).map(of).collect()
    }
}

fn all_alike(amounts: &[Exact]) -> bool {
    amounts.windows(2).all(|pair| pair.first() == pair.last())
}

/// What two amounts of one direction have in common; nought where they flow in two.
pub(crate) fn nearer_to_nought(one: &Exact, other: &Exact) -> Exact {
    let (low, high) = if one <= other { (one, other) } else { (other, one) };
    if low.is_positive() {
        low.clone()
    } else if high.is_negative() {
        high.clone()
    } else {
        Exact::zero()
    }
}

/// One disputed input with its figures, the one that counts for the time being first.
#[derive(Debug, Clone)]
pub(crate) struct Disputed {
    case: usize,
    input: InputId,
    row: Option<usize>,
    figures: Vec<Value>,
    holds: bool,
}

/// A figure put in the place of another.
#[derive(Debug, Clone)]
pub(crate) struct Put {
    pub(crate) case: usize,
    pub(crate) input: InputId,
    pub(crate) row: Option<usize>,
    pub(crate) value: Value,
}

/// The figures of verifiers that count, in place of those of the data file.
pub(crate) fn verified(settlement: &Settlement, table: &Table) -> Vec<Put> {
    let counts = |input: InputId| {
        settlement.inputs.get(input.index()).and_then(|input| input.doubt.disputed)
            == Some(DisputedRule::AsVerified)
    };
    let by_verifier = table.disputes.iter().filter(|dispute| dispute.verified && counts(dispute.input));
    by_verifier.map(|d| Put { case: d.case, input: d.input, row: d.row, value: d.value.clone() }).collect()
}

/// The inputs whose dispute leaves money open, case by case.
pub(crate) fn open(settlement: &Settlement, table: &Table) -> Vec<Disputed> {
    let mut all: Vec<Disputed> = Vec::new();
    for dispute in &table.disputes {
        let rule = settlement.inputs.get(dispute.input.index()).and_then(|input| input.doubt.disputed);
        let holds = match rule {
            Some(DisputedRule::Undisputed) => false,
            Some(DisputedRule::Hold) => true,
            _ => continue,
        };
        let place = all.iter().position(|known| {
            (known.case, known.input, known.row) == (dispute.case, dispute.input, dispute.row)
        });
        let known = match place {
            Some(place) => all.get_mut(place),
            None => {
                let reported =
                    table.cases.get(dispute.case).and_then(|data| data.input(dispute.input, dispute.row));
                let figures = vec![reported.cloned().unwrap_or(Value::Missing)];
                let (case, input, row) = (dispute.case, dispute.input, dispute.row);
                all.push(Disputed { case, input, row, figures, holds });
                all.last_mut()
            }
        };
        if let Some(known) = known
            && !known.figures.contains(&dispute.value)
        {
            known.figures.push(dispute.value.clone());
        }
    }
    all.sort_by_key(|disputed| disputed.case);
    all
}

/// Every combination of the figures of some disputed inputs, by the places of the figures; the first is of the figures
/// that count for the time being. Or the problem that there are too many.
pub(crate) fn combinations(
    settlement: &Settlement,
    table: &Table,
    disputed: &[Disputed],
) -> Result<Vec<Vec<usize>>, Box<DataProblem>> {
    let count = disputed.iter().try_fold(1usize, |count, input| count.checked_mul(input.figures.len()));
    if count.is_none_or(|count| count > MOST_COMBINATIONS) {
        return Err(Box::new(too_many(settlement, table, disputed)));
    }
    let mut all: Vec<Vec<usize>> = vec![Vec::new()];
    for input in disputed {
        let longer = all.iter().flat_map(|before| {
            (0..input.figures.len()).map(move |figure| before.iter().copied().chain([figure]).collect())
        });
        all = longer.collect();
    }
    Ok(all)
}

fn too_many(settlement: &Settlement, table: &Table, disputed: &[Disputed]) -> DataProblem {
    let first = disputed.first().and_then(|first| {
        table.disputes.iter().find(|d| (d.case, d.input, d.row) == (first.case, first.input, first.row))
    });
    let file = first.map_or(table.file(), |first| first.file.as_str());
    let one_case = disputed.iter().all(|input| Some(input.case) == disputed.first().map(|first| first.case));
    let name =
        disputed.first().and_then(|first| table.cases.get(first.case)).map(crate::table::CaseData::name);
    let of = match name {
        Some(name) if one_case => format!(" of `{name}`"),
        _ => format!(" of {}", settlement.title),
    };
    let message = format!(
        "{} figures{of} are in dispute: together they can be more than {MOST_COMBINATIONS} things, and each would have to be settled",
        disputed.len()
    );
    let problem = DataProblem::of_file(codes::TOO_MANY_DISPUTES, file, message);
    let problem = match first {
        Some(first) => problem.row(first.row_number),
        None => problem,
    };
    problem.help("resolve some of the disputes first; six with two figures each can be settled")
}

/// The figures of one combination, as they are put into the cases.
pub(crate) fn puts(disputed: &[Disputed], combination: &[usize]) -> Vec<Put> {
    let chosen = disputed.iter().zip(combination);
    let put = |(of, figure): (&Disputed, &usize)| {
        let value = of.figures.get(*figure)?.clone();
        Some(Put { case: of.case, input: of.input, row: of.row, value })
    };
    chosen.filter_map(put).collect()
}

/// The disputed inputs case by case: `(case, inputs)`.
pub(crate) fn by_case(disputed: &[Disputed]) -> impl Iterator<Item = (usize, &[Disputed])> {
    disputed.chunk_by(|one, other| one.case == other.case).filter_map(|of| Some((of.first()?.case, of)))
}

/// What the outcomes of one case under every combination leave beyond dispute; `None` where they are the same.
pub(crate) fn gathered(
    disputed: &[Disputed],
    combinations: &[Vec<usize>],
    outcomes: &[&Outcome],
) -> Option<Undisputed> {
    let first = outcomes.first()?;
    let amount = |outcome: &Outcome, payment: usize| {
        outcome.payments.get(payment).map(|payment| payment.amount.clone()).unwrap_or_default()
    };
    let of_payment = |payment: usize| outcomes.iter().map(|outcome| amount(outcome, payment)).collect();
    let amounts: Vec<Vec<Exact>> = (0..first.payments.len()).map(of_payment).collect();
    let lines = open_lines(outcomes);
    if lines.is_empty() && amounts.iter().all(|amounts| all_alike(amounts)) {
        return None;
    }
    let mut held = vec![false; first.payments.len()];
    for allocation in &first.allocations {
        let of_allocation = amounts.get(allocation.payments.clone()).unwrap_or_default();
        if holds(disputed, combinations, of_allocation) {
            held.iter_mut()
                .take(allocation.payments.end)
                .skip(allocation.payments.start)
                .for_each(|h| *h = true);
        }
    }
    Some(Undisputed { combinations: combinations.len(), amounts, held, lines })
}

/// Whether an input whose dispute holds payments changes any of these amounts.
fn holds(disputed: &[Disputed], combinations: &[Vec<usize>], amounts: &[Vec<Exact>]) -> bool {
    let holding = disputed.iter().enumerate().filter(|(_, input)| input.holds).map(|(place, _)| place);
    holding.into_iter().any(|place| {
        let with_first = |combination: &[usize]| {
            let others = combination.iter().enumerate();
            others.map(|(i, figure)| if i == place { 0 } else { *figure }).collect::<Vec<_>>()
        };
        combinations.iter().enumerate().any(|(this, combination)| {
            let same_but_one = with_first(combination);
            let that = combinations.iter().position(|other| *other == same_but_one);
            that.is_some_and(|that| amounts.iter().any(|of| of.get(this) != of.get(that)))
        })
    })
}

/// Adds to why a case stops that it does so with another figure.
pub(crate) fn in_dispute(mut problems: Problems) -> Problems {
    for problem in &mut problems.list {
        problem.message.push_str(", with a figure that is in dispute");
    }
    problems
}
