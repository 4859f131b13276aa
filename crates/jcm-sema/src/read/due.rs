//! Deadlines that follow from the contract alone: `within 20 operational days after each quarter`, `by 31 May each
//! financial_year`, `on the first operational day of each month`.
//!
//! A deadline may be said in any words and is printed as it stands. Those of these forms have dates as well; every
//! other depends on something that happens, and nothing is guessed of it.

use crate::checker::Checker;
use crate::fields::Fields;
use jcm_model::{Due, Every, Mark, Offset};
use jcm_quantity::{Cycle, Date, DayCount, month_named, parse_date};
use jcm_syntax::ast::{Phrase, TermKind};

/// The deadline of a field, if it has one that can be dated; reports a date that is none.
pub(super) fn of(cx: &mut Checker<'_>, fields: &Fields<'_>, field: &str) -> Option<Due> {
    let member = fields.get(field)?;
    let span = fields.span_of(field);
    let mut parts = Vec::new();
    for phrase in &member.value {
        parts.push(part(cx, phrase)?);
    }
    // "in 12 equal parts, odd pence in the last" says how much and not when.
    parts.retain(|part| !super::instalments::says_how_much(part));
    let whole: Vec<Part> = parts.into_iter().flatten().collect();
    let mut reader = Parts { rest: &whole };
    let (mark, offset) = reader.deadline()?;
    reader.rest.is_empty().then_some(Due { mark, offset, span })
}

/// A word in lower case, a whole number or a date.
pub(super) enum Part {
    Word(String),
    Number(i32),
    Day(Date),
}

/// The parts of a phrase; `None` if something else stands in it. Underscores part words as spaces do.
pub(super) fn part(cx: &mut Checker<'_>, phrase: &Phrase) -> Option<Vec<Part>> {
    let mut parts = Vec::new();
    for term in &phrase.terms {
        match &term.kind {
            TermKind::Number(digits) => parts.push(Part::Number(digits.parse().ok()?)),
            TermKind::Date(text) if parse_date(text).is_some() => parts.push(Part::Day(parse_date(text)?)),
            TermKind::Date(text) => {
                crate::units::date(cx, text, term.span);
                return None;
            }
            _ => {
                let name = term.name()?.text.to_lowercase();
                parts.extend(name.split('_').map(|word| Part::Word(word.to_owned())));
            }
        }
    }
    Some(parts)
}

/// A place in the parts. Every method eats what it names, or nothing.
struct Parts<'a> {
    rest: &'a [Part],
}

type Deadline = (Mark, Option<Offset>);

impl Parts<'_> {
    fn deadline(&mut self) -> Option<Deadline> {
        if let Some(every) = self.each() {
            return self.after_each(every);
        }
        self.word("within");
        if let Some((count, of)) = self.length() {
            let before = self.word("before");
            if !before && !self.word("after") && !self.word("of") {
                return None;
            }
            let mark = match self.each() {
                Some(_) if before => return None,
                Some(every) => {
                    self.ends();
                    Mark::Last(every)
                }
                None => self.mark()?,
            };
            let count = if before { count.checked_neg()? } else { count };
            return Some((mark, Some(Offset { count, of })));
        }
        if !self.word("by") {
            self.word("on");
        }
        Some((self.mark()?, None))
    }

    /// What follows `every quarter`: `within 20 operational days after it ends`, `on the last day`.
    fn after_each(&mut self, every: Every) -> Option<Deadline> {
        self.word("within");
        if let Some((count, of)) = self.length() {
            let ends =
                self.word("after") && (self.words(&["it"]) || self.words(&["the"]) || self.words(&["its"]));
            return (ends && self.ends()).then_some((Mark::Last(every), Some(Offset { count, of })));
        }
        if !self.word("by") {
            self.word("on");
        }
        self.word("the");
        self.day(every).map(|mark| (mark, None))
    }

    /// `it ends`, `the end`: the last word of both.
    fn ends(&mut self) -> bool {
        self.word("ends") || self.word("end")
    }

    /// A day of the contract or of each of its periods.
    fn mark(&mut self) -> Option<Mark> {
        if let [Part::Day(date), rest @ ..] = self.rest {
            self.rest = rest;
            return Some(Mark::Date(*date));
        }
        if let [Part::Number(day), rest @ ..] = self.rest {
            self.rest = rest;
            return self.day_of_month(*day);
        }
        self.word("the");
        if let Some(mark) = self.settlement() {
            return Some(mark);
        }
        let first = self.word("start") || self.word("beginning");
        if first || self.word("end") {
            self.word("of").then_some(())?;
            if self.words(&["the", "term"]) || self.words(&["the", "contract"]) {
                return Some(if first { Mark::TermStart } else { Mark::TermEnd });
            }
            let every = self.each()?;
            return Some(if first { Mark::First(every) } else { Mark::Last(every) });
        }
        let rest = self.rest;
        self.day(Every::Cycle(Cycle::Month))?;
        self.word("of").then_some(())?;
        let every = self.each()?;
        // The day is read again, now that its period is known.
        let after = std::mem::replace(&mut self.rest, rest);
        let mark = self.day(every);
        self.rest = after;
        mark
    }

    /// `final settlement`, `provisional settlement`: the last day by which a period is settled so.
    fn settlement(&mut self) -> Option<Mark> {
        if self.words(&["final", "settlement"]) {
            return Some(Mark::FinalSettlement);
        }
        self.words(&["provisional", "settlement"]).then_some(Mark::ProvisionalSettlement)
    }

    /// `31 May each year`, `31 May 2027`.
    fn day_of_month(&mut self, day: i32) -> Option<Mark> {
        let [Part::Word(month), rest @ ..] = self.rest else { return None };
        let (month, day) = (month_named(month)?, i8::try_from(day).ok()?);
        self.rest = rest;
        if let [Part::Number(year), rest @ ..] = self.rest {
            self.rest = rest;
            return Date::new(i16::try_from(*year).ok()?, month, day).ok().map(Mark::Date);
        }
        self.word("of");
        let yearly = self.words(&["each"]) || self.words(&["every"]);
        let year = yearly && {
            let _ = self.word("financial") || self.word("calendar");
            self.word("year")
        };
        // 29 February is a day of some years only.
        Date::new(2027, month, day).ok().filter(|_| year).map(|_| Mark::Yearly { month, day })
    }

    /// `first operational day`, `last day`.
    fn day(&mut self, every: Every) -> Option<Mark> {
        let first = self.word("first");
        if !first && !self.word("last") {
            return None;
        }
        let operational = self.operational();
        self.word("day").then_some(match (first, operational) {
            (true, true) => Mark::FirstOperational(every),
            (true, false) => Mark::First(every),
            (false, true) => Mark::LastOperational(every),
            (false, false) => Mark::Last(every),
        })
    }

    /// `each quarter`, `every financial_year`. A year alone could begin on several days, so it is none of these.
    fn each(&mut self) -> Option<Every> {
        let start = self.rest;
        if self.word("each") || self.word("every") {
            for cycle in Cycle::ALL {
                let words: Vec<&str> = cycle.name().split('_').collect();
                if self.words(&words) {
                    return Some(Every::Cycle(cycle));
                }
            }
            if self.words(&["settlement", "period"]) || self.words(&["period"]) {
                return Some(Every::SettlementPeriod);
            }
        }
        self.rest = start;
        None
    }

    /// `20 operational days`, `2 months`.
    fn length(&mut self) -> Option<(i32, DayCount)> {
        let start = self.rest;
        let [Part::Number(count), rest @ ..] = self.rest else { return None };
        self.rest = rest;
        let operational = self.operational();
        if !operational {
            self.word("calendar");
        }
        let found = self.counted(*count, operational);
        if found.is_none() {
            self.rest = start;
        }
        found
    }

    fn counted(&mut self, count: i32, operational: bool) -> Option<(i32, DayCount)> {
        if self.word("day") || self.word("days") {
            let of = if operational { DayCount::OperationalDays } else { DayCount::Days };
            return Some((count, of));
        }
        let units = [
            ("week", "weeks", 7, DayCount::Days),
            ("month", "months", 1, DayCount::Months),
            ("quarter", "quarters", 3, DayCount::Months),
            ("year", "years", 12, DayCount::Months),
        ];
        let of_length = units.into_iter().find(|(one, many, ..)| self.word(one) || self.word(many));
        let (_, _, size, of) = of_length.filter(|_| !operational)?;
        Some((count.checked_mul(size)?, of))
    }

    fn operational(&mut self) -> bool {
        self.word("operational") || self.word("working") || self.word("business")
    }

    fn word(&mut self, word: &str) -> bool {
        match self.rest {
            [Part::Word(found), rest @ ..] if found == word => {
                self.rest = rest;
                true
            }
            _ => false,
        }
    }

    /// All of the words, or none.
    fn words(&mut self, words: &[&str]) -> bool {
        let start = self.rest;
        let all = words.iter().all(|word| self.word(word));
        if !all {
            self.rest = start;
        }
        all
    }
}
