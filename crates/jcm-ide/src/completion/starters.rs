//! What a newcomer begins with, in words that the contract has already: partners, an outcome, a measure, an incentive and
//! an example that comes out as it stands. Each part can be typed over.

use crate::analysis::Analysis;
use crate::index::{Symbol, What};
use jcm_syntax::ast::DeclarationKind as Kind;

/// The declaration of a kind to begin with, where its fields alone would say too little; `declared` is what they say.
pub(super) fn starter(analysis: &Analysis, kind: Kind, declared: &str, opens: bool) -> Option<String> {
    let partners = names(analysis, Kind::Partner);
    let first = partners.first().map_or("council", String::as_str);
    let second = partners.get(1).map_or("trust", String::as_str);
    match kind {
        Kind::Contract if opens => Some(format!("jcm 1\n\n{declared}")),
        Kind::Partner => Some(partner(partners.len())),
        Kind::Outcome if !partners.is_empty() => Some(outcome(&partners)),
        Kind::Measure => Some(measure(&names(analysis, Kind::Outcome))),
        Kind::Incentive => Some(incentive(first, second)),
        Kind::Example => example(analysis),
        _ => None,
    }
}

/// The names of the contract's own declarations of a kind, in order.
fn names(analysis: &Analysis, kind: Kind) -> Vec<String> {
    own(analysis, kind).map(|symbol| symbol.name.clone()).collect()
}

fn own(analysis: &Analysis, kind: Kind) -> impl Iterator<Item = &Symbol> {
    let symbols = analysis.index().symbols().map(|(_, symbol)| symbol);
    symbols.filter(move |symbol| symbol.is(kind) && !symbol.library)
}

/// The first partner commissions, the next ones provide.
fn partner(known: usize) -> String {
    let (name, title, role, sector) = match known {
        0 => ("council", "Stour Valley County Council", "commissioner", "social_care"),
        1 => ("trust", "Stour Valley Hospitals NHS Foundation Trust", "provider", "health"),
        _ => ("community", "Stour Community Health NHS Trust", "provider", "health"),
    };
    format!(
        "partner ${{1:{name}}} \"${{2:{title}}}\" {{\n    role:    ${{3:{role}}}\n    sector:  ${{4:{sector}}}\n    $0\n}}"
    )
}

fn outcome(partners: &[String]) -> String {
    let owners = partners.join(", ");
    format!(
        "outcome ${{1:at_home}} \"${{2:Living at home for longer}}\" {{\n    statement:  ${{3:\"I am supported to stay in my own home.\"}}\n    \
         owners:     ${{4:{owners}}}\n    $0\n}}"
    )
}

fn measure(outcomes: &[String]) -> String {
    let outcome = outcomes.first().map_or_else(String::new, |name| format!("    outcome:   ${{3:{name}}}\n"));
    format!(
        "measure ${{1:still_at_home}} \"${{2:People still at home 91 days after leaving hospital}}\" {{\n{outcome}    \
         use:       ${{4:payment}}\n    unit:      ${{5:percent}}\n    better:    ${{6:higher}}\n    \
         source:    ${{7:\"Adult social care return\"}}\n    baseline:  ${{8:79% in 2024/25}}\n    \
         target:    ${{9:82% in 2026/27, 84% from 2027/28}}\n    missing:   ${{10:neutral}}\n    $0\n}}"
    )
}

fn incentive(payer: &str, payee: &str) -> String {
    format!(
        "incentive ${{1:saving_share}} \"${{2:Sharing of savings}}\" {{\n    input ${{3:saving}} \"${{4:Saving}}\" : ${{5:£}}\n    \
         line ${{6:due}} \"${{7:Amount due}}\" = ${{8:50%}} of ${{3:saving}}\n    pays ${{6:due}} from ${{9:{payer}}} to ${{10:{payee}}}\n    $0\n}}"
    )
}

/// An example of the last incentive, which gives its inputs and says what its last line comes to.
fn example(analysis: &Analysis) -> Option<String> {
    let incentive = own(analysis, Kind::Incentive).last()?;
    let index = analysis.index();
    let id = index.symbols().find(|(_, symbol)| *symbol == incentive)?.0;
    let mut parts: Vec<&Symbol> = index.parts(id).map(|(_, part)| part).collect();
    parts.sort_by_key(|part| part.span);
    let inputs: Vec<&str> =
        parts.iter().filter(|part| part.what == What::Input).map(|part| part.name.as_str()).collect();
    let last = parts.iter().rev().find(|part| part.what == What::Line)?;
    let mut stop = 2_u32;
    let mut figure = |figure: &str| {
        stop = stop.saturating_add(1);
        format!("${{{stop}:{figure}}}")
    };
    let given: Vec<String> = inputs.iter().map(|name| format!("{name} = {}", figure("£100,000"))).collect();
    let given = if given.is_empty() { String::new() } else { format!("    given  {}\n", given.join(", ")) };
    let (name, expected) = (&last.name, figure("£50,000"));
    let period = analysis.program().and_then(|program| program.contract.periods.first());
    let period = period.map_or("2026/27", |period| period.label.as_str());
    Some(format!(
        "example \"${{1:What is due}}\" of {} in ${{2:{period}}} {{\n{given}    expect {name} = {expected}\n    $0\n}}",
        incentive.name
    ))
}
