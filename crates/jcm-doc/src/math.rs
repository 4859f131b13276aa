//! A calculation as it is set on a page: fractions, brackets only where they are needed, cases beside a brace, long
//! names on several lines, and lines broken where the page ends.
//!
//! [`Equation::math`] gives the tree. A renderer sets each of its parts and decides nothing: neither where a bracket
//! stands nor where a line ends.

use crate::formula::{Bond, Formula};

/// What is set on a page. Everything is upright: names are titles, not letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Math {
    /// Beside each other.
    Row(Vec<Math>),
    /// A named quantity or function, on several lines where its name is long.
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
}

/// About as many letters as a line of a page holds.
const LINE: usize = 92;
/// A name that is longer takes several lines.
const NAME: usize = 26;

impl Equation {
    /// As one line of text.
    pub fn text(&self) -> String {
        format!("({}) {} = {}", self.number, self.result, self.formula.text())
    }

    /// As it is set; the number stands before it.
    pub fn math(&self) -> Math {
        let result = name(&self.result);
        let left = LINE.saturating_sub(width(&result) + 6).max(LINE / 2);
        Math::Row(vec![result, Math::Operator("="), fitted(self.formula.math(), left)])
    }
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

/// A name in lines of about the same length.
fn name(text: &str) -> Math {
    let text = text.trim();
    let letters = text.chars().count();
    if letters <= NAME {
        return Math::Name(vec![text.to_owned()]);
    }
    let each = letters.div_ceil(letters.div_ceil(NAME));
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split(' ').flat_map(|word| pieces(word, NAME)) {
        let longer = line.chars().count() + 1 + word.chars().count();
        // A little over the mark is better than a line with one word.
        if !line.is_empty() && longer > each + 3 {
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
    if width(&math) <= most || most < NAME {
        return math;
    }
    match math {
        Math::Row(row) => broken(row, most),
        Math::Fraction(over, under) => {
            Math::Fraction(Box::new(fitted(*over, most)), Box::new(fitted(*under, most)))
        }
        Math::Fenced(open, inner, close) => {
            Math::Fenced(open, Box::new(fitted(*inner, most.saturating_sub(2))), close)
        }
        Math::Cases(rows) => {
            let widest = |part: fn(&(Math, Math)) -> &Math| rows.iter().map(|row| width(part(row))).max();
            // What one column does not need, the other may have.
            let left = |other: Option<usize>| most.saturating_sub(other.unwrap_or(0).min(most / 2) + 5);
            let (values, conditions) = (left(widest(|row| &row.1)), left(widest(|row| &row.0)));
            let row = |(value, when)| (fitted(value, values), fitted(when, conditions));
            Math::Cases(rows.into_iter().map(row).collect())
        }
        other => other,
    }
}

/// A row in lines: a new one begins with the sign or word before what no longer fits.
fn broken(row: Vec<Math>, most: usize) -> Math {
    let mut lines: Vec<Math> = Vec::new();
    let mut line: Vec<Math> = Vec::new();
    let mut held: Vec<Math> = Vec::new();
    let across = |parts: &[Math]| parts.iter().map(width).sum::<usize>();
    for part in row {
        let is_mark = matches!(&part, Math::Words(text) if text == ";");
        if !is_mark && matches!(part, Math::Operator(_) | Math::Words(_)) {
            held.push(part);
            continue;
        }
        // A function stays with what it is applied to.
        let joins = is_mark || (held.is_empty() && matches!(line.last(), Some(Math::Name(_))));
        if !joins && !line.is_empty() && across(&line) + across(&held) + width(&part) > most {
            lines.push(single(std::mem::take(&mut line)));
        }
        line.append(&mut held);
        let left = most.saturating_sub(across(&line)).max(most / 2);
        line.push(fitted(part, left));
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
    fn what_is_too_wide_is_broken_before_a_sign() {
        let terms = (0..9).map(|_| (true, named("Contribution of a partner"))).collect();
        let equation = Equation { number: "1".into(), result: "Budget".into(), formula: Formula::Sum(terms) };
        let Math::Row(parts) = equation.math() else { panic!("{:?}", equation.math()) };
        let Some(Math::Lines(lines)) = parts.last() else { panic!("{parts:?}") };
        assert!(lines.len() > 3 && lines.iter().all(|line| width(line) <= LINE));
        assert!(
            lines.iter().skip(1).all(|line| matches!(line, Math::Row(row) if row[0] == Math::Operator("+")))
        );
    }

    #[test]
    fn a_long_name_takes_lines_of_about_one_length() {
        let Math::Name(lines) = name("Baseline of emergency admissions of people aged 65 and over") else {
            panic!("not a name")
        };
        assert_eq!(lines, ["Baseline of emergency", "admissions of people", "aged 65 and over"]);
    }
}
