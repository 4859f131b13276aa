//! What each locality changes against the template.

use crate::figures::{days, figure, stretches};
use jcm_model::{Locality, Program};
use jcm_quantity::csv_text;

/// What one locality changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalityChanges {
    /// Its name in the source.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Its figures, in the order in which it sets them. A figure that is set to what the template says is none.
    pub figures: Vec<LocalFigure>,
}

/// A figure that is not what the template says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalFigure {
    /// Its name in the source, with its owner: `alliance_fund.icb`.
    pub name: String,
    /// Its title.
    pub title: String,
    /// When: `from 1 April 2027`; empty where it is for the whole term.
    pub when: String,
    /// The template's; empty where it has none.
    pub template: String,
    /// The locality's; empty where it has none.
    pub local: String,
}

/// What each locality changes, in the order of the source.
pub fn localities(program: &Program) -> Vec<LocalityChanges> {
    program.localities.iter().map(|locality| changes(program, locality)).collect()
}

fn changes(program: &Program, locality: &Locality) -> LocalityChanges {
    let mut figures = Vec::new();
    for setting in &locality.sets {
        let Some(parameter) = program.parameter(setting.parameter) else { continue };
        for stretch in stretches(&parameter.rows, &setting.rows, parameter.columns.len(), true) {
            let words =
                |value: Option<&jcm_model::Constant>| match (value, parameter.columns.get(stretch.column)) {
                    (Some(value), Some((_, ty))) => figure(program, value, ty),
                    _ => String::new(),
                };
            figures.push(LocalFigure {
                name: parameter.head.name.clone(),
                title: parameter.head.title.clone(),
                when: days(&program.contract, stretch.from, stretch.until).unwrap_or_default(),
                template: words(stretch.before),
                local: words(stretch.after),
            });
        }
    }
    LocalityChanges { name: locality.head.name.clone(), title: locality.head.title.clone(), figures }
}

/// The table for people: a heading for each locality, and a line for each figure that it changes.
pub fn localities_text(localities: &[LocalityChanges]) -> String {
    if localities.is_empty() {
        return "The contract has no localities.\n".to_owned();
    }
    let figures = || localities.iter().flat_map(|locality| &locality.figures);
    let width = |column: &dyn Fn(&LocalFigure) -> usize, head: &str| {
        figures().map(column).chain([head.len()]).max().unwrap_or(0)
    };
    let what = width(&|figure| label(figure).chars().count(), "");
    let template = width(&|figure| figure.template.chars().count(), "template");
    let local = width(&|figure| figure.local.chars().count(), "here");
    let line = |what_is: &str, first: &str, second: &str| {
        format!("  {what_is:what$}  {first:>template$}  {second:>local$}\n")
    };
    let mut out = if figures().next().is_some() { line("", "template", "here") } else { String::new() };
    for locality in localities {
        out.push_str(&format!("{}\n", locality.title));
        if locality.figures.is_empty() {
            out.push_str("  as the template\n");
        }
        let mut dated = "";
        for figure in &locality.figures {
            // Dates stand under the title, which would make the table too wide beside them.
            if !figure.when.is_empty() && dated != figure.name {
                out.push_str(&format!("  {}\n", figure.title));
            }
            dated = if figure.when.is_empty() { "" } else { &figure.name };
            out.push_str(&line(&label(figure), &figure.template, &figure.local));
        }
    }
    let changing = localities.iter().filter(|locality| !locality.figures.is_empty()).count();
    let all = localities.len();
    let places = if all == 1 { "locality changes" } else { "localities change" };
    out.push_str(&format!("\n{changing} of {all} {places} the template\n"));
    out
}

/// What stands at the beginning of a line: the title, or the dates under it.
fn label(figure: &LocalFigure) -> String {
    if figure.when.is_empty() { figure.title.clone() } else { format!("  {}", figure.when) }
}

/// The table as comma-separated values, one row for each figure that a locality changes.
pub fn localities_csv(localities: &[LocalityChanges]) -> String {
    let mut out = "locality,title,figure,what,when,template,local\n".to_owned();
    for locality in localities {
        for figure in &locality.figures {
            let LocalFigure { name, title, when, template, local } = figure;
            let cells = [&locality.name, &locality.title, name, title, when, template, local];
            out.push_str(&cells.map(|text| csv_text(text)).join(","));
            out.push('\n');
        }
    }
    out
}
