//! How figures are written for people: the same in the contract, in messages and in statements.

use crate::{Base, Currency, Exact, RoundingMode, Shown, Unit};

/// Places up to which an expansion that ends is written in full.
const FULL_PLACES: u32 = 8;

/// Places after which an expansion that does not end is cut, with `…` to say so.
const CUT_PLACES: u32 = 6;

/// A figure with its unit: `£1,658,880.00`, `2.5%`, `24,310 admissions per 100,000 people per year`, `1 point`.
///
/// An expansion that is too long is cut, never rounded, and ends in `…`.
pub fn show(value: &Exact, unit: &Unit) -> String {
    show_places(value, unit, CUT_PLACES)
}

/// The same, where an expansion that is too long is cut after so many places.
pub fn show_places(value: &Exact, unit: &Unit, cut_after: u32) -> String {
    let figure = value * &unit.scale();
    let money = unit.dims().iter().find_map(|(base, power)| match base {
        Base::Money(code) if *power == 1 => Some(code.as_str()),
        _ => None,
    });
    if let Some(code) = money {
        let amount = show_money(&figure, code, cut_after);
        let words = unit.words(&figure, false);
        return if words.is_empty() { amount } else { format!("{amount} {words}") };
    }
    let digits = digits_of(&figure, cut_after);
    match unit.shown() {
        Shown::Percent if unit.is_none() => format!("{digits}%"),
        _ => {
            let words = unit.words(&figure, true);
            if words.is_empty() { digits } else { format!("{digits} {words}") }
        }
    }
}

/// Puts a comma before every third digit of the whole part.
pub fn with_commas(digits: &str) -> String {
    let (sign, rest) = digits.strip_prefix('-').map_or(("", digits), |rest| ("-", rest));
    let (whole, fraction) =
        rest.split_once('.').map_or((rest, None), |(whole, fraction)| (whole, Some(fraction)));
    let mut out = String::from(sign);
    let length = whole.chars().count();
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (length - i) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(fraction) = fraction {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

fn show_money(amount: &Exact, code: &str, cut_after: u32) -> String {
    let currency = Currency::named(code);
    let minor = currency.as_ref().map_or(2, |currency| currency.minor);
    let digits = match amount.decimal_places() {
        Some(places) if places <= cut_after.max(minor) => {
            with_commas(&amount.abs().fixed(places.max(minor), RoundingMode::Down))
        }
        _ => cut(&amount.abs(), cut_after),
    };
    let sign = if amount.is_negative() { "-" } else { "" };
    match currency.filter(Currency::has_symbol) {
        Some(currency) => format!("{sign}{}{digits}", currency.symbol),
        None => format!("{sign}{digits} {code}"),
    }
}

fn digits_of(figure: &Exact, cut_after: u32) -> String {
    match figure.decimal_places() {
        Some(places) if places <= cut_after.max(FULL_PLACES) => {
            with_commas(&figure.fixed(places, RoundingMode::Down))
        }
        _ if figure.is_negative() => format!("-{}", cut(&figure.abs(), cut_after)),
        _ => cut(figure, cut_after),
    }
}

fn cut(figure: &Exact, cut_after: u32) -> String {
    format!("{}…", with_commas(&figure.fixed(cut_after, RoundingMode::Down)))
}

/// Whether digits with a point, such as `24.310`, can also be meant as thousands, as they are written where the euro is at
/// home.
pub fn can_be_thousands(digits: &str) -> bool {
    digits.split_once('.').is_some_and(|(whole, decimals)| {
        decimals.len() == 3 && (1..=3).contains(&whole.len()) && !whole.starts_with('0')
    })
}
