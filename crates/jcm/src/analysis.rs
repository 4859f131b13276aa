//! What a contract rewards, in exact statements: `jcm-analyse` with what a settlement does not know of its contract, and
//! how it is told.

mod denied;
mod subject;
mod told;

pub use denied::{Denial, analysis_codes, analysis_denied, analysis_kind};
pub use told::{analysis_html, analysis_json, analysis_text};

use crate::from_program::settlement;
use jcm_analyse::{Analysis, analyse};
use jcm_model::{LocalityId, Program};
use jcm_source::Sources;

/// A contract that was analysed.
pub struct Analysed {
    /// The contract, in the place that was asked for.
    program: Program,
    /// What is said of it.
    analysis: Analysis,
    /// Between which figures each input was taken to lie, as `(title, range, why)`.
    domains: Vec<(String, String, String)>,
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
    let settlement = settlement(&program, sources);
    let subject = subject::subject(&program, &settlement, between);
    let analysis = analyse(&subject);
    let domains = subject::domains(&subject, &analysis);
    Analysed { program, analysis, domains }
}

impl Analysed {
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
