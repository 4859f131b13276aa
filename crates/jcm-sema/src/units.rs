//! Units by the words that name them, and types as they are written after a colon.

use crate::checker::Checker;
use crate::problems::{BadNumber, NoSuchDate, PercentInWords, TwoReadings, UnknownUnit, WrongType, near};
use jcm_model::{Def, Ty};
use jcm_quantity::{Base, Currency, DayCount, Exact, Shown, Unit, can_be_thousands};
use jcm_source::Span;
use jcm_syntax::ast::{Name, Term, TermKind, Word};
use jcm_syntax::expression::{Literal, Reader, UnitWords};
use std::collections::BTreeMap;

/// A quantity as written: its value in the base of its unit.
pub(crate) type Quantity = (Exact, Unit);

/// Every unit by the words that name it.
#[derive(Clone)]
pub(crate) struct Units {
    known: BTreeMap<String, (Unit, Exact)>,
}

impl Default for Units {
    fn default() -> Self {
        let mut units = Self { known: BTreeMap::new() };
        let part_of_year = |n| Exact::ratio(1, n).unwrap_or_default();
        for (one, many, unit, factor) in [
            ("year", "years", Unit::years(), Exact::one()),
            ("quarter", "quarters", Unit::years(), part_of_year(4)),
            ("month", "months", Unit::years(), part_of_year(12)),
            ("day", "days", Unit::days(), Exact::one()),
            ("week", "weeks", Unit::days(), Exact::from_int(7)),
            ("operational_day", "operational_days", DayCount::OperationalDays.unit(), Exact::one()),
            ("working_day", "working_days", DayCount::OperationalDays.unit(), Exact::one()),
            ("business_day", "business_days", DayCount::OperationalDays.unit(), Exact::one()),
        ] {
            units.known.insert(one.to_owned(), (unit.clone(), factor.clone()));
            units.known.insert(many.to_owned(), (unit, factor));
        }
        let points = (Unit::percentage_points(), Exact::ratio(1, 100).unwrap_or_default());
        units.known.insert("percentage_point".to_owned(), points.clone());
        units.known.insert("percentage_points".to_owned(), points);
        units
    }
}

impl Units {
    /// Makes a word name a counted thing.
    pub(crate) fn add(&mut self, word: &str, thing: &str) {
        self.known.insert(word.to_owned(), (Unit::thing(thing), Exact::one()));
    }

    /// Whether a word names a unit.
    pub(crate) fn is_known(&self, word: &str) -> bool {
        self.known.contains_key(word)
    }

    /// The unit of a word, and how much of its base one of it is.
    fn get(&self, word: &str) -> Option<(Unit, Exact)> {
        self.known.get(word).cloned()
    }
}

/// The unit that words name, and how much of its base one of it is.
fn unit_of_words(cx: &mut Checker<'_>, words: &[Name]) -> Option<(Unit, Exact)> {
    let word = words.iter().map(|name| name.text.as_str()).collect::<Vec<_>>().join("_");
    if let Some(found) = cx.units.get(&word) {
        return Some(found);
    }
    let span = words.first()?.span.to(words.last()?.span);
    let near = near(&word, cx.units.known.keys().map(String::as_str));
    cx.report(UnknownUnit { unit: word.replace('_', " "), span, near })
}

/// Divides a unit by each `per`: `per 100,000 people per year`.
fn divide(
    cx: &mut Checker<'_>,
    mut unit: Unit,
    mut factor: Exact,
    per: &[(Option<String>, Vec<Name>)],
) -> Option<(Unit, Exact)> {
    let mut shown = unit.shown().clone();
    for (digits, words) in per {
        let (below, size) = unit_of_words(cx, words)?;
        let span = words.first()?.span;
        let count = match digits {
            Some(digits) => number(cx, digits, span)?,
            None => Exact::one(),
        };
        if let Some(digits) = digits {
            let many = digits.replace(',', "").parse::<u64>().unwrap_or(1);
            shown = if many == 1 { shown } else { Shown::Per(many) };
        }
        let Some(divided) = factor.checked_div(&(&size * &count)) else {
            return cx.report(BadNumber { text: "per 0".to_owned(), span });
        };
        factor = divided;
        unit = unit.over(&below);
    }
    Some((unit.shown_as(shown), factor))
}

/// The value of digits as written, with commas between thousands.
pub(crate) fn number(cx: &mut Checker<'_>, digits: &str, span: Span) -> Option<Exact> {
    match Exact::parse(&digits.replace(',', "")) {
        Some(value) => Some(value),
        None => cx.report(BadNumber { text: digits.to_owned(), span }),
    }
}

/// Refuses `£1.250` and, in a contract in euros, `24.310 people`: thousands are written so where the euro is at home, and
/// nobody could tell them from three decimals, which no sum of money has.
fn one_reading(cx: &mut Checker<'_>, symbol: Option<char>, digits: &str, span: Span) -> Option<()> {
    let own = cx.parts.contract.as_ref().and_then(|contract| contract.currency.symbol.chars().next());
    let doubtful = symbol.is_some() || own == Some('€');
    if !doubtful || !can_be_thousands(digits) {
        return Some(());
    }
    let sign = symbol.map_or_else(String::new, String::from);
    cx.report(TwoReadings { sign, digits: digits.to_owned(), span })
}

/// Whether a unit is the word for per cent.
fn in_words(unit: &[Name]) -> bool {
    matches!(unit, [word] if matches!(word.text.to_lowercase().as_str(), "percent" | "pct" | "pc"))
}

/// The quantity of a figure as written; dates and texts are no quantity.
pub(crate) fn quantity(cx: &mut Checker<'_>, literal: &Literal, span: Span) -> Option<Quantity> {
    let (digits, unit, words): (&str, Unit, &UnitWords) = match literal {
        Literal::Number { digits, unit } if unit.words.is_empty() => (digits, Unit::none(), unit),
        Literal::Number { digits, unit } if in_words(&unit.words) => {
            return cx.report(PercentInWords { digits: digits.clone(), span });
        }
        Literal::Number { digits, unit } => {
            let (base, size) = unit_of_words(cx, &unit.words)?;
            one_reading(cx, None, digits, span)?;
            let value = number(cx, digits, span)?;
            let (unit, factor) = divide(cx, base, size, &unit.per)?;
            return Some((value * factor, unit));
        }
        Literal::Percent { digits, unit } => (digits, Unit::percent(), unit),
        Literal::Money { symbol, digits, unit } => {
            one_reading(cx, Some(*symbol), digits, span)?;
            (digits, money(cx, *symbol, span)?, unit)
        }
        Literal::Date(_) | Literal::Year(_) | Literal::Text(_) => return None,
    };
    let value = number(cx, digits, span)?;
    let factor = unit.scale().recip().unwrap_or_else(Exact::one);
    let (unit, factor) = divide(cx, unit, factor, &words.per)?;
    Some((value * factor, unit))
}

/// The unit of a currency sign: the contract's own currency first.
pub(crate) fn money(cx: &mut Checker<'_>, symbol: char, span: Span) -> Option<Unit> {
    let sign = symbol.to_string();
    let own =
        cx.parts.contract.as_ref().map(|contract| contract.currency.clone()).filter(|own| own.symbol == sign);
    match own.or_else(|| Currency::of_symbol(&sign)) {
        Some(currency) => Some(Unit::money(&currency.code)),
        None => cx.report(UnknownUnit { unit: sign, span, near: Vec::new() }),
    }
}

/// Reads a type as it stands after a colon: `percent`, `£ per point`, `people`, `track`, `yes_no`, `text`, `date`.
pub(crate) fn read_type(cx: &mut Checker<'_>, terms: &[Term], span: Span) -> Option<Ty> {
    let mut reader = Reader::over(terms, span);
    let span =
        terms.first().map_or(span, |first| first.span.to(terms.last().map_or(first.span, |last| last.span)));
    let (unit, factor) = match reader.peek().map(|term| &term.kind) {
        Some(TermKind::Money { symbol, digits }) if digits.is_empty() => {
            reader.next();
            (money(cx, *symbol, span)?, Exact::one())
        }
        Some(TermKind::Path(_)) => {
            let words: Vec<Name> =
                reader.until(&[Word::Per]).iter().filter_map(|term| term.name().cloned()).collect();
            match words.as_slice() {
                [name] => match plain_type(cx, name) {
                    Some(Ty::Number(unit)) => (unit, Exact::one()),
                    Some(ty) => return Some(ty),
                    None => unit_of_words(cx, &words)?,
                },
                [] => return type_expected(cx, span),
                _ => unit_of_words(cx, &words)?,
            }
        }
        _ => return type_expected(cx, span),
    };
    let per = read_per(cx, &mut reader)?;
    divide(cx, unit, factor, &per).map(|(unit, _)| Ty::Number(unit))
}

fn type_expected<T>(cx: &mut Checker<'_>, span: Span) -> Option<T> {
    cx.report(WrongType {
        case: "",
        span,
        found: "something else".to_owned(),
        expected: "a unit or type".to_owned(),
        help: Some("Write one such as `£`, `percent`, `people`, `£ per point`, `yes_no`, `text`, `date` or the name of a `choice`".to_owned()),
    })
}

/// Types that are one word, and choices.
fn plain_type(cx: &Checker<'_>, name: &Name) -> Option<Ty> {
    match name.text.as_str() {
        "percent" => Some(Ty::Number(Unit::percent())),
        "number" => Some(Ty::Number(Unit::none())),
        "yes_no" => Some(Ty::Truth),
        "text" => Some(Ty::Text),
        "date" => Some(Ty::Date),
        word => match cx.names.get(word)?.def? {
            Def::Choice(id) => Some(Ty::Choice(id)),
            _ => None,
        },
    }
}

/// Each `per`: its number, if any, and its words.
fn read_per(cx: &mut Checker<'_>, reader: &mut Reader<'_>) -> Option<Vec<(Option<String>, Vec<Name>)>> {
    let mut per = Vec::new();
    while reader.word(Word::Per) {
        let digits = reader.number().map(str::to_owned);
        let words: Vec<Name> =
            reader.until(&[Word::Per]).iter().filter_map(|term| term.name().cloned()).collect();
        if words.is_empty() {
            return type_expected(cx, reader.span_here());
        }
        per.push((digits, words));
    }
    if reader.is_empty() { Some(per) } else { type_expected(cx, reader.span_here()) }
}

/// What a type is, for messages: "£", "a choice of Track", "yes or no".
pub(crate) fn describe(cx: &Checker<'_>, ty: &Ty) -> String {
    match ty {
        Ty::Number(unit) => describe_unit(unit),
        Ty::Choice(id) => {
            let title = cx
                .parts
                .choices
                .get(id.index())
                .and_then(Option::as_ref)
                .map(|choice| choice.head.title.clone());
            title.map_or_else(|| "a choice".to_owned(), |title| format!("a choice of {title}"))
        }
        Ty::Truth => "yes or no".to_owned(),
        Ty::Text => "a text".to_owned(),
        Ty::Date => "a date".to_owned(),
    }
}

/// What a unit is, for messages.
pub(crate) fn describe_unit(unit: &Unit) -> String {
    match unit.dims() {
        [] if unit.is_percent() => "a percentage".to_owned(),
        [] => "a plain number".to_owned(),
        [(Base::Money(_), 1)] => format!("an amount in {}", unit.describe()),
        [(Base::Thing(_), 1)] => format!("a number of {}", unit.describe()),
        _ => unit.describe(),
    }
}

/// The date that a text names, or a problem that says why there is none.
pub(crate) fn date(cx: &mut Checker<'_>, text: &str, span: Span) -> Option<jcm_quantity::Date> {
    jcm_quantity::parse_date(text).or_else(|| {
        cx.report(NoSuchDate { text: text.to_owned(), span, why: "there is no such day".to_owned() })
    })
}
