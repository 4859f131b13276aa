//! The checked program: every name an id, every expression typed, every period dated.
//!
//! A [`Program`] exists only if the contract has no error; back ends take nothing else. Ids are places in the
//! program's lists. Spans are kept for people; nothing here knows the tree they came from.

mod at_stake;
mod balance;
mod condition;
mod criteria;
mod decision;
mod document;
mod doubt;
mod expr;
mod facts;
mod governance;
mod law;
mod locality;
mod money;
mod numbered;
mod outcome;
mod party;
mod placed;
mod power;
mod proof;
mod prose;
mod simulation;
mod stakes;
mod structure;
mod subcontract;
mod time;
mod unfinished;
mod unusual;
mod variation;
mod walk;

pub use balance::*;
pub use condition::*;
pub use criteria::*;
pub use decision::*;
pub use document::*;
pub use doubt::*;
pub use expr::*;
pub use facts::*;
pub use governance::*;
pub use law::*;
pub use locality::*;
pub use money::*;
pub use numbered::{Numbered, Renumbering, Shift};
pub use outcome::*;
pub use party::*;
pub use placed::Placed;
pub use power::*;
pub use proof::*;
pub use prose::*;
pub use simulation::*;
pub use subcontract::*;
pub use time::*;
pub use unfinished::*;
pub use unusual::*;
pub use variation::*;

use jcm_source::Span;

/// What every declaration has: a name, a title for people, its documentation and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Name in the source, unique in its namespace.
    pub name: String,
    /// Title for people.
    pub title: String,
    /// The `///` lines above it.
    pub doc: String,
    /// The whole declaration.
    pub span: Span,
    /// The name in it.
    pub name_span: Span,
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);
        impl $name {
            /// The id as an index into its list.
            pub fn index(self) -> usize { self.0 as usize }
        }
    )*};
}

ids! {
    /// A place in [`Program::partners`].
    PartnerId
    /// A place in [`Program::populations`].
    PopulationId
    /// A place in [`Program::outcomes`].
    OutcomeId
    /// A place in [`Program::measures`].
    MeasureId
    /// A place in [`Program::services`].
    ServiceId
    /// A place in [`Program::choices`].
    ChoiceId
    /// A place in [`Program::parameters`].
    ParameterId
    /// A place in [`Program::pools`].
    PoolId
    /// A place in [`Program::tables`].
    TableId
    /// A place in [`Program::scores`].
    ScoreId
    /// A place in [`Program::incentives`].
    IncentiveId
    /// A place in [`Program::payments`].
    PaymentId
    /// A place in [`Program::inputs`].
    InputId
    /// A place in [`Program::lines`].
    LineId
    /// A place in [`Program::clauses`].
    ClauseId
    /// A place in [`Program::definitions`].
    DefinitionId
    /// A place in [`Program::flows`].
    FlowId
    /// A place in [`Program::boards`].
    BoardId
    /// A place in [`Program::obligations`].
    ObligationId
    /// A place in [`Program::ladders`].
    LadderId
    /// A place in [`Program::open_terms`].
    OpenTermId
    /// A place in [`Program::subcontracts`].
    SubcontractId
    /// A place in [`Program::documents`].
    DocumentId
    /// A place in [`Program::powers`].
    PowerId
    /// A place in [`Program::decisions`].
    DecisionId
    /// A place in [`Program::conditions`].
    ConditionPrecedentId
    /// A place in [`Program::localities`].
    LocalityId
    /// A place in [`Program::standards`].
    StandardId
    /// A place in [`Program::variations`].
    VariationId
    /// A place in [`Program::balances`].
    BalanceId
}

/// A contract that has passed every check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Program {
    /// The contract itself.
    pub contract: Contract,
    /// Who is party to it.
    pub partners: Vec<Partner>,
    /// Whom it is for.
    pub populations: Vec<Population>,
    /// What matters to the person.
    pub outcomes: Vec<Outcome>,
    /// How it is measured.
    pub measures: Vec<Measure>,
    /// What is provided.
    pub services: Vec<Service>,
    /// Closed lists of choices.
    pub choices: Vec<Choice>,
    /// Named figures: declared, knobs, and those that pools, measures, populations and payments bring.
    pub parameters: Vec<Parameter>,
    /// Pooled funds.
    pub pools: Vec<Pool>,
    /// Scales and bands.
    pub tables: Vec<Table>,
    /// Weighted composites of measures.
    pub scores: Vec<Score>,
    /// Waterfalls that end in payments.
    pub incentives: Vec<Incentive>,
    /// Regular payments.
    pub payments: Vec<Payment>,
    /// Everything that must be known of a case, whoever asks for it.
    pub inputs: Vec<Input>,
    /// Every line, whoever owns it, in the order of evaluation.
    pub lines: Vec<Line>,
    /// What each case carries from period to period.
    pub balances: Vec<Balance>,
    /// Every flow of money, in the order of the contract.
    pub flows: Vec<Flow>,
    /// Worked examples.
    pub examples: Vec<Example>,
    /// Shapes of data files.
    pub datasets: Vec<Dataset>,
    /// Boards and how they decide.
    pub boards: Vec<Board>,
    /// What each partner must do.
    pub obligations: Vec<Obligation>,
    /// How disputes end.
    pub ladders: Vec<Ladder>,
    /// Terms left open on purpose.
    pub open_terms: Vec<OpenTerm>,
    /// What a partner passes on to a sub-contractor.
    pub subcontracts: Vec<Subcontract>,
    /// Documents outside the contract that it refers to.
    pub documents: Vec<OutsideDocument>,
    /// A power that the law gives, under which partners act together.
    pub powers: Vec<Power>,
    /// A decision that a board or a partner has taken.
    pub decisions: Vec<Decision>,
    /// What must be true before the contract begins.
    pub conditions: Vec<ConditionPrecedent>,
    /// Places that use the contract with figures of their own.
    pub localities: Vec<Locality>,
    /// Dated changes to the contract; the figures have them in them already.
    pub variations: Vec<Variation>,
    /// What the contract may come to, with figures that are drawn.
    pub simulations: Vec<Simulation>,
    /// The models and profiles that the contract follows.
    pub standards: Vec<Standard>,
    /// What is declared beside them and not followed.
    pub unfollowed: Unfollowed,
    /// What they ask, in order.
    pub criteria: Vec<Criterion>,
    /// What the partners have decided not to meet.
    pub waivers: Vec<Waiver>,
    /// Clauses, in the order of the source.
    pub clauses: Vec<Clause>,
    /// Defined terms.
    pub definitions: Vec<Definition>,
    /// Which days are operational; `None` where the contract names no calendar.
    pub calendar: Option<WorkingCalendar>,
    /// What the partners' own texts mark as still to be written; a contract with any is a draft.
    pub unfinished: Vec<Unfinished>,
    /// Words that are not usual at their place, in the order of the source.
    pub unusual: Vec<UnusualWord>,
    /// SHA-256 of the source texts, in hex.
    pub source_hash: String,
}

/// A thing that has a name, as prose and checks refer to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Def {
    /// The contract.
    Contract,
    /// A partner.
    Partner(PartnerId),
    /// A population.
    Population(PopulationId),
    /// An outcome.
    Outcome(OutcomeId),
    /// A measure.
    Measure(MeasureId),
    /// A service.
    Service(ServiceId),
    /// A list of choices.
    Choice(ChoiceId),
    /// A parameter or knob.
    Parameter(ParameterId),
    /// A pooled fund.
    Pool(PoolId),
    /// A scale or bands.
    Table(TableId),
    /// A score.
    Score(ScoreId),
    /// An incentive.
    Incentive(IncentiveId),
    /// A payment.
    Payment(PaymentId),
    /// An input.
    Input(InputId),
    /// A line.
    Line(LineId),
    /// A balance.
    Balance(BalanceId),
    /// A clause.
    Clause(ClauseId),
    /// A defined term.
    Definition(DefinitionId),
    /// A board.
    Board(BoardId),
    /// An obligation.
    Obligation(ObligationId),
    /// A ladder of steps.
    Ladder(LadderId),
    /// A term left open.
    OpenTerm(OpenTermId),
    /// A variation.
    Variation(VariationId),
    /// What must be true before the contract begins.
    ConditionPrecedent(ConditionPrecedentId),
    /// A decision that a board or a partner has taken.
    Decision(DecisionId),
    /// A power that the law gives, under which partners act together.
    Power(PowerId),
    /// What a partner passes on to a sub-contractor.
    Subcontract(SubcontractId),
    /// A document outside the contract.
    Document(DocumentId),
}

macro_rules! getters {
    ($($(#[$doc:meta])* $name:ident : $list:ident [$id:ident] -> $ty:ident;)*) => {
        impl Program {
            $(
                $(#[$doc])*
                pub fn $name(&self, id: $id) -> Option<&$ty> { self.$list.get(id.index()) }
            )*
        }
    };
}

getters! {
    /// The partner of an id.
    partner: partners[PartnerId] -> Partner;
    /// The population of an id.
    population: populations[PopulationId] -> Population;
    /// The outcome of an id.
    outcome: outcomes[OutcomeId] -> Outcome;
    /// The measure of an id.
    measure: measures[MeasureId] -> Measure;
    /// The service of an id.
    service: services[ServiceId] -> Service;
    /// The list of choices of an id.
    choice: choices[ChoiceId] -> Choice;
    /// The parameter of an id.
    parameter: parameters[ParameterId] -> Parameter;
    /// The pool of an id.
    pool: pools[PoolId] -> Pool;
    /// The table of an id.
    table: tables[TableId] -> Table;
    /// The score of an id.
    score: scores[ScoreId] -> Score;
    /// The incentive of an id.
    incentive: incentives[IncentiveId] -> Incentive;
    /// The payment of an id.
    payment: payments[PaymentId] -> Payment;
    /// The input of an id.
    input: inputs[InputId] -> Input;
    /// The line of an id.
    line: lines[LineId] -> Line;
    /// The balance of an id.
    balance: balances[BalanceId] -> Balance;
    /// The flow of an id.
    flow: flows[FlowId] -> Flow;
    /// The clause of an id.
    clause: clauses[ClauseId] -> Clause;
    /// The definition of an id.
    definition: definitions[DefinitionId] -> Definition;
    /// The board of an id.
    board: boards[BoardId] -> Board;
    /// The obligation of an id.
    obligation: obligations[ObligationId] -> Obligation;
    /// The ladder of an id.
    ladder: ladders[LadderId] -> Ladder;
    /// The open term of an id.
    open_term: open_terms[OpenTermId] -> OpenTerm;
    /// The variation of an id.
    variation: variations[VariationId] -> Variation;
    /// The condition precedent of an id.
    condition: conditions[ConditionPrecedentId] -> ConditionPrecedent;
    /// The decision of an id.
    decision: decisions[DecisionId] -> Decision;
    /// The power of an id.
    power: powers[PowerId] -> Power;
    /// The subcontract of an id.
    subcontract: subcontracts[SubcontractId] -> Subcontract;
    /// The outside document of an id.
    document: documents[DocumentId] -> OutsideDocument;
}

impl Program {
    /// The title that people know a thing by.
    pub fn title(&self, def: Def) -> &str {
        let title = match def {
            Def::Contract => Some(&self.contract.head.title),
            Def::Partner(id) => self.partner(id).map(|x| &x.head.title),
            Def::Population(id) => self.population(id).map(|x| &x.head.title),
            Def::Outcome(id) => self.outcome(id).map(|x| &x.head.title),
            Def::Measure(id) => self.measure(id).map(|x| &x.head.title),
            Def::Service(id) => self.service(id).map(|x| &x.head.title),
            Def::Choice(id) => self.choice(id).map(|x| &x.head.title),
            Def::Parameter(id) => self.parameter(id).map(|x| &x.head.title),
            Def::Pool(id) => self.pool(id).map(|x| &x.head.title),
            Def::Table(id) => self.table(id).map(|x| &x.head.title),
            Def::Score(id) => self.score(id).map(|x| &x.head.title),
            Def::Incentive(id) => self.incentive(id).map(|x| &x.head.title),
            Def::Payment(id) => self.payment(id).map(|x| &x.head.title),
            Def::Input(id) => self.input(id).map(|x| &x.head.title),
            Def::Line(id) => self.line(id).map(|x| &x.head.title),
            Def::Balance(id) => self.balance(id).map(|x| &x.head.title),
            Def::Clause(id) => self.clause(id).map(|x| &x.head.title),
            Def::Definition(id) => self.definition(id).map(|x| &x.head.title),
            Def::Board(id) => self.board(id).map(|x| &x.head.title),
            Def::Obligation(id) => self.obligation(id).map(|x| &x.head.title),
            Def::Ladder(id) => self.ladder(id).map(|x| &x.head.title),
            Def::OpenTerm(id) => self.open_term(id).map(|x| &x.head.title),
            Def::Variation(id) => self.variation(id).map(|x| &x.head.title),
            Def::ConditionPrecedent(id) => self.condition(id).map(|x| &x.head.title),
            Def::Decision(id) => self.decision(id).map(|x| &x.head.title),
            Def::Power(id) => self.power(id).map(|x| &x.head.title),
            Def::Subcontract(id) => self.subcontract(id).map(|x| &x.head.title),
            Def::Document(id) => self.document(id).map(|x| &x.head.title),
        };
        title.map_or("", String::as_str)
    }
}
