//! The facts that a contract states about itself, by kind and name: what criteria ask about.
//!
//! One table says which facts a kind has, what type each is and how it is found, so that the checker of criteria and
//! their evaluation cannot drift apart.

mod kinds;

pub use kinds::KINDS;

use crate::{Def, Program};
use jcm_quantity::{Date, Exact};

/// A fact.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fact {
    /// Not stated.
    Missing,
    /// A text.
    Text(String),
    /// A number in the base of its unit.
    Number(Exact),
    /// A date.
    Date(Date),
    /// Yes or no.
    Truth(bool),
    /// A word of the language or of the contract.
    Word(String),
    /// A thing of the contract.
    Thing(Def),
    /// Several.
    List(Vec<Fact>),
}

/// What a fact is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FactType {
    /// A text.
    Text,
    /// A number.
    Number,
    /// A date.
    Date,
    /// Yes or no.
    Truth,
    /// A word.
    Word,
    /// One of the words of the language.
    OneOf(&'static [&'static str]),
    /// A thing of a kind.
    Thing(&'static str),
    /// Several things of a kind.
    Things(&'static str),
    /// Several words or texts.
    Words,
}

/// A fact of a kind.
pub struct FactRule {
    /// Its name.
    pub name: &'static str,
    /// What it is.
    pub ty: FactType,
    /// Finds it.
    get: fn(&Program, Def) -> Option<Fact>,
}

/// The facts of a kind.
pub struct KindFacts {
    /// The kind, as it is declared.
    pub kind: &'static str,
    /// Every declaration of it.
    all: fn(&Program) -> Vec<Def>,
    /// What each states.
    pub facts: &'static [FactRule],
}

impl KindFacts {
    /// The fact of a name.
    pub fn fact(&self, name: &str) -> Option<&'static FactRule> {
        self.facts.iter().chain(COMMON).find(|rule| rule.name == name)
    }
}

/// The facts of a kind, by its name.
pub fn fact_kind(name: &str) -> Option<&'static KindFacts> {
    KINDS.iter().find(|kind| kind.kind == name)
}

impl Program {
    /// Every thing of a kind, in order.
    pub fn things(&self, of: &str) -> Vec<Def> {
        fact_kind(of).map_or_else(Vec::new, |kind| (kind.all)(self))
    }

    /// A fact of a thing.
    pub fn fact(&self, of: Def, name: &str) -> Fact {
        let rule = fact_kind(kind_of(of)).and_then(|kind| kind.fact(name));
        rule.and_then(|rule| (rule.get)(self, of)).unwrap_or(Fact::Missing)
    }

    /// The span of a thing's name.
    pub fn name_span(&self, def: Def) -> Option<jcm_source::Span> {
        head(self, def).map(|head| head.name_span)
    }

    /// The name of a thing in the source.
    pub fn name(&self, def: Def) -> &str {
        head(self, def).map_or("", |head| head.name.as_str())
    }
}

/// The kind of a thing, as it is declared.
pub fn kind_of(def: Def) -> &'static str {
    match def {
        Def::Contract => "contract",
        Def::Partner(_) => "partner",
        Def::Population(_) => "population",
        Def::Outcome(_) => "outcome",
        Def::Measure(_) => "measure",
        Def::Service(_) => "service",
        Def::Choice(_) => "choice",
        Def::Parameter(_) => "parameter",
        Def::Pool(_) => "pool",
        Def::Table(_) => "table",
        Def::Score(_) => "score",
        Def::Incentive(_) => "incentive",
        Def::Payment(_) => "payment",
        Def::Input(_) => "input",
        Def::Line(_) => "line",
        Def::Balance(_) => "balance",
        Def::Clause(_) => "clause",
        Def::Definition(_) => "definition",
        Def::Board(_) => "board",
        Def::Obligation(_) => "obligation",
        Def::Ladder(_) => "ladder",
        Def::OpenTerm(_) => "open_term",
        Def::Variation(_) => "variation",
        Def::ConditionPrecedent(_) => "condition_precedent",
        Def::Decision(_) => "decision",
        Def::Power(_) => "power",
        Def::Subcontract(_) => "subcontract",
        Def::Document(_) => "document",
    }
}

fn head(program: &Program, def: Def) -> Option<&crate::Head> {
    Some(match def {
        Def::Contract => &program.contract.head,
        Def::Partner(id) => &program.partner(id)?.head,
        Def::Population(id) => &program.population(id)?.head,
        Def::Outcome(id) => &program.outcome(id)?.head,
        Def::Measure(id) => &program.measure(id)?.head,
        Def::Service(id) => &program.service(id)?.head,
        Def::Choice(id) => &program.choice(id)?.head,
        Def::Parameter(id) => &program.parameter(id)?.head,
        Def::Pool(id) => &program.pool(id)?.head,
        Def::Table(id) => &program.table(id)?.head,
        Def::Score(id) => &program.score(id)?.head,
        Def::Incentive(id) => &program.incentive(id)?.head,
        Def::Payment(id) => &program.payment(id)?.head,
        Def::Input(id) => &program.input(id)?.head,
        Def::Line(id) => &program.line(id)?.head,
        Def::Balance(id) => &program.balance(id)?.head,
        Def::Clause(id) => &program.clause(id)?.head,
        Def::Definition(id) => &program.definition(id)?.head,
        Def::Board(id) => &program.board(id)?.head,
        Def::Obligation(id) => &program.obligation(id)?.head,
        Def::Ladder(id) => &program.ladder(id)?.head,
        Def::OpenTerm(id) => &program.open_term(id)?.head,
        Def::Variation(id) => &program.variation(id)?.head,
        Def::ConditionPrecedent(id) => &program.condition(id)?.head,
        Def::Decision(id) => &program.decision(id)?.head,
        Def::Power(id) => &program.power(id)?.head,
        Def::Subcontract(id) => &program.subcontract(id)?.head,
        Def::Document(id) => &program.document(id)?.head,
    })
}

/// Facts that everything has.
pub const COMMON: &[FactRule] = &[
    FactRule { name: "name", ty: FactType::Word, get: |p, d| Some(Fact::Word(head(p, d)?.name.clone())) },
    FactRule { name: "title", ty: FactType::Text, get: |p, d| text(&head(p, d)?.title) },
    FactRule { name: "documentation", ty: FactType::Text, get: |p, d| text(&head(p, d)?.doc) },
];

fn text(text: &str) -> Option<Fact> {
    Some(if text.trim().is_empty() { Fact::Missing } else { Fact::Text(text.to_owned()) })
}

fn words(words: &[String]) -> Option<Fact> {
    Some(Fact::List(words.iter().map(|word| Fact::Word(word.clone())).collect()))
}

fn word(word: &str) -> Option<Fact> {
    Some(if word.is_empty() { Fact::Missing } else { Fact::Word(word.to_owned()) })
}

fn count(count: usize) -> Option<Fact> {
    i64::try_from(count).ok().map(|count| Fact::Number(Exact::from_int(count)))
}

fn things(defs: impl IntoIterator<Item = Def>) -> Option<Fact> {
    Some(Fact::List(defs.into_iter().map(Fact::Thing).collect()))
}

fn thing(def: Option<Def>) -> Option<Fact> {
    Some(def.map_or(Fact::Missing, Fact::Thing))
}

/// A field without a place of its own in the program.
fn particular(particulars: &[(String, String)], field: &str) -> Option<Fact> {
    let found = particulars.iter().find(|(name, _)| name == field);
    Some(found.map_or(Fact::Missing, |(_, value)| Fact::Text(value.clone())))
}
