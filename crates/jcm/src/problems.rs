//! Problems that only running the contract can find, one file each.

use jcm_diagnostics::Code;

mod calendar_ends;
mod example_differs;
mod example_stops;
mod settlement_refused;
mod target_refuses;

pub(crate) use calendar_ends::calendar_ends;
pub(crate) use example_differs::example_differs;
pub(crate) use example_stops::example_stops;
pub(crate) use settlement_refused::settlement_refused;
pub(crate) use target_refuses::target_refuses;

/// Every code of this crate with its meaning in a few words.
const CODES: &[(Code, &str)] = &[
    (calendar_ends::CODE, "a deadline has dates that the calendar of operational days does not cover"),
    (example_differs::CODE, "an example expects a figure that the contract does not give"),
    (example_stops::CODE, "an example cannot be settled"),
    (settlement_refused::CODE, "the calculation of the contract does not pass its own checks"),
    (target_refuses::CODE, "the contract cannot be written in a format"),
];

/// Every code that a contract can be given, with its meaning in a few words, in the order of the codes.
pub fn codes() -> Vec<(Code, &'static str)> {
    let mut codes = [jcm_sema::CODES, jcm_assure::CODES, CODES].concat();
    codes.sort_by_key(|(code, _)| *code);
    codes
}
