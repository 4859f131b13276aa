//! The same values on the two sides of the boundary between a program and its settlement.

use jcm_calculus::Value;
use jcm_model::{Constant, Program, Ty};
use jcm_quantity::{show, show_date};

/// A constant of the contract as a value of the calculus.
pub(crate) fn value_of(constant: &Constant) -> Value {
    match constant {
        Constant::Number(number) => Value::Number(number.clone()),
        Constant::Member(name) => Value::Choice(name.clone()),
        Constant::Truth(truth) => Value::Truth(*truth),
        Constant::Text(text) => Value::Text(text.clone()),
        Constant::Date(date) => Value::Date(*date),
        Constant::Missing => Value::Missing,
    }
}

/// A value of the calculus as a constant of the contract.
pub(crate) fn constant_of(value: &Value) -> Constant {
    match value {
        Value::Number(number) => Constant::Number(number.clone()),
        Value::Choice(name) => Constant::Member(name.clone()),
        Value::Truth(truth) => Constant::Truth(*truth),
        Value::Text(text) => Constant::Text(text.clone()),
        Value::Date(date) => Constant::Date(*date),
        Value::Missing => Constant::Missing,
    }
}

/// A value as people read it: `£1,658,880.00`, `90%`, `yes`, `missing`.
pub(crate) fn in_words(program: &Program, value: &Value, ty: &Ty) -> String {
    match (value, ty) {
        (Value::Number(number), Ty::Number(unit)) => show(number, unit),
        (Value::Number(number), _) => number.text(),
        (Value::Choice(name), Ty::Choice(choice)) => {
            let members = program.choice(*choice).map_or(&[][..], |choice| &choice.members);
            members.iter().find(|(member, _)| member == name).map_or(name, |(_, title)| title).clone()
        }
        (Value::Choice(name), _) => name.clone(),
        (Value::Truth(true), _) => "yes".to_owned(),
        (Value::Truth(false), _) => "no".to_owned(),
        (Value::Text(text), _) => format!("“{text}”"),
        (Value::Date(date), _) => show_date(*date),
        (Value::Missing, _) => "missing".to_owned(),
    }
}
