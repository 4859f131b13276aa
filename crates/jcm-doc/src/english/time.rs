//! Dates in English: "20 operational days after the date on which it was due".

use super::expression::{Level, Phrase, Speech};
use crate::document::{Compose, said};
use jcm_model::{Expr, ExprKind};
use jcm_quantity::{Base, Exact, Unit};

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

/// A stated length of so many years: `one year`, `a quarter of a year`, `5 months`; nothing where it is another.
pub(super) fn part_of_a_year(years: &Exact, unit: &Unit) -> Option<String> {
    if !matches!(unit.dims(), [(Base::Time(name), 1)] if name == "year") {
        return None;
    }
    let months = years * &Exact::from_int(12);
    let words = match months.text().as_str() {
        "12" => "one year",
        "9" => "three quarters of a year",
        "6" => "half a year",
        "3" => "a quarter of a year",
        "1" => "one month",
        few if months < Exact::from_int(12) && months.is_positive() && months.is_integer() => {
            return Some(format!("{few} months"));
        }
        _ => return None,
    };
    Some(words.to_string())
}
