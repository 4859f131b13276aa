//! Figures that a dispute leaves open, each with all that it can come to.

use crate::figures::show_value;
use crate::undisputed::nearer_to_nought;
use jcm_calculus::{Settlement, StepId, Type, Value};
use jcm_eval::Outcome;
use jcm_quantity::Exact;
use std::collections::BTreeMap;

/// The lines that are not the same under every combination, by their step and row.
pub(crate) type OpenLines = BTreeMap<(StepId, Option<usize>), Open>;

/// What a figure comes to under the figures in dispute, where that is not the same under all of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    /// The least and the greatest number, if some of them are numbers.
    range: Option<(Exact, Exact)>,
    /// What it can be that is no number, each once.
    others: Vec<Value>,
}

/// The same in words, with the unit of the figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenFigure {
    /// What it can come to: `between £125,000.00 and £156,250.00`.
    pub words: String,
    /// The least and the most, where it is a number whatever the dispute comes to.
    pub range: Option<[String; 2]>,
    /// What of it is not in doubt, where it is a number whatever the dispute comes to; nought has none.
    pub certain: Option<String>,
}

impl Open {
    /// Nothing where all values are the same.
    fn of(values: &[&Value]) -> Option<Open> {
        if values.windows(2).all(|pair| pair.first() == pair.last()) {
            return None;
        }
        let mut open = Open { range: None, others: Vec::new() };
        for value in values {
            match (value, &mut open.range) {
                (Value::Number(number), None) => open.range = Some((number.clone(), number.clone())),
                (Value::Number(number), Some((least, most))) => {
                    if number < least {
                        least.clone_from(number);
                    } else if number > most {
                        most.clone_from(number);
                    }
                }
                (other, _) if open.others.contains(other) => {}
                (other, _) => open.others.push((*other).clone()),
            }
        }
        Some(open)
    }

    /// In words, as a figure of this type.
    pub(crate) fn shown(&self, ty: &Type, settlement: &Settlement) -> OpenFigure {
        let show = |value: &Value| show_value(value, ty, settlement);
        let number = |number: &Exact| show(&Value::Number(number.clone()));
        let mut each: Vec<String> = Vec::new();
        if let Some((least, most)) = &self.range {
            each.push(if least == most {
                number(least)
            } else {
                format!("between {} and {}", number(least), number(most))
            });
        }
        each.extend(self.others.iter().map(show));
        let last = each.pop().unwrap_or_default();
        let words = if each.is_empty() { last } else { format!("{}, or {last}", each.join(", ")) };
        let range = self.range.as_ref().filter(|_| self.others.is_empty());
        let certain = range.map(|(least, most)| nearer_to_nought(least, most));
        OpenFigure {
            words,
            range: range.map(|(least, most)| [number(least), number(most)]),
            certain: certain.filter(|certain| !certain.is_zero()).map(|certain| number(&certain)),
        }
    }
}

/// The lines of a case that its outcomes, one for each combination, do not agree on.
pub(crate) fn open_lines(outcomes: &[&Outcome]) -> OpenLines {
    let mut open = OpenLines::new();
    let Some(first) = outcomes.first() else { return open };
    let rows = (0..first.rows.len()).map(Some);
    for row in std::iter::once(None).chain(rows) {
        let lines_of = |outcome: &'_ Outcome| match row {
            Some(row) => outcome.rows.get(row).cloned().unwrap_or_default(),
            None => outcome.lines.clone(),
        };
        let every: Vec<_> = outcomes.iter().map(|outcome| lines_of(outcome)).collect();
        for (place, line) in lines_of(first).iter().enumerate() {
            let values: Vec<&Value> =
                every.iter().filter_map(|lines| lines.get(place)).map(|line| &line.value).collect();
            open.extend(Open::of(&values).map(|open| ((line.step, row), open)));
        }
    }
    open
}
