//! Examples worked out to words, for those who show figures beside the text.

use crate::examples::Bench;
use crate::value::{in_words, value_of};
use crate::{ExampleResult, Program, Settlement};
use jcm_model::{Def, LineId};
use jcm_source::Span;

/// An example with every figure that it gives or that comes out.
#[derive(Debug, Clone)]
pub struct WorkedExample {
    /// Its name, made from the title where it has none.
    pub name: String,
    /// Its title.
    pub title: String,
    /// The whole declaration.
    pub span: Span,
    /// What it is an example of.
    pub of: Def,
    /// Each line that it needs, in the order in which they are worked out.
    pub lines: Vec<WorkedLine>,
    /// Whether what it expects came out.
    pub result: ExampleResult,
}

/// A line of an example.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkedLine {
    /// Which line.
    pub line: LineId,
    /// Which row of the example, for a line of rows.
    pub row: Option<usize>,
    /// Its value as people read it.
    pub value: String,
    /// Whether the example gives the value instead of working it out.
    pub given: bool,
}

/// Works out every example, in the order of the contract.
pub fn work_out(program: &Program, settlement: &Settlement) -> Vec<WorkedExample> {
    let bench = Bench::new(program, settlement);
    let worked = program.examples.iter().map(|example| {
        let lines = bench.computed(example).lines.into_iter().filter_map(|line| {
            let ty = &program.line(line.line)?.ty;
            let value = in_words(program, &value_of(&line.value), ty);
            Some(WorkedLine { line: line.line, row: line.row, value, given: line.given })
        });
        WorkedExample {
            name: example.head.name.clone(),
            title: example.head.title.clone(),
            span: example.head.span,
            of: example.of,
            lines: lines.collect(),
            result: bench.result(example),
        }
    });
    worked.collect()
}
