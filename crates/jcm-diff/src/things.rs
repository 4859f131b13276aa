//! A contract laid out as facts: every declaration with what it says, each fact under a label.
//!
//! One file for each family of kinds. A new kind needs a function here and a line in [`things`].

mod law;
mod money;
mod outcomes;
mod parties;
mod proof;
mod reach;
mod subcontracts;

use crate::spelling;
use jcm_doc::{Wording, plain};
use jcm_model::{Def, Head, Line, LineOwner, Paragraph, Parameter, ParameterOwner, Program};
use jcm_quantity::{Exact, Unit, show};
use jcm_source::Span;

/// A declaration laid out.
pub(crate) struct Thing<'a> {
    /// The kind in which its name is unique.
    pub(crate) namespace: &'static str,
    /// Its name.
    pub(crate) name: String,
    /// What it says.
    pub(crate) facts: Vec<Fact<'a>>,
    /// Its dated figures.
    pub(crate) figures: Vec<&'a Parameter>,
    /// Its prose.
    pub(crate) prose: &'a [Paragraph],
    kind: &'static str,
    title: String,
    /// What it is in a few words, where it is new.
    summary: String,
    /// The titles of those who pay or are paid by it, or whom it names.
    concerns: Vec<String>,
    /// The titles of the incentives and payments that are worked out from it.
    moves: Vec<String>,
    span: Span,
}

/// Something that a declaration says.
pub(crate) struct Fact<'a> {
    /// What it is about, by name: what pairs it with its like in another contract.
    pub(crate) key: String,
    /// What it is about, for people.
    pub(crate) label: String,
    /// By names and exact figures: what decides whether two facts are the same.
    pub(crate) exact: String,
    /// Whether it is only in which order names stand, so that one more or one less is no change of it.
    pub(crate) only_order: bool,
    words: Words<'a>,
}

/// How a fact is said.
enum Words<'a> {
    Text(String),
    /// A sentence, which is made only when it is needed.
    Line(&'a Line),
    /// What has no words: that it is another is all that is told.
    None,
}

impl Fact<'_> {
    /// The fact in words, if it has any.
    pub(crate) fn said(&self, wording: &Wording<'_>) -> Option<String> {
        match &self.words {
            Words::Text(text) => Some(text.clone()),
            Words::Line(line) => Some(plain(&wording.line_sentence(line))),
            Words::None => None,
        }
    }
}

/// Every declaration of a contract, in the order of the source.
pub(crate) fn things(program: &Program) -> Vec<Thing<'_>> {
    let mut things = parties::things(program);
    things.extend(outcomes::things(program));
    things.extend(money::things(program));
    things.extend(law::things(program));
    things.extend(proof::things(program));
    things.sort_by_key(|thing| thing.span);
    reach::tell(program, &mut things);
    things
}

impl<'a> Thing<'a> {
    /// A declaration with its title and its documentation.
    fn of(kind: &'static str, head: &'a Head) -> Self {
        Self::at(kind, head.name.clone(), head.title.clone(), head.span)
            .fact("title", &head.title)
            .fact("explanation", &head.doc)
    }

    /// A declaration without a head of its own.
    fn at(kind: &'static str, name: String, title: String, span: Span) -> Self {
        let (facts, figures, concerns, moves) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let summary = String::new();
        Self {
            namespace: kind,
            kind,
            name,
            title,
            summary,
            span,
            facts,
            figures,
            concerns,
            moves,
            prose: &[],
        }
    }

    /// Another word for its kind, among others of one namespace.
    fn called(mut self, kind: &'static str) -> Self {
        if kind != self.kind {
            self.kind = kind;
        }
        self.fact("kind", kind)
    }

    /// A text; an empty one says nothing.
    fn fact(self, label: &str, text: &str) -> Self {
        self.exactly(label, text.to_owned(), text.to_owned())
    }

    /// A fact whose words may read like those of another.
    fn exactly(self, label: &str, text: String, exact: String) -> Self {
        self.about(label, label, (text, exact))
    }

    /// A fact in words and exactly, whose label is made of titles and whose key of names.
    fn about(mut self, key: &str, label: &str, (text, exact): (String, String)) -> Self {
        if !exact.trim().is_empty() {
            let (key, label) = (key.to_owned(), label.to_owned());
            self.facts.push(Fact { key, label, exact, only_order: false, words: Words::Text(text) });
        }
        self
    }

    /// The last fact is about the order of what it names.
    fn only_order(mut self, label: &str) -> Self {
        if let Some(fact) = self.facts.last_mut().filter(|fact| fact.label == label) {
            fact.only_order = true;
        }
        self
    }

    /// What it is in a few words, where it is new.
    fn in_short(mut self, summary: String) -> Self {
        self.summary = summary;
        self
    }

    /// A fact without words.
    fn unsaid(mut self, label: &str, exact: String) -> Self {
        let (key, label) = (label.to_owned(), label.to_owned());
        self.facts.push(Fact { key, label, exact, only_order: false, words: Words::None });
        self
    }

    /// Things that it names.
    fn named(self, label: &str, program: &Program, defs: impl IntoIterator<Item = Def>) -> Self {
        let defs: Vec<Def> = defs.into_iter().collect();
        self.about(label, label, titles(program, &defs))
    }

    /// Several facts of the same form.
    fn each<T>(self, items: impl IntoIterator<Item = T>, add: impl Fn(Self, T) -> Self) -> Self {
        items.into_iter().fold(self, add)
    }

    /// Fields as they are written.
    fn particulars(self, particulars: &[(String, String)]) -> Self {
        self.each(particulars, |thing, (field, text)| thing.fact(&field.replace('_', " "), text))
    }

    /// The dated figures that it brings.
    fn figures_of(mut self, program: &'a Program, owner: &ParameterOwner) -> Self {
        self.figures.extend(program.parameters.iter().filter(|parameter| parameter.owner == *owner));
        self
    }

    /// The lines that it owns, in the order of evaluation.
    fn lines_of(mut self, program: &'a Program, owner: LineOwner) -> Self {
        let prefix = format!("{}.", self.name);
        for line in program.lines.iter().filter(|line| line.owner == owner) {
            let exact = format!(
                "{:?} {} {} {}",
                line.head.title,
                spelling::ty(program, &line.ty),
                line.per_row,
                spelling::expr(program, &line.expr)
            );
            let name = line.head.name.strip_prefix(&prefix).unwrap_or(&line.head.name);
            let title = if line.head.title.is_empty() { name } else { &line.head.title };
            let (key, label) = (format!("line {name}"), format!("line “{title}”"));
            self.facts.push(Fact { key, label, exact, only_order: false, words: Words::Line(line) });
        }
        self
    }

    /// Its paragraphs.
    fn says(mut self, paragraphs: &'a [Paragraph]) -> Self {
        self.prose = paragraphs;
        self
    }

    /// As something that changed.
    pub(crate) fn change(&self, what: crate::What) -> crate::Change {
        let (name, title, concerns) = (self.name.clone(), self.title.clone(), self.concerns.clone());
        let summary = self.summary.clone();
        crate::Change { kind: self.kind, name, title, summary, what, concerns, moves: self.moves.clone() }
    }
}

/// Ids of a list, in order.
fn ids<T, Id>(list: &[T], id: fn(u32) -> Id) -> impl Iterator<Item = (Id, &T)> {
    (0u32..).map(id).zip(list)
}

/// Things by their titles, and by their names.
fn titles(program: &Program, defs: &[Def]) -> (String, String) {
    let titles: Vec<&str> = defs.iter().map(|def| program.title(*def)).collect();
    let names: Vec<&str> = defs.iter().map(|def| program.name(*def)).collect();
    (titles.join(", "), names.join(", "))
}

/// A number in a unit, in words and exactly.
fn number(value: &Exact, unit: &Unit) -> (String, String) {
    (show(value, unit), format!("{} {unit:?}", value.text()))
}

/// `1 month`, `3 months`; nothing for none.
fn months(count: u32) -> String {
    match count {
        0 => String::new(),
        1 => "1 month".to_owned(),
        _ => format!("{count} months"),
    }
}
