//! What examples come to: the figures that lints quote are worked out, never estimated.

use jcm_model::{Constant, Example, Expr, LineId};
use std::collections::BTreeMap;

/// Works out an example by the contract, with some of its lines replaced by others.
pub trait Settle {
    /// The lines that the example expects and those that they need; `None` where it cannot be settled.
    fn settle(&self, example: &Example, instead: &[(LineId, Expr)]) -> Option<Worked>;

    /// Each period of an example as an example of its own, which begins with what the period before left; fewer where
    /// it cannot be settled so far.
    fn each_period(&self, example: &Example) -> Vec<Example>;
}

/// The results of lines, by line and row of the example.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Worked {
    /// Once for the case (`None`) or for each row.
    pub lines: BTreeMap<(LineId, Option<usize>), Constant>,
}
