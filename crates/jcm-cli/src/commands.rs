//! One file for each command: what it can be asked for, and what it does.

pub(crate) mod analyse;
pub(crate) mod assure;
pub(crate) mod build;
pub(crate) mod calendar;
pub(crate) mod check;
pub(crate) mod completions;
pub(crate) mod diff;
pub(crate) mod doc;
pub(crate) mod explain;
pub(crate) mod fmt;
pub(crate) mod graph;
pub(crate) mod lint;
pub(crate) mod localities;
pub(crate) mod lsp;
pub(crate) mod new;
#[cfg(test)]
mod pages;
pub(crate) mod settle;
pub(crate) mod simulate;
pub(crate) mod test;
