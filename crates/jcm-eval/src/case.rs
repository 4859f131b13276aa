//! What is given of a case, and what comes out.

use jcm_calculus::{Expr, InputId, PartyId, StepId, Value};
use jcm_quantity::Exact;
use std::collections::BTreeMap;
use std::ops::Range;

/// What is known of one case in one period. An input that is not there is missing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Case {
    /// The period, by its place in the settlement.
    pub period: usize,
    /// Inputs of the case.
    pub inputs: BTreeMap<InputId, Value>,
    /// Inputs of each row of the case.
    pub rows: Vec<BTreeMap<InputId, Value>>,
    /// Figures reported before, with how many reporting periods ago, for inputs that are carried forward.
    pub last_reported: BTreeMap<InputId, (Value, u32)>,
    /// Values that stand in for the computed ones of a step (for every row, where the step is of row level).
    pub given_steps: BTreeMap<StepId, Value>,
    /// Values that somebody awarded in place of the computed ones: of a step of the case, or of one in a row. The step
    /// is computed all the same, and the trace says both.
    pub awards: BTreeMap<(StepId, Option<usize>), Value>,
    /// What parts of steps that are worked out over all cases ([`Expr::OverAll`]) came to for this case, where that
    /// is known. [`crate::Prepared::settle_all`] finds it out by itself.
    pub over_all: Vec<(Expr, Value)>,
}

/// What a case comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The lines of case level, in order.
    pub lines: Vec<Line>,
    /// For each row of the case, the lines of row level, in order.
    pub rows: Vec<Vec<Line>>,
    /// What each allocation came to, in order.
    pub allocations: Vec<AllocationOutcome>,
    /// What each payee gets or gives, in the order of the allocations and their shares.
    pub payments: Vec<Payment>,
    /// What the parts of steps that are worked out over all cases came to for this case.
    pub over_all: Vec<(Expr, Value)>,
}

/// One line of the trace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Which step.
    pub step: StepId,
    /// Its value.
    pub value: Value,
    /// The value before rounding, where the step ends in a rounding and was computed.
    pub before_rounding: Option<Value>,
    /// Whether the value was given instead of computed.
    pub given: bool,
    /// What was computed, where another value was awarded in its place.
    pub computed: Option<Value>,
}

/// What one payee gets from one allocation; a negative amount flows from the payee to the payer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    /// The allocation, by its place in the settlement.
    pub allocation: usize,
    /// The payer of the contract.
    pub from: PartyId,
    /// The payee of the contract.
    pub to: PartyId,
    /// The part before any rounding, after limits.
    pub exact: Exact,
    /// What is paid.
    pub amount: Exact,
}

/// What one allocation came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AllocationOutcome {
    /// The amount of the step, before any rounding and any limit.
    pub amount_exact: Exact,
    /// What is paid in all: the sum of the payments, to the last grain.
    pub amount: Exact,
    /// What limits cut off and the payer bears, before rounding; of the sign of the amount. Nought unless the contract
    /// says that the payer bears it.
    pub borne_by_payer: Exact,
    /// Where its payments are in [`Outcome::payments`].
    pub payments: Range<usize>,
}

impl Outcome {
    /// The value of a step: of the case, or of one row.
    pub fn value(&self, step: StepId, row: Option<usize>) -> Option<&Value> {
        let lines = match row {
            Some(row) => self.rows.get(row)?,
            None => &self.lines,
        };
        lines.iter().find(|line| line.step == step).map(|line| &line.value)
    }

    /// What a party receives from an allocation (negative: gives).
    pub fn receives(&self, allocation: usize, party: PartyId) -> Option<&Exact> {
        let is_it = |payment: &&Payment| payment.allocation == allocation && payment.to == party;
        self.payments.iter().find(is_it).map(|payment| &payment.amount)
    }
}
