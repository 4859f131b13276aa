//! Mends of what the help of a problem writes out: a text that stands in its place, a field that says so, a line that goes.

use super::criteria::into_body;
use super::{Action, ActionKind, facts, line_start, lines, rows, slips, spreadsheet, with_comments, written};
use crate::analysis::Analysis;
use crate::index::wanted_kinds;
use crate::library;
use crate::place::{holds, members};
use jcm_diagnostics::{Diagnostic, TextEdit};
use jcm_sema::schema;
use jcm_source::Span;
use jcm_syntax::ast::{Declaration, DeclarationKind as Kind, Member};

/// A mend: its title and what is written.
pub(super) type Mend = (String, Vec<TextEdit>);

/// No list of choices is longer, or nobody reads it.
const CHOICES: usize = 12;

/// The mends of a problem that its own words give.
pub(super) fn mends(analysis: &Analysis, problem: &Diagnostic) -> Vec<Action> {
    let place = problem.primary.span;
    let own = analysis.declaration_at(place.file, place.start);
    let mut found = slips::mends(analysis, problem, own);
    found.extend(spreadsheet::mends(analysis, problem));
    found.extend(rows::mends(analysis, problem, own));
    found.extend(facts::mends(analysis, problem, own));
    found.extend(match (problem.code.0, own) {
        ("E0201" | "E0401" | "E0412" | "E0512" | "E0534" | "E0549" | "E0584" | "E0585", _) => {
            replaced(analysis, problem)
        }
        ("E0202", Some(_)) => of_the_library(analysis, problem),
        ("E0204", Some(_)) => of_the_kind(analysis, problem),
        ("E0205", Some(own)) => other_fields(analysis, own, problem),
        ("E0206", Some(own)) => one_of_two(analysis, own, problem),
        ("E0211", Some(own)) => moved_up(analysis, own, place).into_iter().collect(),
        ("E0411", _) => used(analysis, problem).into_iter().map(|(word, edit)| (word, vec![edit])).collect(),
        ("E0408", _) => calendar(analysis, problem).into_iter().collect(),
        ("E0505", Some(_)) => more_owners(analysis, place),
        ("E0545", Some(own)) => for_what(analysis, own, problem),
        _ => Vec::new(),
    });
    found.extend(fields(analysis, problem, own));
    found.retain(|(title, edits)| {
        !edits.is_empty() && !problem.fixes.iter().any(|fix| fix.edits == *edits || fix.title == *title)
    });
    let only = found.len() == 1 && problem.fixes.is_empty();
    let action = |(title, edits): Mend| Action {
        kind: ActionKind::Mend,
        title,
        problem: Some(problem.clone()),
        edits,
        only,
    };
    found.into_iter().map(action).collect()
}

/// What the help says to write, between backticks; examples are left out.
pub(super) fn told(problem: &Diagnostic) -> Vec<&str> {
    let mut found = Vec::new();
    for help in &problem.help {
        let mut example = false;
        for (at, part) in help.split('`').enumerate() {
            if at % 2 == 1 {
                if !example {
                    found.push(part);
                }
                continue;
            }
            let said = part.rsplit_once(['.', ';']).map_or(part, |(_, last)| last);
            let begins = said.len() < part.len();
            let is_like = ["such as", "for example", "like this", "as in", "like"].iter().any(|like| {
                said.trim_end_matches([' ', ':', ',']).ends_with(like) || said.contains("such as")
            });
            example = is_like || (example && !begins);
        }
    }
    found
}

/// What the problem names in its message.
pub(super) fn named(problem: &Diagnostic) -> Vec<&str> {
    problem.message.split('`').skip(1).step_by(2).collect()
}

pub(super) fn change(text: &str, span: Span) -> Mend {
    (format!("Change to `{text}`"), vec![TextEdit { span, new_text: text.to_owned() }])
}

/// Each text of the help in the place of what is wrong.
fn replaced(analysis: &Analysis, problem: &Diagnostic) -> Vec<Mend> {
    let place = problem.primary.span;
    let own = analysis.text_of(place);
    // The date alone within a range; the rule alone behind its word.
    let wrong = named(problem).into_iter().chain(["as verified"]).find(|wrong| own.contains(wrong));
    let span = wrong.and_then(|wrong| within(place, own, wrong)).unwrap_or(place);
    let is_text = |text: &&str| !text.contains(": ") && !text.starts_with("std.");
    match problem.code.0 {
        "E0201" => own.strip_suffix(".jcm").map(|name| change(name, place)).into_iter().collect(),
        // Forms of dates stand there, where the day itself is not known.
        "E0401" if problem.case != "beyond-month" => Vec::new(),
        _ => told(problem).into_iter().filter(is_text).map(|text| change(text, span)).collect(),
    }
}

/// Where a part of a text stands.
pub(super) fn within(place: Span, text: &str, part: &str) -> Option<Span> {
    let at = (place.start as usize).checked_add(text.find(part)?)?;
    Some(crate::shape::span(place.file, at, at.checked_add(part.len())?))
}

/// The contract's own things of the kind that is needed.
fn of_the_kind(analysis: &Analysis, problem: &Diagnostic) -> Vec<Mend> {
    let needed = || {
        let needed = problem.facts.first()?.trim_start_matches('a').trim_start_matches('n');
        Kind::from_word(needed.trim_start().split(' ').next()?)
    };
    let Some(kind) = needed() else { return Vec::new() };
    let own = analysis.index().symbols().map(|(_, symbol)| symbol);
    let own = own.filter(|symbol| !symbol.library && symbol.is(kind));
    own.take(CHOICES).map(|symbol| change(&symbol.name, problem.primary.span)).collect()
}

/// The fields that a declaration does not say yet, in the place of one that it cannot say.
fn other_fields(analysis: &Analysis, own: &Declaration, problem: &Diagnostic) -> Vec<Mend> {
    if !problem.fixes.is_empty() {
        return Vec::new();
    }
    let said = |field: &&str| members(own).iter().any(|member| member.key_words().as_deref() == Some(*field));
    let left = told(problem).into_iter().filter(|field| !said(field)).take(CHOICES);
    let mut found: Vec<Mend> = left.map(|field| change(field, problem.primary.span)).collect();
    found.extend(member_at(own, problem.primary.span).map(|member| without(analysis, member, "this line")));
    found
}

/// Of a thing that is said twice, the one or the other goes.
fn one_of_two(analysis: &Analysis, own: &Declaration, problem: &Diagnostic) -> Vec<Mend> {
    let places = std::iter::once((problem.primary.span, "this one"));
    let places = places.chain(problem.secondary.first().map(|label| (label.span, "the other one")));
    let member = |(span, which)| Some(without(analysis, member_at(own, span)?, which));
    places.filter_map(member).collect()
}

/// The member of a declaration that holds a place.
pub(super) fn member_at(own: &Declaration, place: Span) -> Option<&Member> {
    members(own).iter().find(|member| holds(member.span, place.start))
}

/// A member taken out with its lines.
pub(super) fn without(analysis: &Analysis, member: &Member, which: &str) -> Mend {
    let whole = lines(analysis, member.span);
    (format!("Remove {which}"), vec![TextEdit { span: whole, new_text: String::new() }])
}

/// The line that is used, above the one that uses it.
fn moved_up(analysis: &Analysis, own: &Declaration, place: Span) -> Option<Mend> {
    let name = analysis.text_of(place);
    let user = member_at(own, place)?;
    let begins = |member: &&Member| {
        let mut words = analysis.text_of(member.span).split_whitespace();
        words.next() == Some("line") && words.next() == Some(name)
    };
    let line = members(own).iter().find(begins)?;
    // Of two that need each other neither can stand first.
    let line_uses_user = analysis.text_of(user.span).split_whitespace().nth(1).is_some_and(|used| {
        let names = analysis.text_of(line.span).split(|c: char| !c.is_alphanumeric() && c != '_');
        analysis.text_of(user.span).starts_with("line ") && names.skip(2).any(|word| word == used)
    });
    if line.span.start <= user.span.start || line_uses_user {
        return None;
    }
    let text = analysis.text(place.file);
    let whole = lines(analysis, line.span);
    let start = with_comments(text, whole.start as usize);
    let whole = crate::shape::span(place.file, start, whole.end as usize);
    let above = with_comments(text, user.span.start as usize);
    let moved = written(place.file, above, analysis.text_of(whole).to_owned());
    Some((
        format!("Move the line `{name}` up"),
        vec![moved, TextEdit { span: whole, new_text: String::new() }],
    ))
}

/// The module that the help takes in, on a line below the others.
fn used(analysis: &Analysis, problem: &Diagnostic) -> Option<(String, TextEdit)> {
    let module = told(problem).into_iter().find_map(|text| text.strip_prefix("use "))?;
    let new = library::taken_in(analysis, problem.primary.span.file, module)?;
    Some((format!("Write `use {module}`"), new))
}

/// The module of the library that declares what a name stands for.
fn of_the_library(analysis: &Analysis, problem: &Diagnostic) -> Vec<Mend> {
    let place = problem.primary.span;
    let name = analysis.text_of(place);
    let kinds = wanted_kinds(&problem.primary.text);
    let kept = library::kept(&kinds).filter(|kept| kept.name == name);
    let mends = kept.filter_map(|kept| {
        let new = library::taken_in(analysis, place.file, kept.module)?;
        Some((format!("Write `use {}`", kept.module), vec![new]))
    });
    mends.collect()
}

/// The calendar of the library, taken in and named by the contract.
fn calendar(analysis: &Analysis, problem: &Diagnostic) -> Option<Mend> {
    let (title, taken_in) = used(analysis, problem)?;
    let field = told(problem).into_iter().find(|text| text.starts_with("calendar: "))?;
    let contract = declared(analysis, |declaration| declaration.kind == Kind::Contract)?;
    let named = said(analysis, contract, field)?;
    Some((format!("{title}, and `{field}` in the contract"), vec![taken_in, named]))
}

/// The partners that do not own the outcome yet.
fn more_owners(analysis: &Analysis, place: Span) -> Vec<Mend> {
    let mut owners: Vec<&str> = analysis.text_of(place).split(',').map(str::trim).collect();
    owners.dedup();
    let partners = analysis.index().symbols().map(|(_, symbol)| symbol);
    let others = partners.filter(|symbol| symbol.is(Kind::Partner) && !symbol.library);
    let others = others.filter(|symbol| !owners.contains(&symbol.name.as_str()));
    others
        .take(CHOICES)
        .map(|other| change(&format!("{}, {}", owners.join(", "), other.name), place))
        .collect()
}

/// What a partner is paid for, behind the amount, for each line that it can be.
fn for_what(analysis: &Analysis, own: &Declaration, problem: &Diagnostic) -> Vec<Mend> {
    let Some(member) = member_at(own, problem.primary.span) else { return Vec::new() };
    let text = analysis.text_of(member.span).trim_end();
    // Of several periods each has its own amount.
    if text.contains(", ") {
        return Vec::new();
    }
    let end = (member.span.start as usize).saturating_add(text.len());
    problem
        .facts
        .iter()
        .map(|paid| {
            let edit = written(problem.primary.span.file, end, format!(" for {paid}"));
            (format!("Say that it is `for {paid}`"), vec![edit])
        })
        .collect()
}

/// Fields that the help writes out with what they say, where they belong.
fn fields(analysis: &Analysis, problem: &Diagnostic, own: Option<&Declaration>) -> Vec<Mend> {
    if !matches!(
        problem.code.0,
        "E0403"
            | "E0412"
            | "E0504"
            | "E0507"
            | "E0508"
            | "E0513"
            | "E0524"
            | "E0535"
            | "E0540"
            | "E0549"
            | "L0102"
    ) {
        return Vec::new();
    }
    let names = named(problem);
    let of_name = |declaration: &Declaration| {
        declaration.name.as_ref().is_some_and(|name| names.contains(&name.text.as_str()))
    };
    let has = |declaration: &Declaration, field: &str| {
        schema::of(declaration.kind).is_some_and(|schema| schema.field(field).is_some())
    };
    let mut found = Vec::new();
    for text in told(problem) {
        let Some((field, _)) = text.split_once(": ") else { continue };
        // It goes with what stands before it, and is no mend alone.
        if text.starts_with("suppressed: ") {
            continue;
        }
        let of_message = || declared(analysis, |declaration| of_name(declaration) && has(declaration, field));
        let contract = || declared(analysis, |d| d.kind == Kind::Contract && has(d, field));
        let place = own.filter(|own| has(own, field)).or_else(of_message).or_else(contract);
        let mut text = text.to_owned();
        if problem.code.0 == "E0504" {
            // The help names what the measure says now.
            let other = if text.ends_with("higher") { "lower" } else { "higher" };
            text = format!("{field}: {other}");
        }
        let Some(edit) = place.and_then(|place| said(analysis, place, &text)) else { continue };
        if analysis.text_of(edit.span) != edit.new_text {
            found.push((format!("Write `{text}`"), vec![edit]));
        }
    }
    found
}

/// A field of a declaration as it shall be: what it says is changed, or the line is added.
fn said(analysis: &Analysis, own: &Declaration, line: &str) -> Option<TextEdit> {
    let (field, _) = line.split_once(':')?;
    let stated = members(own).iter().find(|member| member.key_words().as_deref() == Some(field));
    let Some(member) = stated else { return into_body(analysis, own, line) };
    let text = analysis.text_of(member.span);
    let (before, value) = text.split_once(':')?;
    let space = value.len().checked_sub(value.trim_start().len())?;
    let start = before.len().checked_add(1)?.checked_add(space)?;
    let start = (member.span.start as usize).checked_add(start)?;
    let end = start.checked_add(value.trim().len())?;
    let new_text = line.split_once(':')?.1.trim().to_owned();
    Some(TextEdit { span: crate::shape::span(member.span.file, start, end), new_text })
}

/// The first declaration of the contract's own files that is asked for.
fn declared(analysis: &Analysis, is_it: impl Fn(&Declaration) -> bool) -> Option<&Declaration> {
    let own = analysis.modules().iter().filter(|module| module.is_own());
    own.flat_map(|module| module.ast.declarations()).find(|declaration| is_it(declaration))
}

/// A title for a name: `home_visits` is “Home visits”.
pub(super) fn title_of(name: &str) -> String {
    let words = name.replace('_', " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The line that a place is in, from its first letter.
pub(super) fn rest_of_line(analysis: &Analysis, place: Span) -> (usize, &str) {
    let text = analysis.text(place.file);
    let start = line_start(text, place.start as usize);
    let line = text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or("");
    (start, line)
}
