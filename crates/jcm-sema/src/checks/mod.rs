//! Checks over the whole contract, one file for each law.

mod cases;
mod dataset;
mod decisions;
mod definitions;
mod documents;
mod example;
mod powers;
mod remainder;
mod rows;
mod streams;
mod subcontracts;
mod usage;
mod uses;

pub(crate) use cases::{Axis, Row, check_cases};
pub(crate) use dataset::check_dataset;
pub(crate) use rows::check_rows;
pub(crate) use uses::KnownUses;

use crate::checker::Checker;

/// Holds what has been read to every law that concerns more than one declaration.
pub(crate) fn everything(cx: &mut Checker<'_>) {
    streams::check(cx);
    decisions::check(cx);
    powers::check(cx);
    subcontracts::check(cx);
    documents::check(cx);
    definitions::check(cx);
    let uses = uses::of_lines(cx);
    example::check(cx, &uses);
    remainder::check(cx, &uses);
    usage::check(cx, &uses);
}
