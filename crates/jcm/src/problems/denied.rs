//! E0576 to E0583 and E0586: what an analysis found, and was told to take as an error.

use jcm_analyse::{Kind, Statement};
use jcm_diagnostics::{Code, Diagnostic};
use jcm_source::Span;

/// What each kind is as a problem: its code, what it is in a few words, and a way out.
pub(super) const CODES: [(Kind, Code, &str, &str); 9] = [
    (
        Kind::Perverse,
        Code("E0576"),
        "a better figure lowers what a partner gets",
        "Pay for what the outcome wants, or take the count out of the payment: a block, a capitation or a share of the saving does not grow with it",
    ),
    (
        Kind::Cliff,
        Code("E0577"),
        "a payment jumps",
        "Let the payment rise evenly: pay for what lies beyond the step, or use a scale with `rising evenly from … to …`",
    ),
    (
        Kind::FlatZone,
        Code("E0578"),
        "over a stretch of a measure nothing more is earned",
        "Let the payment rise over the stretch, or say in a clause why nothing is paid for it",
    ),
    (
        Kind::IdleLimit,
        Code("E0579"),
        "a cap or floor never binds",
        "Set the limit where it is meant to hold, or remove it",
    ),
    (
        Kind::DeadGate,
        Code("E0580"),
        "a condition, a row or a band is never reached",
        "Change the figure that keeps it from being reached, or remove it",
    ),
    (
        Kind::PaidTwice,
        Code("E0581"),
        "one event is paid for by two payments",
        "Pay for it once, or say in a clause that both payments are meant and why",
    ),
    (
        Kind::NoInfluence,
        Code("E0582"),
        "what a partner gets depends on no measure that it can influence",
        "Let the payment depend on a measure of an outcome that the partner owns, or name it among the owners",
    ),
    (
        Kind::Conflict,
        Code("E0583"),
        "one partner gains only what another loses",
        "Let both share in what they achieve together, instead of in what is left over by the other",
    ),
    (
        Kind::OverCommitted,
        Code("E0586"),
        "more can be paid from a pooled fund than is paid into it",
        "Cap what has no limit, `at most` what the fund can pay, or raise the contributions; `--between` says what a figure can be at most",
    ),
];

/// Every kind with its code.
pub(crate) fn analysis_codes() -> Vec<(Kind, Code)> {
    CODES.iter().map(|(kind, code, ..)| (*kind, *code)).collect()
}

/// The code of a kind.
pub(crate) fn code_of(kind: Kind) -> Code {
    CODES.iter().find(|(known, ..)| *known == kind).map_or(Code("E0576"), |(_, code, ..)| *code)
}

/// The problem of a statement that was told to stand in the way.
pub(crate) fn denied(statement: &Statement, said: String, span: Span) -> Diagnostic {
    let row = CODES.iter().find(|(known, ..)| *known == statement.kind);
    let (what, way_out) = row.map_or(("", ""), |(_, _, what, way_out)| (*what, *way_out));
    let name = statement.kind.name();
    Diagnostic::error(code_of(statement.kind), said, span, what).help(way_out).help(format!(
        "Or accept it until a day: write `// jcm: allow {name} until DATE because REASON` on the line above"
    ))
}
