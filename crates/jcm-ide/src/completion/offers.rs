//! What is offered at each kind of place, from the tables of the checker and the names of the contract.

use super::names::{escaped, is_figure, is_offered, name, plain};
use super::starters;
use super::stops;
use super::{Completion, CompletionKind};
use crate::analysis::Analysis;
use crate::hover::{of_field, of_kind};
use crate::index::{Symbol, What, wanted_kinds};
use crate::library;
use jcm_quantity::RoundingMode;
use jcm_sema::schema::{self, Field, Schema};
use jcm_source::FileId;
use jcm_syntax::ast::{DeclarationKind as Kind, Word};

pub(super) struct Offers<'a> {
    pub(super) analysis: &'a Analysis,
    pub(super) file: FileId,
    pub(super) at: u32,
    pub(super) found: Vec<Completion>,
}

impl Offers<'_> {
    /// Whole declarations.
    pub(super) fn declarations(&mut self) {
        let opens = self.analysis.text(self.file).lines().all(|line| line.split(' ').next() != Some("jcm"));
        // In the order in which a contract is written: the contract and its partners first.
        for (schema, rank) in schema::ALL.iter().zip(0_u8..) {
            let mut found = plain(schema.kind.word(), CompletionKind::Declaration, schema.kind.doc(), rank);
            found.snippet = declaration(self.analysis, schema);
            if let Some(starter) = starters::starter(self.analysis, schema.kind, &found.snippet, opens) {
                found.snippet = starter;
            }
            found.doc = of_kind(schema.kind);
            self.found.push(found);
        }
    }

    /// The paths of modules.
    pub(super) fn modules(&mut self) {
        for module in jcm_std::modules().iter().filter(|module| module.path != jcm_std::PRELUDE) {
            let about = module.text.lines().find_map(|line| line.strip_prefix("// ")).unwrap_or("");
            self.found.push(plain(module.path, CompletionKind::Module, about, 1));
        }
        for path in self.analysis.own_modules() {
            self.found.push(plain(path, CompletionKind::Module, "a file of this contract", 0));
        }
    }

    /// The fields that are not there yet, and what else may stand in a declaration.
    pub(super) fn members(&mut self, kind: Kind, said: &[String]) {
        if kind == Kind::Include {
            self.blanks(said);
        }
        let Some(schema) = schema::of(kind) else { return };
        for field in schema.fields.iter().filter(|field| !said.iter().any(|said| said == field.name)) {
            let needed = if field.required { "needed" } else { "" };
            let detail = format!("{} {needed}", field.expects);
            let mut found =
                plain(field.name, CompletionKind::Field, detail.trim_end(), u8::from(!field.required));
            found.snippet = format!("{}: {}", field.name, stops::value(self.analysis, field, 1));
            found.doc = of_field(kind, field);
            self.found.push(found);
        }
        for statement in backticked(schema.statements) {
            let first = statement.split(' ').next().unwrap_or(statement);
            let mut found = plain(first, CompletionKind::Statement, statement, 1);
            let is_word = statement == first;
            found.snippet =
                if is_word { format!("{first} $0") } else { format!("${{1:{}}}", escaped(statement)) };
            self.found.push(found);
        }
        // A row may begin with a name: of a partner who shall do something, of a measure with its weight.
        if !schema.statements.is_empty() {
            self.named(2, |symbol| {
                matches!(symbol.what, What::Declared(Kind::Partner | Kind::Board | Kind::Measure))
            });
        }
        self.parts_of_subject(1);
    }

    /// The blanks of an included module.
    fn blanks(&mut self, said: &[String]) {
        let declaration = self.analysis.declaration_at(self.file, self.at);
        let Some(path) = declaration.and_then(|declaration| declaration.name.as_ref()) else { return };
        let module = self.analysis.modules().iter().find(|module| module.path == path.text);
        let index = self.analysis.index();
        let blanks = index.symbols().map(|(_, symbol)| symbol).filter(|symbol| {
            symbol.is(Kind::Blank) && module.is_some_and(|module| module.file == symbol.span.file)
        });
        for blank in blanks.filter(|blank| !said.contains(&blank.name)) {
            let mut found = plain(&blank.name, CompletionKind::Field, &blank.title, 0);
            found.snippet = format!("{}: $0", blank.name);
            self.found.push(found);
        }
    }

    /// What a field takes.
    pub(super) fn value(&mut self, kind: Kind, field: &str) {
        let Some(field) = schema::of(kind).and_then(|schema| schema.field(field)) else { return };
        for word in backticked(field.expects) {
            self.found.push(plain(word, CompletionKind::Value, field.name, 0));
        }
        for word in stops::usual(self.analysis, field) {
            self.found.push(plain(word, CompletionKind::Value, field.name, 1));
        }
        let kinds = wanted_kinds(field.expects);
        self.named(0, |symbol| kinds.iter().any(|kind| symbol.is(*kind)));
        self.not_taken_in(&kinds);
        if field.expects.contains("who") {
            self.named(1, |symbol| symbol.is(Kind::Partner) || symbol.is(Kind::Board));
        }
        if field.expects.split(' ').any(|word| word == "mode") {
            for mode in RoundingMode::ALL {
                self.found.push(plain(mode.name(), CompletionKind::Value, mode.words(), 0));
            }
        }
        if field.expects.contains("unit") || field.expects.contains("per ") {
            self.units(1);
        }
        let example = example_value(field);
        if !example.is_empty() && kinds.is_empty() && !self.found.iter().any(|found| found.label == example) {
            let mut found = plain(example, CompletionKind::Value, "for example", 9);
            found.doc = of_field(kind, field);
            self.found.push(found);
        }
    }

    /// What stands in the first line of a declaration.
    pub(super) fn header(&mut self, kind: Kind, after: Option<&str>) {
        match (kind, after) {
            (Kind::Blank, Some(":")) => {
                for kind in Kind::ALL {
                    self.found.push(plain(kind.word(), CompletionKind::Value, kind.doc(), 1));
                }
                self.units(2);
            }
            (_, Some(":")) => {
                self.units(0);
                self.named(1, |symbol| symbol.is(Kind::Choice));
            }
            (Kind::Example, Some("of")) => {
                self.named(0, |symbol| {
                    matches!(
                        symbol.what,
                        What::Declared(Kind::Incentive | Kind::Score | Kind::Pool | Kind::Payment)
                    )
                });
            }
            (Kind::Example, Some("in")) => self.periods(),
            (Kind::Locality, Some("of")) => self.named(0, |symbol| symbol.is(Kind::Contract)),
            (Kind::Measure, Some("=")) => self.library(Kind::Measure),
            (_, Some("of" | "for" | "by" | "=")) => self.named(0, |_| true),
            _ => {
                let opening = schema::of(kind).map_or("", |schema| schema.opening);
                for word in Word::ALL.iter().filter(|word| opening.split(' ').any(|part| part == word.word()))
                {
                    self.found.push(plain(word.word(), CompletionKind::Word, word.doc(), 3));
                }
            }
        }
    }

    /// The settlement periods of the contract.
    fn periods(&mut self) {
        let periods = self.analysis.program().map_or(&[][..], |program| &program.contract.periods);
        for period in periods {
            self.found.push(plain(&period.label, CompletionKind::Value, "settlement period", 0));
        }
    }

    /// What stands between braces within a declaration.
    pub(super) fn row(&mut self, kind: Kind, head: &str) {
        let head = head.trim();
        match kind {
            Kind::Dataset => {
                self.named(0, is_figure);
                self.every_part(0);
            }
            Kind::Parameter if head.starts_with("columns") => self.units(0),
            _ => self.named(0, |symbol| symbol.is(Kind::Partner)),
        }
    }

    /// Everything that legal text can name.
    pub(super) fn things(&mut self) {
        self.named(0, |symbol| {
            !matches!(symbol.what, What::Declared(Kind::Unit | Kind::Function | Kind::Dataset))
        });
        let index = self.analysis.index();
        let file = self.file;
        let blanks = index.symbols().map(|(_, symbol)| symbol);
        let blanks = blanks.filter(|symbol| symbol.is(Kind::Blank) && symbol.span.file == file);
        self.found.extend(blanks.map(|blank| name(blank, 0)));
    }

    /// What a calculation can be made of.
    pub(super) fn calculation(&mut self, kind: Kind) {
        let own = self.analysis.declaration_at(self.file, self.at);
        let index = self.analysis.index();
        if let Some(own) = own.and_then(|own| index.of_declaration(own)) {
            let text = self.analysis.text(self.file);
            // A line can name those above it, and not itself.
            let is_above = |part: &Symbol| {
                text.get(part.span.end as usize..self.at as usize)
                    .is_some_and(|between| between.contains('\n'))
            };
            let parts = index.parts(own).filter(|(_, part)| part.what != What::Line || is_above(part));
            self.found.extend(parts.map(|(_, part)| name(part, 0)));
        }
        self.parts_of_subject(0);
        self.named(1, is_figure);
        if matches!(kind, Kind::Incentive | Kind::Example | Kind::Obligation | Kind::Ladder | Kind::Payment) {
            self.named(2, |symbol| symbol.is(Kind::Partner) || symbol.is(Kind::Board));
        }
        for function in jcm_sema::FUNCTIONS {
            let detail = format!("takes {}", function.takes);
            let mut found = plain(function.name, CompletionKind::Function, &detail, 3);
            found.snippet = format!("{}($0)", function.name);
            self.found.push(found);
        }
        for (function, written) in jcm_sema::OVER_ALL {
            let mut found = plain(&format!("{function} … over all"), CompletionKind::Function, written, 5);
            found.snippet = format!("${{1:{}}}", escaped(written));
            self.found.push(found);
        }
        for word in Word::ALL {
            self.found.push(plain(word.word(), CompletionKind::Word, word.doc(), 4));
        }
        self.units(6);
    }

    /// What belongs to the thing before the last dot.
    pub(super) fn parts_of(&mut self, word: &str) {
        let Some((owner, _)) = word.rsplit_once('.') else { return };
        let index = self.analysis.index();
        let declaration = self.analysis.declaration_at(self.file, self.at);
        let id = match declaration {
            Some(declaration) => index.resolve(declaration, owner),
            None => index.named(self.file, owner),
        };
        let parts = id.map(|id| index.parts(id).map(|(_, part)| name(part, 0)).collect::<Vec<_>>());
        self.found.extend(parts.into_iter().flatten());
        let prefix = format!("{owner}.");
        for dotted in self.analysis.dotted_names() {
            if let Some(part) = dotted.strip_prefix(&prefix) {
                self.found.push(plain(part, CompletionKind::Name, dotted, 1));
            }
        }
        for (dotted, symbol) in index.dotted(&prefix) {
            let rest = dotted.strip_prefix(&prefix).unwrap_or(dotted);
            let mut found = name(symbol, 0);
            rest.clone_into(&mut found.label);
            rest.clone_into(&mut found.snippet);
            self.found.push(found);
        }
    }

    /// The inputs and lines of what an example is of.
    fn parts_of_subject(&mut self, rank: u8) {
        let index = self.analysis.index();
        let Some(declaration) = self.analysis.declaration_at(self.file, self.at) else { return };
        let parts = index.subject_parts(declaration);
        self.found.extend(parts.into_iter().map(|part| name(part, rank)));
    }

    fn every_part(&mut self, rank: u8) {
        let parts = self.analysis.index().symbols().map(|(_, symbol)| symbol);
        let parts = parts.filter(|s| matches!(s.what, What::Input | What::Line) && !s.library);
        self.found.extend(parts.map(|part| name(part, rank)));
    }

    /// Declarations of one kind in the library, with the names of their modules.
    fn library(&mut self, kind: Kind) {
        for module in self.analysis.modules().iter().filter(|module| !module.is_own()) {
            let last = module.path.rsplit('.').next().unwrap_or("");
            for declaration in module.ast.declarations.iter().filter(|declared| declared.kind == kind) {
                let (Some(name), Some(title)) = (&declaration.name, &declaration.title) else { continue };
                let mut found = plain(&format!("{last}.{}", name.text), CompletionKind::Name, &title.text, 0);
                found.doc.clone_from(&declaration.doc);
                self.found.push(found);
            }
        }
    }

    /// Standards, powers and calendars of the library that the contract does not take in yet, which is done with them.
    fn not_taken_in(&mut self, kinds: &[Kind]) {
        let wanted = [Kind::Model, Kind::Profile, Kind::Power, Kind::Calendar];
        let wanted: Vec<Kind> = wanted.into_iter().filter(|kind| kinds.contains(kind)).collect();
        // The library is not read for a field that takes none of them.
        if wanted.is_empty() {
            return;
        }
        for kept in library::kept(&wanted) {
            if self.found.iter().any(|found| found.label == kept.name) {
                continue;
            }
            let Some(also) = library::taken_in(self.analysis, self.file, kept.module) else { continue };
            let detail = format!("{} {}", kept.kind.word(), kept.title);
            let rank = if kept.kind == Kind::Model { 2 } else { 3 };
            let mut found = plain(&kept.name, CompletionKind::Name, &detail, rank);
            found.doc.clone_from(&kept.doc);
            found.also = Some(also);
            self.found.push(found);
        }
    }

    /// The names of declarations: the contract's own, and what the library offers.
    fn named(&mut self, rank: u8, suits: impl Fn(&Symbol) -> bool) {
        let symbols = self.analysis.index().symbols().map(|(_, symbol)| symbol);
        let symbols =
            symbols.filter(|symbol| matches!(symbol.what, What::Declared(kind) if kind != Kind::Blank));
        let symbols = symbols.filter(|symbol| suits(symbol) && (!symbol.library || is_offered(symbol)));
        let later = |symbol: &Symbol| rank.saturating_add(u8::from(symbol.library));
        self.found.extend(symbols.map(|symbol| name(symbol, later(symbol))));
    }

    /// The words of units.
    fn units(&mut self, rank: u8) {
        for (unit, says) in [("percent", "a percentage"), ("£", "an amount of money")] {
            self.found.push(plain(unit, CompletionKind::Unit, says, rank));
        }
        let symbols = self.analysis.index().symbols().map(|(_, symbol)| symbol);
        let units = symbols.filter(|symbol| symbol.is(Kind::Unit));
        let units = units.map(|unit| plain(&unit.name, CompletionKind::Unit, &unit.title, rank));
        self.found.extend(units);
    }
}

/// What stands between backticks.
pub(super) fn backticked(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// The value in a field's example.
pub(crate) fn example_value(field: &Field) -> &str {
    field.example.split_once(": ").map_or("", |(_, value)| value)
}

/// A declaration with its name, its title and the fields that it needs, each to be typed over.
fn declaration(analysis: &Analysis, schema: &Schema) -> String {
    let number = std::cell::Cell::new(0_u32);
    let next = || {
        number.set(number.get().saturating_add(1));
        number.get()
    };
    let text = |text: &str| stops::stop(next(), text);
    written(schema, &text, &|field| stops::value(analysis, field, next()), "    $0\n")
}

/// The same as it stands when nothing is typed over.
pub(crate) fn plain_declaration(schema: &Schema) -> String {
    written(schema, &str::to_owned, &|field| example_value(field).to_owned(), "")
}

/// A declaration with what `text` makes of each part of its first line and `value` of each field, and a last line.
fn written(
    schema: &Schema,
    text: &dyn Fn(&str) -> String,
    value: &dyn Fn(&Field) -> String,
    last: &str,
) -> String {
    let opening = schema.opening.strip_suffix(" {").unwrap_or(schema.opening);
    let mut snippet = String::new();
    for (place, part) in opening.split('"').enumerate() {
        match place {
            0 => {
                let (kind, name) = part.split_once(' ').unwrap_or((part, ""));
                let (name, rest) = name.split_once(' ').unwrap_or((name, ""));
                snippet.push_str(kind);
                if !name.is_empty() {
                    snippet.push(' ');
                    snippet.push_str(&text(name));
                }
                if !rest.is_empty() || part.ends_with(' ') {
                    snippet.push(' ');
                    snippet.push_str(&escaped(rest));
                }
            }
            1 => snippet.push_str(&format!("\"{}\"", text(part))),
            _ if !part.trim().is_empty() => {
                snippet.push(' ');
                snippet.push_str(&text(part.trim()));
            }
            _ => {}
        }
    }
    if !schema.opening.ends_with('{') {
        return snippet;
    }
    snippet.push_str(" {\n");
    let needed: Vec<&Field> = schema.fields.iter().filter(|field| field.required).collect();
    let widest = needed.iter().map(|field| field.name.len()).max().unwrap_or(0);
    for field in needed {
        let space = " ".repeat(widest.saturating_sub(field.name.len()).saturating_add(2));
        snippet.push_str(&format!("    {}:{space}{}\n", field.name, value(field)));
    }
    snippet.push_str(last);
    snippet.push('}');
    snippet
}
