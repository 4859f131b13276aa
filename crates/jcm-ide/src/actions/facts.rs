//! Mends of what does not fit the facts: a date, a rate for no one, a document, a power, a column of a dataset, a question
//! of a criterion.

use super::as_told::{Mend, change, rest_of_line, title_of, within, without};
use super::criteria::into_body;
use super::written;
use crate::analysis::Analysis;
use crate::completion::own_names;
use crate::index::{Symbol, What};
use crate::place::members;
use jcm_diagnostics::{Diagnostic, TextEdit};
use jcm_source::Span;
use jcm_syntax::ast::{Declaration, DeclarationKind as Kind, Member};

/// The mends of what does not fit the facts.
pub(super) fn mends(analysis: &Analysis, problem: &Diagnostic, own: Option<&Declaration>) -> Vec<Mend> {
    let place = problem.primary.span;
    match (problem.code.0, own) {
        ("E0106", Some(_)) if problem.case == "empty-braces" => references(analysis, place),
        ("E0306", Some(_)) if problem.case == "rate-for-none" => rates(analysis, place),
        ("E0310", Some(_)) => question(analysis, problem),
        ("E0401", _) => dates(analysis, problem),
        ("E0514", Some(own)) => columns(analysis, own, problem).into_iter().collect(),
        ("E0539", Some(own)) => power(analysis, own, problem),
        ("E0548", Some(own)) => document(analysis, own, problem).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// A partner in empty braces, or the braces as a reader shall see them.
fn references(analysis: &Analysis, place: Span) -> Vec<Mend> {
    let partners = own_names(analysis, &[Kind::Partner]).into_iter();
    let mut found: Vec<Mend> = partners.map(|name| change(&format!("{{{name}}}"), place)).collect();
    found.push(change("\\{\\}", place));
    found
}

/// A rate for so many as rates are usually for.
fn rates(analysis: &Analysis, place: Span) -> Vec<Mend> {
    let (start, line) = rest_of_line(analysis, place);
    let Some(at) = line.find("per 0").map(|at| start.saturating_add(at)) else { return Vec::new() };
    let span = crate::shape::span(place.file, at, at.saturating_add("per 0".len()));
    ["per 1,000", "per 10,000", "per 100,000"].map(|rate| change(rate, span)).into()
}

/// What a question can ask of a fact that is no word, number or date.
fn question(analysis: &Analysis, problem: &Diagnostic) -> Vec<Mend> {
    let place = problem.primary.span;
    let Some(fact) = problem.secondary.first() else { return Vec::new() };
    let name = analysis.text_of(fact.span);
    let before = |text: &str| written(fact.span.file, fact.span.start as usize, text.to_owned());
    let behind = |text: &str| written(fact.span.file, fact.span.end as usize, text.to_owned());
    let [asked, against] = problem.facts.as_slice() else { return Vec::new() };
    let found = match (asked.as_str(), against.as_str()) {
        ("a text", "a number") => Some(change(&format!("\"{}\"", analysis.text_of(place)), place)),
        ("a list of things", "a number") => {
            Some((format!("Ask how many there are: `count of {name}`"), vec![before("count of ")]))
        }
        ("a thing of the contract", "a word") => {
            Some((format!("Ask for its name: `{name}.name`"), vec![behind(".name")]))
        }
        ("a date", "a number") => {
            let year = analysis.text_of(place);
            let is_year = year.len() == 4 && year.chars().all(|c| c.is_ascii_digit());
            is_year.then(|| change(&format!("{year}-01-01"), place))
        }
        _ => None,
    };
    found.into_iter().collect()
}

/// The days, years and quarters beside one that there is not.
fn dates(analysis: &Analysis, problem: &Diagnostic) -> Vec<Mend> {
    let place = problem.primary.span;
    let Some(wrong) = problem.facts.first() else { return Vec::new() };
    let Some(span) = within(place, analysis.text_of(place), wrong) else { return Vec::new() };
    let beside = beside_years(wrong).or_else(|| beside_quarters(wrong)).or_else(|| beside_months(wrong));
    beside.into_iter().flatten().map(|right| change(&right, span)).collect()
}

/// `2024/26` is 2024/25 or 2025/26.
fn beside_years(wrong: &str) -> Option<[String; 2]> {
    let (first, last) = wrong.split_once('/')?;
    let (first, last): (u32, u32) = (first.parse().ok()?, last.parse().ok()?);
    let year = |begins: u32| format!("{begins}/{:02}", begins.saturating_add(1) % 100);
    let ends = first.checked_div(100)?.checked_mul(100)?.checked_add(last)?;
    (first > 1000 && last < 100 && ends > first).then(|| [year(first), year(ends.saturating_sub(1))])
}

/// `Q5 Year 1` is the last quarter of that year or the first of the next.
fn beside_quarters(wrong: &str) -> Option<[String; 2]> {
    let (part, year) = wrong.split_once(" Year ")?;
    let year: u32 = year.parse().ok()?;
    let (word, many) = if part.starts_with('Q') { ("Q", 4) } else { ("Month ", 12) };
    let beyond: u32 = part.strip_prefix(word)?.parse().ok()?;
    let next = year.checked_add(1)?;
    (beyond > many && year > 0).then(|| [format!("{word}{many} Year {year}"), format!("{word}1 Year {next}")])
}

/// The 13th month is the last of that year or the first of the next.
fn beside_months(wrong: &str) -> Option<[String; 2]> {
    let mut parts = wrong.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let next = year.parse::<u32>().ok()?.checked_add(1)?;
    (month == "13" && day.len() == 2).then(|| [format!("{year}-12-{day}"), format!("{next}-01-{day}")])
}

/// A column for each input that a dataset does not give.
fn columns(analysis: &Analysis, own: &Declaration, problem: &Diagnostic) -> Option<Mend> {
    let rows: Vec<String> = problem.facts.iter().map(|name| column(analysis, name)).collect();
    let title = format!(
        "Add {}, to be typed over",
        rows.iter().map(|row| format!("`{row}`")).collect::<Vec<_>>().join(", ")
    );
    let stated = members(own).iter().find(|member| analysis.text_of(member.span).starts_with("columns"));
    let Some(member) = stated else {
        let line = format!("columns {{\n        {}\n    }}", rows.join("\n        "));
        return Some((title, vec![into_body(analysis, own, &line)?]));
    };
    let text = analysis.text_of(member.span);
    let brace = text.rfind('}')?;
    let inside = text.get(text.find('{')?.checked_add(1)?..brace)?;
    let end = (member.span.start as usize).checked_add(text.get(..brace)?.trim_end().len())?;
    let new = match (inside.contains('\n'), inside.trim().is_empty()) {
        (true, _) => rows.iter().map(|row| format!("\n        {row}")).collect(),
        (false, false) => format!(", {}", rows.join(", ")),
        (false, true) => format!(" {} ", rows.join(", ")),
    };
    Some((title, vec![written(member.span.file, end, new)]))
}

/// `"Actual cost" : gain_share.actual_cost`: the column is called as the input is titled.
fn column(analysis: &Analysis, name: &str) -> String {
    let own = name.rsplit('.').next().unwrap_or(name);
    let is_it = |symbol: &&Symbol| symbol.what == What::Input && symbol.name == own && !symbol.library;
    let input = analysis.index().symbols().map(|(_, symbol)| symbol).find(is_it);
    let title = input.map(|input| input.title.clone()).filter(|title| !title.is_empty());
    format!("\"{}\" : {name}", title.unwrap_or_else(|| title_of(own)))
}

/// The member of a declaration that a field is.
fn field<'d>(own: &'d Declaration, name: &str) -> Option<&'d Member> {
    members(own).iter().find(|member| member.key_words().as_deref() == Some(name))
}

/// What a field of a declaration says.
fn said<'a>(analysis: &'a Analysis, own: &Declaration, name: &str) -> Option<&'a str> {
    Some(analysis.text_of(field(own, name)?.span).split_once(':')?.1.trim())
}

/// Those who can act under a power, in the place of one who cannot; or a power that is for this.
fn power(analysis: &Analysis, own: &Declaration, problem: &Diagnostic) -> Vec<Mend> {
    let sectors: Vec<String> = problem.facts.iter().skip(1).map(|sector| sector.replace(' ', "_")).collect();
    let name = problem.facts.first().map_or("", String::as_str);
    if problem.case == "no-sector" {
        let partner = declared(analysis, Kind::Partner, name);
        let say = |sector: &String| {
            let line = format!("sector: {sector}");
            Some((format!("Say `{line}` of `{name}`"), vec![into_body(analysis, partner?, &line)?]))
        };
        return sectors.iter().filter_map(say).collect();
    }
    if problem.case == "not-for-this" {
        return other_powers(analysis, own);
    }
    let missing = problem.facts.first().filter(|_| problem.case == "not-one-of-each");
    let wanted = missing.map_or(sectors, |sector| vec![sector.replace(' ', "_")]);
    let is_of = |partner: &&str| {
        let partner = declared(analysis, Kind::Partner, partner);
        let sector = partner.and_then(|partner| said(analysis, partner, "sector"));
        sector.is_some_and(|sector| wanted.iter().any(|one| one == sector))
    };
    let able = own_names(analysis, &[Kind::Partner]).into_iter().filter(is_of);
    let acts = |key: &&str| missing.is_some() || said(analysis, own, key) == Some(name);
    let keys: Vec<&str> = ["host", "from"].into_iter().filter(acts).collect();
    let lets = |partner: &str| -> Option<Mend> {
        let member = keys.iter().find_map(|key| field(own, key))?;
        let text = analysis.text_of(member.span);
        let value = text.split_once(':')?.1.trim();
        let (title, span) = (format!("Let `{partner}` act"), within(member.span, text, value)?);
        Some((title, vec![TextEdit { span, new_text: partner.to_owned() }]))
    };
    able.filter_map(lets).collect()
}

/// The powers that are for what a declaration is.
fn other_powers(analysis: &Analysis, own: &Declaration) -> Vec<Mend> {
    let Some(under) = field(own, "under") else { return Vec::new() };
    let text = analysis.text_of(under.span);
    let Some(span) = text.split_once(':').and_then(|(_, power)| within(under.span, text, power.trim()))
    else {
        return Vec::new();
    };
    let powers = analysis.modules().iter().flat_map(|module| module.ast.declarations());
    let powers = powers.filter(|power| power.kind == Kind::Power);
    let is_for = |power: &&Declaration| {
        said(analysis, power, "used for")
            .is_some_and(|kinds| kinds.split(", ").any(|kind| kind == own.kind.word()))
    };
    let names = powers.filter(is_for).filter_map(|power| Some(power.name.as_ref()?.text.as_str()));
    names.map(|name| change(name, span)).collect()
}

/// A declaration of the contract's own, by its kind and name.
fn declared<'a>(analysis: &'a Analysis, kind: Kind, name: &str) -> Option<&'a Declaration> {
    let own = analysis.modules().iter().filter(|module| module.is_own());
    let mut all = own.flat_map(|module| module.ast.declarations());
    all.find(|one: &&Declaration| one.kind == kind && one.name.as_ref().is_some_and(|own| own.text == name))
}

/// A document with a title of its own, in its own place among the others.
fn document(analysis: &Analysis, own: &Declaration, problem: &Diagnostic) -> Option<Mend> {
    let place = problem.primary.span;
    match problem.case {
        "twin" => {
            let title = own.title.as_ref()?;
            let new = format!("{}, {}", title.text.trim(), title_of(&own.name.as_ref()?.text));
            let edit = TextEdit { span: title.span, new_text: format!("\"{new}\"") };
            Some((format!("Call it “{new}”, to be typed over"), vec![edit]))
        }
        "older" => {
            let member = field(own, "replaces")?;
            let (title, mut edits) = without(analysis, member, "`replaces`");
            let (name, other) = (own.name.as_ref()?, said(analysis, own, "replaces")?);
            if name.text == other {
                return Some((title, edits));
            }
            let other = declared(analysis, Kind::Document, other)
                .filter(|other| field(other, "replaces").is_none())?;
            let line = format!("replaces: {}", name.text);
            edits.push(into_body(analysis, other, &line)?);
            Some((format!("Say `{line}` in the other one instead"), edits))
        }
        "late" => {
            let name = problem.facts.first()?.as_str();
            let document = declared(analysis, Kind::Document, name)?;
            let contract = analysis.modules().iter().filter(|module| module.is_own());
            let contract =
                contract.flat_map(|m| m.ast.declarations()).find(|one| one.kind == Kind::Contract)?;
            let member = field(contract, "precedence")?;
            let text = analysis.text_of(member.span);
            let title = format!("\"{}\"", document.title.as_ref()?.text);
            let at = text.split_once(':')?.0.len().checked_add(1)?;
            let found = text.get(at..)?.split_inclusive(',').scan(at, |start, part| {
                let own = *start;
                *start = start.saturating_add(part.len());
                Some((own, part))
            });
            let is_it = |(_, part): &(usize, &str)| part.trim().trim_end_matches(',') == name;
            let (start, part) = found.into_iter().find(is_it)?;
            let start = start.checked_add(part.len().checked_sub(part.trim_start().len())?)?;
            let start = (member.span.start as usize).checked_add(start)?;
            let span = crate::shape::span(place.file, start, start.checked_add(name.len())?);
            (member.span.file == place.file).then(|| {
                (
                    format!("Write {title} in `precedence`: any version"),
                    vec![TextEdit { span, new_text: title.clone() }],
                )
            })
        }
        _ => None,
    }
}
