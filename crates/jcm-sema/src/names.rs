//! What every name of a project stands for.

use crate::problems::{DuplicateName, Problem, UnknownModule, near};
use crate::project::{Module, Project};
use jcm_diagnostics::Diagnostic;
use jcm_model::{
    BoardId, ChoiceId, ClauseId, ConditionPrecedentId, DecisionId, Def, DefinitionId, IncentiveId, LadderId,
    MeasureId, ObligationId, OpenTermId, OutcomeId, ParameterId, PartnerId, PaymentId, PoolId, PopulationId,
    PowerId, ScoreId, ServiceId, SubcontractId, TableId,
};
use jcm_source::Span;
use jcm_syntax::ast::{Declaration, DeclarationKind as Kind};
use std::collections::{BTreeMap, BTreeSet};

/// A declared name.
#[derive(Clone, Copy)]
pub(crate) struct Symbol<'p> {
    /// What it is in the program; `None` for templates and for kinds that become no thing of their own.
    pub(crate) def: Option<Def>,
    /// Its declaration.
    pub(crate) declaration: &'p Declaration,
    /// Whether it comes from the library.
    pub(crate) library: bool,
}

/// Every declared name, and the declarations that make up the contract.
pub(crate) struct Names<'p> {
    /// By bare name and, for what comes from another module, by dotted name too.
    symbols: BTreeMap<String, Symbol<'p>>,
    /// The declarations of the contract by kind, in order; the place in the list is the id.
    by_kind: BTreeMap<&'static str, Vec<&'p Declaration>>,
    /// Models, elements, profiles and criteria, of the library too.
    questions: Vec<&'p Declaration>,
}

impl<'p> Names<'p> {
    /// Takes down every declaration of a project, and reports modules that are not there and names given twice.
    pub(crate) fn of(project: &'p Project, found: &mut Vec<Diagnostic>) -> Self {
        let mut names = Self { symbols: BTreeMap::new(), by_kind: BTreeMap::new(), questions: Vec::new() };
        for module in &project.modules {
            for declaration in &module.ast.declarations {
                match declaration.kind {
                    Kind::Use => unknown_module(project, declaration, found),
                    Kind::Include => {
                        unknown_module(project, declaration, found);
                        names.include(project, declaration, found);
                    }
                    _ => names.declare(module, declaration, found),
                }
            }
        }
        names
    }

    fn declare(&mut self, module: &Module, declaration: &'p Declaration, found: &mut Vec<Diagnostic>) {
        let library = module.path.starts_with("std.");
        let question =
            matches!(declaration.kind, Kind::Model | Kind::Element | Kind::Profile | Kind::Criterion);
        if question {
            self.questions.push(declaration);
        }
        let part = !library
            || matches!(
                declaration.kind,
                Kind::Choice | Kind::Scale | Kind::Bands | Kind::Parameter | Kind::Function | Kind::Power
            );
        let def = if part { self.place(declaration) } else { None };
        let Some(name) = &declaration.name else { return };
        let symbol = Symbol { def, declaration, library };
        if !module.path.is_empty() {
            let last = module.path.rsplit('.').next().unwrap_or("");
            self.symbols.insert(format!("{}.{}", module.path, name.text), symbol);
            self.symbols.entry(format!("{last}.{}", name.text)).or_insert(symbol);
        }
        self.bind(&name.text, name.span, symbol, found);
    }

    /// Binds a bare name; what a project declares comes before what the library does.
    fn bind(&mut self, name: &str, span: Span, symbol: Symbol<'p>, found: &mut Vec<Diagnostic>) {
        match self.symbols.get(name) {
            Some(first) if !first.library && !symbol.library => {
                let first = first.declaration.name.as_ref().map_or(first.declaration.span, |name| name.span);
                found.push(DuplicateName { name: name.to_owned(), span, first }.describe());
            }
            Some(first) if !first.library => {}
            _ => {
                self.symbols.insert(name.to_owned(), symbol);
            }
        }
    }

    /// Makes the clauses and definitions of a library module part of the contract, but for those excepted.
    fn include(&mut self, project: &'p Project, include: &'p Declaration, found: &mut Vec<Diagnostic>) {
        let Some(path) = &include.name else { return };
        let Some(module) = project.modules.iter().find(|module| module.path == path.text) else { return };
        let except: BTreeSet<&str> = excepted(include).collect();
        for declaration in &module.ast.declarations {
            let Some(name) = &declaration.name else { continue };
            let legal = matches!(declaration.kind, Kind::Clause | Kind::Definition);
            if legal && !except.contains(name.text.as_str()) {
                let def = self.place(declaration);
                self.bind(&name.text, name.span, Symbol { def, declaration, library: false }, found);
            }
        }
    }

    /// Gives a declaration its place among those of its kind.
    fn place(&mut self, declaration: &'p Declaration) -> Option<Def> {
        let list = match declaration.kind {
            Kind::Scale | Kind::Bands => "table",
            Kind::Knob => "parameter",
            kind => kind.word(),
        };
        let list = self.by_kind.entry(list).or_default();
        let id = u32::try_from(list.len()).unwrap_or(u32::MAX);
        list.push(declaration);
        Some(match declaration.kind {
            Kind::Contract => Def::Contract,
            Kind::Partner => Def::Partner(PartnerId(id)),
            Kind::Population => Def::Population(PopulationId(id)),
            Kind::Outcome => Def::Outcome(OutcomeId(id)),
            Kind::Measure => Def::Measure(MeasureId(id)),
            Kind::Service => Def::Service(ServiceId(id)),
            Kind::Choice => Def::Choice(ChoiceId(id)),
            Kind::Parameter | Kind::Knob => Def::Parameter(ParameterId(id)),
            Kind::Pool => Def::Pool(PoolId(id)),
            Kind::Scale | Kind::Bands => Def::Table(TableId(id)),
            Kind::Score => Def::Score(ScoreId(id)),
            Kind::Incentive => Def::Incentive(IncentiveId(id)),
            Kind::Payment => Def::Payment(PaymentId(id)),
            Kind::Clause => Def::Clause(ClauseId(id)),
            Kind::Definition => Def::Definition(DefinitionId(id)),
            Kind::Board => Def::Board(BoardId(id)),
            Kind::Obligation => Def::Obligation(ObligationId(id)),
            Kind::Ladder => Def::Ladder(LadderId(id)),
            Kind::OpenTerm => Def::OpenTerm(OpenTermId(id)),
            Kind::ConditionPrecedent => Def::ConditionPrecedent(ConditionPrecedentId(id)),
            Kind::Decision => Def::Decision(DecisionId(id)),
            Kind::Power => Def::Power(PowerId(id)),
            Kind::Subcontract => Def::Subcontract(SubcontractId(id)),
            _ => return None,
        })
    }

    /// The declarations of the contract of one kind, in the order of their ids.
    pub(crate) fn all(&self, list: &str) -> Vec<&'p Declaration> {
        self.by_kind.get(list).cloned().unwrap_or_default()
    }

    /// Every declaration of some kinds, in the library and in the project, in order.
    pub(crate) fn every(&self, suits: impl Fn(Kind) -> bool) -> Vec<&'p Declaration> {
        self.questions.iter().copied().filter(|declaration| suits(declaration.kind)).collect()
    }

    /// Every kind that the contract declares.
    pub(crate) fn kinds(&self) -> impl Iterator<Item = &&'static str> {
        self.by_kind.keys()
    }

    /// What a name stands for, bare or dotted.
    pub(crate) fn get(&self, name: &str) -> Option<Symbol<'p>> {
        self.symbols.get(name).copied()
    }

    /// Up to three names like this one, of declarations that suit.
    pub(crate) fn near(&self, name: &str, suits: impl Fn(&Symbol<'p>) -> bool) -> Vec<String> {
        near(name, self.symbols.iter().filter(|(_, symbol)| suits(symbol)).map(|(name, _)| name.as_str()))
    }
}

fn excepted(include: &Declaration) -> impl Iterator<Item = &str> {
    let members = match &include.body {
        jcm_syntax::ast::Body::Block(members) => members.as_slice(),
        _ => &[],
    };
    let except = members.iter().filter(|member| member.key_words().as_deref() == Some("except"));
    except
        .flat_map(|member| &member.value)
        .filter_map(|phrase| phrase.single()?.name())
        .map(|name| name.text.as_str())
}

fn unknown_module(project: &Project, declaration: &Declaration, found: &mut Vec<Diagnostic>) {
    let Some(name) = &declaration.name else { return };
    if project.modules.iter().all(|module| module.path != name.text) {
        let near = near(&name.text, project.available.iter().map(String::as_str));
        found.push(UnknownModule { path: name.text.clone(), span: name.span, near }.describe());
    }
}
