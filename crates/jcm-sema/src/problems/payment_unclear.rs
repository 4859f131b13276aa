//! E0545: an example does not say which of several payments to a partner it expects.

use super::Problem;
use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

pub(super) const CODE: Code = Code("E0545");

/// The facts of E0545.
pub(crate) struct PaymentUnclear {
    /// The partner as the example names it.
    pub(crate) partner: String,
    /// The lines that are paid to it.
    pub(crate) lines: Vec<String>,
    /// Where.
    pub(crate) span: Span,
}

impl Problem for PaymentUnclear {
    fn describe(self) -> Diagnostic {
        let Self { partner, lines, span } = self;
        let all: Vec<String> = lines.iter().map(|line| format!("`{line}`")).collect();
        let first = lines.first().map_or("payable", String::as_str);
        let found = Diagnostic::error(
            CODE,
            format!("`{partner}` is paid {} lines here, and the example does not say which", lines.len()),
            span,
            format!("{} are paid to it", all.join(" and ")),
        );
        lines
            .iter()
            .fold(found, |found, line| found.fact(line))
            .help(format!("Say it behind the amount: `expect {partner} receives £663,552.00 for {first}`"))
    }
}
