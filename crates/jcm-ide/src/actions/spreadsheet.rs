//! Mends of what is written as in a spreadsheet or a program: `IF(…)`, `SUM(…)`, `ROUND(…)`, `if … then … else …`.

use super::as_told::{Mend, change, rest_of_line};
use super::written;
use crate::analysis::Analysis;
use crate::place::members;
use jcm_diagnostics::{Diagnostic, TextEdit};
use jcm_source::Span;
use jcm_syntax::ast::DeclarationKind as Kind;

/// The mends of a calculation in the words of another tool.
pub(super) fn mends(analysis: &Analysis, problem: &Diagnostic) -> Vec<Mend> {
    let place = problem.primary.span;
    let one = || match problem.code.0 {
        "E0202" => call(analysis, place),
        "E0110" if problem.case == "if-first" => in_words(analysis, place),
        "E0110" => sign_twice(analysis, place),
        "E0302" if analysis.text_of(place) == "p" => pence(analysis, place),
        "E0503" => end_not_held(analysis, problem),
        "E0546" => limits_swapped(analysis, place),
        _ => None,
    };
    one().into_iter().collect()
}

/// A function of a spreadsheet, said in words.
fn call(analysis: &Analysis, place: Span) -> Option<Mend> {
    let rest = analysis.text(place.file).get(place.end as usize..)?;
    let inside = inside_brackets(rest)?;
    let end = (place.end as usize).checked_add(inside.len())?.checked_add("()".len())?;
    let is_all = is_all_of_line(analysis, place, end);
    let parts = parts(inside);
    let said = match (analysis.text_of(place).to_ascii_uppercase().as_str(), parts.as_slice()) {
        ("SUM", [_, _, ..]) if is_all => parts.join(" + "),
        ("SUM", [_, _, ..]) => format!("({})", parts.join(" + ")),
        ("IF", [condition, then, otherwise]) if is_all => {
            format!("{then} when {condition}, otherwise {otherwise}")
        }
        ("CLAMP" | "MEDIAN", [amount, least, most]) if is_all => {
            format!("{amount}, at least {least}, at most {most}")
        }
        ("MIN", [amount, most]) if is_all => format!("{amount}, at most {most}"),
        ("MAX", [amount, least]) if is_all => format!("{amount}, at least {least}"),
        ("ROUND", [amount, "2"]) if is_all => {
            let rounding = to_the_penny(analysis)?;
            let is_one = amount.chars().all(|c| c.is_alphanumeric() || c == '_');
            if is_one {
                format!("{amount} rounded {rounding}")
            } else {
                format!("({amount}) rounded {rounding}")
            }
        }
        _ => return None,
    };
    Some(change(&said, crate::shape::span(place.file, place.start as usize, end)))
}

/// `if visits > 100 then £500 else £0`.
fn in_words(analysis: &Analysis, place: Span) -> Option<Mend> {
    let (line_start, line) = rest_of_line(analysis, place);
    let line = line.split(" //").next()?.trim_end();
    let own = line.get((place.start as usize).checked_sub(line_start)?..)?;
    let (condition, rest) = own.strip_prefix("if ")?.split_once(" then ")?;
    let (then, otherwise) = rest.split_once(" else ")?;
    let is_one = |part: &str| ![" if ", " then ", " else "].iter().any(|word| part.contains(word));
    let said = format!("{then} when {condition}, otherwise {otherwise}");
    let span = crate::shape::span(place.file, place.start as usize, line_start.checked_add(line.len())?);
    (is_one(condition) && is_one(then) && is_one(otherwise)).then(|| change(&said, span))
}

/// `££5,000`.
fn sign_twice(analysis: &Analysis, place: Span) -> Option<Mend> {
    let before = analysis.text(place.file).get(..place.start as usize)?;
    let sign = ["£", "€", "$"]
        .into_iter()
        .find(|sign| before.ends_with(sign) && analysis.text_of(place).starts_with(sign))?;
    let start = before.len().checked_sub(sign.len())?;
    let span = crate::shape::span(place.file, start, place.start as usize);
    Some((format!("Write `{sign}` once"), vec![TextEdit { span, new_text: String::new() }]))
}

/// `50p`.
fn pence(analysis: &Analysis, place: Span) -> Option<Mend> {
    let before = analysis.text(place.file).get(..place.start as usize)?.trim_end_matches(' ');
    let number = before.trim_end_matches(|c: char| c.is_ascii_digit());
    let figure = before.get(number.len()..)?;
    let pence: u32 = figure.parse().ok().filter(|_| !number.ends_with(['.', ',']))?;
    let (pounds, rest) = (pence.checked_div(100)?, pence.checked_rem(100)?);
    let span = crate::shape::span(place.file, number.len(), place.end as usize);
    Some(change(&format!("£{pounds}.{rest:02}"), span))
}

/// Of two rows that hold one figure, the earlier ends below it; a row that holds nothing has its ends swapped.
fn end_not_held(analysis: &Analysis, problem: &Diagnostic) -> Option<Mend> {
    let figure = problem.facts.first()?;
    if let Some((more, less)) =
        figure.strip_prefix("nothing: ").and_then(|ends| ends.split_once(" is more than "))
    {
        let own = analysis.text_of(problem.primary.span);
        let rest = own.strip_prefix(more)?;
        let at = rest.find(less)?;
        let between = rest.get(..at)?;
        let end = more.len().checked_add(at)?.checked_add(less.len())?;
        let start = problem.primary.span.start as usize;
        let span = crate::shape::span(problem.primary.span.file, start, start.checked_add(end)?);
        return Some(change(&format!("{less}{between}{more}"), span));
    }
    let row = problem.secondary.first()?.span;
    let text = analysis.text_of(row);
    let at = text.find(&format!(" to {figure}"))?.checked_add(" to ".len())?;
    let place = written(row.file, (row.start as usize).checked_add(at)?, "below ".to_owned());
    Some((format!("End the row before it below {figure}"), vec![place]))
}

/// The figures of `at least … , at most …` the other way round.
fn limits_swapped(analysis: &Analysis, place: Span) -> Option<Mend> {
    let (line_start, line) = rest_of_line(analysis, place);
    let figure = |word: &str| {
        let at = line.find(word)?.checked_add(word.len())?;
        let rest = line.get(at..)?;
        let figure = parts(rest.split(" //").next()?).first().copied()?;
        let start = line_start.checked_add(at)?;
        // `£100,000`, or `5% of fund.budget`.
        let is_plain = matches!(figure.split(' ').collect::<Vec<_>>().as_slice(), [_] | [_, "of", _]);
        let is_figure = figure.contains(|c: char| c.is_ascii_digit()) && is_plain;
        let span = crate::shape::span(place.file, start, start.checked_add(figure.len())?);
        is_figure.then_some((figure, span))
    };
    let ((least, first), (most, second)) = (figure("at least ")?, figure("at most ")?);
    let edits = vec![
        TextEdit { span: first, new_text: most.to_owned() },
        TextEdit { span: second, new_text: least.to_owned() },
    ];
    Some((format!("Write `at least {most}` and `at most {least}`"), edits))
}

/// What stands between the brackets that a text begins with.
fn inside_brackets(text: &str) -> Option<&str> {
    let mut open = 0_u32;
    for (at, letter) in text.char_indices() {
        match letter {
            '(' => open = open.checked_add(1)?,
            ')' => open = open.checked_sub(1)?,
            '\n' => return None,
            _ => {}
        }
        if open == 0 {
            return text.get(1..at);
        }
    }
    None
}

/// The parts of a list: a comma within brackets, or between the digits of a figure, separates nothing.
fn parts(text: &str) -> Vec<&str> {
    let (mut found, mut start, mut open) = (Vec::new(), 0, 0_u32);
    for (at, letter) in text.char_indices() {
        let next = text.get(at..).and_then(|rest| rest.chars().nth(1));
        match letter {
            '(' => open = open.saturating_add(1),
            ')' => open = open.saturating_sub(1),
            ',' if open == 0 && !next.is_some_and(|c| c.is_ascii_digit()) => {
                found.extend(text.get(start..at));
                start = at.saturating_add(1);
            }
            _ => {}
        }
    }
    found.extend(text.get(start..));
    found.into_iter().map(str::trim).collect()
}

/// Whether a place is the whole of the calculation of its line.
fn is_all_of_line(analysis: &Analysis, place: Span, end: usize) -> bool {
    let (line_start, line) = rest_of_line(analysis, place);
    let part = |from: usize, to: usize| line.get(from..to).map(str::trim);
    let (start, end) = ((place.start as usize).saturating_sub(line_start), end.saturating_sub(line_start));
    let after = part(end, line.len()).is_some_and(|rest| rest.is_empty() || rest.starts_with("//"));
    after && part(0, start).is_some_and(|before| before.ends_with('='))
}

/// How the contract rounds, if it does to a penny.
fn to_the_penny(analysis: &Analysis) -> Option<&str> {
    let own = analysis.modules().iter().filter(|module| module.is_own());
    let contract = own.flat_map(|module| module.ast.declarations()).find(|d| d.kind == Kind::Contract)?;
    let rounding = members(contract).iter().find(|m| m.key_words().as_deref() == Some("rounding"))?;
    let (_, said) = analysis.text_of(rounding.span).split_once(':')?;
    Some(said.trim()).filter(|said| said.ends_with("0.01"))
}
