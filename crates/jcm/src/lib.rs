//! The compiler as a library: the [`World`] it reads from, [`check`], [`settlement`], [`run_examples`] and [`emit`].
//!
//! ```text
//! World ── check ──> Checked ── into_program ──> Program ── settlement ──> Settlement ── emit ──> Artefacts
//! ```
//!
//! This crate puts the phases together and decides nothing of its own. It knows no terminal, no socket and no file
//! system: a [`World`] gives it texts, and what it makes are values.

mod again;
mod agenda;
mod analysis;
mod assured;
mod bounds;
mod diagrams;
mod effect;
mod emit;
mod examples;
mod excerpt;
mod follows;
mod from_program;
mod library;
mod lint;
mod needs;
mod places;
mod preview;
mod problems;
mod profiles;
mod project;
mod scenarios;
mod sheet;
mod simulation;
mod value;
mod variations;
mod what_if;
mod worked;
mod world;

pub use again::{Memory, Reading, read_again};
pub use agenda::agenda;
pub use analysis::{
    Analysed, Between, Denial, analysis, analysis_codes, analysis_denied, analysis_has_amount, analysis_html,
    analysis_json, analysis_kind, analysis_text,
};
pub use assured::{
    assurance_csv, assurance_html, assurance_json, assurance_text, fits_csv, fits_html, fits_json, fits_text,
};
pub use bounds::{BoundEffect, bounds_effect};
pub use diagrams::{Diagram, DiagramFormat, Shows, diagram_text, diagrams};
pub use effect::{
    BothWays, Effect, ExampleEffect, LineEffect, Paid, PartnerEffect, Settling, effect, effect_text,
    effect_without_data, example_text, partner_effects, partner_table,
};
pub use emit::{
    Artefact, DocumentFormat, NO_PDF, Target, document, document_for, document_in_plain_words, emit,
    emit_with, made_by_jcm, rendered,
};
pub use examples::{Difference, ExampleResult, compute, run_examples};
pub use from_program::settlement;
pub use jcm_assure::{
    Assurance, Failure as AssuranceFailure, Fit, Row as AssuranceRow, Verdict, assure, assure_on,
    cells as assurance_cells, diagnostics as assurance_problems, fits, heading_of as assurance_heading,
};
pub use jcm_calculus::Settlement;
pub use jcm_calendar::{
    Agenda, csv as agenda_csv, icalendar as agenda_icalendar, json as agenda_json, text as agenda_text,
};
pub use jcm_diagnostics::{Diagnostic, Severity};
pub use jcm_doc::{Document, Scenario, addresses};
pub use jcm_lint::{LINTS, Level, Levels, Lint, UnknownLint, read_settings};
pub use jcm_model::{FlowId, Gravity, Input, LocalityId, PartnerId, Program, Simulation};
pub use jcm_quantity::{Date, Period};
pub use jcm_source::{FileId, SourceFile, Sources, Span};
pub use jcm_std::{TEMPLATE_README, Template, templates};
pub use library::{LibraryEntry, LibraryModule, library};
pub use lint::{lint, lint_codes};
pub use places::place_columns;
pub use preview::{Preview, preview};
pub use problems::codes;
pub use profiles::profiles;
pub use scenarios::scenarios;
pub use simulation::{
    Alternative, ChanceResult, DriverResult, ExpectationResult, Goal, GoalOf, NotSimulated, PartyResult,
    Range, Simulated, SimulatedPlace, Simulating, Sweeping, Swept, SweptValue, Turning, chance_text,
    expectation_problem, simulate, simulation_csv, simulation_csv_by, simulation_document, simulation_html,
    simulation_json, simulation_json_by, simulation_parquet, simulation_text, sweep, sweep_csv, sweep_html,
    sweep_json, sweep_text,
};
pub use what_if::{Bar, Lever, Moved, Reach, WhatIf, WhatIfPeriod, what_if};
pub use worked::{WorkedExample, WorkedLine, work_out};
pub use world::{InMemory, World};

/// The name and version that everything made here carries.
pub const COMPILER: &str = concat!("jcm ", env!("CARGO_PKG_VERSION"));

/// The edition of the language, as the first line of a contract names it: `jcm 1`.
pub const EDITION: &str = "1";

/// The version of the settlement specification that is written and read.
pub const SPECIFICATION: u64 = jcm_spec::v1::VERSION;

/// What came of reading a contract.
#[derive(Debug)]
pub struct Checked {
    /// Every text that was read.
    pub sources: Sources,
    /// Every problem, in the order in which people read them.
    pub diagnostics: Vec<Diagnostic>,
    program: Option<Program>,
}

impl Checked {
    /// The program, if no problem is an error.
    pub fn program(&self) -> Option<&Program> {
        self.program.as_ref()
    }

    /// The program, or the problems that stand in its way.
    pub fn into_program(self) -> Result<Program, Vec<Diagnostic>> {
        self.program.ok_or(self.diagnostics)
    }

    fn new(sources: Sources, mut diagnostics: Vec<Diagnostic>, program: Option<Program>) -> Self {
        jcm_diagnostics::sort(&mut diagnostics);
        let program = program.filter(|_| !diagnostics.iter().any(Diagnostic::is_error));
        Self { sources, diagnostics, program }
    }
}

/// Reads a contract, checks it, runs its examples and asks it what its standards ask. Never fails and never prints.
pub fn check(world: &dyn World) -> Checked {
    check_as_at(world, None)
}

/// The same for the contract as it was agreed on a date: without the variations that were agreed after it.
pub fn check_as_at(world: &dyn World, as_at: Option<Date>) -> Checked {
    let (mut checked, settlement) = read_loaded(project::load(world, as_at));
    if let (Some(program), Some(settlement)) = (&checked.program, &settlement) {
        checked.diagnostics.extend(examples_and_criteria(program, settlement));
    }
    Checked::new(checked.sources, checked.diagnostics, checked.program)
}

fn examples_and_criteria(program: &Program, settlement: &Settlement) -> Vec<Diagnostic> {
    let results = run_examples(program, settlement);
    let mut found: Vec<Diagnostic> = results.iter().filter_map(example_problem).collect();
    found.extend(jcm_assure::diagnostics(program, &jcm_assure::assure(program)));
    found
}

/// The same without the examples and the criteria, for those who ask for these themselves.
pub fn check_without_examples(world: &dyn World) -> Checked {
    check_without_examples_as_at(world, None)
}

/// The same for the contract as it was agreed on a date, under its own title and with every example: for comparing it
/// with another, which needs no example to come out.
pub fn check_without_examples_as_at(world: &dyn World, as_at: Option<Date>) -> Checked {
    read_loaded(project::Loaded { dated: None, ..project::load(world, as_at) }).0
}

/// Reads a contract as [`check_as_at`] does, with the localities of a table beside those that it declares: one row for
/// each, one column for each figure of [`place_columns`]. What is wrong with a row is told at its cell.
pub fn check_with_places(world: &dyn World, table: SourceFile, as_at: Option<Date>) -> Checked {
    with_places(world, table, as_at, false)
}

/// The same for a table that was written for another contract: columns that this one does not have are passed over.
pub fn check_with_places_of_another(world: &dyn World, table: SourceFile) -> Checked {
    with_places(world, table, None, true)
}

fn with_places(world: &dyn World, table: SourceFile, as_at: Option<Date>, of_another: bool) -> Checked {
    let template = check_as_at(world, as_at);
    let Some(program) = template.program() else { return template };
    let mut sources = template.sources.clone();
    let file = sources.add(table.clone());
    let places = match places::Places::of(program, &table, file, of_another) {
        Ok(places) => places,
        Err(problems) => return Checked::new(sources, places::first_problems(problems), None),
    };
    let (read, _) = read_loaded(project::load_with(world, as_at, Some((table, places.text.clone()))));
    let program = read.program.map(|program| places.in_program(program, file));
    let own = read.diagnostics.into_iter().filter(|problem| problem.primary.span.file == file);
    let own = own.map(|problem| places.told(problem, file)).collect();
    let told = places::first_problems(own).into_iter().chain(template.diagnostics).collect();
    Checked::new(sources, told, program)
}

/// Everything up to the settlement, which there is only if nothing stands in its way.
fn read_loaded(loaded: project::Loaded) -> (Checked, Option<Settlement>) {
    let mut checked = checked_program(loaded);
    let mut settlement = checked.program.as_ref().map(|program| settlement(program, &checked.sources));
    if let (Some(program), Some(made)) = (&checked.program, &settlement) {
        let flaws = refused(program, made);
        if flaws.is_empty() {
            checked.diagnostics.extend(simulation::problems(program, &checked.sources));
        } else {
            checked.diagnostics.extend(flaws);
            settlement = None;
        }
    }
    (Checked::new(checked.sources, checked.diagnostics, checked.program), settlement)
}

/// Everything up to the program.
fn checked_program(loaded: project::Loaded) -> Checked {
    let project::Loaded { sources, project, problems, dated } = loaded;
    let mut checked = jcm_sema::check(&project);
    if let Some((date, changed_from)) = dated {
        checked.program = checked.program.map(|program| variations::as_at(program, date, changed_from));
    }
    let mut diagnostics = follows::told(&sources, problems, checked.diagnostics);
    diagnostics.extend(checked.program.iter().flat_map(agenda::uncovered));
    Checked::new(sources, diagnostics, checked.program)
}

/// Why a settlement cannot be trusted, if it cannot.
fn refused(program: &Program, made: &Settlement) -> Vec<Diagnostic> {
    let flaws = jcm_calculus::verify(made).err().unwrap_or_default();
    flaws.iter().map(|flaw| problems::settlement_refused(program, flaw)).collect()
}

/// The text of a file laid out, or why it cannot be: a function from the file's id to its problems.
pub fn format(text: &str) -> Result<String, impl FnOnce(FileId) -> Vec<Diagnostic> + use<>> {
    jcm_fmt::format(text).map_err(|problems| {
        move |file: FileId| problems.iter().map(|problem| problem.to_diagnostic(file)).collect()
    })
}

/// The problem of an example, if it has one: the figures differ or it cannot be settled.
pub fn example_problem(result: &ExampleResult) -> Option<Diagnostic> {
    problems::example_stops(result).or_else(|| problems::example_differs(result))
}

/// A constant of a contract as people read it: `£1,658,880.00`, `90%`, `missing`.
pub fn constant_in_words(program: &Program, constant: &jcm_model::Constant, ty: &jcm_model::Ty) -> String {
    value::in_words(program, &value::value_of(constant), ty)
}

/// The words of the language, kinds of declaration first, each once.
pub fn keywords() -> impl Iterator<Item = &'static str> {
    let kinds = jcm_syntax::ast::DeclarationKind::ALL.iter().map(|kind| kind.word());
    let is_kind = |word: &&str| jcm_syntax::ast::DeclarationKind::ALL.iter().all(|kind| kind.word() != *word);
    kinds.chain(jcm_syntax::ast::Word::ALL.iter().map(|word| word.word()).filter(is_kind))
}

/// Whether a text declares a contract, so that it is the main file of its project.
pub fn declares_contract(text: &str) -> bool {
    may_declare_contract(text) && project::declares_contract(text)
}

/// Whether a text looks as if it declared a contract: told in no time, and wrong only for a stray line.
pub fn may_declare_contract(text: &str) -> bool {
    text.lines().any(|line| line.trim_start_matches('\u{feff}').starts_with("contract"))
}
