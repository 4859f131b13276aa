//! The settlement calculus: ordered named steps over exact quantities, the only meaning a contract has.
//!
//! A [`Settlement`] is straight-line: inputs, dated parameters, steps in order, allocations of money. It has no
//! recursion, no hidden rounding and no clock. The exact evaluator in `jcm-eval` is its definition; every other
//! reading of the same steps (intervals, columns, SQL, a workbook) is tested against that one.
//!
//! This crate knows neither trees nor source text: a step carries an [`Origin`] for people and nothing else.

mod carried;
mod dataset;
mod doubt;
mod due;
mod expr;
mod pool;
mod settlement;
mod verify;
mod walk;

pub use carried::*;
pub use dataset::*;
pub use doubt::*;
pub use due::*;
pub use expr::*;
pub use pool::*;
pub use settlement::*;
pub use verify::{DEEPEST, Flaw, type_of, verify};
