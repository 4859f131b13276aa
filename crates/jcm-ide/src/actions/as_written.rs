//! Mends of what is left out or written otherwise, from the tables of the checker and the words of the contract: a field,
//! a value, a name, a unit, a figure of an example.

use super::as_told::told;
use super::criteria::into_body;
use super::{Action, ActionKind, with_comments, written};
use crate::analysis::Analysis;
use crate::completion::{
    amount_in, closed_list, of_unit, own_names, plain_value, reached, starter, without_stops, year_before,
};
use crate::index::{Symbol, What};
use crate::place::{field_of, holds, members};
use jcm_diagnostics::{Diagnostic, TextEdit};
use jcm_sema::schema::{self, Field};
use jcm_source::Span;
use jcm_syntax::ast::{Body, Declaration, DeclarationKind as Kind, Member};

/// A mend: its title and what is written.
type Mend = (String, TextEdit);

/// The mends of a problem that follow from what it says of its place.
pub(super) fn mends(analysis: &Analysis, problem: &Diagnostic) -> Vec<Action> {
    let place = problem.primary.span;
    let found: Vec<Mend> = match (problem.code.0, analysis.declaration_at(place.file, place.start)) {
        ("E0210", None) => contract(analysis, place).into_iter().collect(),
        ("E0103", Some(declaration)) => brace(analysis, declaration, problem).into_iter().collect(),
        ("E0105" | "E0110" | "E0111", Some(declaration)) => value(analysis, declaration, place),
        ("E0207", Some(declaration)) => missing(analysis, declaration, problem).into_iter().collect(),
        ("E0302", Some(declaration)) => unit(analysis, declaration, problem).into_iter().collect(),
        ("E0404", Some(declaration)) => to_the_end(analysis, declaration, place).into_iter().collect(),
        ("E0517", Some(declaration)) => given(analysis, declaration, problem).into_iter().collect(),
        ("E0518", Some(declaration)) => expected(analysis, declaration).into_iter().collect(),
        ("E0562", Some(declaration)) => held(analysis, declaration, problem).into_iter().collect(),
        ("L0116", Some(declaration)) if problem.case == "never-worked-out" => {
            example(analysis, declaration).into_iter().collect()
        }
        _ => Vec::new(),
    };
    let only = found.len() == 1 && problem.fixes.is_empty();
    let action = |(title, edit): Mend| Action {
        kind: ActionKind::Mend,
        title,
        problem: Some(problem.clone()),
        edits: vec![edit],
        only,
    };
    found.into_iter().map(action).collect()
}

/// The contract itself, in a file without one.
fn contract(analysis: &Analysis, place: Span) -> Option<Mend> {
    let schema = schema::of(Kind::Contract)?;
    let declared = crate::completion::plain_declaration(schema);
    let text = analysis.text(place.file);
    let end = text.trim_end().len();
    let span = crate::shape::span(place.file, end, text.len());
    Some((
        "Add a contract, to be typed over".to_owned(),
        TextEdit { span, new_text: format!("\n\n{declared}\n") },
    ))
}

/// The brace that ends a declaration.
fn brace(analysis: &Analysis, declaration: &Declaration, problem: &Diagnostic) -> Option<Mend> {
    let is_of_body = analysis.text_of(problem.primary.span) == "{" && problem.case == "never-closed";
    if let (true, Body::Prose(_), Some(end)) =
        (is_of_body, &declaration.body, reference(analysis, problem.primary.span))
    {
        return Some(end);
    }
    let end = declaration.span.start as usize + analysis.text_of(declaration.span).trim_end().len();
    is_of_body.then(|| {
        ("Write `}` on a line of its own".to_owned(), written(declaration.span.file, end, "\n}".to_owned()))
    })
}

/// The brace that ends a reference in prose: behind the name, or the path of names, that it leads to.
fn reference(analysis: &Analysis, open: Span) -> Option<Mend> {
    let rest = analysis.text(open.file).get(open.end as usize..)?;
    let is_path = |c: char| c.is_alphanumeric() || c == '_' || c == '.';
    let path = rest.get(..rest.find(|c| !is_path(c)).unwrap_or(rest.len()))?.trim_end_matches('.');
    let end = (open.end as usize).checked_add(path.len())?;
    let edit = written(open.file, end, "}".to_owned());
    (!path.is_empty()).then(|| (format!("End the reference to `{path}` with `}}`"), edit))
}

/// What a field can say instead: each of its values; its text in quotation marks; names for titles; else its example.
fn value(analysis: &Analysis, declaration: &Declaration, place: Span) -> Vec<Mend> {
    let member = members(declaration)
        .iter()
        .find(|member| holds(member.span, place.start) && (member.key.is_some() || member.span == place));
    let Some(member) = member else { return Vec::new() };
    let field = field_of(declaration.kind, member);
    let Some(span) = value_span(analysis, member) else { return Vec::new() };
    let was = analysis.text_of(span);
    let edit = |text: &str| TextEdit { span, new_text: text.to_owned() };
    let change = |text: &str| (format!("Change to `{text}`"), edit(text));
    let Some(field) = field else {
        return in_names(analysis, was).iter().map(|text| change(text)).collect();
    };
    if is_text(field) {
        let quoted = format!("\"{}\"", was.trim_matches(['"', '“', '”']));
        return vec![(format!("Put the text in quotation marks: `{quoted}`"), edit(&quoted))];
    }
    if let Some(values) = closed_list(field) {
        return values.into_iter().map(change).collect();
    }
    if let Some(names) = in_names(analysis, was) {
        return vec![change(&names)];
    }
    if was == "%" {
        return vec![change("percent")];
    }
    if field.expects.contains("each `in` or `from` a period") && was.contains(" by ") {
        return vec![change(&was.replace(" by ", " from "))];
    }
    if field.expects.starts_with("a figure `in` a period") && !was.contains(' ') {
        return vec![change(&format!("{was} in {}", year_before(analysis)))];
    }
    let example = plain_value(analysis, field);
    vec![(format!("Write it like the example: `{example}`"), edit(&example))]
}

/// The place of what a member says, up to the end of its line where the rest of it cannot be read.
fn value_span(analysis: &Analysis, member: &Member) -> Option<Span> {
    let text = analysis.text_of(member.span);
    let after = match &member.key {
        Some(_) => text.find(':')?.checked_add(1)?,
        None => 0,
    };
    let own = text.get(after..)?;
    // A line break that is refused belongs to what is written anew.
    let behind = own.trim_start_matches(|c: char| c.is_whitespace() && !jcm_source::breaks_line(c));
    let start =
        (member.span.start as usize).checked_add(after)?.checked_add(own.len().checked_sub(behind.len())?)?;
    let rest = analysis.text(member.span.file).get(start..)?;
    let line = rest.lines().next()?.split(" //").next()?.trim_end().len();
    let end = start.checked_add(line)?.max(member.span.end as usize);
    Some(crate::shape::span(member.span.file, start, end))
}

/// Whether a field takes a text in quotation marks and nothing else.
fn is_text(field: &Field) -> bool {
    field.expects.starts_with("a text") && !field.expects.contains("version")
}

/// A text with the names of things for their titles, and a comma for an `and` between two of them.
fn in_names(analysis: &Analysis, text: &str) -> Option<String> {
    let own = analysis.index().symbols().map(|(_, symbol)| symbol);
    let mut own: Vec<&Symbol> = own
        .filter(|symbol| {
            !symbol.library && !symbol.title.is_empty() && matches!(symbol.what, What::Declared(_))
        })
        .collect();
    // A title may stand within another.
    own.sort_by_key(|symbol| std::cmp::Reverse(symbol.title.len()));
    let mut named = text.to_owned();
    for symbol in own {
        named = named.replace(&symbol.title, &symbol.name);
    }
    let parts: Vec<&str> = named.split(" and ").collect();
    let are_names = |part: &&str| {
        part.split(", ").all(|name| analysis.index().symbols().any(|(_, symbol)| symbol.name == name))
    };
    if parts.len() > 1 && parts.iter().all(are_names) {
        named = parts.join(", ");
    }
    (named != text).then_some(named)
}

/// The field that a declaration lacks, or its rows.
fn missing(analysis: &Analysis, declaration: &Declaration, problem: &Diagnostic) -> Option<Mend> {
    let fields = schema::of(declaration.kind)?.fields;
    let field =
        fields.iter().find(|field| problem.facts.first().is_some_and(|missing| missing == field.name));
    let line = match field {
        Some(field) => format!("{}: {}", field.name, plain_value(analysis, field)),
        None => rows_of_partners(analysis, problem)?,
    };
    let title = line.split_whitespace().collect::<Vec<_>>().join(" ");
    Some((format!("Add `{title}`"), into_body(analysis, declaration, &line)?))
}

/// The rows that the help shows one of, such as `contributes { icb : £84,000,000 per year }`, one for each partner.
fn rows_of_partners(analysis: &Analysis, problem: &Diagnostic) -> Option<String> {
    let shown = |help: &String| {
        let (head, row) = help.split_once('`')?.1.strip_suffix(" }`")?.split_once(" { ")?;
        Some((head.to_owned(), row.split_once(" : ")?.1.to_owned()))
    };
    let (head, figure) = problem.help.iter().find_map(shown)?;
    let partners = own_names(analysis, &[Kind::Partner]);
    let widest = partners.iter().map(|name| name.len()).max()?;
    let row = |name: &&str| format!("        {name:widest$} : {figure}\n");
    Some(format!("{head} {{\n{}    }}", partners.iter().map(row).collect::<String>()))
}

/// The declaration of a unit, as the problem's help writes it.
fn unit(analysis: &Analysis, declaration: &Declaration, problem: &Diagnostic) -> Option<Mend> {
    let declared = told(problem).into_iter().find(|text| text.starts_with("unit "))?;
    let file = declaration.span.file;
    let place = with_comments(analysis.text(file), declaration.span.start as usize);
    Some((format!("Declare it: `{declared}`"), written(file, place, format!("{declared}\n\n"))))
}

/// The last of dated figures, which holds until the end if it begins `from` its period.
fn to_the_end(analysis: &Analysis, declaration: &Declaration, place: Span) -> Option<Mend> {
    let member = members(declaration).iter().find(|member| holds(member.span, place.start))?;
    let text = analysis.text_of(member.span);
    let at = text.rfind(" in ")?.checked_add(1)?;
    let period = text.get(at.checked_add("in ".len())?..)?.trim();
    let is_last = !period.contains([',', '\n']) && !text.get(at..)?.contains(" from ");
    let start = (member.span.start as usize).checked_add(at)?;
    let span = crate::shape::span(member.span.file, start, start.checked_add("in".len())?);
    let title = format!("Let the last figure hold until the end: `from {period}`");
    is_last.then(|| (title, TextEdit { span, new_text: "from".to_owned() }))
}

/// A figure to begin with, of an input or of a measure.
fn figure(analysis: &Analysis, name: &str) -> String {
    let name = name.rsplit('.').next().unwrap_or(name);
    let is_it = |symbol: &&Symbol| {
        symbol.name == name && (symbol.what == What::Input || symbol.is(Kind::Measure)) && !symbol.library
    };
    let symbol = analysis.index().symbols().map(|(_, symbol)| symbol).find(is_it);
    symbol.map_or(of_unit("").to_owned(), |symbol| match symbol.what {
        What::Input => of_unit(analysis.text_of(symbol.span)).to_owned(),
        _ => reached(analysis, symbol),
    })
}

/// A figure that a simulation does not vary, held fast.
fn held(analysis: &Analysis, declaration: &Declaration, problem: &Diagnostic) -> Option<Mend> {
    let name = problem.facts.first()?;
    let line = format!("vary {name} ~ fixed {}", figure(analysis, name));
    Some((format!("Add `{line}`, to be typed over"), into_body(analysis, declaration, &line)?))
}

/// The figures that an example does not give.
fn given(analysis: &Analysis, declaration: &Declaration, problem: &Diagnostic) -> Option<Mend> {
    let names = problem.facts.iter();
    let figures: Vec<String> = names.map(|name| format!("{name} = {}", figure(analysis, name))).collect();
    let figures = figures.join(", ");
    let title = format!("Give `{figures}`, to be typed over");
    let is_given = |member: &&Member| analysis.text_of(member.span).trim_start().starts_with("given ");
    if let Some(member) = members(declaration).iter().rfind(is_given) {
        let end = (member.span.start as usize).checked_add(analysis.text_of(member.span).trim_end().len())?;
        return Some((title, written(member.span.file, end, format!(", {figures}"))));
    }
    let (Body::Block(_), Some(open)) = (&declaration.body, analysis.text_of(declaration.span).find('{'))
    else {
        return None;
    };
    let at = (declaration.span.start as usize).checked_add(open)?.checked_add(1)?;
    Some((title, written(declaration.span.file, at, format!("\n    given  {figures}"))))
}

/// What the last line of an incentive comes to, where an example of it expects nothing.
fn expected(analysis: &Analysis, declaration: &Declaration) -> Option<Mend> {
    let text = analysis.text_of(declaration.span);
    let of = text.get(text.find("\" of ")?.checked_add("\" of ".len())?..)?.split(' ').next()?;
    let index = analysis.index();
    let (id, _) = index.symbols().find(|(_, symbol)| symbol.is(Kind::Incentive) && symbol.name == of)?;
    let lines = index.parts(id).map(|(_, part)| part).filter(|part| part.what == What::Line);
    let last = lines.max_by_key(|part| part.span)?;
    let line = format!("expect {} = {}", last.name, amount_in(analysis.text_of(last.span)));
    Some((format!("Add `{line}`, to be typed over"), into_body(analysis, declaration, &line)?))
}

/// An example of an incentive that has none.
fn example(analysis: &Analysis, declaration: &Declaration) -> Option<Mend> {
    let is_of_it = |example: &str| {
        declaration.name.as_ref().is_some_and(|name| example.contains(&format!("\" of {} in ", name.text)))
    };
    let made = without_stops(&starter(analysis, Kind::Example, "", false)?);
    let lines: Vec<&str> = made.lines().filter(|line| !line.trim().is_empty()).collect();
    let file = declaration.span.file;
    let end =
        (declaration.span.start as usize).checked_add(analysis.text_of(declaration.span).trim_end().len())?;
    let edit = written(file, end, format!("\n\n{}", lines.join("\n")));
    is_of_it(&made).then(|| ("Add an example, to be typed over".to_owned(), edit))
}
