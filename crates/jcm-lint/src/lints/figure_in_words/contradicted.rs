//! A clause that names a figure of the contract and says that it is another: "The sharing rate is 45%" where it is 50 %.

use super::super::finding;
use super::{figures, in_braces};
use crate::view::{View, number};
use jcm_diagnostics::Diagnostic;
use jcm_model::{Paragraph, Parameter, ParameterOwner, Ty};
use jcm_quantity::{Base, Currency, Exact, Unit};
use jcm_source::Span;

/// Words that may stand between the name of a figure and the figure.
const BETWEEN: [&str; 19] = [
    "is", "are", "be", "of", "at", "being", "stands", "remains", "shall", "will", "must", "set", "fixed",
    "a", "an", "the", "then", "namely", "always",
];

/// Those of them that say that the one is the other.
const SAY: [&str; 8] = ["is", "are", "be", "of", "at", "being", "stands", "remains"];

pub(super) fn find(view: &View<'_>, paragraph: &Paragraph) -> Vec<Diagnostic> {
    let text = view.sources.text_of(paragraph.span);
    let stated: Vec<(usize, &str)> =
        figures(text).into_iter().filter(|(at, _)| !in_braces(text, *at)).collect();
    if stated.is_empty() {
        return Vec::new();
    }
    let of_one = |parameter: &Parameter| of_parameter(view, parameter, paragraph, text, &stated);
    view.program.parameters.iter().filter_map(of_one).collect()
}

fn of_parameter(
    view: &View<'_>,
    parameter: &Parameter,
    paragraph: &Paragraph,
    text: &str,
    stated: &[(usize, &str)],
) -> Option<Diagnostic> {
    let [(_, Ty::Number(unit))] = parameter.columns.as_slice() else { return None };
    if !parameter.keys.is_empty() {
        return None;
    }
    let (at, figure) = *stated.iter().find(|(at, figure)| {
        is_called(text, *at, figure, parameter)
            && is_another(parameter, unit, figure, after(text, *at, figure))
    })?;
    let start = paragraph.span.start.checked_add(u32::try_from(at).ok()?)?;
    let span = Span::new(paragraph.span.file, start, start.checked_add(u32::try_from(figure.len()).ok()?)?);
    let (name, title) = (&parameter.head.name, &parameter.head.title);
    let own = parameter.rows.iter().filter_map(|row| row.values.first());
    let own: Vec<String> = own.map(|value| view.value(value, &Ty::Number(unit.clone()))).collect();
    let message =
        format!("this clause says that “{title}” is {figure}, and the contract has {}", own.join(", "));
    let found = finding(message, span, "one of the two is wrong");
    Some(
        found.also(parameter.head.name_span, "what counts stands here").help(format!(
            "Write `{{{name}}}` in place of the figure, which is then printed as it is in force"
        )),
    )
}

fn after<'t>(text: &'t str, at: usize, figure: &str) -> &'t str {
    text.get(at.saturating_add(figure.len())..).unwrap_or_default()
}

/// Whether the name of the parameter stands right before or behind a figure: `the sharing rate is 45%`,
/// `a 45% sharing rate`.
fn is_called(text: &str, at: usize, figure: &str, parameter: &Parameter) -> bool {
    let before = text.get(..at).unwrap_or_default().to_lowercase();
    let behind = after(text, at, figure).to_lowercase();
    let title = parameter.head.title.to_lowercase();
    let titled = title.contains(' ') && !parameter.head.title.is_empty();
    if titled && behind.strip_prefix(' ').is_some_and(|behind| begins_with(behind, &title)) {
        return true;
    }
    let reference = format!("{{{}}}", parameter.head.name.to_lowercase());
    [(reference, true), (title, titled)].into_iter().any(|(name, counts)| {
        let place = before.rfind(&name).filter(|_| counts);
        place.is_some_and(|place| {
            let starts = before.get(..place).and_then(|rest| rest.chars().next_back());
            let between = before.get(place.saturating_add(name.len())..).unwrap_or_default();
            starts.is_none_or(|letter| !letter.is_alphanumeric()) && says_so(between, name.starts_with('{'))
        })
    })
}

fn begins_with(text: &str, name: &str) -> bool {
    let rest = text.strip_prefix(name);
    rest.is_some_and(|rest| rest.chars().next().is_none_or(|letter| !letter.is_alphanumeric()))
}

/// Whether the words between a name and a figure say that the one is the other. A name in braces is printed as its
/// figure, so that `of` behind it takes a share of what follows.
fn says_so(between: &str, in_braces: bool) -> bool {
    let plain = between.replace(['(', ':', ','], " ");
    let words: Vec<&str> = plain.split_whitespace().collect();
    let is_known = |word: &&str| BETWEEN.contains(word) && !(in_braces && ["of", "at"].contains(word));
    let says = words.iter().any(|word| SAY.contains(word)) || between.trim() == "(" || between.trim() == ":";
    says && words.len() <= 5 && words.iter().all(is_known)
}

/// Whether a figure is of the same kind as the parameter and none of its own.
fn is_another(parameter: &Parameter, unit: &Unit, figure: &str, behind: &str) -> bool {
    let scaled_by_word = ["million", "thousand", "billion", "m", "k", "bn"];
    let next = behind
        .trim_start_matches(' ')
        .split(|letter: char| !letter.is_alphabetic())
        .next()
        .unwrap_or_default();
    if scaled_by_word.contains(&next) {
        return false;
    }
    let is_percent = figure.ends_with('%') || figure.ends_with("cent");
    let sign = unit.dims().iter().find_map(|(base, _)| match base {
        Base::Money(code) => Currency::named(code).map(|currency| currency.symbol),
        _ => None,
    });
    let same_kind = if is_percent {
        unit.is_percent()
    } else {
        sign.is_some_and(|sign| figure.starts_with(sign.as_str()))
    };
    let digits: String = figure.chars().filter(|letter| letter.is_ascii_digit() || *letter == '.').collect();
    let Some(stated) = Exact::parse(&digits).filter(|_| same_kind) else { return false };
    let mut own: Vec<Exact> =
        parameter.rows.iter().flat_map(|row| &row.values).filter_map(number).cloned().collect();
    if let ParameterOwner::Knob { from, to } = &parameter.owner {
        own.extend([from.clone(), to.clone()]);
    }
    !own.is_empty() && own.iter().all(|value| value * &unit.scale() != stated)
}
