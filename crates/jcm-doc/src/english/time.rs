//! Dates in English: "20 operational days after the date on which it was due".

use super::expression::{Level, Phrase, Speech};
use crate::document::{Compose, said};
use jcm_model::{Expr, ExprKind};

impl<'w> Speech<'w, '_> {
    /// A date that is moved or marked, or the days between two; anything else gets a letter and is said on its own.
    pub(super) fn dates(&mut self, expr: &'w Expr) -> Phrase {
        match &expr.kind {
            ExprKind::MoveDate { date, by, earlier, .. } => {
                let by = self.within(by, Level::Product);
                let mut text = by.text;
                text.say(if *earlier { " before " } else { " after " });
                text.add(self.within(date, Level::Open).text);
                Phrase::at(Level::Open, text)
            }
            ExprKind::CountBetween { from, to, count } => {
                let mut text = said(&format!("the {} from ", count.words()));
                text.add(self.within(from, Level::Open).text).say(" to ");
                text.add(self.within(to, Level::Open).text);
                Phrase { plural: true, ..Phrase::at(Level::Open, text) }
            }
            ExprKind::MarkDate { date, mark } => {
                let mut text = said(mark.words());
                text.say(" ").add(self.within(date, Level::Open).text);
                Phrase::at(Level::Open, text)
            }
            _ => self.lettered(expr),
        }
    }
}
