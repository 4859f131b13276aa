//! Parts of a settlement in the wire form, for whoever quotes them beside the whole.

use super::expression::DEPTH_IN_STEP;
use super::{Expression, Value, in_place};
use crate::SpecError;
use crate::names::Names;
use jcm_calculus as c;

/// Quotes values and expressions of one settlement.
#[derive(Debug)]
pub struct Quotation {
    names: Names,
}

impl Quotation {
    /// For a settlement. It fails where two things of it have one name.
    pub fn of(settlement: &c::Settlement) -> Result<Self, SpecError> {
        Names::of(settlement).map(|names| Self { names }).map_err(in_place("the settlement", ""))
    }

    /// A value.
    pub fn value(&self, value: &c::Value) -> Result<Value, SpecError> {
        Value::of(value).map_err(in_place("a value", ""))
    }

    /// An expression.
    pub fn expression(&self, expression: &c::Expr) -> Result<Expression, SpecError> {
        Expression::of(expression, &self.names, DEPTH_IN_STEP).map_err(in_place("an expression", ""))
    }
}
