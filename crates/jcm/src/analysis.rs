//! What a contract rewards, in exact statements: `jcm-analyse` with what a settlement does not know of its contract, and
//! how it is told.

mod denied;
mod first;
pub(crate) mod subject;
mod told;
pub(crate) mod whole;

pub use denied::{Denial, analysis_codes, analysis_denied, analysis_has_amount, analysis_kind};
pub use told::{analysis_html, analysis_json, analysis_text};

use crate::from_program::settlement;
use jcm_analyse::{Analysis, analyse};
use jcm_model::{LocalityId, Program};
use jcm_source::Sources;
use whole::{Whole, taken_whole};

/// A contract that was analysed.
pub struct Analysed {
    /// The contract, in the place that was asked for.
    program: Program,
    /// What is said of it.
    analysis: Analysis,
    /// Between which figures each input was taken to lie, as `(title, range, why)`.
    domains: Vec<(String, String, String)>,
    /// What was asked for besides.
    between: Vec<Between>,
    /// The measures of parts that were each taken as one figure.
    wholes: Vec<Whole>,
}

/// Between which figures an input is taken to lie instead of what its unit says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Between {
    /// The input, by its name.
    pub input: String,
    /// From which figure, in the base of its unit.
    pub from: jcm_quantity::Exact,
    /// To which.
    pub to: jcm_quantity::Exact,
}

/// Analyses a contract, in a locality if one is asked for.
pub fn analysis(
    program: &Program,
    locality: Option<LocalityId>,
    sources: &Sources,
    between: &[Between],
) -> Analysed {
    let program = locality.and_then(|place| program.at(place)).unwrap_or_else(|| program.clone());
    let (settlement, wholes) = taken_whole(&program, &settlement(&program, sources), between);
    let subject = subject::subject(&program, &settlement, &wholes, between);
    let analysis = analyse(&subject);
    let domains = subject::domains(&subject, &analysis);
    Analysed { program, analysis, domains, between: between.to_vec(), wholes }
}

impl Analysed {
    /// What contradicts its proofs among so many cases at random, for each proof and period: nothing, or it is wrong.
    pub fn contradictions(&self, sources: &Sources, seed: u64, cases: usize) -> Vec<String> {
        let settlement = settlement(&self.program, sources);
        let (settlement, wholes) = taken_whole(&self.program, &settlement, &self.between);
        let subject = subject::subject(&self.program, &settlement, &wholes, &self.between);
        jcm_analyse::contradictions(&subject, &self.analysis, seed, cases)
    }

    /// Every statement: its verdict, what it is about, what it says, and whether somebody should look at it.
    pub fn said(&self) -> impl Iterator<Item = (&'static str, &'static str, String, bool)> {
        let statements = self.analysis.statements.iter();
        statements.map(|one| (told::verdict(one), one.kind.name(), one.sentence(), one.to_look_at))
    }

    /// How many statements are proved, refuted and not decided.
    pub fn verdicts(&self) -> [usize; 3] {
        let count = |is: fn(&jcm_analyse::Verdict) -> bool| {
            self.analysis.statements.iter().filter(|statement| is(&statement.verdict)).count()
        };
        [
            count(|verdict| *verdict == jcm_analyse::Verdict::Proved),
            count(|verdict| *verdict == jcm_analyse::Verdict::Refuted),
            count(|verdict| matches!(verdict, jcm_analyse::Verdict::NotDecided(_))),
        ]
    }

    /// How many witnesses stand under the statements, and how many of them settle to what they say. The two are the
    /// same, or the analysis is wrong.
    pub fn confirmed(&self) -> (usize, usize) {
        let prepared = jcm_eval::Prepared::new(&self.analysis.settlement);
        let witnesses = self.analysis.statements.iter().flat_map(|statement| &statement.witnesses);
        let (mut all, mut good) = (0, 0);
        for witness in witnesses {
            all += 1;
            good += usize::from(witness.settles(&prepared));
        }
        (all, good)
    }
}
