//! What a newcomer begins a fund, a payment out of it, bands or a scale with: rows in the contract's own names and figures.

use super::super::stops::{self, choice_from, own_names, stop};
use super::{declaration, own, reached, said, unpaid_measure};
use crate::analysis::Analysis;
use crate::index::Symbol;
use jcm_sema::schema;
use jcm_syntax::ast::DeclarationKind as Kind;

/// A fund that each partner puts something into.
pub(super) fn pool(analysis: &Analysis, partners: &[&str]) -> String {
    let widest = partners.iter().map(|partner| partner.len()).max().unwrap_or(0);
    let mut number = 3_u32;
    let rows = partners.iter().map(|partner| {
        number = number.saturating_add(1);
        let space = " ".repeat(widest.saturating_sub(partner.len()).saturating_add(1));
        format!("        {partner}{space}: {} per year\n", stop(number, "£1,000,000"))
    });
    let rows: String = rows.collect();
    let host = schema::of(Kind::Pool).and_then(|schema| schema.field("host"));
    let host = host.map(|field| stops::value(analysis, field, 3)).unwrap_or_default();
    format!(
        "pool ${{1:alliance_fund}} \"${{2:The Alliance Fund}}\" {{\n    host:  {host}\n    contributes {{\n{rows}    }}\n    $0\n}}"
    )
}

/// A fixed amount of a year, out of the fund if there is one, to the second partner.
pub(super) fn payment(analysis: &Analysis, partners: &[&str]) -> String {
    let pools = own_names(analysis, &[Kind::Pool]);
    let payers: Vec<&str> = pools.into_iter().chain(partners.iter().copied()).collect();
    let payer = payers.first().copied().unwrap_or("council");
    let payee = partners.get(1).or(partners.first()).copied().unwrap_or("trust");
    format!(
        "payment ${{1:community_block}} \"${{2:Community services}}\" {{\n    form:    block\n    from:    {}\n    to:      {}\n    \
         amount:  {} per year\n    $0\n}}",
        choice_from(3, payer, &payers),
        choice_from(4, payee, partners),
        stop(5, "£500,000")
    )
}

/// Shares of what lies in each band.
pub(super) fn bands() -> String {
    let rows = in_columns(&[
        ("0% to ${3:5%}", "${4:50%}"),
        ("${3:5%} to ${5:10%}", "${6:35%}"),
        ("above ${5:10%}", "${7:5%}"),
    ]);
    format!("bands ${{1:corridor}} \"${{2:Risk corridor}}\" of percent : percent {{\n{rows}    $0\n}}")
}

/// A share for each level that is reached: those of the first measure on which no money depends yet.
pub(super) fn scale(analysis: &Analysis) -> String {
    let levels = unpaid_measure(analysis).and_then(|measure| levels(analysis, measure));
    let (low, high) = levels.unwrap_or_else(|| ("80%".to_owned(), "84%".to_owned()));
    let (low, high) = (stop(3, &low), stop(5, &high));
    let rows = in_columns(&[
        (&format!("below {low}"), "${4:0%}"),
        (&format!("{low} to below {high}"), "rising evenly from ${4:0%} to ${6:100%}"),
        (&format!("{high} or more"), "${6:100%}"),
    ]);
    format!(
        "scale ${{1:quality_share}} \"${{2:Share earned for quality}}\" of percent : percent {{\n{rows}    $0\n}}"
    )
}

/// Rows of a table with their colons below each other, as the contract is laid out.
fn in_columns(rows: &[(&str, &str)]) -> String {
    let width = |row: &str| stops::without_stops(row).chars().count();
    let widest = rows.iter().map(|(from, _)| width(from)).max().unwrap_or(0);
    let laid_out = rows.iter().map(|(from, gives)| {
        let space = " ".repeat(widest.saturating_sub(width(from)));
        format!("    {from}{space} : {gives}\n")
    });
    laid_out.collect()
}

/// The baseline and the first target of a measure in percent of which more is better.
fn levels(analysis: &Analysis, measure: &Symbol) -> Option<(String, String)> {
    let says = |field| said(analysis, declaration(analysis, measure)?, field);
    let baseline = says("baseline")?.split_once(" in ")?.0.to_owned();
    let target = reached(analysis, measure);
    let figure = |text: &str| jcm_quantity::Exact::parse(text.strip_suffix('%')?);
    let rises = figure(&baseline)? < figure(&target)?;
    (says("better") == Some("higher") && rises).then_some((baseline, target))
}

/// A bonus by the level of a measure, where a scale is declared that no calculation names yet.
pub(super) fn by_level(analysis: &Analysis, payer: &str, payee: &str) -> Option<String> {
    let measure = unpaid_measure(analysis)?;
    let in_percent = said(analysis, declaration(analysis, measure)?, "unit") == Some("percent");
    let is_unused = |scale: &&Symbol| !super::is_named_in_figures(analysis, &scale.name);
    let of_percent = |scale: &&Symbol| analysis.text_of(scale.span).contains(" of percent : percent");
    let (_, scale) = own(analysis, Kind::Scale).find(|(_, scale)| is_unused(scale) && of_percent(scale))?;
    let measure = &measure.name;
    in_percent.then(|| {
        format!(
            "incentive ${{1:quality_payment}} \"${{2:Payment for quality}}\" {{\n    \
             line ${{3:earned}}  \"${{4:Share earned}}\" = {} of {measure}\n    \
             line ${{5:due}}     \"${{6:Payment due}}\"  = ${{3:earned}} of ${{7:£50,000}}\n    \
             pays ${{5:due}} from {payer} to {payee}\n    $0\n}}",
            scale.name
        )
    })
}
