//! What a newcomer begins with, in words that the contract has already: partners, an outcome, a measure, an incentive and
//! an example that comes out as it stands. Each part can be typed over.

mod money;

use super::stops::{self, choice, choice_from, own_names, stop};
use crate::analysis::Analysis;
use crate::index::{Symbol, SymbolId, What};
use crate::place::{each_term, members};
use jcm_quantity::parse_date;
use jcm_sema::schema;
use jcm_syntax::ast::{Declaration, DeclarationKind as Kind, TermKind};

/// The declaration of a kind to begin with, where its fields alone would say too little; `declared` is what they say.
pub(crate) fn starter(analysis: &Analysis, kind: Kind, declared: &str, opens: bool) -> Option<String> {
    let partners = own_names(analysis, &[Kind::Partner]);
    match kind {
        Kind::Contract if opens => Some(format!("jcm 1\n\n{declared}")),
        Kind::Partner => Some(partner(analysis, partners.len())),
        Kind::Outcome if !partners.is_empty() => Some(outcome(&partners)),
        Kind::Measure => Some(measure(analysis)),
        Kind::Incentive => Some(incentive(analysis, &partners)),
        Kind::Pool if !partners.is_empty() => Some(money::pool(analysis, &partners)),
        Kind::Payment => Some(money::payment(analysis, &partners)),
        Kind::Bands => Some(money::bands()),
        Kind::Scale => Some(money::scale(analysis)),
        Kind::Example => example(analysis),
        _ => None,
    }
}

/// The first partner commissions, the next ones provide.
fn partner(analysis: &Analysis, known: usize) -> String {
    let (name, title, role, sector) = match known {
        0 => ("council", "Stour Valley County Council", "commissioner", "social_care"),
        1 => ("trust", "Stour Valley Hospitals NHS Foundation Trust", "provider", "health"),
        _ => ("community", "Stour Community Health NHS Trust", "provider", "health"),
    };
    let usual = |field: &str| {
        let field = schema::of(Kind::Partner).and_then(|schema| schema.field(field));
        field.map(|field| stops::usual(analysis, field)).unwrap_or_default()
    };
    format!(
        "partner {} \"{}\" {{\n    role:    {}\n    sector:  {}\n    $0\n}}",
        stop(1, name),
        stop(2, title),
        choice_from(3, role, &usual("role")),
        choice_from(4, sector, &usual("sector"))
    )
}

fn outcome(partners: &[&str]) -> String {
    format!(
        "outcome ${{1:at_home}} \"${{2:Living at home for longer}}\" {{\n    statement:  \"${{3:I am supported to stay in my own home.}}\"\n    \
         owners:     {}\n    $0\n}}",
        stop(4, &partners.join(", "))
    )
}

/// A measure for payment with a baseline before the term and a target for each period of it.
fn measure(analysis: &Analysis) -> String {
    let outcomes = own_names(analysis, &[Kind::Outcome]);
    let outcome = if outcomes.is_empty() {
        String::new()
    } else {
        format!("    outcome:   {}\n", choice(3, &outcomes))
    };
    let units = analysis.index().symbols().map(|(_, symbol)| symbol);
    let units: Vec<&str> =
        units.filter(|symbol| symbol.is(Kind::Unit)).map(|unit| unit.name.as_str()).collect();
    let units: Vec<&str> = std::iter::once("£").chain(units).collect();
    let (before, first, second) = years(analysis);
    let target = match second {
        Some(second) => format!("82% in {first}, 84% from {second}"),
        None => format!("82% from {first}"),
    };
    format!(
        "measure ${{1:still_at_home}} \"${{2:People still at home 91 days after leaving hospital}}\" {{\n{outcome}    \
         use:       {}\n    unit:      {}\n    better:    {}\n    source:    \"${{7:Adult social care return}}\"\n    \
         baseline:  {}\n    target:    {}\n    missing:   {}\n    $0\n}}",
        choice(4, &["payment", "monitoring", "balancing"]),
        choice_from(5, "percent", &units),
        choice(6, &["higher", "lower"]),
        stop(8, &format!("79% in {before}")),
        stop(9, &target),
        choice(10, &["neutral", "refuse"]),
    )
}

/// The year before the contract and its first two, as they are written; told from the words of the contract, so that
/// they are known while there is an error in it.
fn years(analysis: &Analysis) -> (String, String, Option<String>) {
    let year = |year: u32| format!("{year}/{:02}", year.saturating_add(1) % 100);
    match term(analysis) {
        Some((first, last)) => {
            let second = first.saturating_add(1);
            (year(first.saturating_sub(1)), year(first), (second <= last).then(|| year(second)))
        }
        None => (year(2024), year(2026), Some(year(2027))),
    }
}

/// The first and the last financial year of the contract, if that is how it is settled.
fn term(analysis: &Analysis) -> Option<(u32, u32)> {
    let (_, contract) = own(analysis, Kind::Contract).next()?;
    let declared = declaration(analysis, contract)?;
    let (start, end) = said(analysis, declared, "term")?.split_once(" to ")?;
    let year = |date: &str| {
        let date = parse_date(date.trim())?;
        let year = u32::try_from(date.year()).ok()?;
        Some(if date.month() < 4 { year.saturating_sub(1) } else { year })
    };
    let by_years = said(analysis, declared, "settled")?.starts_with("every financial_year");
    by_years.then_some((year(start)?, year(end)?))
}

/// The year before the contract, in which a baseline lies.
pub(crate) fn year_before(analysis: &Analysis) -> String {
    years(analysis).0
}

/// An incentive that pays for the way to the target of a measure on which no money depends yet; else one that shares a saving.
fn incentive(analysis: &Analysis, partners: &[&str]) -> String {
    let (payer, payee) =
        (partners.first().unwrap_or(&"council"), partners.get(1).or(partners.first()).unwrap_or(&"trust"));
    // What a fund is for is paid out of it.
    let pools = own_names(analysis, &[Kind::Pool]);
    let payers: Vec<&str> = pools.into_iter().chain(partners.iter().copied()).collect();
    let payer = payers.first().unwrap_or(payer);
    let (payer, payee) = (|at| choice_from(at, payer, &payers), |at| choice_from(at, payee, partners));
    if let Some(by_level) = money::by_level(analysis, &payer(8), &payee(9)) {
        return by_level;
    }
    match unpaid_measure(analysis).map(|measure| measure.name.as_str()) {
        Some(measure) => format!(
            "incentive ${{1:bonus}} \"${{2:Bonus for reaching the target}}\" {{\n    \
             line ${{3:reached}}  \"${{4:Way to the target}}\" = progress({measure}, {measure}.baseline, {measure}.target), at least 0%, at most 100%\n    \
             line ${{5:due}}      \"${{6:Bonus due}}\"         = ${{3:reached}} of ${{7:£50,000}}\n    \
             pays ${{5:due}} from {} to {}\n    $0\n}}",
            payer(8),
            payee(9)
        ),
        None => format!(
            "incentive ${{1:saving_share}} \"${{2:Sharing of savings}}\" {{\n    input ${{3:saving}} \"${{4:Saving}}\" : ${{5:£}}\n    \
             line ${{6:due}} \"${{7:Amount due}}\" = ${{8:50%}} of ${{3:saving}}\n    pays ${{6:due}} from {} to {}\n    $0\n}}",
            payer(9),
            payee(10)
        ),
    }
}

/// The first measure for payment with a baseline and a target that no calculation names.
fn unpaid_measure(analysis: &Analysis) -> Option<&Symbol> {
    own(analysis, Kind::Measure).map(|(_, symbol)| symbol).find(|symbol| {
        let declared = declaration(analysis, symbol);
        let said = |field| said(analysis, declared?, field);
        let pays = said("use") == Some("payment");
        pays && !is_named_in_figures(analysis, &symbol.name)
            && said("baseline").is_some()
            && said("target").is_some()
    })
}

/// Whether a calculation for money names something.
fn is_named_in_figures(analysis: &Analysis, name: &str) -> bool {
    let by_figures =
        |declared: &&Declaration| matches!(declared.kind, Kind::Incentive | Kind::Score | Kind::Payment);
    own_declarations(analysis).filter(by_figures).any(|figures| names(figures, name))
}

/// An example of the last incentive, which gives what it needs and says what its last line comes to.
fn example(analysis: &Analysis) -> Option<String> {
    let index = analysis.index();
    let (id, incentive) = own(analysis, Kind::Incentive).last()?;
    let mut parts: Vec<&Symbol> = index.parts(id).map(|(_, part)| part).collect();
    parts.sort_by_key(|part| part.span);
    let last = parts.iter().rev().find(|part| part.what == What::Line)?;
    let inputs = parts.iter().filter(|part| part.what == What::Input);
    let mut given: Vec<(&str, String)> =
        inputs.map(|input| (input.name.as_str(), of_unit(analysis.text_of(input.span)).to_owned())).collect();
    let declared = declaration(analysis, incentive)?;
    let measures = own(analysis, Kind::Measure).map(|(_, measure)| measure);
    let measures = measures.filter(|measure| names(declared, &measure.name));
    given.extend(measures.map(|measure| (measure.name.as_str(), reached(analysis, measure))));
    let mut number = 2_u32;
    let mut next = |figure: &str| {
        number = number.saturating_add(1);
        stop(number, figure)
    };
    let stated: Vec<String> =
        given.iter().map(|(name, figure)| format!("{name} = {}", next(figure))).collect();
    let stated =
        if stated.is_empty() { String::new() } else { format!("    given  {}\n", stated.join(", ")) };
    let (name, expected) = (&last.name, next(amount_in(analysis.text_of(last.span))));
    let periods = analysis.program().map_or(&[][..], |program| &program.contract.periods);
    let mut labels: Vec<&str> = periods.iter().map(|period| period.label.as_str()).collect();
    if labels.is_empty() {
        labels.push("2026/27");
    }
    // Two examples with one title could not be told apart.
    let is_first = own_declarations(analysis).all(|declared| declared.kind != Kind::Example);
    let title = if is_first { "What is due".to_owned() } else { format!("What is due: {}", incentive.title) };
    Some(format!(
        "example \"{}\" of {} in {} {{\n{stated}    expect {name} = {expected}\n    $0\n}}",
        stop(1, &title),
        incentive.name,
        choice(2, &labels)
    ))
}

/// A figure to begin with, by the unit that a declaration names.
pub(crate) fn of_unit(declared: &str) -> &'static str {
    match declared {
        declared if declared.contains('£') => "£100,000",
        declared if declared.contains("percent") => "50%",
        _ => "100",
    }
}

/// The first target of a measure, at which it is reached, with its unit.
pub(crate) fn reached(analysis: &Analysis, measure: &Symbol) -> String {
    let said = |field| said(analysis, declaration(analysis, measure)?, field);
    let unit = said("unit").unwrap_or("");
    let target = said("target").and_then(|target| {
        let end = [" in ", " from "].iter().filter_map(|word| target.find(word)).min()?;
        target.get(..end)
    });
    let figure = target.unwrap_or_else(|| of_unit(unit));
    if figure.chars().all(|letter| letter.is_ascii_digit() || letter == ',' || letter == '.') {
        return format!("{figure} {unit}");
    }
    figure.to_owned()
}

/// What is due where the target is reached or £100,000 are saved: half of them, unless the line says how much.
pub(crate) fn amount_in(line: &str) -> &str {
    let last = line.rsplit(' ').next().filter(|last| last.starts_with('£') && line.contains(" of £"));
    last.unwrap_or("£50,000")
}

fn own(analysis: &Analysis, kind: Kind) -> impl Iterator<Item = (SymbolId, &Symbol)> {
    analysis.index().symbols().filter(move |(_, symbol)| symbol.is(kind) && !symbol.library)
}

fn own_declarations(analysis: &Analysis) -> impl Iterator<Item = &Declaration> {
    let own = analysis.modules().iter().filter(|module| module.is_own());
    own.flat_map(|module| module.ast.declarations())
}

fn declaration<'a>(analysis: &'a Analysis, symbol: &Symbol) -> Option<&'a Declaration> {
    analysis.declaration_at(symbol.name_span.file, symbol.name_span.start)
}

/// Whether a declaration names something, or a part of it.
fn names(declared: &Declaration, name: &str) -> bool {
    let mut found = false;
    each_term(declared, &mut |term| {
        if let TermKind::Path(names) = &term.kind {
            found |= names.first().is_some_and(|first| first.text == name);
        }
    });
    found
}

/// What a declaration says in a field.
fn said<'a>(analysis: &'a Analysis, declared: &Declaration, field: &str) -> Option<&'a str> {
    let member = members(declared).iter().find(|member| member.key_words().as_deref() == Some(field))?;
    let (first, last) = (member.value.first()?, member.value.last()?);
    Some(analysis.text_of(first.span.to(last.span)).trim())
}
