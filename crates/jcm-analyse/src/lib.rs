//! What a settlement rewards, in exact statements: each proved for all figures, refuted by figures that settle so, or
//! left open with the reason.
//!
//! [`analyse`] asks one question after the other (`questions/`). A proof follows the steps over boxes of figures
//! (`engine`), with every number as a range, a polynomial of the figures and the way in which it goes with each
//! (`span`), on the machine of `jcm-eval`, so that a step means here what it means when it is settled. A refutation is
//! a case that the exact evaluator settled. Nothing is ever proved by trying cases.
//!
//! All is said of figures that are reported and not disputed, and of amounts before they are rounded to the penny.

mod asking;
mod drawn;
mod engine;
mod facts;
mod lines;
mod opening;
mod payable;
mod poly;
mod probes;
mod questions;
mod ray;
mod reach;
mod reading;
mod sample;
mod span;
mod statement;
mod subject;
mod trial;
mod waist;

pub use asking::range_words;
pub use payable::{Bound, Payable, payable};
pub use statement::{Claim, Kind, Of, Place, Statement, Verdict, Witness};
pub use subject::{Domain, Figure, Fund, Meaning, Stake, Subject};
pub use trial::contradictions;

use jcm_calculus::{Expr, Settlement};
use jcm_eval::Prepared;
use std::collections::BTreeMap;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

/// What came of an analysis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Analysis {
    /// Every statement, by kind and then in the order of the contract.
    pub statements: Vec<Statement>,
    /// The settlement with the conditions that were asked about as further steps: what witnesses are settled by.
    pub settlement: Settlement,
}

/// Everything that is said of a settlement in all its periods. Periods of which the same is said are taken together.
pub fn analyse(subject: &Subject<'_>) -> Analysis {
    let (settlement, probes) = probes::with_probes(subject.settlement);
    let prepared = Prepared::new(&settlement);
    let lines = lines::Lines::new(subject.settlement);
    let alone = Prepared::new(&lines.settlement);
    let openings = opening::Openings::new(subject, &prepared, &lines, &alone);
    let askings: Vec<asking::Asking<'_>> = alike(&settlement)
        .into_iter()
        .filter_map(|periods| {
            let period = periods.first().copied()?;
            let openings = openings.of(&periods);
            let facts = facts::Facts::new(&lines, &alone, subject, (period, &openings));
            Some(asking::Asking {
                subject,
                prepared: &prepared,
                facts,
                period,
                periods,
                openings,
                drawn: OnceLock::new(),
            })
        })
        .collect();
    let questions = questions::questions(&settlement, &probes);
    let asked: Vec<_> =
        askings.iter().flat_map(|asking| questions.iter().map(move |question| (asking, *question))).collect();
    let answers = side_by_side(&asked, |(asking, question)| questions::ask(asking, &probes, *question));
    let mut statements: Vec<Statement> = Vec::new();
    for statement in answers.into_iter().flatten() {
        let same = |known: &&mut Statement| {
            (known.kind, known.place, &known.said, &known.given, &known.verdict)
                == (statement.kind, statement.place, &statement.said, &statement.given, &statement.verdict)
        };
        match statements.iter_mut().find(same) {
            Some(known) => {
                known.periods.extend(statement.periods);
                known.periods.sort_unstable();
                known.witnesses.extend(statement.witnesses);
            }
            None => statements.push(statement),
        }
    }
    statements.sort_by_key(|statement| (statement.kind, statement.place));
    Analysis { statements, settlement }
}

/// Every answer in the order of the questions, found on as many threads as there are cores.
fn side_by_side<Q: Sync, A: Send + Sync>(asked: &[Q], answer: impl Fn(&Q) -> A + Sync) -> Vec<A> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(asked.len());
    let answers: Vec<OnceLock<A>> = asked.iter().map(|_| OnceLock::new()).collect();
    let next = AtomicUsize::new(0);
    let work = || {
        let place = || next.fetch_add(1, Ordering::Relaxed);
        for place in std::iter::repeat_with(place).take_while(|place| *place < asked.len()) {
            if let (Some(question), Some(own)) = (asked.get(place), answers.get(place)) {
                own.get_or_init(|| answer(question));
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..threads {
            scope.spawn(work);
        }
        work();
    });
    answers.into_iter().filter_map(OnceLock::into_inner).collect()
}

/// The periods, those together in which the same figures are in force and the same is asked.
fn alike(settlement: &Settlement) -> Vec<Vec<usize>> {
    let mut groups: BTreeMap<Vec<usize>, Vec<usize>> = BTreeMap::new();
    for (place, period) in settlement.periods.iter().enumerate() {
        let mut signature: Vec<usize> = Vec::new();
        for parameter in &settlement.parameters {
            for (row, figures) in parameter.rows.iter().enumerate() {
                let begun = figures.from.is_none_or(|from| from <= period.start);
                if begun && figures.until.is_none_or(|until| period.start < until) {
                    // Rows that say the same again make no difference.
                    let same = |other: &jcm_calculus::ParameterRow| {
                        other.keys == figures.keys && other.values == figures.values
                    };
                    signature.push(parameter.rows.iter().position(same).unwrap_or(row));
                }
            }
            signature.push(usize::MAX);
        }
        for step in &settlement.steps {
            let mut open = vec![&step.expr];
            while let Some(expr) = open.pop() {
                if let Expr::InPeriods(places) = expr {
                    signature.push(usize::from(places.contains(&place)));
                }
                open.extend(expr.parts());
            }
        }
        signature.extend(settlement.carried.iter().map(|carried| usize::from(carried.begins_in(place))));
        groups.entry(signature).or_default().push(place);
    }
    let mut groups: Vec<Vec<usize>> = groups.into_values().collect();
    groups.sort();
    groups
}
