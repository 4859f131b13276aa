//! L0115: a settlement that is due before the figures that it needs are reported.

use super::finding;
use crate::view::View;
use jcm_diagnostics::Diagnostic;
use jcm_model::Measure;

const REPORTED: &str = "reported";

pub(super) fn find(view: &View<'_>, _: &jcm_quantity::Exact) -> Vec<Diagnostic> {
    let paid = view.behind_money().inputs;
    let measures = view.program.measures.iter();
    let paid = measures.filter(|measure| measure.inputs().iter().any(|input| paid.contains(input)));
    paid.filter_map(|measure| late(view, measure)).collect()
}

fn late(view: &View<'_>, measure: &Measure) -> Option<Diagnostic> {
    let contract = &view.program.contract;
    let (_, reported) = measure.particulars.iter().find(|(field, _)| field == REPORTED)?;
    let lag = months(reported)?;
    let (what, within) = match (contract.final_months, contract.provisional_months) {
        (Some(last), _) => ("final", last),
        (None, Some(first)) => ("provisional", first),
        (None, None) => return None,
    };
    if lag <= within {
        return None;
    }
    let of = |count: u32| if count == 1 { "1 month".to_owned() } else { format!("{count} months") };
    let said = format!(
        "the {what} settlement is due {} after a period, and “{}” is reported {} after it",
        of(within),
        measure.head.title,
        of(lag)
    );
    let label = format!("it says `reported: {reported}`");
    Some(
        finding(said, measure.head.name_span, label)
            .also(contract.head.name_span, "when it is settled stands in the contract")
            .help(format!("Settle `{what} within {}`, or use a source that reports sooner", of(lag))),
    )
}

/// The months of `every quarter, 2 months after it ends`.
fn months(reported: &str) -> Option<u32> {
    let words: Vec<&str> = reported.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    let after = words.iter().position(|word| *word == "after")?;
    let unit = words.get(after.checked_sub(1)?)?;
    let count: u32 = words.get(after.checked_sub(2)?)?.parse().ok()?;
    match *unit {
        "month" | "months" => Some(count),
        "year" | "years" => count.checked_mul(12),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delay_is_read_in_months() {
        assert_eq!(months("every quarter, 2 months after it ends"), Some(2));
        assert_eq!(months("every financial_year, 1 year after it ends"), Some(12));
        assert_eq!(months("every month"), None);
    }
}
