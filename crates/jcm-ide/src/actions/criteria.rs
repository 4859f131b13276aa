//! What a criterion misses, written where it is missing: a field, a declaration, a clause of the library, or the reason
//! why it is not met. The criteria are texts of the library: what they miss is told from their questions.

use super::{Action, ActionKind, written};
use crate::analysis::Analysis;
use crate::completion::{plain_declaration, plain_value};
use crate::place::members;
use jcm_diagnostics::{Diagnostic, TextEdit};
use jcm_model::{Fact, Operand, Program, Quantifier, Query, Relation, Source, kind_of};
use jcm_quantity::add_days;
use jcm_sema::schema;
use jcm_syntax::ast::{Body, Declaration, DeclarationKind as Kind};

/// What can be written so that a criterion is met, or so that the contract says why it is not.
pub(super) fn mends(analysis: &Analysis, problem: &Diagnostic) -> Vec<Action> {
    let Some(program) = analysis.program() else { return Vec::new() };
    let assurance = jcm::assure(program);
    let failed = assurance.rows.iter().find_map(|row| match &row.verdict {
        jcm::Verdict::NotMet { failures } => {
            let name = &row.criterion.head.name;
            let said = |message: &str| problem.message == format!("{name}: {message}");
            let failure = failures.iter().find(|failure| said(&failure.message))?;
            Some((row.criterion, failure.thing))
        }
        _ => None,
    });
    let Some((criterion, thing)) = failed else { return Vec::new() };
    let own = program.name_span(thing);
    let own = own.and_then(|name| analysis.declaration_at(name.file, name.start));
    let mut found: Vec<(String, TextEdit)> = Vec::new();
    for missing in missing(&criterion.check) {
        let edit = match &missing {
            Missing::Field(field) => own
                .filter(|own| own.kind.word() == kind_of(thing))
                .and_then(|own| of_field(analysis, own, field)),
            Missing::OfContract(field) => contract(analysis).and_then(|own| of_field(analysis, own, field)),
            Missing::Thing(kind) => of_thing(analysis, kind),
            Missing::Clause(fact, word) => of_clause(analysis, fact, word),
        };
        found.extend(edit.filter(|edit| !found.iter().any(|(_, known)| *known == edit.1)));
    }
    found.extend(waiver(analysis, program, &criterion.head.name));
    let action = |(title, edit): (String, TextEdit)| Action {
        kind: ActionKind::Mend,
        title,
        problem: Some(problem.clone()),
        edits: vec![edit],
        only: false,
    };
    found.into_iter().map(action).collect()
}

/// What a question finds missing where its answer is no.
enum Missing<'q> {
    /// A field of the thing that fails.
    Field(&'q str),
    /// A field of the contract.
    OfContract(&'q str),
    /// A thing of a kind.
    Thing(&'q str),
    /// A clause that says something under a fact of this name.
    Clause(&'q str, &'q str),
}

fn missing(query: &Query) -> Vec<Missing<'_>> {
    match query {
        Query::Quantified { quantifier: Quantifier::Every, holds: Some(inner), .. } => missing(inner),
        Query::Quantified { quantifier: Quantifier::Some, things, .. } => {
            let Source::Kind(kind) = &things.from else { return Vec::new() };
            let clause = match things.only.as_deref() {
                Some(Query::Compare {
                    relation: Relation::Includes,
                    left: Operand::Path(path),
                    right: Operand::Word(word),
                }) => path.last().map(|fact| Missing::Clause(fact, word)),
                _ => None,
            };
            match clause {
                Some(clause) if kind == Kind::Clause.word() => vec![clause],
                _ => vec![Missing::Thing(kind)],
            }
        }
        Query::And(left, right) | Query::Or(left, right) => {
            missing(left).into_iter().chain(missing(right)).collect()
        }
        Query::Given(Operand::Path(path)) => match path.as_slice() {
            [field] => vec![Missing::Field(field)],
            [of, field] if of == Kind::Contract.word() => vec![Missing::OfContract(field)],
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

fn contract(analysis: &Analysis) -> Option<&Declaration> {
    let own = analysis.modules().iter().filter(|module| module.is_own());
    own.flat_map(|module| module.ast.declarations()).find(|declaration| declaration.kind == Kind::Contract)
}

/// A field as its schema shows it, where the declaration has none.
fn of_field(analysis: &Analysis, own: &Declaration, name: &str) -> Option<(String, TextEdit)> {
    let field = schema::of(own.kind)?.field(name)?;
    let is_stated = members(own).iter().any(|member| member.key_words().as_deref() == Some(name));
    let line = format!("{name}: {}", plain_value(analysis, field));
    let edit = into_body(analysis, own, &line)?;
    (!is_stated).then(|| (format!("Add `{name}`, and then write what holds"), edit))
}

/// Writes a line at the end of a declaration's braces, or gives it braces.
pub(super) fn into_body(analysis: &Analysis, own: &Declaration, line: &str) -> Option<TextEdit> {
    let text = analysis.text(own.span.file);
    let end = own.span.end as usize;
    match own.body {
        Body::None => Some(written(own.span.file, end, format!(" {{\n    {line}\n}}"))),
        Body::Block(_) => {
            let brace = text.get(..end)?.rfind('}')?;
            let start = super::line_start(text, brace);
            let alone = text.get(start..brace)?.trim().is_empty();
            let new = if alone { format!("    {line}\n") } else { format!("\n    {line}\n") };
            Some(written(own.span.file, if alone { start } else { brace }, new))
        }
        Body::Prose(_) => None,
    }
}

/// A declaration of a kind, as its schema shows it, at the end of the contract's text.
fn of_thing(analysis: &Analysis, kind: &str) -> Option<(String, TextEdit)> {
    let kind = Kind::from_word(kind)?;
    let schema = schema::of(kind)?;
    Some((
        format!("Add a `{}`, and then write what holds", kind.word()),
        at_end(analysis, &plain_declaration(schema))?,
    ))
}

fn at_end(analysis: &Analysis, declaration: &str) -> Option<TextEdit> {
    let file = contract(analysis)?.span.file;
    let text = analysis.text(file);
    let end = text.trim_end().len();
    let span = crate::shape::span(file, end, text.len());
    Some(TextEdit { span, new_text: format!("\n\n{declaration}\n") })
}

/// An `include` of the module of the library whose clause says so.
fn of_clause(analysis: &Analysis, fact: &str, word: &str) -> Option<(String, TextEdit)> {
    let says = |text: &str| {
        let head = text.split('{').next().unwrap_or("");
        let words = head.rsplit('"').next().unwrap_or("").split([' ', ',']).filter(|found| !found.is_empty());
        // `in` a part, `covers` one or more matters.
        let keyword = if fact == "part" { "in" } else { fact };
        words.skip_while(|found| *found != keyword).skip(1).any(|found| found == word)
    };
    let library = jcm::library();
    let module = library.iter().find(|module| {
        module.entries.iter().any(|entry| entry.kind == Kind::Clause.word() && says(&entry.text))
    })?;
    let declarations =
        analysis.modules().iter().filter(|own| own.is_own()).flat_map(|own| own.ast.declarations());
    let is_there = |declaration: &Declaration| {
        declaration.kind == Kind::Include && declaration.name.as_ref().is_some_and(|n| n.text == module.path)
    };
    if declarations.into_iter().any(is_there) {
        return None;
    }
    let title = format!("Include the clauses of `{}`", module.path);
    Some((title, at_end(analysis, &format!("include {}", module.path))?))
}

/// The decision not to meet a criterion, to be given its reason.
fn waiver(analysis: &Analysis, program: &Program, criterion: &str) -> Option<(String, TextEdit)> {
    let by = [Kind::Board, Kind::Partner].iter().find_map(|kind| {
        let things = program.things(kind.word());
        things.first().map(|first| program.name(*first).to_owned())
    })?;
    let last = match program.fact(jcm_model::Def::Contract, "end") {
        // The first day after.
        Fact::Date(end) => add_days(end, -1)?,
        _ => return None,
    };
    let line = format!("waives {criterion} because \"(say here why)\" by {by} until {last}");
    let edit = into_body(analysis, contract(analysis)?, &line)?;
    Some((format!("Say in the contract why {criterion} is not met"), edit))
}
