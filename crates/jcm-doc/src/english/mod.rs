//! Calculations in English.
//!
//! A sentence is made from the typed expression and from nothing else. It never nests brackets: what would need them
//! gets a letter and a sentence of its own ("..., where A is ..."). Quantities go by their titles, in lower case
//! inside a sentence unless the title holds a proper name.

mod balance;
mod condition;
mod doubt;
mod expression;
mod figure;
mod function;
mod name;
mod rule;
mod sentence;
mod time;
mod title;

pub(crate) use doubt::{disputed_rule, late_rule};
pub(crate) use expression::inside;
pub(crate) use figure::{Origin, label, tidy};
pub(crate) use name::formula_name;
pub(crate) use rule::{Counts, in_force, weight_rule};
pub use title::lower_first;
pub(crate) use title::{count_of, plural_of};

use crate::document::{Text, plain};
use crate::places::Places;
use jcm_model::{Def, Expr, Line, Program};

/// Says the calculations and names of one program.
///
/// Making one costs a walk over the program; make one and keep it where many sentences are needed.
#[derive(Debug, Clone)]
pub struct Wording<'a> {
    pub(crate) program: &'a Program,
    pub(crate) places: Places,
}

impl<'a> Wording<'a> {
    /// The wording of a program.
    pub fn new(program: &'a Program) -> Wording<'a> {
        Wording { program, places: Places::of(program) }
    }

    /// Where a thing stands in the contract, such as `Schedule 6A`; empty for a party or the contract itself.
    pub fn address(&self, def: Def) -> &str {
        self.places.address(def)
    }

    pub(crate) fn title(&self, def: Def) -> &'a str {
        self.program.title(def)
    }

    pub(crate) fn anchor(&self, def: Def) -> String {
        self.places.anchor(def).unwrap_or_default().to_string()
    }
}

/// A calculation as one line of English: `the saving divided by the budget of the Alliance Fund`.
pub fn words(program: &Program, expr: &Expr) -> String {
    plain(&Wording::new(program).words(expr))
}

/// A line as a sentence: `The saving is the budget of the Alliance Fund less the actual cost of the services.`
pub fn line_sentence(program: &Program, line: &Line) -> String {
    plain(&Wording::new(program).line_sentence(line))
}

/// Text in quotation marks.
pub(crate) fn quoted(text: Text) -> Text {
    use crate::document::{Compose, said};
    let mut out = said("“");
    out.add(text).say("”");
    out
}
