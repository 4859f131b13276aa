//! L0136: a measure that money depends on is reported oftener than the contract settles, and how its figures become one is
//! not said.

use super::finding;
use crate::view::View;
use jcm_diagnostics::Diagnostic;
use jcm_model::Measure;
use jcm_quantity::Cycle;

pub(super) fn find(view: &View<'_>, _: &jcm_quantity::Exact) -> Vec<Diagnostic> {
    let paid = view.behind_money().inputs;
    let measures = view.program.measures.iter();
    let paid = measures.filter(|measure| measure.inputs().iter().any(|input| paid.contains(input)));
    paid.filter_map(|measure| unsaid(view, measure)).collect()
}

fn unsaid(view: &View<'_>, measure: &Measure) -> Option<Diagnostic> {
    if measure.combined.is_some() {
        return None;
    }
    let (_, reported) = measure.particulars.iter().find(|(field, _)| field == "reported")?;
    let settled = view.program.contract.settled_every;
    let part = part_of(reported, settled)?;
    let period = settled.name().replace('_', " ");
    let said = format!(
        "“{}” is reported every {part} and settled by the {period}, and how its {part}s become one figure is not said",
        measure.head.title
    );
    let found = finding(said, measure.head.name_span, format!("it says `reported: {reported}`"));
    Some(found.help(format!(
        "Write `combined: mean of the {part}s`, another of its rules, or `combined: one figure for the period` if one is reported for the whole {period}"
    )))
}

/// The part of a settlement period in which a measure is reported, if it is one.
fn part_of(reported: &str, settled: Cycle) -> Option<&'static str> {
    let mut words = reported.split([' ', ',']).filter(|word| !word.is_empty());
    let every = words.next().filter(|word| ["every", "each"].contains(word)).and(words.next())?;
    let (part, months) = match every {
        "month" => ("month", 1),
        "quarter" => ("quarter", 3),
        _ => return None,
    };
    (settled.months() > months).then_some(part)
}

#[cfg(test)]
mod tests {
    use super::{Cycle, part_of};

    #[test]
    fn what_is_reported_oftener_comes_in_parts() {
        assert_eq!(part_of("every quarter, 2 months after it ends", Cycle::FinancialYear), Some("quarter"));
        assert_eq!(part_of("every month", Cycle::ContractQuarter), Some("month"));
        assert_eq!(part_of("every quarter", Cycle::Quarter), None);
        assert_eq!(part_of("every financial_year", Cycle::FinancialYear), None);
        assert_eq!(part_of("when the survey is published", Cycle::FinancialYear), None);
    }
}
