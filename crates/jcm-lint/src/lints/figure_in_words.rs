//! L0131: a clause that speaks of an incentive and states a percentage or a sum that the incentive has too, or has not; or
//! that names a figure of the contract and says that it is another.

mod contradicted;

use super::finding;
use crate::view::View;
use jcm_diagnostics::Diagnostic;
use jcm_model::{Def, Incentive, IncentiveId, Paragraph, Piece};
use jcm_quantity::Exact;
use jcm_source::{FileId, Span};

pub(super) fn find(view: &View<'_>, _: &Exact) -> Vec<Diagnostic> {
    let own: Vec<FileId> = view.own_files().map(|(file, _)| file).collect();
    let clauses = view.program.clauses.iter().flat_map(|clause| &clause.paragraphs);
    let of_one = |paragraph: &Paragraph| {
        let mut found = of_paragraph(view, paragraph);
        found.extend(contradicted::find(view, paragraph));
        found
    };
    clauses.filter(|paragraph| own.contains(&paragraph.span.file)).flat_map(of_one).collect()
}

fn of_paragraph(view: &View<'_>, paragraph: &Paragraph) -> Vec<Diagnostic> {
    let spoken_of = paragraph.pieces.iter().find_map(|piece| match piece {
        Piece::Reference { def: Def::Incentive(id), .. } => incentive(view, *id),
        _ => None,
    });
    let Some(incentive) = spoken_of else { return Vec::new() };
    let text = view.sources.text_of(paragraph.span);
    let stated = figures(text).into_iter().filter(|(at, _)| !in_braces(text, *at));
    stated.filter_map(|(at, figure)| describe(view, incentive, paragraph, at, figure)).collect()
}

fn incentive<'v>(view: &View<'v>, id: IncentiveId) -> Option<&'v Incentive> {
    view.program.incentives.get(id.index())
}

fn describe(
    view: &View<'_>,
    incentive: &Incentive,
    paragraph: &Paragraph,
    at: usize,
    figure: &str,
) -> Option<Diagnostic> {
    let start = paragraph.span.start.checked_add(u32::try_from(at).ok()?)?;
    let end = start.checked_add(u32::try_from(figure.len()).ok()?)?;
    let span = Span::new(paragraph.span.file, start, end);
    let title = &incentive.head.title;
    // A figure that has a name of its own is found by the lint of retyped figures.
    if named(view, figure) {
        return None;
    }
    let own = view.sources.text_of(incentive.head.span);
    let Some(place) = figures(own).into_iter().find(|(_, other)| plain(other) == plain(figure)) else {
        let said =
            format!("this clause states {figure} where it speaks of “{title}”, which has no such figure");
        let found = finding(said, span, "what counts is in the lines of the incentive");
        return Some(found.also(incentive.head.name_span, "its figures stand here").help(
            "Leave the figure out, or make it a `parameter` or `knob`, use it in the line, and write its name in braces here",
        ));
    };
    let other = incentive.head.span.start.checked_add(u32::try_from(place.0).ok()?)?;
    let other =
        Span::new(incentive.head.span.file, other, other.checked_add(u32::try_from(place.1.len()).ok()?)?);
    let said = format!("this clause states {figure}, which “{title}” has as well");
    Some(finding(said, span, "the clause stays as it is when the figure changes").also(other, "the figure stands here").help(
        "Leave the figure out, or give it a name with a `parameter` or `knob`, and write the name in braces here",
    ))
}

/// Whether a parameter or knob holds the figure.
fn named(view: &View<'_>, figure: &str) -> bool {
    view.program.parameters.iter().any(|parameter| {
        let values = parameter.rows.iter().flat_map(|row| row.values.iter().zip(&parameter.columns));
        let mut shown = values.map(|(value, (_, ty))| plain(&view.value(value, ty)));
        shown.any(|value| value == plain(figure))
    })
}

/// The percentages and sums of a text with their places.
fn figures(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = text.get(from..).and_then(|rest| rest.find(|c: char| c.is_ascii_digit())) {
        let start = from + start;
        let rest = text.get(start..).unwrap_or_default();
        let length = rest.find(|c: char| !c.is_ascii_digit() && c != ',' && c != '.').unwrap_or(rest.len());
        let digits = rest.get(..length).unwrap_or_default().trim_end_matches([',', '.']);
        from = start + length.max(1);
        let after = rest.get(digits.len()..).unwrap_or_default();
        let before = text.get(..start).and_then(|before| before.chars().next_back());
        let sign = ["%", " %", " per cent", " percent"].into_iter().find(|sign| after.starts_with(sign));
        match (before, sign) {
            (Some(money @ ('£' | '€' | '$')), _) => {
                let start = start - money.len_utf8();
                found.extend(text.get(start..from - (length - digits.len())).map(|figure| (start, figure)));
            }
            (before, Some(sign)) if before.is_none_or(|c| !c.is_alphanumeric() && c != '-') => {
                found.extend(rest.get(..digits.len() + sign.len()).map(|figure| (start, figure)));
            }
            _ => {}
        }
    }
    found
}

/// A figure without what can be left out: `50 %` and `50 per cent` are `50%`, `£5,000.00` is `£5000`.
fn plain(figure: &str) -> String {
    let figure = figure.replace(" per cent", "%").replace(" percent", "%").replace([',', ' '], "");
    figure.strip_suffix(".00").map_or(figure.clone(), str::to_owned)
}

fn in_braces(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default();
    before.rfind('{') > before.rfind('}')
}

#[cfg(test)]
mod tests {
    use super::figures;

    #[test]
    fn percentages_and_sums_are_found_and_dates_are_not() {
        let text = "half, 45 per cent, 2.5% of £1,200,000.00, on 1 April 2026 and in 2026/27, clause 4.2.";
        let found: Vec<&str> = figures(text).into_iter().map(|(_, figure)| figure).collect();
        assert_eq!(found, ["45 per cent", "2.5%", "£1,200,000.00"]);
    }
}
