//! The state of one check: what has been read so far, and what was found wrong.

use crate::members::Members;
use crate::memory::Recall;
use crate::names::Names;
use crate::problems::{Incomplete, Problem};
use crate::project::Project;
use crate::units::Units;
use jcm_diagnostics::Diagnostic;
use jcm_model::{
    Balance, BalanceId, BalanceKind, Board, Choice, Clause, ConditionPrecedent, Contract, Criterion, Dataset,
    Decision, Definition, Example, Flow, FlowId, Incentive, Input, InputId, Ladder, Line, LineId, Locality,
    Measure, MeasureId, Obligation, OpenTerm, Outcome, OutsideDocument, Parameter, ParameterId, Partner,
    Payment, Pool, Population, Power, Program, Score, Service, Simulation, Standard, Subcontract, Table,
    Unfinished, Unfollowed, UnusualWord, Variation, Waiver, WorkingCalendar,
};
use jcm_quantity::Date;
use jcm_source::{FileId, Span};
use jcm_syntax::ast::Phrase;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The lists of the program to be; a place is empty until its declaration has been read without error. What readings
/// of the next check may take over is shared with it.
#[derive(Default, Clone)]
pub(crate) struct Parts {
    pub(crate) contract: Option<Contract>,
    /// The first day of the contract, known although something else of it cannot be read.
    pub(crate) first_day: Option<Date>,
    pub(crate) partners: Vec<Option<Partner>>,
    pub(crate) populations: Vec<Option<Population>>,
    pub(crate) outcomes: Vec<Option<Outcome>>,
    pub(crate) measures: Vec<Option<Arc<Measure>>>,
    pub(crate) services: Vec<Option<Service>>,
    pub(crate) choices: Vec<Option<Choice>>,
    pub(crate) parameters: Vec<Option<Arc<Parameter>>>,
    pub(crate) pools: Vec<Option<Pool>>,
    pub(crate) tables: Vec<Option<Table>>,
    pub(crate) scores: Vec<Option<Arc<Score>>>,
    pub(crate) incentives: Vec<Option<Arc<Incentive>>>,
    pub(crate) payments: Vec<Option<Payment>>,
    pub(crate) inputs: Vec<Option<Arc<Input>>>,
    pub(crate) lines: Vec<Option<Arc<Line>>>,
    pub(crate) balances: Vec<Option<Arc<Balance>>>,
    pub(crate) flows: Vec<Option<Arc<Flow>>>,
    pub(crate) examples: Vec<Option<Arc<Example>>>,
    pub(crate) datasets: Vec<Dataset>,
    pub(crate) boards: Vec<Option<Board>>,
    pub(crate) obligations: Vec<Option<Obligation>>,
    pub(crate) ladders: Vec<Option<Ladder>>,
    pub(crate) open_terms: Vec<Option<OpenTerm>>,
    pub(crate) subcontracts: Vec<Option<Subcontract>>,
    pub(crate) documents: Vec<Option<OutsideDocument>>,
    pub(crate) powers: Vec<Option<Power>>,
    pub(crate) decisions: Vec<Option<Decision>>,
    pub(crate) conditions: Vec<Option<ConditionPrecedent>>,
    pub(crate) localities: Vec<Option<Locality>>,
    pub(crate) variations: Vec<Option<Variation>>,
    pub(crate) simulations: Vec<Option<Simulation>>,
    pub(crate) standards: Vec<Standard>,
    pub(crate) criteria: Vec<Criterion>,
    pub(crate) unfollowed: Unfollowed,
    pub(crate) waivers: Vec<Waiver>,
    pub(crate) unfinished: Vec<Unfinished>,
    pub(crate) unusual: Vec<UnusualWord>,
    pub(crate) clauses: Vec<Option<Arc<Clause>>>,
    pub(crate) definitions: Vec<Option<Arc<Definition>>>,
    pub(crate) calendars: Vec<Option<WorkingCalendar>>,
    /// What the contract names as its calendar; the inner one is empty where it could not be read.
    pub(crate) calendar: Option<Option<WorkingCalendar>>,
}

/// One check.
pub(crate) struct Checker<'p> {
    pub(crate) project: &'p Project,
    pub(crate) names: Names<'p>,
    pub(crate) units: Units,
    pub(crate) parts: Parts,
    /// `owner.member` of what has been read: lines, inputs, baselines, budgets.
    pub(crate) members: Members,
    /// The reported figure of each measure that something refers to.
    pub(crate) measure_inputs: BTreeMap<MeasureId, InputId>,
    /// What was asked of these, and whether it was the first time.
    pub(crate) reported: Vec<(MeasureId, InputId, bool)>,
    /// What the last check has left, where this one is remembered.
    pub(crate) recall: Option<Recall>,
    /// The formulas that are being put in, by their names' places, so that a circle ends.
    pub(crate) calling: Vec<Span>,
    /// What the blanks of included modules are filled with, by the file and the name; nothing where that is wrong.
    pub(crate) blanks: BTreeMap<(FileId, &'p str), Option<Vec<Phrase>>>,
    pub(crate) found: Vec<Diagnostic>,
}

impl<'p> Checker<'p> {
    pub(crate) fn new(project: &'p Project, recall: Option<Recall>) -> Self {
        let mut found = Vec::new();
        let mut recall = recall;
        let named_in = recall.as_mut().map(|recall| std::mem::take(&mut recall.named_in)).unwrap_or_default();
        let mut names = Names::of(project, named_in, &mut found);
        if recall.is_some() {
            names.note_asked();
        }
        Self {
            project,
            names,
            units: Units::default(),
            parts: Parts::default(),
            members: Members::default(),
            measure_inputs: BTreeMap::new(),
            reported: Vec::new(),
            recall,
            calling: Vec::new(),
            blanks: BTreeMap::new(),
            found,
        }
    }

    /// Takes a problem down. Gives `None`, so that a reader can end with it.
    pub(crate) fn report<T>(&mut self, problem: impl Problem) -> Option<T> {
        let mut problem = problem.describe();
        let span = problem.primary.span;
        if problem.code == crate::problems::SHAPE
            && let Some(hint) = crate::problems::from_elsewhere(&self.text(span))
        {
            problem.help.insert(0, hint);
            if let Some(dated) = crate::problems::with_dates(&self.text(span)) {
                problem = problem.fix(format!("Change to `{dated}`"), span, dated);
            }
        }
        // What cannot be read because of a part that has its problem already is the same slip.
        let follows = problem.code == crate::problems::SHAPE
            && self.found.iter().any(|earlier| {
                let part = earlier.primary.span;
                part.file == span.file
                    && span.start <= part.start
                    && part.end <= span.end
                    && part.start < part.end
            });
        if !follows {
            self.found.push(problem);
        }
        None
    }

    /// How many problems have been found so far.
    pub(crate) fn problems(&self) -> usize {
        self.found.len()
    }

    /// Whether a file or library that is asked for is not there.
    pub(crate) fn misses_a_module(&self) -> bool {
        self.found.iter().any(|diagnostic| diagnostic.code == crate::problems::UNKNOWN_MODULE)
    }

    /// The source text of a span, on one line.
    pub(crate) fn text(&self, span: Span) -> String {
        let module = self.project.modules.iter().find(|module| module.file == span.file);
        let text = module.and_then(|module| module.text.get(span.range())).unwrap_or("");
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Adds an input and gives its id.
    pub(crate) fn add_input(&mut self, input: Input) -> InputId {
        self.parts.inputs.push(Some(Arc::new(input)));
        InputId(place(self.parts.inputs.len()))
    }

    /// Adds a line and gives its id.
    pub(crate) fn add_line(&mut self, line: Line) -> LineId {
        self.parts.lines.push(Some(Arc::new(line)));
        LineId(place(self.parts.lines.len()))
    }

    /// Adds a balance, which is to be closed, and gives its id.
    pub(crate) fn add_balance(&mut self, balance: Balance) -> BalanceId {
        self.parts.balances.push(Some(Arc::new(balance)));
        BalanceId(place(self.parts.balances.len()))
    }

    /// Notes the line that a balance closes at.
    pub(crate) fn close_balance(&mut self, id: BalanceId, line: LineId) {
        if let Some(Some(balance)) = self.parts.balances.get_mut(id.index()) {
            Arc::make_mut(balance).closing = line;
        }
    }

    /// Notes the line with what is left in a balance at its end.
    pub(crate) fn keep_remainder(&mut self, id: BalanceId, line: LineId) {
        if let Some(Some(balance)) = self.parts.balances.get_mut(id.index())
            && let BalanceKind::Declared { remainder, .. } = &mut Arc::make_mut(balance).kind
        {
            *remainder = Some(line);
        }
    }

    pub(crate) fn balance(&self, id: BalanceId) -> Option<&Balance> {
        self.parts.balances.get(id.index())?.as_deref()
    }

    /// Adds a parameter that something brings, and gives its id.
    pub(crate) fn add_parameter(&mut self, parameter: Parameter) -> ParameterId {
        self.parts.parameters.push(Some(Arc::new(parameter)));
        ParameterId(place(self.parts.parameters.len()))
    }

    /// Adds a flow and gives its id.
    pub(crate) fn add_flow(&mut self, flow: Flow) -> FlowId {
        self.parts.flows.push(Some(Arc::new(flow)));
        FlowId(place(self.parts.flows.len()))
    }

    pub(crate) fn parameter(&self, id: ParameterId) -> Option<&Parameter> {
        self.parts.parameters.get(id.index())?.as_deref()
    }

    pub(crate) fn flow(&self, id: FlowId) -> Option<&Flow> {
        self.parts.flows.get(id.index())?.as_deref()
    }

    /// The reported figure of a measure, if something has referred to it.
    pub(crate) fn reported(&mut self, id: MeasureId) -> Option<InputId> {
        let input = *self.measure_inputs.get(&id)?;
        self.reported.push((id, input, false));
        Some(input)
    }

    /// Notes the reported figure of a measure.
    pub(crate) fn report_by(&mut self, id: MeasureId, input: InputId) {
        self.measure_inputs.insert(id, input);
        self.reported.push((id, input, true));
    }

    pub(crate) fn line(&self, id: LineId) -> Option<&Line> {
        self.parts.lines.get(id.index())?.as_deref()
    }

    pub(crate) fn input(&self, id: InputId) -> Option<&Input> {
        self.parts.inputs.get(id.index())?.as_deref()
    }

    /// What there is of the program if nothing is wrong, and everything that is wrong.
    pub(crate) fn finish(mut self) -> (Option<Draft>, Vec<Diagnostic>) {
        jcm_diagnostics::sort(&mut self.found);
        let failed = self.found.iter().any(Diagnostic::is_error);
        let span = self.names.all("contract").first().map(|contract| contract.kind_span);
        let declared = self.names.all("parameter").len();
        let (reported, source_hash) = (self.measure_inputs, self.project.source_hash.clone());
        let draft = Draft { parts: self.parts, reported, source_hash };
        let whole = !failed && is_whole(&draft.parts, declared);
        if let (false, false, Some(span)) = (whole, failed, span) {
            self.found.push(Incomplete { span }.describe());
        }
        (Some(draft).filter(|_| whole), self.found)
    }
}

/// A program that is still to be put together from what was read.
pub struct Draft {
    parts: Parts,
    /// The reported figure of each measure that something refers to.
    reported: BTreeMap<MeasureId, InputId>,
    source_hash: String,
}

impl std::fmt::Debug for Draft {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Draft").field("lines", &self.parts.lines.len()).finish_non_exhaustive()
    }
}

impl Draft {
    /// The program.
    pub fn into_program(self) -> Option<Program> {
        assemble(self.parts, &self.reported, self.source_hash)
    }

    /// The program, while the draft stays.
    pub fn program(&self) -> Option<Program> {
        assemble(self.parts.clone(), &self.reported, self.source_hash.clone())
    }
}

/// Whether every declaration could be read; of the parameters, the first `declared` are those of declarations.
fn is_whole(parts: &Parts, declared: usize) -> bool {
    fn all<T>(list: &[Option<T>]) -> bool {
        list.iter().all(Option::is_some)
    }
    parts.contract.is_some()
        && all(&parts.partners)
        && all(&parts.populations)
        && all(&parts.outcomes)
        && all(&parts.measures)
        && all(&parts.services)
        && all(&parts.choices)
        && all(parts.parameters.get(..declared).unwrap_or_default())
        && all(&parts.pools)
        && all(&parts.tables)
        && all(&parts.scores)
        && all(&parts.incentives)
        && all(&parts.payments)
        && all(&parts.boards)
        && all(&parts.obligations)
        && all(&parts.ladders)
        && all(&parts.open_terms)
        && all(&parts.subcontracts)
        && all(&parts.documents)
        && all(&parts.powers)
        && all(&parts.decisions)
        && all(&parts.conditions)
        && all(&parts.localities)
        && all(&parts.variations)
        && all(&parts.simulations)
        && all(&parts.clauses)
        && all(&parts.definitions)
        && !matches!(parts.calendar, Some(None))
}

/// The id of what was just pushed on a list that is now `len` long.
fn place(len: usize) -> u32 {
    u32::try_from(len.saturating_sub(1)).unwrap_or(u32::MAX)
}

/// The program of parts that are all there; a part that is not has had its problem reported.
fn assemble(parts: Parts, reported: &BTreeMap<MeasureId, InputId>, source_hash: String) -> Option<Program> {
    fn all<T>(list: Vec<Option<T>>) -> Option<Vec<T>> {
        list.into_iter().collect()
    }
    fn own<T: Clone>(list: Vec<Option<Arc<T>>>) -> Option<Vec<T>> {
        list.into_iter().map(|one| one.map(Arc::unwrap_or_clone)).collect()
    }
    let mut measures = own(parts.measures)?;
    for (measure, input) in reported {
        if let Some(measure) = measures.get_mut(measure.index()) {
            measure.input = Some(*input);
        }
    }
    Some(Program {
        contract: parts.contract?,
        partners: all(parts.partners)?,
        populations: all(parts.populations)?,
        outcomes: all(parts.outcomes)?,
        measures,
        services: all(parts.services)?,
        choices: all(parts.choices)?,
        parameters: own(parts.parameters)?,
        pools: all(parts.pools)?,
        tables: all(parts.tables)?,
        scores: own(parts.scores)?,
        incentives: own(parts.incentives)?,
        payments: all(parts.payments)?,
        inputs: own(parts.inputs)?,
        lines: own(parts.lines)?,
        balances: own(parts.balances)?,
        flows: own(parts.flows)?,
        examples: parts.examples.into_iter().flatten().map(Arc::unwrap_or_clone).collect(),
        datasets: parts.datasets,
        boards: all(parts.boards)?,
        obligations: all(parts.obligations)?,
        ladders: all(parts.ladders)?,
        open_terms: all(parts.open_terms)?,
        subcontracts: all(parts.subcontracts)?,
        documents: all(parts.documents)?,
        powers: all(parts.powers)?,
        decisions: all(parts.decisions)?,
        conditions: all(parts.conditions)?,
        localities: all(parts.localities)?,
        variations: all(parts.variations)?,
        simulations: all(parts.simulations)?,
        standards: parts.standards,
        unfollowed: parts.unfollowed,
        criteria: parts.criteria,
        waivers: parts.waivers,
        clauses: own(parts.clauses)?,
        definitions: own(parts.definitions)?,
        calendar: match parts.calendar {
            Some(named) => Some(named?),
            None => None,
        },
        unfinished: parts.unfinished,
        unusual: parts.unusual,
        source_hash,
    })
}
