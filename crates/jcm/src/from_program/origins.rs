//! Where each thing stands in the contract and in its source, in the words in which people look it up.

use jcm_calculus::Origin;
use jcm_model::{Def, Head, InputOwner, Line, LineOwner, ParameterOwner, Program};
use jcm_source::{Sources, Span};

/// The longest source text that an origin quotes; a table of hundreds of rows is not quoted whole.
const LONGEST_QUOTATION: usize = 400;

pub(super) struct Origins<'a> {
    program: &'a Program,
    sources: &'a Sources,
}

impl<'a> Origins<'a> {
    pub(super) fn new(program: &'a Program, sources: &'a Sources) -> Self {
        Self { program, sources }
    }

    /// The origin of a declaration that the given clause or schedule prints.
    pub(super) fn of(&self, clause: String, head: &Head) -> Origin {
        let file = self.sources.get(head.span.file);
        Origin {
            clause,
            file: file.map_or_else(String::new, |file| file.name().to_owned()),
            line: self.line(head.span),
            text: on_one_line(self.sources.text_of(head.span)),
        }
    }

    /// The source line of a span, from 1.
    pub(super) fn line(&self, span: Span) -> u32 {
        self.sources.get(span.file).map_or(0, |file| file.line_column(span.start).line)
    }

    /// `Schedule 3, Sharing of savings and overspends, line 4`.
    pub(super) fn line_clause(&self, line: &Line, name: &str) -> String {
        let program = self.program;
        let numbered = |lines: &[jcm_model::LineId]| {
            let at = lines.iter().position(|id| program.line(*id).is_some_and(|line| line.head.name == name));
            at.map_or_else(String::new, |at| format!(", line {}", at + 1))
        };
        let (owner, place) = match line.owner {
            LineOwner::Incentive(id) => (
                Def::Incentive(id),
                program.incentive(id).map_or_else(String::new, |owner| numbered(&owner.lines)),
            ),
            LineOwner::Payment(id) => (
                Def::Payment(id),
                program.payment(id).map_or_else(String::new, |owner| numbered(&owner.lines)),
            ),
            LineOwner::Score(id) => (Def::Score(id), String::new()),
            LineOwner::Pool(id) => (Def::Pool(id), String::new()),
            LineOwner::OpenTerm(id) => (Def::OpenTerm(id), String::new()),
            LineOwner::Measure(id) => return format!("Schedule 4, {}", program.title(Def::Measure(id))),
        };
        format!("Schedule 3, {}{place}", program.title(owner))
    }

    /// The schedule that prints an input.
    pub(super) fn input_clause(&self, owner: InputOwner) -> String {
        match owner {
            InputOwner::Measure(id) => format!("Schedule 4, {}", self.program.title(Def::Measure(id))),
            InputOwner::Incentive(id) => format!("Schedule 3, {}", self.program.title(Def::Incentive(id))),
            InputOwner::Payment(id) => format!("Schedule 3, {}", self.program.title(Def::Payment(id))),
        }
    }

    /// The schedule that prints a figure.
    pub(super) fn parameter_clause(&self, owner: &ParameterOwner, head: &Head) -> String {
        match owner {
            ParameterOwner::Declared | ParameterOwner::Knob { .. } => format!("Schedule 3, {}", head.title),
            ParameterOwner::Pool(id) => format!("Schedule 3, {}", self.program.title(Def::Pool(*id))),
            ParameterOwner::Payment(id) => format!("Schedule 3, {}", self.program.title(Def::Payment(*id))),
            ParameterOwner::OpenTerm(id) => format!("Schedule 3, {}", self.program.title(Def::OpenTerm(*id))),
            ParameterOwner::Measure(id) => format!("Schedule 4, {}", self.program.title(Def::Measure(*id))),
            ParameterOwner::Population(id) => {
                format!("Schedule 2, {}", self.program.title(Def::Population(*id)))
            }
        }
    }
}

/// Source text with line breaks and indentation folded to single spaces, cut where it is long.
fn on_one_line(text: &str) -> String {
    let mut line = String::new();
    let mut length = 0;
    for word in text.split_whitespace() {
        length += word.chars().count() + 1;
        if length > LONGEST_QUOTATION {
            line.push_str(" …");
            break;
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quotation_is_one_line_and_never_longer_than_the_limit() {
        assert_eq!(on_one_line("line a\n      = b - c\r\n"), "line a = b - c");
        let long = on_one_line(&"row\n".repeat(1000));
        assert!(long.ends_with("row …") && long.chars().count() <= LONGEST_QUOTATION + 2, "{long}");
    }
}
