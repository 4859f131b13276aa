//! Mends of rows that stand beside each other: cases of a table or of a calculation, payees in an order, a payment that an
//! example expects.

use super::as_told::{Mend, change, member_at, rest_of_line, told, within};
use super::{line_start, lines, written};
use crate::analysis::Analysis;
use crate::completion::own_names;
use jcm_diagnostics::{Diagnostic, TextEdit};
use jcm_source::Span;
use jcm_syntax::ast::{Declaration, DeclarationKind as Kind};

/// The mends of a row.
pub(super) fn mends(analysis: &Analysis, problem: &Diagnostic, own: Option<&Declaration>) -> Vec<Mend> {
    match (problem.code.0, own) {
        ("E0110", Some(_)) if problem.case == "else-when" => {
            amount_first(analysis, problem.primary.span).into_iter().collect()
        }
        ("E0541", Some(_)) => missing_case(analysis, problem),
        ("E0543", Some(_)) => in_order(analysis, problem),
        ("E0545", Some(own)) => for_which_line(analysis, own, problem),
        _ => Vec::new(),
    }
}

/// `else when visits > 50 visits £200` as a case of its own: its amount first, a comma before it.
fn amount_first(analysis: &Analysis, place: Span) -> Option<Mend> {
    let (start, line) = rest_of_line(analysis, place);
    let at = (place.start as usize).checked_sub(start)?;
    let (before, case) = (line.get(..at)?, line.get(at..)?);
    let case = case.split(", ").next()?.split(" //").next()?.trim_end();
    let case = case.split(" otherwise").next()?;
    let (condition, amount) = condition_and_amount(case.strip_prefix("else")?.trim().strip_prefix("when ")?)?;
    let (from, comma) = match before.trim_end() {
        closed if closed.ends_with(',') => (at, ""),
        open => (open.len(), ", "),
    };
    let from = start.checked_add(from)?;
    let end = start.checked_add(at)?.checked_add(case.len())?;
    let new_text = format!("{comma}{amount} when {condition}");
    Some((
        format!("Write the amount first: `{amount} when {condition}`"),
        vec![TextEdit { span: crate::shape::span(place.file, from, end), new_text }],
    ))
}

/// What a case pays stands behind `then`, or begins with the last figure that nothing is compared with.
fn condition_and_amount(case: &str) -> Option<(&str, &str)> {
    if let Some((condition, amount)) = case.split_once(" then ") {
        return Some((condition.trim(), amount.trim()));
    }
    let compares =
        |word: &str| ["<", ">", "=", "least", "most", "is", "and", "or", "+", "-", "*"].contains(&word);
    let mut found = None;
    let mut before = "";
    let mut at = 0_usize;
    for word in case.split(' ') {
        let is_figure = word.starts_with(|c: char| c.is_ascii_digit() || "£€$".contains(c));
        let compared = compares(before.trim_end_matches('=')) || before.ends_with('=');
        if is_figure && at > 0 && !compared {
            found = Some(at);
        }
        before = word;
        at = at.checked_add(word.len())?.checked_add(1)?;
    }
    let (condition, amount) = case.split_at_checked(found?)?;
    Some((condition.trim(), amount.trim()))
}

/// The row that a table of cases lacks, with nothing for its figure, and the row for every other case.
fn missing_case(analysis: &Analysis, problem: &Diagnostic) -> Vec<Mend> {
    let Some(last) = problem.secondary.first().map(|label| label.span) else { return Vec::new() };
    // The place is that of the key; the row goes on to the end of its line, or of a table in one line.
    let (line, whole) = rest_of_line(analysis, last);
    let row = whole.get((last.start as usize).saturating_sub(line)..).unwrap_or("");
    let row = row.split(" //").next().unwrap_or(row).trim_end().trim_end_matches('}').trim_end();
    let Some((_, value)) = row.split_once(':') else { return Vec::new() };
    let nothing = nothing_like(value.trim());
    let add = |key: &str| -> Option<Mend> {
        let text = analysis.text(last.file);
        let start = line_start(text, last.start as usize);
        let indent = text.get(start..last.start as usize)?;
        let end = (last.start as usize).checked_add(row.len())?;
        let line = format!("{key} : {nothing}");
        // A table in one line parts its rows by commas.
        let between = if indent.trim().is_empty() { format!("\n{indent}") } else { ", ".to_owned() };
        Some((
            format!("Add the row `{line}`, to be typed over"),
            vec![written(last.file, end, format!("{between}{line}"))],
        ))
    };
    let keys = told(problem).into_iter().filter_map(|key| key.strip_suffix(" :"));
    keys.filter_map(add).collect()
}

/// A figure of the same unit that is nothing; what is no figure stays as it is.
fn nothing_like(value: &str) -> String {
    let sign = value.chars().next().filter(|c| "£€$".contains(*c));
    let digits = value.trim_start_matches(['£', '€', '$']);
    let unit = digits.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ',' | '.'));
    if unit.len() == digits.len() {
        return value.to_owned();
    }
    format!("{}0{unit}", sign.map(String::from).unwrap_or_default())
}

/// A payee put where the order has a place for it.
fn in_order(analysis: &Analysis, problem: &Diagnostic) -> Vec<Mend> {
    let place = problem.primary.span;
    match problem.case {
        "finer-than-paid" => to_the_grain(analysis, problem).into_iter().collect(),
        "after-the-rest" => before_the_rest(analysis, problem).into_iter().collect(),
        "no-rest" => takers_of_the_rest(analysis, place),
        _ => Vec::new(),
    }
}

/// The amount without the decimals that no payment has.
fn to_the_grain(analysis: &Analysis, problem: &Diagnostic) -> Option<Mend> {
    let place = problem.primary.span;
    let [amount, grain] = problem.facts.as_slice() else { return None };
    let (_, decimals) = grain.rsplit_once('.')?;
    let (whole, fraction) = amount.split_once('.')?;
    let cut = format!("{whole}.{}", fraction.get(..decimals.len())?);
    let is_something = cut.contains(|c: char| ('1'..='9').contains(&c));
    let span = within(place, analysis.text_of(place), amount)?;
    is_something.then(|| change(&cut, span))
}

/// A payee that stands behind the rest, moved before it.
fn before_the_rest(analysis: &Analysis, problem: &Diagnostic) -> Option<Mend> {
    let place = problem.primary.span;
    let text = analysis.text(place.file);
    let own = lines(analysis, place);
    let row = analysis.text_of(own);
    let is_alone = row.trim() == analysis.text_of(place).trim();
    let above = text.get(..own.start as usize)?;
    let begins_rest = |(at, _): &(usize, &str)| {
        above.get(at.saturating_add(1)..).is_some_and(|line| line.trim_start().starts_with("rest "))
    };
    let (rest, _) = above.match_indices('\n').rfind(begins_rest)?;
    let moved = written(place.file, rest.checked_add(1)?, row.to_owned());
    is_alone.then(|| {
        ("Put it before the `rest`".to_owned(), vec![moved, TextEdit { span: own, new_text: String::new() }])
    })
}

/// A row behind the last one that gives what is left to one of the partners, for each.
fn takers_of_the_rest(analysis: &Analysis, place: Span) -> Vec<Mend> {
    let text = analysis.text(place.file);
    let start = line_start(text, place.start as usize);
    let Some(indent) = text.get(start..place.start as usize).filter(|indent| indent.trim().is_empty()) else {
        return Vec::new();
    };
    let end = (place.start as usize).saturating_add(analysis.text_of(place).trim_end().len());
    let paid_by = |name: &&str| {
        text.get(..start).is_some_and(|above| {
            above.rsplit("pays ").next().is_some_and(|pays| pays.contains(&format!(" from {name} ")))
        })
    };
    let partners = own_names(analysis, &[Kind::Partner]).into_iter().filter(|name| !paid_by(name));
    partners
        .map(|name| {
            let row = written(place.file, end, format!("\n{indent}rest   {name}"));
            (format!("Let `{name}` take the rest"), vec![row])
        })
        .collect()
}

/// Which line a partner is paid for, in a row that gives its amount of each period.
fn for_which_line(analysis: &Analysis, own: &Declaration, problem: &Diagnostic) -> Vec<Mend> {
    let Some(member) = member_at(own, problem.primary.span) else { return Vec::new() };
    let text = analysis.text_of(member.span);
    let head =
        text.split_once(':').filter(|(_, amounts)| amounts.contains(", ")).map(|(head, _)| head.trim_end());
    let Some(head) = head else { return Vec::new() };
    let end = (member.span.start as usize).saturating_add(head.len());
    problem
        .facts
        .iter()
        .map(|paid| {
            let edit = written(member.span.file, end, format!(" for {paid}"));
            (format!("Say that it is `for {paid}`"), vec![edit])
        })
        .collect()
}
