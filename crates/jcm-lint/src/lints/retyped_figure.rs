//! L0103: a clause that spells a figure which the contract holds under a name, so that one can change without the other.

use super::finding;
use crate::view::{View, number};
use jcm_diagnostics::Diagnostic;
use jcm_model::{Constant, Head, Paragraph, Parameter, ParameterOwner, Piece, Ty};
use jcm_quantity::{Exact, Unit, show};
use jcm_source::Span;

/// Plain numbers below this stand in clauses for many other things.
const DISTINCT: i64 = 1000;

pub(super) fn find(view: &View<'_>, _: &Exact) -> Vec<Diagnostic> {
    let held: Vec<Held<'_>> = view.program.parameters.iter().flat_map(figures).collect();
    let clauses = view.program.clauses.iter().flat_map(|clause| &clause.paragraphs);
    let definitions = view.program.definitions.iter().flat_map(|definition| &definition.paragraphs);
    clauses.chain(definitions).flat_map(|paragraph| retyped(view, paragraph, &held)).collect()
}

/// A figure that the contract holds under a name.
struct Held<'a> {
    head: &'a Head,
    value: Exact,
    unit: Unit,
    /// The ways in which people write it.
    written: Vec<String>,
}

fn figures(parameter: &Parameter) -> Vec<Held<'_>> {
    // A table of figures is not what a sentence repeats.
    let [(_, Ty::Number(unit))] = parameter.columns.as_slice() else { return Vec::new() };
    if !parameter.keys.is_empty() {
        return Vec::new();
    }
    let values = parameter.rows.iter().filter_map(|row| number(row.values.first()?));
    let held = values.filter(|value| is_distinct(value, unit, &parameter.owner)).map(|value| Held {
        head: &parameter.head,
        value: value.clone(),
        unit: unit.clone(),
        written: ways_to_write(value, unit),
    });
    held.collect()
}

fn is_distinct(value: &Exact, unit: &Unit, owner: &ParameterOwner) -> bool {
    let scaled = (value * &unit.scale()).abs();
    match (unit.is_percent(), owner) {
        // Nothing and all are said of many things.
        (true, _) => !value.is_zero() && *value != Exact::one(),
        (false, ParameterOwner::Measure(_)) => scaled >= Exact::from_int(DISTINCT),
        _ => scaled >= Exact::from_int(DISTINCT),
    }
}

/// `50%`, `50 %`, `50 per cent`; `£1,200,000.00`, `£1,200,000`, `£1.2 million`, `£1.2m`.
fn ways_to_write(value: &Exact, unit: &Unit) -> Vec<String> {
    let shown = show(value, unit);
    if let Some(figure) = shown.strip_suffix('%') {
        return vec![
            shown.clone(),
            format!("{figure} %"),
            format!("{figure} per cent"),
            format!("{figure} percent"),
        ];
    }
    // `£9,600,000.00 per year` is written without the pence, and often without the year.
    let figure = shown.split(' ').next().unwrap_or_default();
    let whole = figure.strip_suffix(".00").unwrap_or(figure);
    let mut ways = vec![figure.to_owned(), whole.to_owned()];
    let sign: String = whole.chars().take_while(|letter| !letter.is_ascii_digit()).collect();
    let millions = value.checked_div(&Exact::from_int(1_000_000)).unwrap_or_default();
    if !sign.is_empty() && !millions.floor().is_zero() {
        let millions = millions.text();
        ways.extend([format!("{sign}{millions} million"), format!("{sign}{millions}m")]);
    }
    ways.dedup();
    ways
}

fn retyped(view: &View<'_>, paragraph: &Paragraph, held: &[Held<'_>]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let text = view.sources.text_of(paragraph.span);
    for held in held {
        for piece in &paragraph.pieces {
            if let Piece::Figure { value: Constant::Number(value), ty, span, .. } = piece
                && *value == held.value
                && ty.unit().is_some_and(|unit| unit.same_kind(&held.unit))
            {
                found.push(describe(view, held, *span));
            }
        }
        let spelled = held.written.iter().filter_map(|way| Some((place_in(text, way)?, way.len())));
        if let Some((start, length)) = spelled.max_by_key(|(_, length)| *length) {
            let at =
                |place: usize| paragraph.span.start.saturating_add(u32::try_from(place).unwrap_or(u32::MAX));
            found.push(describe(view, held, Span::new(paragraph.span.file, at(start), at(start + length))));
        }
    }
    found
}

/// Where a figure stands in a text as a whole: not as a part of a longer one, and not between braces.
fn place_in(text: &str, figure: &str) -> Option<usize> {
    let whole = |place: usize| {
        let before = text.get(..place)?.chars().next_back();
        let mut after = text.get(place + figure.len()..)?.chars();
        let next = after.next();
        let longer =
            matches!(next, Some('.' | ',')) && after.next().is_some_and(|letter| letter.is_ascii_digit());
        let inside = text.get(..place)?.rfind('{') > text.get(..place)?.rfind('}');
        let apart = |letter: Option<char>| {
            letter.is_none_or(|letter| !letter.is_alphanumeric() && letter != '£' && letter != '%')
        };
        let before_ends = before.is_none_or(|letter| letter != '.' && letter != ',' && letter != '-');
        (apart(before) && before_ends && apart(next) && !longer && !inside).then_some(place)
    };
    text.match_indices(figure).find_map(|(place, _)| whole(place))
}

fn describe(view: &View<'_>, held: &Held<'_>, span: Span) -> Diagnostic {
    let name = &held.head.name;
    let said = format!(
        "this clause spells {}, which the contract holds as `{name}`",
        view.value(&Constant::Number(held.value.clone()), &Ty::Number(held.unit.clone()))
    );
    finding(said, span, "the clause stays as it is when the figure changes")
        .also(held.head.name_span, "the figure stands here")
        .help(format!("Write `{{{name}}}`: the contract prints the figure in force"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_is_found_only_as_a_whole() {
        assert_eq!(place_in("the rate is 50%.", "50%"), Some(12));
        assert_eq!(place_in("the rate is 2.50%.", "50%"), None);
        assert_eq!(place_in("no more than £1,200,000.50", "£1,200,000"), None);
        assert_eq!(place_in("the rate is {50%}", "50%"), None);
    }
}
