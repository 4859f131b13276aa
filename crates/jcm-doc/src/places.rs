//! Where each thing stands in the document: its anchor and its address, such as "Schedule 3B, line 6".
//!
//! Anchors are made of names, so that a link to a clause holds when another clause is put before it. Schedules keep
//! the numbers of the usual order of such contracts (1 definitions, 2 services and population, 3 payment, 4 outcome
//! framework, 5 governance, 6 reporting and obligations, 7 sub-contracts, 8 data, 9 disputes, 10 exit, 11 accession,
//! 12 assurance, 13 simulated scenarios, 14 variations), and parts keep their letters, whether or not a contract uses
//! all of them.

use jcm_model::{
    BalanceId, BoardId, ChoiceId, ClauseId, Combined, Combining, ConditionPrecedentId, DecisionId, Def,
    DefinitionId, DocumentId, IncentiveId, InputId, InputOwner, LadderId, LineId, LineOwner, MeasureId,
    ObligationId, OpenTermId, OutcomeId, ParameterId, ParameterOwner, Part, PartnerId, PaymentId, PoolId,
    PopulationId, PowerId, Program, ScoreId, ServiceId, SubcontractId, TableId, VariationId,
};
use jcm_source::Span;
use std::collections::{BTreeMap, BTreeSet};

/// A lettered part of Schedule 2.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ScopePart {
    Population(PopulationId),
    Service(ServiceId),
}

/// A lettered part of Schedule 3.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MoneyPart {
    Settlement,
    Pool(PoolId),
    Incentive(IncentiveId),
    Payment(PaymentId),
    OpenTerm(OpenTermId),
    Score(ScoreId),
    Table(TableId),
    Figures,
    Choices,
    Examples,
}

/// A lettered part of Schedule 4.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OutcomePart {
    Outcome(OutcomeId),
    Measure(MeasureId),
}

/// The plan of a document.
#[derive(Debug, Clone)]
pub(crate) struct Places {
    /// Lettered parts of Schedule 2.
    pub(crate) scope: Vec<ScopePart>,
    /// Lettered parts of Schedule 3; empty if nothing is paid.
    pub(crate) money: Vec<MoneyPart>,
    /// Lettered parts of Schedule 4.
    pub(crate) outcomes: Vec<OutcomePart>,
    /// Clauses in the order in which they are printed, with their numbers; `None` is the generated clause on money.
    pub(crate) clauses: Vec<(Part, Option<ClauseId>)>,
    anchors: BTreeMap<Def, String>,
    addresses: BTreeMap<Def, String>,
    taken: BTreeSet<String>,
}

/// Each thing of a list with its id.
pub(crate) fn with_ids<Id, T>(list: &[T], id: fn(u32) -> Id) -> impl Iterator<Item = (Id, &T)> {
    (0u32..).map(id).zip(list)
}

/// `A` to `Z`, `AA` and so on.
pub(crate) fn letter(place: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = place + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(u8::try_from(rest % 26).map_or('?', |n| char::from(b'A' + n)));
        rest /= 26;
    }
    letters.into_iter().rev().collect()
}

impl Places {
    /// Plans the document of a program.
    pub(crate) fn of(program: &Program) -> Places {
        let mut places = Places {
            scope: plan_scope(program),
            money: plan_money(program),
            outcomes: plan_outcomes(program),
            clauses: plan_clauses(program),
            anchors: BTreeMap::new(),
            addresses: BTreeMap::new(),
            taken: BTreeSet::new(),
        };
        places.name_all(program);
        places.address_all(program);
        places
    }

    /// The anchor of a thing; `None` for an id of another program.
    pub(crate) fn anchor(&self, def: Def) -> Option<&str> {
        self.anchors.get(&def).map(String::as_str)
    }

    /// Where a thing stands, such as `Schedule 3B, line 6`; empty for a party or the contract itself.
    pub(crate) fn address(&self, def: Def) -> &str {
        self.addresses.get(&def).map_or("", String::as_str)
    }

    /// An anchor for something that is no [`Def`], such as an example.
    pub(crate) fn extra(kind: &str, name: &str) -> String {
        format!("{kind}-{}", slug(name))
    }

    /// The number of a line among the lines of its owner, from 1.
    pub(crate) fn line_number(program: &Program, id: LineId) -> Option<usize> {
        let lines = lines_of(program, program.line(id)?.owner);
        lines.iter().position(|line| *line == id).map(|at| at + 1)
    }

    fn name_all(&mut self, program: &Program) {
        self.anchors.insert(Def::Contract, "contract".to_string());
        macro_rules! name {
            ($($list:ident $kind:literal $def:ident $id:ident;)*) => {$(
                for (id, item) in with_ids(&program.$list, $id) {
                    self.name(Def::$def(id), $kind, &item.head.name);
                }
            )*};
        }
        name! {
            partners "party" Partner PartnerId;
            populations "population" Population PopulationId;
            outcomes "outcome" Outcome OutcomeId;
            measures "measure" Measure MeasureId;
            services "service" Service ServiceId;
            choices "choices" Choice ChoiceId;
            parameters "figure" Parameter ParameterId;
            pools "pool" Pool PoolId;
            tables "table" Table TableId;
            scores "score" Score ScoreId;
            incentives "incentive" Incentive IncentiveId;
            payments "payment" Payment PaymentId;
            inputs "input" Input InputId;
            lines "line" Line LineId;
            balances "balance" Balance BalanceId;
            clauses "clause" Clause ClauseId;
            definitions "definition" Definition DefinitionId;
            boards "board" Board BoardId;
            obligations "obligation" Obligation ObligationId;
            ladders "ladder" Ladder LadderId;
            open_terms "open" OpenTerm OpenTermId;
            variations "variation" Variation VariationId;
            conditions "condition" ConditionPrecedent ConditionPrecedentId;
            decisions "decision" Decision DecisionId;
            powers "power" Power PowerId;
            subcontracts "subcontract" Subcontract SubcontractId;
            documents "document" Document DocumentId;
        }
        for combined in program.measures.iter().filter_map(|measure| measure.combined.as_ref()) {
            for (inputs, _) in rows_of_parts(combined) {
                let row = inputs.first().and_then(|first| self.anchor(Def::Input(*first))).map(str::to_owned);
                let Some(row) = row else { continue };
                self.anchors.extend(inputs.iter().map(|input| (Def::Input(*input), row.clone())));
            }
        }
    }

    fn name(&mut self, def: Def, kind: &str, name: &str) {
        let wanted = Places::extra(kind, name);
        // Names are unique where the compiler has checked them; numbers are for names that differ in marks only.
        let mut anchor = wanted.clone();
        let mut count = 1u32;
        while !self.taken.insert(anchor.clone()) {
            count = count.saturating_add(1);
            anchor = format!("{wanted}~{count}");
        }
        self.anchors.insert(def, anchor);
    }

    fn address_all(&mut self, program: &Program) {
        let mut at = |def: Def, address: String| self.addresses.insert(def, address);
        for (number, (_, clause)) in (1usize..).zip(&self.clauses) {
            // What comes into the place of a clause keeps its number.
            let mut standing = *clause;
            while let Some(id) = standing {
                at(Def::Clause(id), format!("clause {number}"));
                standing = program.ended_by(id).and_then(|(_, _, by)| by);
            }
        }
        for (place, (id, _)) in program.variations_as_agreed().into_iter().enumerate() {
            at(Def::Variation(id), format!("Schedule 14{}", letter(place)));
        }
        for (place, part) in self.scope.iter().enumerate() {
            let def = match part {
                ScopePart::Population(id) => Def::Population(*id),
                ScopePart::Service(id) => Def::Service(*id),
            };
            at(def, format!("Schedule 2{}", letter(place)));
        }
        for (place, part) in self.outcomes.iter().enumerate() {
            let def = match part {
                OutcomePart::Outcome(id) => Def::Outcome(*id),
                OutcomePart::Measure(id) => Def::Measure(*id),
            };
            at(def, format!("Schedule 4{}", letter(place)));
        }
        for (place, (id, _)) in with_ids(&program.boards, BoardId).enumerate() {
            at(Def::Board(id), format!("Schedule 5{}", letter(place)));
        }
        for (id, _) in with_ids(&program.decisions, DecisionId) {
            at(Def::Decision(id), format!("Schedule 5{}", letter(program.boards.len())));
        }
        let after = program.boards.len() + usize::from(!program.decisions.is_empty());
        for (id, _) in with_ids(&program.powers, PowerId) {
            at(Def::Power(id), format!("Schedule 5{}", letter(after)));
        }
        for (id, _) in with_ids(&program.obligations, ObligationId) {
            at(Def::Obligation(id), "Schedule 6A".to_string());
        }
        for (place, (id, _)) in with_ids(&program.ladders, LadderId).enumerate() {
            at(Def::Ladder(id), format!("Schedule 9{}", letter(place)));
        }
        for (place, (id, _)) in with_ids(&program.subcontracts, SubcontractId).enumerate() {
            at(Def::Subcontract(id), format!("Schedule 7{}", letter(place)));
        }
        for (place, part) in self.money.iter().enumerate() {
            let address = format!("Schedule 3{}", letter(place));
            match part {
                MoneyPart::Pool(id) => drop(at(Def::Pool(*id), address)),
                MoneyPart::Incentive(id) => drop(at(Def::Incentive(*id), address)),
                MoneyPart::Payment(id) => drop(at(Def::Payment(*id), address)),
                MoneyPart::OpenTerm(id) => drop(at(Def::OpenTerm(*id), address)),
                MoneyPart::Score(id) => drop(at(Def::Score(*id), address)),
                MoneyPart::Table(id) => drop(at(Def::Table(*id), address)),
                MoneyPart::Figures => {
                    for id in figures(program) {
                        at(Def::Parameter(id), address.clone());
                    }
                }
                MoneyPart::Choices => {
                    for (id, _) in with_ids(&program.choices, ChoiceId) {
                        at(Def::Choice(id), address.clone());
                    }
                }
                MoneyPart::Settlement | MoneyPart::Examples => {}
            }
        }
        self.address_defined(program);
        self.address_what_is_owned(program);
    }

    /// Terms and documents stand in Schedule 1.
    fn address_defined(&mut self, program: &Program) {
        let definitions = with_ids(&program.definitions, DefinitionId).map(|(id, _)| Def::Definition(id));
        let documents = with_ids(&program.documents, DocumentId).map(|(id, _)| Def::Document(id));
        self.addresses.extend(definitions.chain(documents).map(|def| (def, "Schedule 1".to_string())));
    }

    /// Lines, inputs and brought figures stand with their owners.
    fn address_what_is_owned(&mut self, program: &Program) {
        for (id, line) in with_ids(&program.lines, LineId) {
            let owner = self.address(Def::from(line.owner)).to_string();
            let address = match (line.owner, Places::line_number(program, id)) {
                (LineOwner::Pool(_) | LineOwner::Measure(_), _) | (_, None) => owner,
                (_, Some(number)) => format!("{owner}, line {number}"),
            };
            self.addresses.insert(Def::Line(id), address);
        }
        for (id, balance) in with_ids(&program.balances, BalanceId) {
            let owner = self.address(Def::Incentive(balance.owner)).to_string();
            self.addresses.insert(Def::Balance(id), owner);
        }
        for (id, input) in with_ids(&program.inputs, InputId) {
            let owner = match input.owner {
                InputOwner::Measure(id) => Def::Measure(id),
                InputOwner::Incentive(id) => Def::Incentive(id),
                InputOwner::Payment(id) => Def::Payment(id),
            };
            self.addresses.insert(Def::Input(id), self.address(owner).to_string());
        }
        for (id, _) in with_ids(&program.parameters, ParameterId) {
            if let Some(owner) = home(program, id) {
                self.addresses.insert(Def::Parameter(id), self.address(owner).to_string());
            }
        }
    }
}

/// What is reported of the parts of a period and printed in one row: the figures, or the numerators and then the
/// denominators, with what they are called.
pub(crate) fn rows_of_parts(combined: &Combined) -> Vec<(&[InputId], &'static str)> {
    let (above, below) = match combined.rule {
        Combining::Ratio => combined.inputs.split_at(combined.inputs.len() / 2),
        _ => combined.inputs.split_at(combined.inputs.len()),
    };
    let called = if below.is_empty() { "Figures" } else { "Numerators" };
    let rows = [(above, called), (below, "Denominators")];
    rows.into_iter().filter(|(inputs, _)| !inputs.is_empty()).collect()
}

/// The lines of an owner, in the order in which they are worked out.
pub(crate) fn lines_of(program: &Program, owner: LineOwner) -> Vec<LineId> {
    let own = || {
        with_ids(&program.lines, LineId).filter(|(_, line)| line.owner == owner).map(|(id, _)| id).collect()
    };
    match owner {
        LineOwner::Incentive(id) => program.incentive(id).map_or_else(Vec::new, |x| x.lines.clone()),
        LineOwner::Payment(id) => program.payment(id).map_or_else(Vec::new, |x| x.lines.clone()),
        LineOwner::Pool(_) | LineOwner::Score(_) | LineOwner::OpenTerm(_) | LineOwner::Measure(_) => own(),
    }
}

/// The thing beside which a figure is printed; `None` if it is printed among the figures of Schedule 3.
pub(crate) fn home(program: &Program, id: ParameterId) -> Option<Def> {
    match &program.parameter(id)?.owner {
        ParameterOwner::Declared | ParameterOwner::Knob { .. } => None,
        ParameterOwner::Pool(pool) => {
            let brings = program.pool(*pool)?.contributions.iter().any(|(_, figure)| *figure == id);
            brings.then_some(Def::Pool(*pool))
        }
        ParameterOwner::Measure(measure) => {
            let measure_of = program.measure(*measure)?;
            let is_baseline = measure_of.baseline.as_ref().is_some_and(|(figure, _)| *figure == id);
            (is_baseline || measure_of.target == Some(id)).then_some(Def::Measure(*measure))
        }
        ParameterOwner::Population(population) => {
            (program.population(*population)?.size == Some(id)).then_some(Def::Population(*population))
        }
        ParameterOwner::Payment(payment) => program.payment(*payment).map(|_| Def::Payment(*payment)),
        ParameterOwner::OpenTerm(term) => program.open_term(*term).map(|_| Def::OpenTerm(*term)),
    }
}

/// The figures that are printed on their own, in order.
pub(crate) fn figures(program: &Program) -> Vec<ParameterId> {
    with_ids(&program.parameters, ParameterId)
        .map(|(id, _)| id)
        .filter(|id| home(program, *id).is_none())
        .collect()
}

/// The anchor of each declaration with the place of its name in the source. Not every anchor stands in every document.
pub fn places(program: &Program) -> Vec<(String, Span)> {
    let anchors = Places::of(program).anchors;
    let own = anchors.into_iter().filter_map(|(def, anchor)| Some((anchor, program.name_span(def)?)));
    let example =
        |example: &jcm_model::Example| (Places::extra("example", &example.head.name), example.head.name_span);
    own.chain(program.examples.iter().map(example)).collect()
}

/// Letters, digits, dots and underscores of a name; one dash for anything else.
fn slug(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars().take(120) {
        if c.is_ascii_alphanumeric() || c == '.' || c == '_' {
            out.push(c.to_ascii_lowercase());
        } else if !out.ends_with('-') {
            out.push('-');
        }
    }
    out.trim_matches('-').to_string()
}

fn plan_scope(program: &Program) -> Vec<ScopePart> {
    let populations = with_ids(&program.populations, PopulationId).map(|(id, _)| ScopePart::Population(id));
    let services = with_ids(&program.services, ServiceId).map(|(id, _)| ScopePart::Service(id));
    populations.chain(services).collect()
}

fn plan_money(program: &Program) -> Vec<MoneyPart> {
    let mut parts = Vec::new();
    parts.extend(with_ids(&program.pools, PoolId).map(|(id, _)| MoneyPart::Pool(id)));
    parts.extend(with_ids(&program.incentives, IncentiveId).map(|(id, _)| MoneyPart::Incentive(id)));
    parts.extend(with_ids(&program.payments, PaymentId).map(|(id, _)| MoneyPart::Payment(id)));
    parts.extend(with_ids(&program.open_terms, OpenTermId).map(|(id, _)| MoneyPart::OpenTerm(id)));
    parts.extend(with_ids(&program.scores, ScoreId).map(|(id, _)| MoneyPart::Score(id)));
    parts.extend(with_ids(&program.tables, TableId).map(|(id, _)| MoneyPart::Table(id)));
    if !figures(program).is_empty() {
        parts.push(MoneyPart::Figures);
    }
    if !program.choices.is_empty() {
        parts.push(MoneyPart::Choices);
    }
    let elsewhere = |def: &Def| !matches!(def, Def::Incentive(_) | Def::Payment(_));
    if program.examples.iter().any(|example| elsewhere(&example.of)) {
        parts.push(MoneyPart::Examples);
    }
    if !parts.is_empty() {
        parts.insert(0, MoneyPart::Settlement);
    }
    parts
}

/// Each outcome, followed by its measures; measures without an outcome come last.
fn plan_outcomes(program: &Program) -> Vec<OutcomePart> {
    let measures_of = |outcome: Option<OutcomeId>| {
        with_ids(&program.measures, MeasureId)
            .filter(move |(_, measure)| measure.outcome == outcome)
            .map(|(id, _)| OutcomePart::Measure(id))
    };
    let mut parts = Vec::new();
    for (id, _) in with_ids(&program.outcomes, OutcomeId) {
        parts.push(OutcomePart::Outcome(id));
        parts.extend(measures_of(Some(id)));
    }
    parts.extend(measures_of(None));
    parts
}

fn plan_clauses(program: &Program) -> Vec<(Part, Option<ClauseId>)> {
    let mut clauses = Vec::new();
    for part in Part::ALL {
        let own = with_ids(&program.clauses, ClauseId).filter(|(_, clause)| clause.part == part);
        let own = own.filter(|(id, _)| program.replaced(*id).is_none());
        clauses.extend(own.map(|(id, _)| (part, Some(id))));
        if part == Part::Money && needs_money_clause(program) {
            clauses.push((part, None));
        }
    }
    clauses
}

/// Whether something is paid and no clause on money leads to it.
fn needs_money_clause(program: &Program) -> bool {
    let paid = !program.incentives.is_empty() || !program.payments.is_empty();
    let leads = program.clauses.iter().filter(|clause| clause.part == Part::Money).any(|clause| {
        let mut pieces = clause.paragraphs.iter().flat_map(|paragraph| &paragraph.pieces);
        pieces.any(|piece| {
            matches!(
                piece,
                jcm_model::Piece::Reference { def: Def::Incentive(_) | Def::Payment(_) | Def::Line(_), .. }
            )
        })
    });
    paid && !leads
}

#[cfg(test)]
mod tests {
    use super::{letter, slug};

    #[test]
    fn letters_go_on_after_z() {
        assert_eq!([0, 25, 26, 51, 52, 701, 702].map(letter), ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
    }

    #[test]
    fn names_keep_dots_and_lose_what_a_link_cannot_hold() {
        assert_eq!(slug("gain_share.saving"), "gain_share.saving");
        assert_eq!(slug("Saving of 3 % <b>"), "saving-of-3-b");
    }
}
