//! Simulations held against the exact evaluator, against formulas, and against themselves on other numbers of threads.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "tests that read what the examples are made into, and fail where they cannot"
)]

mod agreement;
mod building;
mod cases;
mod closed_forms;
mod over_years;
mod threads;
