//! Values: an amount with its cases and with what the phrases after it do to it.

use super::cases;
use super::from_elsewhere;
use super::precedence::{Budget, Climb};
use super::problem::{left_over, missing_otherwise, nothing, problem};
use super::{Expr, ExprKind, ExprProblem, Reader};
use crate::ast::{Phrase, Term, TermKind, Word};
use jcm_source::{FileId, Span};

/// Reads phrases strictly left to right.
pub(super) fn read(phrases: &[Phrase], budget: &Budget) -> Result<Expr, ExprProblem> {
    let Some(last) = phrases.last() else { return Err(nothing(nowhere())) };
    let mut value = Value::default();
    let (cases, phrases) = cases::read(phrases, budget)?;
    value.amount = cases;
    for phrase in phrases {
        value.phrase(&mut Climb::new(Reader::new(phrase), budget))?;
    }
    value.finish(last.span.after())
}

/// Reads the terms of one phrase.
pub(super) fn read_one(terms: &[Term], budget: &Budget) -> Result<Expr, ExprProblem> {
    let Some(last) = terms.last() else { return Err(nothing(nowhere())) };
    let end = last.span.after();
    let mut value = Value::default();
    value.phrase(&mut Climb::new(Reader::over(terms, end), budget))?;
    value.finish(end)
}

/// Whether phrases in brackets are one value with its cases and limits, not a list.
pub(super) fn is_one_value(phrases: &[Phrase]) -> bool {
    let has_case = |phrase: &Phrase| phrase.terms.iter().any(|term| term.word() == Some(Word::When));
    let modifies = |phrase: &Phrase| {
        let mut reader = Reader::new(phrase);
        reader.words(&[Word::At, Word::Least])
            || reader.words(&[Word::At, Word::Most])
            || matches!(reader.peek_word(), Some(Word::Otherwise | Word::Rounded))
            || (reader.word(Word::Or) && ends_in_if_missing(reader.rest()))
    };
    phrases.len() == 1 || phrases.iter().any(has_case) || phrases.iter().skip(1).any(modifies)
}

fn ends_in_if_missing(terms: &[Term]) -> bool {
    let words: Vec<Option<Word>> = terms.iter().rev().take(2).map(Term::word).collect();
    words == [Some(Word::Missing), Some(Word::If)]
}

/// What has no place of its own is blamed on the start of file 0.
fn nowhere() -> Span {
    Span::new(FileId(0), 0, 0)
}

/// What has been read: cases that wait for their `otherwise`, or an amount.
#[derive(Default)]
struct Value {
    cases: Vec<(Expr, Expr)>,
    amount: Option<Expr>,
}

impl Value {
    fn phrase(&mut self, climb: &mut Climb<'_, '_>) -> Result<(), ExprProblem> {
        let first = climb.reader.peek().map(|term| term.span);
        while let Some(term) = climb.reader.peek() {
            let in_condition = self.amount.is_none() && !self.cases.is_empty() && Some(term.span) != first;
            if in_condition && let Some(problem) = from_elsewhere::compare(climb.reader.rest()) {
                return Err(problem);
            }
            self.step(climb, term)?;
        }
        Ok(())
    }

    fn step(&mut self, climb: &mut Climb<'_, '_>, term: &Term) -> Result<(), ExprProblem> {
        climb.budget.spend(term.span)?;
        if climb.reader.word(Word::Otherwise) {
            return self.otherwise(climb, term.span);
        }
        if let Some(amount) = self.amount.take() {
            self.amount = self.modify(climb, amount, term)?;
            return Ok(());
        }
        if !self.cases.is_empty() && (starts_limit(climb) || climb.reader.peek_word() == Some(Word::Rounded))
        {
            return Err(missing_otherwise(term.span)
                .with_help("Inside a condition, write `is at least` or `>=` to compare."));
        }
        self.amount = Some(climb.expression(",")?);
        Ok(())
    }

    /// What a word after a complete amount does to it; nothing is left of the amount where it became a case.
    fn modify(
        &mut self,
        climb: &mut Climb<'_, '_>,
        amount: Expr,
        term: &Term,
    ) -> Result<Option<Expr>, ExprProblem> {
        if let Some(problem) = self.said_otherwise(&amount, climb) {
            return Err(problem);
        }
        if climb.reader.word(Word::When) {
            let condition = climb.expression("when")?;
            self.cases.push((amount, condition));
            return Ok(None);
        }
        if let (Some((case, _)), true) = (self.cases.first(), !climb.reader.is_empty()) {
            let span = Span::new(case.span.file, amount.span.start, amount.span.start);
            return Err(missing_otherwise(span));
        }
        let value = Box::new(amount);
        let kind = if climb.reader.words(&[Word::At, Word::Least]) {
            ExprKind::AtLeast { value, limit: Box::new(climb.expression("at least")?) }
        } else if climb.reader.words(&[Word::At, Word::Most]) {
            ExprKind::AtMost { value, limit: Box::new(climb.expression("at most")?) }
        } else if climb.reader.word(Word::Rounded) {
            let mode =
                if climb.reader.peek_word() == Some(Word::To) { None } else { climb.reader.name().cloned() };
            if !climb.reader.word(Word::To) {
                return Err(problem(
                    climb.reader.span_here(),
                    "`rounded` does not say to what",
                    "`to` and a grain belong here",
                )
                .with_help("Write, for example, `rounded half_even to £0.01`."));
            }
            ExprKind::Rounded { value, mode, grain: Box::new(climb.expression("to")?) }
        } else if climb.reader.word(Word::Or) {
            let default = climb.tight("or")?;
            if !climb.reader.words(&[Word::If, Word::Missing]) {
                return Err(problem(
                    climb.reader.span_here(),
                    "`or` does not say when",
                    "`if missing` belongs here",
                ));
            }
            ExprKind::IfMissing { value, default: Box::new(default) }
        } else {
            return Err(
                from_elsewhere::read(&value, term, climb.reader.rest()).unwrap_or_else(|| two_amounts(term))
            );
        };
        let span = outer(&kind);
        Ok(Some(Expr { kind, span }))
    }

    /// `else` in the place of `otherwise`, read as the name of an amount.
    fn said_otherwise(&self, amount: &Expr, climb: &Climb<'_, '_>) -> Option<ExprProblem> {
        let (_, condition) = self.cases.last()?;
        from_elsewhere::said_otherwise(amount, climb.reader.peek_word() == Some(Word::When))
            .or_else(|| from_elsewhere::or_else(condition))
    }

    fn otherwise(&mut self, climb: &mut Climb<'_, '_>, at: Span) -> Result<(), ExprProblem> {
        if self.cases.is_empty() || self.amount.is_some() {
            return Err(problem(at, "`otherwise` follows no `when`", "there is no condition before this")
                .with_help("Write the condition first: `saving when saving > £0, otherwise £0`."));
        }
        let otherwise = climb.expression("otherwise")?;
        let cases = std::mem::take(&mut self.cases);
        let span = cases.first().map_or(otherwise.span, |(first, _)| first.span.to(otherwise.span));
        self.amount =
            Some(Expr { kind: ExprKind::When { cases, otherwise: Some(Box::new(otherwise)) }, span });
        Ok(())
    }

    fn finish(self, end: Span) -> Result<Expr, ExprProblem> {
        match (self.amount, self.cases.last()) {
            (Some(amount), None) => Ok(amount),
            (Some(amount), Some((_, condition))) => {
                if let Some(problem) = from_elsewhere::or_else(condition) {
                    return Err(problem);
                }
                let at = Span::new(amount.span.file, amount.span.start, amount.span.start);
                Err(missing_otherwise(at))
            }
            (None, Some((_, condition))) => Err(missing_otherwise(condition.span.after())),
            (None, None) => Err(nothing(end)),
        }
    }
}

fn starts_limit(climb: &Climb<'_, '_>) -> bool {
    let mut ahead = climb.reader.clone();
    ahead.words(&[Word::At, Word::Least]) || ahead.words(&[Word::At, Word::Most])
}

fn two_amounts(term: &Term) -> ExprProblem {
    let problem = left_over(term);
    if matches!(term.kind, TermKind::Group(_)) || term.word().is_some() || term.operator().is_some() {
        return problem;
    }
    match term.name() {
        Some(name) => problem.with_help(format!(
            "Join the words of one name with `_`, write a number in digits, or put a sign such as `*` before `{}`.",
            name.text
        )),
        None => problem.with_help("Write `when` and a condition after each amount if these are cases."),
    }
}

/// The span of a modified value: from the value to the last part.
fn outer(kind: &ExprKind) -> Span {
    let (value, last) = match kind {
        ExprKind::AtLeast { value, limit } | ExprKind::AtMost { value, limit } => (value, limit),
        ExprKind::Rounded { value, grain, .. } => (value, grain),
        ExprKind::IfMissing { value, default } => (value, default),
        _ => return nowhere(),
    };
    value.span.to(last.span)
}
