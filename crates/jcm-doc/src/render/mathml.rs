//! Mathematics as MathML, which browsers set and read aloud.

use crate::math::{Equation, Math};
use maud::{Markup, html as markup};

/// A calculation with its number.
pub(super) fn equation(equation: &Equation) -> Markup {
    let (text, set) = (equation.text(), equation.math());
    // A formula that is wider than the screen scrolls, and so has a name and can be reached by keyboard.
    markup! {
        div.equation role="group" tabindex="0" aria-label={ "Line " (equation.number) " as a formula" } {
            span.number { "(" (equation.number) ")" }
            " "
            math display="block" alttext=(text) { (math(&set)) }
        }
    }
}

fn math(part: &Math) -> Markup {
    match part {
        Math::Row(row) => markup! { mrow { @for part in row { (math(part)) } } },
        Math::Name(lines) => name(lines),
        Math::Number(text) => markup! { mn class="value" { (text) } },
        Math::Words(text) => markup! { mtext { (text) "\u{a0}" } },
        Math::Operator(sign) => markup! { mo lspace="0.3em" rspace="0.3em" { (sign) } },
        Math::Fraction(over, under) => markup! { mfrac { (math(over)) (math(under)) } },
        Math::Raised(base, exponent) => markup! { msup { (math(base)) (math(exponent)) } },
        // Few machines have a font whose brackets grow, so tall ones are drawn as edges.
        Math::Fenced(open, inner, _) if inner.is_tall() => markup! {
            mrow class=(match *open { "(" => "fence round", _ => "fence" }) { (math(inner)) }
        },
        Math::Fenced(open, inner, close) => markup! {
            mrow { mo { (open) } (math(inner)) mo { (close) } }
        },
        Math::Cases(rows) => markup! {
            mtable class="cases" displaystyle="true" {
                @for (value, when) in rows { mtr { mtd { (math(value)) } mtd { (math(when)) } } }
            }
        },
        Math::Lines(lines) => markup! {
            mtable class="lines" displaystyle="true" { @for line in lines { mtr { mtd { (math(line)) } } } }
        },
    }
}

/// An identifier, and not text: MathML takes text for space, and then gives the sign beside it none.
fn name(lines: &[String]) -> Markup {
    let one = |line: &String| markup! { mi mathvariant="normal" { (line) } };
    match lines {
        [only] => one(only),
        _ => markup! { mtable class="name" { @for line in lines { mtr { mtd { (one(line)) } } } } },
    }
}
