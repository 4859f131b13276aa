//! Mathematics as typst sets it, with its reading as one line of text for those who hear it.

use crate::letters::Letters;
use jcm_doc::{Equation, Math};

/// A calculation with its number.
pub(crate) fn equation(letters: &Letters<'_>, equation: &Equation) -> String {
    let (number, alt) = (letters.string(&format!("({})", equation.number)), letters.string(&equation.text()));
    let set = equation.math();
    let beside = if matches!(set, Math::Lines(_)) { "top" } else { "horizon" };
    format!("formula({number}, {alt}, {beside}, {})", math(letters, &set))
}

fn math(letters: &Letters<'_>, part: &Math) -> String {
    let own = |part: &Math| math(letters, part);
    // In a table of mathematics letters would be small.
    let large = |part: &Math| format!("math.display({})", own(part));
    match part {
        Math::Row(row) => format!("{{{}}}", row.iter().map(own).collect::<Vec<_>>().join(";")),
        Math::Name(lines) => match lines.as_slice() {
            [only] => letters.string(only),
            _ => {
                let lines: String =
                    lines.iter().map(|line| format!("({},), ", letters.string(line))).collect();
                format!("math.mat(delim: none, align: left, row-gap: 0.25em, {lines})")
            }
        },
        Math::Number(text) => letters.string(text),
        Math::Words(text) => letters.string(&format!("{text} ")),
        Math::Operator(sign) => format!("sign({})", letters.string(sign)),
        Math::Fraction(over, under) => {
            format!("math.frac({}, {})", large(over), large(under))
        }
        Math::Raised(base, exponent) => format!("math.attach({}, t: {})", own(base), own(exponent)),
        Math::Fenced(open, inner, close) => {
            format!("math.lr({{{};{};{}}})", fence(letters, open), own(inner), fence(letters, close))
        }
        Math::Cases(rows) => {
            let rows: String =
                rows.iter().map(|(value, when)| format!("({}, {}), ", large(value), large(when))).collect();
            format!("math.mat(delim: (\"{{\", none), align: left, row-gap: 0.5em, column-gap: 1em, {rows})")
        }
        Math::Lines(lines) => {
            let lines: String = lines.iter().map(|line| format!("({},), ", large(line))).collect();
            format!("math.mat(delim: none, align: left, row-gap: 0.5em, {lines})")
        }
    }
}

/// A bracket that grows with what it holds.
fn fence(letters: &Letters<'_>, mark: &str) -> String {
    match mark {
        "(" => "sym.paren.l".to_owned(),
        ")" => "sym.paren.r".to_owned(),
        "[" => "sym.bracket.l".to_owned(),
        "]" => "sym.bracket.r".to_owned(),
        "|" => "sym.bar.v".to_owned(),
        other => letters.string(other),
    }
}
