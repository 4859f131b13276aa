//! What a word means: its title, unit, figures, source and documentation, in Markdown.

use crate::analysis::Analysis;
use crate::index::{Symbol, SymbolId, What};
use crate::place::{Spot, spot};
use jcm_model::{Def, Head, Parameter, ParameterRow, Program, Ty};
use jcm_quantity::{Date, Unit, show_date};
use jcm_sema::schema::{self, Field};
use jcm_source::{FileId, Span};
use jcm_syntax::ast::{DeclarationKind as Kind, Word};
use std::fmt::Write as _;

/// The books that an editor can look up: what the reference says of a word, what it says of a code, and the day.
#[derive(Debug, Clone, Copy)]
pub struct Books {
    /// What the reference says of a word.
    pub word: fn(&str) -> Option<String>,
    /// The page of a code.
    pub code: fn(&str) -> Option<String>,
    /// The day on which the editor runs.
    pub today: fn() -> Date,
}

/// What is said of a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hover {
    /// What it is said of.
    pub span: Span,
    /// In Markdown.
    pub markdown: String,
}

/// The longest declaration that is shown whole.
const LONGEST: usize = 12;

/// What is to be said of a place.
pub fn hover(analysis: &Analysis, file: FileId, at: u32, books: &Books) -> Option<Hover> {
    let (markdown, span) = match spot(analysis, file, at)? {
        Spot::Symbol(symbol, span) => (of_symbol(analysis, symbol)?, span),
        Spot::Kind(kind, span) => (of_kind(kind), span),
        Spot::Field(kind, field, span) => (of_field(kind, field), span),
        Spot::Module(path, span) => (of_module(analysis, &path)?, span),
        Spot::Word(word, span) => (of_word(&word, books)?, span),
    };
    Some(Hover { span, markdown })
}

pub(crate) fn of_kind(kind: Kind) -> String {
    let mut text = format!("**{}**\n\n{}\n", kind.word(), kind.doc());
    if let Some(schema) = schema::of(kind) {
        let _ = write!(text, "\n```jcm\n{}\n```\n", schema.opening);
        let (must, may): (Vec<&Field>, Vec<&Field>) = schema.fields.iter().partition(|field| field.required);
        for (heading, fields) in [("needs", must), ("may have", may)] {
            let names: Vec<String> = fields.iter().map(|field| format!("`{}`", field.name)).collect();
            if !names.is_empty() {
                let _ = write!(text, "\nIt {heading} {}.\n", names.join(", "));
            }
        }
        if !schema.statements.is_empty() {
            let _ = write!(text, "\nBesides: {}.\n", schema.statements);
        }
    }
    text
}

pub(crate) fn of_field(kind: Kind, field: &Field) -> String {
    let needed = if field.required { ", needed" } else { "" };
    format!(
        "**{}** of `{}`{needed}\n\nTakes {}.\n\n```jcm\n{}\n```\n",
        field.name,
        kind.word(),
        field.expects,
        field.example
    )
}

fn of_module(analysis: &Analysis, path: &str) -> Option<String> {
    let module = analysis.modules().iter().find(|module| module.path == path)?;
    let about: Vec<&str> = module
        .text
        .lines()
        .skip(1)
        .skip_while(|line| line.trim().is_empty())
        .map_while(|line| line.strip_prefix("// "))
        .collect();
    let declared = module.ast.declarations.iter().filter_map(|declaration| {
        let (name, title) = (declaration.name.as_ref()?, declaration.title.as_ref()?);
        Some(format!("- `{}`: {}\n", name.text, title.text))
    });
    Some(format!("**{path}**\n\n{}\n\n{}", about.join(" "), declared.collect::<String>()))
}

fn of_word(word: &str, books: &Books) -> Option<String> {
    let function = jcm_sema::FUNCTIONS.iter().find(|function| function.name == word);
    let over_all = jcm_sema::OVER_ALL.iter().find(|(name, _)| *name == word);
    let mut text = match (function, Word::from_word(word), over_all) {
        (Some(function), ..) => format!("**{word}**, a function\n\nTakes {}.\n", function.takes),
        (None, Some(known), _) => format!("**{word}**\n\n{}\n", known.doc()),
        (None, None, Some((_, written))) => {
            format!("**{word}**, over all cases\n\n```jcm\n{written}\n```\n")
        }
        (None, None, None) => String::new(),
    };
    if let Some(page) = (books.word)(word) {
        let page: Vec<&str> = page.lines().take(LONGEST).collect();
        let _ = write!(text, "\n{}\n", page.join("\n"));
    }
    (!text.is_empty()).then_some(text)
}

/// What is to be said of something that has a name.
pub(crate) fn of_symbol(analysis: &Analysis, id: SymbolId) -> Option<String> {
    let symbol = analysis.index().symbol(id)?;
    let facts = facts(analysis, symbol);
    let title = if symbol.title.is_empty() { symbol.name.replace('_', " ") } else { symbol.title.clone() };
    let mut text = format!("**{title}**\n\n```jcm\n{}\n```\n", heading(symbol, facts.ty.as_deref()));
    if !symbol.doc.trim().is_empty() {
        let _ = write!(text, "\n{}\n", symbol.doc.trim());
    }
    for line in &facts.lines {
        let _ = write!(text, "\n- {line}");
    }
    if !facts.lines.is_empty() {
        text.push('\n');
    }
    if facts.lines.is_empty() || facts.shown_whole {
        let whole = analysis.text_of(symbol.span);
        if whole.lines().count() <= LONGEST {
            let _ = write!(text, "\n```jcm\n{whole}\n```\n");
        }
    }
    Some(text)
}

fn heading(symbol: &Symbol, ty: Option<&str>) -> String {
    let ty = ty.map_or_else(String::new, |ty| format!(" : {ty}"));
    format!("{} {}{ty}", symbol.kind_word(), symbol.name)
}

/// What is known of a thing.
#[derive(Debug, Default)]
pub(crate) struct Facts {
    /// Its type, as it is written.
    pub(crate) ty: Option<String>,
    /// Figures and other things to know, a line each.
    pub(crate) lines: Vec<String>,
    shown_whole: bool,
}

/// The type and the figures of a thing, where the contract has no error.
pub(crate) fn facts(analysis: &Analysis, symbol: &Symbol) -> Facts {
    let Some(program) = analysis.program() else { return Facts::default() };
    let is_it = |head: &Head| head.name_span == symbol.name_span;
    match symbol.what {
        What::Line => of_line(analysis, program, program.lines.iter().position(|line| is_it(&line.head))),
        What::Declared(Kind::Score) => {
            let score = program.scores.iter().find(|score| is_it(&score.head));
            of_line(analysis, program, score.map(|score| score.line.index()))
        }
        What::Declared(Kind::Pool) => {
            let pool = program.pools.iter().find(|pool| is_it(&pool.head));
            let mut facts = of_line(analysis, program, pool.map(|pool| pool.budget.index()));
            if let Some(pool) = pool {
                let host = program.title(Def::Partner(pool.host));
                facts.lines.insert(0, format!("hosted by {host}"));
            }
            facts.shown_whole = true;
            facts
        }
        What::Input => {
            let input = program.inputs.iter().find(|input| is_it(&input.head));
            let source = input.filter(|input| !input.source.is_empty()).map(|i| format!("from {}", i.source));
            Facts {
                ty: input.map(|input| written(program, &input.ty)),
                lines: source.into_iter().collect(),
                shown_whole: false,
            }
        }
        What::Declared(Kind::Parameter | Kind::Knob) => program
            .parameters
            .iter()
            .find(|parameter| is_it(&parameter.head))
            .map_or_else(Facts::default, |found| of_parameter(program, found)),
        What::Declared(Kind::Measure) => program
            .measures
            .iter()
            .find(|measure| is_it(&measure.head))
            .map_or_else(Facts::default, |measure| {
                let parameters =
                    [("baseline", measure.baseline.as_ref().map(|(id, _)| *id)), ("target", measure.target)];
                let figures = parameters.into_iter().filter_map(|(name, id)| {
                    let figures = figures(program, program.parameter(id?)?);
                    (!figures.is_empty()).then(|| format!("{name}: {}", figures.join("; ")))
                });
                let mut lines: Vec<String> = figures.collect();
                if !measure.source.is_empty() {
                    lines.push(format!("source: {} {}", measure.source, measure.version));
                }
                Facts { ty: Some(measure.unit.describe()), lines, shown_whole: false }
            }),
        _ => Facts { shown_whole: true, ..Facts::default() },
    }
}

fn of_line(analysis: &Analysis, program: &Program, line: Option<usize>) -> Facts {
    let Some(found) = line.and_then(|line| program.lines.get(line)) else { return Facts::default() };
    let mut lines = Vec::new();
    for example in analysis.worked() {
        let figures = example.lines.iter().filter(|figure| Some(figure.line.index()) == line);
        let figures: Vec<&str> = figures.map(|figure| figure.value.as_str()).collect();
        if !figures.is_empty() {
            lines.push(format!("{} in “{}”", figures.join(", "), example.title));
        }
    }
    lines.truncate(LONGEST);
    Facts { ty: Some(written(program, &found.ty)), lines, shown_whole: true }
}

fn of_parameter(program: &Program, parameter: &Parameter) -> Facts {
    let ty = match parameter.columns.as_slice() {
        [(_, ty)] => Some(written(program, ty)),
        _ => None,
    };
    let mut lines = figures(program, parameter);
    lines.truncate(LONGEST);
    if !parameter.source.is_empty() {
        lines.push(format!("source: {}", parameter.source));
    }
    Facts { ty, lines, shown_whole: false }
}

/// The figures of a parameter with their dates, a text for each row.
fn figures(program: &Program, parameter: &Parameter) -> Vec<String> {
    parameter.rows.iter().map(|row| figure(program, parameter, row)).collect()
}

fn figure(program: &Program, parameter: &Parameter, row: &ParameterRow) -> String {
    let shown = |values: &[jcm_model::Constant], types: &[(String, Ty)]| {
        let values = values.iter().zip(types);
        values
            .map(|(value, (_, ty))| jcm::constant_in_words(program, value, ty))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let keys = shown(&row.keys, &parameter.keys);
    let dates = match (row.from, row.until) {
        (Some(from), _) => format!(" from {}", show_date(from)),
        (None, Some(until)) => format!(" before {}", show_date(until)),
        (None, None) => String::new(),
    };
    let colon = if keys.is_empty() { "" } else { ": " };
    format!("{keys}{colon}{}{dates}", shown(&row.values, &parameter.columns))
}

/// A type as it is written in a contract.
pub(crate) fn written(program: &Program, ty: &Ty) -> String {
    match ty {
        Ty::Number(unit) => match unit.is_money() {
            _ if unit.is_percent() => "percent".to_owned(),
            Some(code) => Unit::money(code).describe(),
            None => unit.describe(),
        },
        Ty::Choice(id) => program.choice(*id).map_or_else(String::new, |choice| choice.head.name.clone()),
        Ty::Truth => "yes or no".to_owned(),
        Ty::Text => "text".to_owned(),
        Ty::Date => "date".to_owned(),
    }
}
