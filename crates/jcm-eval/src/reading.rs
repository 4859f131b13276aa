//! What a number is to the machine: an exact number, or an interval of them.

use jcm_calculus::{
    Arithmetic, BandRow, CarriedId, Comparison, Expr, InputId, Rounding, ScaleRow, StepId, Value,
};
use jcm_quantity::{Exact, Irrational, RoundingMode, Statistic};

/// A value in the machine.
#[derive(Debug, Clone, PartialEq)]
pub enum Held<N> {
    /// A number, as the reading holds it.
    Number(N),
    /// Anything else; never [`Value::Number`].
    Other(Value),
}

impl<N> Held<N> {
    /// Not known.
    pub const MISSING: Held<N> = Held::Other(Value::Missing);

    /// Yes or no.
    pub fn truth(truth: bool) -> Held<N> {
        Held::Other(Value::Truth(truth))
    }

    /// Whether it is not known.
    pub fn is_missing(&self) -> bool {
        matches!(self, Held::Other(Value::Missing))
    }
}

/// One reading of the calculus: where the facts of the case are, and how its numbers are computed.
pub trait Reading {
    /// A number.
    type Number: Clone;

    /// The period settled.
    fn period(&self) -> usize;
    /// How many rows the case has.
    fn rows(&self) -> usize;
    /// An input of the case or of a row; missing if it is not given.
    fn input(&self, input: InputId, row: Option<usize>) -> Held<Self::Number>;
    /// What was last reported for an input, and how many periods ago.
    fn last_reported(&self, input: InputId) -> Option<(Held<Self::Number>, u32)>;
    /// What the period before left.
    fn carried(&self, carried: CarriedId) -> Option<Held<Self::Number>>;
    /// A value given for a step.
    fn given_step(&self, step: StepId) -> Option<Held<Self::Number>>;
    /// A value awarded in place of the computed one.
    fn award(&self, step: StepId, row: Option<usize>) -> Option<Held<Self::Number>>;

    /// What a part that is worked out over all cases came to, if it is known beforehand.
    fn over_all(&self, expr: &Expr) -> Option<Held<Self::Number>>;

    /// An exact number as a number of the reading.
    fn exactly(&self, number: &Exact) -> Self::Number;
    /// A sum, difference, product or quotient; `None` over zero.
    fn combine(&mut self, op: Arithmetic, left: &Self::Number, right: &Self::Number) -> Option<Self::Number>;
    /// With the other sign.
    fn negate(&self, number: &Self::Number) -> Self::Number;
    /// Without its sign.
    fn absolute(&self, number: &Self::Number) -> Self::Number;
    /// The smaller.
    fn lesser(&mut self, left: Self::Number, right: Self::Number) -> Self::Number;
    /// The greater.
    fn greater(&mut self, left: Self::Number, right: Self::Number) -> Self::Number;
    /// The nearest multiple.
    fn round(&self, number: &Self::Number, rounding: &Rounding) -> Self::Number;
    /// Rounded to significant figures.
    fn round_to_figures(&self, number: &Self::Number, figures: u32, mode: RoundingMode) -> Self::Number;
    /// The value of an irrational function; `None` where there is none.
    fn irrational(
        &mut self,
        function: Irrational,
        number: &Self::Number,
        decimals: u32,
    ) -> Option<Self::Number>;
    /// Multiplied by itself so many times.
    fn power(&self, number: &Self::Number, times: u32) -> Self::Number;
    /// What stands for several numbers; `None` where there is no number.
    fn statistic(&self, statistic: &Statistic, numbers: &[Self::Number]) -> Option<Self::Number>;
    /// The number as a whole one; `None` where it is none, or far beyond any count of days.
    fn whole(&mut self, number: &Self::Number) -> Option<i64>;
    /// Whether a comparison holds.
    fn compare(&mut self, op: Comparison, left: &Self::Number, right: &Self::Number) -> bool;
    /// What a whole-amount table gives; `None` if it has no row.
    fn scale(&mut self, number: &Self::Number, rows: &[ScaleRow]) -> Option<Self::Number>;
    /// What marginal bands give.
    fn bands(&self, number: &Self::Number, rows: &[BandRow]) -> Self::Number;

    /// How far the number is beyond ordinary size, in bits.
    fn excess_bits(&self, number: &Self::Number) -> usize;
    /// An exact number to show for it in a message.
    fn some_point(&self, number: &Self::Number) -> Exact;

    /// A value of the settlement as the machine holds it.
    fn held(&self, value: &Value) -> Held<Self::Number> {
        match value {
            Value::Number(number) => Held::Number(self.exactly(number)),
            other => Held::Other(other.clone()),
        }
    }
}
