//! What a figure that is disputed, late or suppressed means for money.

use crate::{Constant, InputId};
use jcm_quantity::Exact;

/// What is agreed about figures that are not simply there.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Doubt {
    /// What two figures mean; `None` where it is not said.
    pub disputed: Option<Disputed>,
    /// What a figure means that was suppressed because it is small; `None` where it is not said.
    pub suppressed: Option<Suppressed>,
    /// Until when a figure counts; `None` where it counts whenever it comes.
    pub late: Option<Late>,
    /// Which figures are possible; any other is refused.
    pub possible: Possible,
}

/// Between which ends a figure lies, both of them included; no end where it is not stated.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Possible {
    /// The least figure there can be.
    pub least: Option<Exact>,
    /// The greatest.
    pub most: Option<Exact>,
    /// The ends hold for this figure over so many times that of another input, which is its denominator.
    pub over: Option<(InputId, Exact)>,
}

/// What it means that two figures are given for one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Disputed {
    /// Each payee is paid what it would be paid under every figure.
    Undisputed,
    /// A payment that the dispute changes waits until it is resolved.
    Hold,
    /// The figure of who collects counts.
    AsCollected,
    /// The figure of who verifies counts.
    AsVerified,
}

/// What a suppressed figure means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Suppressed {
    /// Nothing can be settled with it.
    Refuse,
    /// It counts as missing.
    AsMissing,
    /// This stands in for it.
    Use(Constant),
}

/// How long after its period a figure counts; later it is as if it were missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Late {
    /// Whole months after the period.
    pub months: u32,
    /// Days after that.
    pub days: u32,
    /// Whether these are the months within which the contract settles finally.
    pub until_final: bool,
}
