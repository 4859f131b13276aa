//! What becomes of a figure after it was drawn: `rising 2% per year`, `effect of -8% to -2% after 6 to 24 months`,
//! `shock hard_winter of 5% to 12% in 10% of periods`, `missing in 3% of periods`, `disputed by 4% in 5% of periods`.

use super::chances::chance;
use super::distribution::Part;
use crate::problems::{OutOfRange, Shape as BadShape};
use jcm_model::{Change, Expr, ExprKind, Figure, Size};
use jcm_quantity::{Exact, Unit, show};
use jcm_source::Span;
use jcm_syntax::ast::{Phrase, Term, Word};
use jcm_syntax::expression::Reader;

/// How a trend is written, and so on for the others.
const TREND: &str = "rising 2% per year";
const EFFECT: &str = "effect of -8% likely -5% to -2% after 6 to 24 months";
const SHOCK: &str = "shock hard_winter of 5% to 12% in 10% of periods";
const MISSING: &str = "missing in 3% of periods";
const DISPUTED: &str = "disputed by -4% to 4% in 5% of periods";

impl Part<'_, '_> {
    /// The change that a phrase says; `Some(None)` where it says something else.
    pub(super) fn change(&mut self, phrase: &Phrase) -> Option<Option<Change>> {
        let mut reader = Reader::new(phrase);
        let change = if reader.spelled("rising") {
            self.trend(reader, phrase, false)
        } else if reader.spelled("falling") {
            self.trend(reader, phrase, true)
        } else if reader.spelled("effect") {
            self.effect(reader, phrase)
        } else if reader.spelled("shock") {
            self.shock(reader, phrase)
        } else if reader.word(Word::Missing) {
            let chance = self.in_periods(reader, phrase, MISSING)?;
            Some(Change::Missing { chance, span: phrase.span })
        } else if reader.spelled("disputed") {
            self.disputed(reader, phrase)
        } else {
            return Some(None);
        };
        change.map(Some)
    }

    fn trend(&mut self, mut reader: Reader<'_>, phrase: &Phrase, falls: bool) -> Option<Change> {
        let terms = reader.until(&[Word::Per]);
        if !reader.word(Word::Per) || !reader.spelled("year") || !reader.is_empty() {
            return self.unlike(phrase.span, TREND);
        }
        let mut by = self.size(terms, phrase, TREND)?;
        if by.most.is_some() {
            return self.unlike(phrase.span, TREND);
        }
        if falls {
            by.least = Expr {
                ty: by.least.ty.clone(),
                span: by.least.span,
                kind: ExprKind::Negate(Box::new(by.least)),
            };
        }
        Some(Change::Trend { by })
    }

    fn effect(&mut self, mut reader: Reader<'_>, phrase: &Phrase) -> Option<Change> {
        let name = event(&mut reader);
        if !reader.word(Word::Of) {
            return self.unlike(phrase.span, EFFECT);
        }
        let by = reader.until(&[Word::After]);
        let by = self.size(by, phrase, EFFECT)?;
        let after = match reader.word(Word::After) {
            true => self.months(reader, phrase)?,
            false => (Exact::zero(), None, Exact::zero()),
        };
        Some(Change::Effect { name, by, after })
    }

    /// `9 months`, `6 to 24 months`, `6 likely 9 to 24 months`
    fn months(&mut self, mut reader: Reader<'_>, phrase: &Phrase) -> Option<(Exact, Option<Exact>, Exact)> {
        let span = reader.span_here();
        let mut figures = Vec::new();
        for word in [Some(Word::Likely), Some(Word::To), None] {
            let Some(number) = reader.number().and_then(Exact::parse) else {
                return self.unlike(phrase.span, EFFECT);
            };
            figures.push(number);
            match word {
                Some(word) if reader.word(word) => {}
                // Without a likeliest number, `to` follows the first.
                Some(Word::Likely) if reader.word(Word::To) => {
                    let Some(number) = reader.number().and_then(Exact::parse) else {
                        return self.unlike(phrase.span, EFFECT);
                    };
                    figures.push(number);
                    break;
                }
                _ => break,
            }
        }
        if !reader.spelled("months") && !reader.spelled("month") || !reader.is_empty() {
            return self.unlike(phrase.span, EFFECT);
        }
        let rises = figures.windows(2).all(|pair| pair.first() <= pair.last());
        match figures.as_slice() {
            [one] => Some((one.clone(), None, one.clone())),
            [least, most] if rises && least != most => Some((least.clone(), None, most.clone())),
            [least, likely, most] if rises && least != most => {
                Some((least.clone(), Some(likely.clone()), most.clone()))
            }
            _ => {
                let shown: Vec<String> = figures.iter().map(|one| show(one, &Unit::none())).collect();
                self.cx.report(OutOfRange {
                    what: "the beginning of this effect".to_owned(),
                    span,
                    value: shown.join(", "),
                    range: "rising numbers of months".to_owned(),
                })
            }
        }
    }

    fn shock(&mut self, mut reader: Reader<'_>, phrase: &Phrase) -> Option<Change> {
        let name = event(&mut reader);
        if !reader.word(Word::Of) {
            return self.unlike(phrase.span, SHOCK);
        }
        let by = reader.until(&[Word::In]);
        let by = self.size(by, phrase, SHOCK)?;
        let chance = self.in_periods(reader, phrase, SHOCK)?;
        Some(Change::Shock { name, by, chance })
    }

    fn disputed(&mut self, mut reader: Reader<'_>, phrase: &Phrase) -> Option<Change> {
        if !reader.word(Word::By) {
            return self.unlike(phrase.span, DISPUTED);
        }
        let by = reader.until(&[Word::In]);
        let by = self.size(by, phrase, DISPUTED)?;
        let chance = self.in_periods(reader, phrase, DISPUTED)?;
        Some(Change::Disputed { by, chance, span: phrase.span })
    }

    /// `in 3% of periods`
    fn in_periods(&mut self, mut reader: Reader<'_>, phrase: &Phrase, example: &str) -> Option<Exact> {
        if !reader.word(Word::In) {
            return self.unlike(phrase.span, example);
        }
        let terms = reader.until(&[Word::Of]);
        if terms.is_empty() || !reader.word(Word::Of) || !reader.spelled("periods") || !reader.is_empty() {
            return self.unlike(phrase.span, example);
        }
        chance(self.cx, terms)
    }

    /// `8%`, `5% to 12%` or `5% likely 8% to 12%`: all of them shares of the figure, or all in its unit.
    fn size(&mut self, terms: &[Term], phrase: &Phrase, example: &str) -> Option<Size> {
        let mut reader = Reader::over(terms, phrase.span.after());
        let least = reader.until(&[Word::Likely, Word::To]);
        let likely = reader.word(Word::Likely).then(|| reader.until(&[Word::To]));
        let most = reader.word(Word::To).then(|| reader.rest());
        let figures = [Some(least), likely, most];
        if figures.iter().flatten().any(|terms| terms.is_empty()) || likely.is_some() && most.is_none() {
            return self.unlike(phrase.span, example);
        }
        let mut read = Vec::new();
        for terms in figures.into_iter().flatten() {
            read.push(self.expression(Figure::Sd, terms)?);
        }
        let of_figure = read.iter().all(|(figure, _)| *figure == Figure::SdOfMean);
        if !of_figure && read.iter().any(|(figure, _)| *figure == Figure::SdOfMean) {
            return self.unlike(phrase.span, example);
        }
        let mut read = read.into_iter().map(|(_, expr)| expr);
        let least = read.next()?;
        let likely = if likely.is_some() { read.next() } else { None };
        Some(Size { least, likely, most: read.next(), of_figure })
    }

    fn unlike<T>(&mut self, span: Span, example: &str) -> Option<T> {
        if let Some(problem) = crate::fields::comma_for_point(self.cx, &self.member.value) {
            return self.cx.report(problem);
        }
        self.cx.report(BadShape {
            what: "this part of the `vary`".to_owned(),
            span,
            expected: format!("`{example}`, with figures of your own"),
            example: example.to_owned(),
        })
    }
}

/// The name before `of`, if there is one.
fn event(reader: &mut Reader<'_>) -> Option<String> {
    if reader.peek_word() == Some(Word::Of) {
        return None;
    }
    reader.name().map(|name| name.text.clone())
}
