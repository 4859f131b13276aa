//! Functions in English: "the natural logarithm (to 10 decimals) of the odds", "the median, over all cases, of the rate".

use super::expression::{Level, Phrase, Speech};
use crate::document::{Compose, Text, joined, plain, said};
use jcm_model::{Expr, ExprKind};

impl<'w> Speech<'w, '_> {
    /// A function; anything else gets a letter and is said on its own.
    pub(super) fn function(&mut self, expr: &'w Expr) -> Phrase {
        match &expr.kind {
            ExprKind::RoundToFigures { value, mode, figures } => {
                self.rounded_to_figures(value, mode.words(), *figures)
            }
            ExprKind::Irrational { function, value, decimals } => {
                let mut text = said(&format!("{} (to {decimals} decimals) of ", function.words()));
                text.add(self.within(value, Level::Open).text);
                Phrase::at(Level::Open, text)
            }
            ExprKind::Power { value, exponent } => {
                let mut text = self.within(value, Level::Closed).text;
                text.say(&match exponent {
                    2 => " squared".to_string(),
                    3 => " cubed".to_string(),
                    _ => format!(" to the power of {exponent}"),
                });
                Phrase::at(Level::Product, text)
            }
            ExprKind::Statistic { statistic, values } => {
                let words = format!("{} of ", statistic.words());
                self.extreme(values, &words, &words)
            }
            ExprKind::WeightedMean(parts) => self.weighted_mean(parts),
            ExprKind::OverAll { function, value, same } => {
                let mut text = said(&function.words());
                text.add(self.over_all_cases(same.as_deref())).say("of ");
                text.add(self.within(value, Level::Product).text);
                Phrase::at(Level::Open, text)
            }
            ExprKind::CountOfCases { condition, same } => {
                let mut text = said("the number");
                text.add(self.over_all_cases(same.as_deref())).say("of those where ");
                text.add(self.condition(condition));
                Phrase::at(Level::Broken, text)
            }
            ExprKind::SumOfRows(value) => {
                let each = self.wording.row_noun_in(value);
                let mut text = said("the sum, over every ");
                text.say(&each).say(", of ").add(self.within(value, Level::Product).text);
                Phrase::at(Level::Open, text)
            }
            ExprKind::StatisticOfRows { statistic, value } => {
                let each = self.wording.row_noun_in(value);
                let mut text = said(&format!("{}, over every {each}, of ", statistic.words()));
                text.add(self.within(value, Level::Product).text);
                Phrase::at(Level::Open, text)
            }
            ExprKind::CountOfRows(condition) => {
                let mut text = said("the number of ");
                text.say(&super::plural_of(&self.wording.row_noun_in(condition))).say(" where ");
                text.add(self.condition(condition));
                Phrase::at(Level::Broken, text)
            }
            _ => self.lettered(expr),
        }
    }

    fn rounded_to_figures(&mut self, value: &'w Expr, mode: &str, figures: u32) -> Phrase {
        let value = self.within(value, Level::Broken);
        let joint = if value.level > Level::Product { ", all rounded" } else { ", rounded" };
        let plural = value.plural;
        let mut text = value.text;
        text.say(&format!("{joint} to {figures} significant figures ({mode})"));
        Phrase { plural, ..Phrase::at(Level::Clause, text) }
    }

    /// "the mean of A, weighted by B, and C, weighted by D".
    fn weighted_mean(&mut self, parts: &'w [(Expr, Expr)]) -> Phrase {
        let said_parts = parts.iter().map(|(value, weight)| {
            let mut text = self.within(value, Level::Closed).text;
            text.say(" (weighted by ").add(self.within(weight, Level::Open).text).say(")");
            text
        });
        let said_parts = said_parts.collect();
        let mut text = said("the weighted mean of ");
        text.add(joined(said_parts, " and "));
        Phrase::at(Level::Open, text)
    }

    /// ", over all cases with the same peer group, ".
    fn over_all_cases(&mut self, same: Option<&'w Expr>) -> Text {
        let mut text = said(", over all cases");
        if let Some(same) = same {
            let name = self.within(same, Level::Closed).text;
            let plain = plain(&name);
            text.say(" with the same ").say(plain.strip_prefix("the ").unwrap_or(&plain));
        }
        text.say(", ");
        text
    }
}
