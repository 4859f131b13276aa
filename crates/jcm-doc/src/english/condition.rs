//! Conditions in English: "the saving as a share, ignoring its sign, is 2% or more".

use super::expression::{Level, Phrase, Speech};
use super::quoted;
use crate::document::{Compose, Text, joined, said};
use jcm_model::{Comparison, Constant, Expr, ExprKind, Ty};

impl<'w> Speech<'w, '_> {
    /// A condition, to stand after "where".
    pub(crate) fn condition(&mut self, expr: &'w Expr) -> Text {
        match &expr.kind {
            ExprKind::Compare { op, left, right } => self.comparison(*op, left, right),
            ExprKind::And(..) => self.several(expr, true),
            ExprKind::Or(..) => self.several(expr, false),
            ExprKind::Not(inner) if is_answer(inner) => self.answer(inner, "no"),
            ExprKind::Not(inner) => match &inner.kind {
                ExprKind::IsMissing(value) => self.known(value, "known"),
                _ => {
                    let mut text = said("it is not the case that ");
                    text.add(self.condition(inner));
                    text
                }
            },
            ExprKind::At(occasion) => said(self.wording.occasion(*occasion)),
            ExprKind::IsMissing(value) => self.known(value, "not known"),
            ExprKind::Constant(Constant::Truth(true)) => said("every case is met"),
            ExprKind::Constant(_) => said("no case is met"),
            _ => self.answer(expr, "yes"),
        }
    }

    fn comparison(&mut self, op: Comparison, left: &'w Expr, right: &'w Expr) -> Text {
        let mut text;
        let subject = match &left.kind {
            ExprKind::Absolute(value) => {
                let subject = self.within(value, Level::Sum);
                text = subject.text.clone();
                text.say(if subject.plural { ", ignoring their sign," } else { ", ignoring its sign," });
                subject
            }
            _ => {
                let subject = self.within(left, Level::Sum);
                text = subject.text.clone();
                subject
            }
        };
        text.say(subject.verb());
        let stated = matches!(right.kind, ExprKind::Constant(Constant::Number(_)));
        let object = self.within(right, Level::Sum).text;
        let date = right.ty == Ty::Date;
        let (before, after) = match op {
            Comparison::Less if date => ("before ", ""),
            Comparison::LessOrEqual if date => ("on or before ", ""),
            Comparison::Greater if date => ("after ", ""),
            Comparison::GreaterOrEqual if date => ("on or after ", ""),
            Comparison::Equal if stated => ("exactly ", ""),
            Comparison::Equal if right.ty.unit().is_some() => ("equal to ", ""),
            Comparison::Equal => ("", ""),
            Comparison::NotEqual if right.ty.unit().is_some() => ("other than ", ""),
            Comparison::NotEqual => ("not ", ""),
            Comparison::Less => ("less than ", ""),
            Comparison::LessOrEqual if stated => ("", " or less"),
            Comparison::LessOrEqual => ("no more than ", ""),
            Comparison::Greater => ("more than ", ""),
            Comparison::GreaterOrEqual if stated => ("", " or more"),
            Comparison::GreaterOrEqual => ("no less than ", ""),
        };
        text.say(before).add(object).say(after);
        text
    }

    /// Conditions joined by "and" or "or"; joined ones inside others are bracketed by "both" and "either".
    fn several(&mut self, expr: &'w Expr, all: bool) -> Text {
        let mut parts = Vec::new();
        let mut rest = expr;
        loop {
            match &rest.kind {
                ExprKind::And(left, right) if all => {
                    parts.push(&**right);
                    rest = left;
                }
                ExprKind::Or(left, right) if !all => {
                    parts.push(&**right);
                    rest = left;
                }
                _ => break,
            }
        }
        parts.push(rest);
        parts.reverse();
        let nested = parts.iter().any(|part| matches!(part.kind, ExprKind::And(..) | ExprKind::Or(..)));
        let texts = parts.into_iter().map(|part| self.joined_condition(part)).collect();
        // A comma closes what "both" and "either" have opened.
        let joint = match (all, nested) {
            (true, false) => " and ",
            (true, true) => ", and ",
            (false, false) => " or ",
            (false, true) => ", or ",
        };
        joined(texts, joint)
    }

    fn joined_condition(&mut self, part: &'w Expr) -> Text {
        let bracket = match &part.kind {
            ExprKind::And(..) => "both ",
            ExprKind::Or(..) => "either ",
            _ => "",
        };
        if bracket.is_empty() {
            return self.condition(part);
        }
        // A condition joined of joined ones holds only two levels by ear; deeper ones get a letter.
        let mut text = said(bracket);
        let inner = match &part.kind {
            ExprKind::And(left, right) | ExprKind::Or(left, right) => [&**left, &**right],
            _ => [part, part],
        };
        let joint = if bracket == "both " { " and " } else { " or " };
        let texts = inner.map(|side| match &side.kind {
            ExprKind::And(..) | ExprKind::Or(..) => {
                let mut text = said("condition ");
                text.add(self.lettered(side).text).say(" is met");
                text
            }
            _ => self.condition(side),
        });
        text.add(joined(texts.to_vec(), joint));
        text
    }

    fn known(&mut self, value: &'w Expr, word: &str) -> Text {
        let value = self.within(value, Level::Sum);
        let verb = value.verb();
        let mut text = value.text;
        text.say(verb).say(word);
        text
    }

    /// A line or an input of yes or no.
    fn answer(&mut self, expr: &'w Expr, yes: &str) -> Text {
        let name = match &expr.kind {
            ExprKind::Line(id) => self.titled(jcm_model::Def::Line(*id)),
            ExprKind::Input(id) => self.titled(jcm_model::Def::Input(*id)),
            ExprKind::Parameter { .. } => {
                let mut text = self.within(expr, Level::Open).text;
                text.say(" is “").say(yes).say("”");
                return text;
            }
            _ => self.within(expr, Level::Closed),
        };
        let mut text = said("the answer to ");
        text.add(name.text).say(" is ").say(yes);
        text
    }

    pub(crate) fn titled(&self, def: jcm_model::Def) -> Phrase {
        Phrase::closed(quoted(self.wording.link(def, self.wording.title(def))))
    }
}

fn is_answer(expr: &Expr) -> bool {
    matches!(
        expr.kind,
        ExprKind::Line(_)
            | ExprKind::Input(_)
            | ExprKind::Parameter { .. }
            | ExprKind::When { .. }
            | ExprKind::Cases { .. }
    )
}

/// Whether an expression is a condition of its own, and not the name of one.
pub(crate) fn is_condition(expr: &Expr) -> bool {
    matches!(
        expr.kind,
        ExprKind::Compare { .. }
            | ExprKind::And(..)
            | ExprKind::Or(..)
            | ExprKind::Not(_)
            | ExprKind::IsMissing(_)
            | ExprKind::At(_)
    )
}
