//! Examples become test vectors.

use super::origins::Origins;
use super::{party_of, rounding_of};
use crate::value::value_of;
use jcm_calculus::{CarriedId, Expectation, InputId, LaterPeriod, StepId, TestVector, Value};
use jcm_model::{Constant, ExamplePeriod, Expect, Expected, Program};

pub(super) fn vectors(program: &Program, origins: &Origins<'_>) -> Vec<TestVector> {
    let vector = |example: &jcm_model::Example| TestVector {
        title: example.head.title.clone(),
        period: example.period,
        given: given(&example.given),
        given_steps: given_steps(&example.given_lines),
        rows: example.rows.iter().map(|(_, inputs)| given(inputs)).collect(),
        others: example.others.iter().map(|(_, inputs)| given(inputs)).collect(),
        opening: example.opening.iter().map(|(id, value)| (CarriedId(id.0), value_of(value))).collect(),
        expect: expectations(&example.expect, origins),
        later: example.later.iter().map(|period| later(period, origins)).collect(),
        source: example.source.clone(),
        origin: origins.of(format!("Schedule 3, {}", program.title(example.of)), &example.head),
    };
    program.examples.iter().map(vector).collect()
}

fn later(period: &ExamplePeriod, origins: &Origins<'_>) -> LaterPeriod {
    LaterPeriod {
        given: given(&period.given),
        given_steps: given_steps(&period.given_lines),
        expect: expectations(&period.expect, origins),
    }
}

fn given_steps(lines: &[(jcm_model::LineId, Constant)]) -> Vec<(StepId, Value)> {
    lines.iter().map(|(line, value)| (StepId(line.0), value_of(value))).collect()
}

fn expectations(expect: &[Expect], origins: &Origins<'_>) -> Vec<Expectation> {
    expect.iter().map(|expect| expectation(expect, origins)).collect()
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
