//! Cases from the field, settled; and the law of the interval evaluator.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a helper of a test may fail the test"
)]

mod build;

mod allocations;
mod carried;
mod dates;
mod functions;
mod gain_share;
mod intervals;
mod missing;
mod over_all;
mod published_schemes;
mod rows_and_parameters;
mod stops;
