//! A figure in a calculation, given a name of its own: as a parameter, or as a knob that a locality may set.

use super::{Action, ActionKind, with_comments, written};
use crate::analysis::Analysis;
use crate::index::{Symbol, What};
use crate::place::{each_term, holds};
use jcm_diagnostics::TextEdit;
use jcm_source::Span;
use jcm_syntax::ast::{Declaration, DeclarationKind as Kind, Operator, Term, TermKind, Word};

/// A figure that stands in a calculation.
struct Figure {
    span: Span,
    /// As written, with what it is per.
    text: String,
    /// Its unit, as a type is written.
    unit: String,
    /// What its name ends with.
    ending: &'static str,
    /// A range that it lies in, as a knob's is written.
    range: String,
}

/// Gives the figure at a place a name, as a parameter or as a knob.
pub(super) fn extract(analysis: &Analysis, range: Span) -> Vec<Action> {
    let Some(declaration) = analysis.declaration_at(range.file, range.start) else { return Vec::new() };
    if declaration.kind != Kind::Incentive || declaration.broken {
        return Vec::new();
    }
    let Some(figure) = figure_at(analysis, declaration, range) else { return Vec::new() };
    let line = analysis.index().symbols().map(|(_, symbol)| symbol).find(|symbol| {
        symbol.what == What::Line
            && symbol.span.file == range.file
            && symbol.span.start <= figure.span.start
            && figure.span.end <= symbol.span.end
    });
    let Some(line) = line else { return Vec::new() };
    let name = free_name(analysis, &format!("{}_{}", line.name, figure.ending));
    let title = format!("{}: {}", title_of(line), figure.ending);
    let text = analysis.text(range.file);
    let place = with_comments(text, declaration.span.start as usize);
    let Figure { text: was, unit, range: limits, .. } = &figure;
    let parameter = format!(
        "parameter {name} \"{title}\" : {unit} = {was} {{\n    source: \"(say here where the figure comes from)\"\n}}\n\n"
    );
    let knob = format!("knob {name} \"{title}\" : {unit} = {was}, {limits}\n\n");
    [
        (ActionKind::Extract, format!("Give {was} a name: the parameter `{name}`"), parameter),
        (ActionKind::Extract, format!("Make {was} a knob that a locality may set: `{name}`"), knob),
    ]
    .into_iter()
    .map(|(kind, title, declared)| Action {
        kind,
        title,
        problem: None,
        edits: vec![
            written(range.file, place, declared),
            TextEdit { span: figure.span, new_text: name.clone() },
        ],
        only: false,
    })
    .collect()
}

fn title_of(line: &Symbol) -> &str {
    if line.title.is_empty() { &line.name } else { &line.title }
}

/// The figure at a place of a declaration.
fn figure_at(analysis: &Analysis, declaration: &Declaration, range: Span) -> Option<Figure> {
    let mut found = None;
    let mut terms: Vec<&Term> = Vec::new();
    each_term(declaration, &mut |term| terms.push(term));
    for (place, term) in terms.iter().enumerate() {
        if holds(term.span, range.start) && range.end <= term.span.end {
            let after = terms.get(place.saturating_add(1)..).unwrap_or(&[]);
            found = figure(analysis, term, after).or(found);
        }
    }
    found
}

fn figure(analysis: &Analysis, term: &Term, after: &[&Term]) -> Option<Figure> {
    let per = match after {
        [per, unit, ..] if per.word() == Some(Word::Per) => unit.name().map(|unit| (unit.span, &unit.text)),
        _ => None,
    };
    let span = per.map_or(term.span, |(unit, _)| term.span.to(unit));
    let text = analysis.text_of(span).to_owned();
    let of = per.map_or_else(String::new, |(_, unit)| format!(" per {unit}"));
    match &term.kind {
        TermKind::Percent(_) => Some(Figure {
            span,
            text,
            unit: format!("percent{of}"),
            ending: "rate",
            range: format!("from 0%{of} to 100%{of}"),
        }),
        TermKind::Money { symbol, digits } if !digits.is_empty() => {
            let twice = twice(digits)?;
            Some(Figure {
                span,
                text,
                unit: format!("{symbol}{of}"),
                ending: "amount",
                range: format!("from {symbol}0{of} to {symbol}{twice}{of}"),
            })
        }
        _ => None,
    }
}

/// Twice a whole number of pounds, as it is written, pence left out.
fn twice(digits: &str) -> Option<String> {
    let whole: String = digits.split('.').next()?.chars().filter(char::is_ascii_digit).collect();
    let twice = whole.parse::<u64>().ok()?.checked_mul(2)?.max(1).to_string();
    let mut grouped = String::new();
    for (place, digit) in twice.chars().enumerate() {
        if place > 0 && twice.len().saturating_sub(place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    Some(grouped)
}

/// A name that nothing has yet.
fn free_name(analysis: &Analysis, wanted: &str) -> String {
    let taken = |name: &str| analysis.index().symbols().any(|(_, symbol)| symbol.name == name);
    let numbered = (2..).map(|number: u32| format!("{wanted}_{number}"));
    std::iter::once(wanted.to_owned()).chain(numbered).find(|name| !taken(name)).unwrap_or_default()
}

/// Makes a parameter of one figure a knob, which a locality may set.
pub(super) fn knob_of_parameter(analysis: &Analysis, range: Span) -> Option<Action> {
    let declaration = analysis.declaration_at(range.file, range.start)?;
    let header = declaration.header.last()?;
    let on_first_line = range.end <= header.span.end;
    if declaration.kind != Kind::Parameter || declaration.broken || !on_first_line {
        return None;
    }
    let equals = header.terms.iter().position(|term| term.operator() == Some(Operator::Equal))?;
    let after: Vec<&Term> = header.terms.get(equals.saturating_add(1)..)?.iter().collect();
    let (term, rest) = after.split_first()?;
    let figure = figure(analysis, term, rest)?;
    let start = crate::shape::span(
        range.file,
        declaration.kind_span.start as usize,
        declaration.kind_span.end as usize,
    );
    let name = declaration.name.as_ref()?;
    Some(Action {
        kind: ActionKind::Rewrite,
        title: format!("Make `{}` a knob that a locality may set", name.text),
        problem: None,
        edits: vec![
            TextEdit { span: start, new_text: Kind::Knob.word().to_owned() },
            written(range.file, header.span.end as usize, format!(", {}", figure.range)),
        ],
        only: false,
    })
}
