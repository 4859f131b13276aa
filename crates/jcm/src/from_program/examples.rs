//! Examples become test vectors.

use super::origins::Origins;
use super::{party_of, rounding_of};
use crate::value::value_of;
use jcm_calculus::{Expectation, InputId, StepId, TestVector, Value};
use jcm_model::{Constant, Expect, Expected, Program};

pub(super) fn vectors(program: &Program, origins: &Origins<'_>) -> Vec<TestVector> {
    let vector = |example: &jcm_model::Example| TestVector {
        title: example.head.title.clone(),
        period: example.period,
        given: given(&example.given),
        given_steps: example
            .given_lines
            .iter()
            .map(|(line, value)| (StepId(line.0), value_of(value)))
            .collect(),
        rows: example.rows.iter().map(|(_, inputs)| given(inputs)).collect(),
        others: example.others.iter().map(|(_, inputs)| given(inputs)).collect(),
        expect: example.expect.iter().map(|expect| expectation(expect, origins)).collect(),
        source: example.source.clone(),
        origin: origins.of(format!("Schedule 3, {}", program.title(example.of)), &example.head),
    };
    program.examples.iter().map(vector).collect()
}

fn given(inputs: &[(jcm_model::InputId, Constant)]) -> Vec<(InputId, Value)> {
    inputs.iter().map(|(input, value)| (InputId(input.0), value_of(value))).collect()
}

fn expectation(expect: &Expect, origins: &Origins<'_>) -> Expectation {
    let source_line = origins.line(expect.span);
    match &expect.what {
        Expected::Line { line, row, value, to } => Expectation::Step {
            step: StepId(line.0),
            row: *row,
            value: value_of(value),
            to: to.as_ref().map(rounding_of),
            line: source_line,
        },
        Expected::Receives { flow, partner, amount } => Expectation::Receives {
            allocation: flow.index(),
            party: party_of(*partner),
            amount: amount.clone(),
            line: source_line,
        },
    }
}
