//! An example with some of its figures moved.

use crate::analysis::Analysis;
use jcm::{Moved, WhatIf};
use std::collections::BTreeMap;

/// Works out an example, by its name, with some levers moved; `None` if there is no such example, or while the contract has
/// an error.
pub fn what_if(analysis: &Analysis, example: &str, moves: &BTreeMap<String, Moved>) -> Option<WhatIf> {
    jcm::what_if(analysis.program()?, analysis.settlement()?, analysis.sources(), example, moves)
}
