//! Operators by precedence climbing.

use super::operand;
use super::over_all;
use super::problem::{missing_amount, problem};
use super::{BinaryOp, Expr, ExprKind, ExprProblem, Reader, UnaryOp};
use crate::ast::{Operator, Word};
use jcm_source::Span;
use std::cell::Cell;

/// How many operators, operands and cases one value may have.
const MOST_PARTS: u32 = 400;

/// How deeply operators may be nested to the right: what bounds the reader's own recursion.
const DEEPEST: u32 = 200;

/// What one value may still use, with everything in its brackets.
pub(super) struct Budget {
    parts: Cell<u32>,
    depth: Cell<u32>,
}

impl Budget {
    pub(super) fn new() -> Self {
        Self { parts: Cell::new(MOST_PARTS), depth: Cell::new(DEEPEST) }
    }

    /// Takes one part, or says that the formula is too long.
    pub(super) fn spend(&self, at: Span) -> Result<(), ExprProblem> {
        take(&self.parts).ok_or_else(|| too_long(at))
    }

    /// Runs one level deeper.
    fn nested<T>(&self, at: Span, read: impl FnOnce() -> Result<T, ExprProblem>) -> Result<T, ExprProblem> {
        take(&self.depth).ok_or_else(|| too_long(at))?;
        let outcome = read();
        self.depth.set(self.depth.get() + 1);
        outcome
    }
}

fn take(from: &Cell<u32>) -> Option<()> {
    from.set(from.get().checked_sub(1)?);
    Some(())
}

fn too_long(at: Span) -> ExprProblem {
    problem(at, "this formula is too long to be read", "this part is one too many")
        .with_help("Give a part of it a name on a line of its own, and use the name.")
}

/// How tightly an operator binds, from the loosest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Tightness {
    Or,
    And,
    Not,
    Comparison,
    Sum,
    Product,
    OverAll,
    Of,
    For,
    In,
    Minus,
}

/// Reads operators and operands from a phrase.
pub(super) struct Climb<'a, 'b> {
    pub(super) reader: Reader<'a>,
    pub(super) budget: &'b Budget,
}

impl<'a, 'b> Climb<'a, 'b> {
    pub(super) fn new(reader: Reader<'a>, budget: &'b Budget) -> Self {
        Self { reader, budget }
    }

    /// An expression of any operators; `before` is the word or sign that stands before it.
    pub(super) fn expression(&mut self, before: &'static str) -> Result<Expr, ExprProblem> {
        self.climb(Tightness::Or, before)
    }

    /// An expression that ends before `or`.
    pub(super) fn tight(&mut self, before: &'static str) -> Result<Expr, ExprProblem> {
        self.climb(Tightness::And, before)
    }

    fn climb(&mut self, loosest: Tightness, before: &'static str) -> Result<Expr, ExprProblem> {
        let at = self.reader.span_here();
        let budget = self.budget;
        budget.nested(at, || self.climb_one_level(loosest, before))
    }

    fn climb_one_level(&mut self, loosest: Tightness, before: &'static str) -> Result<Expr, ExprProblem> {
        let mut left = self.prefix(before)?;
        loop {
            if Tightness::OverAll >= loosest && over_all::is_next(&self.reader) {
                left = over_all::read(self, left)?;
                continue;
            }
            let Some((op, words)) = self.infix().filter(|(op, _)| tightness(*op) >= loosest) else { break };
            let at = self.reader.span_here();
            self.budget.spend(at)?;
            for _ in 0..words {
                self.reader.next();
            }
            let level = tightness(op);
            let right = self.climb(right_side(level), symbol(op))?;
            if op == BinaryOp::Or && self.reader.words(&[Word::If, Word::Missing]) {
                let span = left.span.to(right.span);
                left = Expr {
                    kind: ExprKind::IfMissing { value: Box::new(left), default: Box::new(right) },
                    span,
                };
                continue;
            }
            let span = left.span.to(right.span);
            left = Expr { kind: ExprKind::Binary { op, left: Box::new(left), right: Box::new(right) }, span };
            if level == Tightness::Comparison {
                self.refuse_second_comparison()?;
            }
        }
        Ok(left)
    }

    fn prefix(&mut self, before: &'static str) -> Result<Expr, ExprProblem> {
        let start = self.reader.span_here();
        let (op, level) = if self.reader.operator(Operator::Minus) {
            (UnaryOp::Minus, Tightness::Minus)
        } else if self.reader.rest().len() > 1 && self.reader.word(Word::Not) {
            (UnaryOp::Not, Tightness::Comparison)
        } else if self.reader.is_empty() {
            return Err(missing_amount(start, before));
        } else {
            return operand::read(self);
        };
        self.budget.spend(start)?;
        let arg = self
            .climb(level, if op == UnaryOp::Minus { Operator::Minus.symbol() } else { Word::Not.word() })?;
        let span = start.to(arg.span);
        Ok(Expr { kind: ExprKind::Unary { op, arg: Box::new(arg) }, span })
    }

    /// The operator that comes next and of how many terms it is.
    fn infix(&self) -> Option<(BinaryOp, usize)> {
        let term = self.reader.peek()?;
        if let Some(operator) = term.operator() {
            return Some((of_operator(operator)?, 1));
        }
        Some(match term.word()? {
            Word::Or => (BinaryOp::Or, 1),
            Word::And => (BinaryOp::And, 1),
            Word::Of => (BinaryOp::Of, 1),
            Word::For => (BinaryOp::For, 1),
            Word::In => (BinaryOp::In, 1),
            Word::Is => self.comparison_in_words(),
            _ => return None,
        })
    }

    fn comparison_in_words(&self) -> (BinaryOp, usize) {
        let mut ahead = self.reader.clone();
        ahead.next();
        let forms: [(&[Word], BinaryOp); 7] = [
            (&[Word::After], BinaryOp::Greater),
            (&[Word::Before], BinaryOp::Less),
            (&[Word::At, Word::Least], BinaryOp::GreaterOrEqual),
            (&[Word::At, Word::Most], BinaryOp::LessOrEqual),
            (&[Word::More, Word::Than], BinaryOp::Greater),
            (&[Word::Less, Word::Than], BinaryOp::Less),
            (&[Word::Not], BinaryOp::NotEqual),
        ];
        let found = forms.iter().find(|(words, _)| ahead.clone().words(words));
        found.map_or((BinaryOp::Equal, 1), |(words, op)| (*op, words.len() + 1))
    }

    fn refuse_second_comparison(&self) -> Result<(), ExprProblem> {
        match self.infix() {
            Some((op, _)) if tightness(op) == Tightness::Comparison => Err(problem(
                self.reader.span_here(),
                "two comparisons stand in a row",
                "compare two amounts at a time",
            )
            .with_help("Join them with `and`: `a < b and b < c`.")),
            _ => Ok(()),
        }
    }
}

fn of_operator(operator: Operator) -> Option<BinaryOp> {
    Some(match operator {
        Operator::Plus => BinaryOp::Add,
        Operator::Minus => BinaryOp::Subtract,
        Operator::Times => BinaryOp::Multiply,
        Operator::Divide => BinaryOp::Divide,
        Operator::Equal => BinaryOp::Equal,
        Operator::NotEqual => BinaryOp::NotEqual,
        Operator::Less => BinaryOp::Less,
        Operator::LessOrEqual => BinaryOp::LessOrEqual,
        Operator::Greater => BinaryOp::Greater,
        Operator::GreaterOrEqual => BinaryOp::GreaterOrEqual,
        Operator::Tilde | Operator::Colon => return None,
    })
}

fn tightness(op: BinaryOp) -> Tightness {
    match op {
        BinaryOp::Or => Tightness::Or,
        BinaryOp::And => Tightness::And,
        BinaryOp::Equal
        | BinaryOp::NotEqual
        | BinaryOp::Less
        | BinaryOp::LessOrEqual
        | BinaryOp::Greater
        | BinaryOp::GreaterOrEqual => Tightness::Comparison,
        BinaryOp::Add | BinaryOp::Subtract => Tightness::Sum,
        BinaryOp::Multiply | BinaryOp::Divide => Tightness::Product,
        BinaryOp::Of => Tightness::Of,
        BinaryOp::For => Tightness::For,
        BinaryOp::In => Tightness::In,
    }
}

/// The loosest operator that the right side may have: `of` groups to the right, all others to the left.
fn right_side(level: Tightness) -> Tightness {
    match level {
        Tightness::Or => Tightness::And,
        Tightness::And => Tightness::Not,
        Tightness::Not | Tightness::Comparison => Tightness::Sum,
        Tightness::Sum => Tightness::Product,
        Tightness::Product => Tightness::OverAll,
        Tightness::OverAll | Tightness::Of => Tightness::Of,
        Tightness::For => Tightness::In,
        Tightness::In | Tightness::Minus => Tightness::Minus,
    }
}

fn symbol(op: BinaryOp) -> &'static str {
    match op {
        BinaryOp::Add => Operator::Plus.symbol(),
        BinaryOp::Subtract => Operator::Minus.symbol(),
        BinaryOp::Multiply => Operator::Times.symbol(),
        BinaryOp::Divide => Operator::Divide.symbol(),
        BinaryOp::Equal => Operator::Equal.symbol(),
        BinaryOp::NotEqual => Operator::NotEqual.symbol(),
        BinaryOp::Less => Operator::Less.symbol(),
        BinaryOp::LessOrEqual => Operator::LessOrEqual.symbol(),
        BinaryOp::Greater => Operator::Greater.symbol(),
        BinaryOp::GreaterOrEqual => Operator::GreaterOrEqual.symbol(),
        BinaryOp::Of => Word::Of.word(),
        BinaryOp::For => Word::For.word(),
        BinaryOp::In => Word::In.word(),
        BinaryOp::And => Word::And.word(),
        BinaryOp::Or => Word::Or.word(),
    }
}
