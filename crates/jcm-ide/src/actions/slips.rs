//! Mends of slips of the pen: a sign from elsewhere, a word of everyday speech, quotation marks or a title left out.

use super::as_told::{Mend, change, member_at, rest_of_line, title_of, told, within, without};
use super::criteria::into_body;
use super::{lines, written};
use crate::analysis::Analysis;
use crate::place::members;
use jcm_diagnostics::{Diagnostic, TextEdit};
use jcm_source::Span;
use jcm_syntax::ast::Declaration;

/// Words of everyday speech, and what stands for them, by the code of the problem that they are: the word, what follows
/// it, what is written for both.
const WORDS: &[(&str, &str, &str, &str)] = &[
    ("E0110", "capped", " at", "at most"),
    ("E0110", "no", " more than", "at most"),
    ("E0110", "no", " less than", "at least"),
    ("E0110", "up", " to", "at most"),
    ("E0202", "half", " of", "50% of"),
    ("E0202", "average", "", "mean"),
    ("E0302", "annum", "", "year"),
    ("E0302", "pa", "", "year"),
    ("E0302", "progress", "", "percent"),
    ("E0302", "percents", "", "percent"),
    ("E0302", "GBP", "", "£"),
    ("E0302", "EUR", "", "€"),
];

/// Characters from elsewhere, and what stands for them.
const SIGNS: &[(&str, &str)] = &[("½", "50%"), ("¼", "25%"), ("¾", "75%"), ("#", "//")];

/// The mends of a slip.
pub(super) fn mends(analysis: &Analysis, problem: &Diagnostic, own: Option<&Declaration>) -> Vec<Mend> {
    let place = problem.primary.span;
    let found: Option<Mend> = match (problem.code.0, own) {
        ("E0101", _) if problem.fixes.is_empty() => remark(analysis, place),
        ("E0103", Some(_)) => bracket(analysis, place),
        ("E0105", _) => sign(analysis, place),
        ("E0106", Some(own)) if problem.case == "no-value" => {
            member_at(own, place).map(|member| without(analysis, member, "the line"))
        }
        ("E0110", _) => return in_calculation(analysis, problem),
        ("E0111", Some(_)) => return in_form(analysis, problem),
        ("E0202" | "E0302", _) => word(analysis, problem),
        ("E0203", Some(own)) => renamed(analysis, own, place),
        ("E0208", Some(_)) => statement(analysis, problem),
        ("E0213", Some(own)) if problem.fixes.is_empty() => title(analysis, own, place),
        ("E0301", _) => per_or_text(analysis, problem),
        ("E0303", Some(own)) => out_of_place(analysis, problem, own),
        ("E0502", _) => end_of_row(analysis, problem),
        ("E0521", Some(own)) => rule(analysis, own, problem),
        ("E0522", Some(own)) => last_step(analysis, own, problem),
        ("E0529", Some(own)) => written_off(analysis, own, problem),
        ("E0530", Some(own)) => not_written_off(analysis, own),
        ("E0542", Some(_)) if analysis.text_of(place).starts_with("otherwise") => {
            Some(("Remove the `otherwise`".to_owned(), vec![gone(lines(analysis, place))]))
        }
        ("E0543", Some(_)) => order(analysis, problem),
        ("E0548" | "E0603", Some(_)) if is_listed_too_often(problem) => from_list(analysis, place),
        _ => None,
    };
    found.into_iter().collect()
}

fn gone(span: Span) -> TextEdit {
    TextEdit { span, new_text: String::new() }
}

/// What has a name already, called by its title.
fn renamed(analysis: &Analysis, own: &Declaration, place: Span) -> Option<Mend> {
    let title = own.title.as_ref().filter(|_| own.name.as_ref().is_some_and(|name| name.span == place))?;
    let name = jcm_syntax::suggested_name(&title.text);
    let is_free = !name.is_empty() && analysis.index().symbols().all(|(_, symbol)| symbol.name != name);
    is_free.then(|| (format!("Call it `{name}`"), vec![TextEdit { span: place, new_text: name }]))
}

/// A text between declarations, as a remark.
fn remark(analysis: &Analysis, place: Span) -> Option<Mend> {
    let text = analysis.text_of(place);
    // What has braces is no remark.
    if text.contains(['{', '}']) || analysis.text_of(lines(analysis, place)).contains(": ") {
        return None;
    }
    let lines: Vec<String> =
        text.lines().map(|line| format!("// {}", line.trim_start_matches(['#', ' ']))).collect();
    Some(("Make it a remark: `//`".to_owned(), vec![TextEdit { span: place, new_text: lines.join("\n") }]))
}

/// The bracket that is missing, at the end of its line.
fn bracket(analysis: &Analysis, place: Span) -> Option<Mend> {
    let closing = match analysis.text_of(place) {
        "(" => ")",
        "[" => "]",
        _ => return None,
    };
    let (start, line) = rest_of_line(analysis, place);
    let line = line.split(" //").next().unwrap_or(line).trim_end();
    let end = start.checked_add(line.trim_end_matches('{').trim_end().len())?;
    Some((
        format!("Close it at the end of the line: `{closing}`"),
        vec![written(place.file, end, closing.to_owned())],
    ))
}

/// A sign that means nothing here.
fn sign(analysis: &Analysis, place: Span) -> Option<Mend> {
    let text = analysis.text(place.file);
    let own = analysis.text_of(place);
    let before = text.get(..place.start as usize)?;
    let (start, end) = (place.start as usize, place.end as usize);
    if let Some((_, right)) = SIGNS.iter().find(|(sign, _)| *sign == own) {
        let stands_alone = !before.ends_with(|c: char| c.is_ascii_digit());
        return stands_alone.then(|| change(right, place));
    }
    match own {
        "%" if before.ends_with('%') => Some(("Write `%` once".to_owned(), vec![gone(place)])),
        "%" if before.trim_end().ends_with(|c: char| c.is_ascii_digit()) => {
            let space = crate::shape::span(place.file, before.trim_end().len(), start);
            Some(("Write the `%` directly after its figure".to_owned(), vec![gone(space)]))
        }
        "%" => Some(change("percent", place)),
        "•" | "◦" | "▪" | "●" => {
            let rest = text.get(end..)?;
            let space = rest.len().checked_sub(rest.trim_start_matches([' ', '\t']).len())?;
            let whole = crate::shape::span(place.file, start, end.checked_add(space)?);
            Some((format!("Remove `{own}`"), vec![gone(whole)]))
        }
        _ => None,
    }
}

/// A word of everyday speech where the language has another.
fn word(analysis: &Analysis, problem: &Diagnostic) -> Option<Mend> {
    let place = problem.primary.span;
    let text = analysis.text(place.file);
    let own = analysis.text_of(place);
    let rest = text.get(place.end as usize..)?;
    let is_it =
        |row: &&(&str, &str, &str, &str)| row.0 == problem.code.0 && row.1 == own && rest.starts_with(row.2);
    let (_, _, after, right) = WORDS.iter().find(is_it)?;
    let end = (place.end as usize).checked_add(after.len())?;
    Some(change(right, crate::shape::span(place.file, place.start as usize, end)))
}

/// What is written otherwise in a calculation.
fn in_calculation(analysis: &Analysis, problem: &Diagnostic) -> Vec<Mend> {
    let place = problem.primary.span;
    let text = analysis.text(place.file);
    let (start, end) = (place.start as usize, place.end as usize);
    if problem.case == "figure-in-brackets" {
        return told(problem).into_iter().map(|figure| change(figure, place)).collect();
    }
    let before = text.get(..start).unwrap_or("");
    let one = || -> Option<Mend> {
        if problem.case == "no-otherwise" {
            let nothing = (
                "Add `otherwise £0`".to_owned(),
                vec![written(place.file, start, ", otherwise £0".to_owned())],
            );
            return before.ends_with(|c: char| !c.is_whitespace()).then_some(nothing);
        }
        if problem.case == "article" {
            let the = before.rfind("the ")?;
            let article = crate::shape::span(place.file, the, start);
            return Some(("Leave out `the`".to_owned(), vec![gone(article)]));
        }
        if problem.case == "two-signs" {
            // `=>` is `>=`, and `==` is `=`.
            let sign = before.trim_end().len().checked_sub(1)?;
            let right = told(problem).first().copied()?;
            return Some(change(right, crate::shape::span(place.file, sign, end)));
        }
        if problem.case == "second-equals" {
            let rest = text.get(end..)?;
            let space = rest.len().checked_sub(rest.trim_start().len())?;
            let whole = crate::shape::span(place.file, start, end.checked_add(space)?);
            return Some(("Leave out the second `=`".to_owned(), vec![gone(whole)]));
        }
        word(analysis, problem)
    };
    one().into_iter().collect()
}

/// What is written otherwise in the form of a part.
fn in_form(analysis: &Analysis, problem: &Diagnostic) -> Vec<Mend> {
    let place = problem.primary.span;
    let own = analysis.text_of(place);
    if problem.primary.text.ends_with("a hyphen is a minus sign") {
        let ranges = problem.primary.text.split('`').skip(1).step_by(2);
        return ranges.map(|range| change(range, place)).collect();
    }
    let equals = || -> Option<Mend> {
        let (start, line) = rest_of_line(analysis, place);
        let head = line
            .rfind("\" ")
            .map(|at| at.checked_add(1))
            .or_else(|| line.find("\":").map(|at| at.checked_add(1)))??;
        let rest = line.get(head..)?;
        let wrong = [" is ", ": ", " : ", " "].iter().find(|wrong| rest.starts_with(**wrong))?;
        let at = start.checked_add(head)?;
        let span = crate::shape::span(place.file, at, at.checked_add(wrong.len())?);
        Some((
            "Write `=` before the calculation".to_owned(),
            vec![TextEdit { span, new_text: " = ".to_owned() }],
        ))
    };
    let is_line = own.starts_with("line ") && problem.primary.text.contains("`=` and a calculation");
    let covers = || {
        let covered = own.split_once(" covers ")?.1;
        Some(change(&covered.replace(" and ", ", "), within(place, own, covered)?))
    };
    let found = if is_line { equals() } else { covers().filter(|_| own.contains(" and ")) };
    found.into_iter().collect()
}

/// A statement with another word, without its quotation marks or without its block.
fn statement(analysis: &Analysis, problem: &Diagnostic) -> Option<Mend> {
    let place = problem.primary.span;
    let own = analysis.text_of(place).trim_end();
    let first = own.split_whitespace().next()?;
    let expected = &problem.primary.text;
    if expected.contains("`shall`") {
        let must = [" must ", " will "].iter().find_map(|word| within(place, own, word));
        if let Some(must) = must {
            return Some((
                "Write `shall`".to_owned(),
                vec![TextEdit { span: must, new_text: " shall ".to_owned() }],
            ));
        }
        let (_, duty) = own.split_once(" shall ")?;
        let quoted = format!("\"{}\"", duty.trim_matches(['"', '“', '”']));
        return (!duty.starts_with('"')).then(|| {
            Some(("Put the duty in quotation marks".to_owned(), change(&quoted, within(place, own, duty)?).1))
        })?;
    }
    let one = first.strip_suffix('s')?;
    expected.contains(&format!("`{one}`")).then(|| Some(change(one, within(place, own, first)?)))?
}

/// A title made of the name.
fn title(analysis: &Analysis, own: &Declaration, place: Span) -> Option<Mend> {
    let named = own
        .name
        .as_ref()
        .filter(|name| name.span.start >= place.start && name.span.start <= place.end.saturating_add(1));
    let (name, end) = match named {
        Some(name) => (name.text.as_str(), name.span.end),
        // The title of a part is missing behind the name of the part.
        None => (analysis.text_of(place), place.end),
    };
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_');
    let is_kind = place == own.kind_span && named.is_none();
    let title = title_of(name);
    (is_name && !is_kind).then(|| {
        (
            format!("Give it the title “{title}”"),
            vec![written(place.file, end as usize, format!(" \"{title}\""))],
        )
    })
}

/// An amount of a year without its year, and a figure in quotation marks.
fn per_or_text(analysis: &Analysis, problem: &Diagnostic) -> Option<Mend> {
    let place = problem.primary.span;
    let own = analysis.text_of(place);
    let [needed, found] = problem.facts.as_slice() else { return None };
    if found == "a text" {
        let bare = own.strip_prefix('"')?.strip_suffix('"')?;
        let is_figure = bare.starts_with(|c: char| c.is_ascii_digit() || "£€$-".contains(c));
        return is_figure.then(|| change(bare, place));
    }
    let needed = needed.strip_prefix("£ per ")?.split(' ').next()?;
    let is_bare = own.starts_with('£') && !own.contains(" per ");
    is_bare.then(|| change(&format!("{own} per {needed}"), place))
}

/// What a place does not take, left out; a date less another, as days.
fn out_of_place(analysis: &Analysis, problem: &Diagnostic, own: &Declaration) -> Option<Mend> {
    let place = problem.primary.span;
    if problem.case == "period-in-calculation" {
        let (start, line) = rest_of_line(analysis, place);
        let at = (place.start as usize).checked_sub(start)?;
        let word = [" in ", " of "]
            .into_iter()
            .find(|word| line.get(..at).is_some_and(|before| before.ends_with(word)))?;
        let from = (place.start as usize).checked_sub(word.len())?;
        let whole = crate::shape::span(place.file, from, place.end as usize);
        return Some(("Leave the period out".to_owned(), vec![gone(whole)]));
    }
    if problem.case == "figure-of-a-choice" {
        let member = member_at(own, place)?;
        return Some(without(analysis, member, &format!("`{}`", member.key_words()?)));
    }
    let days = told(problem).into_iter().find(|text| text.starts_with("days from "))?;
    let (from, to) = days.strip_prefix("days from ")?.split_once(" to ")?;
    let (start, line) = rest_of_line(analysis, place);
    let written = format!("{to} - {from}");
    let at = start.checked_add(line.find(&written)?)?;
    Some(change(days, crate::shape::span(place.file, at, at.checked_add(written.len())?)))
}

/// The row before a hole, ended where the next begins.
fn end_of_row(analysis: &Analysis, problem: &Diagnostic) -> Option<Mend> {
    let end = told(problem).into_iter().find(|text| text.starts_with("to below "))?;
    let row = problem.secondary.first()?.span;
    let text = analysis.text_of(row);
    let at = (row.start as usize).checked_add(text.find(" to ")?)?.checked_add(1)?;
    let span = crate::shape::span(row.file, at, (row.start as usize).checked_add(text.trim_end().len())?);
    (!text.contains(':')).then(|| change(end, span))
}

/// The rule of a board for everything else.
fn rule(analysis: &Analysis, own: &Declaration, problem: &Diagnostic) -> Option<Mend> {
    let rule = told(problem).into_iter().find(|text| text.starts_with("anything_else"))?;
    let decides = members(own).iter().find(|member| analysis.text_of(member.span).starts_with("decides"));
    let edit = match decides {
        Some(member) => {
            let text = analysis.text_of(member.span);
            let at = (member.span.start as usize).checked_add(text.rfind('}')?)?;
            written(member.span.file, at, format!("    {rule}\n    "))
        }
        None => into_body(analysis, own, &format!("decides {{\n        {rule}\n    }}"))?,
    };
    Some((format!("Add `{rule}`"), vec![edit]))
}

/// The step of a ladder that binds; what comes after one that does goes.
fn last_step(analysis: &Analysis, own: &Declaration, problem: &Diagnostic) -> Option<Mend> {
    if problem.case == "after-the-end" {
        let member = member_at(own, problem.primary.span)?;
        return Some(without(analysis, member, "the step"));
    }
    let step = told(problem).into_iter().find(|text| text.contains(" binds "))?;
    Some((format!("End with `{step}`"), vec![into_body(analysis, own, step)?]))
}

/// What is left of a balance, written off.
fn written_off(analysis: &Analysis, own: &Declaration, problem: &Diagnostic) -> Option<Mend> {
    let line = told(problem).into_iter().find(|text| text.starts_with("remainder:"))?;
    let member = member_at(own, problem.primary.span)?;
    let text = analysis.text_of(member.span);
    let (at, brace) = (text.find('{')?, text.rfind('}')?);
    let inside = text.get(at.checked_add(1)?..brace)?;
    let start = member.span.start as usize;
    let edit = if inside.contains('\n') {
        let end = at.checked_add(1)?.checked_add(inside.trim_end().len())?;
        written(member.span.file, start.checked_add(end)?, format!("\n        {line}"))
    } else {
        let end = at.checked_add(1)?.checked_add(inside.trim_end().len())?;
        written(member.span.file, start.checked_add(end)?, format!(", {line}"))
    };
    Some((format!("Say `{line}`: nobody is paid it"), vec![edit]))
}

/// The word that writes off what is used after all, with the comma or the line that it has.
fn not_written_off(analysis: &Analysis, own: &Declaration) -> Option<Mend> {
    let text = analysis.text_of(own.span);
    let at = text.find("remainder:")?;
    let rest = text.get(at..)?;
    let end = at.checked_add(rest.find("written_off")?)?.checked_add("written_off".len())?;
    let start = text.get(..at)?.trim_end_matches([' ', '\n', '\t']).trim_end_matches(',').len();
    let base = own.span.start as usize;
    let span = crate::shape::span(own.span.file, base.checked_add(start)?, base.checked_add(end)?);
    Some(("Remove `remainder: written_off`".to_owned(), vec![gone(span)]))
}

/// The word of a place in an order of payment.
fn order(analysis: &Analysis, problem: &Diagnostic) -> Option<Mend> {
    let place = problem.primary.span;
    let own = analysis.text_of(place);
    match told(problem).first().copied()? {
        "rest" if !own.starts_with("then") => {
            let title = "Write `rest` before it".to_owned();
            Some((title, vec![written(place.file, place.start as usize, "rest ".to_owned())]))
        }
        "first" if own.starts_with("then") => Some(change("first", within(place, own, "then")?)),
        _ => None,
    }
}

fn is_listed_too_often(problem: &Diagnostic) -> bool {
    matches!(problem.case, "replaced" | "named-twice" | "no-contribution")
}

/// A name taken out of a list, with its comma.
fn from_list(analysis: &Analysis, place: Span) -> Option<Mend> {
    let text = analysis.text(place.file);
    let (before, after) = (text.get(..place.start as usize)?, text.get(place.end as usize..)?);
    let own = analysis.text_of(place);
    let span = if let Some(rest) = before.trim_end().strip_suffix(',') {
        crate::shape::span(place.file, rest.len(), place.end as usize)
    } else if after.trim_start().starts_with(',') {
        let comma = after.find(',')?.checked_add(1)?;
        let rest = after.get(comma..)?;
        let space = rest.len().checked_sub(rest.trim_start().len())?;
        let end = (place.end as usize).checked_add(comma)?.checked_add(space)?;
        crate::shape::span(place.file, place.start as usize, end)
    } else {
        lines(analysis, place)
    };
    Some((format!("Remove `{own}`"), vec![gone(span)]))
}
