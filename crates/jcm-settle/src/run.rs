//! Runs: a period is settled provisionally, then finally, then again where figures are revised; each run sets off what
//! the one before has paid.

use crate::problem::{DataProblem, Problems, codes};
use crate::results::payees;
use crate::table::Table;
use jcm_calculus::{Level, PartyId, Settlement, Step, Type};
use jcm_quantity::Exact;
use jcm_spec::run as wire;
use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// Which run of a period it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RunKind {
    /// With the figures that are there so far.
    Provisional,
    /// With the figures that the contract settles by.
    Final,
    /// After the final run: the first, the second and so on.
    Reconciliation(u32),
}

impl RunKind {
    /// Reads `provisional`, `final` or `reconciliation 2`.
    pub fn parse(text: &str) -> Option<Self> {
        match text.trim() {
            "provisional" => Some(RunKind::Provisional),
            "final" => Some(RunKind::Final),
            other => {
                let number: u32 = other.strip_prefix("reconciliation ")?.trim().parse().ok()?;
                (number > 0).then_some(RunKind::Reconciliation(number))
            }
        }
    }

    /// The run in words: `final run`, `reconciliation 2`.
    pub fn words(self) -> String {
        match self {
            RunKind::Provisional => "provisional run".to_owned(),
            RunKind::Final => "final run".to_owned(),
            RunKind::Reconciliation(number) => format!("reconciliation {number}"),
        }
    }

    /// The run as a sentence names it: `the final run`, `reconciliation 2`.
    pub(crate) fn named(self) -> String {
        match self {
            RunKind::Provisional | RunKind::Final => format!("the {}", self.words()),
            RunKind::Reconciliation(_) => self.words(),
        }
    }

    fn of(run: wire::Run) -> Self {
        match run.kind {
            wire::Kind::Provisional => RunKind::Provisional,
            wire::Kind::Final => RunKind::Final,
            wire::Kind::Reconciliation => RunKind::Reconciliation(run.reconciliation.unwrap_or(1)),
        }
    }

    pub(crate) fn wire(self, number: u32) -> wire::Run {
        let (kind, reconciliation) = match self {
            RunKind::Provisional => (wire::Kind::Provisional, None),
            RunKind::Final => (wire::Kind::Final, None),
            RunKind::Reconciliation(number) => (wire::Kind::Reconciliation, Some(number)),
        };
        wire::Run { kind, reconciliation, number }
    }

    /// What must come before, in words; `None` where that is so.
    fn wants(self, before: Option<RunKind>) -> Option<String> {
        use RunKind::{Final, Provisional, Reconciliation};
        match (self, before) {
            (Provisional | Final, None | Some(Provisional)) | (Reconciliation(1), Some(Final)) => None,
            (Reconciliation(number), Some(Reconciliation(last))) if last.checked_add(1) == Some(number) => {
                None
            }
            (Provisional | Final, _) => Some("nothing, or a provisional run".to_owned()),
            (Reconciliation(1), _) => Some("the final run".to_owned()),
            (Reconciliation(number), _) => Some(format!("reconciliation {}", number.saturating_sub(1))),
        }
    }
}

/// A run with the one that it follows, if it follows one.
#[derive(Debug)]
pub struct Run {
    /// Which it is.
    pub kind: RunKind,
    /// The run before.
    pub previous: Option<Previous>,
}

impl Run {
    /// Its place among the runs of the period, from 1.
    pub(crate) fn number(&self) -> u32 {
        self.previous.as_ref().map_or(1, |previous| previous.record.run.number.saturating_add(1))
    }
}

/// The record of the run before, held to be of the same contract, period and units.
#[derive(Debug)]
pub struct Previous {
    pub(crate) record: wire::RunRecord,
    pub(crate) sha256: String,
    /// The places of its cases, by their periods and keys.
    cases: HashMap<(String, String), usize>,
}

impl Previous {
    /// Which run it was.
    pub fn kind(&self) -> RunKind {
        RunKind::of(self.record.run)
    }

    pub(crate) fn case(&self, period: &str, key: &str) -> Option<&wire::Case> {
        self.record.cases.get(*self.cases.get(&(period.to_owned(), key.to_owned()))?)
    }

    /// What has been paid to a payee of a case, by its period and key, by all runs so far.
    pub(crate) fn paid(&self, (period, key): (&str, &str), payee: &wire::Payee) -> Exact {
        let place = self.record.payees.iter().position(|known| known == payee);
        let paid = place.and_then(|place| self.case(period, key)?.paid.get(place));
        paid.map(paid_in_all).unwrap_or_default()
    }

    /// What the case came to for a payee in that run.
    pub(crate) fn settled(&self, (period, key): (&str, &str), payee: &wire::Payee) -> Option<Exact> {
        let place = self.record.payees.iter().position(|known| known == payee)?;
        Exact::parse(&self.case(period, key)?.paid.get(place)?.settled.0)
    }
}

fn paid_in_all(paid: &wire::Paid) -> Exact {
    let amount = |figure: &jcm_spec::v1::Figure| Exact::parse(&figure.0).unwrap_or_default();
    amount(&paid.before) + amount(&paid.now)
}

/// The SHA-256 of some bytes, in hex.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A run over some periods, one table for each, that follows the one whose record is given, or the first run. Refused
/// are a record of another contract, other periods, another dataset or unit, runs out of order, and cases or payees that were paid before and are not there now.
pub fn read_run(
    settlement: &Settlement,
    tables: &[Table],
    kind: RunKind,
    previous: Option<(&str, &[u8])>,
) -> Result<Run, Problems> {
    let Some((file, bytes)) = previous else {
        check_order(tables.first().map_or("", Table::file), kind, None)?;
        return Ok(Run { kind, previous: None });
    };
    let unreadable = |reason: String| {
        let problem = DataProblem::of_file(codes::NO_RECORD, file, reason);
        Problems::from(problem.help("give the file that `--record` wrote in the run before"))
    };
    let text =
        std::str::from_utf8(bytes).map_err(|_| unreadable("this file is not UTF-8 text".to_owned()))?;
    let record = wire::read(text).map_err(unreadable)?;
    if let Some(reason) = broken(&record) {
        return Err(unreadable(reason));
    }
    let mut problems = Problems::default();
    for message in differences(settlement, tables, &record) {
        let problem = DataProblem::of_file(codes::OTHER_RUN, file, message);
        problems.push(problem.help("give the record of the run before of the same contract and period"));
    }
    let mut problems = problems.or(Problems::default())?;
    check_order(file, kind, Some(RunKind::of(record.run)))?;
    for message in lost(settlement, tables, &record) {
        problems.push(DataProblem::of_file(codes::PAID_BEFORE_LOST, file, message).help(
            "settle it again in this run, with figures under which nothing is due if that is what is meant",
        ));
    }
    let cases =
        record.cases.iter().map(|case| (period_of(&record, case), case.key.clone())).zip(0..).collect();
    problems.or(Run { kind, previous: Some(Previous { sha256: sha256(bytes), record, cases }) })
}

fn check_order(file: &str, kind: RunKind, before: Option<RunKind>) -> Result<(), Problems> {
    let Some(wanted) = kind.wants(before) else { return Ok(()) };
    let found =
        before.map_or_else(|| "no run is given".to_owned(), |before| format!("this is {}", before.named()));
    let message = format!("before {} comes {wanted}, and {found}", kind.named());
    let help = "give the record of the run before with --previous, and say with --run which run this is";
    Err(DataProblem::of_file(codes::RUN_DISORDERED, file, message).help(help).into())
}

/// The first case that does not have a figure for every line and payee, or has an amount that is none, in words.
fn broken(record: &wire::RunRecord) -> Option<String> {
    let of_row = record.lines.iter().filter(|line| line.per_row).count();
    let of_case = record.lines.len().saturating_sub(of_row);
    let is_broken = |case: &&wire::Case| {
        let mut figures =
            case.paid.iter().flat_map(|paid| [&paid.settled, &paid.before, &paid.now, &paid.open]);
        case.paid.len() != record.payees.len()
            || case.lines.len() != of_case
            || case.rows.iter().any(|row| row.lines.len() != of_row)
            || figures.any(|figure| Exact::parse(&figure.0).is_none())
    };
    let case = record.cases.iter().find(is_broken)?;
    Some(format!("the record of `{}` is not whole, or has amounts that are no figures", case.key))
}

/// In what the record is of something else than what is settled now, in words.
fn differences(settlement: &Settlement, tables: &[Table], record: &wire::RunRecord) -> Vec<String> {
    let periods = tables.iter().map(|table| label_of(settlement, table)).collect::<Vec<_>>().join(", ");
    let then = record.periods.join(", ");
    let period =
        if record.periods.len() == 1 && tables.len() == 1 { "the period" } else { "the list of periods" };
    let dataset = tables.first().and_then(|table| settlement.datasets.get(table.dataset()));
    let dataset = dataset.map_or("", |dataset| &dataset.name);
    let facts = [
        ("the contract", &record.contract.name, settlement.name.as_str()),
        ("the contract", &record.contract.title, settlement.title.as_str()),
        ("the currency", &record.contract.currency, settlement.currency.code.as_str()),
        (period, &then, &periods),
        ("the dataset", &record.dataset, dataset),
    ];
    let differs = |(what, then, now): &(&str, &String, &str)| {
        (then.as_str() != *now)
            .then(|| format!("this is the record of another run: {what} is `{then}` there and `{now}` here"))
    };
    let mut found: Vec<String> = facts.iter().filter_map(differs).take(1).collect();
    for then in &record.lines {
        let now = settlement.steps.iter().find(|step| step.name == then.name);
        if let Some(now) = now.filter(|step| unit_of(step) != then.unit) {
            found.push(format!(
                "`{}` was in {} in this record, and is in {} now",
                then.name,
                or_nothing(&then.unit),
                or_nothing(&unit_of(now))
            ));
        }
    }
    found
}

fn or_nothing(unit: &str) -> &str {
    if unit.is_empty() { "no unit" } else { unit }
}

/// The unit of a line in words; empty for what is no number.
pub(crate) fn unit_of(step: &Step) -> String {
    match &step.ty {
        Type::Number(unit) => unit.describe(),
        _ => String::new(),
    }
}

/// What was paid before and has no case or payee now.
fn lost(settlement: &Settlement, tables: &[Table], record: &wire::RunRecord) -> Vec<String> {
    let file = tables.first().map_or("", Table::file);
    let keys_of = |table: &Table| {
        let period = label_of(settlement, table).to_owned();
        table.keys().map(move |key| (period.clone(), key)).collect::<Vec<_>>()
    };
    let keys: std::collections::BTreeSet<(String, String)> = tables.iter().flat_map(keys_of).collect();
    let now: Vec<wire::Payee> =
        payees(settlement).iter().map(|(place, party, _)| payee_of(settlement, *place, *party)).collect();
    let mut found = Vec::new();
    for case in &record.cases {
        let paid: Vec<&wire::Payee> = record
            .payees
            .iter()
            .zip(&case.paid)
            .filter(|(_, paid)| !paid_in_all(paid).is_zero())
            .map(|(payee, _)| payee)
            .collect();
        if !paid.is_empty() && !keys.contains(&(period_of(record, case), case.key.clone())) {
            let of = if case.period.is_empty() { String::new() } else { format!(" for {}", case.period) };
            found.push(format!("`{}` was paid before{of}, and {file} does not have it", case.key));
        } else if let Some(payee) = paid.into_iter().find(|payee| !now.contains(payee)) {
            found.push(format!(
                "`{}` was paid from `{}` for `{}` before, and the contract does not pay it from there now",
                payee.to, payee.payment, case.key
            ));
        }
    }
    found
}

/// The period of a case of a record: its own, or the only one there is.
fn period_of(record: &wire::RunRecord, case: &wire::Case) -> String {
    let only = record.periods.first().filter(|_| case.period.is_empty());
    only.unwrap_or(&case.period).clone()
}

/// The label of the period of a table.
pub(crate) fn label_of<'a>(settlement: &'a Settlement, table: &Table) -> &'a str {
    settlement.periods.get(table.period()).map_or("", |period| period.label.as_str())
}

/// A payee as the record names it.
pub(crate) fn payee_of(settlement: &Settlement, allocation: usize, party: PartyId) -> wire::Payee {
    let name =
        |party: PartyId| settlement.parties.get(party.index()).map_or("", |party| &party.name).to_owned();
    let found = settlement.allocations.get(allocation);
    wire::Payee {
        payment: found.map_or("", |allocation| &allocation.name).to_owned(),
        from: found.map_or_else(String::new, |allocation| name(allocation.payer)),
        to: name(party),
    }
}

/// The lines of a level, in the order of the contract.
pub(crate) fn of_level(
    settlement: &Settlement,
    level: Level,
) -> impl Iterator<Item = (jcm_calculus::StepId, &Step)> {
    (0u32..).map(jcm_calculus::StepId).zip(&settlement.steps).filter(move |(_, step)| step.level == level)
}
