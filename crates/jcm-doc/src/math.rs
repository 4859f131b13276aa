//! A calculation as it is set on a page: fractions, brackets only where they are needed, cases beside a brace, and
//! lines broken before a sign where the page ends, so that no formula has to be set smaller.
//!
//! [`Equation::math`] gives the tree. A renderer sets each of its parts and decides nothing: neither where a bracket
//! stands nor where a line ends.

use crate::apart;
use crate::formula::{Bond, Formula, known_words};

/// What is set on a page. Everything is upright: names are titles, not letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Math {
    /// Beside each other.
    Row(Vec<Math>),
    /// A named quantity or function, on several lines where its name is longer than its place.
    Name(Vec<String>),
    /// A figure as printed, with its unit.
    Number(String),
    /// Words between the parts, such as `if`.
    Words(String),
    /// A sign such as `+`, with space on both sides.
    Operator(&'static str),
    /// The first over the second.
    Fraction(Box<Math>, Box<Math>),
    /// The first with the second as its exponent.
    Raised(Box<Math>, Box<Math>),
    /// Something between two marks as tall as it is.
    Fenced(&'static str, Box<Math>, &'static str),
    /// Behind one brace, below each other: values, each with its condition.
    Cases(Vec<(Math, Math)>),
    /// Below each other, beginning at the left.
    Lines(Vec<Math>),
}

/// A calculation on lines of its own: what it gives, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Equation {
    /// The number of the line that it is.
    pub number: String,
    /// What it gives, as a formula names it.
    pub result: String,
    /// How it is worked out.
    pub formula: Formula,
    /// What the letters in it stand for.
    pub parts: Vec<(String, Formula)>,
}

/// About as many letters as a line of a page holds.
const LINE: usize = 84;
/// What stands under or over the line of a fraction is no longer.
const FRACTION: usize = 62;
/// No part is broken into lines shorter than this.
const NAME: usize = 26;
/// A letter such as `x`, or `x2`.
const LETTER: usize = 3;

impl Equation {
    /// A calculation with a letter for each condition that is nested too deep to be read, and for each name in a
    /// fraction that is wider than the page.
    pub fn new(number: String, result: String, formula: Formula) -> Equation {
        let (mut formula, mut parts) = apart::conditions(formula);
        let taken = parts.len();
        let mut all: Vec<&mut Formula> = vec![&mut formula];
        all.extend(parts.iter_mut().map(|(_, part)| part));
        let names = apart::wide_fractions(&mut all, taken, FRACTION);
        parts.extend(names);
        Equation { number, result, formula, parts }
    }

    /// As one line of text.
    pub fn text(&self) -> String {
        let mut text = format!("({}) {} = {}", self.number, self.result, self.formula.text());
        for (place, (letter, part)) in self.parts.iter().enumerate() {
            let joint = if place == 0 { ", where " } else { "; " };
            text.push_str(&format!("{joint}{letter} = {}", part.text()));
        }
        text
    }

    /// As it is set; the number stands before it.
    pub fn math(&self) -> Math {
        let mut lines = set(&self.result, &self.formula);
        if !self.parts.is_empty() {
            lines.push(Math::Words("where".to_owned()));
        }
        lines.extend(self.parts.iter().flat_map(|(letter, part)| set(letter, part)));
        match lines.pop() {
            Some(only) if lines.is_empty() => only,
            last => {
                lines.extend(last);
                Math::Lines(lines)
            }
        }
    }
}

/// "result = formula" on one line, or with what is equal on the lines below the name.
fn set(result: &str, formula: &Formula) -> Vec<Math> {
    let result = name(result);
    let left = LINE.saturating_sub(width(&result) + width(&Math::Operator("=")));
    if width(&result) <= LETTER {
        return vec![Math::Row(vec![result, Math::Operator("="), fitted(formula.math(), left)])];
    }
    let equal = |formula: Math| match formula {
        Math::Row(mut row) => {
            row.insert(0, Math::Operator("="));
            row
        }
        other => vec![Math::Operator("="), other],
    };
    let equal = Math::Row(equal(formula.math()));
    if width(&result) + width(&equal) <= LINE {
        return vec![Math::Row(vec![result, equal])];
    }
    vec![fitted(result, LINE), fitted(equal, LINE)]
}

impl Math {
    /// Whether it is taller than a line.
    pub fn is_tall(&self) -> bool {
        match self {
            Math::Row(parts) => parts.iter().any(Math::is_tall),
            Math::Name(lines) => lines.len() > 1,
            Math::Number(_) | Math::Words(_) | Math::Operator(_) => false,
            Math::Fraction(..) | Math::Cases(_) | Math::Lines(_) => true,
            Math::Raised(base, exponent) => base.is_tall() || exponent.is_tall(),
            Math::Fenced(_, inner, _) => inner.is_tall(),
        }
    }
}

impl Formula {
    /// As it is set, on one line.
    pub fn math(&self) -> Math {
        match self {
            Formula::Name { text, .. } => name(text),
            Formula::Figure(text) => Math::Number(text.clone()),
            Formula::Lookup { text, keys, .. } => Math::Row(vec![name(text), fence("[", list(keys), "]")]),
            Formula::Sum(terms) => sum(terms),
            Formula::Product(factors) => product(factors),
            Formula::Negate(value) => Math::Row(vec![Math::Words("−".to_owned()), inside(value, Bond::Atom)]),
            Formula::Absolute(value) => fence("|", value.math(), "|"),
            Formula::Apply { function, to } => applied(function, to),
            Formula::Compare(left, sign, right) => {
                Math::Row(vec![inside(left, Bond::Sum), Math::Operator(sign), inside(right, Bond::Sum)])
            }
            Formula::Join(word, parts) => {
                let within = if *word == "and" { Bond::Not } else { Bond::And };
                between(parts.iter().map(|part| inside(part, within)), &Math::Operator(word))
            }
            Formula::Not(condition) => {
                Math::Row(vec![Math::Words("not".to_owned()), inside(condition, Bond::Atom)])
            }
            Formula::Cases { cases, otherwise } => {
                let condition =
                    |when: &Formula| Math::Row(vec![Math::Words("if".to_owned()), inside(when, Bond::Or)]);
                let mut rows: Vec<(Math, Math)> =
                    cases.iter().map(|(value, when)| (value.math(), condition(when))).collect();
                rows.push((otherwise.math(), Math::Words("otherwise".to_owned())));
                Math::Cases(rows)
            }
            Formula::Known { value, or } => {
                let words = |words: &str| Math::Words(words.to_owned());
                let or = Math::Row(vec![words("or, if it is not known,"), inside(or, Bond::Or)]);
                Math::Cases(vec![(inside(value, Bond::Or), words("")), (or, words(""))])
            }
            Formula::IsKnown(value, known) => {
                Math::Row(vec![inside(value, Bond::Sum), Math::Operator(known_words(*known))])
            }
        }
    }
}

fn sum(terms: &[(bool, Formula)]) -> Math {
    let mut row = Vec::new();
    for (place, (plus, term)) in terms.iter().enumerate() {
        if place > 0 {
            row.push(Math::Operator(if *plus { "+" } else { "−" }));
        }
        // A term that begins with a sign takes brackets, so that two signs never meet.
        let bare = if place == 0 { Bond::Sum } else { Bond::Product };
        let signed = place > 0 && term.text().starts_with(['-', '−']);
        row.push(if signed { fence("(", term.math(), ")") } else { inside(term, bare) });
    }
    Math::Row(row)
}

/// From left to right: what is divided stands over what it is divided by.
fn product(factors: &[(bool, Formula)]) -> Math {
    let mut row: Vec<Math> = Vec::new();
    let mut parts = factors.iter().peekable();
    while let Some((times, factor)) = parts.next() {
        // Over a fraction's line nothing needs brackets.
        let alone = row.is_empty() && parts.peek().is_some_and(|(times, _)| !times);
        if !times {
            row = vec![Math::Fraction(Box::new(single(row)), Box::new(factor.math()))];
            continue;
        }
        if !row.is_empty() {
            row.push(Math::Operator("×"));
        }
        let signed = !row.is_empty() && factor.text().starts_with(['-', '−']);
        row.push(match () {
            () if alone => factor.math(),
            () if signed => fence("(", factor.math(), ")"),
            () => inside(factor, Bond::Product),
        });
    }
    single(row)
}

fn applied(function: &str, to: &[Formula]) -> Math {
    match (function, to) {
        ("power", [base, exponent]) => {
            Math::Raised(Box::new(inside(base, Bond::Atom)), Box::new(exponent.math()))
        }
        _ => Math::Row(vec![name(function), fence("(", list(to), ")")]),
    }
}

fn list(parts: &[Formula]) -> Math {
    between(parts.iter().map(Formula::math), &Math::Words(";".to_owned()))
}

fn between(parts: impl Iterator<Item = Math>, mark: &Math) -> Math {
    let mut row = Vec::new();
    for part in parts {
        if !row.is_empty() {
            row.push(mark.clone());
        }
        row.push(part);
    }
    single(row)
}

fn single(mut row: Vec<Math>) -> Math {
    match (row.len(), row.pop()) {
        (1, Some(only)) => only,
        (_, Some(last)) => {
            row.push(last);
            Math::Row(row)
        }
        (_, None) => Math::Row(row),
    }
}

fn inside(formula: &Formula, least: Bond) -> Math {
    let math = formula.math();
    if formula.bond() < least { fence("(", math, ")") } else { math }
}

fn fence(open: &'static str, inner: Math, close: &'static str) -> Math {
    Math::Fenced(open, Box::new(inner), close)
}

/// A name on one line.
fn name(text: &str) -> Math {
    Math::Name(vec![text.trim().to_owned()])
}

/// A name in lines of about the same length, none of them longer than `most`.
fn name_in_lines(text: &str, most: usize) -> Math {
    let letters = text.chars().count();
    let each = letters.div_ceil(letters.div_ceil(most).max(1));
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split(' ').flat_map(|word| pieces(word, most)) {
        let longer = line.chars().count() + 1 + word.chars().count();
        // A little over the mark is better than a line with one word.
        if !line.is_empty() && longer > (each + 3).min(most) {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(&word);
    }
    lines.push(line);
    Math::Name(lines)
}

/// A word in pieces that fit on a line.
fn pieces(word: &str, most: usize) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    if letters.is_empty() {
        return vec![String::new()];
    }
    letters.chunks(most).map(|piece| piece.iter().collect()).collect()
}

/// About how many letters wide something is.
fn width(math: &Math) -> usize {
    let widest = |lines: &[Math]| lines.iter().map(width).max().unwrap_or(0);
    match math {
        Math::Row(row) => row.iter().map(width).sum(),
        Math::Name(lines) => lines.iter().map(|line| line.chars().count()).max().unwrap_or(0),
        Math::Number(text) => text.chars().count(),
        Math::Words(text) => text.chars().count() + 1,
        Math::Operator(sign) => sign.chars().count() + 2,
        Math::Fraction(over, under) => width(over).max(width(under)) + 1,
        Math::Raised(base, exponent) => width(base) + width(exponent),
        Math::Fenced(_, inner, _) => width(inner) + 2,
        Math::Cases(rows) => {
            let column = |part: fn(&(Math, Math)) -> &Math| rows.iter().map(|row| width(part(row))).max();
            column(|row| &row.0).unwrap_or(0) + column(|row| &row.1).unwrap_or(0) + 5
        }
        Math::Lines(lines) => widest(lines),
    }
}

/// The same in lines that a page holds.
fn fitted(math: Math, most: usize) -> Math {
    let most = most.max(NAME);
    if width(&math) <= most {
        return math;
    }
    match math {
        Math::Row(row) => broken(row, most),
        Math::Name(lines) => name_in_lines(&lines.join(" "), most),
        Math::Fraction(over, under) => {
            Math::Fraction(Box::new(fitted(*over, most)), Box::new(fitted(*under, most)))
        }
        Math::Fenced(open, inner, close) => {
            Math::Fenced(open, Box::new(fitted(*inner, most.saturating_sub(2))), close)
        }
        Math::Cases(rows) => cases_in(rows, most.saturating_sub(5)),
        other => other,
    }
}

/// Cases with their conditions beside them where one of the columns is narrow; else each condition is below its value.
fn cases_in(rows: Vec<(Math, Math)>, most: usize) -> Math {
    let widest = |part: fn(&(Math, Math)) -> &Math| rows.iter().map(|row| width(part(row))).max();
    let (values, conditions) = (widest(|row| &row.0).unwrap_or(0), widest(|row| &row.1).unwrap_or(0));
    if values.min(conditions) > most * 2 / 5 {
        let alone = |line| (line, Math::Words(String::new()));
        let below = |(value, when)| {
            let when = Math::Row(vec![indent(), fitted(when, most.saturating_sub(2))]);
            [alone(fitted(value, most)), alone(when)]
        };
        return Math::Cases(rows.into_iter().flat_map(below).collect());
    }
    let beside = |(value, when)| {
        let left = |other: usize| most.saturating_sub(other);
        if values < conditions {
            (value, fitted(when, left(values)))
        } else {
            (fitted(value, left(conditions)), when)
        }
    };
    Math::Cases(rows.into_iter().map(beside).collect())
}

/// A space that white space of any notation leaves as it is.
fn indent() -> Math {
    Math::Words("\u{2003}".to_owned())
}

/// The parts of a row, and one after the other those of the rows in it that do not fit on a line; a function stays with
/// what it is applied to.
fn flat(row: Vec<Math>, most: usize) -> Vec<Math> {
    let applied = |row: &[Math]| matches!(row, [Math::Name(_), Math::Fenced(..)]);
    let parts = row.into_iter().flat_map(|part| match part {
        Math::Row(inner) if !applied(&inner) && inner.iter().map(width).sum::<usize>() + LETTER > most => {
            flat(inner, most)
        }
        other => vec![other],
    });
    parts.collect()
}

/// A row in lines: a new one begins with every sign of a sum, every joined condition and every part of a list, and with
/// the sign or word before what no longer fits.
fn broken(row: Vec<Math>, most: usize) -> Math {
    let mut lines: Vec<Math> = Vec::new();
    let mut line: Vec<Math> = Vec::new();
    let mut held: Vec<Math> = Vec::new();
    let across = |parts: &[Math]| parts.iter().map(width).sum::<usize>();
    for part in flat(row, most) {
        let is_mark = matches!(&part, Math::Words(text) if text == ";");
        if !is_mark && matches!(part, Math::Operator(_) | Math::Words(_)) {
            held.push(part);
            continue;
        }
        // A function stays with what it is applied to, unless its name fills the line.
        let is_function = held.is_empty() && matches!(line.last(), Some(Math::Name(_)));
        let joins = is_mark || (is_function && across(&line) <= most / 2);
        let begins = matches!(held.first(), Some(Math::Operator("+" | "−" | "and" | "or")))
            || matches!(line.last(), Some(Math::Words(text)) if text == ";");
        let full = across(&line) + across(&held) + width(&part) > most;
        if !joins && !line.is_empty() && (begins || full) {
            lines.push(single(std::mem::take(&mut line)));
        }
        line.append(&mut held);
        let left = most.saturating_sub(across(&line));
        line.push(if is_mark { part } else { fitted(part, left) });
    }
    line.append(&mut held);
    if lines.is_empty() {
        return single(line);
    }
    lines.push(single(line));
    Math::Lines(lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(text: &str) -> Formula {
        Formula::Name { text: text.to_owned(), def: None }
    }

    #[test]
    fn a_quotient_is_a_fraction_without_brackets() {
        let difference = |a: &str, b: &str| Formula::Sum(vec![(true, named(a)), (false, named(b))]);
        let progress = Formula::Product(vec![(true, difference("a", "b")), (false, difference("c", "b"))]);
        let Math::Fraction(over, under) = progress.math() else { panic!("{:?}", progress.math()) };
        for part in [*over, *under] {
            assert!(matches!(part, Math::Row(parts) if parts.len() == 3));
        }
    }

    #[test]
    fn a_sum_that_is_multiplied_has_brackets() {
        let sum = Formula::Sum(vec![(true, named("a")), (true, named("b"))]);
        let product = Formula::Product(vec![(true, named("c")), (true, sum)]);
        let Math::Row(parts) = product.math() else { panic!("{:?}", product.math()) };
        assert!(matches!(parts.last(), Some(Math::Fenced("(", _, ")"))));
    }

    #[test]
    fn what_is_too_wide_is_broken_before_every_sign() {
        let terms = (0..9).map(|_| (true, named("Contribution of a partner"))).collect();
        let equation = Equation::new("1".into(), "Budget".into(), Formula::Sum(terms));
        let Math::Lines(lines) = equation.math() else { panic!("{:?}", equation.math()) };
        let Some(Math::Lines(lines)) = lines.last() else { panic!("{lines:?}") };
        assert!(lines.len() == 9 && lines.iter().all(|line| width(line) <= LINE));
        assert!(
            lines.iter().skip(1).all(|line| matches!(line, Math::Row(row) if row[0] == Math::Operator("+")))
        );
    }

    #[test]
    fn what_is_equal_to_a_long_name_stands_below_it() {
        let name = "Percentage for people still at home 91 days after discharge into reablement";
        let equation = Equation::new("1".into(), name.into(), named("Progress of the people"));
        let Math::Lines(lines) = equation.math() else { panic!("{:?}", equation.math()) };
        assert_eq!(lines.len(), 2);
        assert!(matches!(&lines[1], Math::Row(row) if row[0] == Math::Operator("=")));
    }

    #[test]
    fn a_fraction_of_long_names_is_one_of_letters() {
        let people = "people who were not admitted within 30 days";
        let difference =
            |a: &str| Formula::Sum(vec![(true, named(&format!("{a} {people}"))), (false, named(people))]);
        let progress = Formula::Product(vec![(true, difference("More")), (false, difference("Target"))]);
        let equation = Equation::new("1".into(), "Progress".into(), progress);
        let Math::Lines(lines) = equation.math() else { panic!("{:?}", equation.math()) };
        assert_eq!(lines[1], Math::Words("where".into()));
        assert_eq!(lines.len(), 5);
        assert!(equation.text().contains("where x = More people"));
    }

    #[test]
    fn a_long_condition_stands_below_its_value() {
        let long = "Savings of the year that are shared with the partners";
        let compare = Formula::Compare(Box::new(named(long)), ">", Box::new(Formula::Figure("0".into())));
        let cases = Formula::Cases { cases: vec![(named(long), compare)], otherwise: Box::new(named(long)) };
        let Math::Cases(rows) = fitted(cases.math(), LINE) else { panic!("{:?}", cases.math()) };
        assert_eq!((rows.len(), &rows[1].1), (4, &Math::Words(String::new())));
    }

    #[test]
    fn a_name_that_is_longer_than_its_place_takes_lines_of_about_one_length() {
        let text = "Baseline of emergency admissions of people aged 65 and over";
        let Math::Name(lines) = fitted(name(text), 26) else { panic!("not a name") };
        assert_eq!(lines, ["Baseline of emergency", "admissions of people", "aged 65 and over"]);
    }
}
