//! Advice on contracts that check: what will surprise the partners in a settlement, a dispute or a renewal.
//!
//! [`lint`] looks at a checked contract and says what it found, by [`LINTS`], at the [`Levels`] that a `jcm.toml` or the
//! command line sets, without what a comment in the source accepts for a reason and until a day. It is pure: the texts,
//! the day and [`Settle`], which works out examples, are given. One file for each lint in `lints/`.

mod evidence;
mod levels;
mod lints;
mod moving;
mod possible;
mod problems;
mod reach;
mod settings;
mod suppression;
mod text;
mod view;

pub use evidence::{Settle, Worked};
pub use levels::{Level, Levels, UnknownLint};
pub use lints::{LINTS, Limit, LimitOf, Lint};
pub use problems::CODES;
pub use settings::read as read_settings;
pub use suppression::ANALYSED;

use crate::suppression::Suppression;
use crate::view::View;
use jcm_diagnostics::{Diagnostic, Severity};
use jcm_model::Program;
use jcm_quantity::Date;
use jcm_source::{FileId, Sources, Span};

/// A contract that is looked at.
pub struct Subject<'a> {
    /// The checked contract.
    pub program: &'a Program,
    /// Every text of it.
    pub sources: &'a Sources,
    /// The texts of the standard library, which nobody here can change.
    pub library: &'a [FileId],
    /// Whether its examples were worked out with its own figures, and not with those of the contract it is a place of.
    pub own_examples: bool,
    /// Works out examples.
    pub settle: &'a dyn Settle,
}

/// Everything that is found, in the order in which people read it. `on` is the day that suppressions are held to.
pub fn lint(subject: &Subject<'_>, levels: &Levels, on: Date) -> Vec<Diagnostic> {
    let view = View::new(subject);
    let (mut suppressions, mut found) = suppression::read(subject.sources, subject.library, on);
    for lint in LINTS {
        let setting = levels.of(lint);
        let Some(severity) = setting.level.severity() else { continue };
        for finding in lint.find(&view, &setting.limit) {
            let in_library = subject.library.contains(&finding.primary.span.file);
            if !in_library && !is_accepted(&mut suppressions, lint, &finding, on) {
                found.push(finished(finding, lint, severity));
            }
        }
    }
    let unused = |suppression: &&Suppression| {
        let looked_for = suppression.lint().is_some_and(|lint| levels.of(lint).level != Level::Allow);
        !suppression.used && on <= suppression.until && looked_for
    };
    found.extend(suppressions.iter().filter(unused).map(problems::suppression_unused));
    jcm_diagnostics::sort(&mut found);
    found
}

/// Whether a comment of the contract accepts, on a day, what an analysis found at a place, by its name. The comments are
/// those that accept what lints find.
pub fn accepts<'a>(
    sources: &'a Sources,
    library: &[FileId],
    on: Date,
) -> impl Fn(&str, Span) -> bool + use<'a> {
    let (suppressions, _) = suppression::read(sources, library, on);
    move |name, at| suppressions.iter().any(|one| on <= one.until && one.covers(name, at))
}

/// Whether a comment accepts what was found; each that does is marked as used.
fn is_accepted(suppressions: &mut [Suppression], lint: &Lint, finding: &Diagnostic, on: Date) -> bool {
    let mut accepted = false;
    for suppression in
        suppressions.iter_mut().filter(|suppression| suppression.covers(lint.name, finding.primary.span))
    {
        suppression.used = true;
        accepted |= on <= suppression.until;
    }
    accepted
}

/// The finding at its level, with the way to accept it.
fn finished(mut finding: Diagnostic, lint: &Lint, severity: Severity) -> Diagnostic {
    finding.code = lint.code;
    finding.severity = severity;
    let comment = format!("// jcm: allow {} until DATE because REASON", lint.name);
    finding.help(format!("Or accept it until a day: write `{comment}` on the line above"))
}
